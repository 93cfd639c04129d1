//! Compressed content that expands too much: a small file that would fill the machine.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

/// How many times its compressed size content may have.
const RATIO: u64 = 1000;

/// Bytes that any content may have, because short texts that repeat compress well.
const ALWAYS: u64 = 64 << 20;

/// Counts the compressed bytes.
pub(super) struct Compressed<R> {
    stream: R,
    count: Rc<Cell<u64>>,
}

/// Gives the content, as long as it expands no more than text does.
pub(super) struct Content<R> {
    stream: R,
    compressed: Rc<Cell<u64>>,
    count: u64,
}

/// The compressed bytes, and what makes the reader of their content a limited one.
pub(super) fn watched<R>(stream: R) -> (Compressed<R>, Rc<Cell<u64>>) {
    let count = Rc::new(Cell::new(0));
    (Compressed { stream, count: Rc::clone(&count) }, count)
}

impl<R> Content<R> {
    /// The content of the bytes that are counted.
    pub fn of(stream: R, compressed: Rc<Cell<u64>>) -> Self {
        Self { stream, compressed, count: 0 }
    }
}

impl<R: Read> Read for Compressed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.count.set(self.count.get() + read as u64);
        Ok(read)
    }
}

impl<R: Read> Read for Content<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        self.count += read as u64;
        let compressed = self.compressed.get();
        if self.count > ALWAYS && self.count / RATIO > compressed {
            let reason = format!(
                "looks like a decompression bomb: {compressed} bytes hold more than {RATIO} times as many; unpack it first"
            );
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads content of `count` bytes from `compressed` bytes.
    fn read(count: u64, compressed: u64) -> io::Result<u64> {
        let stream = io::repeat(b'a').take(count);
        io::copy(&mut Content::of(stream, Rc::new(Cell::new(compressed))), &mut io::sink())
    }

    #[test]
    fn content_may_be_large_or_expand_and_not_both() {
        assert!(read(ALWAYS, 1).is_ok());
        assert!(read(2 * ALWAYS, 2 * ALWAYS / RATIO).is_ok());
        let error = read(2 * ALWAYS, ALWAYS / RATIO).expect_err("an error");
        assert!(error.to_string().starts_with("looks like a decompression bomb: 67108 bytes"), "{error}");
    }
}
