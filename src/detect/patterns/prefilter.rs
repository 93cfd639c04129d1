//! A filter before the patterns: one pass over a line tells which patterns can match it at all, because it holds
//! the texts that each of their matches must hold, and holds them where they must stand.

use std::ops::RangeInclusive;
use std::str::Chars;

use foldhash::HashMap;

/// From so many to so many characters.
type LengthRange = RangeInclusive<usize>;

/// What a line is like that a pattern matches, as the build script found it (`required_literals`).
pub(super) struct Filter {
    /// How long it is.
    pub length: LengthRange,
    /// Ranges of characters that it begins with; none where it may begin with any.
    pub first: &'static [(char, char)],
    /// Of each condition, the line holds a text of one of its places.
    pub conditions: &'static [&'static [LiteralPlace]],
}

/// A place in a pattern.
pub(super) struct LiteralPlace {
    /// The characters before the text.
    pub before: LengthRange,
    /// The characters from the text's first to the line's end.
    pub behind: LengthRange,
    /// In small letters.
    pub texts: &'static [&'static str],
}

/// Characters of a text by which it is looked up.
const START: usize = 3;
/// The first characters of a text; zeros behind a shorter one.
type TextStart = [char; START];

/// Which patterns can match a line.
pub(super) struct Prefilter {
    filters: Vec<&'static Filter>,
    /// Patterns of which no text is known.
    untold: Vec<usize>,
    /// The texts that stand at a line's beginning and nowhere else: elsewhere they need not be looked for.
    beginning: Texts,
    /// All others.
    anywhere: Texts,
}

/// The texts that are looked for.
#[derive(Default)]
struct Texts {
    /// By how they start.
    texts: HashMap<TextStart, Vec<Text>>,
    /// How those start that can stand in a line.
    starts: Starts,
}

/// A text at a place of a pattern.
struct Text {
    /// What stands behind its start.
    rest: Vec<char>,
    place: &'static LiteralPlace,
    filter: &'static Filter,
    owner: Owner,
}

/// A pattern, and the number of one of its conditions.
type Owner = (usize, usize);

impl Prefilter {
    /// A filter for patterns by their place in the list.
    pub fn new(filters: Vec<&'static Filter>) -> Self {
        let untold = (0..filters.len()).filter(|pattern| filters[*pattern].conditions.is_empty()).collect();
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
        Self { filters, untold, beginning, anywhere }
    }

    /// The patterns that can match `text`, in the order of the list.
    pub fn candidates(&self, text: &str) -> Vec<usize> {
        let length = text.chars().count();
        let met = self.met(text, length);
        let by_pattern = met.chunk_by(|(a, _), (b, _)| a == b).map(|met| (met[0].0, met.len()));
        let told = by_pattern.filter(|(pattern, met)| *met == self.filters[*pattern].conditions.len());
        let told = told.map(|(pattern, _)| pattern);
        let all = told.chain(self.untold.iter().copied());
        let mut candidates: Vec<usize> =
            all.filter(|pattern| self.filters[*pattern].may_match(text, length)).collect();
        candidates.sort_unstable();
        candidates
    }

