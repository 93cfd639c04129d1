//! Comma-separated and tab-separated values: a row of names, then one record a row.
//!
//! Rows are not parsed into values and written again. Only the text's value is replaced, so every other byte stays.

use std::io::{self, Read, Write};
use std::ops::Range;
use std::sync::Arc;

use super::encoding::Decoding;
use super::fields::{is_obvious, missing, text_field};
use super::format::{BATCH, Batch, Format, OpenedReader, Reader, Writer, read_some};
use super::input::{Input, InputError};
use super::limit::MaxRecord;
use super::misnamed::no_such_field;
use super::reading::Reading;
use super::record::{Entry, Failure, InputRecord, RecordChange};
use super::row::{DelimitedRow, RowScanner, count, cut, line_ends, quoted, value};
use super::site::Site;
use super::sniff::Beginning;
use super::stream::Stream;

/// The rows of the table of formats.
pub(super) const CSV: Format = Format {
    name: "csv",
    title: "comma-separated values",
    help: "Comma-separated values (also by semicolons): a row of names, then one record a row",
    endings: &["csv"],
    has_fields: true,
    adds_fields: false,
    fits,
    is_written: true,
    is_joinable: false,
    is_binary: false,
    is_one_text: false,
    reader: |stream| open(stream, b",;\t"),
};
pub(super) const TSV: Format = Format {
    name: "tsv",
    title: "tab-separated values",
    help: "Tab-separated values: a row of names, then one record a row",
    endings: &["tsv", "tab"],
    fits: |_| false,
    reader: |stream| open(stream, b"\t"),
    ..CSV
};

/// The byte-order mark.
const MARK: char = '\u{FEFF}';

/// Whether the first row names an obvious field of the text, and all rows have as many values. Prose has commas too.
fn fits(beginning: &Beginning) -> bool {
    const ROWS: usize = 3;
    let bytes = beginning.text.trim_start_matches(MARK).as_bytes();
    let mut rows = RowScanner::new(b',');
    let mut ends = rows.ends(bytes);
    if beginning.complete && ends.last().is_none_or(|end| *end < bytes.len()) {
        ends.push(bytes.len());
    }
    let mut start = 0;
    let rows: Vec<&str> = ends
        .into_iter()
        .filter_map(|end| std::str::from_utf8(&bytes[std::mem::replace(&mut start, end)..end]).ok())
        .filter(|row| !row.trim().is_empty())
        .collect();
    let Some(first) = rows.first() else { return false };
    let names = names(first, b',');
    let same = |row: &&str| cut(row, b',').len() == names.len();
    names.len() > 1
        && rows.len() >= ROWS
        && is_obvious(&names.iter().map(String::as_str).collect::<Vec<_>>())
        && rows.iter().all(same)
}

/// The names in the first row.
fn names(row: &str, delimiter: u8) -> Vec<String> {
    let row = row.trim_start_matches(MARK);
    cut(row, delimiter).into_iter().map(|place| value(&row[place])).collect()
}

/// Opens an input. Of the delimiters the one that stands most often in the first row is that of the input.
fn open(stream: Stream, delimiters: &[u8]) -> OpenedReader {
    let (input, reading) = (stream.input.clone(), Arc::clone(&stream.reading));
    let mut table = RowReader {
        stream: stream.checked(),
        bytes: Vec::new(),
        rows: RowScanner::new(b','),
        columns: None,
        line: 1,
        dropped: Dropped::default(),
    };
    let Some(header) = table.header(delimiters, reading.max_record).map_err(|error| input.error(error))?
    else {
        return Ok(Box::new(table));
    };
    let columns = HeaderRow::of(&header, table.rows.delimiter, input.clone(), reading)
        .map_err(|reason| InputError::Content { input, reason })?;
    table.columns = Some(Arc::new(columns));
    Ok(Box::new(table))
}

/// Reads rows.
struct RowReader<R> {
    stream: Decoding<R>,
    /// Bytes that were read. All rows in it but the last were given away.
    bytes: Vec<u8>,
    rows: RowScanner,
    /// The columns; `None` if the input is empty.
    columns: Option<Arc<HeaderRow>>,
    /// The line in which the next row begins.
    line: u64,
    dropped: Dropped,
}

