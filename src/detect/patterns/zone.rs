//! Zones: where the head of a document ends and its tail begins.

use typed_index_collections::TiVec;

use super::Hit;
use crate::analysis::{Row, View};
use crate::rules::Place;

/// Lines that no rule matches at the start that count as the head of a document.
const HEAD_LINES: usize = 8;
/// Lines that no rule matches at the end that count as its tail: at least so many, or a quarter.
const TAIL_LINES: usize = 12;

/// The head and the tail of a document, counted in lines that no rule matches: so removing furniture does
/// not bring other lines into a zone, and cleaning twice gives what cleaning once gave.
pub(super) struct Zones {
    /// Rows before this one are the head.
    head_end: Row,
    /// Rows from this one on are the tail.
    tail_start: Row,
}

impl Zones {
    /// The zones of a document whose furniture is known.
    pub fn of(view: &View, hits: &[Hit]) -> Self {
        let mut furniture: TiVec<Row, bool> = vec![false; view.lines.len()].into();
        for hit in hits {
            furniture[hit.row] = true;
            hit.section.iter().for_each(|row| furniture[*row] = true);
        }
        let prose: Vec<Row> = view.filled().filter(|row| !furniture[*row]).collect();
        let tail = TAIL_LINES.max(prose.len() / 4);
        let before_tail = prose.len().checked_sub(tail + 1).map(|at| prose[at].below(1));
        // With the first line no tail begins: an article may be about what its headline names.
        let behind_first = view.filled().next().unwrap_or_default().below(1);
        Self {
            head_end: prose.get(HEAD_LINES - 1).map_or(view.lines.next_key(), |row| row.below(1)),
            tail_start: before_tail.unwrap_or_default().max(behind_first),
        }
    }

    /// Whether a row is in a place.
    pub fn contain(&self, row: Row, place: Place) -> bool {
        match place {
            Place::Anywhere => true,
            Place::Head => row < self.head_end,
            Place::Tail => row >= self.tail_start,
        }
    }
}
