//! Words that tell a script though none of their characters does: the other script writes them otherwise
//! (`dictionaries/variants/simplified.txt` and `traditional.txt`).

use std::ops::Range;
use std::sync::LazyLock;

use super::super::byte_table::ByteTable;
use super::super::characters::{HashMap, simplified, single};
use super::super::identify::Script;
use super::super::words::stands;
use crate::text::is_han;

/// A word, found by one of its characters.
#[derive(Debug)]
struct Word {
    before: &'static str,
    /// The character by which it is found.
    character: char,
    after: &'static str,
    /// Whether it is no word, but characters that stand beside each other in many articles.
    is_context: bool,
}

/// The words that tell one script.
pub(crate) struct TellingWords {
    /// The characters by which words are found, and what stands beside them in keys.
    characters: ByteTable,
    /// By such a character and the one behind it; of words that end with it, by the one before it and it.
    words: HashMap<[char; 2], Vec<Word>>,
}

static SIMPLIFIED: LazyLock<TellingWords> =
    LazyLock::new(|| TellingWords::of(include_str!("../../../dictionaries/variants/simplified.txt")));

static TRADITIONAL: LazyLock<TellingWords> =
    LazyLock::new(|| TellingWords::of(include_str!("../../../dictionaries/variants/traditional.txt")));

/// So many bytes has a row of a table about.
const BYTES_OF_ROW: usize = 16;

/// Divides words from contexts.
const CONTEXTS: &str = "---";

/// A character by which words are found; those that stand before it or behind it in keys.
const FOUND: u8 = 1;
const BEFORE: u8 = 2;
const BEHIND: u8 = 4;

/// Stands where a word has no other character.
const NONE: char = '\0';

impl TellingWords {
    /// The words that tell a script.
    pub fn of_script(script: Script) -> &'static Self {
        match script {
            Script::Hans => &SIMPLIFIED,
            Script::Hant => &TRADITIONAL,
        }
    }

    fn of(rows: &'static str) -> Self {
        let mut words: HashMap<[char; 2], Vec<Word>> = HashMap::default();
        words.reserve(rows.len() / BYTES_OF_ROW);
        let mut characters: HashMap<char, u8> = HashMap::default();
        let mut is_context = false;
        for row in rows.lines().filter(|row| !row.starts_with('#')) {
            is_context |= row == CONTEXTS;
            let Some([before, character, after]) = marked(row) else { continue };
            let Some(character) = single(character) else { continue };
            let word = Word { before, character, after, is_context };
            let [first, second] = word.key();
            *characters.entry(character).or_default() |= FOUND;
            *characters.entry(first).or_default() |= BEFORE;
            *characters.entry(second).or_default() |= BEHIND;
            words.entry([first, second]).or_default().push(word);
        }
        Self { characters: ByteTable::of(characters), words }
    }

    /// Calls with the bytes of each word in a text, until told to stop; whether it was.
    pub fn find(&self, text: &str, mut stop: impl FnMut(Range<usize>) -> bool) -> bool {
        let mut is_stopped = false;
        self.characters.walk_those(text, FOUND, |at, _| {
            is_stopped = is_stopped || self.at(text, at).is_some_and(&mut stop);
        });
        is_stopped
    }

    /// The word that is found by the character at a byte of a text.
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

impl Word {
    /// The character by which it is found and the one behind it, or else the one before it and it.
    fn key(&self) -> [char; 2] {
        match (self.after.chars().next(), self.before.chars().next_back()) {
            (Some(after), _) => [self.character, after],
            (None, Some(before)) => [before, self.character],
            (None, None) => [self.character, NONE],
        }
    }

    /// Its bytes in a text, if it stands there with a character at a byte.
    fn bytes(&self, text: &str, at: usize, character: char) -> Option<Range<usize>> {
        let behind = at + character.len_utf8();
        let is_there = character == self.character
            && text[..at].ends_with(self.before)
            && text[behind..].starts_with(self.after);
        is_there.then(|| at - self.before.len()..behind + self.after.len())
    }
}

/// Whether no neighbour takes a part of a word's characters (制造 in 限制造成). Words are known in Simplified characters.
fn is_uncut(text: &str, bytes: &Range<usize>) -> bool {
    let around = |character: &char| is_han(*character);
    let before = text[..bytes.start].chars().rev().take_while(around).map(char::len_utf8).sum::<usize>();
    let behind = text[bytes.end..].chars().take_while(around).map(char::len_utf8).sum::<usize>();
    let clause = &text[bytes.start - before..bytes.end + behind];
    let read: String = clause.chars().map(simplified).collect();
    // Characters that take other bytes are too rare to be cut by.
    read.len() != clause.len() || stands(&read, &(before..before + bytes.len()))
}

/// What stands before the brackets of a row's word, in them and behind them.
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