/// The part of a row that was dropped, because the row is too large.
#[derive(Debug, Clone, Copy, Default)]
struct Dropped {
    bytes: u64,
    line_ends: u64,
}

impl<R: Read> RowReader<R> {
    /// Reads the first row.
    fn header(&mut self, delimiters: &[u8], most: MaxRecord) -> io::Result<Option<String>> {
        let mut rows = RowScanner::new(b',');
        loop {
            let read = read_some(&mut self.stream, &mut self.bytes)?;
            let end = rows.ends(&self.bytes).first().copied();
            if most.is_exceeded_by(end.unwrap_or(self.bytes.len())) {
                let reason = "the first row has more bytes than --max-record allows";
                return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
            }
            let Some(end) = end.or((read == 0).then_some(self.bytes.len())) else { continue };
            let row = String::from_utf8_lossy(&self.bytes[..end]).into_owned();
            let best = delimiters.iter().rev().max_by_key(|delimiter| count(&row, **delimiter));
            self.rows = RowScanner::new(best.copied().unwrap_or(b','));
            return Ok((!row.is_empty()).then_some(row));
        }
    }

    /// The rows that are complete.
    fn batch(&mut self, end: usize, ends: Vec<usize>) -> Option<Box<dyn Batch>> {
        let rest = self.bytes.split_off(end);
        let bytes = std::mem::replace(&mut self.bytes, rest);
        self.rows.move_back(end);
        let first = self.line;
        self.line += self.dropped.line_ends + line_ends(&bytes);
        let dropped = std::mem::take(&mut self.dropped);
        Some(Box::new(RowBatch { bytes, ends, dropped, first, columns: Arc::clone(self.columns.as_ref()?) }))
    }

    /// Drops the bytes of a row that is too large. It is told when the row ends.
    fn drop_excess(&mut self, most: MaxRecord) {
        if most.is_exceeded_by(self.bytes.len()) {
            self.dropped.bytes += self.bytes.len() as u64;
            self.dropped.line_ends += line_ends(&self.bytes);
            self.rows.move_back(self.bytes.len());
            self.bytes.clear();
        }
    }
}

impl<R: Read> Reader for RowReader<R> {
    fn next_batch(&mut self) -> Result<Option<Box<dyn Batch>>, InputError> {
        let Some(columns) = self.columns.clone() else { return Ok(None) };
        loop {
            let read =
                read_some(&mut self.stream, &mut self.bytes).map_err(|error| columns.input.error(error))?;
            let mut ends = self.rows.ends(&self.bytes);
            let begun = !self.bytes.is_empty() || self.dropped.bytes > 0;
            if read == 0 && ends.last().is_none_or(|end| *end < self.bytes.len()) && begun {
                ends.push(self.bytes.len());
            }
            if let Some(end) = ends.last() {
                return Ok(self.batch(*end, ends));
            }
            if read == 0 {
                return Ok(None);
            }
            self.drop_excess(columns.max_record);
        }
    }

    fn writer(&self) -> Box<dyn Writer> {
        Box::<RowWriter>::default()
    }
}

/// What the first row says.
struct HeaderRow {
    input: Input,
    max_record: MaxRecord,
    delimiter: u8,
    /// Number of columns.
    count: usize,
    text: usize,
    id: Option<usize>,
    title: Option<usize>,
    source: Option<usize>,
    url: Option<usize>,
    date: Option<usize>,
    /// The field that the user named and that the first row does not have.
    misnamed: Option<String>,
}

