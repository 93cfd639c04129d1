//! Text: one article per input.

use std::io::{self, Read, Write};
use std::sync::Arc;

use super::format::{Batch, Format, OpenedReader, Reader, Writer};
use super::input::{Input, InputError};
use super::record::{Change, Entry, Failure, Fields, Record};

/// The row of the table of formats.
pub(super) const FORMAT: Format = Format {
    name: "text",
    help: "One article a file",
    endings: &["txt"],
    has_fields: false,
    is_one_text: true,
    reader: open,
    writer: |_| Box::new(Plain),
};

fn open(input: &Input, _fields: &Arc<Fields>) -> OpenedReader {
    Ok(Box::new(Once(Some((input.open()?, input.clone())))))
}

/// Reads the whole input as one record.
struct Once(Option<(Box<dyn Read>, Input)>);

impl Reader for Once {
    fn next_batch(&mut self) -> Result<Option<Box<dyn Batch>>, InputError> {
        let Some((mut stream, input)) = self.0.take() else { return Ok(None) };
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).map_err(|error| input.error(error))?;
        Ok(Some(Box::new(Whole { bytes, input })))
    }
}

/// The whole of an input.
struct Whole {
    bytes: Vec<u8>,
    input: Input,
}

impl Batch for Whole {
    fn bytes(&self) -> usize {
        self.bytes.len()
    }

    fn entries(self: Box<Self>) -> Vec<Entry> {
        let name = self.input.name();
        vec![match self.input.decode(self.bytes) {
            Ok(text) => Entry::Record(Record {
                name,
                has_id: false,
                title: None,
                text,
                source: String::new(),
                place: 0..0,
            }),
            Err(error) => Entry::Faulty(Failure { name, message: error.to_string() }),
        }]
    }
}

/// Writes only the text.
struct Plain;

impl Writer for Plain {
    fn record(&mut self, out: &mut dyn Write, _record: &Record, change: &Change) -> io::Result<()> {
        out.write_all(change.text.as_bytes())
    }
}
