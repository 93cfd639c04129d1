//! The options of `qingwen convert`.

use clap::Args;

use super::config::SwitchArgs;
use super::conversion::ConversionArgs;
use super::input::InputArgs;
use super::output::OutputArgs;

#[derive(Debug, Args)]
pub(in crate::cli) struct ConvertArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub conversion: ConversionArgs,
    #[command(flatten)]
    pub switches: SwitchArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    /// Do not say how inputs are read
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
}
