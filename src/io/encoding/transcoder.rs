//! Bytes to text, piece by piece. What the encoding does not have becomes U+FFFD, and is counted.

use std::fmt;

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8};

/// How many places are named in a message. The others are only counted.
const NAMED: usize = 5;

/// What stands before bytes that are decoded.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before {
    /// Number of bytes.
    pub bytes: u64,
    /// Number of line feeds.
    pub lines: u64,
}

impl Before {
    /// With more bytes, which are ASCII.
    pub fn and(self, ascii: &[u8]) -> Self {
        let lines = memchr::memchr_iter(b'\n', ascii).count() as u64;
        Self { bytes: self.bytes + ascii.len() as u64, lines: self.lines + lines }
    }
}

/// Decodes one text. It gets the bytes in pieces of any size.
pub(super) struct Transcoder {
    /// The decoder; `None` for UTF-8, which is checked and copied.
    decoder: Option<Decoder>,
    /// The beginning of a character of UTF-8 whose end has not come yet.
    carry: Vec<u8>,
    /// Number of bytes that were decoded.
    position: u64,
    /// Number of line feeds in the text before.
    lines: u64,
    faults: Faults,
}

impl Transcoder {
    /// A decoder of all bytes of an input.
    pub fn new(encoding: &'static Encoding) -> Self {
        Self::behind(encoding, Before::default())
    }

    /// A decoder of the bytes behind others.
    pub fn behind(encoding: &'static Encoding, before: Before) -> Self {
        let Before { bytes: position, lines } = before;
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        Self { decoder, carry: Vec::new(), position, lines, faults: Faults::new(encoding) }
    }

    /// Whether the bytes are UTF-8, which is copied.
    pub fn copies(&self) -> bool {
        self.decoder.is_none()
    }

    /// Takes valid UTF-8 that the caller copied, behind which there are the first bytes of a character.
    pub fn pass(&mut self, valid: &[u8], beginning: &[u8]) {
        self.position += valid.len() as u64;
        self.lines += memchr::memchr_iter(b'\n', valid).count() as u64;
        self.carry.extend(beginning);
    }

    /// Gives back the first bytes of a character whose end has not come yet.
    pub fn take_carry(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.carry)
    }

    /// What could not be decoded up to now.
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Appends the text of the next bytes. `last` says whether the input ends with them.
    pub fn push(&mut self, bytes: &[u8], last: bool, text: &mut String) {
        let before = text.len();
        match self.decoder.take() {
            Some(mut decoder) => {
                self.decode(&mut decoder, bytes, last, text);
                self.decoder = Some(decoder);
            }
            None if self.carry.is_empty() => self.copy(bytes, last, text),
            None => {
                let mut all = std::mem::take(&mut self.carry);
                all.extend(bytes);
                self.copy(&all, last, text);
            }
        }
        self.lines += line_feeds(&text[before..]);
    }

    /// Decodes with a table.
    fn decode(&mut self, decoder: &mut Decoder, bytes: &[u8], last: bool, text: &mut String) {
        let (start, first) = (text.len(), self.position);
        let mut done = 0;
        loop {
            let rest = &bytes[done..];
            text.reserve(
                decoder.max_utf8_buffer_length_without_replacement(rest.len()).unwrap_or(rest.len()),
            );
            let (result, read) = decoder.decode_to_string_without_replacement(rest, text, last);
            done += read;
            self.position = first + done as u64;
            match result {
                DecoderResult::InputEmpty => return,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(bad, behind) => {
                    let offset = self.position.saturating_sub(u64::from(bad) + u64::from(behind));
                    self.fault(offset, &text[start..]);
                    text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
    }

    /// Copies UTF-8.
    fn copy(&mut self, bytes: &[u8], last: bool, text: &mut String) {
        let start = text.len();
        let mut rest = bytes;
        loop {
            let error = match simdutf8::compat::from_utf8(rest) {
                Ok(valid) => {
                    text.push_str(valid);
                    self.position += rest.len() as u64;
                    return;
                }
                Err(error) => error,
            };
            let (valid, invalid) = rest.split_at(error.valid_up_to());
            text.push_str(std::str::from_utf8(valid).unwrap_or_default());
            self.position += valid.len() as u64;
            if error.error_len().is_none() && !last {
                self.carry.extend(invalid);
                return;
            }
            self.fault(self.position, &text[start..]);
            text.push(char::REPLACEMENT_CHARACTER);
            let bad = error.error_len().unwrap_or(invalid.len());
            self.position += bad as u64;
            rest = &invalid[bad..];
        }
    }

    fn fault(&mut self, offset: u64, before: &str) {
        if self.faults.offsets.is_empty() {
            self.faults.line = self.lines + line_feeds(before) + 1;
        }
        self.faults.count += 1;
        if self.faults.offsets.len() < NAMED {
            self.faults.offsets.push(offset);
        }
    }
}

fn line_feeds(text: &str) -> u64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64
}

/// Byte sequences that an encoding does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Faults {
    encoding: &'static Encoding,
    /// Number of all.
    count: u64,
    /// Where the first ones are.
    offsets: Vec<u64>,
    /// The line of the first.
    line: u64,
}

