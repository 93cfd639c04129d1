//! Repeats: later lines that say again what an earlier line said, in whichever script and punctuation.
//! The first occurrence stays.

mod guard;
mod near;

use std::collections::HashMap;

use serde::Deserialize;

use super::headline::headline;
use super::rule::{Category, Certainty, Place, Rule, Scope};
use super::{Evidence, Finding, rule};
use crate::document::View;
use guard::{Genre, Pair};
use near::NearIndex;

/// The manual pages of this detector's rules.
const RULES: &str = include_str!("../../../dictionaries/repeat/rules.toml");
/// Words that end a caption, one a line, as written in either script.
const CREDITS: &str = include_str!("../../../dictionaries/repeat/credits.txt");

/// Characters from which on a repeated line counts as a paragraph.
const PARAGRAPH_CHARACTERS: usize = 50;
/// Characters at the end of a key in which a caption's credit is looked for.
const CREDIT_CHARACTERS: usize = 8;

#[derive(Deserialize)]
struct Pages {
    rule: Vec<Page>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    id: String,
    title: String,
    certainty: Certainty,
    why: String,
    matches: Vec<String>,
    spares: Vec<String>,
}

/// The rules of this detector.
pub(super) fn rules() -> Vec<Rule> {
    let pages = toml::from_str::<Pages>(RULES).map(|pages| pages.rule).unwrap_or_default();
    let rules = pages.into_iter().map(|page| Rule {
        id: page.id,
        category: Category::Repeat,
        title: page.title,
        why: page.why,
        certainty: page.certainty,
        place: Place::Anywhere,
        scope: Scope::Line,
        matches: page.matches,
        spares: page.spares,
    });
    rules.collect()
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
