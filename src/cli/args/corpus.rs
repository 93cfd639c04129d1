//! The options of `qingwen corpus`.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use clap::{Args, Subcommand, ValueEnum};

use super::comparison::ComparisonArgs;
use super::input::{InputArgs, field_name};
use super::memory::MemoryArgs;
use super::parts::{CountArgs, MergeArgs, SignArgs};
use super::reading::ReadingArgs;
use super::source::SourceArgs;
use super::title::TitleArgs;
use crate::corpus::CorpusModel;
use crate::io::{Input, ShownPath};

#[derive(Debug, Args)]
pub(in crate::cli) struct CorpusArgs {
    #[command(subcommand)]
    pub command: CorpusCommand,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum CorpusCommand {
    /// Find articles that are copies of others: the same text, a revision or an excerpt, also in the other script. Or find
    /// paragraphs that stand in many articles
    Dedup(DedupArgs),
    /// Learn what sites print on many pages, for `clean --corpus-model`
    Learn(LearnArgs),
    /// Show what was learned, as a table or as a page for a browser
    Show(ShowArgs),
    /// Write what `dedup` needs to know of each article as a table, for a collection in parts
    Sign(SignArgs),
    /// Write what `learn` needs to know of each page as a table, for a collection in parts
    Count(CountArgs),
    /// From the tables of all parts, write what `dedup` or `learn` gives for the whole collection
    Merge(MergeArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct LearnArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub title: TitleArgs,
    #[command(flatten)]
    pub memory: MemoryArgs,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Follow a reviewer's decisions: a file with + before each line that goes, and - before each line that stays. Lines
    /// are compared without regard to script, width, punctuation and spacing
    #[arg(long, value_name = "FILE", help_heading = "Learning")]
    pub review: Option<PathBuf>,
    /// Write the model to this file; - for standard output
    #[arg(short, long, value_name = "FILE", required = true, help_heading = "Output")]
    pub output: PathBuf,
    /// Let the model and the rejects replace a file that is none of theirs
    #[arg(long, help_heading = "Output")]
    pub force: bool,
    /// Do not print the closing line
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ShowArgs {
    /// The model, which `corpus learn` wrote
    pub file: PathBuf,
    /// Write a page for a browser to this file instead; - for standard output
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Let the page replace a file that is no page of this program
    #[arg(long, requires = "html")]
    pub force: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct DedupArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// Records: the field that holds the article's date, for --keep newest: a date that begins with its year, or seconds
    #[arg(long, value_name = "NAME", value_parser = field_name(), help_heading = "Input")]
    pub date_field: Option<String>,
    /// What is compared: articles, or paragraphs (lines) that stand in many articles, such as notices of agencies
    #[arg(long, value_enum, default_value_t = LevelArg::Article, value_name = "LEVEL", help_heading = "Comparison")]
    pub level: LevelArg,
    #[command(flatten)]
    pub comparison: ComparisonArgs,
    #[command(flatten)]
    pub memory: MemoryArgs,
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Go on with a run that was killed or interrupted: the readings that it completed are not done again. The result is that
    /// of a run without interruption
    #[arg(long, help_heading = "Running")]
    pub resume: bool,
    /// Compare what `clean` leaves of each article. This takes seven times as long, and is for short articles of sites that
    /// print much around them
    #[arg(long, help_heading = "Comparison")]
    pub cleaned: bool,
    /// Compare with the articles of earlier runs too: an index, to which the run adds its own articles when it is done. It is
    /// begun if the file does not exist
    #[arg(long, value_name = "FILE", help_heading = "Comparison")]
    pub against: Option<PathBuf>,
    /// Decide on each record as it is read, by those before it, and pass it on at once if it is new. Records go to standard
    /// output, unless --output names a file. Without --against the articles are kept in a temporary file
    #[arg(long, help_heading = "Comparison")]
    pub stream: bool,
    /// Paragraphs: the fewest characters of one that is compared, marks and white space not counted [default: 30]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Paragraphs")]
    pub min_characters: Option<u32>,
    /// Paragraphs: the fewest articles in which one stands that is reported and removed [default: 3]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..), help_heading = "Paragraphs")]
    pub min_articles: Option<u32>,
    /// Paragraphs: which of them are left out of the articles in --output: the later ones, so that the first article keeps
    /// each, or all [default: later]
    #[arg(long, value_enum, value_name = "WHICH", help_heading = "Paragraphs")]
    pub remove_paragraphs: Option<RemovedParagraphs>,
    /// Write the records that are left to this file, byte for byte as they are in the input; - for standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Write what is left of each file into this folder, at the file's place below the folder that is named. The file of an
    /// article that is a copy does not appear
    #[arg(long, value_name = "DIR", requires = "paths", conflicts_with_all = ["output", "stream"], help_heading = "Output")]
    pub output_dir: Option<PathBuf>,
    /// Write the copies to this file as JSON Lines: what each one is a copy of, and how alike they are. Of paragraphs: each
    /// one, its first article, and the number of articles [default: standard output, unless --output or --output-dir is given]
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub report: Option<PathBuf>,
    /// Let the report and the rejects replace a file that is none of theirs
    #[arg(long, help_heading = "Output")]
    pub force: bool,
    /// Do not print the closing line
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
}

impl DedupArgs {
    /// The file to which the records go that are left, or the folder, if they are wanted.
    pub fn output(&self) -> Option<&Path> {
        let named = self.output.as_deref().or(self.output_dir.as_deref());
        named.or(self.stream.then_some(Path::new("-")))
    }

    /// The files and the folder that the run writes, which are no inputs.
    pub fn written(&self) -> Vec<&Path> {
        let outputs = self.output.iter().chain(&self.output_dir);
        let files = outputs.chain(&self.report).chain(&self.against).chain(&self.reading.rejects);
        files.map(PathBuf::as_path).collect()
    }
}

/// What is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum LevelArg {
    Article,
    Paragraph,
}

/// Which paragraphs go that stand in many articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RemovedParagraphs {
    Later,
    All,
}

/// The model of a collection in a file.
///
/// # Errors
/// If the file cannot be read, or is no model.
pub(in crate::cli) fn corpus_model(path: &Path) -> anyhow::Result<CorpusModel> {
    let text = Input::from_path(path).read_text()?;
    CorpusModel::parse(&text).map_err(|error| anyhow!("{}: {error}", path.shown()))
}
