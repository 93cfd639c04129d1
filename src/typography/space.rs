//! White space inside a line.

use super::class;
use super::class::{IDEOGRAPHIC_SPACE, MarkClass, is_space};
use super::context::{Side, Surroundings};
use super::protect::Shield;

/// Collapses runs of spaces, and drops spaces beside full-width marks and at the end. Indentation, list markers and
/// tables keep their spaces.
pub(super) fn tidy(chars: Vec<char>, shields: &[Shield], context: &Surroundings) -> Vec<char> {
    if !has_loose_blank(&chars) {
        return chars;
    }
    let body = body_start(&chars);
    if is_table(chars.get(body..).unwrap_or_default(), shields.get(body..).unwrap_or_default()) {
        return chars;
    }
    let cells = collapse(&chars, shields, body);
    let end = cells.iter().rposition(|cell| !cell.is_trailing()).map_or(0, |last| last + 1);
    let cells = cells.get(..end).unwrap_or_default();
    (0..end)
        .filter(|&at| !is_superfluous(cells, at, context))
        .filter_map(|at| cells.get(at))
        .map(|cell| cell.c)
        .collect()
}

/// Whether any blank may be dropped. Only single spaces between words may not.
fn has_loose_blank(chars: &[char]) -> bool {
    let at_edge = |edge: Option<&char>| edge.is_some_and(|&c| is_blank(c));
    let is_loose = |around: &[char]| match *around {
        [before, c, after] => is_blank(c) && !(c == ' ' && is_of_word(before) && is_of_word(after)),
        _ => false,
    };
    at_edge(chars.first()) || at_edge(chars.last()) || chars.windows(3).any(is_loose)
}

/// Whether a character belongs to a word. A single space between two such characters is kept.
pub(super) fn is_of_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || class::is_han(c)
}

/// A character of the collapsed line, and its original position.
struct Cell {
    c: char,
    at: usize,
    fixed: bool,
}

impl Cell {
    fn is_loose_space(&self) -> bool {
        !self.fixed && is_space(self.c)
    }

    fn is_trailing(&self) -> bool {
        !self.fixed && (is_space(self.c) || self.c == IDEOGRAPHIC_SPACE)
    }
}

/// The end of the indentation and of the markers of lists, headings and quotations.
fn body_start(chars: &[char]) -> usize {
    let mut start = 0;
    loop {
        let rest = chars.get(start..).unwrap_or_default();
        let blank = rest.iter().take_while(|&&c| is_blank(c)).count();
        start += blank;
        match marker_len(rest.get(blank..).unwrap_or_default()) {
            0 => return start,
            marker => start += marker,
        }
    }
}

fn is_blank(c: char) -> bool {
    is_space(c) || matches!(c, IDEOGRAPHIC_SPACE | '\t')
}

/// The length of a marker, if a space follows it, else 0.
fn marker_len(rest: &[char]) -> usize {
    let digits = rest.iter().take_while(|c| c.is_ascii_digit()).count();
    let marker = match rest.get(digits) {
        Some('.' | ')') if digits > 0 => digits + 1,
        Some('-' | '*' | '+' | '>' | '•') if digits == 0 => 1,
        Some('#') if digits == 0 => rest.iter().take_while(|&&c| c == '#').count(),
        _ => 0,
    };
    if rest.get(marker).is_some_and(|&c| is_space(c)) { marker } else { 0 }
}

/// Whether the line is a row of a table: it has a tab, two bars, or two gaps of several spaces.
fn is_table(body: &[char], shields: &[Shield]) -> bool {
    let bars = body.iter().filter(|&&c| matches!(c, '|' | '│' | '┃' | '║')).count();
    body.contains(&'\t') || bars >= 2 || inner_gaps(body, shields) >= 2
}

fn inner_gaps(body: &[char], shields: &[Shield]) -> usize {
    let end = body.iter().rposition(|&c| !is_blank(c)).unwrap_or(0);
    let loose: Vec<bool> = body
        .iter()
        .zip(shields)
        .take(end)
        .map(|(&c, &shield)| is_space(c) && shield == Shield::None)
        .collect();
    loose.chunk_by(|a, b| a == b).filter(|run| run.len() >= 2 && run.first() == Some(&true)).count()
}

fn collapse(chars: &[char], shields: &[Shield], body: usize) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::with_capacity(chars.len());
    for (at, (&c, &shield)) in chars.iter().zip(shields).enumerate() {
        let fixed = at < body || shield != Shield::None;
        let cell = Cell { c: if is_space(c) && !fixed { ' ' } else { c }, at, fixed };
        if !(cell.is_loose_space() && cells.last().is_some_and(Cell::is_loose_space)) {
            cells.push(cell);
        }
    }
    cells
}

fn is_superfluous(cells: &[Cell], at: usize, context: &Surroundings) -> bool {
    let Some(space) = cells.get(at).filter(|cell| cell.is_loose_space()) else {
        return false;
    };
    let left = at.checked_sub(1).and_then(|left| cells.get(left));
    let right = cells.get(at + 1);
    let beyond_left = at.checked_sub(2).and_then(|left| cells.get(left));
    if is_separator(beyond_left, left) || is_separator(cells.get(at + 2), right) {
        return false;
    }
    let in_chinese = !context.is_latin()
        && (context.before(space.at) == Side::Han || context.after(space.at) == Side::Han);
    [left, right].into_iter().flatten().any(|cell| absorbs(cell, in_chinese))
}

/// Signs that separate parts of a line if there is space around them.
const SEPARATORS: &[char] = &['|', '｜', '-', '–', '—', '/', '+', '=', '&', '•', '·'];

/// Whether a sign is a separator with space around it, which it keeps on both sides: ` | `, ` - `.
fn is_separator(outer: Option<&Cell>, sign: Option<&Cell>) -> bool {
    let has_space = outer.is_none_or(|cell| is_blank(cell.c));
    has_space && sign.is_some_and(|cell| SEPARATORS.contains(&cell.c))
}

/// Whether a cell makes the space beside it superfluous. A full-width mark includes its own space. A mark
/// that Latin text also uses does so only in Chinese text.
fn absorbs(cell: &Cell, in_chinese: bool) -> bool {
    !cell.fixed && (is_full_width(cell.c) || (in_chinese && (class::is_curly(cell.c) || cell.c == '…')))
}

fn is_full_width(c: char) -> bool {
    class::is_wide_mark(c)
        || (!c.is_ascii() && matches!(MarkClass::of(c), MarkClass::Open | MarkClass::Close))
}
