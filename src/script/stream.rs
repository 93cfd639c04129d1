//! Conversion of streams. A text that arrives in pieces is converted as if it had arrived whole.

use std::io::{self, Read, Write};

use super::worker::Worker;

/// Bytes to collect before any are converted.
const BLOCK: usize = 64 << 10;

/// Converts what is written to it and writes the result on. Made by [`Converter::writer`].
///
/// [`Converter::writer`]: crate::Converter::writer
#[derive(Debug)]
pub struct ConvertWriter<W> {
    stream: StreamBuffers,
    inner: W,
}

impl<W: Write> ConvertWriter<W> {
    pub(super) fn new(worker: Worker, inner: W) -> Self {
        Self { stream: StreamBuffers::new(worker), inner }
    }

    /// Converts the rest, flushes, and returns the inner writer. Without this call the end of the text is lost.
    ///
    /// # Errors
    /// Errors of the inner writer, and [`io::ErrorKind::InvalidData`] if the text ends inside a character.
    pub fn finish(mut self) -> io::Result<W> {
        self.stream.convert(true)?;
        self.pass_on()?;
        self.inner.flush()?;
        Ok(self.inner)
    }

    fn pass_on(&mut self) -> io::Result<()> {
        let converted = std::mem::take(&mut self.stream.converted);
        self.inner.write_all(converted.as_bytes())?;
        self.stream.converted = converted;
        self.stream.converted.clear();
        Ok(())
    }
}

impl<W: Write> Write for ConvertWriter<W> {
    /// Takes all bytes. The error for invalid UTF-8 gives the position in the whole stream.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for block in bytes.chunks(BLOCK) {
            self.stream.pending.push(block);
            if self.stream.is_due() {
                self.stream.convert(false)?;
                self.pass_on()?;
            }
        }
        Ok(bytes.len())
    }

    /// Flushes the inner writer. Text that cannot be converted yet, because its conversion depends on what follows,
    /// stays in the buffer.
    fn flush(&mut self) -> io::Result<()> {
        self.stream.convert(false)?;
        self.pass_on()?;
        self.inner.flush()
    }
}

/// Reads converted text. Made by [`Converter::reader`].
///
/// [`Converter::reader`]: crate::Converter::reader
#[derive(Debug)]
pub struct ConvertReader<R> {
    stream: StreamBuffers,
    inner: R,
    /// Bytes of the converted text that have been returned to the reader's caller.
    given: usize,
    ended: bool,
}

impl<R: Read> ConvertReader<R> {
    pub(super) fn new(worker: Worker, inner: R) -> Self {
        Self { stream: StreamBuffers::new(worker), inner, given: 0, ended: false }
    }

    /// Replaces `text` with the next part of the stream, unconverted, of `least` bytes or more. Returns whether more
    /// may follow. The stream is cut where its parts convert exactly as the whole does. If reading fails, `text` holds
    /// the part before the error. Do not mix this with reads.
    #[cfg(feature = "cli")]
    pub(crate) fn next_block(&mut self, text: &mut String, least: usize) -> io::Result<bool> {
        text.clear();
        while !self.ended && text.len() < least {
            self.read_block()?;
            if self.ended || self.stream.is_due() {
                self.stream.take(self.ended, |settled, _| text.push_str(settled))?;
            }
        }
        Ok(!self.ended)
    }

    fn fill(&mut self) -> io::Result<()> {
        self.stream.converted.clear();
        self.given = 0;
        while self.stream.converted.is_empty() && !self.ended {
            self.read_block()?;
            if self.ended || self.stream.is_due() {
                self.stream.convert(self.ended)?;
            }
        }
        Ok(())
    }

    fn read_block(&mut self) -> io::Result<()> {
        self.ended = self.stream.pending.read_block(&mut self.inner)? == 0;
        Ok(())
    }
}

impl<R: Read> Read for ConvertReader<R> {
    /// Gives converted bytes. The error for invalid UTF-8 gives the position in the whole stream.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.given == self.stream.converted.len() && !buffer.is_empty() {
            self.fill()?;
        }
        let left = &self.stream.converted.as_bytes()[self.given..];
        let length = left.len().min(buffer.len());
        buffer[..length].copy_from_slice(&left[..length]);
        self.given += length;
        Ok(length)
    }
}

