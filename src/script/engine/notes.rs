//! Where a conversion puts something else than another configuration does: so that one run gives what both would.

use std::ops::Range;

use super::plan::{Plan, Scratch};
use super::tables::{HEAD, NOTED, Tables};

/// A stretch of a text of which another configuration may make something else. Of all text between notes both make
/// the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Note {
    /// Bytes of the text.
    pub source: Range<usize>,
    /// Bytes of what it became.
    pub output: Range<usize>,
}

/// The notes of a normalised text, of which each character was one of `text`'s, as notes of that.
pub(super) fn of_source(notes: Vec<Note>, normalized: &str, text: &str) -> Vec<Note> {
    let starts =
        |text: &'_ str| text.char_indices().map(|(at, _)| at).chain([text.len()]).collect::<Vec<_>>();
    let (starts_before, starts) = (starts(normalized), starts(text));
    let place = |at: usize| starts[starts_before.partition_point(|start| *start < at).min(starts.len() - 1)];
    let moved = |Note { source, output }| Note { source: place(source.start)..place(source.end), output };
    notes.into_iter().map(moved).collect()
}

#[allow(dead_code)] // The build script's.
impl Plan {
    /// The same plan, which notes the keys that another plan of the same segments converts otherwise.
    pub fn noting_what_differs_from(mut self, other: &Plan) -> Self {
        let mut scratch = Scratch::default();
        self.fused.note(|key, value| {
            let mut converted = String::new();
            other.convert_into(key, &mut converted, &mut scratch);
            converted != value
        });
        self
    }
}

#[allow(dead_code)] // The build script's.
impl Tables {
    /// Marks the entries of whose key and value `is_noted` says so.
    fn note(&mut self, mut is_noted: impl FnMut(&str, &str) -> bool) {
        let places: Vec<usize> = self.places().collect();
        for place in places {
            let (key, value) = self.lengths(place);
            let text = &self.pool[place + HEAD..place + HEAD + key + value];
            let (key, value) = text.split_at(key);
            let is_noted = match (str::from_utf8(key), str::from_utf8(value)) {
                (Ok(key), Ok(value)) => is_noted(key, value),
                _ => false,
            };
            if is_noted {
                self.pool.to_mut()[place + 1] |= NOTED.to_le_bytes()[1];
            }
        }
    }
}
