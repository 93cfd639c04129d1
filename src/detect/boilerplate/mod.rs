//! Boilerplate by phrase: rules that are data (`dictionaries/boilerplate`), matched on folded lines, so that
//! a pattern written once covers both scripts and both widths.

use std::sync::{LazyLock, OnceLock};

use regex::Regex;
use serde::Deserialize;

use super::rule::{Category, Certainty, Place, Rule, Scope};
use super::{Evidence, Finding, rule};
use crate::document::{View, ViewLine};
use crate::script::characters::unified;
use prefilter::Prefilter;

mod prefilter;

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// Characters of a line from which on it is prose that no pattern is meant for.
const LINE_CHARACTERS: usize = 400;
/// Characters of a line that may be a title in a list of articles.
const TITLE_CHARACTERS: std::ops::RangeInclusive<usize> = 4..=60;
/// Lines that a section takes at most, its heading not counted.
const SECTION_LINES: usize = 30;
/// Lines that no rule matches at the start that count as the head of a document.
const HEAD_LINES: usize = 8;
/// Lines that no rule matches at the end that count as its tail: at least so many, or a quarter.
const TAIL_LINES: usize = 12;

/// A rule pack: one category's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    rule: Vec<Entry>,
}

/// A rule as written in its file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    title: String,
    patterns: Vec<String>,
    #[serde(default)]
    on: On,
    #[serde(default)]
    place: Place,
    #[serde(default)]
    scope: Scope,
    /// What the key of a section's line must match; without it the line must look like a title.
    members: Option<String>,
    /// What the key of the first line behind a section may match, beside what ends every section.
    ends: Option<String>,
    /// Keys of lines that the rule spares although a pattern matches.
    unless: Option<String>,
    #[serde(default)]
    certainty: Certainty,
    why: String,
    matches: Vec<String>,
    spares: Vec<String>,
}

/// What a pattern is matched on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum On {
    /// The words of the line's comparison key.
    #[default]
    Fold,
    /// The trimmed line itself, for marks and markup.
    Text,
}

/// All patterns on one form of the line.
struct Matcher {
    on: On,
    filter: Prefilter,
    patterns: Vec<Pattern>,
}

struct Pattern {
    written: &'static str,
    entry: &'static Entry,
    /// The pattern itself, compiled when the filter first lets a line through.
    exact: OnceLock<Option<Regex>>,
    members: Refinement,
    ends: Refinement,
    unless: Refinement,
}

/// The patterns on keys that refine a rule, compiled when they are first needed.
#[derive(Default)]
struct Refinement {
    regex: OnceLock<Option<Regex>>,
}

impl Refinement {
    /// Whether a key matches the pattern; `None` where the rule has no such pattern.
    fn is_match(&self, written: Option<&String>, key: &str) -> Option<bool> {
        let written = written?;
        let regex = self.regex.get_or_init(|| Regex::new(&On::Fold.source(written)).ok());
        Some(regex.as_ref().is_some_and(|regex| regex.is_match(key)))
    }
}

static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let parse = |text: &str| toml::from_str::<Pack>(text).map(|pack| pack.rule).unwrap_or_default();
    PACKS.iter().flat_map(|(_, text)| parse(text)).collect()
});

static MATCHERS: LazyLock<[Matcher; 2]> =
    LazyLock::new(|| [On::Fold, On::Text].map(|on| Matcher::compile(&ENTRIES, on)));

/// The rules of all packs.
pub(super) fn rules() -> impl Iterator<Item = Rule> {
    ENTRIES.iter().filter_map(Entry::rule)
}

/// Lines that match a rule, and the lines that hang on a heading that matches.
pub(super) fn find(view: &View) -> Vec<Finding> {
    let hits: Vec<Hit> = view.filled().flat_map(|line| hits(view, line)).collect();
    let zones = Zones::of(view, &hits);
    let placed = hits.into_iter().filter(|hit| zones.contain(hit.line, hit.pattern.entry.place));
    placed.flat_map(|hit| findings(view, &hit)).collect()
}

/// A pattern that matches a line, wherever the line stands.
struct Hit {
    line: usize,
    pattern: &'static Pattern,
    /// The lines that hang on it.
    section: Vec<usize>,
}

