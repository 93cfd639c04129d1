//! The table of formats. A new format is one file that reads and writes it, and one row here.

use std::io::{self, Read, Write};

use super::input::{Input, InputError};
use super::record::{Entry, InputRecord, RecordChange};
use super::sniff::Beginning;
use super::stream::Stream;
use super::{delimited, html, json, jsonl, parquet, text};

/// A format in which articles are stored.
#[derive(Debug)]
pub(crate) struct Format {
    /// The name for `--format`.
    pub name: &'static str,
    /// The name in messages.
    pub title: &'static str,
    /// The text for the help.
    pub help: &'static str,
    /// The file name endings of the format, in lower case.
    pub endings: &'static [&'static str],
    /// Whether its records have fields, which options name.
    pub has_fields: bool,
    /// Whether its records may get more fields.
    pub adds_fields: bool,
    /// Whether an input is exactly one text, so that it may be converted piece by piece.
    pub is_one_text: bool,
    /// Whether results are written in this format. Otherwise they are text, and replace no file.
    pub is_written: bool,
    /// Whether the results of several inputs may stand in one output, one behind the other. They may not where a file begins
    /// or ends with something that stands there once, such as the names of columns.
    pub is_joinable: bool,
    /// Whether a file is binary. It is then known by its first bytes, has no encoding, and nothing may stand before or
    /// behind its result.
    pub is_binary: bool,
    /// Whether an input whose name does not tell its format is certainly in this one.
    pub fits: fn(&Beginning) -> bool,
    /// Reads the content of an input.
    pub reader: fn(Stream) -> OpenedReader,
}

/// A reader, or the reason why an input cannot be opened.
pub(crate) type OpenedReader = Result<Box<dyn Reader>, InputError>;

/// All formats. The first one is the default for content that nothing tells.
pub(crate) static FORMATS: [Format; 7] = [
    text::FORMAT,
    html::FORMAT,
    jsonl::FORMAT,
    json::FORMAT,
    delimited::CSV,
    delimited::TSV,
    parquet::FORMAT,
];

impl Format {
    /// The format of a file, according to its name alone.
    pub fn of(input: &Input) -> &'static Format {
        input.ending().and_then(|ending| Self::by_ending(&ending)).unwrap_or(&FORMATS[0])
    }

    /// The format of files whose name has an ending.
    pub fn by_ending(ending: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.endings.contains(&ending))
    }

    /// The format of a name.
    pub fn by_name(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format of pages.
    pub fn html() -> &'static Format {
        &FORMATS[1]
    }

    /// The format of one article a file.
    pub fn text() -> &'static Format {
        &FORMATS[0]
    }
}

/// Reads an input. It finds where records end, on the single reading thread.
pub(crate) trait Reader {
    /// The next records: complete ones, of about [`BATCH`] bytes, so that memory stays bounded. It does not wait for
    /// more input if it has a record. `None` at the end.
    ///
    /// # Errors
    /// If reading fails. The records before that place have been returned by then.
    fn next_batch(&mut self) -> Result<Option<Box<dyn Batch>>, InputError>;

    /// The writer that writes the records of this input back. It may need to know what the reader knows.
    fn writer(&self) -> Box<dyn Writer>;
}

/// Bytes in a batch, unless a single record is larger. With smaller batches, passing them to another thread takes too
/// much of the time.
pub(crate) const BATCH: usize = 64 << 10;

/// Appends the available bytes, up to [`BATCH`], to `bytes`. Returns their number, which is 0 at the end.
pub(super) fn read_some(stream: &mut dyn Read, bytes: &mut Vec<u8>) -> io::Result<usize> {
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

/// Records that were read together. Workers parse them, because parsing takes longer than finding the ends of records.
pub(crate) trait Batch: Send {
    /// The number of bytes that were read for the batch.
    fn bytes(&self) -> usize;

    /// The reason why the input cannot be read, if these are its first records and show it.
    fn misread(&self) -> Option<String> {
        None
    }

    /// The field that the user named and that no record has, if these are the first records of a run and show it.
    fn misnamed(&self) -> Option<String> {
        None
    }

    /// The records and the bytes between them, in order. Together they contain all bytes of the input.
    fn entries(self: Box<Self>) -> Vec<Entry>;
}

/// Writes the records of one input in order, on the single writing thread. The writer alone knows what the format needs
/// before the first record, between records, and after the last one.
pub(crate) trait Writer: Send {
    /// Writes a record with its changes. Unchanged parts are written as they were read, byte for byte.
    ///
    /// # Errors
    /// Errors of the output.
    fn record(&mut self, out: &mut dyn Write, record: &InputRecord, change: &RecordChange) -> io::Result<()>;

    /// Says that records of the input were written before, by a run that was interrupted.
    fn has_begun(&mut self) {}

    /// Writes the part after the last record.
    ///
    /// # Errors
    /// Errors of the output.
    fn finish(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }

    /// Whether no record was changed, although the bytes that were written may differ. Then a file is not replaced.
    fn is_unchanged(&self) -> bool {
        false
    }
}
