//! Rows of tables in text: values separated by commas, semicolons or tabs.

use super::super::class::{is_han, is_wide_mark};
use super::statement::has_clauses;

/// Maximum number of characters in an unquoted value.
const VALUE: usize = 24;
/// Maximum number of bytes in a quoted value.
const QUOTED: usize = 600;
/// Maximum number of Han characters in a unit after a number.
const UNIT: usize = 2;
/// Minimum number of values in a row that is recognised by itself. Rows with semicolons need more.
const ALONE: usize = 3;
const ALONE_SEMICOLONS: usize = 4;

/// The appearance of a row of values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ValueRow {
    delimiter: u8,
    cells: usize,
    /// Number of values without Han.
    plain: usize,
    /// Number of values that are entirely in quotes.
    quoted: usize,
    /// Whether the first value is without Han. `ends_plain` is the same for the last value.
    starts_plain: bool,
    ends_plain: bool,
    /// Whether a value is a number with its unit: `1700万`.
    measures: bool,
    /// Whether a quoted value ends like a sentence.
    is_speech: bool,
    /// Whether the line is code beside code if there is no table.
    pub(super) element: bool,
}

impl ValueRow {
    /// The row on a line that has no white space around it.
    pub(super) fn of(text: &str, element: bool) -> Option<Self> {
        let divides = |mark: &u8| memchr::memchr(*mark, text.as_bytes()).is_some();
        [b'\t', b';', b','].into_iter().filter(divides).find_map(|mark| Self::divided(text, mark, element))
    }

    fn divided(text: &str, delimiter: u8, element: bool) -> Option<Self> {
        let mut row = Self { delimiter, element, ..Self::default() };
        let mut rest = Some(text);
        while let Some(text) = rest {
            rest = row.take_cell(text)?;
        }
        // The last value may be missing. With two values this would be a string of a list followed by a comma, so it
        // does not count.
        let ended = row.cells > 2 && row.plain + row.quoted > 0;
        let holds = ended || !text.ends_with(char::from(delimiter));
        (row.cells > 1 && holds).then_some(row)
    }

    /// Counts the value at the start of a text, and returns the text after its delimiter. `None` if the text
    /// does not begin with a value.
    fn take_cell<'t>(&mut self, text: &'t str) -> Option<Option<&'t str>> {
        let quoted = if text.starts_with('"') { quoted_len(text) } else { None };
        let len = match quoted {
            Some(len) => len,
            None => memchr::memchr(self.delimiter, text.as_bytes()).unwrap_or(text.len()),
        };
        let (cell, after) = text.split_at_checked(len)?;
        let rest = match after.strip_prefix(char::from(self.delimiter)) {
            Some(rest) => Some(rest),
            None if after.is_empty() => None,
            None => return None,
        };
        if quoted.is_some() {
            self.quoted += 1;
            self.is_speech |= cell.trim_end_matches('"').ends_with(ends_sentence);
        } else if !is_value(cell, self.delimiter) {
            return None;
        }
        let plain = quoted.is_none() && cell.is_ascii() && !cell.trim().is_empty();
        self.starts_plain |= plain && self.cells == 0;
        self.cells += 1;
        self.plain += usize::from(plain);
        self.ends_plain = plain;
        self.measures |= measures(cell);
        Some(rest)
    }

    /// Whether the row is recognised by itself: all its values are quoted, or some are quoted and others are numbers or
    /// ASCII words.
    fn stands_alone(&self) -> bool {
        let quoted = self.quoted == self.cells || self.quoted > 0 && self.plain > 0;
        let listed = self.delimiter == b';' && self.cells >= ALONE_SEMICOLONS && self.plain > 1;
        self.cells >= ALONE && quoted && !self.is_speech || listed
    }

    /// Whether the row holds values below a head with the same number of values. Two values are more often two clauses,
    /// so in that case the head must differ from the row.
    fn holds_values(&self, head: &Self, rows: usize) -> bool {
        let below_head = self.starts_plain && !head.starts_plain && rows > 2;
        let below_names = head.plain == head.cells && rows > 2;
        match self.cells {
            2 => self.ends_plain && (!head.ends_plain || rows > 2) || below_head,
            _ => self.plain > 0 || below_names || self.delimiter != b',' && self.measures,
        }
    }
}

