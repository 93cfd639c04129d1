//! Detectors: each reads the immutable view of a document and returns findings; none edits.

pub(crate) mod caption;
pub(crate) mod classifier;
mod duplicates;
mod headline;
mod patterns;
mod residue;
mod words;

use serde::Serialize;

use classifier::Model;

use crate::rules::{Category, Rule, rules};
pub use duplicates::KeepTwin;

use crate::analysis::View;
use crate::script::Script;

/// One detector's verdict on one line.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    /// Index of the line in the view.
    pub line: usize,
    /// The rule that applies.
    pub rule: &'static Rule,
    /// What the verdict rests on.
    pub evidence: Evidence,
}

/// What a finding rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Evidence {
    /// The line says again what another line says.
    Twin {
        /// 1-based number of the other line; `None` where the twin is the title given with the input.
        twin_line: Option<usize>,
        /// `folded`: the comparison keys are equal; `near`: nearly so; `title`: equal to the given title;
        /// `part`: one is a title, the other the headline without a site's or a column's name; `contained`:
        /// the wording stands within the other line.
        how: &'static str,
        /// 1.0 for equal keys; where they are nearly equal, their normalised edit similarity, from 0 to 1;
        /// where one is contained, the share of its pairs of characters that stand in the other.
        similarity: f64,
    },
    /// The line belongs to a block of lines that stands twice.
    Block {
        /// 1-based number of the line that says the same in the other block.
        twin_line: usize,
        /// 1-based numbers of the first and the last line of the other block.
        twin_block: [usize; 2],
    },
    /// The line matches a rule's pattern.
    Pattern {
        /// The pattern as written in the rule; where the rule is code, what it looks for.
        pattern: &'static str,
    },
    /// The line hangs on a heading that matched.
    Section {
        /// 1-based number of the heading's line.
        heading_line: usize,
    },
    /// The line model takes the line for what is not the article.
    Model {
        /// How probable that is, from 0 to 1.
        probability: f64,
        /// What speaks most for it, strongest first, each with its weight.
        features: Vec<String>,
        /// 1-based number of the line that says the same, or holds its wording, where it is taken for a repeat and
        /// there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        twin_line: Option<usize>,
        /// 1-based numbers of the lines before and behind that go as furniture of the page, where the line goes
        /// because it stands between them: then the probability may be small.
        #[serde(skip_serializing_if = "Option::is_none")]
        between: Option<[usize; 2]>,
    },
}

impl Evidence {
    /// 1-based number of the line that a rule found to say the same.
    pub(crate) fn twin_line(&self) -> Option<usize> {
        match self {
            Evidence::Twin { twin_line, .. } => *twin_line,
            Evidence::Block { twin_line, .. } => Some(*twin_line),
            Evidence::Pattern { .. } | Evidence::Section { .. } | Evidence::Model { .. } => None,
        }
    }

    /// Whether a line that goes for this leaves its wording elsewhere: in a line that is named, or in the title given.
    /// The model can take a line for a repeat of none.
    pub(crate) fn leaves_wording(&self) -> bool {
        matches!(
            self,
            Evidence::Twin { .. } | Evidence::Block { .. } | Evidence::Model { twin_line: Some(_), .. }
        )
    }
}

/// Lines that a rule of the category metadata names, in order.
pub(crate) fn metadata_lines(view: &View) -> Vec<usize> {
    let findings = patterns::find(view).into_iter();
    let mut lines: Vec<usize> = findings
        .filter(|finding| finding.rule.category == Category::Metadata)
        .map(|finding| finding.line)
        .collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// The findings of all detectors on a view whose rules are wanted; `model` where the line model is not the
/// built-in one. Of lines that say the same `keep` chooses who stays, where need be by the script that the text
/// is converted to.
pub(crate) fn find(
    view: &View,
    model: Option<&Model>,
    (keep, script): (KeepTwin, Option<Script>),
    wanted: impl Fn(&'static Rule) -> bool,
) -> Vec<Finding> {
    let mut findings = patterns::find(view);
    findings.extend(residue::find(view));
    findings.extend(duplicates::find(view, keep, script));
    if rules().iter().filter(|rule| classifier::is_of_model(rule)).any(&wanted) {
        // The model judges what no rule knows: who keeps a rule keeps its lines.
        let mut named: Vec<Option<classifier::Named>> = vec![None; view.lines.len()];
        for finding in &findings {
            let twin = finding.evidence.twin_line().and_then(|number| view.index_of(number));
            named[finding.line] = Some(classifier::Named { rule: finding.rule, twin });
        }
        findings.extend(classifier::find(view, model, &named));
    }
    findings.retain(|finding| wanted(finding.rule));
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_names_the_lines_that_a_line_stands_between_and_is_silent_elsewhere() {
        let model =
            |between| Evidence::Model { probability: 0.25, features: Vec::new(), twin_line: None, between };
        let json = |between| serde_json::to_value(model(between)).expect("JSON");
        assert_eq!(
            json(Some([7, 9])),
            serde_json::json!({"probability": 0.25, "features": [], "between": [7, 9]})
        );
        assert_eq!(json(None), serde_json::json!({"probability": 0.25, "features": []}));
    }
}
