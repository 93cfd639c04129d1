//! The destination of converted text. Pieces of a few bytes go into a buffer, and the checked buffer goes into a
//! string.

use std::ops::Range;

use super::block::{BLOCK, READ};
use super::notes::Note;
use super::tables::{FoundKey, TablesView, WINDOW};

const BUFFER: usize = 16 << 10;

/// The buffer. Several conversions may share it, one after the other.
#[derive(Debug, Clone)]
pub(crate) struct Buffer(Box<[u8]>);

impl Buffer {
    /// A buffer large enough for the fast conversion of texts of `length` bytes.
    pub fn for_text(length: usize) -> Self {
        let size = length.saturating_add(length / 4).clamp(8 * WINDOW, BUFFER);
        Self(vec![0; size + 2 * WINDOW].into())
    }

    /// A buffer for words and clauses.
    pub fn small() -> Self {
        Self::for_text(0)
    }
}

impl Default for Buffer {
    fn default() -> Self {
        Self::for_text(BUFFER)
    }
}

/// Collects converted text.
#[derive(Debug)]
pub(crate) struct TextSink<'a> {
    buffer: &'a mut [u8],
    /// Bytes of the buffer that are in use.
    filled: usize,
    output: &'a mut String,
    /// Length of the output before the conversion.
    before: usize,
    notes: Option<&'a mut Vec<Note>>,
}

impl<'a> TextSink<'a> {
    /// A sink that appends to `output`.
    pub fn new(buffer: &'a mut Buffer, output: &'a mut String) -> Self {
        Self { buffer: &mut buffer.0, filled: 0, before: output.len(), output, notes: None }
    }

    /// A sink that also takes notes.
    pub fn noting(buffer: &'a mut Buffer, output: &'a mut String, notes: &'a mut Vec<Note>) -> Self {
        Self { notes: Some(notes), ..Self::new(buffer, output) }
    }

    /// Whether it takes notes.
    pub fn takes_notes(&self) -> bool {
        self.notes.is_some()
    }

    /// Takes a note. `source` is the range in the text; its output is the last `length` bytes.
    pub fn note(&mut self, source: Range<usize>, length: usize) {
        let end = self.output.len() + self.filled;
        if let Some(notes) = &mut self.notes {
            notes.push(Note { source, output: end.saturating_sub(length)..end });
        }
    }

    /// Makes sure that a window fits into the buffer.
    pub fn make_room(&mut self) {
        if !self.free().has_room() {
            self.flush();
        }
    }

    /// The free part of the buffer, for callers that count the filled bytes themselves.
    #[inline(always)]
    pub fn free(&mut self) -> Free<'_> {
        Free { buffer: self.buffer, filled: self.filled }
    }

    /// Accepts the bytes that were put into [`TextSink::free`].
    #[inline(always)]
    pub fn fill_to(&mut self, filled: usize) {
        self.filled = filled.min(self.buffer.len());
    }

    /// Appends UTF-8 of any length.
    pub fn put_all(&mut self, bytes: &[u8]) {
        if bytes.len() > WINDOW {
            self.flush();
            self.output.push_str(checked(bytes));
        } else {
            let mut window = [0; WINDOW];
            window[..bytes.len()].copy_from_slice(bytes);
            self.make_room();
            let mut free = self.free();
            free.put(&window, bytes.len());
            self.filled = free.filled();
        }
    }

    /// Appends the replacement of a key that was found at position `at` of the text.
    pub fn put_found(&mut self, view: &TablesView, found: FoundKey, at: usize) {
        let value = view.value(found);
        self.put_all(value);
        if view.is_noted(found) {
            self.note(at..at + found.key, value.len());
        }
    }

    /// Appends the first bytes of a block.
    #[inline(always)]
    pub fn put_block(&mut self, block: &[u8; READ], length: usize) {
        if self.filled + BLOCK > self.buffer.len() {
            self.flush();
        }
        if let Some(place) = self.buffer.get_mut(self.filled..self.filled + BLOCK) {
            place.copy_from_slice(&block[..BLOCK]);
            self.filled += length;
        }
    }

    /// The output, including the content of the buffer.
    pub fn output(&mut self) -> &mut String {
        self.flush();
        self.output
    }

    /// Removes everything that was appended.
    pub fn clear(&mut self) {
        self.filled = 0;
        self.output.truncate(self.before);
        if let Some(notes) = &mut self.notes {
            notes.clear();
        }
    }

    /// Removes the last `bytes` bytes.
    pub fn take_back(&mut self, bytes: usize) {
        if let Some(filled) = self.filled.checked_sub(bytes) {
            self.filled = filled;
            return;
        }
        let output = self.output();
        output.truncate(output.len().saturating_sub(bytes));
    }

    #[cold]
    #[inline(never)]
    fn flush(&mut self) {
        self.output.push_str(checked(&self.buffer[..self.filled]));
        self.filled = 0;
    }
}

/// A buffer that is being filled.
#[derive(Debug)]
pub(crate) struct Free<'b> {
    buffer: &'b mut [u8],
    filled: usize,
}

impl Free<'_> {
    /// Whether two windows fit.
    #[inline(always)]
    pub fn has_room(&self) -> bool {
        self.filled + 2 * WINDOW <= self.buffer.len()
    }

    /// Writes four three-byte characters, which must fit, without counting them. The highest byte of each number has no
    /// meaning.
    #[inline(always)]
    pub fn put_four(&mut self, [a, b, c, d]: [u32; 4]) {
        let place = self.buffer.get_mut(self.filled..).and_then(|free| free.first_chunk_mut::<WINDOW>());
        if let Some(place) = place {
            place[0..4].copy_from_slice(&a.to_le_bytes());
            place[3..7].copy_from_slice(&b.to_le_bytes());
            place[6..10].copy_from_slice(&c.to_le_bytes());
            place[9..13].copy_from_slice(&d.to_le_bytes());
        }
    }

    /// Counts `length` bytes as written.
    #[inline(always)]
    pub fn advance(&mut self, length: usize) {
        self.filled += length;
    }

    /// Appends the first `length` bytes of `bytes`, all of which must fit.
    #[inline(always)]
    pub fn put<const N: usize>(&mut self, bytes: &[u8; N], length: usize) {
        if let Some(place) = self.buffer.get_mut(self.filled..self.filled + N) {
            place.copy_from_slice(bytes);
            self.filled += length;
        }
    }

    /// The number of bytes in the buffer.
    #[inline(always)]
    pub fn filled(self) -> usize {
        self.filled
    }
}

/// The bytes as text. They are always valid, because text and tables are only cut between characters.
fn checked(bytes: &[u8]) -> &str {
    let text = simdutf8::basic::from_utf8(bytes);
    debug_assert!(text.is_ok(), "cut inside a character");
    text.unwrap_or_default()
}