    /// The owners of the texts that stand where they must, in a line of so many characters.
    fn met(&self, text: &str, length: usize) -> Vec<Owner> {
        let mut met = Vec::new();
        let lengths = Lengths::from(&(length..=length));
        let mut behind = text.chars();
        let mut first = next_small(&mut behind);
        for before in 0..length {
            let second = next_small(&mut behind);
            if before == 0 && self.beginning.starts.may_begin(first, second, lengths) {
                self.beginning.meet([first, second], behind.clone(), (before, length), lengths, &mut met);
            }
            if self.anywhere.starts.may_begin(first, second, lengths) {
                self.anywhere.meet([first, second], behind.clone(), (before, length), lengths, &mut met);
            }
            first = second;
        }
        met.sort_unstable();
        met.dedup();
        met
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

    /// Adds the owners of the texts that begin as a line goes on from a place with two characters and what is behind
    /// them.
    #[inline]
    fn meet(
        &self,
        [first, second]: [char; 2],
        mut behind: Chars,
        (before, length): (usize, usize),
        lengths: Lengths,
        met: &mut Vec<Owner>,
    ) {
        let start = [first, second, next_small(&mut behind)];
        let held = self.starts.may_hold(start, lengths);
        for (start, _) in beginnings(start).into_iter().zip(held).filter(|(_, may_hold)| *may_hold) {
            let texts = self.texts.get(&start).into_iter().flatten();
            let stand = texts.filter(|text| text.stands(behind.as_str(), before, length));
            met.extend(stand.map(|text| text.owner));
        }
    }
}

impl Text {
    /// Whether the text stands where its start stands, behind so many characters and before others, and may.
    fn stands(&self, behind: &str, before: usize, length: usize) -> bool {
        let behind = behind.chars().map(|character| character.to_ascii_lowercase());
        self.place.before.contains(&before)
            && self.place.behind.contains(&(length - before))
            && self.filter.length.contains(&length)
            && behind.take(self.rest.len()).eq(self.rest.iter().copied())
    }
}

/// The next character, small; a zero behind the last, because the last characters start something too.
#[inline]
fn next_small(characters: &mut Chars) -> char {
    characters.next().map_or('\0', |character| character.to_ascii_lowercase())
}

/// The starts of one, two and three characters with which one of three begins.
fn beginnings([first, second, third]: TextStart) -> [TextStart; START] {
    [[first, '\0', '\0'], [first, second, '\0'], [first, second, third]]
}

impl Filter {
    /// Whether the pattern can match a text of so many characters, by how long it is and how it begins.
    fn may_match(&self, text: &str, length: usize) -> bool {
        let begins = |first: char| self.first.iter().any(|(least, most)| (*least..=*most).contains(&first));
        self.length.contains(&length) && (self.first.is_empty() || text.starts_with(begins))
    }
}

/// Kinds of lengths, a bit each: longer lines match fewer patterns.
#[derive(Clone, Copy, Default)]
struct Lengths(u8);

impl Lengths {
    /// The kinds of lengths from one to another.
    fn from(lengths: &LengthRange) -> Self {
        let kind = |length: usize| length.checked_ilog2().map_or(0, |kind| kind.min(u8::BITS - 1));
        let kinds = kind(*lengths.start())..=kind(*lengths.end());
        Self(kinds.fold(0, |kinds, kind| kinds | 1 << kind))
    }

    fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn meet(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// How texts start, and in lines of which lengths: Bloom filters with one hash.
#[derive(Default)]
struct Starts {
    /// Starts of one character.
    one: Filed<{ 1 << 12 }>,
    /// The first two characters of longer ones.
    two: Filed<{ 1 << 14 }>,
    /// Those longer ones.
    whole: Filed<{ 1 << 15 }>,
}

impl Starts {
    /// What the characters of a start are multiplied by: any large odd numbers.
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

    /// Whether any text may begin with the first of two characters, or with both: nearly always no, which is soon
    /// told without a choice that the processor cannot foresee.
    #[inline]
    fn may_begin(&self, first: char, second: char, lengths: Lengths) -> bool {
        let [one, two, _] = Self::hashes([first, second, '\0']);
        self.one.under(one).or(self.two.under(two)).meet(lengths)
    }

    /// Whether the texts may hold the first character of three, the first two, and all of them.
    #[inline]
    fn may_hold(&self, start: TextStart, lengths: Lengths) -> [bool; START] {
        // A zero changes no hash.
        let [one, two, three] = Self::hashes(start);
        let longer = self.two.under(two).meet(lengths);
        let whole = |hash: u32| longer && self.whole.under(hash).meet(lengths);
        [self.one.under(one).meet(lengths), whole(two), whole(three)]
    }

    /// The hashes of the first character, the first two, and all three.
    #[inline]
    fn hashes([first, second, third]: TextStart) -> [u32; START] {
        let one = Self::part(first, 0);
        let two = one ^ Self::part(second, 1);
        [one, two, two ^ Self::part(third, 2)]
    }

    /// What a character adds to the hash of those before it.
    #[inline]
    fn part(character: char, at: usize) -> u32 {
        u32::from(character).wrapping_mul(Self::FACTORS[at])
    }
}

/// Kinds of lengths under hashes, of which the highest bits count.
struct Filed<const SLOTS: usize>(Box<[Lengths; SLOTS]>);

impl<const SLOTS: usize> Filed<SLOTS> {
    fn add(&mut self, hash: u32, lengths: Lengths) {
        self.0[Self::slot(hash)].0 |= lengths.0;
    }

    #[inline]
    fn under(&self, hash: u32) -> Lengths {
        self.0[Self::slot(hash)]
    }

    #[inline]
    fn slot(hash: u32) -> usize {
        (hash >> (u32::BITS - SLOTS.ilog2())) as usize % SLOTS
    }
}

impl<const SLOTS: usize> Default for Filed<SLOTS> {
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
