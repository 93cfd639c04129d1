//! The dot, the only mark that is usually something other than a full stop.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::class;
use super::class::is_east_asian;
use super::context::{Side, Surroundings};
use super::protect::Shield;
use crate::text::list_entries;
use crate::text::numerals::is_ordinal;

static TRANSLITERATION: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let data = include_str!("../../dictionaries/punctuation/transliteration.txt");
    list_entries(data).flat_map(str::chars).filter(|&c| is_east_asian(c)).collect()
});

static ABBREVIATIONS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let data = include_str!("../../dictionaries/punctuation/abbreviations.txt");
    list_entries(data).collect()
});

/// Maximum length of an abbreviation.
const LONGEST_ABBREVIATION: usize = 8;

/// Maximum number of words in a Latin stretch after which a dot ends a Chinese sentence.
const WORDS: u8 = 2;

/// Maximum length of a number that contains dots.
const LONGEST_NUMBER: usize = 16;

/// Maximum length of a label before the numeral of an item: `第`, `方法`, `附件`.
const LONGEST_LABEL: usize = 2;

/// Maximum length of an item in a dotted list: `咖啡.甜点.下午茶`.
const LONGEST_ITEM: usize = 3;

/// Maximum length of a family name in transliteration.
const LONGEST_NAME: usize = 6;

/// Maximum distance from a dot back to the mark that opens a title.
const LONGEST_TITLE: usize = 30;

/// Whether the single dot at `at` ends a Chinese sentence. Names, numerals, list markers and dotted lists are left
/// alone.
pub(super) fn is_chinese(chars: &[char], at: usize, shields: &[Shield], context: &Surroundings) -> bool {
    if context.is_latin() {
        return false;
    }
    if !follows_han(chars, at, context) {
        return ends_line_after_word(chars, at, shields, context);
    }
    may_end_sentence(chars, at, context)
        && !is_list_marker(chars, at)
        && !joins_names(chars, at)
        && !is_in_title(chars, at)
}

/// Whether the dot ends the line, and therefore the sentence, because a Han clause precedes the word:
/// `我用Python,不用Java.` Abbreviations, names of single letters and Latin sentences keep their dot.
fn ends_line_after_word(chars: &[char], at: usize, shields: &[Shield], context: &Surroundings) -> bool {
    let after = chars.get(at + 1..).unwrap_or_default();
    let before = chars.get(..at).unwrap_or_default();
    let shielded = at.checked_sub(1).and_then(|left| shields.get(left)) == Some(&Shield::Word);
    after.iter().all(|&c| class::is_space(c))
        && before.last().is_some_and(|c| c.is_ascii_alphanumeric() || *c == '%')
        && !shielded
        && context.words_before(at) <= WORDS
        && has_clause(before)
        && !is_abbreviation(before)
}

/// Whether a text has a mark of Chinese typography, or a mark beside Han that will become one.
fn has_clause(chars: &[char]) -> bool {
    chars.iter().copied().any(class::is_wide_mark)
        || chars.windows(2).any(|two| {
            let &[first, second] = two else { return false };
            let divides = |c: char| matches!(c, ',' | ';' | ':' | '!' | '?');
            divides(first) && is_east_asian(second) || is_east_asian(first) && divides(second)
        })
}

/// Whether a text ends with an abbreviation (`Inc`, `Ph.D`, `J.K`) or with text that is not a word:
/// `if/else`, `192.168.1`, the pages of a work.
fn is_abbreviation(before: &[char]) -> bool {
    let word =
        before.iter().rev().take(LONGEST_ABBREVIATION).take_while(|c| c.is_ascii_alphanumeric()).count();
    let start = before.len() - word;
    let text: String = before.get(start..).unwrap_or_default().iter().map(char::to_ascii_lowercase).collect();
    let capital = word == 1 && before.last().is_some_and(char::is_ascii_uppercase);
    let joined = word == 1 && before.get(..start).is_some_and(|left| left.ends_with(&['.']));
    let path = left_of(before, start).is_some_and(|c| matches!(c, '/' | '-' | ':'));
    let dots = before.iter().rev().take(LONGEST_NUMBER).take_while(|c| c.is_ascii_digit() || **c == '.');
    let address = dots.filter(|c| **c == '.').count() > 1;
    path || address
        || capital && !left_of(before, start).is_some_and(is_east_asian)
        || joined
        || ABBREVIATIONS.contains(text.as_str())
}

