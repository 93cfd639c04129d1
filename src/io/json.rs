//! JSON: an array of records, or one record.
//!
//! A scanner finds where the elements of the array end, so that no more than some of them are in memory. The bytes
//! between them belong to the element that follows, or are copied.

use std::io::{self, Read, Write};
use std::ops::Range;
use std::sync::Arc;

use serde::de::IgnoredAny;

use super::encoding::Decoding;
use super::format::{BATCH, Batch, Format, OpenedReader, Reader, Writer, read_some};
use super::input::{Input, InputError};
use super::object::{self, Splicer};
use super::reading::Reading;
use super::record::{Change, Entry, Failure, Record};
use super::sniff::Beginning;
use super::stream::Stream;

/// The row of the table of formats.
pub(super) const FORMAT: Format = Format {
    name: "json",
    title: "JSON",
    help: "JSON: an array of records, or one record",
    endings: &["json"],
    has_fields: true,
    adds_fields: true,
    fits,
    is_written: true,
    is_one_text: false,
    reader: open,
    writer: |_| Box::<Elements>::default(),
};

/// The byte-order mark.
const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// Whether the content is an object or an array of objects, or begins as one and is longer than what was read.
fn fits(beginning: &Beginning) -> bool {
    let text = beginning.text.trim_start_matches('\u{FEFF}').trim();
    let first = text.strip_prefix('[').unwrap_or(text).trim_start();
    let is_object = first.strip_prefix('{').is_some_and(|inner| inner.trim_start().starts_with('"'));
    let is_array = text.starts_with('[');
    match beginning.complete {
        true => is_object && serde_json::from_str::<IgnoredAny>(text).is_ok(),
        false => is_object && is_array,
    }
}

fn open(stream: Stream) -> OpenedReader {
    let origin = Origin { input: stream.input.clone(), reading: Arc::clone(&stream.reading) };
    Ok(Box::new(Array {
        stream: stream.checked(),
        origin: Arc::new(origin),
        bytes: Vec::new(),
        scanner: Scanner::default(),
        dropped: 0,
        next: 1,
    }))
}

/// The input of records, and how they are read.
struct Origin {
    input: Input,
    reading: Arc<Reading>,
}

/// Reads elements.
struct Array<R> {
    stream: Decoding<R>,
    origin: Arc<Origin>,
    /// Bytes that were read. The scanner has seen some of them.
    bytes: Vec<u8>,
    scanner: Scanner,
    /// Bytes of the current piece that were dropped, because its element is too large.
    dropped: u64,
    /// The number of the next element.
    next: u64,
}

impl<R: Read> Array<R> {
    fn error(&self, reason: &str) -> InputError {
        InputError::Content { input: self.origin.input.clone(), reason: format!("not valid JSON: {reason}") }
    }

    /// The elements that were found, and everything else up to their ends.
    fn batch(&mut self, pieces: Vec<Piece>) -> Box<dyn Batch> {
        let end = pieces.last().map_or(0, |piece| piece.whole.end);
        let rest = self.bytes.split_off(end);
        let bytes = std::mem::replace(&mut self.bytes, rest);
        self.scanner.move_back(end);
        let first = self.next;
        self.next += pieces.iter().filter(|piece| piece.element.is_some()).count() as u64;
        let dropped = std::mem::take(&mut self.dropped);
        Box::new(Block { bytes, pieces, dropped, first, origin: Arc::clone(&self.origin) })
    }

    /// Drops the bytes of an element that is too large. It is told when the element ends.
    fn drop_excess(&mut self) -> Result<(), InputError> {
        if !self.origin.reading.max_record.is_exceeded_by(self.bytes.len()) {
            return Ok(());
        }
        if !matches!(self.scanner.place, Place::Element { .. }) {
            return Err(self.error("more space stands between records than --max-record allows"));
        }
        self.dropped += self.bytes.len() as u64;
        self.scanner.forget();
        self.bytes.clear();
        Ok(())
    }
}

impl<R: Read> Reader for Array<R> {
    fn next_batch(&mut self) -> Result<Option<Box<dyn Batch>>, InputError> {
        loop {
            let read =
                read_some(&mut self.stream, &mut self.bytes).map_err(|e| self.origin.input.error(e))?;
            let mut pieces = self.scanner.scan(&self.bytes);
            if pieces.is_empty()
                && let Some(byte) = self.scanner.stray
            {
                return Err(self.error(&format!("{byte:?} stands behind record {}", self.next - 1)));
            }
            if read == 0 && pieces.is_empty() {
                match self.scanner.place {
                    Place::Before | Place::Behind => pieces.extend(self.scanner.last(&self.bytes)),
                    Place::Between => return Err(self.error("the array is not closed")),
                    Place::Element { .. } => {
                        return Err(self.error(&format!("it ends within record {}", self.next)));
                    }
                }
            }
            if !pieces.is_empty() {
                return Ok(Some(self.batch(pieces)));
            }
            if read == 0 {
                return Ok(None);
            }
            self.drop_excess()?;
        }
    }
}

