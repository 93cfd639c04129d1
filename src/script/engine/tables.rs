//! The compiled form of one dictionary, group or chain: what the scan looks up, flat and immutable.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::ids;

/// Characters to a block of the table over characters.
const BLOCK: usize = 128;
const BLOCKS: usize = 0x11_0000 / BLOCK;

/// Bytes of a text which the scan looks at together.
pub(crate) const WINDOW: usize = 16;

/// A key of fewer bytes is found by its length, not through the filter.
const LONG: usize = 6;
/// A key of so many bytes or more is hashed by its first nine, others by their first six.
const LONGER: usize = 9;

/// Added to a value's length: the key is no segment, and matches only where no segment begins inside.
pub(super) const PHRASE: u16 = 1 << 15;

/// Added to a value's length: the key is a character that is no segment.
const CHARACTER: u16 = 1 << 14;

/// Where the length itself stands.
pub(super) const LENGTH: u16 = CHARACTER - 1;

/// In place of a value's length: the key is no segment, but what it stands in is to be converted step by
/// step.
pub(super) const STEPWISE: u16 = u16::MAX;

/// Longest key and longest value, in bytes.
pub(crate) const MAX_BYTES: usize = LENGTH as usize;

/// What a key leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// A segment that becomes this text.
    Segment(String),
    /// A character that becomes another one, and is no segment.
    Character(char),
    /// No segment, but a phrase of the last step, which becomes this text if no segment begins inside it.
    Phrase(String),
    /// No segment, but a phrase of some step may begin here.
    Stepwise,
}

/// What is to be compiled.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// The keys. Of those that match in a place the longest wins.
    pub keys: BTreeMap<String, Outcome>,
    /// Characters that stand in phrases of some step: between two others the text may be cut.
    pub inner: BTreeSet<char>,
    /// Characters which must be normalised before all else.
    pub compatibility: BTreeSet<char>,
    /// Steps follow one another, so that an incomplete description sequence may become complete.
    pub chained: bool,
}

/// What a character is at the start of a key, in 32 bits: the UTF-8 of what it becomes in the lowest 24 (0 for
/// itself), flags above. Special characters hold a [`Kind`] in the highest bits and their payload in the
/// lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mark(pub u32);

impl Mark {
    const VALUE: u32 = (1 << 24) - 1;
    const INNER: u32 = 1 << 24;
    const STARTS: u32 = 1 << 25;
    const KEYED: u32 = 1 << 26;
    const FLAGS: u32 = Self::INNER | Self::STARTS | Self::KEYED;
    const KIND: u32 = 29;

    /// Whether phrases may reach over it.
    pub fn is_inner(self) -> bool {
        self.0 & Self::INNER != 0
    }

    /// Whether no key holds it, nor phrases reach over it, and it is not special.
    pub fn is_free(self) -> bool {
        self.0 & (Self::INNER | Self::KEYED) == 0 && !self.is_special()
    }

    /// Whether it is anything but a character that becomes one of three bytes.
    #[inline(always)]
    pub fn is_special(self) -> bool {
        self.0 >> Self::KIND != 0
    }

    /// The UTF-8 of what a character becomes that is not special, itself being `own`; the highest byte has
    /// no meaning.
    #[inline(always)]
    pub fn value(self, own: u32) -> u32 {
        if self.0 & Self::VALUE == 0 { own } else { self.0 }
    }

    /// How to treat it.
    pub fn kind(self) -> Kind {
        let payload = self.0 & Self::VALUE;
        match self.0 >> Self::KIND {
            1 => char::from_u32(payload).map_or(Kind::Same, Kind::Becomes),
            2 => Kind::Short,
            3 => Kind::Operator,
            4 => Kind::Compatibility,
            _ if payload == 0 => Kind::Same,
            _ => decode(&payload.to_le_bytes(), 0)
                .and_then(|(code, _)| char::from_u32(code))
                .map_or(Kind::Same, Kind::Becomes),
        }
    }

    fn becomes(character: char) -> u32 {
        let mut bytes = [0; 4];
        match character.encode_utf8(&mut bytes).len() {
            3 => u32::from_le_bytes(bytes),
            _ => 1 << Self::KIND | character as u32,
        }
    }
}

/// A character's treatment where no long key matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// It stays as it is.
    Same,
    /// It becomes another one.
    Becomes(char),
    /// It starts keys that are found by their length.
    Short,
    /// It starts ideographic description sequences.
    Operator,
    /// It is to be normalised before anything else.
    Compatibility,
}

/// A key found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Found {
    /// Place of the entry in the pool.
    entry: usize,
    /// Byte length of the key.
    pub key: usize,
    value: u16,
}

