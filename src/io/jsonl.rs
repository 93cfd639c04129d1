//! JSON Lines: one record per line. One of its fields contains the text.
//!
//! A record is not parsed into a tree and written again. Instead the bytes of the text are replaced in place, so every
//! other byte of the record stays the same.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::sync::Arc;

use memchr::{memchr_iter, memrchr};
use serde_json::value::RawValue;

use super::format::{BATCH, Batch, Format, OpenedReader, Reader, Writer};
use super::input::{Input, InputError};
use super::record::{Change, Entry, Failure, Fields, Record};

/// The row of the table of formats.
pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    help: "One record a line",
    endings: &["jsonl", "ndjson"],
    has_fields: true,
    is_one_text: false,
    reader: open,
    writer: |_| Box::<Splicer>::default(),
};

/// The byte-order mark.
const MARK: char = '\u{FEFF}';

fn open(input: &Input, fields: &Arc<Fields>) -> OpenedReader {
    let origin = Origin { input: input.clone(), fields: Arc::clone(fields) };
    Ok(Box::new(Lines { stream: input.open()?, origin: Arc::new(origin), rest: Vec::new(), next: 1 }))
}

/// The input of records, and the fields to read.
struct Origin {
    input: Input,
    fields: Arc<Fields>,
}

/// Reads lines.
struct Lines {
    stream: Box<dyn Read>,
    origin: Arc<Origin>,
    /// The start of a line whose end has not been read yet.
    rest: Vec<u8>,
    /// The number of the next line.
    next: u64,
}

impl Reader for Lines {
    fn next_batch(&mut self) -> Result<Option<Box<dyn Batch>>, InputError> {
        let mut bytes = std::mem::take(&mut self.rest);
        loop {
            let known = bytes.len();
            let read = read_some(&mut self.stream, &mut bytes).map_err(|e| self.origin.input.error(e))?;
            if let Some(end) = memrchr(b'\n', &bytes[known..]) {
                self.rest = bytes.split_off(known + end + 1);
            } else if read > 0 {
                continue;
            }
            let first = self.next;
            self.next += memchr_iter(b'\n', &bytes).count() as u64;
            let batch =
                || Box::new(Block { bytes, first, origin: Arc::clone(&self.origin) }) as Box<dyn Batch>;
            return Ok((read > 0 || known > 0).then(batch));
        }
    }
}

/// Appends the available bytes, up to [`BATCH`], to `bytes`. Returns their number, which is 0 at the end.
fn read_some(stream: &mut dyn Read, bytes: &mut Vec<u8>) -> io::Result<usize> {
    let known = bytes.len();
    bytes.resize(known + BATCH, 0);
    let read = loop {
        match stream.read(&mut bytes[known..]) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => break read,
        }
    };
    bytes.truncate(known + read.as_ref().copied().unwrap_or_default());
    read
}

/// Lines that were read together.
struct Block {
    bytes: Vec<u8>,
    /// The number of the first line.
    first: u64,
    origin: Arc<Origin>,
}

impl Batch for Block {
    fn bytes(&self) -> usize {
        self.bytes.len()
    }

    fn entries(self: Box<Self>) -> Vec<Entry> {
        let mut start = 0;
        let last = (!self.bytes.ends_with(b"\n")).then_some(self.bytes.len());
        let ends = memchr_iter(b'\n', &self.bytes).map(|end| end + 1).chain(last);
        let lines = ends.map(|end| &self.bytes[std::mem::replace(&mut start, end)..end]);
        lines.zip(self.first..).map(|(line, number)| self.origin.entry(line, number)).collect()
    }
}

impl Origin {
    fn entry(&self, bytes: &[u8], number: u64) -> Entry {
        let name = format!("{}:{number}", self.input.name());
        let faulty = |name, reason: &dyn std::fmt::Display| {
            Entry::Faulty(Failure { name, message: format!("{}:{number}: {reason}", self.input) })
        };
        let line = match simdutf8::compat::from_utf8(bytes) {
            Ok(line) => line,
            Err(error) => return faulty(name, &format!("not UTF-8 at byte {}", error.valid_up_to())),
        };
        // A byte-order mark is not part of the first record. It is copied like everything else beside the text.
        let marked = number == 1 && line.starts_with(MARK);
        let mark = if marked { MARK.len_utf8() } else { 0 };
        if line[mark..].trim().is_empty() {
            return Entry::Verbatim(bytes.to_vec());
        }
        match parse(line, mark, &self.fields) {
            Ok(Parsed { place, text, title, id }) => Entry::Record(Record {
                has_id: id.is_some(),
                name: id.unwrap_or(name),
                title,
                text,
                source: line.to_owned(),
                place,
            }),
            Err(error) => faulty(name, &error),
        }
    }
}

/// The parsed parts of a line.
#[derive(Debug)]
struct Parsed {
    /// Byte range of the text's JSON string in the line.
    place: Range<usize>,
    text: String,
    title: Option<String>,
    /// The id in the form used in reports.
    id: Option<String>,
}

/// The reason why a line is not a record that can be cleaned.
#[derive(Debug, thiserror::Error)]
enum RecordError {
    #[error("not a JSON object: {}", on_one_line(.0))]
    NotAnObject(serde_json::Error),
    #[error("has no field {0:?}")]
    NoField(String),
    #[error("field {0:?} is not a string")]
    NotAString(String),
    #[error("has a field {0:?} already, which would be lost")]
    HasField(String),
}

