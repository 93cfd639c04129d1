//! The properties of each character at the start of a key. There is one number per character, in a table indexed by its
//! UTF-8.

use std::borrow::Cow;

use super::tables::WINDOW;

/// Characters in a row of the table: those that differ only in their last byte.
const ROW: usize = 64;
/// Rows for the characters of up to three bytes.
const ROWS: usize = 1 << 10;

/// The properties of a character at the start of a key, in 32 bits. The lowest 24 bits hold the difference (XOR)
/// between its UTF-8 and the UTF-8 of its replacement, 0 if it does not change. The bits above are flags. Special
/// characters hold a [`CharacterKind`] in the highest bits and their payload in the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark(u32);

impl Mark {
    const VALUE: u32 = (1 << 24) - 1;
    const SECOND: u32 = 1 << 24;
    const STARTS: u32 = 1 << 25;
    const KEYED: u32 = 1 << 26;
    const INNER: u32 = 1 << 27;
    const KEPT: u32 = 1 << 28;
    const FLAGS: u32 = Self::SECOND | Self::STARTS | Self::KEYED | Self::INNER | Self::KEPT;
    const KIND: u32 = 29;
    const SPECIAL: u32 = u32::MAX << Self::KIND;

    /// Whether phrases may extend over it.
    pub fn is_inner(self) -> bool {
        self.0 & Self::INNER != 0
    }

    /// Whether no key contains it, no phrase extends over it, and it is not special.
    pub fn is_free(self) -> bool {
        self.0 & (Self::INNER | Self::KEYED) == 0 && !self.is_special()
    }

    /// Whether it stays unchanged and starts nothing.
    #[inline(always)]
    pub fn is_plain(self) -> bool {
        self.stays() && self.0 & Self::STARTS == 0
    }

    /// Whether it stays unchanged unless a key of six bytes or more begins with it.
    #[inline(always)]
    pub fn stays(self) -> bool {
        self.0 & Self::VALUE == 0 && !self.is_special()
    }

    /// Whether it is anything other than a three-byte character that becomes a three-byte character.
    #[inline(always)]
    pub fn is_special(self) -> bool {
        self.0 >> Self::KIND != 0
    }

    /// Not 0 if it is special.
    #[inline(always)]
    pub fn stops(self) -> u32 {
        self.0 & Self::SPECIAL
    }

    /// Not 0 if it is special, or if it is a three-byte character that may start a key of six bytes or more whose next
    /// character has the mark `next`.
    #[inline(always)]
    pub fn stops_before(self, next: Self) -> u32 {
        self.0 & Self::SPECIAL | self.0 & next.0 << 1 & Self::STARTS
    }

    /// The UTF-8 of the replacement of a three-byte character that is not special. `own` is the character itself. The
    /// highest byte has no meaning.
    #[inline(always)]
    pub fn value(self, own: u32) -> u32 {
        own ^ self.0
    }

    /// How to treat the character. `code` is its code point.
    pub fn kind(self, code: u32) -> CharacterKind {
        let payload = self.0 & Self::VALUE;
        let becomes = |character: Option<char>| character.map_or(CharacterKind::Same, CharacterKind::Becomes);
        match self.0 >> Self::KIND {
            1 => becomes(char::from_u32(payload)),
            2 => CharacterKind::Short,
            3 => CharacterKind::Operator,
            4 => CharacterKind::Compatibility,
            _ if self.0 & (Self::VALUE | Self::KEPT) == 0 => CharacterKind::Same,
            _ => {
                let own = char::from_u32(code).map_or(0, bytes_of);
                becomes(decode(&(own ^ payload).to_le_bytes(), 0).and_then(|(code, _)| char::from_u32(code)))
            }
        }
    }

    /// This mark for a character that becomes `character`.
    pub(super) fn becoming(self, own: char, character: char) -> Self {
        let value = match (own.len_utf8(), character.len_utf8()) {
            _ if own == character => Self::KEPT,
            (3, 3) => bytes_of(own) ^ bytes_of(character),
            _ => 1 << Self::KIND | character as u32,
        };
        Self(self.0 & Self::FLAGS | value)
    }

    /// This mark for a character that starts keys of [`CharacterKind::Short`].
    pub(super) fn short(self) -> Self {
        Self(self.0 & Self::FLAGS | 2 << Self::KIND)
    }