impl Found {
    /// Whether it is a segment, or else depends on what is around it.
    #[inline(always)]
    pub fn is_segment(self) -> bool {
        self.value & PHRASE == 0
    }

    /// Whether it is a character and no segment.
    pub fn is_character(self) -> bool {
        self.value & (CHARACTER | PHRASE) == CHARACTER
    }

    /// Whether it becomes its value if no segment begins inside it; only for what is no segment.
    pub fn is_phrase(self) -> bool {
        self.value != STEPWISE
    }
}

/// Compiled keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tables {
    /// By block of characters, its place in `marks`.
    pub(super) blocks: Cow<'static, [u16]>,
    /// By place and character, a [`Mark`].
    pub(super) marks: Cow<'static, [u32]>,
    /// A Bloom filter whose bits for a key lie in one word: the first six bytes of all keys that have as many, and
    /// again what each is found by.
    pub(super) filter: Cow<'static, [u64]>,
    /// Open addressing by the hash of a key's first bytes, longer keys first: place of the entry in the pool
    /// and a tag from the hash. 0 is free.
    pub(super) slots: Cow<'static, [u32]>,
    /// Entries: lengths of key and value, key, value, padding.
    pub(super) pool: Cow<'static, [u8]>,
    pub(super) traits: Traits,
}

/// Numbers that hold for a whole table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Traits {
    /// Bits of a slot that hold the place in the pool.
    pub place_bits: u32,
    /// Few characters start a key, so that asking for that first pays.
    pub sparse: bool,
    /// Bytes of the longest key.
    pub longest: u32,
    /// How keys start with ASCII characters.
    pub ascii: AsciiStarts,
    /// See [`Source::chained`].
    pub chained: bool,
}

/// Which ASCII characters start a key, so that others may be copied at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct AsciiStarts {
    /// Most ASCII characters in a row that a key starts with.
    longest: u32,
    /// A bit for each character that starts a key.
    characters: u128,
}

impl AsciiStarts {
    fn of(keys: &BTreeMap<String, Outcome>) -> Self {
        let mut starts = Self::default();
        for key in keys.keys().filter(|key| key.starts_with(|c: char| c.is_ascii())) {
            let run = key.bytes().take_while(u8::is_ascii).count();
            // A key of ASCII characters only may stand anywhere among others.
            let longest = if run == key.len() { u32::MAX } else { run as u32 };
            starts.longest = starts.longest.max(longest);
            starts.characters |= 1 << key.as_bytes()[0];
        }
        starts
    }

    /// How many of the first `count` ASCII characters come before the first which may start a key. What
    /// follows them is another character or unknown.
    #[inline(always)]
    pub fn before_key(self, characters: u64, count: usize) -> usize {
        let first = count.saturating_sub(self.longest as usize);
        let starts = |at: &usize| self.characters >> (characters >> (8 * at) & 0x7F) & 1 != 0;
        (first..count).find(starts).unwrap_or(count)
    }
}

impl Traits {
    /// How many numbers hold them.
    pub(super) const NUMBERS: usize = 9;

    pub(super) fn to_numbers(self) -> [u32; Self::NUMBERS] {
        let AsciiStarts { longest: ascii, characters } = self.ascii;
        let [a, b, c, d] = [0, 32, 64, 96].map(|shift| (characters >> shift) as u32);
        [self.place_bits, u32::from(self.sparse), u32::from(self.chained), self.longest, ascii, a, b, c, d]
    }

    pub(super) fn from_numbers(numbers: [u32; Self::NUMBERS]) -> Self {
        let [place_bits, sparse, chained, longest, ascii, parts @ ..] = numbers;
        let characters = parts.iter().rev().fold(0, |bits, part| bits << 32 | u128::from(*part));
        Self {
            place_bits,
            sparse: sparse != 0,
            longest,
            ascii: AsciiStarts { longest: ascii, characters },
            chained: chained != 0,
        }
    }
}

