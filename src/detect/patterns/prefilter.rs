//! A filter before the patterns. One pass over a line finds the patterns that can match it at all: the line
//! has the texts that each of their matches must have, in the positions where they must be.

use std::ops::RangeInclusive;
use std::str::Chars;

use foldhash::HashMap;

/// A range of numbers of characters.
type LengthRange = RangeInclusive<usize>;

/// The properties of each line that a pattern matches, as the build script found them (`required_literals`).
pub(super) struct Filter {
    /// The length of the line.
    pub length: LengthRange,
    /// The ranges of characters with which the line may begin; empty if it may begin with any.
    pub first: &'static [(char, char)],
    /// The conditions. For each condition, the line has a text of one of its places.
    pub conditions: &'static [&'static [LiteralPlace]],
}

/// A place in a pattern, and the texts that may be there.
pub(super) struct LiteralPlace {
    /// The number of characters before the text.
    pub before: LengthRange,
    /// The number of characters from the text's first one to the line's end.
    pub behind: LengthRange,
    /// The texts, in lower case.
    pub texts: &'static [&'static str],
}

/// Number of characters of a text by which it is looked up.
const START: usize = 3;
/// The first characters of a text; zeros after a shorter one.
type TextStart = [char; START];

/// A filter that finds the patterns that can match a line.
pub(super) struct Prefilter {
    filters: Vec<&'static Filter>,
    /// The patterns without conditions.
    unconditional: Vec<usize>,
    /// The texts that can only be at a line's beginning. Elsewhere they need not be looked for.
    beginning: Texts,
    /// All other texts.
    anywhere: Texts,
}

/// The texts that are looked for.
#[derive(Default)]
struct Texts {
    /// The texts by their starts.
    texts: HashMap<TextStart, Vec<Text>>,
    /// A filter of the starts, with the lengths of the lines in which they can be.
    starts: Starts,
}

/// A text at a place of a pattern.
struct Text {
    /// The characters after its start.
    rest: Vec<char>,
    place: &'static LiteralPlace,
    filter: &'static Filter,
    owner: Owner,
}

/// A pattern, and the number of one of its conditions.
type Owner = (usize, usize);

impl Prefilter {
    /// A filter for patterns. A pattern is known by its index in the list.
    pub fn new(filters: Vec<&'static Filter>) -> Self {
        let unconditional =
            (0..filters.len()).filter(|pattern| filters[*pattern].conditions.is_empty()).collect();
        let (mut beginning, mut anywhere) = (Texts::default(), Texts::default());
        for (pattern, filter) in filters.iter().enumerate() {
            let conditions = filter.conditions.iter().enumerate();
            for (number, place) in
                conditions.flat_map(|(n, places)| places.iter().map(move |place| (n, place)))
            {
                let texts = if place.before == (0..=0) { &mut beginning } else { &mut anywhere };
                texts.add(filter, place, (pattern, number));
            }
        }
        Self { filters, unconditional, beginning, anywhere }
    }

    /// The patterns that can match `text`, in the order of the list.
    pub fn candidates(&self, text: &str) -> Vec<usize> {
        let length = text.chars().count();
        let owners = self.owners(text, length);
        let by_pattern = owners.chunk_by(|(a, _), (b, _)| a == b).map(|owners| (owners[0].0, owners.len()));
        let complete =
            by_pattern.filter(|(pattern, count)| *count == self.filters[*pattern].conditions.len());
        let complete = complete.map(|(pattern, _)| pattern);
        let all = complete.chain(self.unconditional.iter().copied());
        let mut candidates: Vec<usize> =
            all.filter(|pattern| self.filters[*pattern].may_match(text, length)).collect();
        candidates.sort_unstable();
        candidates
    }

    /// The owners of the texts that are where they must be, in a line of so many characters.
    fn owners(&self, text: &str, length: usize) -> Vec<Owner> {
        let mut owners = Vec::new();
        let lengths = Lengths::from(&(length..=length));
        let mut behind = text.chars();
        let mut first = next_lower(&mut behind);
        for before in 0..length {
            let second = next_lower(&mut behind);
            if before == 0 && self.beginning.starts.may_begin(first, second, lengths) {
                self.beginning.find([first, second], behind.clone(), (before, length), lengths, &mut owners);
            }
            if self.anywhere.starts.may_begin(first, second, lengths) {
                self.anywhere.find([first, second], behind.clone(), (before, length), lengths, &mut owners);
            }
            first = second;
        }
        owners.sort_unstable();
        owners.dedup();
        owners
    }
}

impl Texts {
    /// Adds the texts of a place.
    fn add(&mut self, filter: &'static Filter, place: &'static LiteralPlace, owner: Owner) {
        for text in place.texts {
            let mut characters = text.chars();
            let start: TextStart = std::array::from_fn(|_| characters.next().unwrap_or_default());
            let text = Text { rest: characters.collect(), place, filter, owner };
            self.texts.entry(start).or_default().push(text);
            self.starts.add(start, Lengths::from(&filter.length));
        }
    }

    /// Finds the owners of the texts that are at one position of a line, and adds them to `owners`. From the
    /// position on, the line has two characters and then `behind`.
    #[inline]
    fn find(
        &self,
        [first, second]: [char; 2],
        mut behind: Chars,
        (before, length): (usize, usize),
        lengths: Lengths,
        owners: &mut Vec<Owner>,
    ) {
        let start = [first, second, next_lower(&mut behind)];
        let held = self.starts.may_hold(start, lengths);
        for (start, _) in beginnings(start).into_iter().zip(held).filter(|(_, may_hold)| *may_hold) {
            let texts = self.texts.get(&start).into_iter().flatten();
            let at_position = texts.filter(|text| text.is_at(behind.as_str(), before, length));
            owners.extend(at_position.map(|text| text.owner));
        }
    }
}

