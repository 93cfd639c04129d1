//! Totals of what was learned from a collection.

use std::fmt;

use crate::corpus::{CorpusModel, LineVerdict};

/// Totals of a model of a collection.
///
/// ```
/// use qingwen::corpus::{LearnOptions, learn};
/// use qingwen::report::LearnedSummary;
/// let pages = ["老街夜市搬走了。\n分享到：\n", "街坊說好。\n分享到：\n"].map(|page| ("老街網", page));
/// let summary = LearnedSummary::of(&learn(pages, &LearnOptions::default()));
/// assert_eq!(summary.to_string(), "2 pages of 1 source: 1 line goes, 0 go in blocks, 0 are metadata, 0 stay");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LearnedSummary {
    /// The number of pages, each counted once.
    pub documents: u64,
    /// The number of sources.
    pub sources: usize,
    /// The number of lines that go.
    pub goes: usize,
    /// The number of lines that go in blocks.
    pub block: usize,
    /// The number of lines that are metadata.
    pub metadata: usize,
    /// The number of lines that stand on many pages and stay.
    pub stays: usize,
}

impl LearnedSummary {
    /// The totals of a model.
    pub fn of(model: &CorpusModel) -> Self {
        let mut summary = Self::default();
        for source in model.sources() {
            summary.documents += source.documents();
            summary.sources += 1;
            for line in source.lines() {
                *match line.verdict {
                    LineVerdict::Goes => &mut summary.goes,
                    LineVerdict::Block => &mut summary.block,
                    LineVerdict::Metadata => &mut summary.metadata,
                    LineVerdict::Stays => &mut summary.stays,
                } += 1;
            }
        }
        summary
    }
}

impl fmt::Display for LearnedSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { documents, sources, goes, block, metadata, stays } = self;
        let pages = if *documents == 1 { "page" } else { "pages" };
        let of = if *sources == 1 { "source" } else { "sources" };
        let go = if *goes == 1 { "line goes" } else { "lines go" };
        write!(f, "{documents} {pages} of {sources} {of}: {goes} {go}, {block} go in blocks, ")?;
        write!(f, "{metadata} are metadata, {stays} stay")
    }
}