impl Tables {
    /// Compiles keys. Keys and values longer than [`MAX_BYTES`] are left out.
    pub fn compile(source: &Source) -> Self {
        let mut builder = Builder::default();
        ids::OPERATORS.for_each(|character| builder.set_kind(character, 3));
        source.compatibility.iter().for_each(|character| builder.set_kind(*character, 4));
        source.inner.iter().for_each(|character| *builder.mark(*character) |= Mark::INNER);
        for character in source.keys.keys().filter(|key| single(key).is_none()).flat_map(|key| key.chars()) {
            *builder.mark(character) |= Mark::KEYED;
        }
        builder.add_characters(&source.keys);
        let entries = builder.entries(&source.keys);
        let (slots, place_bits, pool) = pooled(&entries);
        let starts = entries.iter().filter(|(key, _)| key.len() >= LONG).count();
        Self {
            filter: filter(&entries).into(),
            slots: slots.into(),
            pool: pool.into(),
            traits: Traits {
                place_bits,
                sparse: starts < 8_000,
                longest: entries.first().map_or(0, |(key, _)| key.len() as u32),
                ascii: AsciiStarts::of(&source.keys),
                chained: source.chained,
            },
            blocks: builder.blocks.into(),
            marks: builder.marks.into(),
        }
    }

    /// The tables as the scan uses them: without asking each time who owns them.
    pub fn view(&self) -> View<'_> {
        View {
            blocks: self.blocks.first_chunk().unwrap_or(&[0; BLOCKS]),
            marks: &self.marks,
            filter: &self.filter,
            slots: &self.slots,
            pool: &self.pool,
            traits: self.traits,
        }
    }
}

/// Borrowed [`Tables`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'t> {
    blocks: &'t [u16; BLOCKS],
    marks: &'t [u32],
    filter: &'t [u64],
    slots: &'t [u32],
    pool: &'t [u8],
    pub traits: Traits,
}

impl<'t> View<'t> {
    /// The mark of a code point.
    #[inline(always)]
    pub fn mark(&self, code: u32) -> Mark {
        let block = usize::from(self.blocks[code as usize / BLOCK]);
        Mark(self.marks[block * BLOCK + code as usize % BLOCK])
    }

    /// Whether a character with this mark starts a key of six bytes or more.
    #[inline(always)]
    pub fn starts_key(&self, mark: Mark) -> bool {
        mark.0 & Mark::STARTS != 0
    }

    /// The longest key of six bytes or more at a place of a text, of which `window` holds the first bytes.
    #[inline(always)]
    pub fn long_key(&self, window: &[u8; WINDOW], bytes: &[u8], at: usize) -> Option<Found> {
        let six = Hash::of_six(first_eight(window));
        if self.may_hold(six) { self.find_long(six, window, bytes, at) } else { None }
    }

    #[inline(never)]
    fn find_long(&self, six: Hash, window: &[u8; WINDOW], bytes: &[u8], at: usize) -> Option<Found> {
        let nine = six.with_three(first_eight(window), window[8]);
        if self.may_hold(nine)
            && let Some(found) = self.find(nine, window, bytes, at, LONGER)
        {
            return Some(found);
        }
        // Most pairs of characters only begin longer keys.
        if self.may_hold(six.of_whole_key()) { self.find(six, window, bytes, at, LONG) } else { None }
    }

    /// The longest key of fewer than six bytes at a place of a text.
    #[cold]
    pub fn short_key(&self, window: &[u8; WINDOW], bytes: &[u8], at: usize) -> Option<Found> {
        (1..LONG).rev().find_map(|length| {
            let masked = first_eight(window) & ((1 << (8 * length)) - 1);
            self.find(Hash::of_six(masked), window, bytes, at, length)
        })
    }

    #[inline(always)]
    fn may_hold(&self, hash: Hash) -> bool {
        let bits = hash.filter_bits();
        self.filter.get(hash.index(self.filter.len())).is_some_and(|word| word & bits == bits)
    }

    /// The longest key with such a hash, of so many bytes at least.
    #[inline(always)]
    fn find(
        &self,
        hash: Hash,
        window: &[u8; WINDOW],
        bytes: &[u8],
        at: usize,
        least: usize,
    ) -> Option<Found> {
        let last = self.slots.len() - 1;
        let place_bits = self.traits.place_bits;
        let tag = hash.tag(place_bits);
        let mut slot = hash.index(self.slots.len());
        loop {
            let held = self.slots[slot & last];
            if held == 0 {
                return None;
            }
            if (held ^ tag) >> place_bits == 0 {
                let entry = (held & ((1 << place_bits) - 1)) as usize * ENTRY_ALIGN;
                let head = self.pool.get(entry..entry + HEAD + WINDOW)?;
                let key = usize::from(u16::from_le_bytes([head[0], head[1]]));
                let value = u16::from_le_bytes([head[2], head[3]]);
                let same = if key <= WINDOW {
                    let differing = number(window) ^ number(&head[HEAD..]);
                    differing << (8 * (WINDOW - key)) == 0
                } else {
                    bytes.get(at..at + key) == self.pool.get(entry + HEAD..entry + HEAD + key)
                };
                // A shorter key may lie here by its hash; then longer ones are still to come.
                if same && key >= least {
                    return Some(Found { entry, key, value });
                }
            }
            slot += 1;
        }
    }

