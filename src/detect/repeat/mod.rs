//! Repeats: later lines that say again what an earlier line said, in whichever script and punctuation.
//! The first occurrence stays.

mod guard;
mod near;
mod page;

use std::collections::HashMap;

use super::headline::headline;
use super::rule::{Category, Rule};
use super::{Evidence, Finding, pages, rule};
use crate::document::View;
use guard::{Genre, Pair};
use near::NearIndex;
pub use page::{Guard, guards};

/// The manual pages of this detector's rules.
const RULES: &str = include_str!("../../../dictionaries/repeat/rules.toml");
/// Words that end a caption, one a line, as written in either script.
const CREDITS: &str = include_str!("../../../dictionaries/repeat/credits.txt");

/// Characters from which on a repeated line counts as a paragraph.
const PARAGRAPH_CHARACTERS: usize = 50;
/// Characters at the end of a key in which a caption's credit is looked for.
const CREDIT_CHARACTERS: usize = 8;

/// The rules of this detector.
pub(super) fn rules() -> Vec<Rule> {
    pages::rules(RULES, |_| Some(Category::Repeat))
}

/// Lines that repeat an earlier line or the title that came with the input.
pub(super) fn find(view: &View) -> Vec<Finding> {
    let finder = Finder { view, headline: headline(view), genre: Genre::of(view) };
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut near = NearIndex::default();
    let mut findings = Vec::new();
    for index in view.filled() {
        let key = view.lines[index].key();
        if key.is_empty() {
            continue;
        }
        let found = match first.get(key) {
            Some(twin) => finder.repeats(index, Some(*twin), "folded", 1.0),
            None if finder.is_title_again(index) => finder.repeats(index, None, "title", 1.0),
            None => near
                .closest(view, index)
                .and_then(|(twin, similarity)| finder.repeats(index, Some(twin), "near", similarity)),
        };
        // Only what stays can be a twin, so that likeness does not drift from copy to copy.
        if found.is_none() {
            first.entry(key).or_insert(index);
            near.add(key, index);
        }
        findings.extend(found);
    }
    findings
}

struct Finder<'v, 't> {
    view: &'v View<'t>,
    headline: Option<usize>,
    genre: Genre,
}

impl Finder<'_, '_> {
    /// The finding that a line repeats its twin, unless a guard speaks for the line.
    fn repeats(
        &self,
        index: usize,
        twin: Option<usize>,
        how: &'static str,
        similarity: f64,
    ) -> Option<Finding> {
        let of_headline = twin.is_none() || twin == self.headline;
        let pair = Pair { view: self.view, genre: &self.genre, index, twin, of_headline };
        if guard::of(&pair).is_some() {
            return None;
        }
        let id = if of_headline { "repeat/headline" } else { self.kind(index) };
        let twin_line = twin.map(|twin| self.view.lines[twin].number);
        Some(Finding {
            line: index,
            rule: rule(id)?,
            evidence: Evidence::Twin { twin_line, how, similarity },
        })
    }

    fn kind(&self, index: usize) -> &'static str {
        let line = &self.view.lines[index];
        if ends_with_credit(line.key()) {
            "repeat/caption"
        } else if line.shape.characters >= PARAGRAPH_CHARACTERS {
            "repeat/paragraph"
        } else {
            "repeat/line"
        }
    }

    /// The line is the given title, and the document's own headline stands elsewhere or nowhere.
    fn is_title_again(&self, index: usize) -> bool {
        self.headline != Some(index) && self.view.title.as_deref() == Some(self.view.lines[index].key())
    }
}

fn ends_with_credit(key: &str) -> bool {
    let ending = key.char_indices().rev().nth(CREDIT_CHARACTERS - 1).map_or(key, |(at, _)| &key[at..]);
    guard::folded_words(CREDITS).any(|word| ending.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: [&str; 3] = [
        "夜市在上個月搬走以後，住在老街兩旁的街坊都說晚上安靜了許多，但是賣了三十年吃食的攤主們還沒有找到新的地方。",
        "里長在說明會上表示，新的場地要等到年底才能定案，在那以前攤主可以先到河邊的停車場擺攤，每一攤收一樣的租金。",
        "年輕人希望把空下來的街屋改成小小的書店和工作室，老人家則希望那裡有一張椅子，可以坐下來看一看來來往往的人。",
    ];

    /// The rules that find the last of `lines`, which stand among prose below a headline.
    fn found(headline: &str, lines: &[&str]) -> Vec<&'static str> {
        let mut text = vec![headline];
        for (line, prose) in lines.iter().zip(PROSE) {
            text.extend([prose, line]);
        }
        let numbered: Vec<_> = text.iter().enumerate().map(|(index, line)| (index + 1, *line)).collect();
        let view = View::new(&numbered, None);
        let last = text.len() - 1;
        find(&view)
            .iter()
            .filter(|finding| finding.line == last)
            .map(|finding| finding.rule.id.as_str())
            .collect()
    }

    #[test]
    fn the_pages_examples_are_found_and_their_counterexamples_are_not() {
        for rule in rules() {
            let of_headline = rule.id == "repeat/headline";
            let headline =
                if of_headline { rule.matches[1].as_str() } else { "老街的夜市與街坊的椅子" };
            for line in &rule.matches {
                let lines = if of_headline { vec![line.as_str()] } else { vec![line.as_str(); 2] };
                assert_eq!(found(headline, &lines), [rule.id.as_str()], "{line}");
            }
            for line in &rule.spares {
                assert!(found(headline, &[rule.matches[0].as_str(), line]).is_empty(), "{line}");
                let twice = rule.id == "repeat/line";
                assert!(!twice || found(headline, &[line, line]).is_empty(), "{line} twice");
            }
        }
    }
}
