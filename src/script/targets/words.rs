//! The words of regions.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use super::super::Converter;
use super::super::builtin::dictionary_entries;
use super::super::characters::simplified;
use super::super::region::{ByRegion, Region};
use super::super::target::Target;
use super::super::words::{Company, FoundWord, RegionalLexicon, Within};

/// OpenCC's conversion to the words of a region, if the target asks for them.
pub(super) fn converter(target: Target) -> Option<Converter> {
    let region = target.region().filter(|_| target.has_words())?;
    Converter::new(region.row().configuration_with_words).ok()
}

/// Maximum number of passes. No text is known that needs more.
const PASSES: usize = 8;

/// Traditional text with the region's words. A word is replaced if it stands as a word, in the sense that the region's
/// word has. The result of one pass may form a new word, so passes are repeated until nothing changes. If they do not
/// come to rest, the text is returned unchanged.
pub(super) fn replaced(text: &str, region: Region) -> String {
    let Some(words) = &WORDS[region as usize] else { return text.to_owned() };
    let mut before = text.to_owned();
    for _ in 0..PASSES {
        let after = words.replaced(&before, region);
        if after == before {
            return after;
        }
        before = after;
    }
    text.to_owned()
}

struct RegionReplacements {
    automaton: AhoCorasick,
    values: Vec<String>,
}

impl RegionReplacements {
    /// One pass. Only the clause counts as a word's context here. A larger context would be unstable: the text that is
    /// converted at once may be more or less of a line when the result is converted again.
    fn replaced(&self, text: &str, region: Region) -> String {
        let mut output = String::with_capacity(text.len());
        let (mut copied, mut from) = (0, 0);
        if self.automaton.find(text).is_none() {
            return text.to_owned();
        }
        let reading = SimplifiedReading::of(text);
        let mut company = Company::of(&reading.text, Within::Clause);
        while let Some(found) = self.automaton.find(Input::new(text).range(from..)) {
            let word = reading.place(found.start())..reading.place(found.end());
            let value = &self.values[found.pattern().as_usize()];
            let is_cut = match RegionalLexicon::of(region).judge(&mut company, &reading.text, word) {
                Some(FoundWord::Cut) => true,
                Some(FoundWord::OtherSense(_)) => false,
                Some(FoundWord::Word(_)) | None => {
                    output.push_str(&text[copied..found.start()]);
                    output.push_str(value);
                    copied = found.end();
                    false
                }
            };
            // If the match is not a word, another word may begin at its second character.
            let second = || text[found.range()].chars().next().map_or(1, char::len_utf8);
            from = if is_cut { found.start() + second() } else { found.end() };
        }
        output.push_str(&text[copied..]);
        output
    }
}

/// Traditional text in Simplified characters, one for one. Words are looked up in this form.
struct SimplifiedReading {
    text: String,
    /// The byte offsets of characters, in the text and in the reading. The last pair holds the ends.
    starts: Vec<[usize; 2]>,
}

impl SimplifiedReading {
    fn of(text: &str) -> Self {
        let mut reading = Self { text: String::with_capacity(text.len()), starts: Vec::new() };
        for (at, character) in text.char_indices() {
            reading.starts.push([at, reading.text.len()]);
            reading.text.push(simplified(character));
        }
        reading.starts.push([text.len(), reading.text.len()]);
        reading
    }

    /// The byte offset in the reading of the character that starts at byte `at` of the text.
    fn place(&self, at: usize) -> usize {
        let found = self.starts.partition_point(|[start, _]| *start < at);
        self.starts.get(found).map_or(self.text.len(), |[_, place]| *place)
    }
}

static WORDS: LazyLock<ByRegion<Option<RegionReplacements>>> = LazyLock::new(|| Region::ALL.map(read));

/// OpenCC's regional words, each in the forms of OpenCC's standard and in the region's forms.
fn read(region: Region) -> Option<RegionReplacements> {
    let variants = region.variants()?;
    let mut words: HashMap<String, String> = HashMap::new();
    for entry in dictionary_entries(region.row().word_table) {
        let value = variants.convert(entry.value).into_owned();
        for key in [entry.key.to_owned(), variants.convert(entry.key).into_owned()] {
            words.insert(key, value.clone());
        }
    }
    // A word that is already the region's is not taken apart, for example 檔案, of which 檔 could be another word's
    // key.
    let values: Vec<String> = words.values().cloned().collect();
    values.into_iter().for_each(|value| {
        words.entry(value.clone()).or_insert(value);
    });
    let (keys, values): (Vec<String>, Vec<String>) = words.into_iter().unzip();
    let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(keys).ok()?;
    Some(RegionReplacements { automaton, values })
}
