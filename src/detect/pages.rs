//! Manual pages of rules that are code: one file of them a detector.

use serde::Deserialize;

use super::rule::{Category, Certainty, Place, Rule, Scope};

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
    problems: String,
    matches: Vec<String>,
    spares: Vec<String>,
}

/// The rules that a file documents; those whose id names no category are left out.
pub(super) fn rules(file: &str, category: impl Fn(&str) -> Option<Category>) -> Vec<Rule> {
    let pages = toml::from_str::<Pages>(file).map(|pages| pages.rule).unwrap_or_default();
    let rules = pages.into_iter().filter_map(|page| {
        Some(Rule {
            category: category(&page.id)?,
            id: page.id,
            title: page.title,
            why: page.why,
            problems: page.problems,
            certainty: page.certainty,
            place: Place::Anywhere,
            scope: Scope::Line,
            matches: page.matches,
            spares: page.spares,
        })
    });
    rules.collect()
}
