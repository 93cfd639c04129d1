//! Words with several senses, where a region has another word for only some of them: `dictionaries/words/senses.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::characters::HashMap;
use crate::text::hash::FACTOR;

/// The table, as it is written.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SensesFile {
    /// By name, words that are evidence for all senses of a subject.
    topics: BTreeMap<String, Vec<String>>,
    pub sense: Vec<SenseRow>,
}

/// A word that is replaced only in some of its senses.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), allow(dead_code))] // The examples are the tests of the row.
pub(super) struct SenseRow {
    pub words: Vec<String>,
    /// Whether it is replaced if there is no evidence.
    pub usual: bool,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    with: Vec<String>,
    #[serde(default)]
    without: Vec<String>,
    /// Examples.
    pub replaced: Vec<String>,
    pub stays: Vec<String>,
}

/// The evidence of a company word for a word with several senses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Nothing,
    /// The region's word is meant.
    For,
    Against,
}

/// A company word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Member {
    start: MemberStart,
    /// The eight bytes after its start, without those that are not its own. `own` is the mask of its own bytes.
    rest: u64,
    own: u64,
    pub number: u16,
    pub length: u16,
}

impl Member {
    /// `None` for a word that does not begin with two Han characters or two bytes of which the first is ASCII. A word
    /// longer than fourteen bytes (four Han characters) is recognised by its first fourteen bytes.
    fn of(word: &str, number: u16) -> Option<Self> {
        let bytes = word.as_bytes();
        let start = MemberStart::of(bytes, 0)?;
        let length = bytes.len() - start.length();
        let own = if length == 0 { 0 } else { u64::MAX >> (64 - 8 * u32::try_from(length).ok()?.min(8)) };
        let rest = eight(bytes, start.length()) & own;
        Some(Self { start, rest, own, number, length: u16::try_from(bytes.len()).ok()? })
    }

    /// Whether it is at a place of a text that has this start, and these eight bytes after it.
    #[inline]
    pub fn stands(&self, start: MemberStart, behind: u64) -> bool {
        self.start == start && self.rest == behind & self.own
    }
}

/// Eight bytes of a text, padded with 0 after its end.
#[inline]
pub(super) fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.first_chunk().map_or_else(
        || rest.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte)),
        |eight| u64::from_le_bytes(*eight),
    )
}

/// The bytes with which a member starts: those of two Han characters, or two bytes of which the first is ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MemberStart(u64);

impl MemberStart {
    /// The start at byte `at` of a text; `None` if no member can start there.
    #[inline]
    pub fn of(bytes: &[u8], at: usize) -> Option<Self> {
        match *bytes.get(at)? {
            0..0x80 => Some(Self(u64::from(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?)))),
            0xE4..=0xE9 => Some(Self(eight(bytes, at) & u64::MAX >> 16)),
            _ => None,
        }
    }

    #[inline]
    pub fn length(self) -> usize {
        if self.0 as u8 >= 0x80 { HAN } else { 2 }
    }

    /// The position at which members with this start are looked up.
    #[inline]
    fn place(self) -> usize {
        (self.0.wrapping_mul(FACTOR) >> 40) as usize % STARTS
    }
}

/// Length of two Han characters in bytes.
const HAN: usize = 6;
/// Number of positions for starts.
const STARTS: usize = 1 << 15;

/// The table, prepared for look-up.
#[derive(Debug, Default)]
pub(super) struct Senses {
    /// By word, its row.
    rows: HashMap<&'static str, usize>,
    /// By row, whether the word is replaced if there is no evidence.
    usual: Vec<bool>,
    /// The evidence, by row and company word.
    says: Vec<Vec<Says>>,
    /// By position, whether any member starts there.
    filter: Vec<u64>,
    /// By position, the index of its first member.
    starts: Vec<u16>,
    /// Sorted by the position of their start.
    members: Vec<Member>,
}

static WRITTEN: LazyLock<SensesFile> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../dictionaries/words/senses.toml")).unwrap_or_default()
});
static SENSES: LazyLock<Senses> = LazyLock::new(|| Senses::of(&WRITTEN));

