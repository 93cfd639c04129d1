//! The table of formats. A new format is one file that reads and writes it, and one row here.

use std::io::{self, Write};
use std::sync::Arc;

use super::input::{Input, InputError};
use super::record::{Change, Entry, Fields, Record};
use super::{jsonl, text};

/// A way in which articles are stored.
#[derive(Debug)]
pub(crate) struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What the help says of it.
    pub help: &'static str,
    /// The endings of its files' names, in lower case.
    pub endings: &'static [&'static str],
    /// Its records have fields, which options name.
    pub has_fields: bool,
    /// An input is one text and nothing else, so that it may be converted piece by piece.
    pub is_one_text: bool,
    /// Opens an input.
    pub reader: fn(&Input, &Arc<Fields>) -> OpenedReader,
    /// Makes what writes the records of an input back.
    pub writer: fn(&Input) -> Box<dyn Writer>,
}

/// A reader, or why an input cannot be opened.
pub(crate) type OpenedReader = Result<Box<dyn Reader>, InputError>;

/// All formats. The first one is for inputs whose names tell no other.
pub(crate) static FORMATS: [Format; 2] = [text::FORMAT, jsonl::FORMAT];

impl Format {
    /// The format that an input has by its name.
    pub fn of(input: &Input) -> &'static Format {
        let ending = input.ending();
        let has = |format: &&Format| format.endings.iter().any(|known| ending.as_deref() == Some(known));
        FORMATS.iter().find(has).unwrap_or(&FORMATS[0])
    }
}

/// Reads an input: finds where records end, on the one thread that reads.
pub(crate) trait Reader {
    /// The records that come next: whole ones, about [`BATCH`] bytes of them, so that memory stays bounded. Does not
    /// wait for more input where it has a record. `None` at the end.
    ///
    /// # Errors
    /// Where the input cannot be read on. The records before that place have been given by then.
    fn next_batch(&mut self) -> Result<Option<Box<dyn Batch>>, InputError>;
}

/// Bytes of a batch, unless a single record has more. Of fewer, handing them to another thread takes too much of the
/// time.
pub(crate) const BATCH: usize = 64 << 10;

/// Records that were read together. Workers take them apart, because that takes longer than to find their ends.
pub(crate) trait Batch: Send {
    /// How many bytes were read for it.
    fn bytes(&self) -> usize;

    /// The records, and what stands between them, in order. What they hold together gives the input's bytes.
    fn entries(self: Box<Self>) -> Vec<Entry>;
}

/// Writes the records of one input in order, on the one thread that writes. What a format writes before the first
/// record, between records, and behind the last one is the writer's to know.
pub(crate) trait Writer: Send {
    /// Writes a record with its changes. What does not change is written as it was read, byte for byte.
    ///
    /// # Errors
    /// Those of the output.
    fn record(&mut self, out: &mut dyn Write, record: &Record, change: &Change) -> io::Result<()>;

    /// Writes what is behind the last record.
    ///
    /// # Errors
    /// Those of the output.
    fn finish(&mut self, _out: &mut dyn Write) -> io::Result<()> {
        Ok(())
    }
}
