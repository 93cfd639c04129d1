//! Guards: the reasons to keep a line that repeats another. A wrong removal is worse than a line that is
//! left.

use super::amid_sentence::is_amid_sentence;
use super::pair::{NEAR_LINES, RepeatPair, after, before};
use crate::analysis::{Row, ViewLine, is_provision};
use crate::detect::caption::ends_with_credit;
use crate::detect::duplicates::line_kind::{begin_alike, is_field_name};
use crate::detect::duplicates::verse::VERSE_CHARACTERS;
use crate::text::is_han;
use crate::text::numerals::is_numeral;

/// Minimum number of letters or Han characters in a key whose repetition means anything.
const MIN_LETTERS: usize = 7;
/// Minimum number of Han characters that distinguish prose from names, addresses and code.
const MIN_HAN: usize = 4;
/// Maximum number of other characters for each Han character in prose.
const MAX_OTHERS_PER_HAN: usize = 2;
/// Minimum number of letters in a copy of the headline. It is lower, because the headline is known.
const MIN_HEADLINE_LETTERS: usize = 4;
/// Maximum number of characters in the label before a colon, such as a speaker's name.
const MAX_LABEL: usize = 8;
/// Minimum number of characters in a labelled line that is prose.
const MIN_LABELLED_PROSE: usize = 40;

/// Maximum number of lines before two copies that are compared.
const PARALLEL_LINES: usize = 8;
/// Minimum number of lines that are not blank between a statement and a copy far below it.
const MIN_ECHO_LINES: usize = 20;
/// Minimum number of copies of a short line that is a refrain.
const MIN_REFRAIN_COPIES: usize = 4;
/// Characters in commands. Quotation marks may be mended, so Chinese ones count too.
const COMMAND_MARKS: &[char] = &['"', '“', '「', '\'', '`', '=', '$', ';', '\\'];
/// Maximum number of digits in the number of a part.
const MAX_PART_DIGITS: usize = 2;
/// Characters with which no sentence begins.
const INNER_MARKS: &[char] = &['，', ',', '。', '、', '；', ';', '！', '？', '）', ')'];

/// A guard: a named reason to keep a repeat.
struct NamedGuard {
    name: &'static str,
    /// Whether the guard protects a line.
    applies: fn(&RepeatPair) -> bool,
    /// Whether it also protects a line that is printed twice (`is_printed_twice`).
    always: bool,
}

impl NamedGuard {
    const fn new(name: &'static str, applies: fn(&RepeatPair) -> bool) -> Self {
        Self { name, applies, always: false }
    }

    const fn always(name: &'static str, applies: fn(&RepeatPair) -> bool) -> Self {
        Self { name, applies, always: true }
    }

    fn protects(&self, pair: &RepeatPair) -> bool {
        (self.applies)(pair) && (self.always || !is_printed_twice(pair))
    }
}

/// The guards of every line.
const GUARDS: &[NamedGuard] = &[
    NamedGuard::always("short", is_short),
    NamedGuard::always("code", is_code),
    NamedGuard::new("verse", is_verse),
    NamedGuard::always("part", is_part),
    NamedGuard::always("sentence", is_amid_sentence),
    NamedGuard::always("contents", is_in_contents),
];
/// The name of the guard of statements that the article repeats far below.
pub(crate) const ECHO: &str = "echo";
/// The guards of lines that are not copies of the headline. Copies of the headline are known as such.
const LINE_GUARDS: &[NamedGuard] = &[
    NamedGuard::always("statute", is_statute),
    NamedGuard::always("latin", is_latin),
    NamedGuard::always("table", is_table),
    NamedGuard::new("item", is_item),
    NamedGuard::always("label", is_label),
    NamedGuard::new("parallel", is_parallel),
    NamedGuard::new(ECHO, is_echo),
    NamedGuard::new("refrain", is_refrain),
    NamedGuard::new("question", is_question),
    NamedGuard::new("value", is_value),
    NamedGuard::always("piece", is_piece),
    NamedGuard::always("lesson", is_lesson),
];

/// The names of all guards, in the order in which they are checked.
#[cfg(test)]
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    GUARDS.iter().chain(LINE_GUARDS).map(|guard| guard.name)
}

