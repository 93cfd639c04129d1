//! The options of `qingwen check`.

use clap::Args;

use super::cleaning::CleaningArgs;
use super::config::ConfigArgs;
use super::input::InputArgs;

#[derive(Debug, Args)]
pub(in crate::cli) struct CheckArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub cleaning: CleaningArgs,
    #[command(flatten)]
    pub config: ConfigArgs,
    /// Print nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
}
