//! Where results go, and in which colours.

use std::path::{Path, PathBuf, is_separator};

use anstream::stream::RawStream;
use anstream::{AutoStream, ColorChoice};
use clap::{Args, ValueEnum};

use super::messages::ProgressForm;
use super::size::size;
use crate::io::{Encoding, by_label};

/// Where results go.
#[derive(Debug, Args)]
pub(in crate::cli) struct OutputArgs {
    /// Write to a file instead of standard output; an existing one is replaced when the new one is complete
    #[arg(short, long, value_name = "FILE", conflicts_with = "in_place", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Write the result of each file into this folder, at the file's place below the folder that is named
    #[arg(long, value_name = "DIR", requires = "paths", conflicts_with_all = ["output", "in_place"], help_heading = "Output")]
    pub output_dir: Option<PathBuf>,
    /// Replace each file by its result
    #[arg(short, long, requires = "paths", help_heading = "Output")]
    pub in_place: bool,
    /// Write what could not be processed as JSON Lines: the name, the reason, and the record
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub rejects: Option<PathBuf>,
    /// Go on with a run that was interrupted, with the same arguments, settings and inputs; without such a run, begin. Ids
    /// that stand twice are told of what is read from there on. A file of Parquet that is not complete begins again
    #[arg(long, conflicts_with = "restart", help_heading = "Output")]
    pub resume: bool,
    /// Begin anew where a run was interrupted
    #[arg(long, help_heading = "Output")]
    pub restart: bool,
    /// After how many bytes a run sets the next point from which --resume goes on
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = size, help_heading = "Output")]
    pub checkpoint: u64,
    /// Let reports and other files beside the result replace a file that is none of theirs
    #[arg(long, help_heading = "Output")]
    pub force: bool,
    /// How the progress is shown on standard error
    #[arg(long, value_enum, default_value_t = ProgressForm::Auto, value_name = "FORM", help_heading = "Messages")]
    pub progress: ProgressForm,
    /// Write the summary of the run as JSON: articles, lines and bytes, by rule, by category and by source
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub stats: Option<PathBuf>,
    /// Write each result at once, instead of collecting results; for a program that waits for them
    #[arg(long, help_heading = "Output")]
    pub flush: bool,
    /// Keep the old content of each replaced file beside it, under its name with this suffix [default: ~]. Another
    /// backup of that name stays: then a number follows
    #[arg(long, value_name = "SUFFIX", num_args = 0..=1, require_equals = true, default_missing_value = "~",
          value_parser = suffix, requires = "in_place", help_heading = "Output")]
    pub backup: Option<String>,
    /// The encoding of the result: the name of one, or same for that of each input [default: UTF-8]
    #[arg(long, value_name = "NAME", value_parser = encoding_name, help_heading = "Output")]
    pub output_encoding: Option<OutputEncoding>,
    /// What becomes of a character that the encoding of the result does not have: error, or escape for a reference of
    /// HTML (&#x8857;)
    #[arg(long, value_enum, default_value_t = UnencodablePolicy::Error, requires = "output_encoding", help_heading = "Output")]
    pub unencodable: UnencodablePolicy,
}

impl OutputArgs {
    /// The files and the folder that are written.
    pub fn written(&self) -> impl Iterator<Item = &Path> {
        [&self.output, &self.output_dir, &self.rejects, &self.stats]
            .into_iter()
            .filter_map(|path| path.as_deref())
    }
}

/// The encoding of results.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum OutputEncoding {
    /// That of each input.
    Same,
    /// One for all.
    Named(&'static Encoding),
}

/// The end of a backup's name.
fn suffix(suffix: &str) -> Result<String, String> {
    let is_suffix = !suffix.is_empty() && !suffix.contains(is_separator);
    if is_suffix {
        Ok(suffix.to_owned())
    } else {
        Err("a suffix has characters, and no separator of folders".into())
    }
}

fn encoding_name(name: &str) -> Result<OutputEncoding, String> {
    if name == "same" { Ok(OutputEncoding::Same) } else { by_label(name).map(OutputEncoding::Named) }
}

/// What becomes of characters that an encoding does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum UnencodablePolicy {
    Error,
    Escape,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ColorArgs {
    /// When to use colour; NO_COLOR in the environment always turns it off
    #[arg(long, value_enum, default_value_t = When::Auto, help_heading = "Output")]
    color: When,
}

impl ColorArgs {
    /// A stream that drops colours where they are not wanted. `NO_COLOR` in the environment has the last word.
    pub fn stream<S: RawStream>(&self, stream: S) -> AutoStream<S> {
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        AutoStream::new(stream, if refused { ColorChoice::Never } else { self.color.into() })
    }

    /// Whether colour is requested.
    pub fn is_always(&self) -> bool {
        self.color == When::Always
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<When> for ColorChoice {
    fn from(when: When) -> Self {
        match when {
            When::Auto => Self::Auto,
            When::Always => Self::Always,
            When::Never => Self::Never,
        }
    }
}
