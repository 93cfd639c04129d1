//! What is read, and by how many threads it is worked on.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::thread::available_parallelism;

use clap::builder::{NonEmptyStringValueParser, PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};

use crate::io::{Encoding, FORMATS, Fields, Format, MaxRecord, PagePart, by_label};

/// What is read.
#[derive(Debug, Args)]
pub(in crate::cli) struct InputArgs {
    /// Files and folders to read; no path or - is standard input
    pub paths: Vec<PathBuf>,
    /// In folders, take the files that this glob matches, whatever their names end in; with ! before it, leave them
    /// out. May be given more than once; the last one that matches counts
    #[arg(long = "glob", value_name = "GLOB", help_heading = "Input")]
    pub globs: Vec<String>,
    /// How articles are stored [auto: by content and the file's name]
    #[arg(long, default_value = AUTO, hide_default_value = true, value_parser = format_name(), help_heading = "Input")]
    pub format: FormatArg,
    /// Pages of HTML: read the main text or the whole page [default: main]. With records, the text's field holds a page
    #[arg(long, value_name = "PART", value_enum, help_heading = "Input")]
    pub html: Option<PartArg>,
    /// The encoding of the input [default: UTF-8, UTF-16 by its mark, else the one of GB18030, Big5,
    /// Shift_JIS and EUC-JP in which the bytes are Chinese or Japanese text]
    #[arg(long, value_name = "NAME", value_parser = by_label, help_heading = "Input")]
    pub encoding: Option<&'static Encoding>,
    /// Make bytes that cannot be decoded an error, instead of replacing them by U+FFFD
    #[arg(long, help_heading = "Input")]
    pub strict: bool,
    /// Repair text that was decoded in a wrong encoding before it was saved, where that is certain
    #[arg(long, help_heading = "Input")]
    pub repair_mojibake: bool,
    /// Records: the field that holds the text; a.b is a field in a field [default: text, or the only one of content,
    /// body and 正文]
    #[arg(long, value_name = "NAME", value_parser = field_name(), help_heading = "Input")]
    pub text_field: Option<String>,
    /// Records: the field that names the record in reports
    #[arg(long, value_name = "NAME", default_value = Fields::ID, value_parser = field_name(), help_heading = "Input")]
    pub id_field: String,
    /// The largest record, or the largest text that is read as a whole: a number of bytes, or one with K, M or G. A larger
    /// one is an error, and the others are processed
    #[arg(long, value_name = "SIZE", default_value = "64M", value_parser = max_record, help_heading = "Input")]
    pub max_record: MaxRecord,
    #[command(flatten)]
    pub threads: ThreadArgs,
    /// The options that a configuration gives, and not the command line.
    #[arg(skip)]
    pub configured: Vec<&'static str>,
}

impl InputArgs {
    /// Whether several files may be read. The name of a record alone does not say then where it is.
    pub fn may_be_several(&self) -> bool {
        self.paths.len() > 1 || self.paths.iter().any(|path| path.is_dir())
    }
}

/// The part of a page that is read.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(in crate::cli) enum PartArg {
    /// The article
    Main,
    /// All that a browser shows
    Whole,
}

impl From<PartArg> for PagePart {
    fn from(argument: PartArg) -> Self {
        match argument {
            PartArg::Main => Self::Main,
            PartArg::Whole => Self::Whole,
        }
    }
}

/// How many threads work.
#[derive(Debug, Args)]
pub(in crate::cli) struct ThreadArgs {
    /// Articles that are worked on at a time [default: one a core]; the output is the same for any number
    #[arg(long, value_name = "N", value_parser = threads, help_heading = "Input")]
    threads: Option<NonZeroUsize>,
}

impl ThreadArgs {
    /// How many threads work; one is the thread that reads and writes.
    pub fn count(&self) -> usize {
        self.threads.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get)
    }
}

fn threads(number: &str) -> Result<NonZeroUsize, &'static str> {
    number.parse().map_err(|_| "a number of threads is 1 or more")
}

fn max_record(size: &str) -> Result<MaxRecord, &'static str> {
    super::size::size(size).map(MaxRecord)
}

/// The format that is asked for; `None` asks for the one that an input seems to have.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct FormatArg(pub Option<&'static Format>);

/// The name of no format.
const AUTO: &str = "auto";

/// The names of the table of formats, and [`AUTO`].
fn format_name() -> impl TypedValueParser<Value = FormatArg> {
    let auto = PossibleValue::new(AUTO).help("By content and the file's name");
    let named = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.help));
    let find = |name: String| FormatArg(FORMATS.iter().find(|format| format.name == name));
    PossibleValuesParser::new(std::iter::once(auto).chain(named)).map(find)
}

/// A name that is not empty.
pub(super) fn field_name() -> NonEmptyStringValueParser {
    NonEmptyStringValueParser::new()
}

impl InputArgs {
    /// The options that name a field to be read, each with the name, where it is not the usual one. Those that are
    /// configured are left out, because a configuration is for inputs of all kinds.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let text = self.text_field.as_deref().map(|name| ("--text-field", name));
        let id = Some(("--id-field", self.id_field.as_str())).filter(|(_, name)| *name != Fields::ID);
        text.into_iter().chain(id).filter(|(option, _)| !self.is_configured(option))
    }

    /// Whether a configuration gives an option, and not the command line.
    pub fn is_configured(&self, option: &str) -> bool {
        self.configured.iter().any(|key| option.trim_start_matches('-') == *key)
    }
}
