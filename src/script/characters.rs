//! What OpenCC's character tables say about a single character: which script it belongs to, and which characters are
//! its forms in another script or region.

use std::collections;
use std::sync::LazyLock;

use super::builtin::dictionary_entries;
use super::dictionary::entries;

/// Pairs of equal characters that OpenCC's tables do not have.
const EQUAL: &str = include_str!("../../dictionaries/fold/equal.txt");

/// Tables of phrases in Traditional text. The characters that they produce are correct there (恒生, 虱目魚).
const TRADITIONAL_PHRASES: &[&str] = &[
    "STPhrases",
    "STPhrases_GeneratedFromRegionalPhrases",
    "TWVariantsPhrases",
    "TWPhrases",
    "HKVariantsPhrases",
    "HKPhrases",
];

/// Characters that writers of Traditional text use, although OpenCC treats them as Simplified.
const TRADITIONAL_USAGE: &str = include_str!("../../dictionaries/usage/traditional.txt");

/// Characters that occur only in Japanese text.
const JAPANESE: &str = include_str!("../../dictionaries/usage/japanese.txt");

/// Tables whose keys and candidates are the same character in two scripts or regions.
const SAME: &[&str] =
    &["STCharacters", "TSCharacters", "TWVariants", "HKVariants", "CJK_Compatibility_Ideographs"];

/// The script of the text in which a character occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tells {
    /// Only Simplified text uses it.
    Hans,
    /// Only Traditional text uses it.
    Hant,
    /// Both scripts use it, or it is not a Han character.
    Neither,
}

/// All characters that are evidence for one script, each with that script.
pub(super) fn all_telling() -> impl Iterator<Item = (char, Tells)> {
    let characters = (0..).zip(TELLING.iter()).filter(|(_, tells)| **tells != Tells::Neither);
    characters.filter_map(|(code, tells)| Some((char::from_u32(code)?, *tells)))
}

/// The script for which `character` is evidence.
pub(crate) fn tells(character: char) -> Tells {
    TELLING.get(character as usize).copied().unwrap_or(Tells::Neither)
}

/// The representative of all characters that are the same across scripts and regions; `character` itself if it has no
/// other form.
pub(crate) fn unified(character: char) -> char {
    UNIFIED.get(character as usize).copied().flatten().unwrap_or(character)
}

/// The Simplified form of a character; `character` itself if it has no other form.
pub(crate) fn simplified(character: char) -> char {
    SIMPLIFIED.get(character as usize).copied().flatten().unwrap_or(character)
}

static SIMPLIFIED: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let pairs = dictionary_entries("TSCharacters");
    let pairs = pairs.filter_map(|entry| Some((single(entry.key)?, single(entry.value))));
    by_character(pairs, None)
});

/// A fast hash map. Making the tables takes millions of look-ups of characters.
pub(super) type HashMap<K, V> = collections::HashMap<K, V, foldhash::fast::RandomState>;
pub(super) type HashSet<K> = collections::HashSet<K, foldhash::fast::RandomState>;

/// By code point, up to the last character that is evidence for a script.
static TELLING: LazyLock<Vec<Tells>> = LazyLock::new(|| by_character(telling(), Tells::Neither));

fn telling() -> HashMap<char, Tells> {
    let mut table = HashMap::default();
    let (simplified, traditional) =
        (CharacterDirection::of("TSCharacters"), CharacterDirection::of("STCharacters"));
    let regional =
        ["TWVariants", "HKVariants"].map(CharacterDirection::of).into_iter().flat_map(|side| side.results);
    let used = entries(TRADITIONAL_USAGE).flat_map(|entry| entry.key.chars());
    let phrases = TRADITIONAL_PHRASES.iter().flat_map(|name| dictionary_entries(name));
    let produced = phrases.flat_map(|entry| entry.value.chars());
    let spared: HashSet<char> = regional.chain(used).chain(produced).collect();
    // A character that conversion changes is not of the target script, with two exceptions. It may also be a result
    // there, at least in one of the regions (Taiwan writes 群, although OpenCC's standard form is 羣). Or writers of
    // that script use it anyway (恒, in names).
    for character in traditional.changed.difference(&traditional.results).filter(|c| !spared.contains(c)) {
        table.insert(*character, Tells::Hans);
    }
    let produced: HashSet<char> =
        dictionary_entries("TSPhrases").flat_map(|entry| entry.value.chars()).collect();
    for character in simplified.changed.difference(&simplified.results).filter(|c| !produced.contains(c)) {
        table.insert(*character, Tells::Hant);
    }
    table
}