    /// What a key becomes, as UTF-8.
    pub fn value(&self, found: Found) -> &'t [u8] {
        let start = found.entry + HEAD + found.key;
        self.pool.get(start..start + usize::from(found.value & LENGTH)).unwrap_or_default()
    }

    /// The first bytes of what a segment becomes, and of how many bytes that is.
    #[inline(always)]
    pub fn value_window(&self, found: Found) -> (&'t [u8; WINDOW], usize) {
        let window = self.pool.get(found.entry + HEAD + found.key..).and_then(|bytes| bytes.first_chunk());
        (window.unwrap_or(&[0; WINDOW]), usize::from(found.value & LENGTH))
    }
}

/// Bytes of an entry before its key.
pub(super) const HEAD: usize = 4;
/// Entries start at multiples of so many bytes.
pub(super) const ENTRY_ALIGN: usize = 4;

/// The first eight bytes of a window as a number.
#[inline(always)]
pub(crate) fn first_eight(window: &[u8; WINDOW]) -> u64 {
    number(window) as u64
}

#[inline(always)]
fn number(bytes: &[u8]) -> u128 {
    bytes.first_chunk().map_or(0, |bytes| u128::from_le_bytes(*bytes))
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

/// Hash of a key's first bytes: a sum of products, so that nine bytes cost one product more than six. The
/// upper half is well mixed; its upper bits say where, its lower ones what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hash(u64);

impl Hash {
    #[inline(always)]
    fn of_six(bytes: u64) -> Self {
        let (first, second) = (bytes & 0xFF_FFFF, bytes >> 24 & 0xFF_FFFF);
        Self(
            first
                .wrapping_mul(0x9E37_79B9_7F4A_7C15)
                .wrapping_add(second.wrapping_mul(0xE703_7ED1_A0B4_28DB)),
        )
    }

    #[inline(always)]
    fn with_three(self, bytes: u64, ninth: u8) -> Self {
        let third = bytes >> 48 | u64::from(ninth) << 16;
        Self(self.0.wrapping_add(third.wrapping_mul(0xA076_1D64_78BD_642F)))
    }

    /// Stands in the filter for a key that is found by its first six bytes.
    #[inline(always)]
    fn of_whole_key(self) -> Self {
        Self(self.0.wrapping_mul(0xD6E8_FEB8_6659_FD93))
    }

    pub(super) fn of_key(key: &[u8]) -> Self {
        let mut window = [0; WINDOW];
        let length = key.len().min(LONGER);
        window[..length].copy_from_slice(&key[..length]);
        let six = Self::of_six(first_eight(&window));
        if key.len() < LONGER { six } else { six.with_three(first_eight(&window), window[8]) }
    }

    /// A place in a table whose length is a power of two.
    #[inline(always)]
    fn index(self, length: usize) -> usize {
        (self.0 >> 40) as usize & (length - 1)
    }

    #[inline(always)]
    fn filter_bits(self) -> u64 {
        1 << (self.0 >> 28 & 63) | 1 << (self.0 >> 34 & 63)
    }

    /// The bits of a slot above the place.
    #[inline(always)]
    pub(super) fn tag(self, place_bits: u32) -> u32 {
        ((self.0 >> 24) as u32) << place_bits
    }
}

/// Keys that are no plain characters, the longest first, with their outcomes.
type Entries<'a> = Vec<(&'a str, &'a Outcome)>;

#[derive(Debug)]
struct Builder {
    blocks: Vec<u16>,
    marks: Vec<u32>,
}

impl Default for Builder {
    fn default() -> Self {
        Self { blocks: vec![0; BLOCKS], marks: vec![0; BLOCK] }
    }
}

impl Builder {
    fn mark(&mut self, character: char) -> &mut u32 {
        let (block, place) = (character as usize / BLOCK, character as usize % BLOCK);
        if self.blocks[block] == 0 {
            self.blocks[block] = (self.marks.len() / BLOCK) as u16;
            self.marks.resize(self.marks.len() + BLOCK, 0);
        }
        &mut self.marks[usize::from(self.blocks[block]) * BLOCK + place]
    }

    fn set_kind(&mut self, character: char, kind: u32) {
        let mark = self.mark(character);
        *mark = *mark & (Mark::FLAGS) | kind << Mark::KIND;
    }

    fn add_characters(&mut self, keys: &BTreeMap<String, Outcome>) {
        for (key, outcome) in keys {
            if let (Some(character), Outcome::Character(value)) = (single(key), outcome) {
                let mark = self.mark(character);
                *mark = *mark & Mark::FLAGS | Mark::becomes(*value);
            }
        }
    }

    /// The keys that go through slots, with their starts marked.
    fn entries<'a>(&mut self, keys: &'a BTreeMap<String, Outcome>) -> Entries<'a> {
        let is_long = |key: &str| key.len() >= LONG;
        let is_plain = |outcome: &Outcome| matches!(outcome, Outcome::Character(_));
        let fits = |key: &str, outcome: &Outcome| {
            let value = match outcome {
                Outcome::Segment(value) | Outcome::Phrase(value) => value.len(),
                Outcome::Character(_) | Outcome::Stepwise => 0,
            };
            (1..=MAX_BYTES).contains(&key.len()) && value <= MAX_BYTES
        };
        let short_starts: BTreeSet<char> = keys
            .iter()
            .filter(|(key, outcome)| !is_long(key) && !is_plain(outcome))
            .filter_map(|(key, _)| key.chars().next())
            .collect();
        short_starts.iter().for_each(|character| self.set_kind(*character, 2));
        let mut entries: Entries = keys.iter().map(|(key, outcome)| (key.as_str(), outcome)).collect();
        // A character that starts short keys is itself found as one.
        entries.retain(|(key, outcome)| {
            let is_short_start = single(key).is_some_and(|character| short_starts.contains(&character));
            fits(key, outcome) && (!is_plain(outcome) || is_short_start)
        });
        for (key, _) in entries.iter().filter(|(key, _)| is_long(key)) {
            key.chars().take(1).for_each(|character| *self.mark(character) |= Mark::STARTS);
        }
        entries.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
        entries
    }
}