/// Whether two rows may belong to one table.
pub(super) fn are_alike(a: Option<ValueRow>, b: Option<ValueRow>) -> bool {
    a.zip(b).is_some_and(|(a, b)| (a.delimiter, a.cells) == (b.delimiter, b.cells))
}

/// Whether consecutive rows with the same number of values are a table. This is the case if all rows except the first,
/// the head, contain a value without Han, if all values are quoted, or if one row is recognised by itself.
pub(super) fn is_table(rows: &[ValueRow]) -> bool {
    let (Some(head), below) = (rows.first(), rows.get(1..).unwrap_or_default()) else { return false };
    let filled = !below.is_empty() && below.iter().all(|row| row.holds_values(head, rows.len()));
    let quoted = !below.is_empty() && rows.iter().all(|row| row.quoted == row.cells && !row.is_speech);
    filled || quoted || rows.iter().any(ValueRow::stands_alone)
}

/// The length in bytes of a quoted value. Quotes inside it are doubled.
fn quoted_len(text: &str) -> Option<usize> {
    let bytes = text.as_bytes().get(..text.len().min(QUOTED))?;
    let mut at = 1;
    loop {
        at += memchr::memchr(b'"', bytes.get(at..)?)? + 1;
        match bytes.get(at) {
            Some(b'"') => at += 1,
            _ => return Some(at),
        }
    }
}

/// Whether a cell is a value: short, and not divided by a mark.
fn is_value(cell: &str, delimiter: u8) -> bool {
    let is_part = |c: char| {
        c.is_ascii_alphanumeric()
            || is_han(c)
            || "_-/:%@+'. ()#&*=$~".contains(c)
            || delimiter == b';' && c == ','
            || delimiter == b'\t' && c != '"'
    };
    let short = cell.chars().filter(|c| *c != ' ').nth(VALUE).is_none();
    let spaced = cell.starts_with(' ') || cell.ends_with(' ');
    let divided = || delimiter != b'\t' && has_label(cell) || delimiter == b',' && has_clauses(cell);
    short && !spaced && cell.chars().all(is_part) && !cell.ends_with(ends_sentence) && !divided()
}

/// Whether a cell has a label: the text after a colon is speech and not a value (`作者:林`).
fn has_label(cell: &str) -> bool {
    let mut before = ' ';
    cell.chars().any(|c| {
        let label = c == ':' && is_han(before);
        before = c;
        label
    })
}

fn measures(cell: &str) -> bool {
    let unit = cell.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    unit.len() < cell.len() && unit.chars().all(is_han) && unit.chars().nth(UNIT).is_none()
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '!' | '?' | '.' | '…') || is_wide_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> bool {
        let rows: Option<Vec<ValueRow>> = text.lines().map(|line| ValueRow::of(line, false)).collect();
        rows.is_some_and(|rows| {
            rows.windows(2).all(|two| are_alike(Some(two[0]), Some(two[1]))) && is_table(&rows)
        })
    }

    #[test]
    fn rows_are_recognised_by_their_values() {
        for text in [
            "姓名,地址,年齡\n小林,\"老街,三號\",18",
            "小林,\"老街,三號\",18",
            "\"姓名\",\"年齡\",\"地址\"",
            "城市,人口\n老街,300\n河邊,20",
            "城市;街;人口\n老街;河邊;300萬",
            "老街;河邊;山腰;1;2",
            "姓名\t話\t年\n小林\t好,走\t3",
            "姓名,年齡,備註\n小林,18,\n阿福,20,無",
            "號;名;話\n1;小林;好,走\n2;阿福;再見",
            "日期,天氣\n2024-01-01,晴\n2024-01-02,雨",
            "name,city,street\n小林,老街,河邊\n阿福,山腰,河邊",
        ] {
            assert!(table(text), "{text}");
        }
        for text in [
            "他說,\"好,走\",就走了",
            "\"晚安,\"他說,\"明天見\"",
            "\"好。\",\"走。\",\"等等。\"",
            "春天,夏天,秋天\n好冷,好熱,好累",
            "床前明月光,疑是地上霜\n舉頭望明月,低頭思故鄉",
            "作者:林小溪,阿福,3",
            "今天很好,我走了.\n明天不好,3",
            "甲;乙;丙",
            "1,洗手\n2,吃飯",
        ] {
            assert!(!table(text), "{text}");
        }
    }
}
