//! Phrases that decide a character by themselves: those of `dictionaries/variants/phrases.txt`, and surnames after 姓
//! or before a title.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

use super::super::characters::{HashMap, single};
use super::super::region::{ByRegion, Region};
use super::cantonese::is_cantonese;
use super::covering::Covering;
use crate::text::list_entries;

/// The form that a character takes between two texts.
#[derive(Debug)]
pub(crate) struct Phrase {
    before: String,
    character: char,
    after: String,
    /// The form by region; `None` if the phrase does not apply there.
    forms: ByRegion<Option<char>>,
    /// Whether the form is fixed, regardless of habit.
    pub is_exact: bool,
    /// Whether a phrase of the dictionaries that begins before the character takes precedence.
    is_name: bool,
    /// Whether it applies only in Cantonese.
    is_cantonese: bool,
}

impl Phrase {
    /// The form in a region.
    pub fn form(&self, region: Region) -> Option<char> {
        self.forms[region as usize]
    }

    /// The text of the phrase.
    pub fn text(&self) -> String {
        format!("{}{}{}", self.before, self.character, self.after)
    }

    /// The byte range of a text that it covers if its character is at byte `at`; `None` if the phrase is not there.
    fn covers(&self, text: &str, at: usize) -> Option<Range<usize>> {
        let before = match_back(&self.before, text.get(..at)?)?;
        let behind = at + self.character.len_utf8();
        let after = match_ahead(&self.after, text.get(behind..)?)?;
        Some(at - before..behind + after)
    }

    /// Whether it takes precedence over the dictionaries' phrase, given the byte ranges of both. The dictionaries'
    /// phrase is the longest one that gives the character the form they chose. This phrase wins if it contains that
    /// one, if it is longer, or if it is equally long and begins earlier.
    fn wins(&self, own: &Range<usize>, dictionary: Option<&Range<usize>>, at: usize) -> bool {
        let Some(other) = dictionary else { return true };
        let holds = own.start <= other.start && other.end <= own.end;
        let is_first = own.len() == other.len() && own.start < other.start;
        let is_barred = self.is_name && other.start < at;
        !is_barred && (holds || is_first || own.len() > other.len())
    }
}

/// Number of bytes at the end of a text that match a pattern. In a pattern 0 matches any digit.
fn match_back(pattern: &str, text: &str) -> Option<usize> {
    matched(pattern.chars().rev(), text.chars().rev())
}

/// The same for the beginning of a text.
fn match_ahead(pattern: &str, text: &str) -> Option<usize> {
    matched(pattern.chars(), text.chars())
}

fn matched(mut pattern: impl Iterator<Item = char>, mut text: impl Iterator<Item = char>) -> Option<usize> {
    pattern.try_fold(0, |bytes, wanted| {
        let found = text.next().filter(|found| digit(*found) == wanted)?;
        Some(bytes + found.len_utf8())
    })
}

/// Treats all digits as equal.
fn digit(character: char) -> char {
    if character.is_ascii_digit() { '0' } else { character }
}

/// The key of a phrase: the character that it decides, and one neighbour in the phrase. The first neighbour is the one
/// before the character, the second the one after it. If there are both, the one after it is used. A phrase of a single
/// character has no neighbour.
type Anchor = (char, Option<char>, Option<char>);

/// The phrases, indexed by their keys.
#[derive(Debug, Default)]
struct PhraseIndex {
    phrases: HashMap<Anchor, Vec<Phrase>>,
}

/// Marks Cantonese in the third column.
const CANTONESE: &str = "yue";

static INDEX: LazyLock<PhraseIndex> = LazyLock::new(|| {
    let regional = |standard: char| Region::ALL.map(|region| region.form(standard));
    let mut index = PhraseIndex::of(include_str!("../../../dictionaries/variants/phrases.txt"), regional);
    surnames().for_each(|(surname, form)| index.add_surname(surname, regional(form)));
    index
});

