//! The largest record.

use std::io::{self, Read};

use crate::text::has_more_lines;

/// The bytes that each line counts at least: a line takes some hundred bytes of memory, however short it is. So many lines
/// are always allowed.
const LINE: u64 = 32;
const LINES: u64 = 1 << 16;

/// The most bytes of a record, or of a text that is a record as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MaxRecord(pub u64);

impl Default for MaxRecord {
    fn default() -> Self {
        Self(64 << 20)
    }
}

impl MaxRecord {
    /// Why a record of this size is not read, if it is too large.
    pub fn excess(self, size: u64) -> Option<String> {
        let Self(most) = self;
        (size > most).then(|| format!("the record has {size} bytes, and --max-record allows {most}"))
    }

    /// Why a text of so many lines is not worked on, if it has too many.
    pub fn excess_of_lines(self, text: &str) -> Option<String> {
        let Self(most) = self;
        let lines = (most / LINE).max(LINES);
        has_more_lines(text, usize::try_from(lines).unwrap_or(usize::MAX))
            .then(|| format!("the text has more than {lines} lines, and --max-record {most} allows no more"))
    }

    /// Whether so many bytes are more than a record may have.
    pub fn is_exceeded_by(self, size: usize) -> bool {
        size as u64 > self.0
    }

    /// Reads a record that is all of a stream.
    ///
    /// # Errors
    /// If it is too large, and errors of the stream.
    pub fn read_all(self, stream: impl Read) -> io::Result<Vec<u8>> {
        let Self(most) = self;
        let mut bytes = Vec::new();
        stream.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        if self.is_exceeded_by(bytes.len()) {
            let reason = format!("the text has more bytes than the {most} that --max-record allows");
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_may_have_many_lines_but_not_only_lines() {
        let blank = "\n".repeat(1 << 17);
        assert!(MaxRecord(4 << 20).excess_of_lines(&blank).is_none());
        assert!(MaxRecord((4 << 20) - 32).excess_of_lines(&blank).is_some());
        assert!(MaxRecord(0).excess_of_lines(&blank[..1 << 16]).is_none());
    }

    #[test]
    fn a_text_may_be_as_large_as_the_limit() {
        assert!(MaxRecord(3).read_all(&b"abc"[..]).is_ok());
        assert!(MaxRecord(3).read_all(&b"abcd"[..]).is_err());
    }
}
