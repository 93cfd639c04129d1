//! The lexicon: words that pages are full of and articles are not, in classes by their subject. Runs of
//! characters find such words at the ends of a line. The lexicon finds them also in the middle of a sentence,
//! and in the lines around.

use std::sync::LazyLock;

use foldhash::HashMap;
use typed_index_collections::TiVec;

use super::super::words::folded_words;
use super::context::{running, share};
use super::hashing::{Feature, FeatureSink, Template, bin};
use super::text::Facts;
use crate::analysis::{Rank, Ranked};
use crate::text::FixedBloomFilter;
use crate::text::hash::of_pair;

/// The number of classes of words.
pub(super) const CLASSES: usize = 9;

/// The classes: the description of their words in evidence, and the words.
pub(super) static WORDS: [(&str, &str); CLASSES] = [
    ("of an introduction", include_str!("../../../dictionaries/model/words/introduction.txt")),
    ("of an offer", include_str!("../../../dictionaries/model/words/offer.txt")),
    ("about a circle of readers", include_str!("../../../dictionaries/model/words/circle.txt")),
    ("of contact", include_str!("../../../dictionaries/model/words/contact.txt")),
    ("about following", include_str!("../../../dictionaries/model/words/follow.txt")),
    ("about sharing", include_str!("../../../dictionaries/model/words/share.txt")),
    ("of the law", include_str!("../../../dictionaries/model/words/legal.txt")),
    ("about other articles", include_str!("../../../dictionaries/model/words/related.txt")),
    ("about services", include_str!("../../../dictionaries/model/words/service.txt")),
];

/// Bin edges for the number of words in a line, and for the number of lines that have such words.
pub(super) const COUNTS: &[usize] = &[0, 1, 2, 4];
/// Bin edges for the distance to the last line above that has such a word.
pub(super) const DISTANCES: &[usize] = &[0, 1, 2, 4, 8, 16];
/// Number of lines on either side that count as around.
pub(super) const AROUND: usize = 4;
/// Offset of the numbers that combine a count with the line's length.
pub(super) const WITH_LENGTH: u32 = 256;
/// Offset of the numbers for words that the line itself has too.
pub(super) const TOO: u32 = 256;

/// For each class, the number of its words in a line.
pub(super) type WordCounts = [u8; CLASSES];

/// The words of all classes.
#[derive(Default)]
struct ClassLexicon {
    /// The words by their first two characters.
    words: HashMap<[char; 2], Vec<ClassWord>>,
    /// A filter of those characters.
    begins: Box<FixedBloomFilter<BEGINS>>,
}

/// The rest of a word after its first two characters, and the class of the word.
struct ClassWord {
    rest: String,
    class: usize,
}

/// Number of machine words in the filter. It has more than a hundred bits for each word of the lexicon.
const BEGINS: usize = 1 << 10;

static LEXICON: LazyLock<ClassLexicon> = LazyLock::new(|| {
    let mut lexicon = ClassLexicon::default();
    for (class, (_, words)) in WORDS.iter().enumerate() {
        folded_words(words).for_each(|word| lexicon.add(&word, class));
    }
    lexicon
});

impl ClassLexicon {
    fn add(&mut self, word: &str, class: usize) {
        let mut rest = word.chars();
        let (Some(first), Some(second)) = (rest.next(), rest.next()) else { return };
        self.begins.add(of_pair(first, second));
        let word = ClassWord { rest: rest.as_str().to_owned(), class };
        self.words.entry([first, second]).or_default().push(word);
    }

    /// For each class, the number of its words in a key.
    fn counts(&self, key: &str) -> WordCounts {
        let mut counts = WordCounts::default();
        let mut first = '\0';
        let mut behind = key.chars();
        while let Some(second) = behind.next() {
            if self.begins.may_hold(of_pair(first, second)) {
                let words = self.words.get(&[first, second]).into_iter().flatten();
                for word in words.filter(|word| behind.as_str().starts_with(&word.rest)) {
                    counts[word.class] = counts[word.class].saturating_add(1);
                }
            }
            first = second;
        }
        counts
    }
}

/// For each class, the number of its words in a key.
pub(super) fn counts(key: &str) -> WordCounts {
    LEXICON.counts(key)
}

