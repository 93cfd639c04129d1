//! Frames: tables of HTML on one line, as editors put them around a box of words. What a reader sees is the words.

use std::borrow::Cow;

/// How a frame begins.
const FRAME: &str = "<table";

/// What a reader sees of a line: of a frame the words in it, of any other line the line.
pub(super) fn visible(line: &str) -> Cow<'_, str> {
    if is_frame(line) { Cow::Owned(without_tags(line)) } else { Cow::Borrowed(line) }
}

fn is_frame(line: &str) -> bool {
    let attributes = line.trim_start().strip_prefix(FRAME);
    attributes.is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c.is_whitespace()))
}

/// A text without its tags; a tag that does not end is none.
fn without_tags(text: &str) -> String {
    let mut words = String::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        words.push_str(before);
        match tag.split_once('>') {
            Some((_, behind)) => rest = behind,
            None => {
                words.push('<');
                rest = tag;
                break;
            }
        }
    }
    words.push_str(rest);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_frame_the_words_are_seen() {
        let frame = "<table><tbody><tr><td style=\"a: b\"><p>免責聲明：</p><p>老街</p></td></tr></table>";
        assert_eq!(visible(frame), "免責聲明：老街");
        assert_eq!(visible(" <table> 1 < 2 "), "  1 < 2 ");
    }

    #[test]
    fn other_lines_are_seen_as_they_are() {
        for line in ["", "老街", "<script>alert(1)</script>", "a < b > c", "見 <table> 一節", "<tablex>老街"]
        {
            assert_eq!(visible(line), line);
        }
    }
}
