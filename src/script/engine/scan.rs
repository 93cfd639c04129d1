//! The loop over a text: what matches is replaced, everything else copied.

use super::super::ids;
use super::sink::{Buffer, Sink};
use super::tables::{Found, Kind, Tables, View, WINDOW, decode, first_eight};

/// Why a scan stopped before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// What stands at a byte depends on what is around it; what was before `barrier` is settled.
    Stepwise { at: usize, barrier: usize },
    /// The character at a byte must be normalised first.
    Compatibility { at: usize },
}

/// How far a scan has come.
#[derive(Debug, Clone, Copy)]
struct Place {
    at: usize,
    /// What is before is settled.
    barrier: usize,
}

/// Why a run ended.
enum RunEnd {
    /// At the end of the text.
    Text,
    /// The sink's buffer is full.
    Full,
    /// At something that is not handled at once.
    Rare,
    /// At a phrase, or where one may begin.
    Stepwise,
}

/// What stands in a place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    /// A key.
    Key(Found),
    /// A character of so many bytes that becomes another one, and whether phrases may reach over it.
    Becomes { length: usize, character: char, inner: bool },
    /// A character of so many bytes that stays, and whether phrases may reach over it.
    Same { length: usize, inner: bool },
    /// A complete description sequence of so many bytes.
    Sequence { length: usize },
    /// The character that would start a description sequence.
    IncompleteSequence { length: usize },
    /// A character that must be normalised first.
    Compatibility,
}

impl View<'_> {
    /// Converts from a byte on, which must start a character.
    ///
    /// # Errors
    /// Where it cannot go on; what is before that place has been put into the sink.
    pub fn scan(&self, text: &str, from: usize, sink: &mut Sink) -> Result<(), Stop> {
        let bytes = text.as_bytes();
        let mut place = Place { at: from, barrier: from };
        loop {
            let run = if self.traits.sparse {
                self.run::<true>(bytes, &mut place, sink)
            } else {
                self.run::<false>(bytes, &mut place, sink)
            };
            match run {
                RunEnd::Text => return Ok(()),
                RunEnd::Full => sink.make_room(),
                RunEnd::Stepwise => return Err(Stop::Stepwise { at: place.at, barrier: place.barrier }),
                RunEnd::Rare => {
                    sink.make_room();
                    place.at += self.put_rare(bytes, place.at, &mut place.barrier, sink)?;
                }
            }
        }
    }

    /// Converts as long as nothing unusual comes. All that changes is kept in registers.
    #[inline(always)]
    fn run<const SPARSE: bool>(&self, bytes: &[u8], place: &mut Place, sink: &mut Sink) -> RunEnd {
        let Place { mut at, mut barrier } = *place;
        let mut free = sink.free();
        let mut last;
        let end = loop {
            if at >= bytes.len() {
                break RunEnd::Text;
            }
            if !free.has_room() {
                break RunEnd::Full;
            }
            let window = match bytes.get(at..).and_then(|rest| rest.first_chunk()) {
                Some(window) => window,
                None => {
                    last = window_at(bytes, at);
                    &last
                }
            };
            let eight = first_eight(window);
            if eight & 0xF0 == 0xE0 {
                let own = eight as u32;
                let mark = self.mark((own & 0x0F) << 12 | (own >> 8 & 0x3F) << 6 | own >> 16 & 0x3F);
                if (!SPARSE || self.starts_key(mark))
                    && let Some(found) = self.long_key(window, bytes, at)
                {
                    if !found.is_segment() {
                        break RunEnd::Stepwise;
                    }
                    let (value, length) = self.value_window(found);
                    if length > WINDOW {
                        break RunEnd::Rare;
                    }
                    free.put(value, length);
                    at += found.key;
                    barrier = at;
                    continue;
                }
                if mark.is_special() {
                    break RunEnd::Rare;
                }
                free.put(&mark.value(own).to_le_bytes(), 3);
                at += 3;
            } else if eight & 0x80 == 0 {
                let ascii = ((eight & 0x8080_8080_8080_8080).trailing_zeros() / 8) as usize;
                let ascii = self.traits.ascii.before_key(eight, ascii.min(bytes.len() - at));
                if ascii == 0 {
                    break RunEnd::Rare;
                }
                free.put(&eight.to_le_bytes(), ascii);
                at += ascii;
            } else {
                break RunEnd::Rare;
            }
        };
        *place = Place { at, barrier };
        let filled = free.filled();
        sink.fill_to(filled);
        end
    }

    /// Puts what the loop does not handle at once; gives its length in the text.
    #[cold]
    fn put_rare(&self, bytes: &[u8], at: usize, barrier: &mut usize, sink: &mut Sink) -> Result<usize, Stop> {
        let same = |length: usize, sink: &mut Sink| {
            sink.put_all(&bytes[at..at + length]);
            length
        };
        Ok(match self.token(bytes, at) {
            Token::Key(found) if !found.is_segment() => return Err(Stop::Stepwise { at, barrier: *barrier }),
            Token::Key(found) => {
                sink.put_all(self.value(found));
                *barrier = at + found.key;
                found.key
            }
            Token::Becomes { length, character, .. } => {
                sink.put_all(character.encode_utf8(&mut [0; 4]).as_bytes());
                length
            }
            Token::Same { length, .. } => same(length, sink),
            Token::Sequence { length } => {
                *barrier = at + length;
                same(length, sink)
            }
            Token::IncompleteSequence { .. } if self.traits.chained => {
                return Err(Stop::Stepwise { at, barrier: *barrier });
            }
            Token::IncompleteSequence { length } => same(length, sink),
            Token::Compatibility => return Err(Stop::Compatibility { at }),
        })
    }

    /// What stands at a byte, which must start a character.
    pub fn token(&self, bytes: &[u8], at: usize) -> Token {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some((code, length)) = decode(rest, 0) else { return Token::Same { length: 0, inner: false } };
        let window = window_at(bytes, at);
        if let Some(found) = self.long_key(&window, bytes, at) {
            return Token::Key(found);
        }
        let mark = self.mark(code);
        let inner = mark.is_inner();
        match mark.kind() {
            Kind::Becomes(character) => Token::Becomes { length, character, inner },
            Kind::Compatibility => Token::Compatibility,
            Kind::Short => match self.short_key(&window, bytes, at) {
                Some(found) if found.is_character() => {
                    let value = decode(self.value(found), 0).and_then(|(code, _)| char::from_u32(code));
                    Token::Becomes { length, character: value.unwrap_or_default(), inner }
                }
                Some(found) => Token::Key(found),
                None => sequence(rest, code, length, inner),
            },
            Kind::Operator | Kind::Same => sequence(rest, code, length, inner),
        }
    }
}

