//! Opens inputs: takes off the compression, tells the format, and gives the bytes to its reader.

use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::compression::Compression;
use super::encoding::{Decoding, decode_beginning};
use super::format::{BATCH, Format, Reader};
use super::input::{Input, InputError};
use super::reading::{Notice, Notices, Reading};
use super::sniff::{Beginning, Seen};

/// An input that was opened.
pub(crate) struct OpenedInput {
    /// Its format.
    pub format: &'static Format,
    /// Its compression.
    pub compression: Option<Compression>,
    /// What is told of it. More is added while it is read.
    pub notices: Notices,
    stream: Stream,
}

/// The content of an input.
pub(crate) struct Stream {
    pub input: Input,
    pub reading: Arc<Reading>,
    bytes: Box<dyn Read>,
    notices: Notices,
}

impl OpenedInput {
    /// Opens an input.
    ///
    /// # Errors
    /// If it cannot be read, and if it is recognised as something that is not read.
    pub fn open(input: &Input, reading: &Arc<Reading>) -> Result<Self, InputError> {
        let bytes = CountingReader { bytes: input.open()?, read: Arc::clone(&reading.read) };
        Self::of(Box::new(bytes), input, reading)
    }

    /// Opens an input whose bytes are these.
    ///
    /// # Errors
    /// Those of [`OpenedInput::open`].
    pub fn of(mut bytes: Box<dyn Read>, input: &Input, reading: &Arc<Reading>) -> Result<Self, InputError> {
        let notices = Notices::default();
        let mut head = Head::read(&mut *bytes, input).map_err(|error| input.error(error))?;
        let compression = Compression::of(&head.bytes);
        if let Some(compression) = compression {
            bytes = compression.reader(head.before(bytes)).map_err(|error| input.error(error))?;
            head = Head::read(&mut *bytes, input).map_err(|error| input.error(error))?;
            if !input.is_named_as(compression) {
                notices.add(Notice::Remark(format!("{input}: read as {compression}")));
            }
        } else if let Some(promised) = Compression::by_name(input) {
            notices.add(Notice::Warning(format!("{input}: holds no {promised} data; read as it stands")));
        }
        let format = match reading.format {
            Some(format) => format,
            None => told(input, reading, &head, &notices)?,
        };
        let stream = Stream {
            input: input.clone(),
            reading: Arc::clone(reading),
            bytes: head.before(bytes),
            notices: notices.clone(),
        };
        Ok(Self { format, compression, notices, stream })
    }

    /// Its reader.
    ///
    /// # Errors
    /// If the content cannot be read in its format.
    pub fn reader(self) -> Result<Box<dyn Reader>, InputError> {
        (self.format.reader)(self.stream)
    }

    /// Its text in valid UTF-8.
    pub fn text(self) -> impl Read {
        let Stream { input, reading, bytes, notices } = self.stream;
        Decoding::checked(bytes, input, reading, notices)
    }
}

impl Stream {
    /// The bytes as they stand.
    pub fn bytes(self) -> Box<dyn Read> {
        self.bytes
    }

    /// The content in UTF-8. It is valid except where the input is UTF-8 that is not.
    pub fn decoded(self) -> Decoding<Box<dyn Read>> {
        Decoding::new(self.bytes, self.input, self.reading, self.notices)
    }

    /// The content in valid UTF-8.
    pub fn checked(self) -> Decoding<Box<dyn Read>> {
        Decoding::checked(self.bytes, self.input, self.reading, self.notices)
    }
}

/// The format that an input has.
fn told(
    input: &Input,
    reading: &Reading,
    head: &Head,
    notices: &Notices,
) -> Result<&'static Format, InputError> {
    let ending = input.ending();
    let text = decode_beginning(&head.bytes, reading.encoding, head.complete);
    let beginning = Beginning {
        ending: ending.as_deref(),
        bytes: &head.bytes,
        text: &text,
        complete: head.complete,
        encoded: reading.encoding.is_some(),
    };
    match beginning.seen() {
        Seen::Format(format) => {
            let named = ending.as_deref().is_some_and(|ending| format.endings.contains(&ending));
            if !format.is_one_text
                && !named
                && ending.as_deref().is_some_and(|ending| ending != "json" || !format.has_fields)
            {
                notices.add(Notice::Remark(format!(
                    "{input}: read as {}; --format text reads it as text",
                    format.title
                )));
            }
            Ok(format)
        }
        Seen::Kind(kind) if kind.is_text && reading.literal => Ok(Format::text()),
        Seen::Kind(kind) => {
            Err(InputError::Unsupported { input: input.clone(), kind: kind.name, advice: kind.advice })
        }
    }
}

/// Counts the bytes that are read.
struct CountingReader {
    bytes: Box<dyn Read>,
    read: Arc<AtomicU64>,
}

impl Read for CountingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// The beginning of an input.
struct Head {
    bytes: Vec<u8>,
    complete: bool,
}

impl Head {
    /// Reads up to [`BATCH`] bytes, but of standard input no more than is there with the first line.
    fn read(stream: &mut dyn Read, input: &Input) -> io::Result<Self> {
        let is_standard = *input == Input::Standard;
        let mut bytes = Vec::new();
        while bytes.len() < BATCH {
            let known = bytes.len();
            bytes.resize(BATCH, 0);
            let read = match stream.read(&mut bytes[known..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => None,
                read => Some(read?),
            };
            bytes.truncate(known + read.unwrap_or_default());
            if read == Some(0) {
                return Ok(Self { bytes, complete: true });
            }
            if is_standard && bytes.contains(&b'\n') {
                break;
            }
        }
        Ok(Self { bytes, complete: false })
    }

    /// The beginning and the rest of the input.
    fn before(self, rest: Box<dyn Read>) -> Box<dyn Read> {
        match self.complete {
            true => Box::new(Cursor::new(self.bytes)),
            false => Box::new(Cursor::new(self.bytes).chain(rest)),
        }
    }
}