/// The names of all guards that protect a line.
pub(crate) fn protecting(pair: &RepeatPair) -> impl Iterator<Item = &'static str> {
    let for_lines = if pair.of_headline { &[] } else { LINE_GUARDS };
    GUARDS.iter().chain(for_lines).filter(|guard| guard.protects(pair)).map(|guard| guard.name)
}

/// Whether a guard protects a line.
pub(crate) fn exempts(pair: &RepeatPair) -> bool {
    protecting(pair).next().is_some()
}

/// Whether a line is short. Interjections, numbers and dates repeat by nature.
fn is_short(pair: &RepeatPair) -> bool {
    let letters = pair.line().key().chars().filter(|c| c.is_alphabetic()).count();
    letters < if pair.of_headline { MIN_HEADLINE_LETTERS } else { MIN_LETTERS }
}

fn is_code(pair: &RepeatPair) -> bool {
    pair.either(|line| line.shape.code)
}

fn is_table(pair: &RepeatPair) -> bool {
    pair.either(|line| line.shape.table)
}

/// Whether a line is part of a law or cites one: laws say the same of many things, and citations have reasons.
fn is_statute(pair: &RepeatPair) -> bool {
    let cited = pair.line().text.trim_start().strip_prefix('《').and_then(|law| law.split_once('》'));
    pair.genre.is_statute() || cited.is_some_and(|(_, provision)| is_provision(provision))
}

/// Whether a line is a name, an address or code: it has few Han characters, or most characters are others.
fn is_latin(pair: &RepeatPair) -> bool {
    let key = pair.line().key();
    let han = key.chars().filter(|c| is_han(*c)).count();
    let mostly = key.chars().count() - han > MAX_OTHERS_PER_HAN * han;
    han < MIN_HAN || mostly && !is_printed_twice(pair)
}

/// Whether a line is an item. The same step or item may belong to two lists.
fn is_item(pair: &RepeatPair) -> bool {
    pair.either(|line| line.shape.item)
}

/// Whether a line is a refrain of verse: it is in a run of short lines, in the same script as its original
/// (poets do not change the script in a refrain), and without a picture's credit. A copy of the headline is
/// guarded only if the whole document is verse.
fn is_verse(pair: &RepeatPair) -> bool {
    let is_title = || pair.of_headline && pair.genre.is_title_of_verse(pair.view, pair.row);
    let is_line = || !pair.of_headline && pair.genre.in_verse(pair.row);
    let verse = pair.genre.is_verse() || is_line() || is_title();
    verse && !pair.changes_script() && !ends_with_credit(pair.line().key())
}

/// Whether a line is the heading of a part that a table of contents lists, or stands in such a table.
fn is_in_contents(pair: &RepeatPair) -> bool {
    let is_listed = |row: Row| pair.genre.is_in_contents(pair.view, row);
    (is_listed(pair.row) || pair.duplicate_of.is_some_and(is_listed)) && !pair.changes_script()
}

/// Whether a line is the heading of a part, below the part's number.
fn is_part(pair: &RepeatPair) -> bool {
    let above = before(pair.view, pair.row).next();
    above.is_some_and(is_part_number) && !ends_with_credit(pair.line().key()) && !pair.changes_script()
}

/// Whether a line is a short number and nothing else, as magazines print it above the heading of a part.
fn is_part_number(line: &ViewLine) -> bool {
    let digits = line.text.trim().trim_end_matches(['.', '、', '．']);
    (1..=MAX_PART_DIGITS).contains(&digits.chars().count()) && digits.chars().all(is_numeral)
}

/// Whether a line of words is directly below a line that says the same, in a document that is not verse.
/// Writers do not say the same twice in a row.
fn is_printed_twice(pair: &RepeatPair) -> bool {
    let (line, above) = (pair.line(), before(pair.view, pair.row).next());
    let (Some(row), Some(above)) = (pair.duplicate_of, above) else { return false };
    let original = &pair.view.lines[row];
    let is_same = above.key() == line.key() && original.key() == line.key();
    is_same && is_of_words(line.text.trim()) && !pair.genre.is_verse()
}

