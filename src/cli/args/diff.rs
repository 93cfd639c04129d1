//! The options of `qingwen diff`.

use clap::Args;

use super::cleaning::CleaningArgs;
use super::config::ConfigArgs;
use super::input::InputArgs;
use super::output::ColorArgs;

#[derive(Debug, Args)]
pub(in crate::cli) struct DiffArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub cleaning: CleaningArgs,
    #[command(flatten)]
    pub config: ConfigArgs,
    #[command(flatten)]
    pub color: ColorArgs,
}
