//! Words with several senses, of which a region has another word only for some: `dictionaries/words/senses.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::super::characters::{HashMap, HashSet};

/// The table as it is written.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    /// By name, words that speak for all senses of a subject.
    topics: BTreeMap<String, Vec<String>>,
    pub sense: Vec<Row>,
}

/// A word that is another only in some of its senses.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(not(test), allow(dead_code))] // Examples are the row's tests.
pub(super) struct Row {
    pub words: Vec<String>,
    /// Whether it is replaced where nothing speaks for or against.
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

/// What a word of the company says of a word with several senses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Says {
    Nothing,
    /// The region's word is meant.
    For,
    Against,
}

/// A word of the company: its number, and what follows its first character.
pub(super) type Member = (usize, &'static str);

/// The table, for looking up.
#[derive(Debug, Default)]
pub(super) struct Senses {
    /// By word, its row.
    rows: HashMap<&'static str, usize>,
    /// By row, whether it is replaced where nothing speaks.
    usual: Vec<bool>,
    /// By row and member of the company.
    says: Vec<Vec<Says>>,
    /// By first character.
    members: HashMap<char, Vec<Member>>,
    /// By what `place` makes of two characters, whether a member may start with them.
    starts: Vec<u64>,
    /// Members of one character.
    single: HashSet<char>,
}

/// Bits of the filter of members' first two characters.
const STARTS: usize = 1 << 16;

fn place(first: char, second: char) -> usize {
    (first as usize).wrapping_mul(0x9E5).wrapping_add(second as usize) % STARTS
}

static WRITTEN: LazyLock<Written> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../dictionaries/words/senses.toml")).unwrap_or_default()
});
static SENSES: LazyLock<Senses> = LazyLock::new(|| Senses::of(&WRITTEN));

impl Senses {
    /// The table that is built in.
    #[inline]
    pub fn get() -> &'static Self {
        &SENSES
    }

    fn of(written: &'static Written) -> Self {
        let mut senses = Self { starts: vec![0; STARTS / 64], ..Self::default() };
        let mut numbers: HashMap<&str, usize> = HashMap::default();
        for (place, row) in written.sense.iter().enumerate() {
            senses.rows.extend(row.words.iter().map(|word| (word.as_str(), place)));
            senses.usual.push(row.usual);
            let topics = row.topics.iter().filter_map(|topic| written.topics.get(topic)).flatten();
            let with = row.with.iter().chain(topics).map(|word| (word, Says::For));
            let mut says = Vec::new();
            // What speaks against by name is against, be it of the subject.
            for (word, saying) in with.chain(row.without.iter().map(|word| (word, Says::Against))) {
                let new = numbers.len();
                let number = *numbers.entry(word).or_insert(new);
                if number == new {
                    senses.add(word, number);
                }
                says.resize(says.len().max(number + 1), Says::Nothing);
                says[number] = saying;
            }
            senses.says.push(says);
        }
        senses
    }

    fn add(&mut self, word: &'static str, number: usize) {
        let mut rest = word.chars();
        let Some(first) = rest.next() else { return };
        self.members.entry(first).or_default().push((number, rest.as_str()));
        match rest.next() {
            Some(second) => {
                let place = place(first, second);
                self.starts[place / 64] |= 1 << (place % 64);
            }
            None => {
                self.single.insert(first);
                let place = place(first, '\0');
                self.starts[place / 64] |= 1 << (place % 64);
            }
        }
    }

    /// The row of a word, if it has several senses.
    pub fn row(&self, word: &str) -> Option<usize> {
        self.rows.get(word).copied()
    }

    /// Members of the company of which some may start with two characters, by the first.
    #[inline]
    pub fn members(&self, first: char, second: char) -> &[Member] {
        let place = place(first, second);
        if self.starts[place / 64] >> (place % 64) & 1 == 0 && !self.is_single(first) {
            return &[];
        }
        self.members.get(&first).map_or(&[], Vec::as_slice)
    }

    #[inline]
    fn is_single(&self, character: char) -> bool {
        let place = place(character, '\0');
        self.starts[place / 64] >> (place % 64) & 1 != 0 && self.single.contains(&character)
    }

    pub fn usual(&self, row: usize) -> bool {
        self.usual.get(row).is_none_or(|usual| *usual)
    }

    pub fn says(&self, row: usize, member: usize) -> Says {
        let says = self.says.get(row).and_then(|says| says.get(member));
        says.copied().unwrap_or(Says::Nothing)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::regional::RegionalWords;
    use super::*;
    use crate::script::context::Region;
    use crate::{Conversion, Target};

    fn written() -> Written {
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

    /// What a line of a Simplified article becomes.
    fn converted(target: Target, line: &str) -> String {
        Conversion::of(target, ["这里的话说明了什么。", line]).convert_line(1, line).into_owned()
    }

    /// Whether the row's word is replaced in an example: other words may be, too.
    fn is_replaced(row: &Row, example: &str, without: &str, with: &str) -> bool {
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
            assert!(row.topics.iter().all(|topic| table.topics.contains_key(topic)), "{:?}", row.words);
            for word in &row.words {
                assert!(seen.insert(word.clone()), "{word} stands twice");
                let known = |region| RegionalWords::of(region).has(word);
                assert!(Region::ALL.into_iter().any(known), "{word} is no word of a region");
            }
        }
    }
}
