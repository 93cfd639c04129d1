//! A filter before the patterns: one pass over a line tells which patterns can match it at all, because it holds
//! the texts that each of their matches must hold, and holds them where they must stand.

use std::ops::RangeInclusive;

use foldhash::{HashMap, HashMapExt as _};

include!(concat!(env!("OUT_DIR"), "/filters.rs"));

/// From so many to so many characters.
type Characters = RangeInclusive<usize>;

/// What a line is like that a pattern matches, as the build script found it (`needles.rs`).
pub(super) struct Filter {
    /// How long it is.
    length: Characters,
    /// Ranges of characters that it begins with; none where it may begin with any.
    first: &'static [(char, char)],
    /// The line holds one text of each.
    places: &'static [Place],
}

/// A place in a pattern.
struct Place {
    /// The characters before the text.
    before: Characters,
    /// The characters from the text's first to the line's end.
    behind: Characters,
    /// In small letters.
    texts: &'static [&'static str],
}

/// Characters of a text by which it is looked up.
const START: usize = 3;
/// The first characters of a text; zeros behind a shorter one.
type Start = [char; START];

/// Which patterns can match a line.
pub(super) struct Prefilter {
    filters: Vec<&'static Filter>,
    /// Patterns of which no text is known.
    untold: Vec<usize>,
    /// The texts that are looked for, by how they start.
    texts: HashMap<Start, Vec<Text>>,
    /// By the kind of a line's length, how the texts start that can stand in such a line.
    starts: [Starts; LENGTHS],
}

/// A text at a place of a pattern.
struct Text {
    /// What stands behind its start.
    rest: Vec<char>,
    place: &'static Place,
    /// The pattern, and the number of the place among its places.
    owner: (usize, usize),
}

impl Prefilter {
    /// A filter for patterns by their place in the list.
    pub fn new(filters: Vec<&'static Filter>) -> Self {
        let untold = (0..filters.len()).filter(|pattern| filters[*pattern].places.is_empty()).collect();
        let (mut texts, mut starts) = (HashMap::new(), [(); LENGTHS].map(|()| Starts::default()));
        for (pattern, filter) in filters.iter().enumerate() {
            let lengths = kind(*filter.length.start())..=kind(*filter.length.end());
            for (number, place) in filter.places.iter().enumerate() {
                for text in place.texts {
                    let mut characters = text.chars();
                    let start: Start = std::array::from_fn(|_| characters.next().unwrap_or_default());
                    let text = Text { rest: characters.collect(), place, owner: (pattern, number) };
                    texts.entry(start).or_insert_with(Vec::new).push(text);
                    starts[lengths.clone()].iter_mut().for_each(|starts| starts.add(start));
                }
            }
        }
        Self { filters, untold, texts, starts }
    }

    /// The patterns that can match `text`, in the order of the list.
    pub fn candidates(&self, text: &str) -> Vec<usize> {
        let mut characters = Vec::with_capacity(text.len() + START);
        characters.extend(text.chars().map(|c| c.to_ascii_lowercase()));
        let length = characters.len();
        // The last characters start something too.
        characters.extend(['\0'; START - 1]);
        let met = self.met(&characters, length);
        let by_pattern = met.chunk_by(|(a, _), (b, _)| a == b).map(|places| (places[0].0, places.len()));
        let told = by_pattern.filter(|(pattern, places)| *places == self.filters[*pattern].places.len());
        let untold =
            self.untold.iter().copied().filter(|pattern| self.filters[*pattern].may_match(text, length));
        let mut candidates: Vec<usize> = told.map(|(pattern, _)| pattern).chain(untold).collect();
        candidates.sort_unstable();
        candidates
    }

    /// The owners of the texts that stand where they must, in a line of so many characters.
    fn met(&self, characters: &[char], length: usize) -> Vec<(usize, usize)> {
        let mut met = Vec::new();
        let starts = &self.starts[kind(length)];
        for (before, window) in characters.windows(START).enumerate() {
            let &[first, second, third] = window else { break };
            let [one, two, three] = starts.may_hold(window);
            if !(one || two || three) {
                continue;
            }
            let held =
                [(one, [first, '\0', '\0']), (two, [first, second, '\0']), (three, [first, second, third])];
            for (_, start) in held.into_iter().filter(|(may_hold, _)| *may_hold) {
                let texts = self.texts.get(&start).into_iter().flatten();
                let stand = texts.filter(|text| self.stands(text, characters, before, length));
                met.extend(stand.map(|text| text.owner));
            }
        }
        met.sort_unstable();
        met.dedup();
        met
    }

