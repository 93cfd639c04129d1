//! The texts of articles that are compared.

use std::borrow::Cow;

use crate::pipeline::{Cleaner, Punctuation};
use crate::script::Target;

/// The choice of the compared text of an article: its whole text, or the text that is left after cleaning.
/// Threads may share it.
///
/// ```
/// use qingwen::corpus::ComparedTexts;
/// let article = "老街夜市搬走了。\n分享到：\n";
/// assert_eq!(ComparedTexts::new(false).of(article), article);
/// assert_eq!(ComparedTexts::new(true).of(article), "老街夜市搬走了。\n");
/// ```
#[derive(Debug)]
pub struct ComparedTexts {
    cleaner: Option<Cleaner>,
}

impl ComparedTexts {
    /// The whole texts, or if `cleaned`, the texts after cleaning. Cleaning then keeps script and
    /// punctuation, because the comparison unifies both.
    pub fn new(cleaned: bool) -> Self {
        let keeping = || Cleaner::builder().target(Target::Keep).punctuation(Punctuation::Keep).build();
        Self { cleaner: cleaned.then(keeping) }
    }

    /// The compared text of an article.
    pub fn of<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match &self.cleaner {
            Some(cleaner) => Cow::Owned(cleaner.clean(text).text),
            None => Cow::Borrowed(text),
        }
    }
}
