//! JSON Lines: one record per line.

use std::io::Read;
use std::sync::Arc;

use memchr::{memchr_iter, memrchr};
use serde::de::IgnoredAny;

use super::encoding::{Decoding, lossy};
use super::format::{BATCH, Batch, Format, OpenedReader, Reader, Writer, read_some};
use super::input::{Input, InputError};
use super::misnamed::{lacking, without_text};
use super::object::{self, Splicer};
use super::reading::{Notice, Reading};
use super::record::{Entry, Failure, InputRecord};
use super::sniff::Beginning;
use super::stream::Stream;

/// The row of the table of formats.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    title: "JSON Lines",
    help: "JSON Lines: one record a line",
    endings: &["jsonl", "ndjson"],
    has_fields: true,
    adds_fields: true,
    fits,
    is_written: true,
    is_joinable: true,
    is_binary: false,
    is_one_text: false,
    reader: open,
};

/// The byte-order mark.
const MARK: char = '\u{FEFF}';

/// Whether at least two of three lines are objects, the first one among them.
fn fits(beginning: &Beginning) -> bool {
    let text = beginning.text.trim_start_matches(MARK);
    let whole = if beginning.complete { text } else { text.rsplit_once('\n').map_or("", |(whole, _)| whole) };
    let lines: Vec<bool> =
        whole.lines().map(str::trim).filter(|line| !line.is_empty()).map(is_object).collect();
    let objects = lines.iter().filter(|is_object| **is_object).count();
    // A record may be longer than what was read.
    let long = lines.is_empty() && text.len() >= BATCH / 2 && begins_object(text.trim_start());
    long || lines.first() == Some(&true) && objects * 3 >= lines.len() * 2
}

fn is_object(line: &str) -> bool {
    begins_object(line) && serde_json::from_str::<IgnoredAny>(line).is_ok()
}

/// Whether a text begins with a bracket and the name of a field.
fn begins_object(text: &str) -> bool {
    text.strip_prefix('{').is_some_and(|inner| inner.trim_start().starts_with('"'))
}

fn open(stream: Stream) -> OpenedReader {
    let origin = LineSource { input: stream.input.clone(), reading: Arc::clone(&stream.reading) };
    Ok(Box::new(LineReader {
        stream: stream.decoded(),
        origin: Arc::new(origin),
        rest: Vec::new(),
        dropped: 0,
        next: 1,
    }))
}

/// The input of records, and how they are read.
struct LineSource {
    input: Input,
    reading: Arc<Reading>,
}

/// Reads lines.
struct LineReader<R> {
    stream: Decoding<R>,
    origin: Arc<LineSource>,
    /// The start of a line whose end has not been read yet.
    rest: Vec<u8>,
    /// Bytes of that line that were dropped, because the line is too large.
    dropped: u64,
    /// The number of the next line.
    next: u64,
}

impl<R: Read> Reader for LineReader<R> {
    fn next_batch(&mut self) -> Result<Option<Box<dyn Batch>>, InputError> {
        let mut bytes = std::mem::take(&mut self.rest);
        loop {
            let known = bytes.len();
            let read = read_some(&mut self.stream, &mut bytes).map_err(|e| self.origin.input.error(e))?;
            if let Some(end) = memrchr(b'\n', &bytes[known..]) {
                self.rest = bytes.split_off(known + end + 1);
            } else if read > 0 {
                if self.origin.reading.max_record.is_exceeded_by(bytes.len()) {
                    self.dropped += bytes.len() as u64;
                    bytes.clear();
                }
                continue;
            }
            let dropped = std::mem::take(&mut self.dropped);
            let first = self.next;
            self.next += memchr_iter(b'\n', &bytes).count() as u64;
            let batch = || {
                Box::new(LineBatch { bytes, dropped, first, origin: Arc::clone(&self.origin) })
                    as Box<dyn Batch>
            };
            return Ok((read > 0 || known > 0 || dropped > 0).then(batch));
        }
    }

    fn writer(&self) -> Box<dyn Writer> {
        Box::<Splicer>::default()
    }
}

/// Lines that were read together.
struct LineBatch {
    bytes: Vec<u8>,
    /// Bytes before them that belong to the first line, and were dropped.
    dropped: u64,
    /// The number of the first line.
    first: u64,
    origin: Arc<LineSource>,
}

impl Batch for LineBatch {
    fn bytes(&self) -> usize {
        self.bytes.len()
    }

    fn misread(&self) -> Option<String> {
        let lines: Vec<&str> = self.lines().collect();
        if lines.len() > 1 && !lines.iter().any(|line| is_object(line)) {
            let advice = match self.origin.reading.format {
                Some(_) => "without --format it is read as what it looks like",
                None => "--format text reads it as text",
            };
            return Some(format!(
                "no JSON Lines: none of the first {} lines is an object; {advice}",
                lines.len()
            ));
        }
        without_text(lines.into_iter(), &self.origin.reading.fields)
    }

