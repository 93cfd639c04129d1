//! JSON: an array of records, or one record.
//!
//! A scanner finds where the elements of the array end, so that no more than some of them are in memory. The bytes
//! between them belong to the element that follows, or are copied.

use std::io::{self, Read, Write};
use std::sync::Arc;

use serde::de::IgnoredAny;

use super::encoding::Decoding;
use super::format::{BATCH, Batch, Format, OpenedReader, Reader, Writer, read_some};
use super::input::{Input, InputError};
use super::misnamed::{lacking, without_text};
use super::object::{self, Splicer};
use super::reading::Reading;
use super::record::{Entry, Failure, InputRecord, RecordChange};
use super::scanner::{Fault, ScannedBytes, Scanner, ScannerState};
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
    is_joinable: false,
    is_binary: false,
    is_one_text: false,
    reader: open,
};

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
    let origin = ElementSource { input: stream.input.clone(), reading: Arc::clone(&stream.reading) };
    Ok(Box::new(Array {
        stream: stream.checked(),
        origin: Arc::new(origin),
        bytes: Vec::new(),
        scanner: Scanner::default(),
        dropped: 0,
        next: 1,
        error: None,
    }))
}

/// The input of records, and how they are read.
struct ElementSource {
    input: Input,
    reading: Arc<Reading>,
}

/// Reads elements.
struct Array<R> {
    stream: Decoding<R>,
    origin: Arc<ElementSource>,
    /// Bytes that were read. The scanner has seen some of them.
    bytes: Vec<u8>,
    scanner: Scanner,
    /// Bytes of the current piece that were dropped, because its element is too large.
    dropped: u64,
    /// The number of the next element.
    next: u64,
    /// What breaks the array, where its end was added.
    error: Option<InputError>,
}

/// The end of a broken array. With it, the elements before that place are valid JSON.
const END: &[u8] = b"\n]\n";

impl<R: Read> Array<R> {
    fn error(&self, reason: &str) -> InputError {
        InputError::Content { input: self.origin.input.clone(), reason: format!("not valid JSON: {reason}") }
    }

    fn broken(&self, fault: Fault) -> InputError {
        let (last, next) = (self.next - 1, self.next);
        self.error(&match fault {
            Fault::Stray(character) if last == 0 => {
                format!("it begins with {character:?}, and neither with [ nor with {{")
            }
            Fault::Stray(character) => format!("{character:?} stands behind record {last}"),
            Fault::NoComma => format!("no comma stands between record {last} and record {next}"),
            Fault::NoElement => format!("record {next} is missing beside a comma"),
        })
    }

    /// The elements that were found, and everything else up to their ends.
    fn batch(&mut self, pieces: Vec<ScannedBytes>) -> Box<dyn Batch> {
        let end = pieces.last().map_or(0, |piece| piece.whole.end);
        let rest = self.bytes.split_off(end);
        let bytes = std::mem::replace(&mut self.bytes, rest);
        self.scanner.move_back(end);
        let first = self.next;
        self.next += pieces.iter().filter(|piece| piece.element.is_some()).count() as u64;
        let dropped = std::mem::take(&mut self.dropped);
        Box::new(ElementBatch { bytes, pieces, dropped, first, origin: Arc::clone(&self.origin) })
    }

    /// Drops the bytes of an element that is too large. It is told when the element ends.
    fn drop_excess(&mut self) -> Result<(), InputError> {
        if !self.origin.reading.max_record.is_exceeded_by(self.bytes.len()) {
            return Ok(());
        }
        if !matches!(self.scanner.place, ScannerState::Element { .. }) {
            return Err(self.error("more space stands between records than --max-record allows"));
        }
        self.dropped += self.bytes.len() as u64;
        self.scanner.forget();
        self.bytes.clear();
        Ok(())
    }
}

