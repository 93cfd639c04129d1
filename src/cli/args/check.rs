//! The options of `qingwen check`.

use clap::{Args, ValueEnum};

use super::cleaning::CleaningArgs;
use super::config::ConfigArgs;
use super::input::InputArgs;
use super::output::ColorArgs;
use super::source::SourceArgs;
use super::title::TitleArgs;

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub title: TitleArgs,
    #[command(flatten)]
    pub cleaning: CleaningArgs,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Also clean the files in place, each in its own encoding. The exit code is 1 if a file changed
    #[arg(long, requires = "paths", help_heading = "Output")]
    pub fix: bool,
    /// The form of the findings
    #[arg(long, value_name = "FORM", value_enum, default_value_t = FindingsForm::Text, help_heading = "Output")]
    pub output_format: FindingsForm,
    /// Print nothing but errors
    #[arg(short, long, conflicts_with = "output_format", help_heading = "Output")]
    pub quiet: bool,
    #[command(flatten)]
    pub color: ColorArgs,
}

/// The form of findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FindingsForm {
    /// One row for each line: file, line, column, rule, and what the line becomes
    Text,
    /// JSON Lines
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Workflow commands of GitHub Actions
    Github,
}
