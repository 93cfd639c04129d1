//! `qingwen convert`.

use std::path::{Path, PathBuf};

use super::super::args::{ConversionArgs, ConvertArgs};
use super::super::destination::Destination;
use super::super::run::{RunPlan, run};
use super::super::settings::ConfiguredCommand;
use super::super::sinks::{self, Sinks};
use super::super::{Ending, converter};
use super::{Article, Job, Outcome};
use crate::convert::{Conversion, ConversionOptions, Converter, Document, Target};

pub(in crate::cli) fn command(
    args: &ConvertArgs,
    configuration: &ConfiguredCommand,
) -> anyhow::Result<Ending> {
    let job = Convert::new(&args.conversion)?;
    let files = args.conversion.exact.file().map(converter::files).unwrap_or_default();
    let written: Vec<_> = args.output.written().collect();
    let read: Vec<&Path> =
        configuration.files().into_iter().chain(files.iter().map(PathBuf::as_path)).collect();
    sinks::refuse_read(&read, &written)?;
    let depends = || {
        let mut fingerprint = configuration.fingerprint();
        files.iter().for_each(|file| fingerprint.add_file(file));
        fingerprint
    };
    let mut destination = Destination::of(&args.output, &args.input.paths, args.output.rejects.as_deref())?
        .depending_on(depends);
    if let Some(ending) = destination.complete_earlier()? {
        return Ok(ending);
    }
    let plan = RunPlan::new(&args.input, &written)?.of_any_text().quiet(args.quiet).written(&args.output)?;
    let sinks = Sinks::begin().with(sinks::of_output(&args.output, destination.opening())?);
    run(&plan, &job, destination, sinks)
}

/// Converts articles.
#[derive(Debug, Clone)]
pub(in crate::cli) enum Convert {
    /// Converts the whole text by a configuration.
    Exactly(Converter),
    /// Converts the lines that are in the other script.
    Towards(Target, Box<ConversionOptions>),
}

impl Convert {
    /// The conversion that the options describe.
    ///
    /// # Errors
    /// If there is no such configuration, or if an option does not apply or names a file that cannot be read.
    pub fn new(args: &ConversionArgs) -> anyhow::Result<Self> {
        if let Some(converter) = converter::open(&args.exact, &args.towards)? {
            return Ok(Convert::Exactly(converter));
        }
        let target = args.to.unwrap_or_default();
        Ok(Convert::Towards(target, Box::new(args.towards.options(target)?)))
    }

    /// The converted text.
    pub fn text(&self, text: &str) -> String {
        match self {
            Convert::Exactly(converter) => converter.convert(text).into_owned(),
            Convert::Towards(target, options) => towards(*target, options, text),
        }
    }
}

impl Job for Convert {
    fn process(&self, article: &Article) -> Outcome {
        Outcome { text: Some(self.text(article.text)), ..Outcome::default() }
    }

    /// A configuration never needs more of a text at a time than a phrase.
    fn streaming(&self) -> Option<&Converter> {
        match self {
            Convert::Exactly(converter) => Some(converter),
            Convert::Towards(..) => None,
        }
    }
}

fn towards(target: Target, options: &ConversionOptions, text: &str) -> String {
    let document = Document::new(text);
    Conversion::of_document(target, options, &document).convert_document(&document)
}