/// The phrases for conversion from Traditional to Simplified text. They do not differ between the regions.
static TO_SIMPLIFIED: LazyLock<PhraseIndex> = LazyLock::new(|| {
    PhraseIndex::of(include_str!("../../../dictionaries/variants/hans.txt"), |form| [form; Region::ALL.len()])
});

impl PhraseIndex {
    /// An index of the lines of a file. `regional` gives the form in each region.
    fn of(rows: &str, regional: impl Fn(char) -> ByRegion<char>) -> Self {
        let mut index = Self::default();
        for (phrase, forms, third) in rows.lines().filter_map(row) {
            let is_cantonese = third == Some(CANTONESE);
            let region = if is_cantonese { Some(Region::Hk) } else { third.and_then(Region::named) };
            for (marked, form) in marks(phrase).into_iter().zip(forms.chars()) {
                let named = |own: Region| region.is_none_or(|region| region == own);
                // If the third column names a region, the form is used as written.
                let forms = if third.is_some() { [form; Region::ALL.len()] } else { regional(form) };
                let forms = Region::ALL.map(|own| Some(forms[own as usize]).filter(|_| named(own)));
                index.add(Phrase { forms, is_exact: third.is_some(), is_cantonese, ..marked });
            }
        }
        index
    }

    /// Adds a surname after 姓 and before each title.
    fn add_surname(&mut self, surname: char, forms: ByRegion<char>) {
        let name = |before: &str, after: &str| Phrase {
            before: before.into(),
            character: surname,
            after: after.into(),
            forms: forms.map(Some),
            is_exact: true,
            is_name: !after.is_empty(),
            is_cantonese: false,
        };
        self.add(name("姓", ""));
        titles().for_each(|title| self.add(name("", title)));
    }

    /// The phrases that cover the character at byte `at` of a text, the longest first, and of equally long ones the
    /// earliest first. The second result holds the phrases of the character alone.
    fn at(&self, text: &str, at: usize) -> (Vec<(Range<usize>, &Phrase)>, &[Phrase]) {
        let mut rest = text.get(at..).unwrap_or_default().chars();
        let Some(character) = rest.next() else { return (Vec::new(), &[]) };
        let after = rest.next().map(digit);
        let before = text[..at].chars().next_back().map(digit);
        let of = |anchor: Anchor| self.phrases.get(&anchor).map_or(&[][..], Vec::as_slice);
        let ahead = after.map(|after| of((character, None, Some(after))));
        let back = before.map(|before| of((character, Some(before), None)));
        let beside = ahead.into_iter().chain(back).flatten();
        let mut covering: Vec<_> =
            beside.filter_map(|phrase| Some((phrase.covers(text, at)?, phrase))).collect();
        covering.sort_by_key(|(bytes, _)| (Reverse(bytes.len()), bytes.start));
        (covering, of((character, None, None)))
    }

    fn add(&mut self, phrase: Phrase) {
        let (before, after) = (phrase.before.chars().next_back(), phrase.after.chars().next());
        let anchor = (phrase.character, before.filter(|_| after.is_none()), after);
        self.phrases.entry(anchor).or_default().push(phrase);
    }
}

/// The cells of a line: the phrase with its marks, the forms, and the third cell, if there is one.
fn row(line: &str) -> Option<(&str, &str, Option<&str>)> {
    let mut cells = line.split('\t').filter(|_| !line.starts_with('#'));
    Some((cells.next()?, cells.next()?, cells.next()))
}

