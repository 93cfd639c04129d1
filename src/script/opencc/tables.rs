//! The compiled form of one dictionary, group or chain. The scan looks keys up in it. It is flat and immutable.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::ids;
use super::block::{PlainCharacters, PlainView};
use super::char_table::{Mark, Marks, MarksView};
use super::hash::{Hash, LONG, LONGER, MANY_WORDS, ManyWords, eight, filter};
use super::table_properties::{AsciiStarts, ByteSet, LongKeys, Traits};

/// Bytes of a text that the scan looks at together.
pub(crate) const WINDOW: usize = 16;

/// Added to a value's length. The key is not a segment, and matches only if no segment begins inside it.
pub(super) const PHRASE: u16 = 1 << 15;

/// Added to a value's length. The key is a character that is not a segment. Together with [`PHRASE`]: it is a phrase
/// inside which no segment can begin.
const CHARACTER: u16 = 1 << 14;

/// The bits of the length itself.
pub(super) const LENGTH: u16 = CHARACTER - 1;

/// Replaces a value's length. The key is not a segment, but the text around it must be converted step by step.
pub(super) const STEPWISE: u16 = u16::MAX;

/// Maximum length of a key and of a value, in bytes.
pub(crate) const MAX_BYTES: usize = LENGTH as usize - 1;

/// The effect of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyEffect {
    /// A segment that becomes this text.
    Segment(String),
    /// A character that becomes another one and is not a segment.
    Character(char),
    /// Not a segment, but a phrase of the last step. It becomes this text if no segment begins inside it.
    Phrase(String),
    /// Like `Phrase`, but no segment can begin inside it.
    FreePhrase(String),
    /// Not a segment, but a phrase of some step may begin here.
    Stepwise,
}

/// The input of the compiler.
#[derive(Debug, Default)]
pub(crate) struct CompilerInput {
    /// The keys. If several match at a position, the longest wins.
    pub keys: BTreeMap<String, KeyEffect>,
    /// Characters that occur in phrases of some step. The text may be cut between two other characters.
    pub inner: BTreeSet<char>,
    /// Characters that must be normalised before everything else.
    pub compatibility: BTreeSet<char>,
    /// Whether there are several steps, so that an incomplete description sequence may become complete.
    pub chained: bool,
}

/// A key found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FoundKey {
    /// Position of the entry in the pool.
    entry: usize,
    /// Byte length of the key.
    pub key: usize,
    value: u16,
}

impl FoundKey {
    /// Whether it is a segment. Otherwise it depends on the surrounding text.
    #[inline(always)]
    pub fn is_segment(self) -> bool {
        self.value & PHRASE == 0
    }

    /// Whether it becomes its value regardless of the surrounding text.
    #[inline(always)]
    pub fn is_settled(self) -> bool {
        self.is_segment() || self.value & CHARACTER != 0 && self.is_phrase()
    }

    /// Whether it is a character and not a segment.
    pub fn is_character(self) -> bool {
        self.value & (CHARACTER | PHRASE) == CHARACTER
    }

    /// Whether it becomes its value if no segment begins inside it. Only for keys that are not segments.
    pub fn is_phrase(self) -> bool {
        self.value != STEPWISE
    }
}

/// Compiled keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tables {
    pub(super) marks: Marks,
    /// Empty if blocks are not looked for.
    pub(super) plain: PlainCharacters,
    /// A Bloom filter of the hashes by which keys are found, and, except for [`LongKeys::Many`], of the hashes of their
    /// first six bytes. All keys that start with the same six bytes are in one word.
    pub(super) keys: Cow<'static, [u64]>,
    /// A hash table with open addressing, indexed by the hash of a key's first bytes, longer keys first. A slot holds
    /// the position of the entry in the pool and a tag from the hash. 0 is a free slot.
    pub(super) slots: Cow<'static, [u32]>,
    /// Entries: lengths of key and value, key, value, padding.
    pub(super) pool: Cow<'static, [u8]>,
    pub(super) traits: Traits,
}

impl Tables {
    /// Compiles keys, without blocks (see [`Tables::with_blocks`]). Leaves out keys and values longer than
    /// [`MAX_BYTES`].
    pub fn compile(source: &CompilerInput) -> Self {
        let (marks, entries) = marks_and_entries(source);
        let (slots, place_bits, pool) = pooled(&entries);
        let long_keys = LongKeys::of(entries.iter().filter(|(key, _)| key.len() >= LONG).count());
        Self {
            plain: PlainCharacters::default(),
            keys: filter_of(&entries, long_keys).into(),
            slots: slots.into(),
            pool: pool.into(),
            traits: Traits {
                place_bits,
                long_keys,
                longest: entries.first().map_or(0, |(key, _)| key.len() as u32),
                ascii: AsciiStarts::of(&source.keys),
                noted_from: u32::MAX,
                chained: source.chained,
            },
            marks,
        }
    }

