//! Sections: a heading that matched, and the lines that belong to it.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use super::super::words::folded_words;
use super::pattern::{Pattern, matching};
use crate::analysis::{BodyText, Row, View, ViewLine};
use crate::rules::Category;

/// Minimum and maximum number of characters of a title in a list of articles.
const TITLE_CHARACTERS: RangeInclusive<usize> = 4..=60;
/// The characters of the nouns that a counter counts, in the form that keys have.
static COUNTED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let words = folded_words(include_str!("../../../dictionaries/boilerplate/counters.txt"));
    words.flat_map(|word| word.chars().collect::<Vec<_>>()).collect()
});
/// Maximum number of digits of a counter.
const COUNTER_DIGITS: usize = 7;
/// Maximum number of lines of a section, its heading not counted.
const SECTION_LINES: usize = 30;
/// Maximum number of lines between a heading and the line up to which its section goes on.
const ENCLOSED_LINES: usize = 2;

/// The lines after a heading that belong to its section, up to the first line that does not. Metadata does
/// not belong to it. If the article goes on after the section, the section loses its last line, which is the
/// heading of the next part.
pub(super) fn section(view: &View, heading: Row, pattern: &Pattern) -> Vec<Row> {
    let below = Row::all(heading.below(1)..view.lines.next_key());
    let filled = below.filter(|row| !view.lines[*row].shape.blank);
    let mut members: Vec<Row> = filled.clone().take(ENCLOSED_LINES + 1).collect();
    let last = members.iter().position(|row| pattern.goes_on_until(&view.lines[*row]));
    members.truncate(last.map_or(0, |last| last + 1));
    let filled = filled.skip(members.len());
    for (row, line) in filled.map(|row| (row, &view.lines[row])) {
        if members.len() == SECTION_LINES
            || !is_member(pattern, line)
            || is_metadata(line) && !is_counter(line)
        {
            if pattern.entry.members.is_none() && line.shape.is_body_text(BodyText::BeyondTitles) {
                members.pop();
            }
            break;
        }
        members.push(row);
    }
    members
}

fn is_member(pattern: &Pattern, line: &ViewLine) -> bool {
    pattern.is_member(line).unwrap_or_else(|| is_title_like(line) || is_counter(line))
}

/// Whether a line is only a number, as lists print it under a title: of readers or of comments.
fn is_counter(line: &ViewLine) -> bool {
    let digits = line.words().trim_start_matches(COUNTED.as_slice());
    !digits.is_empty() && digits.len() <= COUNTER_DIGITS && digits.bytes().all(|b| b.is_ascii_digit())
}

fn is_metadata(line: &ViewLine) -> bool {
    matching(line).any(|pattern| pattern.rule.category == Category::Metadata)
}

/// Whether a line may be a title in a list of articles.
pub(crate) fn is_title_like(line: &ViewLine) -> bool {
    // Only the words of a link in Markdown are read.
    let characters = match line.text.split_once("](http") {
        Some((words, _)) => words.chars().filter(|c| !c.is_whitespace()).count(),
        None => line.shape.characters,
    };
    TITLE_CHARACTERS.contains(&characters) && !line.text.trim_end().ends_with(['。', '：', ':'])
}
