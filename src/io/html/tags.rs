//! Tags with too many attributes. The parser compares each attribute of a tag with all others.

use std::borrow::Cow;

/// The most attributes of a tag.
const MOST: usize = 1000;

/// The page, without further attributes of tags that have too many.
pub(super) fn with_few_attributes(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let (mut kept, mut done, mut from) = (String::new(), 0, 0);
    while let Some(open) = memchr::memchr(b'<', &bytes[from..]) {
        from += open + 1;
        if !bytes.get(from).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let tag = Tag::of(bytes, from);
        if let Some(excess) = tag.excess {
            kept.push_str(&html[done..excess]);
            done = tag.end;
        }
        from = tag.end;
    }
    if done == 0 { html.into() } else { (kept + &html[done..]).into() }
}

/// A tag in a page.
struct Tag {
    /// Where its `>` stands.
    end: usize,
    /// Where the first attribute begins that is too many.
    excess: Option<usize>,
}

impl Tag {
    /// The tag whose name begins at a place.
    fn of(bytes: &[u8], name: usize) -> Self {
        let mut tag = Self { end: name, excess: None };
        let (mut attributes, mut separated, mut before) = (0, false, b'<');
        while let Some(byte) = bytes.get(tag.end).copied().filter(|byte| *byte != b'>') {
            if matches!(byte, b'"' | b'\'') && before == b'=' {
                let value = tag.end + 1;
                tag.end =
                    memchr::memchr(byte, &bytes[value..]).map_or(bytes.len() - 1, |length| value + length);
                (separated, before) = (true, byte);
            } else if byte.is_ascii_whitespace() || byte == b'/' {
                separated = true;
            } else {
                attributes += usize::from(std::mem::take(&mut separated) && before != b'=' && byte != b'=');
                if attributes > MOST && tag.excess.is_none() {
                    tag.excess = Some(tag.end);
                }
                before = byte;
            }
            tag.end += 1;
        }
        tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_attributes_stay() {
        let link = "<a href=\"x y z > < /\" title = '1 2' hidden>甲 < 乙</a>".repeat(500);
        let image = format!("<img alt=\"{}\">", "a b 甲 ".repeat(MOST));
        for html in [link.as_str(), &image, "甲 <", "<a", "<a b='", "<a b=\"甲"] {
            assert_eq!(with_few_attributes(html), html);
        }
    }

    #[test]
    fn many_attributes_go() {
        for (attribute, close) in
            [(" a=1", ">"), (" 甲", ">"), (" a='甲>'", ">"), ("/a", ">"), (" a=\"1\"b=2", "/>")]
        {
            let html = format!("甲<p{}{close}乙<b>丙", attribute.repeat(5 * MOST));
            let short = with_few_attributes(&html);
            assert!(short.len() <= (MOST + 3) * attribute.len() + 30, "{attribute}: {}", short.len());
            assert!(short.starts_with("甲<p") && short.ends_with(">乙<b>丙"), "{attribute}");
        }
    }
}
