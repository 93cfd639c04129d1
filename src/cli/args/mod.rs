//! The command line as it is written, by command: parsed here, and nothing opened yet.

mod check;
mod clean;
mod cleaning;
mod comparison;
mod config;
mod conversion;
mod convert;
mod corpus;
mod diff;
mod documentation;
mod input;
mod inspect;
mod keep;
mod memory;
mod messages;
mod names;
mod output;
mod parts;
mod reading;
mod restore;
mod rules;
mod size;
mod source;
mod title;

use std::path::{Path, PathBuf};

use clap::{Parser, Subcommand};

pub(super) use check::{CheckArgs, FindingsForm};
pub(super) use clean::{CleanArgs, ReportLevel};
pub(super) use cleaning::CleaningArgs;
pub(super) use comparison::KeepArg;
use config::SwitchArgs;
pub(super) use conversion::{ConversionArgs, ExactArgs, RegionalWordsArg, TowardsArgs, VariantsArg};
pub(super) use convert::ConvertArgs;
pub(super) use corpus::{
    CorpusArgs, CorpusCommand, DedupArgs, LearnArgs, LevelArg, RemovedParagraphs, ShowArgs, corpus_model,
};
pub(super) use diff::DiffArgs;
pub(super) use documentation::{CompletionsArgs, ManArgs, Shell};
pub(super) use input::InputArgs;
pub(super) use inspect::InspectArgs;
pub(super) use keep::KeepArgs;
pub(super) use memory::MemoryArgs;
pub(super) use messages::{LogFormat, MessageArgs, ProgressForm};
pub(super) use output::{OutputArgs, OutputEncoding, UnencodablePolicy};
pub(super) use parts::{CountArgs, MergeArgs, SignArgs, TableArgs};
pub(super) use reading::ReadingArgs;
pub(super) use restore::RestoreArgs;
pub(super) use rules::{ExplainArgs, NewArgs, RulesArgs, RulesCommand};
pub(super) use source::SourceArgs;
pub(super) use title::TitleArgs;

/// Turns scraped Chinese articles, which mix Traditional and Simplified and repeat captions and
/// boilerplate, into clean text.
#[derive(Debug, Parser)]
#[command(name = "qingwen", version, about, max_term_width = 100, after_help = AFTER_HELP)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub messages: MessageArgs,
}

const AFTER_HELP: &str = "\
Text goes to standard output, messages to standard error.
Exit code: 0 done; 1 `check` or `diff` found something, or `check --fix` changed something; 2 an error happened (other inputs are still processed).";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Clean articles: remove repeats and boilerplate, unite the script, mend the punctuation
    Clean(Box<CleanArgs>),
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
    /// Work on a collection of articles: find copies, and what sites print on many pages
    Corpus(Box<CorpusArgs>),
    /// Show the script of each line, the steps of a conversion, and its ambiguous characters
    Inspect(InspectArgs),
    /// List all rules, or check and write rules of your own
    Rules(RulesArgs),
    /// Print the manual page of a rule or a guard, or what was decided of a line
    Explain(ExplainArgs),
    /// Print a completion script for a shell, or write the scripts of all shells
    Completions(CompletionsArgs),
    /// Print the manual page of a command, for `man -l -`, or write all pages
    Man(ManArgs),
}

impl Command {
    /// The paths of the files that are read.
    pub fn paths(&self) -> Vec<&Path> {
        let input = match self {
            Command::Clean(args) => &args.input,
            Command::Convert(args) => &args.input,
            Command::Check(args) => &args.input,
            Command::Diff(args) => &args.input,
            Command::Inspect(args) => &args.input,
            Command::Explain(args) if args.line.is_some() => return vec![Path::new(&args.subject)],
            _ => return Vec::new(),
        };
        input.paths.iter().map(PathBuf::as_path).collect()
    }

    /// What is read, if the command reads articles.
    pub fn input_mut(&mut self) -> Option<&mut InputArgs> {
        match self {
            Command::Clean(args) => Some(&mut args.input),
            Command::Convert(args) => Some(&mut args.input),
            Command::Check(args) => Some(&mut args.input),
            Command::Diff(args) => Some(&mut args.input),
            Command::Inspect(args) => Some(&mut args.input),
            _ => None,
        }
    }

    /// What the command is told of its configuration, if it has one.
    pub fn switches(&self) -> Option<&SwitchArgs> {
        match self {
            Command::Clean(args) => Some(&args.config.switches),
            Command::Convert(args) => Some(&args.switches),
            Command::Check(args) => Some(&args.config.switches),
            Command::Diff(args) => Some(&args.config.switches),
            Command::Inspect(args) => Some(&args.switches),
            Command::Rules(args) if args.command.is_none() => Some(&args.switches),
            Command::Explain(args) => Some(&args.switches),
            _ => None,
        }
    }

    /// The configuration file that the command line names.
    pub fn config_file(&self) -> Option<&Path> {
        match self {
            Command::Clean(args) => args.config.config_file.as_deref(),
            Command::Check(args) => args.config.config_file.as_deref(),
            Command::Diff(args) => args.config.config_file.as_deref(),
            _ => None,
        }
    }

    /// The options of cleaning, if the command cleans.
    pub fn into_cleaning(self) -> Option<CleaningArgs> {
        match self {
            Command::Clean(args) => Some(args.cleaning),
            Command::Check(args) => Some(args.cleaning),
            Command::Diff(args) => Some(args.cleaning),
            _ => None,
        }
    }
}
