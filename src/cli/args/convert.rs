//! The options of `qingwen convert`.

use clap::Args;

use super::config::SwitchArgs;
use super::conversion::{ExactArgs, TowardsArgs};
use super::input::InputArgs;
use super::names::target;
use super::output::OutputArgs;
use crate::Target;

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("conversion").required(true).args(["config", "to"]))]
pub(in crate::cli) struct ConvertArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub exact: ExactArgs,
    /// Convert what is in the other script: auto, hans, hant, tw, hk, twp, hkp (p: with the region's words, 軟體 for
    /// 软件). What is in the target's script stays, and a clause that no character and no word tells goes with its
    /// article
    #[arg(long, value_name = "TARGET", conflicts_with = "engine", value_parser = target(), hide_possible_values = true)]
    pub to: Option<Target>,
    #[command(flatten)]
    pub towards: TowardsArgs,
    #[command(flatten)]
    pub switches: SwitchArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    /// Do not say how inputs are read
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
}
