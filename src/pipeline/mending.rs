//! The conversion and mending of a document's lines.

use std::borrow::Cow;

use crate::script::Conversion;
use crate::typography;
use crate::typography::{QuoteStyle, Replacing};

/// The settings with which a document's lines are mended.
pub(super) struct Mending {
    pub quotes: QuoteStyle,
    /// The 1-based numbers of the lines of code, which stay as they are.
    pub code: Vec<usize>,
}

impl Mending {
    /// The quotation marks for a line. `None` if the line must not be mended.
    pub fn of_line(&self, number: usize) -> Option<QuoteStyle> {
        self.code.binary_search(&number).is_err().then_some(self.quotes)
    }
}

/// Converts a line in which references and radicals are already replaced.
pub(super) fn converted<'s>(conversion: &Conversion, index: usize, replaced: &Cow<'s, str>) -> Cow<'s, str> {
    match replaced {
        Cow::Borrowed(text) => conversion.convert_line(index, text),
        Cow::Owned(text) => Cow::Owned(conversion.convert_line(index, text).into_owned()),
    }
}

/// Mends a line.
pub(super) fn mend<'s>(converted: &Cow<'s, str>, quotes: QuoteStyle) -> Cow<'s, str> {
    match converted {
        Cow::Borrowed(text) => typography::mend(text, quotes),
        Cow::Owned(text) => Cow::Owned(typography::mend(text, quotes).into_owned()),
    }
}

/// A title, converted and mended like the lines of its article. Without quotation marks it is not mended.
pub(super) fn rewritten_title(
    title: &str,
    conversion: &Conversion,
    replacing: Replacing,
    quotes: Option<QuoteStyle>,
) -> String {
    let line = |line: &str| match quotes {
        None => conversion.convert(line).into_owned(),
        Some(quotes) => {
            let replaced = replacing.apply(line);
            let text = typography::mend(&conversion.convert(&replaced), quotes).into_owned();
            // As with lines: if the mended title had references again, the title stays unmended.
            if replacing.apply(&text) == text { text } else { conversion.convert(line).into_owned() }
        }
    };
    title.split('\n').map(line).collect::<Vec<_>>().join("\n")
}
