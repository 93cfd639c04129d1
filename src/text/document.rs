//! Source text, its physical lines and their byte spans.

/// A byte range of the source; `start..end` slices it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The text of this span; empty if the span does not fit `source`.
    pub fn of(self, source: &str) -> &str {
        source.get(self.start..self.end).unwrap_or_default()
    }
}

/// A physical line: the text before a terminator, which is a line feed, a carriage return, both, or one of the separators
/// that Unicode has beside them (U+0085, U+2028, U+2029).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// 1-based number in the source.
    pub number: usize,
    /// The line's text without its terminator.
    pub span: Span,
    /// One past the terminator, where the next line starts.
    pub next: usize,
}

/// An article as it was read: the source and its lines.
///
/// ```
/// let document = qingwen::clean::Document::new("甲\r\n乙");
/// let texts: Vec<_> = document.lines().iter().map(|line| document.text(line)).collect();
/// assert_eq!(texts, ["甲", "乙"]);
/// ```
#[derive(Debug, Clone)]
pub struct Document<'s> {
    source: &'s str,
    /// Length in bytes of a byte-order mark at the start. It belongs to no line.
    mark: usize,
    lines: Vec<Line>,
    has_separators: bool,
}

impl<'s> Document<'s> {
    /// Finds the lines of `source`. Byte-order marks at its start belong to no line. A carriage return directly before
    /// a line feed is one terminator with it.
    pub fn new(source: &'s str) -> Self {
        let mark = source.len() - source.trim_start_matches('\u{FEFF}').len();
        let mut lines = Vec::with_capacity(source.len() / 64 + 1);
        let mut start = mark;
        let has_separators = has_separators(source.as_bytes());
        for Span { start: end, end: next } in terminators(source, start, has_separators) {
            lines.push(Line { number: lines.len() + 1, span: Span { start, end }, next });
            start = next;
        }
        if start < source.len() {
            let span = Span { start, end: source.len() };
            lines.push(Line { number: lines.len() + 1, span, next: span.end });
        }
        Self { source, mark, lines, has_separators }
    }

    /// The source as given.
    pub fn source(&self) -> &'s str {
        self.source
    }

    /// All lines in order.
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// The text of a line of this document.
    pub fn text(&self, line: &Line) -> &'s str {
        line.span.of(self.source)
    }

    /// The terminator of a line of this document; empty for a last line without one.
    pub fn terminator(&self, line: &Line) -> &'s str {
        Span { start: line.span.end, end: line.next }.of(self.source)
    }

    /// Whether a line ends with anything other than line feeds and carriage returns.
    pub(crate) fn has_separators(&self) -> bool {
        self.has_separators
    }

    /// The span of the byte-order mark, if there is one.
    pub fn byte_order_mark(&self) -> Option<Span> {
        (self.mark > 0).then_some(Span { start: 0, end: self.mark })
    }
}

/// The separators of lines that are rare in texts.
const SEPARATORS: [&str; 3] = ["\u{85}", "\u{2028}", "\u{2029}"];

fn has_separators(bytes: &[u8]) -> bool {
    SEPARATORS.iter().any(|separator| memchr::memmem::find(bytes, separator.as_bytes()).is_some())
}

/// Whether more than so many lines end in a text.
#[cfg(feature = "cli")]
pub(crate) fn has_more_lines(source: &str, most: usize) -> bool {
    // A line has one byte at least.
    source.len() > most && terminators(source, 0, has_separators(source.as_bytes())).nth(most).is_some()
}

/// The terminators of lines from byte `start` on.
fn terminators(source: &str, start: usize, has_separators: bool) -> impl Iterator<Item = Span> {
    let next = move |start: usize| terminator(source.as_bytes(), start, has_separators);
    std::iter::successors(next(start), move |last| next(last.end))
}

/// The first terminator of a line from byte `start` on.
fn terminator(bytes: &[u8], start: usize, has_separators: bool) -> Option<Span> {
    let rest = &bytes[start..];
    let at = if has_separators {
        rest.iter().enumerate().position(|(at, byte)| match byte {
            b'\n' | b'\r' => true,
            0xC2 | 0xE2 => separator(&rest[at..]).is_some(),
            _ => false,
        })
    } else {
        memchr::memchr2(b'\n', b'\r', rest)
    }?;
    let length = match rest[at] {
        b'\r' if rest.get(at + 1) == Some(&b'\n') => 2,
        b'\n' | b'\r' => 1,
        _ => separator(&rest[at..])?.len(),
    };
    Some(Span { start: start + at, end: start + at + length })
}

/// The separator with which bytes begin.
fn separator(bytes: &[u8]) -> Option<&'static str> {
    SEPARATORS.into_iter().find(|separator| bytes.starts_with(separator.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_terminators_tile_the_source() {
        for source in [
            "",
            "\n",
            "a",
            "a\n",
            "a\r\nb",
            "\r\n\r\n",
            "\u{FEFF}a\nb\r",
            "\r",
            "a\r\r\n",
            "a\u{85}b\u{2028}\u{2029}“c”\r",
        ] {
            let document = Document::new(source);
            let mut joined = document.byte_order_mark().map_or("", |mark| mark.of(source)).to_owned();
            for line in document.lines() {
                joined.push_str(document.text(line));
                joined.push_str(document.terminator(line));
                assert!(!document.text(line).contains(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']));
            }
            assert_eq!(joined, source);
        }
    }

    #[cfg(feature = "cli")]
    #[test]
    fn lines_are_counted_whatever_ends_them() {
        for text in ["a\nb\nc\n", "a\r\n\r\nb\r", "\n\u{2028}a\u{85}", "\r\r\ra"] {
            assert!(has_more_lines(text, 2) && !has_more_lines(text, 3), "{text:?}");
        }
    }

    #[test]
    fn every_terminator_ends_a_line() {
        let document = Document::new("甲\r乙\u{2028}丙\u{85}丁\r\n\r\r\n“戊”\u{2029}");
        let texts: Vec<_> = document.lines().iter().map(|line| document.text(line)).collect();
        assert_eq!(texts, ["甲", "乙", "丙", "丁", "", "", "“戊”"]);
        let ends: Vec<_> = document.lines().iter().map(|line| document.terminator(line)).collect();
        assert_eq!(ends, ["\r", "\u{2028}", "\u{85}", "\r\n", "\r", "\r\n", "\u{2029}"]);
    }
}
