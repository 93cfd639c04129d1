//! The words that a region expresses by other words.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::Converter;
use super::super::builtin::dictionary_entries;
use super::super::characters::HashMap;
use super::super::region::{ByRegion, Region};
use super::company::Company;
use super::segment::stands;
use super::senses::Senses;

/// The words for which OpenCC has another word of the region, in Simplified characters and in the standard's
/// characters.
#[derive(Debug)]
pub(crate) struct RegionalLexicon {
    rows: HashMap<String, WordRow>,
    /// By first character, the lengths of the words that start with it, the longest first.
    lengths: HashMap<char, Vec<usize>>,
}

#[derive(Debug)]
struct WordRow {
    /// For a word with several senses, the row of its senses (see [`Senses`]).
    sense: Option<usize>,
    /// OpenCC's result for it without the region's words.
    plain: String,
}

/// The result at a position of a text, and the end of the word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FoundWord {
    /// A word that the region expresses by another word.
    Word(usize),
    /// Such a word, in a sense for which the region has no other word.
    OtherSense(usize),
    /// The characters of such a word, but a neighbouring word takes some of them.
    Cut,
}

static WORDS: LazyLock<ByRegion<RegionalLexicon>> = LazyLock::new(|| Region::ALL.map(RegionalLexicon::read));

impl RegionalLexicon {
    pub fn of(region: Region) -> &'static Self {
        &WORDS[region as usize]
    }

    fn read(region: Region) -> Self {
        let [simplified, plain] = ["t2s", region.row().configuration].map(|name| Converter::new(name).ok());
        let mut words = Self { rows: HashMap::default(), lengths: HashMap::default() };
        for entry in dictionary_entries(region.row().word_table) {
            let Some(simplified) = simplified.as_ref().map(|t2s| t2s.convert(entry.key)) else { continue };
            let sense = Senses::get().row(&simplified);
            for key in [simplified.as_ref(), entry.key] {
                let plain = plain.as_ref().map_or_else(String::new, |plain| plain.convert(key).into_owned());
                words.rows.insert(key.to_owned(), WordRow { sense, plain });
                let lengths = key.chars().next().map(|first| words.lengths.entry(first).or_default());
                lengths.into_iter().for_each(|lengths| lengths.push(key.len()));
            }
        }
        for lengths in words.lengths.values_mut() {
            lengths.sort_unstable_by(|a, b| b.cmp(a));
            lengths.dedup();
        }
        words
    }

    /// OpenCC's result for a word without the region's words.
    pub fn plain(&self, word: &str) -> Option<&str> {
        self.rows.get(word).map(|row| row.plain.as_str())
    }

    /// Whether the region expresses a word by another word.
    #[cfg(test)]
    pub fn has(&self, word: &str) -> bool {
        self.rows.contains_key(word)
    }

    /// Judges the word at a byte range of a text; `None` if the region does not express it by another word.
    pub fn judge(&self, company: &mut Company, text: &str, word: Range<usize>) -> Option<FoundWord> {
        let row = self.rows.get(&text[word.clone()])?;
        if !stands(text, &word) {
            return Some(FoundWord::Cut);
        }
        let is_meant = row.sense.is_none_or(|sense| company.speaks_for(sense, &word));
        Some(if is_meant { FoundWord::Word(word.end) } else { FoundWord::OtherSense(word.end) })
    }

    /// The longest word that starts at byte `at` of a text and is not cut; [`FoundWord::Cut`] if all words there are cut.
    pub fn find(&self, company: &mut Company, text: &str, at: usize) -> Option<FoundWord> {
        let first = text[at..].chars().next()?;
        let lengths = self.lengths.get(&first)?;
        let ends = lengths.iter().map(|length| at + length).filter(|end| text.is_char_boundary(*end));
        let mut found = None;
        for end in ends {
            match self.judge(company, text, at..end) {
                Some(FoundWord::Cut) => found = Some(FoundWord::Cut),
                None => {}
                word => return word,
            }
        }
        found
    }
}
