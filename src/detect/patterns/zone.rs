//! Zones: where the head of a document ends and its tail begins.

use super::Hit;
use crate::analysis::View;
use crate::rules::Place;

/// Lines that no rule matches at the start that count as the head of a document.
const HEAD_LINES: usize = 8;
/// Lines that no rule matches at the end that count as its tail: at least so many, or a quarter.
const TAIL_LINES: usize = 12;

/// The head and the tail of a document, counted in lines that no rule matches: so removing furniture does
/// not bring other lines into a zone, and cleaning twice gives what cleaning once gave.
pub(super) struct Zones {
    /// Lines before this index are the head.
    head_end: usize,
    /// Lines from this index on are the tail.
    tail_start: usize,
}

impl Zones {
    /// The zones of a document whose furniture is known.
    pub fn of(view: &View, hits: &[Hit]) -> Self {
        let mut furniture = vec![false; view.lines.len()];
        for hit in hits {
            furniture[hit.line] = true;
            hit.section.iter().for_each(|line| furniture[*line] = true);
        }
        let prose: Vec<usize> = view.filled().filter(|line| !furniture[*line]).collect();
        let tail = TAIL_LINES.max(prose.len() / 4);
        let before_tail = prose.len().checked_sub(tail + 1).map(|place| prose[place] + 1);
        // With the first line no tail begins: an article may be about what its headline names.
        let behind_first = view.filled().next().unwrap_or_default() + 1;
        Self {
            head_end: prose.get(HEAD_LINES - 1).map_or(view.lines.len(), |line| line + 1),
            tail_start: before_tail.unwrap_or(0).max(behind_first),
        }
    }

    /// Whether a line is in a place.
    pub fn contain(&self, line: usize, place: Place) -> bool {
        match place {
            Place::Anywhere => true,
            Place::Head => line < self.head_end,
            Place::Tail => line >= self.tail_start,
        }
    }
}
