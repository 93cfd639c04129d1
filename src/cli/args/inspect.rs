//! The options of `qingwen inspect`.

use clap::Args;

use super::config::SwitchArgs;
use super::conversion::{ExactArgs, TowardsArgs};
use super::input::InputArgs;
use super::names::target;
use super::output::ColorArgs;
use crate::Target;

#[derive(Debug, Args)]
pub(in crate::cli) struct InspectArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub exact: ExactArgs,
    /// Show also which forms converting towards this target would choose, and why
    #[arg(long, value_name = "TARGET", conflicts_with_all = ["config", "engine"], value_parser = target(), hide_possible_values = true)]
    pub to: Option<Target>,
    #[command(flatten)]
    pub towards: TowardsArgs,
    #[command(flatten)]
    pub switches: SwitchArgs,
    /// Print JSON Lines instead of a table
    #[arg(long)]
    pub json: bool,
    /// Do not say how inputs are read
    #[arg(short, long)]
    pub quiet: bool,
    #[command(flatten)]
    pub color: ColorArgs,
}