impl HeaderRow {
    fn of(header: &str, delimiter: u8, input: Input, reading: Arc<Reading>) -> Result<Self, String> {
        let names = names(header, delimiter);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let at = |name: &str| names.iter().position(|known| *known == name);
        let field = text_field(reading.fields.text.as_deref(), &names).map_err(|error| error.to_string())?;
        if names.iter().filter(|name| **name == field).count() > 1 {
            return Err(format!("has more than one column {field:?}"));
        }
        let misnamed = reading.fields.named().find(|(_, name)| at(name).is_none());
        Ok(Self {
            misnamed: misnamed.map(|(option, name)| no_such_field(option, name, &names)),
            input,
            max_record: reading.max_record,
            delimiter,
            count: names.len(),
            text: at(field).ok_or_else(|| missing(field, &names).to_string())?,
            id: at(&reading.fields.id),
            title: reading.fields.title.as_deref().and_then(at),
            source: reading.fields.source.as_deref().and_then(at),
            url: reading.fields.url.as_deref().and_then(at),
            date: reading.fields.date.as_deref().and_then(at),
        })
    }

    fn entry(&self, bytes: &[u8], size: u64, line: u64) -> Entry {
        let name = format!("{}:{line}", self.input.name());
        let faulty = |name, reason, source| {
            Entry::Faulty(Failure { name, message: format!("{}:{line}: {reason}", self.input), source })
        };
        if let Some(reason) = self.max_record.excess(size) {
            return faulty(name, reason, None);
        }
        let row = String::from_utf8_lossy(bytes);
        if line == 1 || row.trim().is_empty() {
            return Entry::Verbatim(bytes.to_vec());
        }
        match self.record(&row, &name) {
            Ok(record) => Entry::Record(InputRecord { line: Some(line), ..record }),
            Err(reason) => faulty(name, reason, Some(bytes.to_vec())),
        }
    }

    fn record(&self, row: &str, name: &str) -> Result<InputRecord, String> {
        let DelimitedRow { places, fault } = DelimitedRow::of(row, self.delimiter);
        if let Some(fault) = fault {
            return Err(fault.to_owned());
        }
        if places.len() != self.count {
            return Err(format!("has {} values, and the first row has {}", places.len(), self.count));
        }
        let at = |column: usize| value(&row[places[column].clone()]);
        let id = self.id.map(at).filter(|id| !id.is_empty());
        Ok(InputRecord {
            has_id: id.is_some(),
            name: id.unwrap_or_else(|| name.to_owned()),
            line: None,
            title: self.title.map(at),
            title_place: self.title.filter(|title| *title != self.text).map(|title| places[title].clone()),
            site: Site::new(self.source.map(at), self.url.map(at).as_deref()),
            date: self.date.map(at).map(String::into_boxed_str),
            text: at(self.text),
            repaired: false,
            page: None,
            source: row.to_owned(),
            place: places[self.text].clone(),
            row: None,
        })
    }
}

/// Rows that were read together.
struct RowBatch {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// What was dropped of the first row.
    dropped: Dropped,
    /// The line of the first row.
    first: u64,
    columns: Arc<HeaderRow>,
}

impl Batch for RowBatch {
    fn bytes(&self) -> usize {
        self.bytes.len().min(BATCH)
    }

    fn misnamed(&self) -> Option<String> {
        self.columns.misnamed.clone()
    }

    fn entries(self: Box<Self>) -> Vec<Entry> {
        let (mut start, mut line, mut dropped) = (0, self.first, self.dropped);
        let mut entries = Vec::new();
        for end in self.ends {
            let row = &self.bytes[std::mem::replace(&mut start, end)..end];
            let dropped = std::mem::take(&mut dropped);
            entries.push(self.columns.entry(row, dropped.bytes + row.len() as u64, line));
            line += dropped.line_ends + line_ends(row);
        }
        entries
    }
}

/// Writes rows.
#[derive(Default)]
struct RowWriter {
    /// A changed row. It is assembled here so that the output gets it in one piece.
    row: String,
}

impl Writer for RowWriter {
    fn record(&mut self, out: &mut dyn Write, record: &InputRecord, change: &RecordChange) -> io::Result<()> {
        let (source, mut done) = (record.source.as_str(), 0);
        self.row.clear();
        for (Range { start, end }, value) in record.edits(change) {
            self.row.push_str(&source[done..start]);
            self.row.push_str(&quoted(value, source[start..end].starts_with('"')));
            done = end;
        }
        self.row.push_str(&source[done..]);
        out.write_all(self.row.as_bytes())
    }
}
