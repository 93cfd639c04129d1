//! The options of `qingwen rules`, `explain`, `completions` and `man`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::names::subject;

#[derive(Debug, Args)]
pub(in crate::cli) struct RulesArgs {
    /// Print JSON Lines instead of a table
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ExplainArgs {
    /// The id of a rule, such as repeat/headline, or of a guard, such as guard/verse; with --line, a file
    #[arg(value_name = "RULE|FILE", value_parser = subject(), hide_possible_values = true)]
    pub subject: String,
    /// Tell the history of this line of the file: which policies spoke, and what each decided
    #[arg(long, value_name = "N")]
    pub line: Option<usize>,
    /// The title that came with the file
    #[arg(long, value_name = "TITLE", requires = "line")]
    pub title: Option<String>,
}

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
    /// The command whose page is printed, such as clean
    #[arg(value_name = "COMMAND", conflicts_with = "dir")]
    pub command: Option<String>,
    /// Write the pages of all commands into this folder
    #[arg(long, value_name = "DIR")]
    pub dir: Option<PathBuf>,
}
