//! The command. Its stages are: arguments (`args`) → the work on each article (`jobs`) → the run over all inputs
//! (`run`), which writes texts to their `destination` and everything else to `sinks` → exit code.

mod args;
mod cleaners;
mod collection;
mod completions;
mod converter;
mod dedup;
mod destination;
pub mod embedded;
mod exceptions;
mod fingerprint;
mod gather;
mod hints;
mod interrupt;
mod jobs;
mod journal;
mod keep;
mod keep_file;
mod learn;
mod line_history;
mod manual;
mod markdown;
mod memory;
mod messages;
mod own_rules;
mod paragraphs;
mod parts;
mod progress;
mod removed_text;
mod rule_packs;
mod rules;
mod run;
mod seen;
mod settings;
mod show;
mod sinks;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use crate::io::{Opening, ShownPath};
use crate::report::terminal::visible;
use args::{Cli, Command, CorpusCommand, LogFormat, RulesCommand};
use settings::ConfiguredCommand;

/// How a run ended, unless an error stopped it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Ending {
    /// Whether `check` or `diff` found something.
    found: bool,
    /// Whether an input could not be processed. Its message has been printed already.
    failed: bool,
    /// Whether it was interrupted.
    interrupted: bool,
}

impl Ending {
    /// The exit code.
    fn code(self) -> u8 {
        match self {
            Ending { interrupted: true, .. } => interrupt::EXIT_CODE,
            Ending { failed: true, .. } => 2,
            Ending { found: true, .. } => 1,
            _ => 0,
        }
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    ExitCode::from(run_line(std::env::args_os().collect()))
}

/// Runs a command line, of which the first word is the program, and returns the exit code. Ends the process where the line
/// itself is wrong, and for `--help`.
fn run_line(words: Vec<OsString>) -> u8 {
    match ConfiguredCommand::of(words).and_then(run) {
        Ok(ending) => ending.code(),
        Err(error) if is_closed_pipe(&error) => 0,
        Err(error) => {
            // It may have happened before the form of messages was known.
            messages::begin(LogFormat::Text, false);
            complain(&format!("{error:#}"));
            2
        }
    }
}

fn run(configuration: ConfiguredCommand) -> anyhow::Result<Ending> {
    let Cli { command, messages } = configuration.parse()?;
    messages::begin(messages.log_format, messages.verbose);
    if configuration.is_shown() {
        return print(configuration.shown().as_bytes());
    }
    match command {
        Command::Clean(args) => jobs::clean::command(&args, &configuration),
        Command::Convert(args) => jobs::convert::command(&args, &configuration),
        Command::Check(args) => jobs::check::command(&args, &configuration),
        Command::Diff(args) => jobs::diff::command(&args, &configuration),
        Command::Keep(args) => keep::command(&args),
        Command::Restore(args) => jobs::restore::command(&args),
        Command::Corpus(args) => match &args.command {
            CorpusCommand::Dedup(args) => dedup::command(args),
            CorpusCommand::Learn(args) => learn::command(args),
            CorpusCommand::Show(args) => show::command(args),
            CorpusCommand::Sign(args) => parts::sign(args),
            CorpusCommand::Count(args) => parts::count(args),
            CorpusCommand::Merge(args) => parts::merge(args),
        },
        Command::Inspect(args) => jobs::inspect::command(&args),
        Command::Rules(args) => match &args.command {
            None => rules::list(&args),
            Some(RulesCommand::Lint { folders, quiet }) => own_rules::lint(folders, *quiet),
            Some(RulesCommand::New(args)) => own_rules::new(args),
        },
        Command::Explain(args) => match args.line {
            None => rules::explain(&args),
            Some(line) => line_history::explain(&args, line),
        },
        Command::Completions(args) => completions::command(&args),
        Command::Man(args) => manual::command(&args),
    }
}

/// Writes files into a folder, which is created if it does not exist.
fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> anyhow::Result<Ending> {
    std::fs::create_dir_all(folder).with_context(|| format!("{}: cannot be created", folder.shown()))?;
    for (name, content) in files {
        let path = folder.join(name);
        let mut output = destination::create(&path, Opening::New)?;
        let written = output.write_all(content).and_then(|()| output.finish());
        written.with_context(|| format!("{}: cannot be written", path.shown()))?;
    }
    Ok(Ending::default())
}

/// Writes the complete output of a command to standard output.
fn print(answer: &[u8]) -> anyhow::Result<Ending> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(answer)?;
    stdout.flush()?;
    Ok(Ending::default())
}

/// Prints the message of an error to standard error. If that is closed too, the message is lost.
fn complain(message: &str) {
    tracing::error!("{}", harmless(message));
}

/// A message in which names and texts do not control the terminal.
fn harmless(message: &str) -> String {
    message.split('\n').map(visible).collect::<Vec<_>>().join("\n")
}

/// Whether the reader of the output has closed the pipe. It has read enough, so this is not an error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let broken = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    };
    error.chain().any(broken)
}
