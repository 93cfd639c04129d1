//! The loop over a text. It replaces matches and copies everything else.

use super::super::ids;
use super::block::Pace;
use super::char_table::{CharacterKind, Four, Mark, decode};
use super::hash::{Hash, ManyWords, eight};
use super::output_buffer::{Buffer, Free, TextSink};
use super::table_properties::LongKeys;
use super::tables::{Tables, TablesView, WINDOW};
use super::token::Token;

const NONE: u8 = LongKeys::None as u8;
const FEW: u8 = LongKeys::Few as u8;
const SOME: u8 = LongKeys::Some as u8;
const MANY: u8 = LongKeys::Many as u8;

/// The bytes from `at` on. At the end of the text they are padded with zeros, in the variable that is passed last. (As
/// a function this made the loop 10% slower.)
macro_rules! window_at {
    ($bytes:expr, $at:expr, $last:ident) => {
        match $bytes.get($at..).and_then(|rest| rest.first_chunk()) {
            Some(window) => window,
            None => {
                $last = short_window($bytes, $at);
                &$last
            }
        }
    };
}

/// Why a scan stopped before the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The conversion at byte `at` depends on the surrounding text. The text before `barrier` is settled.
    Stepwise { at: usize, barrier: usize },
    /// The character at byte `at` must be normalised first.
    Compatibility { at: usize },
}

/// The progress of a scan.
#[derive(Debug, Clone, Copy)]
struct Cursor {
    at: usize,
    /// The text before this position is settled.
    barrier: usize,
}

/// Why a run ended.
enum RunEnd {
    /// At the end of the text.
    Text,
    /// At a position where an unchanged block may begin.
    Block,
    /// The sink's buffer is full.
    Full,
    /// At a token that the fast loop does not handle.
    Rare,
    /// At a phrase, or where one may begin.
    Stepwise,
}