impl Tables {
    /// The text with every match replaced. Meant for the tables of one step, which hold nothing to stop at.
    pub fn replaced(&self, text: &str) -> String {
        let mut output = String::with_capacity(text.len());
        self.replace_into(text, &mut output, &mut Buffer::for_text(text.len()));
        output
    }

    /// Appends what [`Tables::replaced`] gives.
    pub fn replace_into(&self, text: &str, output: &mut String, buffer: &mut Buffer) {
        let mut sink = Sink::new(buffer, output);
        let stopped = self.view().scan(text, 0, &mut sink);
        debug_assert_eq!(stopped, Ok(()), "one step by itself");
        sink.output();
    }
}

/// A description sequence, or the character alone.
fn sequence(rest: &[u8], code: u32, length: usize, inner: bool) -> Token {
    if !char::from_u32(code).is_some_and(|character| ids::OPERATORS.contains(&character)) {
        return Token::Same { length, inner };
    }
    let text = start_of(rest, ids::MAX_BYTES);
    ids::sequence_length(text)
        .map_or(Token::IncompleteSequence { length }, |length| Token::Sequence { length })
}

/// The whole characters within the first bytes.
fn start_of(bytes: &[u8], limit: usize) -> &str {
    let bytes = &bytes[..bytes.len().min(limit)];
    std::str::from_utf8(bytes)
        .or_else(|error| std::str::from_utf8(&bytes[..error.valid_up_to()]))
        .unwrap_or_default()
}

/// The bytes from a place on, filled with zeros at the end of the text. No key holds a zero.
#[cold]
#[inline(never)]
fn window_at(bytes: &[u8], at: usize) -> [u8; WINDOW] {
    let mut window = [0; WINDOW];
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.len().min(WINDOW);
    window[..length].copy_from_slice(&rest[..length]);
    window
}
