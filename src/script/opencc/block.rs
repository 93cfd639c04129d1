//! Blocks of a text that do not change. They are found and copied without a look-up of each character's mark.

use std::borrow::Cow;

use super::hash::Hash;
use super::output_buffer::TextSink;
use super::table_properties::LongKeys;
use super::tables::{CompilerInput, Tables, TablesView};

/// Bytes of a block.
pub(super) const BLOCK: usize = 64;
/// Bytes that are read for a block. The look-up of its last character needs the bytes after it.
pub(super) const READ: usize = BLOCK + 8;
/// Bytes after a block that are read with it.
const AHEAD: usize = READ - BLOCK;
/// If fewer bytes of a block could be copied, the attempt did not pay.
const WORTH: usize = BLOCK / 2;
/// Bytes that are converted in the ordinary way after an attempt that did not pay. The pause grows fourfold after each
/// further such attempt, up to `LONGEST_PAUSE`. So the attempts take only a few per cent of the time where most
/// characters change.
const FIRST_PAUSE: usize = 128;
const LONGEST_PAUSE: usize = 4096;

/// One bit for each three-byte character: whether it stays unchanged unless a key of six bytes or more begins with it.
/// The first two bytes select the row, the third byte selects the bit. Bytes that start like a four-byte character have
/// no bit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct PlainCharacters(pub Cow<'static, [u64]>);

/// Borrowed [`PlainCharacters`].
pub(super) type PlainView<'t> = &'t [u64; ROWS];

const ROWS: usize = 1 << 11;

impl PlainCharacters {
    /// The characters for which `is_plain` is true.
    pub fn of(is_plain: impl Fn(char) -> bool) -> Self {
        let mut rows = vec![0; ROWS];
        for character in ('\u{800}'..='\u{FFFF}').filter(|character| is_plain(*character)) {
            let mut bytes = [0; 8];
            character.encode_utf8(&mut bytes);
            let bytes = u64::from_le_bytes(bytes);
            rows[row(bytes)] |= 1 << bit(bytes);
        }
        Self(rows.into())
    }

    /// `None` if no blocks should be looked for.
    pub fn view(&self) -> Option<PlainView<'_>> {
        self.0.first_chunk()
    }
}

/// The row for the first two bytes of a character. Each pair of first bytes of three-byte and four-byte characters gets
/// its own row, because the upper bits, which are the same in all of them, make room for the lower bits of the second
/// byte.
#[inline(always)]
fn row(bytes: u64) -> usize {
    (bytes ^ bytes >> 3) as usize % ROWS
}

#[inline(always)]
fn bit(bytes: u64) -> u32 {
    (bytes >> 16) as u32 % u64::BITS
}

/// When to look for the next block.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pace {
    /// The next position to look at.
    next: usize,
    pause: usize,
}

impl Pace {
    /// Starts at a position.
    pub fn new(from: usize) -> Self {
        Self { next: from, pause: FIRST_PAUSE }
    }

    /// Records that `copied` bytes of a block could be copied, up to position `at`.
    #[inline(always)]
    fn note(&mut self, copied: usize, at: usize) {
        if copied >= WORTH {
            // The character that ended this block would begin the next one.
            self.next = at + usize::from(copied < BLOCK - 2);
            self.pause = FIRST_PAUSE;
        } else {
            self.next = at + self.pause;
            self.pause = (4 * self.pause).min(LONGEST_PAUSE);
        }
    }
}

/// The positions where multi-byte characters start. There is a bit for each byte of a block, the first byte lowest.
struct CharacterStarts {
    /// Characters of three or four bytes.
    long: u64,
    /// Characters of two bytes.
    short: u64,
}

