//! `qingwen convert`.

use std::borrow::Cow;

use super::Outcome;
use super::args::ConvertArgs;
use super::articles;
use super::articles::{Article, Outputs, Task};
use super::converter;
use crate::{
    convert::Conversion, convert::ConversionOptions, convert::Converter, convert::Document, convert::Target,
};

pub(super) fn run(args: &ConvertArgs) -> anyhow::Result<Outcome> {
    let mut task = match converter::open(&args.exact, &args.towards)? {
        Some(converter) => Converting::Exactly(converter),
        None => {
            let target = args.to.unwrap_or_default();
            Converting::Towards(target, Box::new(args.towards.options(target)?))
        }
    };
    articles::run(&args.input, &Outputs::of(&args.output), &mut task)
}

enum Converting {
    /// All of the text, by a configuration.
    Exactly(Converter),
    /// The lines that are in the other script.
    Towards(Target, Box<ConversionOptions>),
}

impl Task for Converting {
    fn article<'a>(&mut self, article: &Article<'a>) -> anyhow::Result<Cow<'a, str>> {
        Ok(match self {
            Converting::Exactly(converter) => converter.convert(article.text),
            Converting::Towards(target, options) => Cow::Owned(towards(*target, options, article.text)),
        })
    }

    /// A configuration needs no more of a text at a time than a phrase.
    fn streaming(&self) -> Option<&Converter> {
        match self {
            Converting::Exactly(converter) => Some(converter),
            Converting::Towards(..) => None,
        }
    }
}

fn towards(target: Target, options: &ConversionOptions, text: &str) -> String {
    let document = Document::new(text);
    Conversion::of_document(target, options, &document).convert_document(&document)
}
