//! Conversion of streams: a text that comes in pieces is converted as if it had come whole.

use std::io::{self, Read, Write};

use super::converter::Worker;

/// Bytes that are collected before any are converted.
const BLOCK: usize = 64 << 10;

/// Converts what is written to it and writes the result on. Made by [`Converter::writer`].
///
/// [`Converter::writer`]: crate::Converter::writer
#[derive(Debug)]
pub struct ConvertWriter<W> {
    stream: Stream,
    inner: W,
}

impl<W: Write> ConvertWriter<W> {
    pub(super) fn new(worker: Worker, inner: W) -> Self {
        Self { stream: Stream::new(worker), inner }
    }

    /// Converts what is left, flushes, and gives the inner writer back. Without it the end of the text is
    /// lost.
    ///
    /// # Errors
    /// Those of the inner writer, and [`io::ErrorKind::InvalidData`] where the text ends inside a character.
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
    /// Takes all bytes. The error for bytes that are no UTF-8 names their place in the whole stream.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for block in bytes.chunks(BLOCK) {
            self.stream.pending.extend_from_slice(block);
            self.stream.received += block.len();
            if self.stream.is_due() {
                self.stream.convert(false)?;
                self.pass_on()?;
            }
        }
        Ok(bytes.len())
    }

    /// Flushes the inner writer. What cannot be converted yet, because it depends on what follows, stays.
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
    stream: Stream,
    inner: R,
    /// Bytes of the converted text that have been given out.
    given: usize,
    ended: bool,
}

impl<R: Read> ConvertReader<R> {
    pub(super) fn new(worker: Worker, inner: R) -> Self {
        Self { stream: Stream::new(worker), inner, given: 0, ended: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.stream.converted.clear();
        self.given = 0;
        while self.stream.converted.is_empty() && !self.ended {
            let before = self.stream.pending.len();
            let read = (&mut self.inner).take(BLOCK as u64).read_to_end(&mut self.stream.pending);
            read.inspect_err(|_| self.stream.pending.truncate(before))?;
            self.ended = self.stream.pending.len() == before;
            self.stream.received += self.stream.pending.len() - before;
            if self.ended || self.stream.is_due() {
                self.stream.convert(self.ended)?;
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for ConvertReader<R> {
    /// Gives converted bytes; the error for bytes that are no UTF-8 names their place in the whole stream.
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

/// What has come and is not converted, and what is converted and has not gone.
#[derive(Debug)]
struct Stream {
    worker: Worker,
    pending: Vec<u8>,
    /// So many bytes must be pending before another try pays.
    due: usize,
    /// All bytes that have come.
    received: usize,
    converted: String,
}

impl Stream {
    fn new(worker: Worker) -> Self {
        Self { worker, pending: Vec::new(), due: BLOCK, received: 0, converted: String::new() }
    }

    fn is_due(&self) -> bool {
        self.pending.len() >= self.due
    }

    /// Converts as much of what is pending as does not depend on what follows; all of it if it is the last.
    fn convert(&mut self, last: bool) -> io::Result<()> {
        let valid = self.valid(last)?;
        let end = if last { valid } else { self.worker.cut(text(&self.pending, valid)) };
        if end == 0 {
            self.normalize(valid);
        }
        self.worker.convert_into(text(&self.pending, end), &mut self.converted);
        self.pending.drain(..end);
        // Where nothing could be cut, waiting for as much again keeps the time linear.
        self.due = BLOCK.max(self.pending.len().saturating_mul(2));
        Ok(())
    }

    /// Normalises what is pending: of characters that are to be normalised nothing else is known.
    fn normalize(&mut self, valid: usize) {
        if valid >= BLOCK
            && let Some(normalized) = self.worker.normalized_start(text(&self.pending, valid))
        {
            self.pending.splice(..valid, normalized.bytes());
        }
    }

    /// Bytes of whole characters.
    fn valid(&self, last: bool) -> io::Result<usize> {
        match std::str::from_utf8(&self.pending) {
            Ok(_) => Ok(self.pending.len()),
            Err(error) if error.error_len().is_none() && !last => Ok(error.valid_up_to()),
            Err(error) => {
                let place = self.received.saturating_sub(self.pending.len() - error.valid_up_to());
                Err(io::Error::new(io::ErrorKind::InvalidData, format!("not UTF-8 at byte {place}")))
            }
        }
    }
}

/// The first bytes as text.
fn text(bytes: &[u8], end: usize) -> &str {
    std::str::from_utf8(&bytes[..end]).unwrap_or_default()
}
