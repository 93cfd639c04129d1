//! Evidence: the reasons for a removal, in the form of the report.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::analysis::{Row, View};
use crate::detect::{Because, How};

/// The reason for a removal. In JSON, `kind` is the name of the variant in lower case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[non_exhaustive]
pub enum Evidence {
    /// The line repeats another line.
    Twin {
        /// 1-based number of the other line. `None` if the line repeats the title given with the input.
        twin_line: Option<usize>,
        /// The relation between the two.
        how: How,
        /// 1.0 for equal keys. For nearly equal keys, their normalised edit similarity, from 0 to 1. For a
        /// contained line, the share of its bigrams that are in the other line.
        similarity: f64,
    },
    /// The line belongs to a block of lines that occurs twice.
    Block {
        /// 1-based number of the line that says the same in the other block.
        twin_line: usize,
        /// 1-based numbers of the first and the last line of the other block.
        twin_block: [usize; 2],
    },
    /// The line matches a rule's pattern.
    Pattern {
        /// The pattern as written in the rule. For a rule that is code, a description of what it looks for.
        pattern: Cow<'static, str>,
    },
    /// The line is in the section below a heading that matched.
    Section {
        /// 1-based number of the heading's line.
        heading_line: usize,
    },
    /// One of the user's lists names the line.
    Listed {
        /// The name of the list.
        list: String,
        /// 1-based number of the line of the list.
        list_line: usize,
    },
    /// A model of a collection knows the line.
    Corpus {
        /// The source whose pages have it.
        source: String,
        /// The number of its pages that have the line.
        documents: u64,
        /// The number of all its pages.
        of: u64,
        /// Whether the line is known by its frame: it has other numbers on other pages.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        frame: bool,
        /// 1-based numbers of the removed lines above and below, if the line is removed because it is between
        /// them. At the end of a page, the last line takes the place of the line below.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        between: Option<[usize; 2]>,
        /// 1-based number of a removed line near it, if the line is removed because it always comes with lines that are
        /// removed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        beside: Option<usize>,
    },
    /// The line model labels the line as something other than the article.
    Model {
        /// The probability of that, from 0 to 1.
        probability: f64,
        /// The features that contribute most, strongest first, each with its weight.
        features: Vec<String>,
        /// 1-based number of the line that says the same, or contains the wording of this line, if this line
        /// is labelled as a repeat and there is one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        twin_line: Option<usize>,
        /// 1-based numbers of the lines above and below that are removed as boilerplate of the page, if the
        /// line is removed because it is between them. In this case the probability may be small.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        between: Option<[usize; 2]>,
    },
}

impl Evidence {
    /// The name of the kind, as in JSON.
    ///
    /// ```
    /// let cleaned = qingwen::Cleaner::default().clean("老街夜市搬走了嗎？\n街坊說安靜了許多。\n老街夜市搬走了吗？");
    /// assert_eq!(cleaned.removals[0].evidence.kind(), "twin");
    /// ```
    pub fn kind(&self) -> &'static str {
        match self {
            Evidence::Twin { .. } => "twin",
            Evidence::Block { .. } => "block",
            Evidence::Pattern { .. } => "pattern",
            Evidence::Section { .. } => "section",
            Evidence::Listed { .. } => "listed",
            Evidence::Corpus { .. } => "corpus",
            Evidence::Model { .. } => "model",
        }
    }

    /// 1-based number of the line that says the same, if there is one.
    ///
    /// ```
    /// let cleaned = qingwen::Cleaner::default().clean("老街夜市搬走了嗎？\n街坊說安靜了許多。\n老街夜市搬走了吗？");
    /// assert_eq!(cleaned.removals[0].evidence.duplicate_of(), Some(1));
    /// ```
    pub fn duplicate_of(&self) -> Option<usize> {
        match self {
            Evidence::Twin { twin_line, .. } | Evidence::Model { twin_line, .. } => *twin_line,
            Evidence::Block { twin_line, .. } => Some(*twin_line),
            Evidence::Pattern { .. }
            | Evidence::Section { .. }
            | Evidence::Listed { .. }
            | Evidence::Corpus { .. } => None,
        }
    }

    /// The evidence of a finding in a view.
    pub(super) fn of(because: &Because, view: &View) -> Self {
        let number = |row: Row| usize::from(view.lines[row].number);
        match because {
            Because::Duplicate { of, how, similarity } => {
                Evidence::Twin { twin_line: of.map(number), how: *how, similarity: *similarity }
            }
            Because::Block { of, block } => {
                Evidence::Block { twin_line: number(*of), twin_block: block.map(number) }
            }
            Because::Pattern { pattern } => Evidence::Pattern { pattern: (*pattern).into() },
            Because::Section { heading } => Evidence::Section { heading_line: number(*heading) },
            Because::Listed { list, line } => Evidence::Listed { list: list.clone(), list_line: *line },
            Because::Learned { source, documents, of, frame, between, beside } => Evidence::Corpus {
                source: source.clone(),
                documents: *documents,
                of: *of,
                frame: *frame,
                between: between.map(|rows| rows.map(number)),
                beside: beside.map(number),
            },
            Because::Classified { probability, features, of, between } => Evidence::Model {
                probability: *probability,
                features: features.clone(),
                twin_line: of.map(number),
                between: between.map(|rows| rows.map(number)),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_has_the_lines_around_a_line_only_for_a_line_between_others() {
        let model =
            |between| Evidence::Model { probability: 0.25, features: Vec::new(), twin_line: None, between };
        let json = |between| serde_json::to_value(model(between)).expect("JSON");
        assert_eq!(
            json(Some([7, 9])),
            serde_json::json!({"kind": "model", "probability": 0.25, "features": [], "between": [7, 9]})
        );
        assert_eq!(json(None), serde_json::json!({"kind": "model", "probability": 0.25, "features": []}));
    }

    #[test]
    fn every_kind_of_evidence_can_be_read_from_json_and_has_its_kind() {
        for evidence in [
            Evidence::Twin { twin_line: None, how: How::Title, similarity: 1.0 },
            Evidence::Block { twin_line: 3, twin_block: [2, 4] },
            Evidence::Pattern { pattern: "分享到".into() },
            Evidence::Section { heading_line: 5 },
            Evidence::Corpus {
                source: "老街".into(),
                documents: 3,
                of: 9,
                frame: true,
                between: Some([4, 6]),
                beside: Some(4),
            },
            Evidence::Model {
                probability: 0.5, features: vec!["短".into()], twin_line: None, between: None
            },
        ] {
            let json = serde_json::to_value(&evidence).expect("JSON");
            assert_eq!(json["kind"], evidence.kind());
            assert_eq!(serde_json::from_value::<Evidence>(json).expect("evidence"), evidence);
        }
    }
}