    fn misnamed(&self) -> Option<String> {
        lacking(self.lines(), &self.origin.reading.fields)
    }

    fn entries(self: Box<Self>) -> Vec<Entry> {
        let mut start = 0;
        let last = (!self.bytes.ends_with(b"\n")).then_some(self.bytes.len());
        let ends = memchr_iter(b'\n', &self.bytes).map(|end| end + 1).chain(last);
        let lines = ends.map(|end| &self.bytes[std::mem::replace(&mut start, end)..end]);
        let mut dropped = self.dropped;
        let entries = |(line, number): (&[u8], u64)| {
            let size = std::mem::take(&mut dropped) + line.len() as u64;
            match self.origin.reading.max_record.excess(size) {
                Some(reason) => vec![self.origin.faulty(number, &reason, None)],
                None => self.origin.entries(line, number),
            }
        };
        lines.zip(self.first..).flat_map(entries).collect()
    }
}

impl LineBatch {
    /// The lines that are not blank, without byte-order mark and white space around them.
    fn lines(&self) -> impl Iterator<Item = &str> + Clone {
        let lines = self.bytes.split(|byte| *byte == b'\n').filter_map(|line| str::from_utf8(line).ok());
        lines.map(|line| line.trim_start_matches(MARK).trim()).filter(|line| !line.is_empty())
    }
}

impl LineSource {
    fn faulty(&self, number: u64, reason: &dyn std::fmt::Display, source: Option<Vec<u8>>) -> Entry {
        let name = format!("{}:{number}", self.input.name());
        Entry::Faulty(Failure { name, message: format!("{}:{number}: {reason}", self.input), source })
    }

    /// The record of a line. Bytes that are not UTF-8 are replaced and told.
    fn entries(&self, bytes: &[u8], number: u64) -> Vec<Entry> {
        let place = format!("{}:{number}", self.input);
        if let Ok(line) = simdutf8::basic::from_utf8(bytes) {
            return vec![self.entry(line, number, &place)];
        }
        let (line, faults) = lossy(bytes);
        if self.reading.strict {
            return vec![self.faulty(number, &faults.first(), Some(bytes.to_vec()))];
        }
        let warning = Entry::Notice(Notice::Warning(format!("{place}: {faults}; replaced by U+FFFD")));
        vec![warning, self.entry(&line, number, &place)]
    }

    fn entry(&self, line: &str, number: u64, place: &str) -> Entry {
        // A byte-order mark is not part of the first record. It is copied like everything else beside the text.
        let marked = number == 1 && line.starts_with(MARK);
        let mark = if marked { MARK.len_utf8() } else { 0 };
        if line[mark..].trim().is_empty() {
            return Entry::Verbatim(line.as_bytes().to_vec());
        }
        let name = format!("{}:{number}", self.input.name());
        match object::entry(line, mark, &self.reading.fields, name, place) {
            Entry::Record(record) => Entry::Record(InputRecord { line: Some(number), ..record }),
            entry => entry,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use super::super::reading::Notices;
    use super::super::record::Fields;
    use super::*;

    fn reading() -> Arc<Reading> {
        let fields = Fields { id: "id".into(), ..Fields::default() };
        Arc::new(Reading { fields, ..Reading::default() })
    }

    /// Gives a fixed number of bytes at a time.
    struct Drip(Vec<u8>, usize);

    impl Read for Drip {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0.drain(..count);
            Ok(count)
        }
    }

    /// The entries are the same, and are numbered by their lines, however many bytes arrive at a time.
    #[test]
    fn batches_hold_whole_lines() {
        for ended in ["", "\n"] {
            let text = format!("{{\"text\":\"甲\"}}\n\n[]\n{{\"text\":\"{}\"}}{ended}", "乙".repeat(BATCH));
            let entries = |bytes_at_a_time: usize| {
                let origin = Arc::new(LineSource { input: Input::Standard, reading: reading() });
                let drip = Drip(text.clone().into_bytes(), bytes_at_a_time);
                let stream = Decoding::new(drip, Input::Standard, reading(), Notices::default());
                let mut lines = LineReader { stream, origin, rest: Vec::new(), dropped: 0, next: 1 };
                let batches = std::iter::from_fn(|| lines.next_batch().unwrap());
                batches
                    .flat_map(|batch| batch.entries())
                    .map(|entry| format!("{entry:?}"))
                    .collect::<Vec<_>>()
            };
            let all = entries(usize::MAX);
            assert_eq!(all.len(), 4);
            assert!(all[2].contains("standard input:3: not a JSON object") && all[3].contains("\"-:4\""));
            for bytes_at_a_time in [1, 7, 1000] {
                assert!(entries(bytes_at_a_time) == all, "{bytes_at_a_time}");
            }
        }
    }
}
