//! Rows of tables in text: values that commas, semicolons or tabs divide.

use super::super::class::{is_han, is_wide_mark};
use super::statement::has_clauses;

/// Characters of a value that is not quoted at most.
const VALUE: usize = 24;
/// Bytes of a quoted value at most.
const QUOTED: usize = 600;
/// Characters of Han behind a number, as its unit.
const UNIT: usize = 2;
/// Values of a row that is known by itself, and more where semicolons divide them.
const ALONE: usize = 3;
const ALONE_SEMICOLONS: usize = 4;

/// What a row of values looks like.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Row {
    delimiter: u8,
    cells: usize,
    /// Values without Han.
    plain: usize,
    /// Values in quotes, which hold the whole value.
    quoted: usize,
    /// The first value has no Han, and the last one.
    starts_plain: bool,
    ends_plain: bool,
    /// A value is a number with its unit: `1700万`.
    measures: bool,
    /// Quoted values end as sentences do.
    speaks: bool,
    /// What the line is where there is no table: code beside code.
    pub(super) element: bool,
}

impl Row {
    /// The row that a line without white space around it is.
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
        // The last value may be missing; of two it is no list's string with a comma behind it.
        let ended = row.cells > 2 && row.plain + row.quoted > 0;
        let holds = ended || !text.ends_with(char::from(delimiter));
        (row.cells > 1 && holds).then_some(row)
    }

    /// Counts the value at the start of a text, and returns what is behind its delimiter; `None` where it is none.
    fn take_cell<'t>(&mut self, text: &'t str) -> Option<Option<&'t str>> {
        let quoted = if text.starts_with('"') { quoted_len(text) } else { None };
        let len = match quoted {
            Some(len) => len,
            None => memchr::memchr(self.delimiter, text.as_bytes()).unwrap_or(text.len()),
        };
        let (cell, behind) = text.split_at_checked(len)?;
        let rest = match behind.strip_prefix(char::from(self.delimiter)) {
            Some(rest) => Some(rest),
            None if behind.is_empty() => None,
            None => return None,
        };
        if quoted.is_some() {
            self.quoted += 1;
            self.speaks |= cell.trim_end_matches('"').ends_with(ends_sentence);
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

    /// A row that is one by itself: all its values are quoted, or some are and others are numbers or words of ASCII.
    fn stands_alone(&self) -> bool {
        let quoted = self.quoted == self.cells || self.quoted > 0 && self.plain > 0;
        let listed = self.delimiter == b';' && self.cells >= ALONE_SEMICOLONS && self.plain > 1;
        self.cells >= ALONE && quoted && !self.speaks || listed
    }

    /// A row of values below a head with as many. Two values are a clause and another more often, so there the head
    /// has to differ from the row.
    fn holds_values(&self, head: &Self, rows: usize) -> bool {
        let below_head = self.starts_plain && !head.starts_plain && rows > 2;
        let below_names = head.plain == head.cells && rows > 2;
        match self.cells {
            2 => self.ends_plain && (!head.ends_plain || rows > 2) || below_head,
            _ => self.plain > 0 || below_names || self.delimiter != b',' && self.measures,
        }
    }
}

/// Whether the rows are of one table.
pub(super) fn are_alike(a: Option<Row>, b: Option<Row>) -> bool {
    a.zip(b).is_some_and(|(a, b)| (a.delimiter, a.cells) == (b.delimiter, b.cells))
}

/// Whether rows that stand below each other with as many values are a table: all but the first, the head, hold a value
/// without Han, or all are quoted, or one is a row by itself.
pub(super) fn is_table(rows: &[Row]) -> bool {
    let (Some(head), below) = (rows.first(), rows.get(1..).unwrap_or_default()) else { return false };
    let filled = !below.is_empty() && below.iter().all(|row| row.holds_values(head, rows.len()));
    let quoted = !below.is_empty() && rows.iter().all(|row| row.quoted == row.cells && !row.speaks);
    filled || quoted || rows.iter().any(Row::stands_alone)
}

/// The bytes of a quoted value, whose quotes are doubled inside.
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

/// A value is short, and no mark divides it.
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

/// `作者:林`: what stands behind a colon is said, and no value.
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
        let rows: Option<Vec<Row>> = text.lines().map(|line| Row::of(line, false)).collect();
        rows.is_some_and(|rows| {
            rows.windows(2).all(|two| are_alike(Some(two[0]), Some(two[1]))) && is_table(&rows)
        })
    }

    #[test]
    fn rows_are_told_by_their_values() {
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