/// The input that is not converted yet, and the output that is not passed on yet.
#[derive(Debug)]
struct StreamBuffers {
    worker: Worker,
    pending: Pending,
    /// Number of pending bytes from which on another attempt is worthwhile.
    due: usize,
    converted: String,
}

impl StreamBuffers {
    fn new(worker: Worker) -> Self {
        Self { worker, pending: Pending::default(), due: BLOCK, converted: String::new() }
    }

    fn is_due(&self) -> bool {
        self.pending.bytes().len() >= self.due
    }

    /// Converts as much of the pending text as does not depend on what follows; all of it if it is the last.
    fn convert(&mut self, last: bool) -> io::Result<()> {
        let mut converted = std::mem::take(&mut self.converted);
        let taken = self.take(last, |text, worker| worker.convert_into(text, &mut converted));
        self.converted = converted;
        taken
    }

    /// Gives `take` as much of the pending text as does not depend on what follows; all of it if it is the last.
    fn take(&mut self, last: bool, take: impl FnOnce(&str, &Worker)) -> io::Result<()> {
        let text = self.pending.text(last)?;
        let end = if last { text.len() } else { self.worker.cut(text) };
        take(&text[..end], &self.worker);
        // Nothing could be cut. Characters to be normalised may be the reason, so the text is normalised now.
        if end == 0
            && text.len() >= BLOCK
            && let Some(normalized) = self.worker.normalized_start(text)
        {
            let length = text.len();
            self.pending.replace_start(length, &normalized);
        }
        self.pending.remove_start(end);
        // If nothing could be cut, waiting until the text has doubled keeps the time linear.
        self.due = BLOCK.max(self.pending.bytes().len().saturating_mul(2));
        Ok(())
    }
}

/// Bytes that have arrived and are not converted. They are at the start of a buffer that is allocated once.
#[derive(Debug, Default)]
struct Pending {
    buffer: Vec<u8>,
    /// Bytes of the buffer that are in use.
    filled: usize,
    /// All bytes that have arrived, including those that were removed.
    received: usize,
}

impl Pending {
    fn bytes(&self) -> &[u8] {
        &self.buffer[..self.filled]
    }

    /// The unused part of the buffer, with room for `length` bytes.
    fn room(&mut self, length: usize) -> &mut [u8] {
        let end = self.filled + length;
        if self.buffer.len() < end {
            self.buffer.resize(end, 0);
        }
        &mut self.buffer[self.filled..end]
    }

    fn push(&mut self, bytes: &[u8]) {
        self.room(bytes.len()).copy_from_slice(bytes);
        self.filled += bytes.len();
        self.received += bytes.len();
    }

    /// Reads a block, or what is left of the input, and returns its length. Bytes that came before an error are kept.
    fn read_block(&mut self, inner: &mut impl Read) -> io::Result<usize> {
        let mut left = BLOCK;
        while left > 0 {
            match inner.read(self.room(left)) {
                Ok(0) => break,
                Ok(length) => {
                    left -= length;
                    self.filled += length;
                    self.received += length;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(BLOCK - left)
    }

    /// The complete characters; an error if the bytes are invalid, or if the last bytes end inside a character.
    fn text(&self, last: bool) -> io::Result<&str> {
        let bytes = self.bytes();
        let end = if last { bytes.len() } else { whole(bytes) };
        simdutf8::basic::from_utf8(&bytes[..end]).map_err(|_| {
            let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
            let place = self.received.saturating_sub(bytes.len() - valid);
            io::Error::new(io::ErrorKind::InvalidData, format!("not UTF-8 at byte {place}"))
        })
    }

    /// Replaces the first `length` bytes with `text`.
    fn replace_start(&mut self, length: usize, text: &str) {
        self.buffer.truncate(self.filled);
        self.buffer.splice(..length, text.bytes());
        self.filled = self.buffer.len();
    }

    fn remove_start(&mut self, length: usize) {
        self.buffer.copy_within(length..self.filled, 0);
        self.filled -= length;
    }
}

/// The number of bytes without those at the end that may begin a character.
fn whole(bytes: &[u8]) -> usize {
    let is_start = |byte: &u8| *byte & 0b1100_0000 != 0b1000_0000;
    let behind = bytes.iter().rev().take(3).position(is_start).unwrap_or_default();
    let start = bytes.len().saturating_sub(behind + 1);
    match std::str::from_utf8(&bytes[start..]) {
        Err(error) if error.error_len().is_none() => start,
        _ => bytes.len(),
    }
}