/// Whether a line consists of words. Comments and logs begin with marks, and commands contain them. Speech
/// does not count, because two people can say the same.
fn is_of_words(text: &str) -> bool {
    let begins_with_words = text.starts_with(|c: char| c.is_alphanumeric() || "《「“".contains(c));
    let is_command = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.contains(COMMAND_MARKS);
    let is_speech = text.starts_with(['「', '“']) && text.ends_with(['」', '”']);
    begins_with_words && !is_command && !is_speech
}

/// Whether a line has a field name or a speaker before a colon or a bar, as in forms and interviews.
fn is_label(pair: &RepeatPair) -> bool {
    let text = pair.line().text.trim();
    let label = text.split([':', '：', '︰', '|', '｜']).next().unwrap_or_default().trim_end();
    let labelled = label.len() < text.len() && label.chars().count() <= MAX_LABEL;
    labelled && pair.line().shape.characters < MIN_LABELLED_PROSE
}

/// Whether the same is said about two things. Of the lines before the two copies, the nearest two that differ
/// are items of a list or begin alike, like the headings of two entries of a bulletin.
fn is_parallel(pair: &RepeatPair) -> bool {
    let Some(original) = pair.duplicate_of else { return false };
    let pairs = before(pair.view, pair.row).zip(before(pair.view, original)).take(PARALLEL_LINES);
    let differing = pairs.into_iter().find(|(own, other)| own.key() != other.key());
    differing.is_some_and(|(own, other)| own.shape.item && other.shape.item || begin_alike(own, other))
}

/// Whether an article repeats a statement far below: a lead, or a figure of speech. If the line before or
/// after it is repeated too, a whole passage is.
fn is_echo(pair: &RepeatPair) -> bool {
    let Some(original) = pair.duplicate_of else { return false };
    let (start, end) = (original.min(pair.row), original.max(pair.row));
    let between = pair.view.lines[start..end].iter().take(NEAR_LINES).filter(|line| !line.shape.blank);
    let far = start.distance(end) > NEAR_LINES || between.count() >= MIN_ECHO_LINES;
    let same = |pair: Option<(&ViewLine, &ViewLine)>| pair.is_some_and(|(a, b)| a.key() == b.key());
    let passage = same(before(pair.view, pair.row).zip(before(pair.view, original)).next())
        || same(after(pair.view, pair.row).zip(after(pair.view, original)).next());
    far && pair.line().shape.sentence && !passage
}

/// Whether a short line occurs again and again: the heading of entries in a list, or a refrain in prose.
fn is_refrain(pair: &RepeatPair) -> bool {
    let line = pair.line();
    line.shape.characters <= VERSE_CHARACTERS
        && pair.view.copies(pair.row) >= MIN_REFRAIN_COPIES
        && !pair.changes_script()
        && !ends_with_credit(line.key())
}

/// Whether a line is a question. It may be asked again, of somebody else or because it was not answered.
fn is_question(pair: &RepeatPair) -> bool {
    let line = pair.line();
    line.text.trim_end().ends_with(['？', '?'])
        && line.shape.characters < MIN_LABELLED_PROSE
        && !pair.changes_script()
}

/// Whether a line is the value below a field's name. Forms are filled in alike.
fn is_value(pair: &RepeatPair) -> bool {
    let above = before(pair.view, pair.row).next();
    above.is_some_and(is_field_name) && !ends_with_credit(pair.line().key()) && !pair.changes_script()
}

/// Whether a sentence is directly below the same one in the other script, as in lessons in both scripts.
fn is_lesson(pair: &RepeatPair) -> bool {
    let rank = pair.line().rank;
    let beside = pair.duplicate_of.is_some_and(|row| pair.view.lines[row].rank.distance(rank) == 1);
    beside && pair.genre.is_lesson(pair.view)
}

/// Whether a line is the rest of a sentence that the page broke into lines. It belongs to the line above.
fn is_piece(pair: &RepeatPair) -> bool {
    pair.line().text.trim_start().starts_with(INNER_MARKS)
}

#[cfg(test)]
mod tests;