fn hits(view: &View, line: usize) -> impl Iterator<Item = Hit> {
    matching(&view.lines[line]).map(move |pattern| {
        let section =
            if pattern.entry.scope == Scope::Section { section(view, line, pattern) } else { Vec::new() };
        Hit { line, pattern, section }
    })
}

fn findings(view: &View, hit: &Hit) -> Vec<Finding> {
    let Some(rule) = rule(&hit.pattern.entry.id) else { return Vec::new() };
    let own = Finding { line: hit.line, rule, evidence: Evidence::Pattern { pattern: hit.pattern.written } };
    let heading_line = view.lines[hit.line].number;
    let member = |line: &usize| Finding { line: *line, rule, evidence: Evidence::Section { heading_line } };
    std::iter::once(own).chain(hit.section.iter().map(member)).collect()
}

/// The lines behind a heading that hang on it, up to the first line that does not. Metadata does not; and
/// where the article goes on behind the section, its last line is the heading of what follows.
fn section(view: &View, heading: usize, pattern: &Pattern) -> Vec<usize> {
    let mut members = Vec::new();
    let filled = (heading + 1..view.lines.len()).filter(|index| !view.lines[*index].shape.blank);
    for (index, line) in filled.map(|index| (index, &view.lines[index])) {
        if members.len() == SECTION_LINES || !pattern.takes(line) || is_metadata(line) {
            if pattern.entry.members.is_none() && is_prose(line) {
                members.pop();
            }
            break;
        }
        members.push(index);
    }
    members
}

fn is_metadata(line: &ViewLine) -> bool {
    matching(line).any(|pattern| pattern.entry.id.starts_with(Category::Metadata.name()))
}

fn is_prose(line: &ViewLine) -> bool {
    line.shape.sentence && line.shape.characters > *TITLE_CHARACTERS.end()
}

fn is_title_like(line: &ViewLine) -> bool {
    TITLE_CHARACTERS.contains(&line.shape.characters) && !line.text.trim_end().ends_with(['。', '：', ':'])
}

/// The head and the tail of a document, counted in lines that no rule matches: so removing furniture does
/// not bring other lines into a zone, and cleaning twice gives what cleaning once gave.
struct Zones {
    /// Lines before this index are the head.
    head_end: usize,
    /// Lines from this index on are the tail.
    tail_start: usize,
}

impl Zones {
    fn of(view: &View, hits: &[Hit]) -> Self {
        let mut furniture = vec![false; view.lines.len()];
        for hit in hits {
            furniture[hit.line] = true;
            hit.section.iter().for_each(|line| furniture[*line] = true);
        }
        let prose: Vec<usize> = view.filled().filter(|line| !furniture[*line]).collect();
        let tail = TAIL_LINES.max(prose.len() / 4);
        let before_tail = prose.len().checked_sub(tail + 1).map(|place| prose[place] + 1);
        Self {
            head_end: prose.get(HEAD_LINES - 1).map_or(view.lines.len(), |line| line + 1),
            tail_start: before_tail.unwrap_or(0),
        }
    }

    fn contain(&self, line: usize, place: Place) -> bool {
        match place {
            Place::Anywhere => true,
            Place::Head => line < self.head_end,
            Place::Tail => line >= self.tail_start,
        }
    }
}

impl Entry {
    fn compile(&'static self) -> impl Iterator<Item = Pattern> {
        self.patterns.iter().map(move |written| Pattern {
            written,
            entry: self,
            exact: OnceLock::new(),
            members: Refinement::default(),
            ends: Refinement::default(),
            unless: Refinement::default(),
        })
    }

    /// The rule's documentation; `None` where the id names no category.
    fn rule(&self) -> Option<Rule> {
        let category = self.id.split('/').next()?;
        Some(Rule {
            id: self.id.clone(),
            category: Category::ALL.into_iter().find(|c| c.name() == category)?,
            title: self.title.clone(),
            why: self.why.clone(),
            certainty: self.certainty,
            place: self.place,
            scope: self.scope,
            matches: self.matches.clone(),
            spares: self.spares.clone(),
        })
    }
}

impl Matcher {
    fn compile(entries: &'static [Entry], on: On) -> Self {
        let of_kind = entries.iter().filter(|entry| entry.on == on);
        let patterns: Vec<Pattern> = of_kind.flat_map(Entry::compile).collect();
        let sources: Vec<String> = patterns.iter().map(|pattern| on.source(pattern.written)).collect();
        Self { on, filter: Prefilter::new(sources.iter().map(String::as_str)), patterns }
    }

