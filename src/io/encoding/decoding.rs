//! Decodes a stream, in bounded memory.

use std::io::{self, Read};

use encoding_rs::UTF_8;

use super::super::format::BATCH;
use super::super::input::Input;
use super::super::reading::{Notice, Notices, Reading};
use super::by_mark;
use super::transcoder::Transcoder;
use super::whole::{encoding_of, guessed, mark_length, replaced};

/// Bytes after which a byte-order mark is known.
const LONGEST_MARK: usize = 3;

/// Gives the bytes of a stream in UTF-8.
pub(crate) struct Decoding<R> {
    stream: R,
    input: Input,
    reading: std::sync::Arc<Reading>,
    notices: Notices,
    /// Whether bytes that are not valid UTF-8 are replaced here. A format with short records names them better itself.
    checked: bool,
    state: State,
    /// Number of bytes before `raw`, which are ASCII.
    position: u64,
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
    pub fn new(stream: R, input: Input, reading: std::sync::Arc<Reading>, notices: Notices) -> Self {
        let (state, checked) = (State::Undecided, false);
        let (position, given) = (0, 0);
        Self {
            stream,
            input,
            reading,
            notices,
            checked,
            state,
            position,
            raw: Vec::new(),
            ready: String::new(),
            given,
        }
    }

    /// Decodes a stream. Its result is valid UTF-8.
    pub fn checked(stream: R, input: Input, reading: std::sync::Arc<Reading>, notices: Notices) -> Self {
        Self { checked: true, ..Self::new(stream, input, reading, notices) }
    }

    /// Reads more bytes into `raw`. Returns whether there were any.
    fn read_raw(&mut self) -> io::Result<bool> {
        let known = self.raw.len();
        self.raw.resize(known + BATCH, 0);
        let read = loop {
            match self.stream.read(&mut self.raw[known..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.raw.truncate(known + read.as_ref().copied().unwrap_or_default());
        Ok(read? > 0)
    }

    /// Reads until the encoding is known, or until there is ASCII to give away.
    fn decide(&mut self) -> io::Result<()> {
        loop {
            let ended = !self.read_raw()?;
            if !ended && self.position == 0 && self.raw.len() < LONGEST_MARK {
                continue;
            }
            let given = self.reading.encoding;
            if given.is_none() && !ended && by_mark(&self.raw).is_none() && self.raw.is_ascii() {
                return self.give_ascii();
            }
            match encoding_of(&self.raw, given, ended) {
                Ok(encoding) => return self.begin(encoding, ended),
                Err(_) if !ended && self.raw.len() < BATCH => {}
                Err(doubt) => return Err(invalid(doubt)),
            }
        }
    }

    fn give_ascii(&mut self) -> io::Result<()> {
        self.position += self.raw.len() as u64;
        self.ready = String::from_utf8(std::mem::take(&mut self.raw)).map_err(io::Error::other)?;
        Ok(())
    }

    fn begin(&mut self, encoding: &'static encoding_rs::Encoding, ended: bool) -> io::Result<()> {
        self.notices.add(Notice::Encoding(encoding));
        if encoding == UTF_8 && !self.checked {
            self.state = State::Verbatim;
            return Ok(());
        }
        if self.reading.encoding.is_none() && by_mark(&self.raw).is_none() && encoding != UTF_8 {
            self.notices.add(guessed(&self.input, encoding));
        }
        let mark = if self.position == 0 { mark_length(&self.raw, encoding) } else { 0 };
        self.raw.drain(..mark);
        self.state = State::Decoded(Transcoder::new(encoding, self.position + mark as u64));
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

fn invalid(reason: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, reason)
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.given < self.ready.len() {
                return Ok(Self::give(self.ready.as_bytes(), &mut self.given, buffer));
            }
            match self.state {
                State::Ended => return Ok(0),
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
