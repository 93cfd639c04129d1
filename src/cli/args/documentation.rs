//! The options of `qingwen completions` and `qingwen man`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

#[derive(Debug, Args)]
pub(in crate::cli) struct CompletionsArgs {
    /// The shell; with --dir all shells if none is named
    pub shell: Option<Shell>,
    /// Write the scripts into this folder, each under the name that its shell expects
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Shell {
    Bash,
    Elvish,
    Fish,
    Nushell,
    Powershell,
    Zsh,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ManArgs {
    /// The command whose page is printed, such as clean or corpus dedup
    #[arg(value_name = "COMMAND", conflicts_with = "dir")]
    pub command: Vec<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}