/// The features of a line for its words.
pub(super) fn features(facts: &Facts, sink: &mut impl FeatureSink) {
    for (class, count) in (0..).zip(facts.words).filter(|(_, count)| *count > 0) {
        let number = class * 8 + bin(usize::from(count), COUNTS);
        sink.add(Feature::plain(Template::Word, number));
        sink.add(Feature::plain(Template::Word, WITH_LENGTH + number * 16 + facts.length));
    }
}

/// The words of a document: for each class, the share of the lines that have one, and where these lines are.
pub(super) struct Around {
    /// For each class and line; empty if no line has a word of the class.
    near: [TiVec<Rank, NearbyWords>; CLASSES],
    /// For each class, the bin of the share of the lines that have a word.
    shares: [u32; CLASSES],
}

/// The words of a class around a line, as bins.
struct NearbyWords {
    /// Number of lines around that have one.
    lines: u32,
    /// Distance to the last line above that has one.
    above: u32,
}

impl Around {
    pub fn of(facts: &Ranked<&Facts>) -> Self {
        let lines: [usize; CLASSES] =
            std::array::from_fn(|class| facts.iter().filter(|facts| facts.words[class] > 0).count());
        let near_of = |class: usize| match lines[class] {
            0 => TiVec::new(),
            _ => near(&facts.iter().map(|facts| facts.words[class] > 0).collect::<TiVec<Rank, _>>()),
        };
        Self { shares: lines.map(|lines| share(lines, facts.len())), near: std::array::from_fn(near_of) }
    }

    /// The features that all lines have: the shares of the words. If a class has no word in the document, all
    /// lines have the features of a line without such words around.
    pub fn features_of_all(&self, sink: &mut impl FeatureSink) {
        for (class, share) in (0..).zip(self.shares) {
            sink.add(Feature::plain(Template::WordShare, class * 16 + share));
            if share == 0 {
                sink.add(Feature::plain(Template::WordsAround, class * 16));
                sink.add(Feature::plain(Template::WordAbove, class * 16 + bin(usize::MAX, DISTANCES)));
            }
        }
    }

    /// The features of a line for the words around it, in the document, and in the first line.
    pub fn features_of(&self, rank: Rank, facts: &Ranked<&Facts>, sink: &mut impl FeatureSink) {
        let has = |rank: Rank, class: u32| facts[rank].words[class as usize] > 0;
        let classes = (0..).zip(self.near.iter().zip(self.shares));
        for (class, (near, share)) in classes.filter(|(_, (_, share))| *share > 0) {
            sink.add(Feature::plain(Template::WordsAround, class * 16 + near[rank].lines));
            sink.add(Feature::plain(Template::WordAbove, class * 16 + near[rank].above));
            let own = has(rank, class);
            if own {
                sink.add(Feature::plain(Template::WordShare, TOO + class * 16 + share));
            }
            if rank != Rank::default() && has(Rank::default(), class) {
                sink.add(Feature::plain(Template::TitleWord, class));
                if own {
                    sink.add(Feature::plain(Template::TitleWord, TOO + class));
                }
            }
        }
    }
}

/// For each line, the words around it, given the lines that have one.
fn near(has: &Ranked<bool>) -> TiVec<Rank, NearbyWords> {
    let sums = running(has.iter().copied());
    let mut above = usize::MAX;
    let of_line = |(rank, own): (Rank, &bool)| {
        let (from, to) = (rank.above_or_first(AROUND), rank.below(AROUND + 1).min(has.next_key()));
        let lines = sums[to] - sums[from] - usize::from(*own);
        let near = NearbyWords { lines: bin(lines, COUNTS), above: bin(above, DISTANCES) };
        above = if *own { 0 } else { above.saturating_add(1) };
        near
    };
    has.iter_enumerated().map(of_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fold;

    fn counted(line: &str) -> Vec<(&'static str, u8)> {
        let counts = WORDS.iter().map(|(name, _)| *name).zip(counts(&fold(line)));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    #[test]
    fn words_are_found_in_either_script() {
        for line in
            ["老街科技成立于三十年前，致力於夜市的研究。", "老街科技成立於三十年前，致力于夜市的研究。"]
        {
            assert_eq!(counted(line), [("of an introduction", 2)], "{line}");
        }
        assert!(counted("夜市在上個月搬走，街坊都說晚上安靜了。").is_empty());
    }

    #[test]
    fn every_word_counts() {
        for (name, words) in &WORDS {
            for word in folded_words(words) {
                assert!(counted(&word).iter().any(|(class, _)| class == name), "{word}");
            }
        }
    }
}
