//! Properties of a whole table, which decide how its keys are looked for.

use std::collections::BTreeMap;

use super::tables::{KeyEffect, WINDOW};

/// The properties of a whole table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Traits {
    /// Number of bits of a slot that hold the position in the pool.
    pub place_bits: u32,
    /// How keys of six bytes or more are looked for.
    pub long_keys: LongKeys,
    /// Length of the longest key in bytes.
    pub longest: u32,
    /// The ASCII characters with which keys start.
    pub ascii: AsciiStarts,
    /// The position in the pool where the entries of noted keys begin (see [`Note`](super::notes::Note)).
    pub noted_from: u32,
    /// See [`CompilerInput::chained`](super::tables::CompilerInput::chained).
    pub chained: bool,
}

/// The number of keys of six bytes or more, as a class. It decides how they are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum LongKeys {
    None,
    /// The marks of two neighbouring characters rule out such a key at most positions.
    Few,
    /// The hash of the first six bytes rules out such a key.
    Some,
    /// Only the full hash rules out such a key, because most pairs of characters in a text begin some key.
    Many,
}

impl LongKeys {
    /// The class for `count` such keys.
    pub fn of(count: usize) -> Self {
        match count {
            0 => Self::None,
            1..1_500 => Self::Few,
            1_500..20_000 => Self::Some,
            _ => Self::Many,
        }
    }

    fn from_number(number: u32) -> Self {
        [Self::None, Self::Few, Self::Some].get(number as usize).copied().unwrap_or(Self::Many)
    }
}

/// The ASCII characters that start a key. Others may be copied at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct AsciiStarts {
    /// Maximum number of ASCII characters at the start of a key.
    longest: u32,
    /// A bit for each character that starts a key.
    characters: u128,
    /// A bit for each character that is the last of the ASCII characters at the start of a key.
    pub ends: u128,
}

impl AsciiStarts {
    /// The properties of these keys.
    pub fn of(keys: &BTreeMap<String, KeyEffect>) -> Self {
        let mut starts = Self::default();
        for key in keys.keys().filter(|key| key.starts_with(|c: char| c.is_ascii())) {
            let run = key.bytes().take_while(u8::is_ascii).count();
            // A key with only ASCII characters may occur anywhere among other ASCII characters.
            let longest = if run == key.len() { u32::MAX } else { run as u32 };
            starts.longest = starts.longest.max(longest);
            starts.characters |= 1 << key.as_bytes()[0];
            starts.ends |= 1 << key.as_bytes()[run - 1];
        }
        starts
    }

    /// Maximum number of ASCII characters at the start of a key.
    pub(super) fn longest(self) -> usize {
        self.longest as usize
    }

    /// The number of ASCII characters at the start of a window before the first one that may start a key. The text
    /// after the window is unknown.
    #[inline(always)]
    pub fn before_key(self, window: &[u8; WINDOW]) -> usize {
        const OTHERS: u128 = u128::from_le_bytes([0x80; WINDOW]);
        let count = (u128::from_le_bytes(*window) & OTHERS).trailing_zeros() as usize / 8;
        let first = count.saturating_sub(self.longest as usize);
        if count == WINDOW && first > 0 {
            return first;
        }
        let starts = |byte: &u8| self.characters >> (byte & 0x7F) & 1 != 0;
        first + window[first..count].iter().take_while(|byte| !starts(byte)).count()
    }
}

/// A set of bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct ByteSet([u64; 4]);

impl ByteSet {
    /// A set of ASCII characters, given by their bits.
    pub fn of_ascii(characters: u128) -> Self {
        Self([characters as u64, (characters >> 64) as u64, 0, 0])
    }

    /// Whether the set contains a byte.
    #[inline(always)]
    pub fn holds(self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte % 64) & 1 != 0
    }
}

impl Traits {
    /// The number of 32-bit numbers that hold the traits.
    pub(super) const NUMBERS: usize = 14;

    pub(super) fn to_numbers(self) -> [u32; Self::NUMBERS] {
        let AsciiStarts { longest: ascii, characters, ends } = self.ascii;
        let parts = |bits: u128| [0, 32, 64, 96].map(|shift| (bits >> shift) as u32);
        let ([a, b, c, d], [e, f, g, h]) = (parts(characters), parts(ends));
        let chained = u32::from(self.chained);
        [
            self.place_bits,
            self.long_keys as u32,
            chained,
            self.longest,
            self.noted_from,
            ascii,
            a,
            b,
            c,
            d,
            e,
            f,
            g,
            h,
        ]
    }

    pub(super) fn from_numbers(numbers: [u32; Self::NUMBERS]) -> Self {
        let [place_bits, long_keys, chained, longest, noted_from, ascii, parts @ ..] = numbers;
        let (characters, ends) = parts.split_at(4);
        let bits = |parts: &[u32]| parts.iter().rev().fold(0, |bits, part| bits << 32 | u128::from(*part));
        Self {
            place_bits,
            long_keys: LongKeys::from_number(long_keys),
            longest,
            ascii: AsciiStarts { longest: ascii, characters: bits(characters), ends: bits(ends) },
            noted_from,
            chained: chained != 0,
        }
    }
}
