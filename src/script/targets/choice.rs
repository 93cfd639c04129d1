//! Choices among several Traditional forms, for people.

use std::fmt;

use serde::Serialize;

use super::super::variants::{Reason, Source};
use super::options::{ConversionOptions, Variants};
use crate::text::Span;

/// A choice among a character's Traditional forms, and what decides it most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Byte range of the character in the line.
    #[serde(flatten)]
    pub span: Span,
    /// The character.
    pub character: char,
    /// What it becomes.
    pub form: char,
    /// What decides: the character with its neighbours, as Simplified text writes them; `the phrase …`, one of our own; `the article`, `the collection`
    /// (that of `--usage`), `the region`, `the dictionaries`, `all together` where each
    /// by itself speaks for another form, or `the standard`.
    pub because: String,
    /// How often the form was counted there.
    pub uses: u32,
    /// How often the form that comes next was.
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
            // What usage would have chosen is not what stands there.
            _ if options.variants == Variants::Standard && form != reason.form => "the standard".to_owned(),
            Source::Context(context) => context,
            Source::Article if options.usage.is_some() => "the collection".to_owned(),
            Source::Article => "the article".to_owned(),
            Source::Region => "the region".to_owned(),
            Source::Together => "all together".to_owned(),
            Source::Dictionaries => "the dictionaries".to_owned(),
            Source::Phrase(phrase) => format!("the phrase {phrase}"),
        };
        let span = Span { start: at, end: at + character.len_utf8() };
        Self { span, character, form, because, uses: reason.uses, others: reason.others }
    }
}

/// `周→週 because 每周: 412 to 3`; without counts where there are none.
impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { character, form, because, uses, others, .. } = self;
        write!(f, "{character}→{form} because {because}")?;
        if *uses == 0 && *others == 0 { Ok(()) } else { write!(f, ": {uses} to {others}") }
    }
}
