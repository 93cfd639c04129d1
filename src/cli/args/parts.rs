//! The options of `qingwen corpus` for a collection in parts.

use std::path::PathBuf;

use clap::Args;

use super::comparison::ComparisonArgs;
use super::input::{InputArgs, field_name};
use super::memory::MemoryArgs;
use super::reading::ReadingArgs;
use super::source::SourceArgs;
use super::title::TitleArgs;

#[derive(Debug, Args)]
pub(in crate::cli) struct SignArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub source: SourceArgs,
    /// Records: the field that holds the article's date, for `corpus merge --keep newest`: a date that begins with its
    /// year, or seconds
    #[arg(long, value_name = "NAME", value_parser = field_name(), help_heading = "Input")]
    pub date_field: Option<String>,
    /// Sign what `clean` leaves of each article. This takes seven times as long
    #[arg(long, help_heading = "Comparison")]
    pub cleaned: bool,
    #[command(flatten)]
    pub output: TableArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct CountArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub title: TitleArgs,
    #[command(flatten)]
    pub output: TableArgs,
}

/// Where a table is written.
#[derive(Debug, Args)]
pub(in crate::cli) struct TableArgs {
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Write the table to this file, as Parquet; - for standard output
    #[arg(short, long, value_name = "FILE", required = true, help_heading = "Output")]
    pub output: PathBuf,
    /// Let the table replace a file that is no such table
    #[arg(long, help_heading = "Output")]
    pub force: bool,
    /// Do not print the closing line
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct MergeArgs {
    /// Tables of `corpus sign`, or tables of `corpus count`, in the order of the parts of the collection
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    #[command(flatten)]
    pub comparison: ComparisonArgs,
    #[command(flatten)]
    pub memory: MemoryArgs,
    /// Tables of `corpus count`: follow a reviewer's decisions, as `corpus learn` does
    #[arg(long, value_name = "FILE", help_heading = "Learning")]
    pub review: Option<PathBuf>,
    /// Tables of `corpus sign`: write the copies to this file, as `corpus dedup` does [default: standard output]
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub report: Option<PathBuf>,
    /// Tables of `corpus count`: write the model to this file, as `corpus learn` does; - for standard output
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Let the result replace a file that is of another kind
    #[arg(long, help_heading = "Output")]
    pub force: bool,
    /// Do not print the closing line
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
}
