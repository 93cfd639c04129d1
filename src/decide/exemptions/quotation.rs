//! Quotations in a line.

use std::ops::Range;

/// A quotation in a line.
pub(super) struct Quotation<'t> {
    /// The quoted words, without the marks.
    pub words: &'t str,
    /// The range of bytes in the line, with the quotation marks.
    pub range: Range<usize>,
}

/// The quotations of a line, in order.
pub(super) fn quotations(text: &str) -> Vec<Quotation<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some((start, open)) = text[from..].char_indices().find(|(_, c)| matches!(c, '“' | '「' | '『'))
    {
        let close = match open {
            '“' => '”',
            '「' => '」',
            _ => '』',
        };
        let (start, inner) = (from + start, from + start + open.len_utf8());
        let Some(length) = text[inner..].find(close) else { break };
        let end = inner + length + close.len_utf8();
        found.push(Quotation { words: &text[inner..inner + length], range: start..end });
        from = end;
    }
    found
}

/// A line without its quotations.
pub(super) fn outside(text: &str, quotations: &[Quotation]) -> String {
    let mut outside = text.to_owned();
    quotations.iter().rev().for_each(|quotation| outside.replace_range(quotation.range.clone(), ""));
    outside
}

/// Whether a line consists of one quotation and nothing else.
pub(super) fn is_wholly_quoted(text: &str) -> bool {
    let text = text.trim();
    matches!(quotations(text).as_slice(), [only] if only.range == (0..text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_between_marks_of_one_kind() {
        let text = "他說「好」，她說『再見』和“走”，「沒有完";
        let found = quotations(text);
        assert_eq!(found.iter().map(|quotation| quotation.words).collect::<Vec<_>>(), ["好", "再見", "走"]);
        assert_eq!(outside(text, &found), "他說，她說和，「沒有完");
        assert!(is_wholly_quoted(" “走” ") && !is_wholly_quoted("“走”吧") && !is_wholly_quoted(""));
    }
}
