//! The results of the two readings of a page.

use super::companions::Companions;
use super::counted_page::{CountedLine, CountedPage, counted_lines};
use crate::analysis::{Folded, View};
use crate::detect::learned::LineCounts;
use crate::text::hash::{FACTOR, mix};
use crate::text::{Document, TextHash};

/// The lines of a page in the form that the first reading finds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLines {
    pub(super) page: u64,
    pub(super) source: String,
    /// The ids of the page's lines and of their frames, each once.
    pub(super) ids: Vec<u64>,
}

impl PageLines {
    /// The lines of a page of a source. The title is the one that came with the text.
    pub fn of(source: &str, text: &str, title: Option<&str>) -> Self {
        let lines = counted_lines(&lines(&Document::new(text)));
        let lines = lines.into_iter().map(|(_, line)| line).collect();
        Self::from(&CountedPage::new(page(source, text, title), source.to_owned(), lines))
    }
}

impl PageLines {
    /// The hash of the page, as [`CountedPage::hash`].
    pub fn hash(&self) -> u64 {
        self.page
    }

    /// The source of the page.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The ids of the page's lines and of their frames, each once, in ascending order. An id holds for one source.
    pub fn ids(&self) -> &[u64] {
        &self.ids
    }
}

impl From<&CountedPage> for PageLines {
    /// The lines of a page that was counted.
    fn from(page: &CountedPage) -> Self {
        let mut ids: Vec<u64> = page.ids().into_iter().flatten().flatten().collect();
        ids.sort_unstable();
        ids.dedup();
        Self { page: page.hash(), source: page.source().to_owned(), ids }
    }
}

/// The result of the second reading of a page.
#[derive(Debug, Clone)]
pub struct PageReading {
    pub(super) page: u64,
    pub(super) source: String,
    pub(super) occurrences: Vec<Occurrence>,
}

/// A line of a page that is on many pages, or whose frame is.
#[derive(Debug, Clone)]
pub(super) struct Occurrence {
    pub id: u64,
    pub is_frame: bool,
    /// The hash of the key.
    pub key: u64,
    pub text: String,
    pub position: PagePosition,
    /// Whether cleaning removes it, by a rule that is not about repeats or metadata.
    pub removed: bool,
    /// Whether cleaning labels it as metadata.
    pub metadata: bool,
    /// Whether it is kept, and is between lines that are removed.
    pub enclosed: bool,
    /// Whether one of these lines is metadata.
    pub beside_metadata: bool,
    /// The lines that come with it.
    pub company: Companions,
    /// Whether a line of the page's own is right below it.
    pub leads: bool,
}

/// The position of a line relative to the page's own lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PagePosition {
    Head,
    Middle,
    Tail,
}

impl PagePosition {
    /// The count of this position.
    pub fn count(self, counts: &mut LineCounts) -> &mut u64 {
        match self {
            Self::Head => &mut counts.head,
            Self::Middle => &mut counts.middle,
            Self::Tail => &mut counts.tail,
        }
    }
}

/// A line with its number, folded.
pub(super) type FoldedLine<'t> = (usize, &'t str, std::sync::Arc<Folded>);

pub(super) fn lines<'t>(document: &Document<'t>) -> Vec<FoldedLine<'t>> {
    let line = |line: &crate::text::Line| (line.number, document.text(line), Folded::of(document.text(line)));
    document.lines().iter().map(line).collect()
}

pub(super) fn view<'t>(lines: &[FoldedLine<'t>]) -> View<'t> {
    View::of(
        lines.iter().map(|(number, text, folded)| ((*number).into(), *text, folded.clone())).collect(),
        None,
    )
}

/// The ids of a line and of its frame.
pub(super) type LineIds = [Option<u64>; 2];

/// The ids of a line of a source with this hash, and of its frame.
pub(super) fn ids_of(source: u64, line: &CountedLine) -> LineIds {
    let id = |form: u64| mix(source.wrapping_add(FACTOR) ^ form);
    [line.key.map(id), line.frame.map(id)]
}

/// The hash of a page.
pub(super) fn page(source: &str, text: &str, title: Option<&str>) -> u64 {
    let parts = [source, text, title.unwrap_or_default()];
    parts.iter().fold(0, |hash: u64, part| mix(hash.wrapping_add(FACTOR) ^ TextHash::of(part).bits()))
}
