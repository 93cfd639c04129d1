//! Decodes a stream, in bounded memory.

use std::io::{self, Read};
use std::sync::Arc;

use encoding_rs::{Encoding, UTF_8};

use super::super::format::BATCH;
use super::super::input::Input;
use super::super::reading::{Notice, Notices, Reading};
use super::transcoder::{Before, Transcoder};
use super::whole::{encoding_of, guessed, mark_length, replaced};
use super::{by_mark, is_utf8};

/// Bytes after which a byte-order mark is known.
const LONGEST_MARK: usize = 3;

/// Bytes of the longest character.
const LONGEST_CHARACTER: usize = 4;

/// Gives the bytes of a stream in UTF-8.
pub(crate) struct Decoding<R> {
    stream: R,
    input: Input,
    reading: Arc<Reading>,
    notices: Notices,
    /// Whether bytes that are not valid UTF-8 are replaced here. A format with short records names them better itself.
    checked: bool,
    state: State,
    /// What stands before `raw`, which is ASCII.
    before: Before,
    /// Bytes that were read and not decoded.
    raw: Vec<u8>,
    /// Text that was decoded, and the number of bytes of it that were given away.
    ready: String,
    given: usize,
}

enum State {
    /// Only ASCII was read up to now, which is the same in most encodings.
    Undecided,
    /// UTF-8 that is copied as it is.
    Verbatim,
    /// Text that is decoded.
    Decoded(Transcoder),
    /// The end was read.
    Ended,
}

impl<R: Read> Decoding<R> {
    /// Decodes a stream. UTF-8 is copied as it is, even if it is not valid.
    pub fn new(stream: R, input: Input, reading: Arc<Reading>, notices: Notices) -> Self {
        let (state, checked) = (State::Undecided, false);
        let (before, given) = (Before::default(), 0);
        Self {
            stream,
            input,
            reading,
            notices,
            checked,
            state,
            before,
            raw: Vec::new(),
            ready: String::new(),
            given,
        }
    }

    /// Decodes a stream. Its result is valid UTF-8.
    pub fn checked(stream: R, input: Input, reading: Arc<Reading>, notices: Notices) -> Self {
        Self { checked: true, ..Self::new(stream, input, reading, notices) }
    }

    /// Reads more bytes into `raw`. Returns whether there were any.
    fn read_raw(&mut self) -> io::Result<bool> {
        let known = self.raw.len();
        self.raw.resize(known + BATCH, 0);
        let read = read_once(&mut self.stream, &mut self.raw[known..]);
        self.raw.truncate(known + read.as_ref().copied().unwrap_or_default());
        Ok(read? > 0)
    }

    /// Reads until the encoding is known, or until there is ASCII to give away.
    fn decide(&mut self) -> io::Result<()> {
        loop {
            let ended = !self.read_raw()?;
            if !ended && self.before.bytes == 0 && self.raw.len() < LONGEST_MARK {
                continue;
            }
            let given = self.reading.encoding;
            if given.is_none() && !ended && by_mark(&self.raw).is_none() && self.raw.is_ascii() {
                return self.give_ascii();
            }
            if given.is_none() && !ended && is_early(&self.raw) {
                continue;
            }
            match encoding_of(&self.raw, given, ended, self.before) {
                Ok(encoding) => return self.begin(encoding, ended),
                Err(_) if !ended && self.raw.len() < BATCH => {}
                Err(doubt) => return Err(invalid(doubt)),
            }
        }
    }

    fn give_ascii(&mut self) -> io::Result<()> {
        self.before = self.before.and(&self.raw);
        self.ready = String::from_utf8(std::mem::take(&mut self.raw)).map_err(io::Error::other)?;
        Ok(())
    }

    fn begin(&mut self, encoding: &'static Encoding, ended: bool) -> io::Result<()> {
        self.notices.add(Notice::Encoding(encoding));
        if encoding == UTF_8 && !self.checked {
            self.state = State::Verbatim;
            return Ok(());
        }
        if self.reading.encoding.is_none() && by_mark(&self.raw).is_none() && encoding != UTF_8 {
            self.notices.add(guessed(&self.input, encoding));
        }
        let mark = if self.before.bytes == 0 { mark_length(&self.raw, encoding) } else { 0 };
        let Before { bytes, lines } = self.before;
        let before = Before { bytes: bytes + mark as u64, lines };
        self.raw.drain(..mark);
        self.state = State::Decoded(Transcoder::behind(encoding, before));
        self.decode(ended)
    }

    /// Decodes what was read. `ended` says whether that is all.
    fn decode(&mut self, ended: bool) -> io::Result<()> {
        let State::Decoded(transcoder) = &mut self.state else { return Ok(()) };
        transcoder.push(&self.raw, ended, &mut self.ready);
        self.raw.clear();
        let faults = transcoder.faults();
        if self.reading.strict && faults.any() {
            return Err(invalid(faults.first().to_string()));
        }
        if ended {
            if faults.any() {
                self.notices.add(replaced(&self.input, faults));
            }
            self.state = State::Ended;
        }
        Ok(())
    }

    /// Reads UTF-8 into the buffer, if it is valid, because to copy it takes as long as to check it. Returns the number
    /// of its bytes. Otherwise text is ready.
    fn read_valid(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let State::Decoded(transcoder) = &mut self.state else { return Ok(0) };
        let carry = transcoder.take_carry();
        let (held, free) = buffer.split_at_mut(carry.len());
        held.copy_from_slice(&carry);
        let read = read_once(&mut self.stream, free)?;
        let bytes = &buffer[..carry.len() + read];
        let valid = match simdutf8::compat::from_utf8(bytes) {
            Ok(_) => bytes.len(),
            Err(error) if read > 0 && error.error_len().is_none() => error.valid_up_to(),
            Err(_) => 0,
        };
        let beginning = bytes.len() - valid;
        if read > 0 && beginning < LONGEST_CHARACTER {
            transcoder.pass(&bytes[..valid], &bytes[valid..]);
            return Ok(valid);
        }
        self.raw.extend(bytes);
        self.ready.clear();
        self.given = 0;
        self.decode(read == 0)?;
        Ok(0)
    }