impl TablesView<'_> {
    /// Converts from byte `from` on, which must be the start of a character.
    ///
    /// # Errors
    /// If the scan cannot continue. The text before that position has been put into the sink.
    pub fn scan(&self, text: &str, from: usize, sink: &mut TextSink) -> Result<(), Stop> {
        let bytes = text.as_bytes();
        let mut place = Cursor { at: from, barrier: from };
        let mut pace = Pace::new(from);
        loop {
            let until = self.copy_blocks(bytes, &mut place.at, &mut pace, sink);
            let run = match self.traits.long_keys {
                _ if sink.takes_notes() => self.run_noting(bytes, &mut place, until, sink),
                LongKeys::None => self.run::<NONE, false>(bytes, &mut place, until, sink),
                LongKeys::Few => self.run::<FEW, false>(bytes, &mut place, until, sink),
                LongKeys::Some => self.run::<SOME, false>(bytes, &mut place, until, sink),
                LongKeys::Many => self.run::<MANY, false>(bytes, &mut place, until, sink),
            };
            match run {
                RunEnd::Text => return Ok(()),
                RunEnd::Block => {}
                RunEnd::Full => sink.make_room(),
                RunEnd::Stepwise => return Err(Stop::Stepwise { at: place.at, barrier: place.barrier }),
                RunEnd::Rare => {
                    sink.make_room();
                    place.at += self.put_rare(bytes, place.at, &mut place.barrier, sink)?;
                }
            }
        }
    }

    /// Like [`TablesView::run`], but it also stops at keys that must be noted.
    #[inline(never)]
    fn run_noting(&self, bytes: &[u8], place: &mut Cursor, until: usize, sink: &mut TextSink) -> RunEnd {
        match self.traits.long_keys {
            LongKeys::None => self.run::<NONE, true>(bytes, place, until, sink),
            LongKeys::Few => self.run::<FEW, true>(bytes, place, until, sink),
            LongKeys::Some => self.run::<SOME, true>(bytes, place, until, sink),
            LongKeys::Many => self.run::<MANY, true>(bytes, place, until, sink),
        }
    }

    /// Converts up to a position, as long as nothing unusual occurs. All mutable state is kept in registers.
    #[inline(always)]
    fn run<const LONG_KEYS: u8, const NOTING: bool>(
        &self,
        bytes: &[u8],
        place: &mut Cursor,
        until: usize,
        sink: &mut TextSink,
    ) -> RunEnd {
        let Cursor { mut at, mut barrier } = *place;
        let filter = self.many();
        let mut free = sink.free();
        let mut last;
        let end = loop {
            if at >= until {
                break if at >= bytes.len() { RunEnd::Text } else { RunEnd::Block };
            }
            if !free.has_room() {
                break RunEnd::Full;
            }
            let window = window_at!(bytes, at, last);
            let four = Four::of(window);
            // With many keys, the look at three characters needs the whole window.
            let limit = if LONG_KEYS == MANY { 3 } else { 4 };
            let count = if LONG_KEYS == MANY { four.count_of_three() } else { four.count() };
            if count > 0 {
                let calm = match LONG_KEYS {
                    MANY => self.put_calm_of_many(window, count, filter, &mut free),
                    SOME => self.put_calm_of_some(window, count, &mut free),
                    _ => self.put_calm::<LONG_KEYS>(four, count, &mut free),
                };
                // As a constant, so that the next look need not wait for the result of this one.
                if calm == limit {
                    free.advance(3 * limit);
                    at += 3 * limit;
                    continue;
                }
                free.advance(3 * calm);
                at += 3 * calm;
                if calm == count {
                    // ASCII probably follows. If not, nothing is written.
                    let window = window_at!(bytes, at, last);
                    let length = self.traits.ascii.before_key(window).min(bytes.len() - at);
                    free.put(window, length);
                    at += length;
                    continue;
                }
                if let Some(found) = self.long_key(window_at!(bytes, at, last), bytes, at) {
                    let (value, length) = self.value_window(found);
                    if !found.is_settled() {
                        break RunEnd::Stepwise;
                    }
                    if length > WINDOW || NOTING && self.is_noted(found) {
                        break RunEnd::Rare;
                    }
                    free.put(value, length);
                    at += found.key;
                    barrier = at;
                    continue;
                }
                let own = four.from(calm) as u32;
                let mark = self.marks.of_three(own);
                if mark.is_special() {
                    break RunEnd::Rare;
                }
                free.put(&mark.value(own).to_le_bytes(), 3);
                at += 3;
            } else if window[0] < 0x80 {
                let length = self.traits.ascii.before_key(window).min(bytes.len() - at);
                if length == 0 {
                    break RunEnd::Rare;
                }
                free.put(window, length);
                at += length;
            } else {
                let Some((code, length)) = decode(window, 0) else { break RunEnd::Text };
                if !self.marks.of(code).is_plain() {
                    break RunEnd::Rare;
                }
                free.put(window, length);
                at += length;
            }
        };
        *place = Cursor { at, barrier };
        let filled = free.filled();
        sink.fill_to(filled);
        end
    }

    /// Writes those of the first `count` of four characters that come before the first one that needs more than a
    /// simple replacement. Returns their number. All four are looked up together, so that the processor need not
    /// predict what each one is.
    #[inline(always)]
    fn put_calm<const LONG_KEYS: u8>(&self, four: Four, count: usize, free: &mut Free) -> usize {
        let (a, b, c, d) = (four.from(0), four.from(1), four.from(2), four.from(3));
        let mark = |bytes: u64| self.marks.of_three(bytes as u32);
        let value = |mark: Mark, bytes: u64| mark.value(bytes as u32);
        let (of_a, of_b, of_c, of_d) = (mark(a), mark(b), mark(c), mark(d));
        free.put_four([value(of_a, a), value(of_b, b), value(of_c, c), value(of_d, d)]);
        let next = if LONG_KEYS == FEW { mark(four.from(4)) } else { of_d };
        let stops = |mark: Mark, next| if LONG_KEYS == FEW { mark.stops_before(next) } else { mark.stops() };
        before_stop([stops(of_a, of_b), stops(of_b, of_c), stops(of_c, of_d), stops(of_d, next)], count)
    }

    /// Like [`TablesView::put_calm`], with [`LongKeys::Some`]. Here many characters stop the run, and jumps are cheaper than
    /// keeping all results.
    #[inline(always)]
    fn put_calm_of_some(&self, window: &[u8; WINDOW], count: usize, free: &mut Free) -> usize {
        let (a, b, c, d) =
            (eight::<0>(window), eight::<3>(window), eight::<6>(window), eight::<8>(window) >> 8);
        let mark = |bytes: u64| self.marks.of_three(bytes as u32);
        let value = |mark: Mark, bytes: u64| mark.value(bytes as u32);
        let (of_a, of_b, of_c, of_d) = (mark(a), mark(b), mark(c), mark(d));
        free.put_four([value(of_a, a), value(of_b, b), value(of_c, c), value(of_d, d)]);
        let stops = |mark: Mark, bytes| mark.is_special() || self.may_start(Hash::of_six(bytes));
        let calm = if stops(of_a, a) {
            0
        } else if stops(of_b, b) {
            1
        } else if stops(of_c, c) {
            2
        } else if stops(of_d, d) {
            3
        } else {
            4
        };
        calm.min(count)
    }

    /// Like [`TablesView::put_calm`], with [`LongKeys::Many`], for three characters.
    #[inline(always)]
    fn put_calm_of_many(
        &self,
        window: &[u8; WINDOW],
        count: usize,
        filter: &ManyWords,
        free: &mut Free,
    ) -> usize {
        let (a, b, c, d) =
            (eight::<0>(window), eight::<3>(window), eight::<6>(window), eight::<8>(window) >> 8);
        let mark = |bytes: u64| self.marks.of_three(bytes as u32);
        let value = |mark: Mark, bytes: u64| mark.value(bytes as u32);
        let (of_a, of_b, of_c) = (mark(a), mark(b), mark(c));
        free.put_four([value(of_a, a), value(of_b, b), value(of_c, c), 0]);
        let (first, second, third, fourth) =
            (Hash::of_six(a), Hash::of_six(b), Hash::of_six(c), Hash::of_six(d));
        let stops = |mark: Mark, six: Hash, last| {
            let word = six.word_of_many(filter);
            mark.is_special() || word.may_hold(six) || word.may_hold(six.with_last(last))
        };
        let calm = if stops(of_a, first, second) {
            0
        } else if stops(of_b, second, third) {
            1
        } else if stops(of_c, third, fourth) {
            2
        } else {
            3
        };
        calm.min(count)
    }

    /// Converts a token that the fast loop does not handle, and returns its length in the text.
    #[cold]
    fn put_rare(
        &self,
        bytes: &[u8],
        at: usize,
        barrier: &mut usize,
        sink: &mut TextSink,
    ) -> Result<usize, Stop> {
        let same = |length: usize, sink: &mut TextSink| {
            sink.put_all(&bytes[at..at + length]);
            length
        };
        Ok(match self.token(bytes, at) {
            Token::Key(found) if !found.is_settled() => return Err(Stop::Stepwise { at, barrier: *barrier }),
            Token::Key(found) => {
                sink.put_found(self, found, at);
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

    /// The token at byte `at`, which must be the start of a character.
    pub fn token(&self, bytes: &[u8], at: usize) -> Token {
        let rest = bytes.get(at..).unwrap_or_default();
        let Some((code, length)) = decode(rest, 0) else { return Token::Same { length: 0, inner: false } };
        let last;
        let window = window_at!(bytes, at, last);
        if let Some(found) = self.long_key(window, bytes, at) {
            return Token::Key(found);
        }
        let mark = self.marks.of(code);
        let inner = mark.is_inner();
        match mark.kind(code) {
            CharacterKind::Becomes(character) => Token::Becomes { length, character, inner },
            CharacterKind::Compatibility => Token::Compatibility,
            CharacterKind::Short => match self.short_key(window, bytes, at) {
                Some(found) if found.is_character() => {
                    let value = decode(self.value(found), 0).and_then(|(code, _)| char::from_u32(code));
                    Token::Becomes { length, character: value.unwrap_or_default(), inner }
                }
                Some(found) => Token::Key(found),
                None => sequence(rest, code, length, inner),
            },
            CharacterKind::Operator | CharacterKind::Same => sequence(rest, code, length, inner),
        }
    }
}

impl Tables {
    /// The text with every match replaced. This is for the tables of a single step, where no scan stops early.
    pub fn replaced(&self, text: &str) -> String {
        let mut output = String::with_capacity(text.len());
        self.replace_into(text, &mut output, &mut Buffer::for_text(text.len()));
        output
    }

    /// Appends the result of [`Tables::replaced`].
    pub fn replace_into(&self, text: &str, output: &mut String, buffer: &mut Buffer) {
        let mut sink = TextSink::new(buffer, output);
        let stopped = self.view().scan(text, 0, &mut sink);
        debug_assert_eq!(stopped, Ok(()), "one step by itself");
        sink.output();
    }
}

/// The number of the first `count` entries before the first one that is not 0.
#[inline(always)]
fn before_stop([a, b, c, d]: [u32; 4], count: usize) -> usize {
    if a | b | c | d == 0 {
        return count;
    }
    let flag = |stops: u32, index: u32| u32::from(stops != 0) << index;
    let flags = flag(a, 0) | flag(b, 1) | flag(c, 2) | flag(d, 3) | 1 << count;
    flags.trailing_zeros() as usize
}

/// A description sequence, or the single character if there is no sequence.
fn sequence(rest: &[u8], code: u32, length: usize, inner: bool) -> Token {
    if !char::from_u32(code).is_some_and(|character| ids::OPERATORS.contains(&character)) {
        return Token::Same { length, inner };
    }
    let text = start_of(rest, ids::MAX_BYTES);
    ids::sequence_length(text)
        .map_or(Token::IncompleteSequence { length }, |length| Token::Sequence { length })
}

/// The complete characters within the first `limit` bytes.
fn start_of(bytes: &[u8], limit: usize) -> &str {
    let bytes = &bytes[..bytes.len().min(limit)];
    std::str::from_utf8(bytes)
        .or_else(|error| std::str::from_utf8(&bytes[..error.valid_up_to()]))
        .unwrap_or_default()
}

/// The bytes from `at` on, padded with zeros. No key contains a zero.
#[cold]
#[inline(never)]
fn short_window(bytes: &[u8], at: usize) -> [u8; WINDOW] {
    let mut window = [0; WINDOW];
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.len().min(WINDOW);
    window[..length].copy_from_slice(&rest[..length]);
    window
}