impl CharacterStarts {
    #[inline(always)]
    fn of(block: &[u8; READ]) -> Self {
        const HIGHEST: u64 = u64::from_le_bytes([0x80; 8]);
        // Puts the highest bits of eight bytes side by side.
        let gathered = |bits: u64| (bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        let (mut long, mut all) = (0, 0);
        for (index, bytes) in block[..BLOCK].as_chunks::<8>().0.iter().enumerate() {
            let bytes = u64::from_le_bytes(*bytes);
            let starts = bytes & bytes << 1 & HIGHEST;
            all |= gathered(starts) << (8 * index);
            long |= gathered(starts & bytes << 2) << (8 * index);
        }
        Self { long, short: all ^ long }
    }
}

impl Tables {
    /// The same tables, prepared for the search for blocks. They stay without blocks if nearly every block contains a
    /// position that must be examined, or if look-ups of three-byte characters cannot find some key. Use this only for
    /// tables that convert whole texts; a single step gets short stretches.
    pub fn with_blocks(self, source: &CompilerInput) -> Self {
        let is_found = |key: &String| {
            let mut characters = key.trim_start_matches(|c: char| c.is_ascii()).chars();
            characters.next().is_some_and(|first| first.len_utf8() >= 3)
        };
        let looks = match self.traits.long_keys {
            // In this case ASCII is not examined.
            LongKeys::None => !source.keys.keys().any(|key| key.starts_with(|c: char| c.is_ascii())),
            LongKeys::Few | LongKeys::Some => true,
            LongKeys::Many => false,
        };
        if !looks || self.traits.ascii.longest() > AHEAD || !source.keys.keys().all(is_found) {
            return self;
        }
        let marks = self.marks.view();
        let plain = PlainCharacters::of(|character| marks.of(character as u32).stays());
        Self { plain, ..self }
    }
}

impl TablesView<'_> {
    /// Copies blocks that do not change, starting at `at`, and moves `at` past them. Returns the position where to try
    /// again.
    pub(super) fn copy_blocks(
        &self,
        bytes: &[u8],
        at: &mut usize,
        pace: &mut Pace,
        sink: &mut TextSink,
    ) -> usize {
        let Some(plain) = self.plain else { return bytes.len() };
        while *at >= pace.next {
            let Some(block) = bytes.get(*at..).and_then(|rest| rest.first_chunk::<READ>()) else {
                return bytes.len();
            };
            let staying = match self.traits.long_keys {
                LongKeys::None => self.staying::<false>(plain, block),
                _ => self.staying::<true>(plain, block),
            };
            sink.put_block(block, staying);
            *at += staying;
            pace.note(staying, *at);
        }
        pace.next.min(bytes.len())
    }

    /// The number of bytes of a block that do not change and may be copied at once. The rest starts with a character.
    /// `HASHED` is set if there are keys of six bytes or more.
    #[inline(always)]
    fn staying<const HASHED: bool>(&self, plain: PlainView, block: &[u8; READ]) -> usize {
        let CharacterStarts { long, short } = CharacterStarts::of(block);
        // A character that crosses the end of the block is left out.
        const LAST: u64 = 1 << (BLOCK - 1);
        const LAST_TWO: u64 = LAST | LAST >> 1;
        let mut end = (long & LAST_TWO | short & LAST).trailing_zeros() as usize;
        let follows_ascii = |at: usize| self.ascii_ends.holds(block[at.wrapping_sub(1) % BLOCK]);
        let mut left = long & !LAST_TWO;
        while left != 0 {
            let at = left.trailing_zeros() as usize;
            let bytes = block.get(at..at + 8).and_then(|bytes| bytes.first_chunk());
            let bytes = bytes.map_or(0, |bytes| u64::from_le_bytes(*bytes));
            let is_plain = plain[row(bytes)] >> bit(bytes) & 1 != 0;
            if !is_plain || HASHED && (self.may_start(Hash::of_six(bytes)) || follows_ascii(at)) {
                end = at;
                break;
            }
            left &= left - 1;
        }
        let reaches_over = end == BLOCK && self.key_may_reach_over(block);
        if HASHED && (follows_ascii(end) || reaches_over) { self.before_ascii(block, end) } else { end }
    }

