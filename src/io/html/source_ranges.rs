//! Where the lines of a page's text stand in its HTML.

use foldhash::{HashMap, HashMapExt};

use crate::text::Span;

/// The byte ranges of the texts between the tags of a page.
pub(crate) struct SourceRanges<'h> {
    /// By text, its range; `None` if the page has the text more than once.
    of_texts: HashMap<&'h str, Option<Span>>,
}

impl<'h> SourceRanges<'h> {
    /// The ranges in a page, in bytes of its UTF-8.
    pub fn of(html: &'h str) -> Self {
        let mut of_texts = HashMap::new();
        for (start, text) in between_tags(html) {
            let range = Some(Span { start, end: start + text.len() });
            of_texts.entry(text).and_modify(|known| *known = None).or_insert(range);
        }
        Self { of_texts }
    }

    /// The range of a line, if the page has exactly one element with this text. A line that was put together from several
    /// elements, and one with references such as `&amp;`, have no range.
    pub fn of_line(&self, line: &str) -> Option<Span> {
        self.of_texts.get(line.trim()).copied().flatten()
    }
}

/// The texts between tags without the white space around them, each with its first byte.
fn between_tags(html: &str) -> impl Iterator<Item = (usize, &str)> {
    let start_of = |text: &str| text.as_ptr().addr() - html.as_ptr().addr();
    let behind_tags = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, behind)| behind));
    let texts = behind_tags.map(str::trim).filter(|text| !text.is_empty());
    texts.map(move |text| (start_of(text), text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_a_page_has_once_has_a_range() {
        let html = "<p>夜市搬走了。</p>\n<div>\n  分享到 </div><a>首頁</a><b>A&amp;B</b><a>首頁</a>";
        let ranges = SourceRanges::of(html);
        let text = |line| ranges.of_line(line).map(|span| span.of(html));
        assert_eq!(text("夜市搬走了。"), Some("夜市搬走了。"));
        assert_eq!(text("分享到\n"), Some("分享到"));
        assert_eq!([text("首頁"), text("A&B"), text("夜市"), text("")], [None; 4]);
    }

    #[test]
    fn broken_tags_are_no_error() {
        for html in ["", "<", ">", "<p", "a>b<", "<<>>", "&<!--老街"] {
            assert_eq!(SourceRanges::of(html).of_line("夜市"), None, "{html}");
        }
    }
}
