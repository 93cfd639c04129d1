//! Where the configuration of a command is.

use std::path::PathBuf;

use clap::Args;

/// The configuration of a command that cleans.
#[derive(Debug, Args)]
pub(in crate::cli) struct ConfigArgs {
    /// Take the configuration from this file, instead of the nearest qingwen.toml at or above the input
    #[arg(
        id = "config_file",
        long = "config",
        value_name = "FILE",
        conflicts_with = "no_config",
        help_heading = "Configuration"
    )]
    pub config_file: Option<PathBuf>,
    #[command(flatten)]
    pub switches: SwitchArgs,
}

/// What any command may be told of its configuration.
#[derive(Debug, Args)]
pub(in crate::cli) struct SwitchArgs {
    /// Use neither a configuration file nor the variables QINGWEN_…
    #[arg(long, help_heading = "Configuration")]
    pub no_config: bool,
    /// Print the effective configuration as TOML, with the origin of each value, and exit
    #[arg(long, help_heading = "Configuration")]
    pub dump_config: bool,
}