/// For each character in brackets, the text before and after it.
fn marks(phrase: &str) -> Vec<Phrase> {
    let mut characters = Vec::new();
    let mut is_marked = false;
    for character in phrase.chars() {
        match character {
            '[' => is_marked = true,
            ']' => is_marked = false,
            _ => characters.push((character, is_marked)),
        }
    }
    let text = |part: &[(char, bool)]| part.iter().map(|(character, _)| *character).collect();
    let marked = characters.iter().enumerate().filter(|(_, (_, is_marked))| *is_marked);
    let phrase = |(at, (character, _)): (usize, &(char, bool))| Phrase {
        before: text(&characters[..at]),
        character: *character,
        after: text(&characters[at + 1..]),
        forms: Default::default(),
        is_exact: false,
        is_name: false,
        is_cantonese: false,
    };
    marked.map(phrase).collect()
}

/// Surnames, each with its Traditional form.
fn surnames() -> impl Iterator<Item = (char, char)> {
    let lines = include_str!("../../../dictionaries/variants/surnames.txt").lines();
    lines
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, form)| Some((single(name)?, single(form)?)))
}

/// Titles that follow a surname.
fn titles() -> impl Iterator<Item = &'static str> {
    list_entries(include_str!("../../../dictionaries/variants/titles.txt"))
}

/// The Simplified form that a phrase gives the character at byte `at` of Traditional text; `None` if no phrase does.
pub(crate) fn simplified_in_phrase(text: &str, at: usize) -> Option<char> {
    let (covering, alone) = TO_SIMPLIFIED.at(text, at);
    let longest = covering.first().map(|(_, phrase)| *phrase);
    longest.or(alone.first())?.form(Region::Tw)
}

/// The characters of Traditional text that a phrase may decide in conversion to Simplified text.
pub(crate) fn simplified_by_phrases() -> impl Iterator<Item = char> {
    TO_SIMPLIFIED.phrases.keys().map(|(character, _, _)| *character)
}

/// The characters that a phrase may decide.
pub(crate) fn decided_by_phrases() -> impl Iterator<Item = char> {
    INDEX.phrases.keys().map(|(character, _, _)| *character)
}

/// The phrase that decides the character at byte `at` of a text, and the byte range that it covers. `covering` gives
/// the phrases of the dictionaries that contain the character.
pub(super) fn deciding(
    text: &str,
    at: usize,
    region: Region,
    covering: impl FnOnce() -> Covering,
) -> Option<(Range<usize>, &'static Phrase)> {
    let (mut candidates, alone) = INDEX.at(text, at);
    let holds =
        |phrase: &Phrase| phrase.form(region).is_some() && (!phrase.is_cantonese || is_cantonese(text, at));
    candidates.retain(|(_, phrase)| holds(phrase));
    if candidates.is_empty() && alone.is_empty() {
        return None;
    }
    let covering = covering();
    let winner = candidates.into_iter().find(|(own, phrase)| phrase.wins(own, covering.own.as_ref(), at));
    let by_itself = || alone.iter().find(|phrase| covering.is_empty() && holds(phrase));
    winner.or_else(|| by_itself().map(|phrase| (at..at + phrase.character.len_utf8(), phrase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_phrases_is_understood() {
        let text = include_str!("../../../dictionaries/variants/phrases.txt");
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let (phrase, forms, third) = row(line).unwrap();
            assert!(
                third.is_none_or(|third| matches!(third, "=" | CANTONESE) || Region::named(third).is_some()),
                "{line}"
            );
            let marked = marks(phrase).len();
            assert!(marked > 0 && marked == forms.chars().count(), "{line}");
        }
    }

    #[test]
    fn the_longest_phrase_that_fits_decides() {
        let decided = |text: &str, character: char| {
            deciding(text, text.find(character).unwrap(), Region::Tw, Covering::default)
                .map(|(_, phrase)| phrase.text())
        };
        assert_eq!(decided("一只只小鸡", '只').as_deref(), Some("一只只"));
        assert_eq!(decided("一只只是小鸡", '只').as_deref(), Some("一只只是"));
        assert_eq!(decided("28天后", '后').as_deref(), Some("0天后"));
        assert_eq!(decided("钟老师", '钟').as_deref(), Some("钟老师"));
        assert_eq!(decided("天上", '天'), None);
    }
}