    /// The tables in the form that the scan uses, so that it need not check each time whether they are owned.
    pub fn view(&self) -> TablesView<'_> {
        TablesView {
            marks: self.marks.view(),
            plain: self.plain.view(),
            ascii_ends: ByteSet::of_ascii(self.traits.ascii.ends),
            keys: &self.keys,
            slots: &self.slots,
            pool: &self.pool,
            traits: self.traits,
        }
    }
}

/// Borrowed [`Tables`].
#[derive(Debug, Clone, Copy)]
pub(crate) struct TablesView<'t> {
    pub(super) marks: MarksView<'t>,
    pub(super) plain: Option<PlainView<'t>>,
    pub(super) ascii_ends: ByteSet,
    keys: &'t [u64],
    slots: &'t [u32],
    pool: &'t [u8],
    pub traits: Traits,
}

impl<'t> TablesView<'t> {
    /// The longest key of six bytes or more at a position of a text. `window` holds the first bytes there.
    #[inline(always)]
    pub fn long_key(&self, window: &[u8; WINDOW], bytes: &[u8], at: usize) -> Option<FoundKey> {
        let six = Hash::of_six(eight::<0>(window));
        let nine = six.with_last(Hash::of_six(eight::<3>(window)));
        let word = six.word(self.keys);
        let find = |hash: Hash, least| {
            if word.may_hold(hash) { self.find(hash, window, bytes, at, least) } else { None }
        };
        find(nine, LONGER).or_else(|| find(six, LONG))
    }

    /// Whether a key may start with six bytes of this hash. This is unknown with [`LongKeys::Many`].
    #[inline(always)]
    pub(super) fn may_start(&self, six: Hash) -> bool {
        six.word(self.keys).may_hold(six)
    }

    /// The filter used with [`LongKeys::Many`].
    #[inline(always)]
    pub(super) fn many(&self) -> &ManyWords {
        // A filter that contains everything is never wrong.
        static ALL: ManyWords = [0; MANY_WORDS];
        self.keys.first_chunk().unwrap_or(&ALL)
    }

    /// The longest key of fewer than six bytes at a position of a text.
    #[cold]
    pub fn short_key(&self, window: &[u8; WINDOW], bytes: &[u8], at: usize) -> Option<FoundKey> {
        (1..LONG).rev().find_map(|length| {
            let masked = eight::<0>(window) & ((1 << (8 * length)) - 1);
            let hash = Hash::of_six(masked);
            if hash.word(self.keys).may_hold(hash) {
                self.find(hash, window, bytes, at, length)
            } else {
                None
            }
        })
    }

    /// The longest key with this hash and at least `least` bytes.
    #[inline(always)]
    fn find(
        &self,
        hash: Hash,
        window: &[u8; WINDOW],
        bytes: &[u8],
        at: usize,
        least: usize,
    ) -> Option<FoundKey> {
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
                // A shorter key may be here because of its hash. Then longer keys are still to come.
                if same && key >= least {
                    return Some(FoundKey { entry, key, value });
                }
            }
            slot += 1;
        }
    }

    /// Whether conversions that take notes must note this key (see [`Note`](super::notes::Note)).
    #[inline(always)]
    pub fn is_noted(&self, found: FoundKey) -> bool {
        found.entry >= self.traits.noted_from as usize
    }

    /// The replacement of a key, as UTF-8.
    pub fn value(&self, found: FoundKey) -> &'t [u8] {
        let start = found.entry + HEAD + found.key;
        self.pool.get(start..start + usize::from(found.value & LENGTH)).unwrap_or_default()
    }

    /// The first bytes of a segment's replacement, and the length of the replacement in bytes.
    #[inline(always)]
    pub fn value_window(&self, found: FoundKey) -> (&'t [u8; WINDOW], usize) {
        let window = self.pool.get(found.entry + HEAD + found.key..).and_then(|bytes| bytes.first_chunk());
        (window.unwrap_or(&[0; WINDOW]), usize::from(found.value & LENGTH))
    }
}

/// Bytes of an entry before its key.
pub(super) const HEAD: usize = 4;
/// Entries start at multiples of this many bytes.
pub(super) const ENTRY_ALIGN: usize = 4;

#[inline(always)]
fn number(bytes: &[u8]) -> u128 {
    bytes.first_chunk().map_or(0, |bytes| u128::from_le_bytes(*bytes))
}

/// Keys that are not plain characters, the longest first, with their outcomes.
type Entries<'a> = Vec<(&'a str, &'a KeyEffect)>;

