//! Learning the lines that the sources of a collection print on many pages. Two readings keep memory small:
//!
//! 1. [`PageCounts`] counts the pages that have each line, and those that have the frame of each line: the
//!    line without its numbers.
//! 2. A [`PageReader`] examines the lines that are on many pages: the result of cleaning on the page, the
//!    lines around them, and their position. A [`Learner`] adds this up.
//!
//! A [`CountedPage`] has the data of a page that both readings need. So pages can be counted in parts, and
//! the text is not read again.
//!
//! [`LearnThresholds`] has the conditions for the removal of a line.

mod companions;
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

/// The options of learning.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LearnOptions {
    /// The conditions for the removal of a line.
    pub thresholds: LearnThresholds,
}

/// The model of the lines that the pages of sources have in common. Each page is a pair: the name of its
/// source, and its text.
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
