//! Markup around words: tables of HTML on one line, as editors put them around a box of words, and links of Markdown.
//! What a reader sees is the words.

use std::borrow::Cow;

/// How a frame begins.
const FRAME: &str = "<table";

/// What stands between the words of a link and its address.
const LINK: &str = "](";

/// What a reader sees of a line: of a frame the words in it, of links their words, of any other line the line.
pub(super) fn visible(line: &str) -> Cow<'_, str> {
    if is_frame(line) {
        Cow::Owned(without_tags(line))
    } else if memchr::memmem::find(line.as_bytes(), LINK.as_bytes()).is_some() {
        Cow::Owned(without_addresses(line))
    } else {
        Cow::Borrowed(line)
    }
}

/// A text with each link replaced by its words. Pictures stay: they are no words.
fn without_addresses(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, address)) = rest.split_once(LINK) {
        let open = before.rfind('[').filter(|open| !before[..*open].ends_with('!'));
        match (open, end_of_address(address)) {
            (Some(open), Some(end)) => {
                words.push_str(&before[..open]);
                words.push_str(&before[open + 1..]);
                rest = &address[end..];
            }
            _ => {
                words.push_str(before);
                words.push_str(LINK);
                rest = address;
            }
        }
    }
    words.push_str(rest);
    words
}

/// Where an address and the bracket behind it end. An address may hold brackets in pairs.
fn end_of_address(address: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in address.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at + 1),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
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
    fn of_links_the_words_are_seen() {
        for (line, words) in [
            ("[阅读原文](https://example.com/a_(b)?c=1)", "阅读原文"),
            ("- [关注我们](javascript:;) | [登录](/login \"登录\")", "- 关注我们 | 登录"),
            ("**[老街](x)**的[夜市](y)", "**老街**的夜市"),
            ("![老街](a.png)", "![老街](a.png)"),
            ("[老街](a", "[老街](a"),
            ("](", "]("),
        ] {
            assert_eq!(visible(line), words);
        }
    }

    #[test]
    fn other_lines_are_seen_as_they_are() {
        for line in ["", "老街", "<script>alert(1)</script>", "a < b > c", "見 <table> 一節", "<tablex>老街"]
        {
            assert_eq!(visible(line), line);
        }
    }
}
