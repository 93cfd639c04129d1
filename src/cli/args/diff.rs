//! The options of `qingwen diff`.

use clap::Args;

use super::cleaning::CleaningArgs;
use super::config::ConfigArgs;
use super::input::InputArgs;
use super::output::ColorArgs;
use super::source::SourceArgs;
use super::title::TitleArgs;

#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub source: SourceArgs,
    #[command(flatten)]
    pub title: TitleArgs,
    #[command(flatten)]
    pub cleaning: CleaningArgs,
    /// Print nothing but errors
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
    #[command(flatten)]
    pub config: ConfigArgs,
    #[command(flatten)]
    pub color: ColorArgs,
}