    /// Whether a text whose start stands behind so many characters stands there, and may.
    fn stands(&self, text: &Text, characters: &[char], before: usize, length: usize) -> bool {
        text.place.before.contains(&before)
            && text.place.behind.contains(&(length - before))
            && self.filters[text.owner.0].length.contains(&length)
            && characters[before + START..].starts_with(&text.rest)
    }
}

impl Filter {
    /// Whether the pattern can match a text of so many characters, by how long it is and how it begins.
    fn may_match(&self, text: &str, length: usize) -> bool {
        let begins = |first: char| self.first.iter().any(|(least, most)| (*least..=*most).contains(&first));
        self.length.contains(&length) && (self.first.is_empty() || text.starts_with(begins))
    }
}

/// Kinds of lengths.
const LENGTHS: usize = 8;

/// The kind of a length: longer lines match fewer patterns.
fn kind(length: usize) -> usize {
    length.checked_ilog2().map_or(0, |kind| (kind as usize).min(LENGTHS - 1))
}

/// How texts start: Bloom filters with one hash.
struct Starts {
    /// Starts of one character; the first two characters of longer ones; those longer ones.
    filters: [Vec<u64>; 3],
}

impl Starts {
    /// Bits of a hash by filter.
    const BITS: [u32; 3] = [12, 15, 17];
    /// What the characters of a start are multiplied by: any large odd numbers.
    const FACTORS: [u32; START] = [0x9E37_79B1, 0x85EB_CA6B, 0xC2B2_AE35];

    fn add(&mut self, start: Start) {
        let [one, two, whole] = Self::hashes(&start);
        let entries = if start[1] == '\0' { vec![(0, one)] } else { vec![(1, two), (2, whole)] };
        for (filter, hash) in entries {
            let (word, bit) = Self::place(filter, hash);
            self.filters[filter][word] |= 1 << bit;
        }
    }

    /// Whether the texts may hold the first character of a window, its first two, and all three.
    #[inline]
    fn may_hold(&self, window: &[char]) -> [bool; START] {
        let [one, two, three] = Self::hashes(window);
        let holds = |filter: usize, hash: u32| {
            let (word, bit) = Self::place(filter, hash);
            self.filters[filter].get(word).is_some_and(|word| word >> bit & 1 == 1)
        };
        let longer = holds(1, two);
        // A zero changes no hash.
        [holds(0, one), longer && holds(2, two), longer && holds(2, three)]
    }

    /// The hashes of the first character, the first two, and so on.
    #[inline]
    fn hashes(window: &[char]) -> [u32; START] {
        let &[first, second, third] = window else { return [0; START] };
        let one = (first as u32).wrapping_mul(Self::FACTORS[0]);
        let two = one ^ (second as u32).wrapping_mul(Self::FACTORS[1]);
        [one, two, two ^ (third as u32).wrapping_mul(Self::FACTORS[2])]
    }

    /// The word and the bit of a hash in a filter.
    #[inline]
    fn place(filter: usize, hash: u32) -> (usize, u32) {
        let place = hash >> (32 - Self::BITS[filter]);
        (place as usize / 64, place % 64)
    }
}

impl Default for Starts {
    fn default() -> Self {
        Self { filters: Self::BITS.map(|bits| vec![0; 1 << bits >> 6]) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static PATTERNS: [Filter; 4] = [
        Filter {
            length: 2..=31,
            first: &[],
            places: &[Place { before: 0..=20, behind: 2..=11, texts: &["翻印", "轉載"] }],
        },
        Filter {
            length: 2..=usize::MAX,
            first: &[],
            places: &[
                Place { before: 0..=0, behind: 2..=usize::MAX, texts: &["app"] },
                Place { before: 3..=usize::MAX, behind: 1..=1, texts: &["裝"] },
            ],
        },
        Filter { length: 1..=3, first: &[], places: &[] },
        Filter { length: 1..=9, first: &[('*', '+')], places: &[] },
    ];

    fn candidates(text: &str) -> Vec<usize> {
        Prefilter::new(PATTERNS.iter().collect()).candidates(text)
    }

    #[test]
    fn a_pattern_is_a_candidate_where_its_texts_stand() {
        assert_eq!(candidates("請勿翻印本文"), [0]);
        assert!(candidates("天氣很好").is_empty());
        assert_eq!(candidates("天氣"), [2]);
        assert_eq!(candidates("++++"), [3]);
        assert_eq!(candidates("App安裝"), [1]);
    }

    #[test]
    fn a_text_at_the_wrong_place_does_not_count() {
        for text in ["翻印的人後來在法庭上說他不知情", "安裝app", "app安裝了", "app", "++++++++++"]
        {
            let placed = candidates(text).into_iter().filter(|pattern| *pattern != 2);
            assert_eq!(placed.count(), 0, "{text}");
        }
    }
}
