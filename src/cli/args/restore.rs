//! The options of `qingwen restore`.

use std::path::PathBuf;

use clap::Args;

use super::input::InputArgs;
use super::output::OutputArgs;

#[derive(Debug, Args)]
pub(in crate::cli) struct RestoreArgs {
    #[command(flatten)]
    pub input: InputArgs,
    /// The removed text that `clean --removed` wrote
    #[arg(long, value_name = "FILE", help_heading = "Restoring")]
    pub removed: PathBuf,
    /// Put only these lines back, by their numbers in reports, and the blank lines beside them that went with them
    /// [default: all that was removed]
    #[arg(long, value_name = "N", value_delimiter = ',', help_heading = "Restoring")]
    pub line: Vec<usize>,
    /// Put text back only in the article of this name in reports
    #[arg(long, value_name = "NAME", help_heading = "Restoring")]
    pub record: Option<String>,
    /// Write an exception for each line that comes back, so that `clean` leaves it (see `qingwen keep --help`)
    #[arg(long, requires = "in_place", help_heading = "Restoring")]
    pub keep: bool,
    #[command(flatten)]
    pub output: OutputArgs,
    /// Do not say how inputs are read
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
}
