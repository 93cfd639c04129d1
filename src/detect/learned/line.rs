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
    /// What cleaning does with it.
    pub verdict: LineVerdict,
    /// Whether a reviewer decided that.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reviewed: bool,
    /// What the line says of its page.
    pub counts: LineCounts,
}

/// What cleaning does with a learned line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum LineVerdict {
    /// It goes, by the rule `corpus/line`.
    Goes,
    /// It goes between lines that go, by the rule `corpus/block`.
    Block,
    /// It is metadata, such as the card of an author, and goes where metadata goes, by the rule `metadata/standing`.
    Metadata,
    /// It stays: it stands on many pages, and nothing tells that it is not the articles' own.
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

/// How often a line stands on the pages of a source, and how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineCounts {
    /// Pages that have the line.
    pub documents: u64,
    /// How often it stands on them.
    pub occurrences: u64,
    /// Of these, how often cleaning removes it by another rule than those about repeats and metadata.
    pub removed: u64,
    /// How often cleaning takes it for metadata.
    pub metadata: u64,
    /// How often it stays, and stands between lines that go: at most two others are between it and them.
    pub enclosed: u64,
    /// How often it stands between lines of which one is metadata.
    pub beside_metadata: u64,
    /// How often no line of the page's own stands above it.
    pub head: u64,
    /// How often lines of the page's own stand above it and below it.
    pub middle: u64,
    /// How often no line of the page's own stands below it.
    pub tail: u64,
}