impl Senses {
    /// The table that is built in.
    #[inline]
    pub fn get() -> &'static Self {
        &SENSES
    }

    fn of(written: &'static SensesFile) -> Self {
        let filter = vec![0; STARTS / 64];
        let mut senses = Self { filter, starts: vec![0; STARTS], ..Self::default() };
        let mut numbers: HashMap<&str, usize> = HashMap::default();
        for (place, row) in written.sense.iter().enumerate() {
            senses.rows.extend(row.words.iter().map(|word| (word.as_str(), place)));
            senses.usual.push(row.usual);
            let topics = row.topics.iter().filter_map(|topic| written.topics.get(topic)).flatten();
            let with = row.with.iter().chain(topics).map(|word| (word, Says::For));
            let mut says = Vec::new();
            // Words listed as evidence against come last, so that they override words of the subject.
            for (word, saying) in with.chain(row.without.iter().map(|word| (word, Says::Against))) {
                let new = numbers.len();
                let number = *numbers.entry(word).or_insert(new);
                if number == new {
                    senses.members.extend(Member::of(word, number as u16));
                }
                says.resize(says.len().max(number + 1), Says::Nothing);
                says[number] = saying;
            }
            senses.says.push(says);
        }
        senses.file();
        senses
    }

    /// Sorts the members and indexes them.
    fn file(&mut self) {
        self.members.sort_by_key(|member| member.start.place());
        for (index, member) in self.members.iter().enumerate().rev() {
            let place = member.start.place();
            self.filter[place / 64] |= 1 << (place % 64);
            self.starts[place] = index as u16;
        }
    }

    /// The row of a word, if it has several senses.
    pub fn row(&self, word: &str) -> Option<usize> {
        self.rows.get(word).copied()
    }

    /// The company words at the position of a start. Some of them may have this start.
    #[inline]
    pub fn members(&self, start: MemberStart) -> &[Member] {
        let place = start.place();
        if self.filter[place / 64] >> (place % 64) & 1 == 0 {
            return &[];
        }
        let members = &self.members[usize::from(self.starts[place])..];
        let last = members.iter().position(|member| member.start.place() != place);
        &members[..last.unwrap_or(members.len())]
    }

    pub fn usual(&self, row: usize) -> bool {
        self.usual.get(row).is_none_or(|usual| *usual)
    }

    #[inline]
    pub fn says(&self, row: usize, member: usize) -> Says {
        let says = self.says.get(row).and_then(|says| says.get(member));
        says.copied().unwrap_or(Says::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::super::region::Region;
    use super::super::regional::RegionalLexicon;
    use super::*;
    use crate::{Conversion, Target};

    fn written() -> SensesFile {
        toml::from_str(include_str!("../../../dictionaries/words/senses.toml")).unwrap()
    }

    #[test]
    fn each_example_is_as_its_row_says() {
        let mut wrong = Vec::new();
        for row in written().sense {
            for (examples, replaced) in [(&row.replaced, true), (&row.stays, false)] {
                for example in examples {
                    let converted = |target| converted(target, example);
                    let pairs = [
                        (converted(Target::Tw), converted(Target::TwPhrases)),
                        (converted(Target::Hk), converted(Target::HkPhrases)),
                    ];
                    let found = pairs.iter().any(|(without, with)| is_replaced(&row, example, without, with));
                    if found != replaced {
                        wrong.push(format!("{} {example}: {pairs:?}", row.words[0]));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// The conversion of a line in a Simplified article.
    fn converted(target: Target, line: &str) -> String {
        Conversion::of(target, ["这里的话说明了什么。", line]).convert_line(1, line).into_owned()
    }

    /// Whether the row's word is replaced in an example. Other words may be replaced, too.
    fn is_replaced(row: &SenseRow, example: &str, without: &str, with: &str) -> bool {
        let word = row.words.iter().find(|word| example.contains(*word));
        let count = |text: &str, word: &str| text.matches(word).count();
        word.is_some_and(|word| {
            let traditional = converted(Target::Tw, word);
            count(with, &traditional) < count(without, &traditional)
        })
    }

    #[test]
    fn each_row_is_of_a_regional_word_once_and_has_examples() {
        let table = written();
        let mut seen = HashSet::new();
        for row in &table.sense {
            assert!(!row.stays.is_empty(), "{:?}", row.words);
            let never = row.topics.is_empty() && row.with.is_empty() && !row.usual;
            assert_eq!(row.replaced.is_empty(), never, "{:?}", row.words);
            let mut company = row.with.iter().chain(&row.without);
            let odd = company.find(|word| Member::of(word, 0).is_none());
            assert_eq!(odd, None, "company starts with two Han characters or two of ASCII: {:?}", row.words);
            assert!(row.topics.iter().all(|topic| table.topics.contains_key(topic)), "{:?}", row.words);
            for word in &row.words {
                assert!(seen.insert(word.clone()), "{word} stands twice");
                let known = |region| RegionalLexicon::of(region).has(word);
                assert!(Region::ALL.into_iter().any(known), "{word} is no word of a region");
            }
        }
    }
}
