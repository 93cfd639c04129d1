//! Patterns of boilerplate. The rules are data (`dictionaries/boilerplate`) and are matched on folded lines.
//! So a pattern that is written once covers both scripts and both widths.

mod backtracker;
mod draft;
mod entry;
mod pack;
mod pattern;
mod prefilter;
#[cfg(test)]
mod required_literals;
mod section;
mod zone;

use super::{Because, Finding};
use crate::analysis::{Folded, Row, View, ViewLine};
use crate::rules::{Category, Rule, RuleId, Scope};
pub use pack::{RulePack, RulePackError};
use pattern::{Pattern, matching};
pub(crate) use section::is_title_like;
use section::section;
use zone::Zones;

/// The lines that match a rule, and the lines of sections whose heading matches. `pack` has the user's rules.
pub(crate) fn find(view: &View, pack: Option<&RulePack>) -> Vec<Finding> {
    let hits: Vec<Hit> = view.written().flat_map(|row| hits(view, row, pack)).collect();
    let zones = Zones::of(view, &hits);
    let in_zone = hits.into_iter().filter(|hit| zones.contain(hit.row, hit.pattern.rule.place));
    in_zone.flat_map(|hit| findings(&hit)).collect()
}

/// Rows that a rule of the category metadata names, in order.
pub(crate) fn metadata_rows(view: &View) -> Vec<Row> {
    let findings = find(view, None).into_iter().filter(|finding| finding.rule.category == Category::Metadata);
    let mut rows: Vec<Row> = findings.map(|finding| finding.row).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// The ids of the built-in rules with a pattern that matches a line, wherever the line stands.
pub(super) fn ids(line: &ViewLine) -> impl Iterator<Item = RuleId> {
    matching(line).filter_map(|pattern| pattern.id)
}

/// The rules with a pattern that matches some words by themselves.
pub(crate) fn rules_of(words: &str, pack: Option<&RulePack>) -> Vec<&'static Rule> {
    let view = one_line(words);
    all_matching(&view.lines[Row::default()], pack).map(|pattern| pattern.rule).collect()
}

/// The view of a line by itself.
fn one_line(line: &str) -> View<'_> {
    View::of(vec![(1.into(), line, Folded::of(line))], None)
}

/// The patterns of built-in rules and of the user's rules that match a line.
fn all_matching<'p>(line: &ViewLine, pack: Option<&'p RulePack>) -> impl Iterator<Item = &'p Pattern> {
    let built_in = matching(line).map(|pattern| -> &'p Pattern { pattern });
    built_in.chain(pack.into_iter().flat_map(|pack| pack.matching(line)))
}

/// A match of a pattern with a line, wherever the line stands.
struct Hit<'p> {
    row: Row,
    pattern: &'p Pattern,
    /// The rows of the section under the line.
    section: Vec<Row>,
}

fn hits<'p>(view: &View, row: Row, pack: Option<&'p RulePack>) -> impl Iterator<Item = Hit<'p>> {
    all_matching(&view.lines[row], pack).map(move |pattern| {
        let section =
            if pattern.rule.scope == Scope::Section { section(view, row, pattern) } else { Vec::new() };
        Hit { row, pattern, section }
    })
}

fn findings(hit: &Hit) -> Vec<Finding> {
    let rule = hit.pattern.rule;
    let own = Finding { row: hit.row, rule, because: Because::Pattern { pattern: hit.pattern.written.text } };
    let heading = hit.row;
    let member = |row: &Row| Finding { row: *row, rule, because: Because::Section { heading } };
    std::iter::once(own).chain(hit.section.iter().map(member)).collect()
}

#[cfg(test)]
mod tests {
    use super::entry::ENTRIES;
    use super::*;

    /// The examples of a rule are its tests.
    #[test]
    fn every_rule_matches_its_examples_and_not_its_counterexamples() {
        let mut wrong = Vec::new();
        for (id, _) in ENTRIES.iter() {
            let rule = id.rule();
            let hits = |line: &&&str| {
                let view = View::new(&[(1, **line)], None);
                matching(&view.lines.raw[0]).any(|pattern| pattern.id == Some(*id))
            };
            let missed = rule.matches.iter().filter(|line| !hits(line));
            wrong.extend(missed.map(|line| format!("{}: must match {line:?}", rule.id)));
            let struck = rule.spares.iter().filter(|line| hits(line));
            wrong.extend(struck.map(|line| format!("{}: must not match {line:?}", rule.id)));
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
