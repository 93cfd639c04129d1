//! Findings of detectors. A finding has a row of the view, a rule, and the fact on which it rests. A row
//! means nothing outside its view. So rows become line numbers once, at the end, for the report.

use serde::{Deserialize, Serialize};

use crate::analysis::Row;
use crate::rules::Rule;

/// A reason for which a row may be removed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Finding {
    /// The row in the view.
    pub row: Row,
    /// The rule that applies.
    pub rule: &'static Rule,
    /// The fact on which it rests.
    pub because: Because,
}

/// The fact on which a finding rests.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Because {
    /// The row repeats another row; `None` if it repeats the title given with the input.
    Duplicate { of: Option<Row>, how: How, similarity: f64 },
    /// The row belongs to a block that occurs twice; `block` has the first and the last row of the other
    /// copy.
    Block { of: Row, block: [Row; 2] },
    /// The row matches a pattern of a rule, or has a form that code looks for.
    Pattern { pattern: &'static str },
    /// The row belongs to a section whose heading matched.
    Section { heading: Row },
    /// The row is line `line` of one of the user's lists.
    Listed { list: String, line: usize },
    /// A model of a collection knows the row.
    Learned {
        /// The source whose pages have it.
        source: String,
        /// The number of pages that have it, and the number of all pages of the source.
        documents: u64,
        of: u64,
        /// Whether it is known by its frame.
        frame: bool,
        /// The rows above and below that go, if this row goes because it is between them.
        between: Option<[Row; 2]>,
        /// The row that goes, if this row goes because it always comes with such rows.
        beside: Option<Row>,
    },
    /// The classifier takes the row for boilerplate.
    Classified {
        /// The probability of that, from 0 to 1.
        probability: f64,
        /// The features that weigh most for it, strongest first, each with its weight.
        features: Vec<String>,
        /// The row whose wording it repeats, if there is one.
        of: Option<Row>,
        /// The rows above and below that go, if this row goes because it is between them.
        between: Option<[Row; 2]>,
    },
}

impl Because {
    /// The row that this row repeats according to a rule.
    pub fn duplicate_of(&self) -> Option<Row> {
        match self {
            Because::Duplicate { of, .. } => *of,
            Because::Block { of, .. } => Some(*of),
            Because::Pattern { .. }
            | Because::Section { .. }
            | Because::Listed { .. }
            | Because::Learned { .. }
            | Because::Classified { .. } => None,
        }
    }

    /// Whether the wording of the row stays elsewhere: in another row, or in the title given. The classifier
    /// can take a row for a repeat without knowing the other row.
    pub fn leaves_wording(&self) -> bool {
        matches!(
            self,
            Because::Duplicate { .. } | Because::Block { .. } | Because::Classified { of: Some(_), .. }
        )
    }
}

/// The way in which two lines say the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum How {
    /// The comparison keys are equal.
    Folded,
    /// The keys are nearly equal.
    Near,
    /// The key equals that of the title given with the input.
    Title,
    /// One line is a title, and the other one is the headline without the name of a site or a column.
    Part,
    /// One line contains the wording of the other one.
    Contained,
}

impl std::fmt::Display for How {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            How::Folded => "folded",
            How::Near => "near",
            How::Title => "title",
            How::Part => "part",
            How::Contained => "contained",
        })
    }
}
