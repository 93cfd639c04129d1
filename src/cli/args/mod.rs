//! The command line as it is written, by command: parsed here, and nothing opened yet.

mod check;
mod clean;
mod cleaning;
mod conversion;
mod convert;
mod diff;
mod input;
mod inspect;
mod keep;
mod output;
mod restore;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

pub(super) use check::CheckArgs;
pub(super) use clean::CleanArgs;
pub(super) use conversion::{ExactArgs, RegionalWordsArg, TowardsArgs, VariantsArg};
pub(super) use convert::ConvertArgs;
pub(super) use diff::DiffArgs;
pub(super) use input::InputArgs;
pub(super) use inspect::InspectArgs;
pub(super) use keep::KeepArgs;
pub(super) use output::{OutputArgs, OutputEncoding, Unencodable};
pub(super) use restore::RestoreArgs;

/// Turns scraped Chinese articles, which mix Traditional and Simplified and repeat captions and
/// boilerplate, into clean text.
#[derive(Debug, Parser)]
#[command(name = "qingwen", version, about, max_term_width = 100, after_help = AFTER_HELP)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Text goes to standard output, messages to standard error.
Exit code: 0 done; 1 `check` or `diff` found something; 2 an error happened (other inputs are still processed).";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Clean articles: remove repeats and boilerplate, unite the script, mend the punctuation
    Clean(CleanArgs),
    /// Convert between scripts, and nothing else
    Convert(ConvertArgs),
    /// Exit with 1 if `clean` would change something, and say what
    Check(CheckArgs),
    /// Show what `clean` would do: rule and twin beside removed lines on a terminal or in colour, else a
    /// unified diff for `patch`
    Diff(DiffArgs),
    /// Keep lines or files: write exceptions into .qingwen-keep beside them, which clean, check and diff follow
    Keep(KeepArgs),
    /// Put back what `clean` removed, all or some lines, also into text that was converted and mended
    Restore(RestoreArgs),
    /// Show the script of each line, the steps of a conversion, and its ambiguous characters
    Inspect(InspectArgs),
    /// List all rules
    Rules(RulesArgs),
    /// Print the manual page of a rule or a guard, or what was decided of a line
    Explain {
        /// The id of a rule, such as repeat/headline, or of a guard, such as guard/verse; with --line, a file
        #[arg(value_name = "RULE|FILE")]
        subject: String,
        /// Tell the history of this line of the file: which policies spoke, and what each decided
        #[arg(long, value_name = "N")]
        line: Option<usize>,
        /// The title that came with the file
        #[arg(long, value_name = "TITLE", requires = "line")]
        title: Option<String>,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, for `man -l -`
    Man,
}

#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    /// Print JSON Lines instead of a table
    #[arg(long)]
    pub json: bool,
}
