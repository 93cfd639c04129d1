//! Text: one article per input.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use super::encoding::{Decoded, decode};
use super::format::{Batch, Format, OpenedReader, Reader, Writer};
use super::input::{Input, InputError};
use super::reading::Reading;
use super::record::{Entry, Failure, InputRecord, RecordChange};
use super::stream::Stream;

/// The endings of Markdown files.
const MARKDOWN: [&str; 2] = ["md", "markdown"];

/// The row of the table of formats.
pub(super) const FORMAT: Format = Format {
    name: "text",
    title: "text",
    help: "One article a file",
    endings: &["txt", MARKDOWN[0], MARKDOWN[1], "text"],
    has_fields: false,
    adds_fields: false,
    fits: |_| false,
    is_written: true,
    is_joinable: true,
    is_binary: false,
    is_one_text: true,
    reader: open,
};

/// Whether a file is Markdown by its name.
pub(crate) fn is_markdown(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    MARKDOWN.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

fn open(stream: Stream) -> OpenedReader {
    one_record(stream, entries)
}

/// Reads the record of an input from all of its bytes.
type ReadWhole = fn(&[u8], &Input, &Reading) -> Vec<Entry>;

/// A reader of an input that is one record.
pub(super) fn one_record(stream: Stream, read: ReadWhole) -> OpenedReader {
    Ok(Box::new(Once(Some(stream), read)))
}

/// Reads the whole input as one record.
struct Once(Option<Stream>, ReadWhole);

impl Reader for Once {
    fn next_batch(&mut self) -> Result<Option<Box<dyn Batch>>, InputError> {
        let Some(stream) = self.0.take() else { return Ok(None) };
        let (input, reading) = (stream.input.clone(), Arc::clone(&stream.reading));
        let bytes = reading.max_record.read_all(stream.bytes()).map_err(|error| input.error(error))?;
        Ok(Some(Box::new(WholeInput { bytes, input, reading, read: self.1 })))
    }

    fn writer(&self) -> Box<dyn Writer> {
        Box::new(PlainWriter)
    }
}

/// The whole of an input.
struct WholeInput {
    bytes: Vec<u8>,
    input: Input,
    reading: Arc<Reading>,
    read: ReadWhole,
}

impl Batch for WholeInput {
    fn bytes(&self) -> usize {
        self.bytes.len()
    }

    fn entries(self: Box<Self>) -> Vec<Entry> {
        (self.read)(&self.bytes, &self.input, &self.reading)
    }
}

fn entries(bytes: &[u8], input: &Input, reading: &Reading) -> Vec<Entry> {
    let name = input.name();
    match decode(bytes, input, reading) {
        Ok(Decoded { text, notices }) => {
            let record = Entry::Record(InputRecord::of_text(name, text));
            notices.into_iter().map(Entry::Notice).chain([record]).collect()
        }
        Err(error) => vec![Entry::Faulty(Failure { name, message: error.to_string(), source: None })],
    }
}

/// Writes only the text.
struct PlainWriter;

impl Writer for PlainWriter {
    fn record(
        &mut self,
        out: &mut dyn Write,
        _record: &InputRecord,
        change: &RecordChange,
    ) -> io::Result<()> {
        out.write_all(change.text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_name_shows_markdown() {
        for (path, expected) in
            [("a.md", true), ("a.MD", true), ("b/a.markdown", true), ("md", false), ("a.txt", false)]
        {
            assert_eq!(is_markdown(Path::new(path)), expected, "{path}");
        }
    }
}
