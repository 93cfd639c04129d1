//! Markup around words: tables of HTML on one line, which editors put around a box of words; simple tags
//! around a whole line; and links of Markdown. A reader sees only the words.

use std::borrow::Cow;

use crate::text::is_han;

/// The beginning of a frame, which is a table of HTML on one line.
const FRAME: &str = "<table";

/// The marks between the words of a link and its address.
const LINK: &str = "](";

/// The text that a reader sees: the words in a frame or in simple tags, and the words of links. Any other
/// line is seen as it is.
pub(super) fn visible(line: &str) -> Cow<'_, str> {
    if is_frame(line) {
        Cow::Owned(without_tags(line))
    } else if let Some(words) = enclosed(line) {
        Cow::Owned(words)
    } else if memchr::memmem::find(line.as_bytes(), LINK.as_bytes()).is_some() {
        Cow::Owned(without_addresses(line))
    } else {
        Cow::Borrowed(line)
    }
}

/// Tags that only say how the words in them look.
const SIMPLE: &[&str] = &[
    "p",
    "span",
    "div",
    "b",
    "strong",
    "em",
    "i",
    "u",
    "a",
    "font",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "center",
    "section",
    "small",
    "br",
];

/// The words of a line that simple tags enclose from its first character to its last; `None` for any other
/// line. Words that are not Chinese may be code that the article shows.
fn enclosed(line: &str) -> Option<String> {
    let text = line.trim();
    if !text.starts_with('<') || !text.ends_with('>') {
        return None;
    }
    let mut words = String::new();
    let mut open = Vec::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        // Words outside all tags are not enclosed.
        if open.is_empty() && !before.trim().is_empty() {
            return None;
        }
        words.push_str(before);
        let (tag, behind) = tag.split_once('>')?;
        let closes = tag.starts_with('/');
        let inner = tag.trim_start_matches('/').trim_end_matches('/');
        let name = inner.split(char::is_whitespace).next().unwrap_or_default().to_ascii_lowercase();
        if !SIMPLE.contains(&name.as_str()) {
            return None;
        }
        match (closes, name == "br") {
            (_, true) => {}
            (true, _) => (open.pop()? == name).then_some(())?,
            (false, _) => open.push(name),
        }
        rest = behind;
    }
    (open.is_empty() && rest.is_empty() && words.contains(is_han)).then_some(words)
}

/// A text with each link replaced by its words. Pictures stay, because they are not words.
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

/// Maximum number of bytes of an address, so that a line with many brackets is read once.
const ADDRESS_BYTES: usize = 1 << 11;

/// The end of an address and of the bracket after it, in bytes. An address may contain pairs of brackets.
fn end_of_address(address: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in address.bytes().take(ADDRESS_BYTES).enumerate() {
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

/// A text without its tags. A tag that does not end is no tag.
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
    fn the_words_in_a_frame_are_visible() {
        let frame = "<table><tbody><tr><td style=\"a: b\"><p>免責聲明：</p><p>老街</p></td></tr></table>";
        assert_eq!(visible(frame), "免責聲明：老街");
        assert_eq!(visible(" <table> 1 < 2 "), "  1 < 2 ");
    }

    #[test]
    fn the_words_of_links_are_visible() {
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
    fn the_words_in_simple_tags_are_visible() {
        for (line, words) in [
            ("<p>点击阅读原文</p>", "点击阅读原文"),
            ("<p style=\"text-align: center\"><strong>推薦閱讀</strong></p>", "推薦閱讀"),
            ("<figcaption>掃碼訂閱</figcaption>", "掃碼訂閱"),
            ("<h3>老街</h3><p>夜市<br/>搬走了</p>", "老街夜市搬走了"),
        ] {
            assert_eq!(visible(line), words);
        }
        for line in [
            "<p>老街",
            "老街</p>",
            "<p>老街</div>",
            "<p>老街</p>夜市",
            "<p>Hello</p>",
            "<pre>老街</pre>",
            "<p></p>",
        ] {
            assert_eq!(visible(line), line);
        }
    }

    #[test]
    fn other_lines_are_visible_as_they_are() {
        for line in ["", "老街", "<script>alert(1)</script>", "a < b > c", "見 <table> 一節", "<tablex>老街"]
        {
            assert_eq!(visible(line), line);
        }
    }
}
