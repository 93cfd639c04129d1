//! The options of `qingwen clean`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::cleaning::CleaningArgs;
use super::config::ConfigArgs;
use super::input::{InputArgs, field_name};
use super::output::{ColorArgs, OutputArgs};
use super::source::SourceArgs;
use super::title::TitleArgs;

#[derive(Debug, Args)]
pub(in crate::cli) struct CleanArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub title: TitleArgs,
    #[command(flatten)]
    pub cleaning: CleaningArgs,
    /// First learn from all inputs what their sources print on many pages, and then clean them: corpus learn and
    /// --corpus-model in one command. The inputs are read three times
    #[arg(long, conflicts_with = "resume", help_heading = "Cleaning")]
    pub learn: bool,
    #[command(flatten)]
    pub config: ConfigArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    /// Write a report as JSON Lines: each removal with its evidence, and a summary; - for one to read on
    /// standard error, which is never JSON: programs name a file, such as /dev/stderr
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub report: Option<PathBuf>,
    /// How much the report tells: the summary alone, also a record for each article, or also one for each line
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t = ReportLevel::Line, requires = "report", help_heading = "Output")]
    pub report_level: ReportLevel,
    /// Write a page for a browser: the articles with what was removed and changed, and the rules that did it
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub report_html: Option<PathBuf>,
    /// JSON and Parquet: add a field of this name that holds byline, editor, source, date and the like
    #[arg(long, value_name = "NAME", value_parser = field_name(), help_heading = "Output")]
    pub metadata_field: Option<String>,
    /// Write what was removed as JSON Lines; together with the kept text it gives the source back
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub removed: Option<PathBuf>,
    /// Do not print the closing line
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
    #[command(flatten)]
    pub color: ColorArgs,
}

/// How much the report tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(in crate::cli) enum ReportLevel {
    Summary,
    Article,
    Line,
}
