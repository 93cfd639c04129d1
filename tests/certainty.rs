//! How certain rules are: a rule that is called sure must be right, counted in all labelled articles in `../shared`.

#![allow(clippy::unwrap_used)] // A test that cannot continue must fail.

#[path = "support/labelled_sets.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod labelled_sets;

use std::collections::BTreeMap;

use qingwen::clean::Punctuation;
use qingwen::rules::{Certainty, rules};
use qingwen::{Cleaner, Target};

/// So many of a hundred removals of a sure rule are right at least.
const RIGHT_OF_HUNDRED: usize = 95;
/// Removals at least, so that the share of a rule means something.
const REMOVALS: usize = 20;

/// By rule, how many lines that are judged it removes rightly, and how many it removes.
fn removals_by_rule() -> BTreeMap<String, (usize, usize)> {
    let cleaner = Cleaner::builder().target(Target::Keep).punctuation(Punctuation::Keep).build();
    let mut counts = BTreeMap::<String, (usize, usize)>::new();
    for article in labelled_sets::all() {
        for removal in cleaner.clean_titled(&article.text, article.title.as_deref()).removals {
            let label = article.labels.get(&removal.line).map_or("K", String::as_str);
            if !matches!(label, "M" | "U") {
                let (right, all) = counts.entry(removal.rule.to_string()).or_default();
                *right += usize::from(!matches!(label, "K" | "H"));
                *all += 1;
            }
        }
    }
    counts
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn rules_that_are_sure_are_right() {
    let counts = removals_by_rule();
    let is_wrong = |(right, all): (usize, usize)| all >= REMOVALS && right * 100 < all * RIGHT_OF_HUNDRED;
    let too_sure: Vec<String> = rules()
        .iter()
        .filter(|rule| rule.certainty == Certainty::Sure)
        .filter_map(|rule| Some((rule.id, *counts.get(rule.id)?)))
        .filter(|(_, count)| is_wrong(*count))
        .map(|(id, (right, all))| format!("{id}: {right} of {all} removals are right"))
        .collect();
    assert!(too_sure.is_empty(), "call these rules likely:\n{}", too_sure.join("\n"));
    assert!(counts.len() > 50, "only {} rules removed a line", counts.len());
}