/// Characters of Japanese text (図, 駅) that Chinese text uses in neither script.
pub(super) fn japanese() -> impl Iterator<Item = char> {
    entries(JAPANESE).flat_map(|entry| entry.key.chars())
}

/// One direction of conversion, character by character.
struct CharacterDirection {
    /// Characters that conversion always changes.
    changed: HashSet<char>,
    /// Characters that occur in the target script.
    results: HashSet<char>,
}

impl CharacterDirection {
    fn of(table: &str) -> Self {
        let mut side = CharacterDirection { changed: HashSet::default(), results: HashSet::default() };
        for entry in dictionary_entries(table) {
            if !entry.candidates().any(|candidate| candidate == entry.key) {
                side.changed.extend(entry.key.chars());
            }
            side.results.extend(entry.candidates().flat_map(str::chars));
        }
        side
    }
}

/// By code point, the representative of a character if that is another character.
static UNIFIED: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let mut classes = Classes::default();
    for table in SAME {
        dictionary_entries(table).for_each(|entry| classes.join_all(entry.key, entry.candidates()));
    }
    entries(EQUAL).for_each(|entry| classes.join_all(entry.key, entry.candidates()));
    by_character(classes.representatives().into_iter().map(|(character, to)| (character, Some(to))), None)
});

/// A table by code point, just long enough for its last entry. A plain table is fast, and every character of every text
/// is looked up.
pub(super) fn by_character<T: Copy>(entries: impl IntoIterator<Item = (char, T)>, other: T) -> Vec<T> {
    let entries: Vec<(char, T)> = entries.into_iter().collect();
    let length = entries.iter().map(|(character, _)| *character as usize + 1).max().unwrap_or_default();
    let mut table = vec![other; length];
    entries.into_iter().for_each(|(character, entry)| table[character as usize] = entry);
    table
}

/// Disjoint sets of characters. Each character points towards the representative of its set.
#[derive(Default)]
struct Classes {
    towards: HashMap<char, char>,
}

impl Classes {
    fn join_all<'a>(&mut self, key: &str, candidates: impl Iterator<Item = &'a str>) {
        let Some(key) = single(key) else { return };
        candidates.filter_map(single).for_each(|candidate| self.join(key, candidate));
    }

    /// The smaller character becomes the representative, so that the result does not depend on the order of the tables.
    fn join(&mut self, a: char, b: char) {
        let (a, b) = (self.find(a), self.find(b));
        self.towards.insert(a.max(b), a.min(b));
    }

    fn find(&self, mut character: char) -> char {
        while let Some(next) = self.towards.get(&character).filter(|next| **next != character) {
            character = *next;
        }
        character
    }

    fn representatives(&self) -> HashMap<char, char> {
        let pairs = self.towards.keys().map(|character| (*character, self.find(*character)));
        pairs.filter(|(character, representative)| character != representative).collect()
    }
}

/// The character of `text`, if `text` is exactly one character.
pub(crate) fn single(text: &str) -> Option<char> {
    let mut characters = text.chars();
    characters.next().filter(|_| characters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_tell_their_script_only_where_it_is_certain() {
        let told = |text: &str| text.chars().map(tells).collect::<Vec<_>>();
        assert_eq!(told("围们发"), [Tells::Hans; 3]);
        assert_eq!(told("圍們發髮"), [Tells::Hant; 4]);
        assert_eq!(told("后里干文a，台"), [Tells::Neither; 7]);
    }

    #[test]
    fn forms_of_one_character_are_unified() {
        for forms in ["围圍", "台臺檯颱", "里裡裏", "为為爲", "着著", "发發髮", "群羣", "说説說", "𫝈㑮"]
        {
            let unified: HashSet<_> = forms.chars().map(unified).collect();
            assert_eq!(unified.len(), 1, "{forms}");
        }
        assert_ne!(unified('王'), unified('玉'));
    }
}