    /// Makes more text ready.
    fn fill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.given = 0;
        match self.state {
            State::Undecided => self.decide(),
            State::Decoded(_) => {
                let ended = !self.read_raw()?;
                self.decode(ended)
            }
            State::Verbatim | State::Ended => Ok(()),
        }
    }

    /// Gives away bytes that are at hand.
    fn give(bytes: &[u8], given: &mut usize, buffer: &mut [u8]) -> usize {
        let rest = &bytes[*given..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        *given += count;
        count
    }
}

/// Whether bytes are valid UTF-8 only because they are few. Two bytes of GBK may be a character of UTF-8, but hardly
/// three.
fn is_early(bytes: &[u8]) -> bool {
    const FEW: usize = 64;
    let start = Encoding::ascii_valid_up_to(bytes);
    let few = &bytes[start..];
    let valid = simdutf8::compat::from_utf8(few).map_or_else(|error| error.valid_up_to(), |_| few.len());
    by_mark(bytes).is_none()
        && is_utf8(few, false)
        && few.len() < FEW
        && few[..valid].iter().all(|byte| *byte < 0xE0)
}

/// Reads once, also if a signal comes first.
fn read_once(stream: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    loop {
        match stream.read(buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read,
        }
    }
}

fn invalid(reason: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.given < self.ready.len() {
                return Ok(Self::give(self.ready.as_bytes(), &mut self.given, buffer));
            }
            match &self.state {
                State::Ended => return Ok(0),
                State::Decoded(transcoder) if transcoder.copies() && buffer.len() > 2 * LONGEST_CHARACTER => {
                    match self.read_valid(buffer)? {
                        0 => {}
                        read => return Ok(read),
                    }
                }
                State::Verbatim if self.raw.is_empty() => return self.stream.read(buffer),
                State::Verbatim => {
                    let mut given = 0;
                    let count = Self::give(&self.raw, &mut given, buffer);
                    self.raw.drain(..given);
                    return Ok(count);
                }
                State::Undecided | State::Decoded(_) => self.fill()?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GB18030};

    use super::super::super::record::Fields;
    use super::*;

    /// Gives a fixed number of bytes at a time.
    struct Drip<'b>(&'b [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(buffer.len());
            self.0.read(&mut buffer[..count])
        }
    }

    fn reading(encoding: Option<&'static Encoding>) -> Arc<Reading> {
        let fields = Fields { id: "id".into(), ..Fields::default() };
        Arc::new(Reading { encoding, fields, ..Reading::default() })
    }

    /// The text of bytes that come `size` at a time and are taken `taken` at a time, and the messages.
    fn decoded(bytes: &[u8], size: usize, taken: usize) -> (Vec<u8>, Vec<String>) {
        let notices = Notices::default();
        let mut decoding =
            Decoding::checked(Drip(bytes, size), Input::Standard, reading(None), notices.clone());
        let mut text = Vec::new();
        let mut buffer = vec![0; taken];
        loop {
            match decoding.read(&mut buffer) {
                Ok(0) => break,
                Ok(count) => text.extend(&buffer[..count]),
                Err(error) => return (text, vec![error.to_string()]),
            }
        }
        let message = |notice| match notice {
            Notice::Remark(message) | Notice::Warning(message) => Some(message),
            Notice::Advice(_) | Notice::Encoding(_) => None,
        };
        (text, notices.take().into_iter().filter_map(message).collect())
    }

    /// The pieces in which bytes come change nothing.
    #[test]
    fn streams_are_decoded_in_pieces_of_any_size() {
        let hans = "plain\n老街夜市在上个月搬走，街坊说安静了许多。\n";
        let hant = "plain\n老街夜市在上個月搬走，街坊說安靜了許多。\n";
        let broken = [hans.as_bytes(), b"\xE7\x94\n", hans.as_bytes(), b"\xFF\xE7\x94"].concat();
        let replaced = format!("{hans}\u{FFFD}\n{hans}\u{FFFD}\u{FFFD}");
        let said = "standard input: not UTF-8 in 3 places, at bytes 67, 137, 138, the first in line 3; replaced by U+FFFD";
        for (bytes, text, message) in [
            (hans.as_bytes(), hans, vec![]),
            (&broken, &replaced, vec![said]),
            (&GB18030.encode(hans).0, hans, vec!["standard input: read as gb18030"]),
            (&BIG5.encode(hant).0, hant, vec!["standard input: read as Big5"]),
            (b"", "", vec![]),
            (b"plain", "plain", vec![]),
            ("é".as_bytes(), "é", vec![]),
        ] {
            for (size, taken) in [(1, 1), (1, 100), (2, 9), (7, 8), (3, 64), (1000, 1000)] {
                let (found, said) = decoded(bytes, size, taken);
                assert_eq!(
                    (String::from_utf8_lossy(&found).as_ref(), said),
                    (text, message.iter().map(|m| m.to_string()).collect()),
                    "{size}, {taken}"
                );
            }
        }
    }

    #[test]
    fn a_stream_that_is_no_text_is_an_error() {
        for size in [1, 100] {
            let (_, messages) = decoded(b"plain\n\xE9 text", size, 100);
            assert!(messages[0].starts_with("not UTF-8 at byte 6, in line 2"), "{messages:?}");
        }
    }
}
