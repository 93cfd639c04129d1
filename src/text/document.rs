//! Source text, its physical lines and their byte spans.

/// A byte range of the source; `start..end` slices it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
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

/// A physical line: the text before a line feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// 1-based number in the source.
    pub number: usize,
    /// The line's text without its terminator.
    pub span: Span,
    /// One past the terminator (`\n` or `\r\n`), where the next line starts.
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
}

impl<'s> Document<'s> {
    /// Finds the lines of `source`. Byte-order marks at its start belong to no line. A carriage return directly before
    /// a line feed belongs to the terminator.
    pub fn new(source: &'s str) -> Self {
        let mark = source.len() - source.trim_start_matches('\u{FEFF}').len();
        let mut lines = Vec::with_capacity(source.len() / 64 + 1);
        let mut start = mark;
        let bytes = source.as_bytes();
        for feed in memchr::memchr_iter(b'\n', bytes) {
            let is_carriage = feed > start && bytes[feed - 1] == b'\r';
            let span = Span { start, end: feed - usize::from(is_carriage) };
            lines.push(Line { number: lines.len() + 1, span, next: feed + 1 });
            start = feed + 1;
        }
        if start < source.len() {
            let span = Span { start, end: source.len() };
            lines.push(Line { number: lines.len() + 1, span, next: span.end });
        }
        Self { source, mark, lines }
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

    /// The span of the byte-order mark, if there is one.
    pub fn byte_order_mark(&self) -> Option<Span> {
        (self.mark > 0).then_some(Span { start: 0, end: self.mark })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_terminators_tile_the_source() {
        for source in ["", "\n", "a", "a\n", "a\r\nb", "\r\n\r\n", "\u{FEFF}a\nb\r", "\r", "a\r\r\n"] {
            let document = Document::new(source);
            let mut joined = document.byte_order_mark().map_or("", |mark| mark.of(source)).to_owned();
            for line in document.lines() {
                joined.push_str(document.text(line));
                joined.push_str(document.terminator(line));
                assert!(!document.text(line).contains('\n'));
            }
            assert_eq!(joined, source);
        }
    }
}