    /// The patterns that match a line, by their place.
    fn matching(&self, line: &ViewLine) -> Vec<usize> {
        let text = self.on.text(line);
        if text.is_empty() || line.shape.characters > LINE_CHARACTERS {
            return Vec::new();
        }
        let matches = |index: &usize| {
            self.patterns
                .get(*index)
                .is_some_and(|pattern| pattern.matches(self.on, text) && !pattern.spares(line))
        };
        self.filter.candidates(text).into_iter().filter(matches).collect()
    }
}

/// The patterns that match a line. They are found once for a text: only a code fence around it can change
/// what they mean.
fn matching(line: &ViewLine) -> impl Iterator<Item = &'static Pattern> {
    let [on_fold, on_text] = &*MATCHERS;
    let numbered = || {
        let behind = on_text.matching(line).into_iter().map(|index| index + on_fold.patterns.len());
        on_fold.matching(line).into_iter().chain(behind).collect()
    };
    // Inside a code fence a mark is the code's.
    let all = if line.shape.fenced { on_fold.patterns.len() } else { usize::MAX };
    let found = line.folded.patterns.get_or_init(numbered).iter().copied().filter(move |index| *index < all);
    found.filter_map(|index| on_fold.patterns.iter().chain(&on_text.patterns).nth(index))
}

impl Pattern {
    fn matches(&self, on: On, text: &str) -> bool {
        let exact = self.exact.get_or_init(|| Regex::new(&on.source(self.written)).ok());
        exact.as_ref().is_some_and(|exact| exact.is_match(text))
    }

    fn spares(&self, line: &ViewLine) -> bool {
        self.unless.is_match(self.entry.unless.as_ref(), line.words()) == Some(true)
    }

    /// Whether a line belongs to the section under a heading that matched.
    fn takes(&self, line: &ViewLine) -> bool {
        let member = self.members.is_match(self.entry.members.as_ref(), line.words());
        let ends = self.ends.is_match(self.entry.ends.as_ref(), line.words());
        member.unwrap_or_else(|| is_title_like(line)) && ends != Some(true)
    }
}

impl On {
    /// The regular expression of a pattern. On the key its Han characters are folded too, so that a pattern
    /// may be written in either script.
    fn source(self, written: &str) -> String {
        match self {
            On::Fold => written.chars().map(unified).collect(),
            On::Text => written.to_owned(),
        }
    }

    fn text<'l>(self, line: &'l ViewLine) -> &'l str {
        match self {
            On::Fold => line.words(),
            On::Text => line.text.trim(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::View;

    #[test]
    fn every_pack_parses_and_every_pattern_compiles() {
        for (name, text) in PACKS {
            let pack: Pack = toml::from_str(text).unwrap_or_else(|e| panic!("{name}.toml: {e}"));
            for entry in pack.rule {
                assert!(entry.id.starts_with(&format!("{name}/")), "{name}.toml: {}", entry.id);
                assert!(entry.rule().is_some());
                for pattern in
                    entry.patterns.iter().chain(&entry.members).chain(&entry.ends).chain(&entry.unless)
                {
                    Regex::new(&entry.on.source(pattern)).unwrap_or_else(|e| panic!("{}: {e}", entry.id));
                }
            }
        }
    }

    /// The examples of a rule are its tests.
    #[test]
    fn every_rule_matches_its_examples_and_spares_its_counterexamples() {
        let mut wrong = Vec::new();
        for entry in ENTRIES.iter() {
            let hits = |line: &String| {
                let view = View::new(&[(1, line)], None);
                matching(&view.lines[0]).any(|pattern| pattern.entry.id == entry.id)
            };
            if entry.matches.is_empty() || entry.spares.is_empty() {
                wrong.push(format!("{}: needs examples that match and that do not", entry.id));
            }
            let missed = entry.matches.iter().filter(|line| !hits(line));
            wrong.extend(missed.map(|line| format!("{}: must match {line:?}", entry.id)));
            let struck = entry.spares.iter().filter(|line| hits(line));
            wrong.extend(struck.map(|line| format!("{}: must not match {line:?}", entry.id)));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
