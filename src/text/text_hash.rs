//! The hash of a text, which files may hold.

use std::borrow::Cow;
use std::fmt;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::hash::{FACTOR, mix};

/// A hash of a text, which shows whether another text is the same. It is the same on every machine and in
/// every version, because files hold it.
///
/// In JSON it is a string of 16 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextHash(u64);

impl TextHash {
    /// The hash of a text.
    ///
    /// ```
    /// use qingwen::clean::TextHash;
    /// assert_eq!(TextHash::of("老街").to_string(), "9cb1603e04d081fe");
    /// assert_ne!(TextHash::of("老街"), TextHash::of("老街\n"));
    /// ```
    pub fn of(text: &str) -> Self {
        let (words, rest) = text.as_bytes().as_chunks();
        let mut bits = mix(text.len() as u64);
        for word in words {
            bits = with_word(bits, *word);
        }
        if !rest.is_empty() {
            let mut word = [0; _];
            word[..rest.len()].copy_from_slice(rest);
            bits = with_word(bits, word);
        }
        Self(bits)
    }

    /// The hash that is this number.
    pub(crate) fn from_bits(bits: u64) -> Self {
        Self(bits)
    }

    /// The hash as a number.
    pub(crate) fn bits(self) -> u64 {
        self.0
    }
}

/// The hash of a text with eight more bytes.
#[inline(always)]
fn with_word(bits: u64, word: [u8; size_of::<u64>()]) -> u64 {
    mix(bits.wrapping_add(FACTOR) ^ u64::from_le_bytes(word))
}

impl fmt::Display for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl Serialize for TextHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for TextHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let digits = Cow::<str>::deserialize(deserializer)?;
        u64::from_str_radix(&digits, 16).map(Self).map_err(D::Error::custom)
    }
}