    /// This mark for a description character.
    pub(super) fn operator(self) -> Self {
        Self(self.0 & Self::FLAGS | 3 << Self::KIND)
    }

    /// This mark for a character to be normalised.
    pub(super) fn compatibility(self) -> Self {
        Self(self.0 & Self::FLAGS | 4 << Self::KIND)
    }

    /// This mark for a character over which phrases may extend.
    pub(super) fn inner(self) -> Self {
        Self(self.0 | Self::INNER)
    }

    /// This mark for a character that a key contains.
    pub(super) fn keyed(self) -> Self {
        Self(self.0 | Self::KEYED)
    }

    /// This mark for a character that starts a key of six bytes or more.
    pub(super) fn starting(self) -> Self {
        Self(self.0 | Self::STARTS)
    }

    /// This mark for the second character in such a key, which has three bytes.
    pub(super) fn second(self) -> Self {
        Self(self.0 | Self::SECOND)
    }
}

/// How to treat a character if no long key matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CharacterKind {
    /// It stays unchanged.
    Same,
    /// It becomes another one.
    Becomes(char),
    /// It starts keys that are found by their length, or longer keys whose second character does not have three bytes.
    Short,
    /// It starts ideographic description sequences.
    Operator,
    /// It must be normalised before anything else.
    Compatibility,
}

/// The marks of all characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marks {
    /// The positions in `marks` where the rows start. First come the rows for characters of up to three bytes, then
    /// those for characters of four bytes, indexed by code point up to the last one in use.
    pub index: Cow<'static, [u32]>,
    /// One [`Mark`] per character. The first row serves characters without properties.
    pub marks: Cow<'static, [u32]>,
}

impl Default for Marks {
    fn default() -> Self {
        Self { index: vec![0; ROWS].into(), marks: vec![0; ROW].into() }
    }
}

impl Marks {
    /// Changes the mark of a character.
    pub fn set(&mut self, character: char, change: impl FnOnce(Mark) -> Mark) {
        let (row, place) = place_of(character as u32);
        let (index, marks) = (self.index.to_mut(), self.marks.to_mut());
        index.resize(index.len().max(row + 1), 0);
        if index[row] == 0 {
            index[row] = marks.len() as u32;
            marks.resize(marks.len() + ROW, 0);
        }
        let mark = &mut marks[index[row] as usize + place];
        *mark = change(Mark(*mark)).0;
    }

    pub fn view(&self) -> MarksView<'_> {
        let (index, beyond) = self.index.split_first_chunk().unwrap_or((&[0; ROWS], &[]));
        MarksView { index, beyond, marks: &self.marks }
    }
}

/// Borrowed [`Marks`].
#[derive(Debug, Clone, Copy)]
pub(super) struct MarksView<'t> {
    index: &'t [u32; ROWS],
    beyond: &'t [u32],
    marks: &'t [u32],
}

impl MarksView<'_> {
    /// The mark of a three-byte character, whose bytes are the lowest of `bytes`. If `bytes` hold something else, the
    /// result is the mark of another character.
    #[inline(always)]
    pub fn of_three(&self, bytes: u32) -> Mark {
        let row = self.index[row_of_three(bytes)];
        Mark(self.marks[row as usize + (bytes >> 16) as usize % ROW])
    }

    /// The mark of a code point.
    #[inline]
    pub fn of(&self, code: u32) -> Mark {
        let (row, place) = place_of(code);
        let row = if row < ROWS { self.index.get(row) } else { self.beyond.get(row - ROWS) };
        row.and_then(|row| self.marks.get(*row as usize + place)).map_or(Mark(0), |mark| Mark(*mark))
    }
}

/// The row of a three-byte character, whose bytes are the lowest of `bytes`. Each pair of first two bytes gets its own
/// row, because the upper bits of both bytes are the same in all such characters.
#[inline(always)]
fn row_of_three(bytes: u32) -> usize {
    (bytes ^ bytes >> 4) as usize % ROWS
}

