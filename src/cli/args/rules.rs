//! The options of `qingwen rules` and `qingwen explain`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::config::SwitchArgs;
use super::names::subject;

/// The user's own rules.
#[derive(Debug, Args)]
pub(in crate::cli) struct PackArgs {
    /// Take the rules in the files *.toml of this folder too. May be given more than once
    #[arg(long = "rules", value_name = "DIR", help_heading = "Cleaning")]
    pub folders: Vec<PathBuf>,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(in crate::cli) struct RulesArgs {
    #[command(subcommand)]
    pub command: Option<RulesCommand>,
    /// Print JSON Lines instead of a table
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub packs: PackArgs,
    #[command(flatten)]
    pub switches: SwitchArgs,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum RulesCommand {
    /// Check your own rules and run their examples; exit with 1 if something is wrong
    Lint {
        /// Folders with files *.toml
        #[arg(required = true, value_name = "DIR")]
        folders: Vec<PathBuf>,
        /// Print nothing but errors
        #[arg(short, long)]
        quiet: bool,
    },
    /// Write a rule that removes a line, to be completed and saved in a file *.toml
    New(NewArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct NewArgs {
    /// The line
    #[arg(required_unless_present = "from", conflicts_with = "from")]
    pub line: Option<String>,
    /// Take the line with this number from a file
    #[arg(long, value_name = "FILE:LINE")]
    pub from: Option<String>,
    /// The id of the rule: a category, a slash and a name
    #[arg(long, default_value = "user/new-rule")]
    pub id: String,
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
    #[command(flatten)]
    pub packs: PackArgs,
    #[command(flatten)]
    pub switches: SwitchArgs,
}
