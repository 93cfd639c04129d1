//! Precedence: one finding a row, the one that names best what the line is.

use std::collections::{HashMap, HashSet};

use super::{Decisions, JudgedPage};
use crate::analysis::Row;
use crate::detect::{Because, Finding};
use crate::rules::Category;

/// Keeps one finding a row, in the order of rows.
pub(super) fn decide(_: &JudgedPage, decisions: &mut Decisions) {
    let findings = std::mem::take(&mut decisions.findings);
    let boilerplate: HashSet<Row> = findings
        .iter()
        .filter(|finding| !finding.because.leaves_wording())
        .map(|finding| finding.row)
        .collect();
    let mut best: HashMap<Row, Finding> = HashMap::new();
    for finding in findings {
        // A line whose original goes as boilerplate may be the article's own; the next round will tell.
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
    // What the classifier said is among them.
    decisions.verdicts.clear();
}

/// What the user names goes for that reason. Boilerplate that repeats boilerplate is boilerplate; a byline that repeats is a repeat. A line's own match says more
/// than a heading above it.
fn precedence(finding: &Finding) -> impl Ord {
    let category = match finding.rule.category {
        Category::User => 0,
        Category::Repeat => 2,
        Category::Metadata => 3,
        // A rule that knows what the line is says more than a count.
        Category::Corpus => 4,
        _ => 1,
    };
    let by_heading = matches!(finding.because, Because::Section { .. });
    (category, by_heading, finding.rule.certainty, finding.rule.id)
}
