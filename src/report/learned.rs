//! Totals of a model of a collection.

use std::fmt;

use crate::corpus::{CorpusModel, LineVerdict};
#[cfg(feature = "cli")]
use crate::corpus::{LearnedLine, LineCounts};

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
    /// The number of lines that are removed.
    pub goes: usize,
    /// The number of lines that are removed in blocks.
    pub block: usize,
    /// The number of lines that are metadata.
    pub metadata: usize,
    /// The number of lines that are on many pages and are kept.
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

/// A row of a table about a learned line.
#[cfg(feature = "cli")]
pub(super) struct LearnedRow<'l> {
    pub verdict: &'static str,
    /// The pages that have the line.
    pub documents: u64,
    /// These pages as a share of all pages of the source.
    pub share: String,
    /// The share of its occurrences that cleaning by itself labels as boilerplate or metadata.
    pub removed: String,
    /// Its most frequent position relative to the page's own lines.
    pub place: &'static str,
    pub line: &'l str,
    /// Further properties of the line.
    pub marks: String,
}

#[cfg(feature = "cli")]
impl<'l> LearnedRow<'l> {
    /// The row of a line of a source with this number of pages.
    pub fn of(learned: &'l LearnedLine, documents: u64) -> Self {
        let LearnedLine { line, frame, verdict, in_company, reviewed, counts } = learned;
        let marks = [(*frame, " (any numbers)"), (*in_company, " (in company)"), (*reviewed, " (reviewed)")];
        Self {
            verdict: verdict.name(),
            documents: counts.documents,
            share: per_cent(counts.documents, documents),
            removed: per_cent(counts.removed + counts.metadata, counts.occurrences),
            place: place(counts),
            line,
            marks: marks.iter().filter(|(holds, _)| *holds).map(|(_, mark)| *mark).collect(),
        }
    }
}

#[cfg(feature = "cli")]
fn per_cent(part: u64, whole: u64) -> String {
    format!("{:.0}%", part as f64 * 100.0 / whole.max(1) as f64)
}

/// The line's most frequent position relative to the page's own lines.
#[cfg(feature = "cli")]
fn place(counts: &LineCounts) -> &'static str {
    let places = [(counts.middle, "middle"), (counts.head, "head"), (counts.tail, "tail")];
    places.into_iter().max_by_key(|(count, _)| *count).map_or("", |(_, name)| name)
}
