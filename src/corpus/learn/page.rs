//! What the two readings find of a page.

use crate::analysis::{BodyText, Folded, Row, View};
use crate::detect::learned::{LineCounts, comparable, frame};
use crate::text::hash::{FACTOR, mix};
use crate::text::{Document, TextHash};

/// The lines of a page, as the first reading finds them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLines {
    pub(super) page: u64,
    pub(super) source: String,
    /// The ids of its lines and of their frames, each once.
    pub(super) ids: Vec<u64>,
}

impl PageLines {
    /// The lines of a page of a source. The title is the one that came with the text.
    pub fn of(source: &str, text: &str, title: Option<&str>) -> Self {
        let lines = lines(&Document::new(text));
        let view = view(&lines);
        let identified = identified(&view, source);
        let mut ids: Vec<u64> = identified.iter().flat_map(|(_, _, ids)| ids).copied().flatten().collect();
        ids.sort_unstable();
        ids.dedup();
        Self { page: page(source, text, title), source: source.to_owned(), ids }
    }
}

/// What the second reading finds of a page.
#[derive(Debug, Clone)]
pub struct PageReading {
    pub(super) page: u64,
    pub(super) source: String,
    pub(super) occurrences: Vec<Occurrence>,
}

/// A line of a page that stands on many pages, or whose frame does.
#[derive(Debug, Clone)]
pub(super) struct Occurrence {
    pub id: u64,
    pub is_frame: bool,
    /// The hash of the key.
    pub key: u64,
    pub text: String,
    pub place: PlaceOnPage,
    /// Cleaning removes it, by another rule than those about repeats and metadata.
    pub removed: bool,
    /// Cleaning takes it for metadata.
    pub metadata: bool,
    /// It stays, and stands between lines that go.
    pub enclosed: bool,
    /// One of these lines is metadata.
    pub beside_metadata: bool,
}

/// Where a line stands among the page's own lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PlaceOnPage {
    Head,
    Middle,
    Tail,
}

impl PlaceOnPage {
    /// The count of the place.
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

/// The ids of each row of a page that says something, with its key. Code and laws say the same on many pages by nature, so
/// they have none. A sentence has no frame: what it says is in its numbers.
pub(super) fn identified<'v>(view: &'v View, source: &str) -> Vec<(Row, &'v str, LineIds)> {
    let is_statute = view.is_statute();
    let row = |row: Row| {
        let line = &view.lines[row];
        let (is_sentence, [id, frame]) =
            (line.shape.is_body_text(BodyText::BeyondHeadings), ids(source, line.key()));
        let ids = match () {
            () if is_statute || line.shape.fenced => [None; 2],
            () if is_sentence => [id, None],
            () => [id, frame],
        };
        (row, line.key(), ids)
    };
    comparable(view).map(row).collect()
}

/// The ids of a line and of its frame.
pub(super) type LineIds = [Option<u64>; 2];

/// The id of a line of a source, and that of its frame.
fn ids(source: &str, key: &str) -> LineIds {
    let source = TextHash::of(source).bits();
    let id = |form: &str| mix(source.wrapping_add(FACTOR) ^ TextHash::of(form).bits());
    [Some(id(key)), frame(key).map(|frame| id(&frame))]
}

/// The hash of a page.
pub(super) fn page(source: &str, text: &str, title: Option<&str>) -> u64 {
    let parts = [source, text, title.unwrap_or_default()];
    parts.iter().fold(0, |hash: u64, part| mix(hash.wrapping_add(FACTOR) ^ TextHash::of(part).bits()))
}
