//! The command. Its stages are: arguments (`args`) → the work on each article (`jobs`) → the run over all inputs
//! (`run`), which writes texts to their `destination` and everything else to `sinks` → exit code.

mod args;
mod completions;
mod converter;
mod destination;
mod hints;
mod interrupt;
mod jobs;
mod journal;
mod line_history;
mod manual;
mod messages;
mod progress;
mod rules;
mod run;
mod sinks;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use clap::Parser;

use crate::io::Opening;
use args::{Cli, Command, ExplainArgs};

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
    fn code(self) -> ExitCode {
        match self {
            Ending { interrupted: true, .. } => ExitCode::from(interrupt::EXIT_CODE),
            Ending { failed: true, .. } => ExitCode::from(2),
            Ending { found: true, .. } => ExitCode::from(1),
            _ => ExitCode::SUCCESS,
        }
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = Cli::try_parse().unwrap_or_else(|error| hints::with_hint(error).exit());
    messages::begin(cli.messages.log_format, cli.messages.verbose);
    match run(cli) {
        Ok(ending) => ending.code(),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Ending> {
    match cli.command {
        Command::Clean(args) => jobs::clean::command(&args),
        Command::Convert(args) => jobs::convert::command(&args),
        Command::Check(args) => jobs::check::command(&args),
        Command::Diff(args) => jobs::diff::command(&args),
        Command::Inspect(args) => jobs::inspect::command(&args),
        Command::Rules(args) => rules::list(&args),
        Command::Explain(ExplainArgs { subject, line: None, .. }) => rules::explain(&subject),
        Command::Explain(ExplainArgs { subject, line: Some(line), title }) => {
            line_history::explain(subject.as_ref(), line, title.as_deref())
        }
        Command::Completions(args) => completions::command(&args),
        Command::Man(args) => manual::command(&args),
    }
}

/// Writes files into a folder, which is created if it does not exist.
fn write_all(folder: &Path, files: &[(String, Vec<u8>)]) -> anyhow::Result<Ending> {
    std::fs::create_dir_all(folder).with_context(|| format!("{}: cannot be created", folder.display()))?;
    for (name, content) in files {
        let path = folder.join(name);
        let mut output = destination::create(&path, Opening::New)?;
        let written = output.write_all(content).and_then(|()| output.finish());
        written.with_context(|| format!("{}: cannot be written", path.display()))?;
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
    tracing::error!("{message}");
}

/// Whether the reader of the output has closed the pipe. It has read enough, so this is not an error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let broken = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    };
    error.chain().any(broken)
}