impl Text {
    /// Whether the rest of the text follows its start, and the text may be at this position of a line of this
    /// length.
    fn is_at(&self, behind: &str, before: usize, length: usize) -> bool {
        let behind = behind.chars().map(|character| character.to_ascii_lowercase());
        self.place.before.contains(&before)
            && self.place.behind.contains(&(length - before))
            && self.filter.length.contains(&length)
            && behind.take(self.rest.len()).eq(self.rest.iter().copied())
    }
}

/// The next character, in lower case. After the last one it is a zero, because the last characters may be a
/// start too.
#[inline]
fn next_lower(characters: &mut Chars) -> char {
    characters.next().map_or('\0', |character| character.to_ascii_lowercase())
}

/// The starts of one, two and three characters at the beginning of three characters.
fn beginnings([first, second, third]: TextStart) -> [TextStart; START] {
    [[first, '\0', '\0'], [first, second, '\0'], [first, second, third]]
}

impl Filter {
    /// Whether the pattern can match a text of so many characters, by its length and its first character.
    fn may_match(&self, text: &str, length: usize) -> bool {
        let begins = |first: char| self.first.iter().any(|(least, most)| (*least..=*most).contains(&first));
        self.length.contains(&length) && (self.first.is_empty() || text.starts_with(begins))
    }
}

/// Classes of lengths, one bit for each. They help because longer lines match fewer patterns.
#[derive(Clone, Copy, Default)]
struct Lengths(u8);

impl Lengths {
    /// The classes of the lengths in a range.
    fn from(lengths: &LengthRange) -> Self {
        let class = |length: usize| length.checked_ilog2().map_or(0, |class| class.min(u8::BITS - 1));
        let classes = class(*lengths.start())..=class(*lengths.end());
        Self(classes.fold(0, |classes, class| classes | 1 << class))
    }

    fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn overlaps(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The starts of texts, with the lengths of the lines in which they can be, as Bloom filters with one hash.
#[derive(Default)]
struct Starts {
    /// Starts of one character.
    one: LengthTable<{ 1 << 12 }>,
    /// The first two characters of longer starts.
    two: LengthTable<{ 1 << 14 }>,
    /// The longer starts.
    whole: LengthTable<{ 1 << 15 }>,
}

impl Starts {
    /// The factors of the characters of a start: any large odd numbers.
    const FACTORS: [u32; START] = [0x9E37_79B1, 0x85EB_CA6B, 0xC2B2_AE35];

    fn add(&mut self, start: TextStart, lengths: Lengths) {
        let [one, two, whole] = Self::hashes(start);
        if start[1] == '\0' {
            self.one.add(one, lengths);
        } else {
            self.two.add(two, lengths);
            self.whole.add(whole, lengths);
        }
    }

    /// Whether any text may begin with the first of two characters, or with both. The answer is nearly always
    /// no, and is found without a branch that the processor cannot predict.
    #[inline]
    fn may_begin(&self, first: char, second: char, lengths: Lengths) -> bool {
        let [one, two, _] = Self::hashes([first, second, '\0']);
        self.one.get(one).or(self.two.get(two)).overlaps(lengths)
    }

    /// Whether a text may start with the first character of three, with the first two, and with all three.
    #[inline]
    fn may_hold(&self, start: TextStart, lengths: Lengths) -> [bool; START] {
        // A zero changes no hash.
        let [one, two, three] = Self::hashes(start);
        let longer = self.two.get(two).overlaps(lengths);
        let whole = |hash: u32| longer && self.whole.get(hash).overlaps(lengths);
        [self.one.get(one).overlaps(lengths), whole(two), whole(three)]
    }

    /// The hashes of the first character, the first two, and all three.
    #[inline]
    fn hashes([first, second, third]: TextStart) -> [u32; START] {
        let one = Self::part(first, 0);
        let two = one ^ Self::part(second, 1);
        [one, two, two ^ Self::part(third, 2)]
    }

    /// The contribution of a character to a hash.
    #[inline]
    fn part(character: char, at: usize) -> u32 {
        u32::from(character).wrapping_mul(Self::FACTORS[at])
    }
}

/// Classes of lengths by the highest bits of a hash.
struct LengthTable<const SLOTS: usize>(Box<[Lengths; SLOTS]>);

impl<const SLOTS: usize> LengthTable<SLOTS> {
    fn add(&mut self, hash: u32, lengths: Lengths) {
        self.0[Self::slot(hash)].0 |= lengths.0;
    }

    #[inline]
    fn get(&self, hash: u32) -> Lengths {
        self.0[Self::slot(hash)]
    }

    #[inline]
    fn slot(hash: u32) -> usize {
        (hash >> (u32::BITS - SLOTS.ilog2())) as usize % SLOTS
    }
}

impl<const SLOTS: usize> Default for LengthTable<SLOTS> {
    fn default() -> Self {
        Self(Box::new([Lengths::default(); SLOTS]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static PATTERNS: [Filter; 4] = [
        Filter {
            length: 2..=31,
            first: &[],
            conditions: &[&[LiteralPlace { before: 0..=20, behind: 2..=11, texts: &["翻印", "轉載"] }]],
        },
        Filter {
            length: 2..=usize::MAX,
            first: &[],
            conditions: &[
                &[LiteralPlace { before: 0..=0, behind: 2..=usize::MAX, texts: &["app"] }],
                &[LiteralPlace { before: 3..=usize::MAX, behind: 1..=1, texts: &["裝"] }],
            ],
        },
        Filter { length: 1..=3, first: &[], conditions: &[] },
        Filter { length: 1..=9, first: &[('*', '+')], conditions: &[] },
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
