//! What is kept of each article of a collection.

use super::key::{SHORTEST, key};
use super::min_hash::{MINIMA, MinHash};
use super::shingles::each_hash;
use crate::script::{Script, ScriptCount};
use crate::text::TextHash;
use crate::text::hash::{FACTOR, mix};

/// Minima in a band.
const ROWS: usize = 3;

/// Bands of a signature. Articles with a similarity of 0.7 share one of 32 bands in all but 2 of 1,000,000 cases, of 0.5 in
/// 986 of 1,000, and of 0.1 in 31 of 1,000 (1 − (1 − s³)³²).
pub(super) const BANDS: usize = MINIMA / ROWS;

/// A signature of fixed size, by which copies of an article are found. It is the same in every run.
///
/// ```
/// use qingwen::corpus::Signature;
/// let (hant, hans) = (Signature::of("老街夜市，搬走了！"), Signature::of("老街夜市搬走了"));
/// assert!(hant.has_key_of(&hans));
/// assert!(!Signature::of("——").has_key_of(&Signature::of("")));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// The hash of the article's key.
    pub(super) key: TextHash,
    /// The characters of the key.
    pub(super) characters: u32,
    /// The script in which most of the article is.
    pub(super) script: Option<Script>,
    /// For each band, the hash of its minima.
    pub(super) bands: [u32; BANDS],
}

impl Signature {
    /// The signature of a text.
    pub fn of(text: &str) -> Self {
        let key = key(text);
        let characters: Vec<char> = key.chars().collect();
        let mut sketch = MinHash::new();
        if characters.len() >= SHORTEST {
            each_hash(&characters, |hash| sketch.add(hash));
        }
        Self {
            key: TextHash::of(&key),
            characters: u32::try_from(characters.len()).unwrap_or(u32::MAX),
            script: ScriptCount::of(text).majority(),
            bands: bands(&sketch.minima()),
        }
    }

    /// Whether both articles are the same, apart from what a key leaves out. An empty key is the same as none.
    pub fn has_key_of(&self, other: &Self) -> bool {
        self.characters > 0 && self.whole() == other.whole()
    }

    /// What is the same only for the same key.
    pub(super) fn whole(&self) -> (TextHash, u32) {
        (self.key, self.characters)
    }

    /// Whether the article is compared only as a whole.
    pub(super) fn is_short(&self) -> bool {
        (self.characters as usize) < SHORTEST
    }
}

fn bands(minima: &[u32; MINIMA]) -> [u32; BANDS] {
    let hash = |rows: &[u32]| rows.iter().fold(FACTOR, |hash, minimum| mix(hash ^ u64::from(*minimum)));
    std::array::from_fn(|band| (hash(&minima[band * ROWS..][..ROWS]) >> 32) as u32)
}