/// Reads the fields of a line whose record begins at byte `start`.
fn parse(line: &str, start: usize, fields: &Fields) -> Result<Parsed, RecordError> {
    let object: HashMap<Cow<str>, &RawValue> =
        serde_json::from_str(line[start..].trim_end()).map_err(RecordError::NotAnObject)?;
    let raw = object.get(fields.text.as_str()).ok_or_else(|| RecordError::NoField(fields.text.clone()))?;
    let text = string(raw).ok_or_else(|| RecordError::NotAString(fields.text.clone()))?;
    if let Some(name) = fields.added.as_ref().filter(|name| object.contains_key(name.as_str())) {
        return Err(RecordError::HasField(name.clone()));
    }
    let field = |name: &str| object.get(name).copied();
    Ok(Parsed {
        place: position(line, raw.get()),
        text,
        title: fields.title.as_deref().and_then(field).and_then(string),
        id: field(&fields.id).map(|raw| string(raw).unwrap_or_else(|| raw.get().to_owned())),
    })
}

/// The parser's message without its line number, which is always 1 here.
fn on_one_line(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

fn string(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

/// Byte range of a part of `line` that was borrowed from it.
fn position(line: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    start..start + part.len()
}

/// Writes lines in which the old text is replaced by another, with additional fields at the end of the object.
#[derive(Default)]
struct Splicer {
    /// A changed line. It is assembled here so that the output gets it in one piece.
    line: Vec<u8>,
}

impl Writer for Splicer {
    fn record(&mut self, out: &mut dyn Write, record: &Record, change: &Change) -> io::Result<()> {
        let source = record.source.as_bytes();
        if change.text == record.text && change.added.is_empty() {
            return out.write_all(source);
        }
        self.line.clear();
        let mut done = 0;
        if change.text != record.text {
            self.line.extend(&source[..record.place.start]);
            serde_json::to_writer(&mut self.line, change.text)?;
            done = record.place.end;
        }
        if !change.added.is_empty() {
            // The object contains the text, so a comma is needed before the fields added at its end.
            let end = record.source.trim_end().len().saturating_sub(1);
            self.line.extend(&source[done..end]);
            for field in change.added {
                write!(self.line, ",{}:{}", serde_json::Value::from(field.name.as_str()), field.json)?;
            }
            done = end;
        }
        self.line.extend(&source[done..]);
        out.write_all(&self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::AddedField;
    use super::*;

    fn fields() -> Fields {
        Fields { text: "text".into(), id: "id".into(), title: None, added: Some("about".into()) }
    }

    fn record(line: &str) -> Record {
        let origin = Origin { input: Input::Standard, fields: Arc::new(fields()) };
        match origin.entry(line.as_bytes(), 1) {
            Entry::Record(record) => record,
            entry => panic!("{line}: {entry:?}"),
        }
    }

    /// The line with another text and with additional fields.
    fn with(record: &Record, text: &str, added: &[AddedField]) -> String {
        let mut out = Vec::new();
        Splicer::default().record(&mut out, record, &Change { text, added }).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn only_the_text_changes() {
        for mark in ["", "\u{FEFF}"] {
            let line = |text: &str| {
                format!(
                    r#"{mark} {{ "n": 1.50e3, "text" : {text} , "\u0069d":7, "text2": "乙", "x":[1, 2] }}"#
                )
            };
            let original = line(r#""\u7532\n""#);
            let record = record(&original);
            assert_eq!((record.text.as_str(), record.name.as_str(), record.has_id), ("甲\n", "7", true));
            assert_eq!(with(&record, "甲\n", &[]), original);
            assert_eq!(with(&record, "丙\"", &[]), line(r#""丙\"""#));
        }
    }

    #[test]
    fn a_field_is_added_and_none_replaced() {
        let added = [AddedField { name: "about".into(), json: r#"{"byline":["丙"]}"#.into() }];
        let record = record(r#"{"text":"甲" } "#);
        assert_eq!(with(&record, "乙", &added), r#"{"text":"乙" ,"about":{"byline":["丙"]}} "#);
        assert_eq!(with(&record, "甲", &added), r#"{"text":"甲" ,"about":{"byline":["丙"]}} "#);
        let error = parse(r#"{"about":1, "text":"甲"}"#, 0, &fields()).unwrap_err();
        assert_eq!(error.to_string(), "has a field \"about\" already, which would be lost");
    }

    #[test]
    fn what_is_no_record_says_why() {
        for (line, reason) in [
            ("[1]", "not a JSON object"),
            ("{", "not a JSON object"),
            ("{\n", "EOF while parsing an object at column 1"),
            (r#"{"body":"x"}"#, "no field \"text\""),
            (r#"{"text":3}"#, "is not a string"),
            (r#"{"text":"\ud800"}"#, "is not a string"),
        ] {
            let error = parse(line, 0, &fields()).unwrap_err().to_string();
            assert!(error.contains(reason), "{line}: {error}");
        }
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
                let origin = Arc::new(Origin { input: Input::Standard, fields: Arc::new(fields()) });
                let stream = Box::new(Drip(text.clone().into_bytes(), bytes_at_a_time));
                let mut lines = Lines { stream, origin, rest: Vec::new(), next: 1 };
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
