//! Words that are evidence for a script although none of their characters is, because the other script writes them
//! differently (`dictionaries/variants/simplified.txt` and `traditional.txt`).

use std::ops::Range;
use std::sync::LazyLock;

use super::super::byte_table::ByteTable;
use super::super::characters::{HashMap, simplified, single};
use super::super::identify::Script;
use super::super::words::stands;
use crate::text::is_han;

/// A word. It is found by one of its characters.
#[derive(Debug)]
struct TellingWord {
    before: &'static str,
    /// The character by which it is found.
    character: char,
    after: &'static str,
    /// Whether it is not a word, but a sequence of characters that occurs in many articles.
    is_context: bool,
}

/// The words that are evidence for one script.
pub(crate) struct TellingWords {
    /// The characters by which words are found, and the characters beside them in keys.
    characters: ByteTable,
    /// The words, by that character and the one after it. For words that end with it, by the character before it and
    /// itself.
    words: HashMap<[char; 2], Vec<TellingWord>>,
}

static SIMPLIFIED: LazyLock<TellingWords> =
    LazyLock::new(|| TellingWords::of(include_str!("../../../dictionaries/variants/simplified.txt")));

static TRADITIONAL: LazyLock<TellingWords> =
    LazyLock::new(|| TellingWords::of(include_str!("../../../dictionaries/variants/traditional.txt")));

/// Approximate number of bytes in a row of a table.
const BYTES_OF_ROW: usize = 16;

/// Separates words from contexts.
const CONTEXTS: &str = "---";

/// A character by which words are found. `BEFORE` and `BEHIND` are characters that stand before or after it in keys.
const FOUND: u8 = 1;
const BEFORE: u8 = 2;
const BEHIND: u8 = 4;

/// Used in a key if a word has no other character.
const NONE: char = '\0';

impl TellingWords {
    /// The words that are evidence for a script.
    pub fn of_script(script: Script) -> &'static Self {
        match script {
            Script::Hans => &SIMPLIFIED,
            Script::Hant => &TRADITIONAL,
        }
    }

    fn of(rows: &'static str) -> Self {
        let mut words: HashMap<[char; 2], Vec<TellingWord>> = HashMap::default();
        words.reserve(rows.len() / BYTES_OF_ROW);
        let mut characters: HashMap<char, u8> = HashMap::default();
        let mut is_context = false;
        for row in rows.lines().filter(|row| !row.starts_with('#')) {
            is_context |= row == CONTEXTS;
            let Some([before, character, after]) = marked(row) else { continue };
            let Some(character) = single(character) else { continue };
            let word = TellingWord { before, character, after, is_context };
            let [first, second] = word.key();
            *characters.entry(character).or_default() |= FOUND;
            *characters.entry(first).or_default() |= BEFORE;
            *characters.entry(second).or_default() |= BEHIND;
            words.entry([first, second]).or_default().push(word);
        }
        Self { characters: ByteTable::of(characters), words }
    }

    /// Calls `stop` with the byte range of each word in a text, until it returns true. Returns whether it did.
    pub fn find(&self, text: &str, mut stop: impl FnMut(Range<usize>) -> bool) -> bool {
        let mut is_stopped = false;
        self.characters.walk_those(text, FOUND, |at, _| {
            is_stopped = is_stopped || self.at(text, at).is_some_and(&mut stop);
        });
        is_stopped
    }

    /// The word that is found by the character at byte `at` of a text.
    fn at(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let mut behind = text[at..].chars();
        let character = behind.next()?;
        let after = behind.next().unwrap_or(NONE);
        let before = text[..at].chars().next_back().unwrap_or(NONE);
        let is = |character: char, known: u8| self.characters.get(character) & known != 0;
        let keys = [
            is(after, BEHIND).then_some([character, after]),
            is(before, BEFORE).then_some([before, character]),
            is(character, BEFORE).then_some([character, NONE]),
        ];
        let candidates = keys.iter().flatten().filter_map(|key| self.words.get(key)).flatten();
        let mut found = candidates.filter_map(|word| Some((word, word.bytes(text, at, character)?)));
        found.find(|(word, bytes)| word.is_context || is_uncut(text, bytes)).map(|(_, bytes)| bytes)
    }
}

impl TellingWord {
    /// The character by which it is found and the one after it, or else the one before it and itself.
    fn key(&self) -> [char; 2] {
        match (self.after.chars().next(), self.before.chars().next_back()) {
            (Some(after), _) => [self.character, after],
            (None, Some(before)) => [before, self.character],
            (None, None) => [self.character, NONE],
        }
    }

    /// Its byte range in a text, if it is there and the character at byte `at` is the one by which it is found.
    fn bytes(&self, text: &str, at: usize, character: char) -> Option<Range<usize>> {
        let behind = at + character.len_utf8();
        let is_there = character == self.character
            && text[..at].ends_with(self.before)
            && text[behind..].starts_with(self.after);
        is_there.then(|| at - self.before.len()..behind + self.after.len())
    }
}

/// Whether no neighbouring word takes some of the word's characters (制造 in 限制造成). Words are looked up in
/// Simplified characters.
fn is_uncut(text: &str, bytes: &Range<usize>) -> bool {
    let around = |character: &char| is_han(*character);
    let before = text[..bytes.start].chars().rev().take_while(around).map(char::len_utf8).sum::<usize>();
    let behind = text[bytes.end..].chars().take_while(around).map(char::len_utf8).sum::<usize>();
    let clause = &text[bytes.start - before..bytes.end + behind];
    let read: String = clause.chars().map(simplified).collect();
    // If a character takes another number of bytes, the check is skipped, because such characters are rare.
    read.len() != clause.len() || stands(&read, &(before..before + bytes.len()))
}

/// The text before the brackets in a row's word, in them, and after them.
fn marked(row: &str) -> Option<[&str; 3]> {
    let (before, rest) = row.split('\t').next()?.split_once('[')?;
    let (character, after) = rest.split_once(']')?;
    Some([before, character, after])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(script: Script, text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        TellingWords::of_script(script).find(text, |bytes| {
            found.push(&text[bytes]);
            false
        });
        found
    }

    #[test]
    fn words_are_found_where_they_stand() {
        assert_eq!(found(Script::Hans, "你干什么"), ["什么"]);
        assert_eq!(found(Script::Hans, "旅游旺季"), ["旅游"]);
        assert_eq!(found(Script::Hans, "太后下台"), [""; 0]);
        assert_eq!(found(Script::Hant, "天氣乾燥"), ["乾燥"]);
        assert_eq!(found(Script::Hant, "乾坤"), [""; 0]);
    }

    #[test]
    fn every_line_of_the_table_is_understood() {
        let texts = [
            include_str!("../../../dictionaries/variants/simplified.txt"),
            include_str!("../../../dictionaries/variants/traditional.txt"),
        ];
        for line in
            texts.into_iter().flat_map(str::lines).filter(|line| !line.starts_with('#') && *line != CONTEXTS)
        {
            assert!(marked(line).is_some_and(|[_, character, _]| single(character).is_some()), "{line}");
        }
    }
}