impl Faults {
    fn new(encoding: &'static Encoding) -> Self {
        Self { encoding, count: 0, offsets: Vec::new(), line: 0 }
    }

    /// Whether there are any.
    pub fn any(&self) -> bool {
        self.count > 0
    }

    /// The first one alone, for an error that ends reading.
    pub fn first(&self) -> Self {
        Self {
            count: self.count.min(1),
            offsets: self.offsets.first().copied().into_iter().collect(),
            ..self.clone()
        }
    }

    /// The same without a line, for a record that is one line.
    pub fn in_one_line(self) -> Self {
        Self { line: 0, ..self }
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not {} ", self.encoding.name())?;
        let offsets: Vec<String> = self.offsets.iter().map(u64::to_string).collect();
        match offsets.as_slice() {
            [offset] => write!(f, "at byte {offset}")?,
            _ => write!(f, "in {} places, at bytes {}", self.count, offsets.join(", "))?,
        }
        if self.count > self.offsets.len() as u64 {
            f.write_str(" and so on")?;
        }
        match (self.line, self.count) {
            (0, _) => Ok(()),
            (line, 1) => write!(f, ", in line {line}"),
            (line, _) => write!(f, ", the first in line {line}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{GB18030, UTF_16LE};

    use super::*;

    /// The text of bytes that come `size` at a time, and what was said of them.
    fn decoded(encoding: &'static Encoding, bytes: &[u8], size: usize) -> (String, String) {
        let mut transcoder = Transcoder::new(encoding);
        let mut text = String::new();
        let pieces = bytes.chunks(size).count();
        for (number, piece) in bytes.chunks(size).enumerate() {
            transcoder.push(piece, number + 1 == pieces, &mut text);
        }
        (text, transcoder.faults().to_string())
    }

    /// The pieces in which bytes come change nothing.
    #[test]
    fn faults_are_replaced_and_named() {
        for (encoding, bytes, text, message) in [
            (UTF_8, &b"\xE7\x94\xB2\n\xFF\n"[..], "甲\n\u{FFFD}\n", "not UTF-8 at byte 4, in line 2"),
            (UTF_8, b"a\xE7\x94", "a\u{FFFD}", "not UTF-8 at byte 1, in line 1"),
            (
                UTF_8,
                b"\xC0\x80\n",
                "\u{FFFD}\u{FFFD}\n",
                "not UTF-8 in 2 places, at bytes 0, 1, the first in line 1",
            ),
            (GB18030, b"\xBC\xD7\n\xFF\xD2\xD2", "甲\n\u{FFFD}乙", "not gb18030 at byte 3, in line 2"),
            (GB18030, b"\xBC\xD7\xBC", "甲\u{FFFD}", "not gb18030 at byte 2, in line 1"),
            (UTF_16LE, b"a\0\x00\xD8b\0", "a\u{FFFD}b", "not UTF-16LE at byte 2, in line 1"),
        ] {
            for size in [1, 2, 3, 100] {
                assert_eq!(decoded(encoding, bytes, size), (text.into(), message.into()), "{size}");
            }
        }
    }

    #[test]
    fn many_faults_are_counted() {
        let (text, message) = decoded(UTF_8, &[0xFF; 9], 4);
        assert_eq!(text.chars().count(), 9);
        assert_eq!(message, "not UTF-8 in 9 places, at bytes 0, 1, 2, 3, 4 and so on, the first in line 1");
    }
}
