//! Boilerplate by phrase: rules that are data (`dictionaries/boilerplate`), matched on folded lines, so that
//! a pattern written once covers both scripts and both widths.

mod backtracker;
mod entry;
mod pattern;
mod prefilter;
#[cfg(test)]
mod required_literals;
mod section;
mod zone;

use super::{Because, Finding};
use crate::analysis::{Folded, View, ViewLine};
use crate::rules::{Category, Rule, RuleId, Scope};
use pattern::{Pattern, matching};
pub(crate) use section::is_title_like;
use section::section;
use zone::Zones;

/// Lines that match a rule, and the lines that hang on a heading that matches.
pub(crate) fn find(view: &View) -> Vec<Finding> {
    let hits: Vec<Hit> = view.written().flat_map(|line| hits(view, line)).collect();
    let zones = Zones::of(view, &hits);
    let placed = hits.into_iter().filter(|hit| zones.contain(hit.line, hit.pattern.entry.id.rule().place));
    placed.flat_map(|hit| findings(&hit)).collect()
}

/// Rows that a rule of the category metadata names, in order.
pub(crate) fn metadata_rows(view: &View) -> Vec<usize> {
    let findings = find(view).into_iter().filter(|finding| finding.rule.category == Category::Metadata);
    let mut rows: Vec<usize> = findings.map(|finding| finding.row).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// The ids of the rules that have a pattern which matches a line, wherever the line stands.
pub(super) fn ids(line: &ViewLine) -> impl Iterator<Item = RuleId> {
    matching(line).map(|pattern| pattern.entry.id)
}

/// The rules that have a pattern which matches some words by themselves.
pub(crate) fn rules_of(words: &str) -> Vec<&'static Rule> {
    let view = View::of(vec![(1, words, Folded::of(words))], None);
    ids(&view.lines[0]).map(RuleId::rule).collect()
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
        let section = if pattern.entry.id.rule().scope == Scope::Section {
            section(view, line, pattern)
        } else {
            Vec::new()
        };
        Hit { line, pattern, section }
    })
}

fn findings(hit: &Hit) -> Vec<Finding> {
    let rule = hit.pattern.entry.id.rule();
    let own =
        Finding { row: hit.line, rule, because: Because::Pattern { pattern: hit.pattern.written.text } };
    let heading = hit.line;
    let member = |line: &usize| Finding { row: *line, rule, because: Because::Section { heading } };
    std::iter::once(own).chain(hit.section.iter().map(member)).collect()
}

#[cfg(test)]
mod tests {
    use super::entry::ENTRIES;
    use super::*;

    /// The examples of a rule are its tests.
    #[test]
    fn every_rule_matches_its_examples_and_spares_its_counterexamples() {
        let mut wrong = Vec::new();
        for entry in ENTRIES.iter() {
            let rule = entry.id.rule();
            let hits = |line: &&&str| {
                let view = View::new(&[(1, **line)], None);
                matching(&view.lines[0]).any(|pattern| pattern.entry.id == entry.id)
            };
            let missed = rule.matches.iter().filter(|line| !hits(line));
            wrong.extend(missed.map(|line| format!("{}: must match {line:?}", rule.id)));
            let struck = rule.spares.iter().filter(|line| hits(line));
            wrong.extend(struck.map(|line| format!("{}: must not match {line:?}", rule.id)));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