/// Where the scanner is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Place {
    /// Before the array or the only object.
    #[default]
    Before,
    /// Between elements.
    Between,
    /// In an element: number of open brackets, and whether a string is open.
    Element { depth: usize, string: bool, escaped: bool },
    /// Behind the array or the only object.
    Behind,
}

/// Bytes of the input, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece {
    /// All bytes of the piece.
    whole: Range<usize>,
    /// Where in it the element begins, if it holds one.
    element: Option<usize>,
}

/// Finds elements.
#[derive(Default)]
struct Scanner {
    place: Place,
    /// Whether there is an array around the elements.
    in_array: bool,
    /// Number of bytes that were seen.
    seen: usize,
    /// Where the current piece begins.
    start: usize,
    /// Where the current element begins.
    element: usize,
    /// A character that stands where none may stand.
    stray: Option<char>,
}

impl Scanner {
    /// Scans the bytes that were not seen yet. Returns the pieces that ended.
    fn scan(&mut self, bytes: &[u8]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        while let Some(byte) = bytes.get(self.seen).copied().filter(|_| self.stray.is_none()) {
            match self.place {
                Place::Element { depth, string, escaped } => {
                    let (next, ended) = within(byte, depth, string, escaped);
                    self.place = next;
                    if ended {
                        self.seen += usize::from(next_is_inside(byte, depth));
                        pieces.push(self.element_ends());
                        continue;
                    }
                }
                _ => pieces.extend(self.outside(byte)),
            }
            self.seen += 1;
        }
        pieces
    }

    /// A byte outside of elements. Returns the piece that ends with it.
    fn outside(&mut self, byte: u8) -> Option<Piece> {
        match (self.place, byte) {
            (_, byte) if byte.is_ascii_whitespace() => None,
            (Place::Before, byte) if self.seen < MARK.len() && MARK.contains(&byte) => None,
            (Place::Before, b'[') => {
                (self.place, self.in_array) = (Place::Between, true);
                let whole = self.start..self.seen + 1;
                self.start = whole.end;
                Some(Piece { whole, element: None })
            }
            (Place::Between, b',') => None,
            (Place::Between, b']') => {
                self.place = Place::Behind;
                None
            }
            (Place::Before, b'{') | (Place::Between, _) => {
                self.element = self.seen;
                let depth = usize::from(matches!(byte, b'{' | b'['));
                self.place = Place::Element { depth, string: byte == b'"', escaped: false };
                None
            }
            _ => {
                self.stray = Some(char::from(byte));
                None
            }
        }
    }

    fn element_ends(&mut self) -> Piece {
        let whole = self.start..self.seen;
        self.start = whole.end;
        self.place = if self.in_array { Place::Between } else { Place::Behind };
        Piece { whole, element: Some(self.element) }
    }

    /// The bytes behind the last element.
    fn last(&mut self, bytes: &[u8]) -> Option<Piece> {
        let whole = self.start..bytes.len();
        self.start = whole.end;
        (!whole.is_empty()).then_some(Piece { whole, element: None })
    }

    /// Says that all bytes are gone, and the element goes on.
    fn forget(&mut self) {
        (self.seen, self.start, self.element) = (0, 0, 0);
    }

    /// Says that bytes at the beginning are gone.
    fn move_back(&mut self, count: usize) {
        self.seen -= count;
        self.start -= count;
        self.element = self.element.saturating_sub(count);
    }
}

/// The place behind a byte of an element, and whether the element ended.
fn within(byte: u8, depth: usize, string: bool, escaped: bool) -> (Place, bool) {
    let place = |depth, string, escaped| Place::Element { depth, string, escaped };
    match byte {
        _ if string && escaped => (place(depth, true, false), false),
        b'\\' if string => (place(depth, true, true), false),
        b'"' => (place(depth, !string, false), false),
        _ if string => (place(depth, true, false), false),
        b'{' | b'[' => (place(depth + 1, false, false), false),
        b'}' | b']' if depth > 1 => (place(depth - 1, false, false), false),
        b'}' | b']' => (place(0, false, false), true),
        b',' if depth == 0 => (place(0, false, false), true),
        _ => (place(depth, false, false), false),
    }
}

