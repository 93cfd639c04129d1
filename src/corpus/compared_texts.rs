//! The texts of articles that are compared.

use std::borrow::Cow;

use crate::pipeline::{Cleaner, Punctuation};
use crate::script::Target;

/// Says what is compared of an article: its whole text, or what cleaning leaves of it. Threads may share it.
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
    /// Whole texts, or if `cleaned`, what cleaning leaves of them. It keeps script and punctuation, because the comparison
    /// unifies both.
    pub fn new(cleaned: bool) -> Self {
        let keeping = || Cleaner::builder().target(Target::Keep).punctuation(Punctuation::Keep).build();
        Self { cleaner: cleaned.then(keeping) }
    }

    /// What is compared of a text.
    pub fn of<'t>(&self, text: &'t str) -> Cow<'t, str> {
        match &self.cleaner {
            Some(cleaner) => Cow::Owned(cleaner.clean(text).text),
            None => Cow::Borrowed(text),
        }
    }
}
