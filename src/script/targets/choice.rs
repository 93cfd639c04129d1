//! Choices among several Traditional forms, described for people.

use std::fmt;

use serde::Serialize;

use super::super::variants::{ChoiceSource, Reason};
use super::options::{ConversionOptions, Variants};
use crate::text::Span;

/// A choice among a character's Traditional forms, and the strongest reason for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Byte range of the character in the line.
    #[serde(flatten)]
    pub span: Span,
    /// The character.
    pub character: char,
    /// The form that it becomes.
    pub form: char,
    /// The reason. It is one of: the character with its neighbours, as Simplified text writes them; `the phrase …`, one
    /// of our own; `the article`; `the collection` (of `--usage`); `the region`; `the dictionaries`; `all together`, if
    /// each of these alone supports another form; or `the standard`.
    pub because: String,
    /// The number of uses of the form that were counted there.
    pub uses: u32,
    /// The number of uses of the second most frequent form.
    pub others: u32,
}

impl Choice {
    pub(super) fn new(
        at: usize,
        character: char,
        form: char,
        reason: Reason,
        options: &ConversionOptions,
    ) -> Self {
        let because = match reason.source {
            // The standard replaced the form that usage would have chosen.
            _ if options.variants == Variants::Standard && form != reason.form => "the standard".to_owned(),
            ChoiceSource::Context(context) => context,
            ChoiceSource::Article if options.usage.is_some() => "the collection".to_owned(),
            ChoiceSource::Article => "the article".to_owned(),
            ChoiceSource::Region => "the region".to_owned(),
            ChoiceSource::Together => "all together".to_owned(),
            ChoiceSource::Dictionaries => "the dictionaries".to_owned(),
            ChoiceSource::Phrase(phrase) => format!("the phrase {phrase}"),
        };
        let span = Span { start: at, end: at + character.len_utf8() };
        Self { span, character, form, because, uses: reason.uses, others: reason.others }
    }
}

/// `周→週 because 每周: 412 to 3`; the counts are omitted if there are none.
impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { character, form, because, uses, others, .. } = self;
        write!(f, "{character}→{form} because {because}")?;
        if *uses == 0 && *others == 0 { Ok(()) } else { write!(f, ": {uses} to {others}") }
    }
}
