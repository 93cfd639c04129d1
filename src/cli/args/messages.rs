//! What a command says on standard error.

use clap::{Args, ValueEnum};

/// What a command says on standard error.
#[derive(Debug, Args)]
pub(in crate::cli) struct MessageArgs {
    /// The form of messages: text, or json for JSON Lines with timestamp, level and message
    #[arg(long, value_enum, default_value_t = LogFormat::Text, global = true, help_heading = "Messages")]
    pub log_format: LogFormat,
    /// Also say how each input is read, and sum up by rule, category and source
    #[arg(short, long, global = true, help_heading = "Messages")]
    pub verbose: bool,
}

/// The form of messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum LogFormat {
    Text,
    Json,
}

/// How the progress of a run is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ProgressForm {
    /// A bar on a terminal
    Auto,
    /// A line every ten seconds
    Plain,
    /// Nothing
    None,
}