fn follows_han(chars: &[char], at: usize, context: &Surroundings) -> bool {
    left_of(chars, at)
        .is_some_and(|c| is_east_asian(c) || (class::is_closing(c) && context.before(at) == Side::Han))
}

fn may_end_sentence(chars: &[char], at: usize, context: &Surroundings) -> bool {
    let quoted = chars.get(at + 1).is_some_and(|&c| class::is_closing(c));
    quoted || matches!(context.after(at), Side::Han | Side::Edge)
}

/// Whether the dot ends a list marker where an item may begin: `一.`, `(二).`, `第三.`, `方法一.` or `甲.`
fn is_list_marker(chars: &[char], at: usize) -> bool {
    let mut left = chars.get(..at).unwrap_or_default().iter().rev().copied().peekable();
    left.next_if(|c| matches!(c, ')' | '）'));
    let mut numerals = 0;
    while numerals < 4 && left.next_if(|&c| is_ordinal(c)).is_some() {
        numerals += 1;
    }
    let mut label = 0;
    while label < LONGEST_LABEL && left.next_if(|&c| is_east_asian(c)).is_some() {
        label += 1;
    }
    left.next_if(|c| matches!(c, '(' | '（'));
    numerals > 0
        && left.peek().is_none_or(|&c| c.is_whitespace() || class::is_mark(c) || class::is_opening(c))
}

/// Whether the dot joins names, numerals or short items, with or without a space: `約翰.史密斯`, `五.四`,
/// `生活.旅遊`, `圖.文`.
fn joins_names(chars: &[char], at: usize) -> bool {
    let start = at + 1 + usize::from(chars.get(at + 1).is_some_and(|&c| class::is_space(c)));
    let tail = chars.get(start..).unwrap_or_default();
    let (Some(left), Some(&right)) = (left_of(chars, at), tail.first()) else {
        return false;
    };
    if !is_east_asian(left) || !is_east_asian(right) {
        return false;
    }
    let both = |test: fn(char) -> bool| test(left) && test(right);
    both(|c| TRANSLITERATION.contains(&c))
        || both(is_ordinal)
        || precedes_original(tail)
        || joins_short_items(chars.get(..at).unwrap_or_default(), tail)
}

/// Whether the dot joins short items. A sentence rarely has only one character, and two short pieces in a row
/// are more likely items of a list.
fn joins_short_items(head: &[char], tail: &[char]) -> bool {
    let (before, after) = (han_run(head.iter().rev()), han_run(tail.iter()));
    before.min(after) <= 1 || before.max(after) <= LONGEST_ITEM
}

/// Whether the original of a name follows it: `大卫.史密斯(David Smith)`.
fn precedes_original(tail: &[char]) -> bool {
    let name = han_run(tail.iter());
    let mut rest = tail.get(name..).unwrap_or_default().iter().copied().filter(|&c| !class::is_space(c));
    let bracket = rest.next().is_some_and(|c| matches!(c, '(' | '（'));
    bracket && rest.next().is_some_and(|c| c.is_ascii_alphabetic())
}

/// Whether the dot is in a title, between work and chapter: `《史記.項羽本紀》`.
fn is_in_title(chars: &[char], at: usize) -> bool {
    let before = chars.get(..at).unwrap_or_default().iter().rev().take(LONGEST_TITLE);
    before
        .copied()
        .find(|&c| ['《', '》', '〈', '〉', '【', '】', '。'].contains(&c))
        .is_some_and(|c| ['《', '〈', '【'].contains(&c))
}

/// The length of a run of Han, but at most that of the longest name.
fn han_run<'a>(chars: impl Iterator<Item = &'a char>) -> usize {
    chars.take(LONGEST_NAME).take_while(|&&c| is_east_asian(c)).count()
}

fn left_of(chars: &[char], at: usize) -> Option<char> {
    at.checked_sub(1).and_then(|left| chars.get(left)).copied()
}
