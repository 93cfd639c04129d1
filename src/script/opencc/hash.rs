//! Hashes of the first bytes of keys, and filters of these hashes.

use super::tables::WINDOW;

/// Keys of at least this many bytes are hashed by at least this many bytes. Shorter keys are found by their length.
pub(super) const LONG: usize = 6;
/// Keys of at least this many bytes are hashed by their first nine bytes, others by their first six.
pub(super) const LONGER: usize = 9;

/// Hash of the first bytes of a key. It is a sum of products, so that nine bytes cost only one product more than six.
/// The upper half is well mixed. Its upper bits select the place, its lower bits the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hash(u64);

impl Hash {
    /// The hash of the lowest six bytes.
    #[inline(always)]
    pub fn of_six(bytes: u64) -> Self {
        Self((bytes & 0xFFFF_FFFF_FFFF).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// The hash of nine bytes. `self` is the hash of the first six, `last` that of the last six.
    #[inline(always)]
    pub fn with_last(self, last: Self) -> Self {
        Self(self.0.wrapping_add(last.0 >> 12))
    }

    /// The hash of the start of a key, six bytes or fewer.
    pub fn of_start(key: &[u8]) -> Self {
        Self::of_key(&key[..key.len().min(LONG)])
    }

    /// The hash by which a key is found.
    pub fn of_key(key: &[u8]) -> Self {
        let mut window = [0; WINDOW];
        let length = key.len().min(LONGER);
        window[..length].copy_from_slice(&key[..length]);
        let six = Self::of_six(eight::<0>(&window));
        if key.len() < LONGER { six } else { six.with_last(Self::of_six(eight::<3>(&window))) }
    }

    /// The word of a filter for all keys that start with certain bytes, six or fewer. `self` is the hash of these
    /// bytes.
    #[inline(always)]
    pub fn word(self, filter: &[u64]) -> BloomWord {
        BloomWord(filter.get(self.index(filter.len())).copied().unwrap_or_default())
    }

    /// Like [`Hash::word`], in a filter of fixed size.
    #[inline(always)]
    pub fn word_of_many(self, filter: &ManyWords) -> BloomWord {
        BloomWord(filter[self.index(filter.len())])
    }

    /// An index into a table whose length is a power of two.
    #[inline(always)]
    pub fn index(self, length: usize) -> usize {
        (self.0 >> 40) as usize & length.wrapping_sub(1)
    }

    /// The bits to test in a word of a filter.
    #[inline(always)]
    fn mask(self) -> u64 {
        MASKS[(self.0 >> 30) as usize % MASKS.len()]
    }

    /// The bits of a slot above the place.
    #[inline(always)]
    pub fn tag(self, place_bits: u32) -> u32 {
        ((self.0 >> 24) as u32) << place_bits
    }
}

/// A word of a Bloom filter. The bits of its members are 0.
#[derive(Debug, Clone, Copy)]
pub(super) struct BloomWord(u64);

impl BloomWord {
    /// Whether the filter contains a hash, or one with the same bits.
    #[inline(always)]
    pub fn may_hold(self, hash: Hash) -> bool {
        self.0 & hash.mask() == 0
    }
}

/// The bits to test in a word, [`BITS`] bits for each hash. Reading them costs half as many instructions as shifting
/// them into place.
static MASKS: [u64; 1024] = masks();
/// With two or three keys to a word, three bits discriminate better than two, and four no better than three.
const BITS: u32 = 3;

const fn masks() -> [u64; 1024] {
    let mut masks = [0_u64; 1024];
    let mut random = 1_u64;
    let mut index = 0;
    while index < masks.len() {
        while masks[index].count_ones() < BITS {
            // The generator of Knuth's MMIX. Its upper bits are the good ones.
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            masks[index] |= 1 << (random >> 58);
        }
        index += 1;
    }
    masks
}

/// The words of a filter for many keys.
pub(super) type ManyWords = [u64; MANY_WORDS];
pub(super) const MANY_WORDS: usize = 1 << 14;

/// A Bloom filter. Each pair holds the hash that selects the word and the hash to add. The filter has one word for
/// about `for_word` hashes, or [`MANY_WORDS`] words: more words do not fit into the processor's cache, fewer give too
/// many false hits.
pub(super) fn filter(hashes: impl Iterator<Item = (Hash, Hash)>, for_word: Option<usize>) -> Vec<u64> {
    let mut hashes: Vec<(Hash, Hash)> = hashes.collect();
    hashes.sort_unstable();
    hashes.dedup();
    let words = for_word.map_or(MANY_WORDS, |for_word| (hashes.len() / for_word).next_power_of_two());
    let mut filter = vec![u64::MAX; words];
    for (start, hash) in hashes {
        filter[start.index(words)] &= !hash.mask();
    }
    filter
}

/// Eight bytes of a window, starting at byte `AT`.
#[inline(always)]
pub(super) fn eight<const AT: usize>(window: &[u8; WINDOW]) -> u64 {
    window[AT..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}