/// The marks of all characters, and the keys that are stored in slots.
fn marks_and_entries(source: &CompilerInput) -> (Marks, Entries<'_>) {
    let mut marks = Marks::default();
    ids::OPERATORS.for_each(|character| marks.set(character, Mark::operator));
    source.compatibility.iter().for_each(|character| marks.set(*character, Mark::compatibility));
    source.inner.iter().for_each(|character| marks.set(*character, Mark::inner));
    let is_long = |key: &str| key.len() >= LONG;
    let is_plain = |outcome: &KeyEffect| matches!(outcome, KeyEffect::Character(_));
    for (key, outcome) in &source.keys {
        match (single(key), outcome) {
            (Some(character), KeyEffect::Character(value)) => {
                marks.set(character, |mark| mark.becoming(character, *value));
            }
            (Some(_), _) => {}
            (None, _) => key.chars().for_each(|character| marks.set(character, Mark::keyed)),
        }
        if is_long(key) {
            mark_start(key, &mut marks);
        }
    }
    let short_starts: BTreeSet<char> = source
        .keys
        .iter()
        .filter(|(key, outcome)| !is_plain(outcome) && (!is_long(key) || !is_of_three(key.chars().nth(1))))
        .filter_map(|(key, _)| key.chars().next())
        .collect();
    short_starts.iter().for_each(|character| marks.set(*character, Mark::short));
    let mut entries: Entries = source.keys.iter().map(|(key, outcome)| (key.as_str(), outcome)).collect();
    // A character that starts short keys is itself stored as a short key.
    entries.retain(|(key, outcome)| {
        let is_short_start = single(key).is_some_and(|character| short_starts.contains(&character));
        fits(key, outcome) && (!is_plain(outcome) || is_short_start)
    });
    entries.sort_by_key(|(key, _)| std::cmp::Reverse(key.len()));
    (marks, entries)
}

fn fits(key: &str, outcome: &KeyEffect) -> bool {
    let value = match outcome {
        KeyEffect::Segment(value) | KeyEffect::Phrase(value) | KeyEffect::FreePhrase(value) => value.len(),
        KeyEffect::Character(_) | KeyEffect::Stepwise => 0,
    };
    (1..=MAX_BYTES).contains(&key.len()) && value <= MAX_BYTES
}

/// Marks the first characters of a key of six bytes or more.
fn mark_start(key: &str, marks: &mut Marks) {
    let mut characters = key.chars();
    let Some(first) = characters.next() else { return };
    marks.set(first, Mark::starting);
    if let Some(second) = characters.next() {
        marks.set(second, Mark::second);
    }
}

fn is_of_three(character: Option<char>) -> bool {
    character.is_some_and(|character| character.len_utf8() == 3)
}

/// The character of `text`, if `text` is exactly one character.
pub(crate) fn single(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

/// See [`Tables::keys`].
fn filter_of(entries: &Entries, long_keys: LongKeys) -> Vec<u64> {
    let keys = entries.iter().map(|(key, _)| key.as_bytes());
    let all = keys.clone().map(|key| (Hash::of_start(key), Hash::of_key(key)));
    let starts = keys.filter(|key| key.len() >= LONG).map(Hash::of_start).map(|start| (start, start));
    match long_keys {
        LongKeys::None => filter(all, Some(3)),
        LongKeys::Few | LongKeys::Some => filter(all.chain(starts), Some(3)),
        LongKeys::Many => filter(all, None),
    }
}

/// The slots, the number of bits of a slot that hold a position, and the pool.
fn pooled(entries: &Entries) -> (Vec<u32>, u32, Vec<u8>) {
    // A position of 0 would look like a free slot.
    let mut pool = vec![0; ENTRY_ALIGN];
    let mut places = Vec::with_capacity(entries.len());
    for (key, outcome) in entries {
        places.push(pool.len() / ENTRY_ALIGN);
        let (flags, value) = match outcome {
            KeyEffect::Segment(value) => (0, value.clone()),
            KeyEffect::Phrase(value) => (PHRASE, value.clone()),
            KeyEffect::FreePhrase(value) => (PHRASE | CHARACTER, value.clone()),
            KeyEffect::Character(value) => (CHARACTER, value.to_string()),
            KeyEffect::Stepwise => (STEPWISE, String::new()),
        };
        let length = flags | value.len() as u16;
        pool.extend((key.len() as u16).to_le_bytes());
        pool.extend(length.to_le_bytes());
        pool.extend([key, value.as_str()].into_iter().flat_map(str::bytes));
        pool.resize(pool.len().next_multiple_of(ENTRY_ALIGN), 0);
    }
    pad(&mut pool);
    let place_bits = place_bits(&pool);
    let mut slots = vec![0; (entries.len() + entries.len() / 4 + 2).next_power_of_two()];
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

/// Pads a pool so that windows may be read after its last entry.
pub(super) fn pad(pool: &mut Vec<u8>) {
    pool.resize(pool.len() + HEAD + 2 * WINDOW, 0);
}

/// The number of bits of a slot that hold a position in a pool.
pub(super) fn place_bits(pool: &[u8]) -> u32 {
    (usize::BITS - (pool.len() / ENTRY_ALIGN).leading_zeros()).min(31)
}
