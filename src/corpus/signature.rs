//! The signature: the data that are kept about each article of a collection.

use super::key::{SHORTEST_KEY, key};
use super::min_hash::{MINIMA, MinHash};
use super::shingles::{Shingles, each_hash};
use crate::script::{Script, ScriptCount};
use crate::text::TextHash;
use crate::text::hash::{FACTOR, mix};

/// Number of minima in a band.
const ROWS: usize = 3;

/// Number of bands in a signature. Articles with a similarity of 0.7 share one of 32 bands in all but 2 of
/// 1,000,000 cases, of 0.5 in 986 of 1,000, and of 0.1 in 31 of 1,000 (1 − (1 − s³)³²).
pub(crate) const BANDS: usize = MINIMA / ROWS;

/// A signature of fixed size, by which copies of an article are found. It is the same in every run.
///
/// ```
/// use qingwen::corpus::Signature;
/// let (hant, hans) = (Signature::of("老街夜市，搬走了！"), Signature::of("老街夜市搬走了"));
/// assert!(hant.has_key_of(&hans));
/// assert!(!Signature::of("——").has_key_of(&Signature::of("")));
/// ```
///
/// Its parts are numbers, which a file may hold:
///
/// ```
/// use qingwen::corpus::Signature;
/// let signature = Signature::of("老街夜市，搬走了！");
/// let (key_hash, characters, script) = (signature.key_hash(), signature.characters(), signature.script());
/// assert_eq!(characters, 7);
/// assert_eq!(Signature::from_parts(key_hash, characters, script, *signature.bands()), signature);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature {
    /// The hash of the article's key.
    pub(super) key: TextHash,
    /// The number of characters in the key.
    pub(super) characters: u32,
    /// The script of most of the article.
    pub(super) script: Option<Script>,
    /// For each band, the hash of its minima.
    pub(crate) bands: [u32; BANDS],
}

impl Signature {
    /// The version of keys, signatures and shingles. Files that hold them have this number, because those of
    /// another version cannot be compared with these.
    pub const VERSION: u32 = 1;

    /// The signature of a text.
    pub fn of(text: &str) -> Self {
        Self::of_shingles(text, |_| ())
    }

    /// The signature and the shingles of a text. This is faster than asking for one after the other.
    ///
    /// ```
    /// use qingwen::corpus::{Shingles, Signature};
    /// let text = "老街夜市，搬走了！";
    /// assert_eq!(Signature::with_shingles(text), (Signature::of(text), Shingles::of(text)));
    /// ```
    pub fn with_shingles(text: &str) -> (Self, Shingles) {
        let mut hashes = Vec::new();
        let signature = Self::of_shingles(text, |hash| hashes.push(Shingles::hash(hash)));
        (signature, Shingles::from_hashes(hashes))
    }

    /// The signature of a text. The hash of each shingle is passed to `see`.
    fn of_shingles(text: &str, mut see: impl FnMut(u64)) -> Self {
        let key = key(text);
        let characters = key.chars().count();
        let mut sketch = MinHash::new();
        if characters >= SHORTEST_KEY {
            each_hash(&key, |hash| {
                sketch.add(hash);
                see(hash);
            });
        }
        Self {
            key: TextHash::of(&key),
            characters: u32::try_from(characters).unwrap_or(u32::MAX),
            script: ScriptCount::of(text).majority(),
            bands: bands(&sketch.minima()),
        }
    }

    /// The number of bands.
    pub const BANDS: usize = BANDS;

    /// The signature with these parts, which come from another signature.
    pub fn from_parts(key_hash: u64, characters: u32, script: Option<Script>, bands: [u32; BANDS]) -> Self {
        Self { key: TextHash::from_bits(key_hash), characters, script, bands }
    }

    /// The hash of the article's key. Articles with the same key have the same one.
    pub fn key_hash(&self) -> u64 {
        self.key.bits()
    }

    /// The number of characters in the key. Marks and white space do not count.
    pub fn characters(&self) -> u32 {
        self.characters
    }

    /// The script of most of the article. `None` if its characters do not show it.
    pub fn script(&self) -> Option<Script> {
        self.script
    }

    /// The hashes of the bands. Two articles are compared if they have the same hash at the same position. An
    /// article whose key has fewer than 50 characters is compared by its key alone, and its bands have no
    /// meaning.
    ///
    /// ```
    /// use qingwen::corpus::Signature;
    /// let text = "老街的夜市上個月搬到了河堤旁邊。攤販們說，新的地方比較寬，下雨的時候也有屋頂可以躲，只是離車站遠了一些，\
    ///             老客人要走上十分鐘才會到。";
    /// let (story, longer) = (Signature::of(text), Signature::of(&format!("{text}街坊也說好。")));
    /// assert!(story.bands().iter().zip(longer.bands()).any(|(a, b)| a == b));
    /// ```
    pub fn bands(&self) -> &[u32; BANDS] {
        &self.bands
    }

    /// Whether both articles are the same, except for what a key leaves out. An article with an empty key is
    /// not the same as any other.
    pub fn has_key_of(&self, other: &Self) -> bool {
        self.characters > 0 && self.whole() == other.whole()
    }

    /// Whether the key is empty, so that no article is the same.
    #[cfg(feature = "cli")]
    pub(crate) fn is_empty(&self) -> bool {
        self.characters == 0
    }

    /// The identity of the key: two articles have the same value only if they have the same key.
    pub(crate) fn whole(&self) -> (TextHash, u32) {
        (self.key, self.characters)
    }

    /// Whether the article is compared only as a whole.
    pub(crate) fn is_short(&self) -> bool {
        (self.characters as usize) < SHORTEST_KEY
    }
}

fn bands(minima: &[u32; MINIMA]) -> [u32; BANDS] {
    let hash = |rows: &[u32]| rows.iter().fold(FACTOR, |hash, minimum| mix(hash ^ u64::from(*minimum)));
    std::array::from_fn(|band| (hash(&minima[band * ROWS..][..ROWS]) >> 32) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fold_character;

    /// Indexes and other files hold keys, signatures and shingles. If this test fails, they have changed, and those in files
    /// cannot be compared with new ones: give `Signature::VERSION` the next number, and accept the new hash.
    #[test]
    fn a_change_of_keys_has_a_new_version() {
        let characters: String = ('\0'..=char::MAX).filter_map(fold_character).collect();
        let text = "圍觀！老街的夜市上個月搬到了河堤旁邊。攤販們說，新的地方比較寬1.5倍，下雨的時候也有屋頂可以躲，只是離車站\
                    遠了3,000公尺，老客人要走上十分鐘才會到。QQ空間★";
        let Signature { key, characters: count, bands, .. } = Signature::of(text);
        let mut shingles = Vec::new();
        each_hash(&super::key(text), |hash| shingles.push(hash));
        let all = format!("{characters}{key}{count}{bands:?}{shingles:?}");
        assert_eq!((Signature::VERSION, TextHash::of(&all).to_string().as_str()), (1, "0ac2d98d036c68b3"));
    }
}
