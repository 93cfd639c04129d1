//! Rows of values between delimiters, with quotation marks around values that hold delimiters or line ends.

use std::borrow::Cow;
use std::ops::Range;

/// Where a scanner is in a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum RowState {
    /// At the beginning of a value.
    #[default]
    Start,
    /// In a value without quotation marks.
    Plain,
    /// Between quotation marks.
    Quoted,
    /// Behind a quotation mark that closes a value, or is the first of two that stand for one.
    Closed,
}

impl RowState {
    fn behind(self, byte: u8, delimiter: u8) -> Self {
        match (self, byte) {
            (RowState::Quoted, b'"') => RowState::Closed,
            (RowState::Quoted, _) | (RowState::Start | RowState::Closed, b'"') => RowState::Quoted,
            (_, byte) if byte == delimiter || byte == b'\n' || byte == b'\r' => RowState::Start,
            _ => RowState::Plain,
        }
    }
}

/// Finds where rows end.
pub(super) struct RowScanner {
    /// The byte between values.
    pub delimiter: u8,
    place: RowState,
    /// Whether the last byte was a carriage return that may end the row.
    returned: bool,
    /// Number of bytes that were seen.
    seen: usize,
}

impl RowScanner {
    /// At the beginning of a row.
    pub fn new(delimiter: u8) -> Self {
        Self { delimiter, place: RowState::Start, returned: false, seen: 0 }
    }

    /// The ends of the rows in the bytes that were not seen yet.
    pub fn ends(&mut self, bytes: &[u8]) -> Vec<usize> {
        let mut ends = Vec::new();
        // A byte-order mark before the first quotation mark is no part of the value.
        if self.seen == 0 && bytes.starts_with("\u{FEFF}".as_bytes()) {
            self.seen = '\u{FEFF}'.len_utf8();
        }
        for (place, byte) in bytes.iter().enumerate().skip(self.seen) {
            if self.returned && *byte != b'\n' {
                ends.push(place);
            }
            if *byte == b'\n' && self.place != RowState::Quoted {
                ends.push(place + 1);
            }
            self.returned = *byte == b'\r' && self.place != RowState::Quoted;
            self.place = self.place.behind(*byte, self.delimiter);
        }
        self.seen = bytes.len();
        ends
    }

    /// Says that bytes at the beginning are gone.
    pub fn move_back(&mut self, count: usize) {
        self.seen -= count;
    }
}

/// Number of line ends in complete rows.
pub(super) fn line_ends(rows: &[u8]) -> u64 {
    let returns = memchr::memchr_iter(b'\r', rows).filter(|at| rows.get(at + 1) != Some(&b'\n')).count();
    (memchr::memchr_iter(b'\n', rows).count() + returns) as u64
}

/// A row.
pub(super) struct DelimitedRow {
    /// The values with their quotation marks.
    pub places: Vec<Range<usize>>,
    /// What is wrong with its quotation marks.
    pub fault: Option<&'static str>,
}

impl DelimitedRow {
    /// Cuts a row into its values.
    pub fn of(row: &str, delimiter: u8) -> Self {
        let line = row.strip_suffix('\n').unwrap_or(row);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let mut places = Vec::new();
        let (mut place, mut start) = (RowState::Start, 0);
        let mut fault = None;
        for (index, byte) in line.bytes().enumerate() {
            if byte == delimiter && place != RowState::Quoted {
                places.push(start..index);
                start = index + 1;
            }
            let next = place.behind(byte, delimiter);
            if place == RowState::Closed && next == RowState::Plain {
                fault = Some("has text behind the quotation mark that closes a value");
            }
            place = next;
        }
        places.push(start..line.len());
        let open = (place == RowState::Quoted).then_some("has a quotation mark that is not closed");
        Self { places, fault: fault.or(open) }
    }
}

/// The values of a row with their quotation marks.
pub(super) fn cut(row: &str, delimiter: u8) -> Vec<Range<usize>> {
    DelimitedRow::of(row, delimiter).places
}

/// How often a delimiter stands in a row.
pub(super) fn count(row: &str, delimiter: u8) -> usize {
    cut(row, delimiter).len()
}

/// What a value stands for.
pub(super) fn value(raw: &str) -> String {
    match raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"')) {
        Some(inner) => inner.replace("\"\"", "\""),
        None => raw.to_owned(),
    }
}

/// A text as a value. It gets quotation marks if it needs them, or if it had them before.
pub(super) fn quoted(text: &str, always: bool) -> Cow<'_, str> {
    let needed = text.contains(['"', ',', ';', '\t', '\n', '\r']);
    if always || needed { format!("\"{}\"", text.replace('"', "\"\"")).into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_outside_of_quotation_marks() {
        let text = "a,\"b\nc\"\"\n\",d\r\n5\",x\n\"q\"\n";
        for size in 1..text.len() {
            let mut rows = RowScanner::new(b',');
            let ends: Vec<usize> = (size..=text.len())
                .step_by(size)
                .chain([text.len()])
                .flat_map(|end| rows.ends(&text.as_bytes()[..end]))
                .collect();
            assert_eq!(ends, [14, 19, 23], "{size}");
        }
    }

    #[test]
    fn a_carriage_return_ends_a_row() {
        for size in [1, 2, 100] {
            let text = b"a,b\r1,\"\r\"\r\n2\r";
            let mut rows = RowScanner::new(b',');
            let pieces = (size..text.len()).step_by(size).chain([text.len()]);
            let ends: Vec<usize> = pieces.flat_map(|end| rows.ends(&text[..end])).collect();
            assert_eq!((ends, line_ends(text)), (vec![4, 11], 4), "{size}");
        }
    }

    #[test]
    fn values_are_read_and_written() {
        let row = "a,\"b\nc\"\"\",,\"d\"\r\n";
        let DelimitedRow { places, fault } = DelimitedRow::of(row, b',');
        let values: Vec<String> = places.into_iter().map(|place| value(&row[place])).collect();
        assert!(fault.is_none() && values == ["a", "b\nc\"", "", "d"], "{values:?}");
        assert!(DelimitedRow::of("a,\"b\n", b',').fault.is_some());
        assert!(DelimitedRow::of("\"a\"b,c", b',').fault.is_some());
        assert_eq!((quoted("甲", false), quoted("甲", true)), ("甲".into(), "\"甲\"".into()));
        assert_eq!(quoted("甲\"\n", false), "\"甲\"\"\n\"");
    }
}