    /// Whether the ASCII characters of a key may begin in a block and end after it.
    #[inline(always)]
    fn key_may_reach_over(&self, block: &[u8; READ]) -> bool {
        const OTHERS: u64 = u64::from_le_bytes([0x80; AHEAD]);
        let ahead = block.last_chunk().map_or(0, |ahead| u64::from_le_bytes(*ahead));
        let ascii = (ahead & OTHERS).trailing_zeros() as usize / 8;
        ascii < AHEAD && block[BLOCK - 1].is_ascii() && self.ascii_ends.holds(block[BLOCK - 1 + ascii])
    }

    /// The position before byte `at` of a block up to which no key begins with the ASCII characters before that byte.
    #[cold]
    fn before_ascii(&self, block: &[u8; READ], at: usize) -> usize {
        let run = block[..at].iter().rev().take_while(|byte| byte.is_ascii()).count();
        at - run.min(self.traits.ascii.longest())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::output_buffer::Buffer;
    use super::super::tables::KeyEffect;
    use super::*;

    /// Keys that start with ASCII, follow one another, and overlap, and two characters that change.
    fn source(phrases: &[&str]) -> CompilerInput {
        let segments = phrases.iter().map(|key| ((*key).to_owned(), KeyEffect::Segment("——".to_owned())));
        let characters = [("說", '说'), ("后", '後')];
        let characters = characters.map(|(key, value)| (key.to_owned(), KeyEffect::Character(value)));
        CompilerInput { keys: segments.chain(characters).collect(), ..CompilerInput::default() }
    }

    fn with_blocks(source: &CompilerInput) -> Tables {
        Tables::compile(source).with_blocks(source)
    }

    fn converted(tables: &Tables, text: &str) -> String {
        let (mut output, mut buffer) = (String::new(), Buffer::small());
        let mut sink = TextSink::new(&mut buffer, &mut output);
        tables.view().scan(text, 0, &mut sink).unwrap_or_else(|stop| panic!("{stop:?}"));
        sink.output().clone()
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn blocks_change_no_output(
            pieces in prop::collection::vec((
                "[a-zAUSQL 的是一]{0,80}",
                prop::sample::select(vec![
                    "U盤", "SQL注入", "SQL", "U", "A", "注入", "中國人民", "中國", "民說", "說", "后", "é", "👍", "𠀀", "",
                ]),
            ), 1..12)
        ) {
            let text: String = pieces.iter().map(|(calm, rest)| format!("{calm}{rest}")).collect();
            for phrases in [&["中國人民", "民說", "U盤", "SQL注入"][..], &["中國人民", "A一"], &[]] {
                let source = source(phrases);
                let with = with_blocks(&source);
                prop_assert!(with.plain.view().is_some());
                let without = Tables::compile(&source);
                prop_assert_eq!(converted(&with, &text), converted(&without, &text));
            }
        }
    }

    #[test]
    fn keys_that_begin_with_ascii_are_seen_wherever_a_block_ends() {
        for key in ["SQL注入", "U盤", "ABCDEFGH注入", "ABCDEFGHI注入", "ABCDEFGHIJKLMNOPQRST注入"] {
            let source = source(&[key, "中國人民"]);
            let (with, without) = (with_blocks(&source), Tables::compile(&source));
            for calm in 0..200 {
                let text = format!("{}是{}{key}的", "a".repeat(calm), "L".repeat(calm % 23));
                assert_eq!(converted(&with, &text), converted(&without, &text), "{text}");
            }
        }
    }

    #[test]
    fn tables_whose_keys_a_block_could_not_see_have_none() {
        for key in ["SQL", "éa", "Aé", "é"] {
            assert!(with_blocks(&source(&[key, "中國人民"])).plain.view().is_none(), "{key}");
        }
        assert!(
            with_blocks(&source(&["A肝"])).plain.view().is_none(),
            "no key of six bytes, so ASCII is not looked at"
        );
    }
}
