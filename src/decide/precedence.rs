//! Precedence: each row gets one finding, the one that describes the line best.

use std::collections::{HashMap, HashSet};

use super::{Decisions, JudgedPage};
use crate::analysis::Row;
use crate::detect::{Because, Finding};
use crate::rules::Category;

/// Keeps one finding for each row, in the order of rows.
pub(super) fn decide(_: &JudgedPage, decisions: &mut Decisions) {
    let findings = std::mem::take(&mut decisions.findings);
    let boilerplate: HashSet<Row> = findings
        .iter()
        .filter(|finding| !finding.because.leaves_wording())
        .map(|finding| finding.row)
        .collect();
    let mut best: HashMap<Row, Finding> = HashMap::new();
    for finding in findings {
        // If the original of a line is removed as boilerplate, the line may belong to the article. The next
        // round judges it again.
        if finding.because.duplicate_of().is_some_and(|row| boilerplate.contains(&row))
            && !boilerplate.contains(&finding.row)
        {
            continue;
        }
        match best.get(&finding.row) {
            Some(known) if precedence(known) <= precedence(&finding) => {}
            _ => {
                best.insert(finding.row, finding);
            }
        }
    }
    decisions.findings = best.into_values().collect();
    decisions.findings.sort_by_key(|finding| finding.row);
    // The findings now include the classifier's verdicts.
    decisions.verdicts.clear();
}

/// The rank of a finding; the lowest one wins. The user's rules and lists come first. Boilerplate that
/// repeats boilerplate is boilerplate, but a byline that repeats a byline is a repeat. A match of the line
/// itself says more than a heading above it.
fn precedence(finding: &Finding) -> impl Ord {
    let category = match finding.rule.category {
        Category::User => 0,
        Category::Repeat => 2,
        Category::Metadata => 3,
        // A rule that knows the kind of a line says more than a count of pages.
        Category::Corpus => 4,
        _ => 1,
    };
    let by_heading = matches!(finding.because, Because::Section { .. });
    (category, by_heading, finding.rule.certainty, finding.rule.id)
}
