//! The command. Its stages are: arguments (`args`) → the work on each article (`jobs`) → the run over all inputs
//! (`run`), which writes texts to their `destination` and everything else to `sinks` → exit code.

mod args;
mod converter;
mod destination;
mod jobs;
mod line_history;
mod rules;
mod run;
mod sinks;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use crate::report::terminal::visible;
use args::{Cli, Command};

/// How a run ended, unless an error stopped it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Ending {
    /// Whether `check` or `diff` found something.
    found: bool,
    /// Whether an input could not be processed. Its message has been printed already.
    failed: bool,
}

impl Ending {
    fn code(self) -> ExitCode {
        match self {
            Ending { failed: true, .. } => ExitCode::from(2),
            Ending { found: true, .. } => ExitCode::from(1),
            _ => ExitCode::SUCCESS,
        }
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    match run(Cli::parse()) {
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
        Command::Explain { subject, line: None, .. } => rules::explain(&subject),
        Command::Explain { subject, line: Some(line), title } => {
            line_history::explain(subject.as_ref(), line, title.as_deref())
        }
        Command::Completions { shell } => completions(shell),
        Command::Man => manual(),
    }
}

fn completions(shell: clap_complete::Shell) -> anyhow::Result<Ending> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "qingwen", &mut script);
    print(&script)
}

fn manual() -> anyhow::Result<Ending> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print(&page)
}

/// Writes the complete output of a command to standard output.
fn print(answer: &[u8]) -> anyhow::Result<Ending> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(answer)?;
    stdout.flush()?;
    Ok(Ending::default())
}

/// Prints a message to standard error. If that is closed too, the message is lost. Names and texts in it do not control the
/// terminal.
fn complain(message: &str) {
    let lines: Vec<_> = message.split('\n').map(visible).collect();
    let _ = writeln!(io::stderr(), "qingwen: {}", lines.join("\n"));
}

/// Whether the reader of the output has closed the pipe. It has read enough, so this is not an error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let broken = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    };
    error.chain().any(broken)
}