/// The position of a three-byte character in a table of all of them. Its bytes are the lowest of `bytes`. The position
/// is below `1 << 16`, like the position that [`place_in_plane`] gives for any other character of the basic plane.
#[inline(always)]
pub(crate) fn place_of_three(bytes: u32) -> usize {
    row_of_three(bytes) * ROW + (bytes >> 16) as usize % ROW
}

/// The position in the same table of a character of the basic plane, given by its code point.
#[inline]
pub(crate) fn place_in_plane(code: u16) -> usize {
    let (row, place) = place_of(code.into());
    row * ROW + place
}

/// The row of a code point in the index, and its position in that row. Characters of fewer bytes are treated as if they
/// had three; no other character has these three bytes.
fn place_of(code: u32) -> (usize, usize) {
    let row = match code {
        0..0x1_0000 => row_of_three((code >> 6 & 0x3F | 0x80) << 8 | code >> 12 | 0xE0),
        _ => ROWS + (code as usize - 0x1_0000) / ROW,
    };
    (row, code as usize % ROW)
}

/// The UTF-8 of a character, the first byte lowest.
fn bytes_of(character: char) -> u32 {
    let mut bytes = [0; 4];
    character.encode_utf8(&mut bytes);
    u32::from_le_bytes(bytes)
}

/// The code point that starts at byte `at`, and its length. The byte must be the first byte of a character.
#[inline]
pub(crate) fn decode(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let low = |offset: usize| u32::from(bytes.get(at + offset).copied().unwrap_or_default() & 0x3F);
    let first = u32::from(*bytes.get(at)?);
    Some(match first {
        0..0x80 => (first, 1),
        0xE0..0xF0 => ((first & 0x0F) << 12 | low(1) << 6 | low(2), 3),
        0xF0.. => ((first & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3), 4),
        _ => ((first & 0x1F) << 6 | low(1), 2),
    })
}

/// The first four characters in a window, if they have three bytes each, and the bytes after them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Four(u128);

impl Four {
    #[inline(always)]
    pub fn of(window: &[u8; WINDOW]) -> Self {
        Self(u128::from_le_bytes(*window))
    }

    /// The text from byte `at` on, padded with zeros.
    #[inline(always)]
    pub fn at(text: &[u8], at: usize) -> Self {
        if let Some(window) = text.get(at..).and_then(|rest| rest.first_chunk()) {
            return Self::of(window);
        }
        let missing = (at + WINDOW).saturating_sub(text.len()).min(WINDOW);
        match text.last_chunk::<WINDOW>() {
            Some(last) => {
                Self(u128::from_le_bytes(*last).checked_shr(8 * missing as u32).unwrap_or_default())
            }
            None => Self(text.iter().skip(at).rev().fold(0, |all, byte| all << 8 | u128::from(*byte))),
        }
    }

    /// The number of bytes before the first non-ASCII byte.
    #[inline(always)]
    pub fn ascii(self) -> usize {
        const OTHERS: u128 = u128::from_le_bytes([0x80; WINDOW]);
        (self.0 & OTHERS).trailing_zeros() as usize / 8
    }

    /// The number of the four characters before the first one that does not have three bytes.
    #[inline(always)]
    pub fn count(self) -> usize {
        const FIRST_BYTES: u128 = 0xF0 | 0xF0 << 24 | 0xF0 << 48 | 0xF0 << 72;
        const OF_THREE: u128 = 0xE0 | 0xE0 << 24 | 0xE0 << 48 | 0xE0 << 72;
        const FIFTH: u128 = 1 << 96;
        let others = (self.0 & FIRST_BYTES) ^ OF_THREE | FIFTH;
        others.trailing_zeros() as usize / 24
    }

    /// Like [`Four::count`], for the first three characters.
    #[inline(always)]
    pub fn count_of_three(self) -> usize {
        const FIRST_BYTES: u64 = 0xF0 | 0xF0 << 24 | 0xF0 << 48;
        const OF_THREE: u64 = 0xE0 | 0xE0 << 24 | 0xE0 << 48;
        let others = self.from(0) & FIRST_BYTES ^ OF_THREE;
        if others == 0 { 3 } else { others.trailing_zeros() as usize / 24 }
    }

    /// The bytes from one of the four characters on, or from the position of a fifth.
    #[inline(always)]
    pub fn from(self, index: usize) -> u64 {
        (self.0 >> (24 * index)) as u64
    }
}