impl<R: Read> Array<R> {
    /// The next elements. An error means that the array is broken here.
    fn read_batch(&mut self) -> Result<Option<Box<dyn Batch>>, InputError> {
        loop {
            let read =
                read_some(&mut self.stream, &mut self.bytes).map_err(|e| self.origin.input.error(e))?;
            let mut pieces = self.scanner.scan(&self.bytes);
            if pieces.is_empty()
                && let Some(fault) = self.scanner.fault
            {
                return Err(self.broken(fault));
            }
            if read == 0 && pieces.is_empty() {
                match self.scanner.place {
                    ScannerState::Before | ScannerState::Behind => {
                        pieces.extend(self.scanner.rest(&self.bytes))
                    }
                    ScannerState::Between => return Err(self.error("the array is not closed")),
                    ScannerState::Element { .. } => {
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

    /// The end of the array, which the input lacks.
    fn added_end(&self) -> Box<dyn Batch> {
        let pieces = vec![ScannedBytes { whole: 0..END.len(), element: None }];
        let origin = Arc::clone(&self.origin);
        Box::new(ElementBatch { bytes: END.to_vec(), pieces, dropped: 0, first: self.next, origin })
    }
}

impl<R: Read> Reader for Array<R> {
    fn next_batch(&mut self) -> Result<Option<Box<dyn Batch>>, InputError> {
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        match self.read_batch() {
            Err(error) if self.scanner.is_open() => {
                self.error = Some(error);
                Ok(Some(self.added_end()))
            }
            batch => batch,
        }
    }

    fn writer(&self) -> Box<dyn Writer> {
        Box::<Elements>::default()
    }
}

/// Elements that were read together.
struct ElementBatch {
    bytes: Vec<u8>,
    pieces: Vec<ScannedBytes>,
    /// Bytes before them that belong to the first piece, and were dropped.
    dropped: u64,
    /// The number of the first element.
    first: u64,
    origin: Arc<ElementSource>,
}

impl Batch for ElementBatch {
    fn bytes(&self) -> usize {
        self.bytes.len().min(BATCH)
    }

    fn misread(&self) -> Option<String> {
        without_text(self.elements(), &self.origin.reading.fields)
    }

    fn misnamed(&self) -> Option<String> {
        lacking(self.elements(), &self.origin.reading.fields)
    }

    fn entries(self: Box<Self>) -> Vec<Entry> {
        let (mut number, mut dropped) = (self.first, self.dropped);
        let entry = |piece: &ScannedBytes| {
            let bytes = &self.bytes[piece.whole.clone()];
            let Some(element) = piece.element else { return Entry::Verbatim(bytes.to_vec()) };
            number += 1;
            let size = std::mem::take(&mut dropped) + bytes.len() as u64;
            self.origin.entry(bytes, element - piece.whole.start, size, number - 1)
        };
        self.pieces.iter().map(entry).collect()
    }
}

impl ElementBatch {
    fn elements(&self) -> impl Iterator<Item = &str> + Clone {
        let element =
            |piece: &ScannedBytes| str::from_utf8(&self.bytes[piece.element?..piece.whole.end]).ok();
        self.pieces.iter().filter_map(element)
    }
}

impl ElementSource {
    fn entry(&self, bytes: &[u8], element: usize, size: u64, number: u64) -> Entry {
        let name = format!("{}:{number}", self.input.name());
        let place = format!("{}: record {number}", self.input);
        if let Some(reason) = self.reading.max_record.excess(size) {
            return Entry::Faulty(Failure { name, message: format!("{place}: {reason}"), source: None });
        }
        match simdutf8::basic::from_utf8(bytes) {
            Ok(source) => object::entry(source, element, &self.reading.fields, name, &place),
            Err(_) => Entry::Faulty(Failure {
                name,
                message: format!("{place}: not UTF-8"),
                source: Some(bytes.to_vec()),
            }),
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
    fn record(&mut self, out: &mut dyn Write, record: &InputRecord, change: &RecordChange) -> io::Result<()> {
        let element = record.source.find(|c: char| c != ',' && !c.is_ascii_whitespace()).unwrap_or_default();
        let comma = record.source[..element].find(',');
        let start = match comma {
            Some(comma) if !self.any => comma + 1,
            _ => 0,
        };
        self.any = true;
        out.write_all(self.splicer.changed(record, start, change)?)
    }

    fn has_begun(&mut self) {
        self.any = true;
    }
}
