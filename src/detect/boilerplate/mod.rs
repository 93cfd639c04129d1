//! Boilerplate by phrase: rules that are data (`dictionaries/boilerplate`), matched on folded lines, so that
//! a pattern written once covers both scripts and both widths.

mod exact;
#[cfg(test)]
mod needles;
mod pack;
mod pattern;
mod prefilter;
mod section;
mod zone;

use super::rule::Scope;
use super::{Evidence, Finding, rule};
use crate::document::{View, ViewLine};
pub(super) use pack::rules;
use pattern::{Pattern, matching};
use section::section;
use zone::Zones;

/// Lines that match a rule, and the lines that hang on a heading that matches.
pub(super) fn find(view: &View) -> Vec<Finding> {
    let hits: Vec<Hit> = view.written().flat_map(|line| hits(view, line)).collect();
    let zones = Zones::of(view, &hits);
    let placed = hits.into_iter().filter(|hit| zones.contain(hit.line, hit.pattern.entry.place));
    placed.flat_map(|hit| findings(view, &hit)).collect()
}

/// The ids of the rules that have a pattern which matches a line, wherever the line stands.
pub(super) fn ids(line: &ViewLine) -> impl Iterator<Item = &'static str> {
    matching(line).map(|pattern| pattern.entry.id.as_str())
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

#[cfg(test)]
mod tests {
    use super::pack::{ENTRIES, PACKS, Pack};
    use super::*;
    use regex::Regex;

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
