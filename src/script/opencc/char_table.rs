//! What each character is at the start of a key: one number a character, in a table found by its UTF-8.

use std::borrow::Cow;

use super::tables::WINDOW;

/// Characters to a row of the table: those that differ in their last byte.
const ROW: usize = 64;
/// Rows of the characters of up to three bytes.
const ROWS: usize = 1 << 10;

/// What a character is at the start of a key, in 32 bits: in the lowest 24 what its UTF-8 and that of what it
/// becomes differ in (0 for itself), flags above. Special characters hold a [`Kind`] in the highest bits and
/// their payload in the lowest.
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

    /// Whether phrases may reach over it.
    pub fn is_inner(self) -> bool {
        self.0 & Self::INNER != 0
    }

    /// Whether no key holds it, nor phrases reach over it, and it is not special.
    pub fn is_free(self) -> bool {
        self.0 & (Self::INNER | Self::KEYED) == 0 && !self.is_special()
    }

    /// Whether it stays as it is and starts nothing.
    #[inline(always)]
    pub fn is_plain(self) -> bool {
        self.stays() && self.0 & Self::STARTS == 0
    }

    /// Whether it stays as it is where no key of six bytes or more begins.
    #[inline(always)]
    pub fn stays(self) -> bool {
        self.0 & Self::VALUE == 0 && !self.is_special()
    }

    /// Whether it is anything but a character of three bytes that becomes one of three bytes.
    #[inline(always)]
    pub fn is_special(self) -> bool {
        self.0 >> Self::KIND != 0
    }

    /// Not 0 if it is special.
    #[inline(always)]
    pub fn stops(self) -> u32 {
        self.0 & Self::SPECIAL
    }

    /// Not 0 if it is special, or is one of three bytes and may start a key of six bytes or more that goes on with
    /// a character of the mark `next`.
    #[inline(always)]
    pub fn stops_before(self, next: Self) -> u32 {
        self.0 & Self::SPECIAL | self.0 & next.0 << 1 & Self::STARTS
    }

    /// The UTF-8 of what a character of three bytes becomes that is not special, itself being `own`; the highest
    /// byte has no meaning.
    #[inline(always)]
    pub fn value(self, own: u32) -> u32 {
        own ^ self.0
    }

    /// How to treat the character, which is of this code point.
    pub fn kind(self, code: u32) -> Kind {
        let payload = self.0 & Self::VALUE;
        let becomes = |character: Option<char>| character.map_or(Kind::Same, Kind::Becomes);
        match self.0 >> Self::KIND {
            1 => becomes(char::from_u32(payload)),
            2 => Kind::Short,
            3 => Kind::Operator,
            4 => Kind::Compatibility,
            _ if self.0 & (Self::VALUE | Self::KEPT) == 0 => Kind::Same,
            _ => {
                let own = char::from_u32(code).map_or(0, bytes_of);
                becomes(decode(&(own ^ payload).to_le_bytes(), 0).and_then(|(code, _)| char::from_u32(code)))
            }
        }
    }

    /// With what a character becomes.
    pub(super) fn becoming(self, own: char, character: char) -> Self {
        let value = match (own.len_utf8(), character.len_utf8()) {
            _ if own == character => Self::KEPT,
            (3, 3) => bytes_of(own) ^ bytes_of(character),
            _ => 1 << Self::KIND | character as u32,
        };
        Self(self.0 & Self::FLAGS | value)
    }

    /// As one that starts keys of [`Kind::Short`].
    pub(super) fn short(self) -> Self {
        Self(self.0 & Self::FLAGS | 2 << Self::KIND)
    }

    /// As a description character.
    pub(super) fn operator(self) -> Self {
        Self(self.0 & Self::FLAGS | 3 << Self::KIND)
    }

    /// As one to be normalised.
    pub(super) fn compatibility(self) -> Self {
        Self(self.0 & Self::FLAGS | 4 << Self::KIND)
    }

    /// As one that phrases may reach over.
    pub(super) fn inner(self) -> Self {
        Self(self.0 | Self::INNER)
    }

    /// As one that a key holds.
    pub(super) fn keyed(self) -> Self {
        Self(self.0 | Self::KEYED)
    }

    /// As one that starts a key of six bytes or more.
    pub(super) fn starting(self) -> Self {
        Self(self.0 | Self::STARTS)
    }

    /// As the second one in such a key, of three bytes.
    pub(super) fn second(self) -> Self {
        Self(self.0 | Self::SECOND)
    }
}

