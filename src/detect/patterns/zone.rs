//! Zones: the head and the tail of a document.

use typed_index_collections::TiVec;

use super::Hit;
use crate::analysis::{Row, View};
use crate::rules::Place;

/// Number of lines in the head of a document. Lines that a rule matches do not count.
const HEAD_LINES: usize = 8;
/// Minimum number of lines in the tail of a document, which has a quarter of the lines if that is more. Lines
/// that a rule matches do not count.
const TAIL_LINES: usize = 12;

/// The head and the tail of a document, counted in lines that no rule matches. So the removal of boilerplate
/// does not bring other lines into a zone, and cleaning twice gives the same as cleaning once.
pub(super) struct Zones {
    /// Rows before this one are the head.
    head_end: Row,
    /// Rows from this one on are the tail.
    tail_start: Row,
}

impl Zones {
    /// The zones of a document whose boilerplate is known.
    pub fn of(view: &View, hits: &[Hit]) -> Self {
        let mut boilerplate: TiVec<Row, bool> = vec![false; view.lines.len()].into();
        for hit in hits {
            boilerplate[hit.row] = true;
            hit.section.iter().for_each(|row| boilerplate[*row] = true);
        }
        let prose: Vec<Row> = view.filled().filter(|row| !boilerplate[*row]).collect();
        let tail = TAIL_LINES.max(prose.len() / 4);
        let before_tail = prose.len().checked_sub(tail + 1).map(|at| prose[at].below(1));
        // The first line is never in the tail: an article may be about the thing that its headline names.
        let behind_first = view.filled().next().unwrap_or_default().below(1);
        Self {
            head_end: prose.get(HEAD_LINES - 1).map_or(view.lines.next_key(), |row| row.below(1)),
            tail_start: before_tail.unwrap_or_default().max(behind_first),
        }
    }

    /// Whether a row is in the place that a rule requires.
    pub fn contain(&self, row: Row, place: Place) -> bool {
        match place {
            Place::Anywhere => true,
            Place::Head => row < self.head_end,
            Place::Tail => row >= self.tail_start,
        }
    }
}