/// Whether the byte that ends an element belongs to it. The comma or bracket behind a number does not.
fn next_is_inside(byte: u8, depth: usize) -> bool {
    depth > 0 && matches!(byte, b'}' | b']')
}

/// Elements that were read together.
struct Block {
    bytes: Vec<u8>,
    pieces: Vec<Piece>,
    /// Bytes before them that belong to the first piece, and were dropped.
    dropped: u64,
    /// The number of the first element.
    first: u64,
    origin: Arc<Origin>,
}

impl Batch for Block {
    fn bytes(&self) -> usize {
        self.bytes.len().min(BATCH)
    }

    fn entries(self: Box<Self>) -> Vec<Entry> {
        let (mut number, mut dropped) = (self.first, self.dropped);
        let entry = |piece: &Piece| {
            let bytes = &self.bytes[piece.whole.clone()];
            let Some(element) = piece.element else { return Entry::Verbatim(bytes.to_vec()) };
            number += 1;
            let size = std::mem::take(&mut dropped) + bytes.len() as u64;
            self.origin.entry(bytes, element - piece.whole.start, size, number - 1)
        };
        self.pieces.iter().map(entry).collect()
    }
}

impl Origin {
    fn entry(&self, bytes: &[u8], element: usize, size: u64, number: u64) -> Entry {
        let name = format!("{}:{number}", self.input.name());
        let place = format!("{}: record {number}", self.input);
        if let Some(reason) = self.reading.max_record.excess(size) {
            return Entry::Faulty(Failure { name, message: format!("{place}: {reason}") });
        }
        match simdutf8::basic::from_utf8(bytes) {
            Ok(source) => object::entry(source, element, &self.reading.fields, name, &place),
            Err(_) => Entry::Faulty(Failure { name, message: format!("{place}: not UTF-8") }),
        }
    }
}

/// Writes elements. The first one that is written has no comma before it, although faulty ones may have stood there.
#[derive(Default)]
struct Elements {
    splicer: Splicer,
    any: bool,
}

impl Writer for Elements {
    fn record(&mut self, out: &mut dyn Write, record: &Record, change: &Change) -> io::Result<()> {
        let element = record.source.find(|c: char| c != ',' && !c.is_ascii_whitespace()).unwrap_or_default();
        let comma = record.source[..element].find(',');
        let start = match comma {
            Some(comma) if !self.any => comma + 1,
            _ => 0,
        };
        self.any = true;
        out.write_all(self.splicer.changed(record, start, change)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces of a text that comes `size` bytes at a time; elements are in brackets.
    fn pieces(text: &str, size: usize) -> Vec<String> {
        let mut scanner = Scanner::default();
        let mut all = Vec::new();
        for end in (0..text.len()).step_by(size).skip(1).chain([text.len()]) {
            all.extend(scanner.scan(&text.as_bytes()[..end]));
        }
        all.extend(scanner.last(text.as_bytes()));
        assert_eq!(scanner.stray, None, "{text}");
        let shown = |piece: Piece| match piece.element {
            Some(element) => {
                format!("{}<{}>", &text[piece.whole.start..element], &text[element..piece.whole.end])
            }
            None => text[piece.whole].to_owned(),
        };
        all.into_iter().map(shown).collect()
    }

    #[test]
    fn elements_are_found_however_the_bytes_come() {
        let text = "[\n {\"a\": \"]},\\\"\"} ,{\"b\":[{}, [1]]}, 3 ,\"x,\", [] ]\n";
        let expected = [
            "[",
            "\n <{\"a\": \"]},\\\"\"}>",
            " ,<{\"b\":[{}, [1]]}>",
            ", <3 >",
            ",<\"x,\">",
            ", <[]>",
            " ]\n",
        ];
        for size in [1, 2, 3, 100] {
            assert_eq!(pieces(text, size), expected, "{size}");
            assert_eq!(pieces(" {\"a\":{}} \n", size), [" <{\"a\":{}}>", " \n"]);
            assert_eq!(pieces("[]", size), ["[", "]"]);
        }
    }

    #[test]
    fn what_stands_outside_is_seen() {
        for (text, stray) in [("[]x", 'x'), ("{} {}", '{'), ("x", 'x')] {
            let mut scanner = Scanner::default();
            scanner.scan(text.as_bytes());
            assert_eq!(scanner.stray, Some(stray), "{text}");
        }
    }
}
