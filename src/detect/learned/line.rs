//! A line that a source prints on many pages, with its counts.

use serde::{Deserialize, Serialize};

/// A line that a source prints on many pages, as a [`CorpusModel`](super::CorpusModel) knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LearnedLine {
    /// The line as one of the pages has it. Lines with the same comparison key are the same line.
    pub line: String,
    /// Whether the line stands for its frame: all lines that differ from it in numbers alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub frame: bool,
    /// The decision about the line.
    pub verdict: LineVerdict,
    /// For a line that goes in blocks: whether it always comes with lines that go. Then one of them is enough.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub in_company: bool,
    /// Whether a reviewer decided that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reviewed: bool,
    /// The counts of the line on the source's pages.
    pub counts: LineCounts,
}

/// The decision about a learned line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum LineVerdict {
    /// It goes, by the rule `corpus/line`.
    Goes,
    /// It goes between lines that go, by the rule `corpus/block`.
    Block,
    /// It is metadata, such as the card of an author, and goes where metadata goes, by the rule
    /// `metadata/standing`.
    Metadata,
    /// It stays: it is on many pages, but nothing shows that it does not belong to the articles.
    Stays,
}

impl LineVerdict {
    /// The name in files and tables.
    pub fn name(self) -> &'static str {
        match self {
            LineVerdict::Goes => "goes",
            LineVerdict::Block => "block",
            LineVerdict::Metadata => "metadata",
            LineVerdict::Stays => "stays",
        }
    }
}

/// Counts of a line on the pages of a source: how often it occurs there, and where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineCounts {
    /// Pages that have the line.
    pub documents: u64,
    /// Occurrences on these pages.
    pub occurrences: u64,
    /// Occurrences that cleaning removes by another rule than those about repeats and metadata.
    pub removed: u64,
    /// Occurrences that cleaning takes for metadata.
    pub metadata: u64,
    /// Occurrences that stay and are between lines that go. At most two other lines are between this line and
    /// each of those.
    pub enclosed: u64,
    /// Occurrences between lines of which one is metadata.
    pub beside_metadata: u64,
    /// Occurrences with no line of the page's own above them.
    pub head: u64,
    /// Occurrences with lines of the page's own above and below them.
    pub middle: u64,
    /// Occurrences with no line of the page's own below them.
    pub tail: u64,
    /// Sum of the lines that come with it, over its occurrences: at most four above and four below, each on about as many
    /// pages as its neighbour.
    #[serde(default)]
    pub company: u64,
    /// The number of these lines that cleaning removes.
    #[serde(default)]
    pub company_removed: u64,
    /// Occurrences with a line of the page's own right below them.
    #[serde(default)]
    pub leads: u64,
}