/// The only character of a text.
pub(crate) fn single(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

fn filter(entries: &Entries) -> Vec<u64> {
    let long: Vec<&[u8]> =
        entries.iter().map(|(key, _)| key.as_bytes()).filter(|key| key.len() >= LONG).collect();
    let of_rest = |key: &[u8]| {
        let hash = Hash::of_key(key);
        if key.len() < LONGER { hash.of_whole_key() } else { hash }
    };
    // Some twenty bits a key: more do not fit near the processor, fewer give too many false hits.
    let words = (long.len() / 4).next_power_of_two();
    let mut filter = vec![0; words];
    for hash in long.iter().flat_map(|key| [Hash::of_key(&key[..LONG]), of_rest(key)]) {
        filter[hash.index(words)] |= hash.filter_bits();
    }
    filter
}

/// Slots, the bits of a slot that hold a place, and the pool.
fn pooled(entries: &Entries) -> (Vec<u32>, u32, Vec<u8>) {
    // A place of 0 would look free.
    let mut pool = vec![0; ENTRY_ALIGN];
    let mut places = Vec::with_capacity(entries.len());
    for (key, outcome) in entries {
        places.push(pool.len() / ENTRY_ALIGN);
        let (flags, value) = match outcome {
            Outcome::Segment(value) => (0, value.clone()),
            Outcome::Phrase(value) => (PHRASE, value.clone()),
            Outcome::Character(value) => (CHARACTER, value.to_string()),
            Outcome::Stepwise => (STEPWISE, String::new()),
        };
        let length = flags | value.len() as u16;
        pool.extend((key.len() as u16).to_le_bytes());
        pool.extend(length.to_le_bytes());
        pool.extend([key, value.as_str()].into_iter().flat_map(str::bytes));
        pool.resize(pool.len().next_multiple_of(ENTRY_ALIGN), 0);
    }
    pad(&mut pool);
    let place_bits = place_bits(&pool);
    let mut slots = vec![0; (entries.len() * 2 + 2).next_power_of_two()];
    for ((key, _), place) in entries.iter().zip(places) {
        let hash = Hash::of_key(key.as_bytes());
        let last = slots.len() - 1;
        let mut slot = hash.index(slots.len());
        while slots[slot & last] != 0 {
            slot += 1;
        }
        slots[slot & last] = hash.tag(place_bits) | place as u32;
    }
    (slots, place_bits, pool)
}

/// Fills a pool so that windows may be read behind its last entry.
pub(super) fn pad(pool: &mut Vec<u8>) {
    pool.resize(pool.len() + HEAD + 2 * WINDOW, 0);
}

/// How many bits of a slot tell a place in a pool.
pub(super) fn place_bits(pool: &[u8]) -> u32 {
    (usize::BITS - (pool.len() / ENTRY_ALIGN).leading_zeros()).min(31)
}
