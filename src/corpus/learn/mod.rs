//! Learns what the sources of a collection print on many pages. Two readings keep memory small:
//!
//! 1. [`PageCounts`] counts on how many pages each line stands, and the frame of each line: the line without its numbers.
//! 2. A [`PageReader`] looks at the lines that stand on many: what cleaning does with them on the page, what stands around
//!    them, and where they are. A [`Learner`] adds this up.
//!
//! A [`CountedPage`] has what both readings need of a page, so that pages can be counted in parts and the text is not read
//! again.
//!
//! [`LearnThresholds`] says what must be known of a line that goes.

mod counted_page;
mod counted_row;
mod learner;
mod page;
mod page_counts;
mod page_reader;
mod page_tally;
mod review;
mod thresholds;

pub use counted_page::{CountedLine, CountedPage, PageCounter, RemovedAs};
pub use counted_row::CountedRow;
pub use learner::Learner;
pub use page::{PageLines, PageReading};
pub use page_counts::PageCounts;
pub use page_reader::PageReader;
pub use review::Review;
pub use thresholds::LearnThresholds;

use crate::detect::learned::CorpusModel;

/// How a collection is learned from.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LearnOptions {
    /// What makes a line one that goes.
    pub thresholds: LearnThresholds,
}

/// What the pages of some sources have in common. Each page is a pair: the name of its source, and its text.
///
/// ```
/// use qingwen::Cleaner;
/// use qingwen::corpus::{LearnOptions, learn};
/// let pages = ["老街夜市搬走了。\n人氣 210\n分享到：\n", "街坊說好。\n人氣 18\n分享到：\n"].map(|page| ("老街網", page));
/// let model = learn(pages, &LearnOptions::default());
/// let source = model.of_source(Some("老街網")).unwrap();
/// assert_eq!((source.documents(), source.lines()[0].counts.documents), (2, 2));
/// ```
pub fn learn<'t>(pages: impl IntoIterator<Item = (&'t str, &'t str)>, options: &LearnOptions) -> CorpusModel {
    let pages: Vec<(&str, &str)> = pages.into_iter().collect();
    let mut counts = PageCounts::default();
    pages.iter().for_each(|(source, text)| counts.add(&PageLines::of(source, text, None)));
    let reader = PageReader::new(counts, options.thresholds);
    let mut learner = Learner::default();
    pages.iter().for_each(|(source, text)| learner.add(&reader.read(source, text, None)));
    learner.finish(&reader)
}