/// A character's treatment where no long key matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It stays as it is.
    Same,
    /// It becomes another one.
    Becomes(char),
    /// It starts keys that are found by their length, or longer ones that go on with a character that is not of
    /// three bytes.
    Short,
    /// It starts ideographic description sequences.
    Operator,
    /// It is to be normalised before anything else.
    Compatibility,
}

/// The marks of all characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marks {
    /// Where the rows start in `marks`: first those of the characters of up to three bytes, then those of four,
    /// found by their code points, as far as there are any.
    pub index: Cow<'static, [u32]>,
    /// A [`Mark`] each; the first row is that of characters without any.
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
    /// The mark of a character of three bytes, which are the lowest of `bytes`; that of another one if they are
    /// something else.
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

/// The row of a character of three bytes, which are the lowest of `bytes`: another one for each first two bytes, as
/// the upper bits of both are the same in all.
#[inline(always)]
fn row_of_three(bytes: u32) -> usize {
    (bytes ^ bytes >> 4) as usize % ROWS
}

/// A character's place in a table of all characters of three bytes; its bytes are the lowest of `bytes`. Below
/// `1 << 16`, as the place is for any other character of the basic plane that [`place_in_plane`] gives.
#[inline(always)]
pub(crate) fn place_of_three(bytes: u32) -> usize {
    row_of_three(bytes) * ROW + (bytes >> 16) as usize % ROW
}

/// The place in the same table of a character of the basic plane, given by its code point.
#[inline]
pub(crate) fn place_in_plane(code: u16) -> usize {
    let (row, place) = place_of(code.into());
    row * ROW + place
}

/// A code point's row in the index, and its place in that row. Those of fewer bytes are treated as if they had
/// three, which no other has.
fn place_of(code: u32) -> (usize, usize) {
    let row = match code {
        0..0x1_0000 => row_of_three((code >> 6 & 0x3F | 0x80) << 8 | code >> 12 | 0xE0),
        _ => ROWS + (code as usize - 0x1_0000) / ROW,
    };
    (row, code as usize % ROW)
}

/// A character's UTF-8, the first byte lowest.
fn bytes_of(character: char) -> u32 {
    let mut bytes = [0; 4];
    character.encode_utf8(&mut bytes);
    u32::from_le_bytes(bytes)
}

/// The code point that starts at a byte, which must be the first of one, and its length.
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

/// The first four characters in a window and what comes behind them, as far as they are of three bytes each.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Four(u128);

impl Four {
    #[inline(always)]
    pub fn of(window: &[u8; WINDOW]) -> Self {
        Self(u128::from_le_bytes(*window))
    }

    /// What stands in a text from a byte on, filled with zeros.
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

    /// How many bytes come before the first that is not ASCII.
    #[inline(always)]
    pub fn ascii(self) -> usize {
        const OTHERS: u128 = u128::from_le_bytes([0x80; WINDOW]);
        (self.0 & OTHERS).trailing_zeros() as usize / 8
    }

    /// How many of the four come before the first that is not of three bytes.
    #[inline(always)]
    pub fn count(self) -> usize {
        const FIRST_BYTES: u128 = 0xF0 | 0xF0 << 24 | 0xF0 << 48 | 0xF0 << 72;
        const OF_THREE: u128 = 0xE0 | 0xE0 << 24 | 0xE0 << 48 | 0xE0 << 72;
        const FIFTH: u128 = 1 << 96;
        let others = (self.0 & FIRST_BYTES) ^ OF_THREE | FIFTH;
        others.trailing_zeros() as usize / 24
    }

    /// How many of the first three.
    #[inline(always)]
    pub fn count_of_three(self) -> usize {
        const FIRST_BYTES: u64 = 0xF0 | 0xF0 << 24 | 0xF0 << 48;
        const OF_THREE: u64 = 0xE0 | 0xE0 << 24 | 0xE0 << 48;
        let others = self.from(0) & FIRST_BYTES ^ OF_THREE;
        if others == 0 { 3 } else { others.trailing_zeros() as usize / 24 }
    }

    /// The bytes from one of the four on, or from what would be the fifth.
    #[inline(always)]
    pub fn from(self, index: usize) -> u64 {
        (self.0 >> (24 * index)) as u64
    }
}
