//! How elements stand in the text of a page (`dictionaries/html/elements.txt`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// How an element stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Element {
    Inline,
    Line,
    Paragraph,
    Row,
    Cell,
    Break,
    Verbatim,
    Raw,
    Unseen,
    Empty,
}

static ELEMENTS: LazyLock<HashMap<&str, Element>> = LazyLock::new(|| {
    let lines = include_str!("../../../dictionaries/html/elements.txt").lines();
    let rows = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
    rows.filter_map(|(name, word)| Some((name, by_word(word)?))).collect()
});

fn by_word(word: &str) -> Option<Element> {
    Some(match word {
        "line" => Element::Line,
        "paragraph" => Element::Paragraph,
        "row" => Element::Row,
        "cell" => Element::Cell,
        "break" => Element::Break,
        "verbatim" => Element::Verbatim,
        "raw" => Element::Raw,
        "unseen" => Element::Unseen,
        "empty" => Element::Empty,
        _ => return None,
    })
}

impl Element {
    /// The element of a name in lower case.
    pub fn named(name: &str) -> Self {
        ELEMENTS.get(name).copied().unwrap_or(Element::Inline)
    }

    /// Whether the element is not shown.
    pub fn is_hidden(self) -> bool {
        matches!(self, Element::Raw | Element::Unseen)
    }

    /// Whether the parser must see the tag, because the element has no content that is markup.
    pub fn has_no_children(self) -> bool {
        matches!(self, Element::Raw | Element::Empty | Element::Break)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_dictionary_is_read() {
        let text = include_str!("../../../dictionaries/html/elements.txt");
        for row in text.lines().filter(|line| !line.starts_with('#')) {
            let (_, word) = row.split_once(' ').unwrap_or_default();
            assert!(by_word(word).is_some(), "{row}");
        }
        assert_eq!((Element::named("td"), Element::named("span")), (Element::Cell, Element::Inline));
    }
}
