//! The command: arguments → plan → run → exit code.

mod args;
mod articles;
mod check;
mod clean;
mod convert;
mod converter;
mod diff;
mod inspect;
mod rules;
mod stream;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Cli, Command};

/// How a run ended, if not by an error that stopped it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Outcome {
    /// Something was found that `check` and `diff` look for.
    found: bool,
    /// An input could not be processed; its message is printed already.
    failed: bool,
}

impl Outcome {
    fn code(self) -> ExitCode {
        match self {
            Outcome { failed: true, .. } => ExitCode::from(2),
            Outcome { found: true, .. } => ExitCode::from(1),
            _ => ExitCode::SUCCESS,
        }
    }
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(outcome) => outcome.code(),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn run(cli: Cli) -> anyhow::Result<Outcome> {
    match cli.command {
        Command::Clean(args) => clean::run(&args),
        Command::Convert(args) => convert::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Inspect(args) => inspect::run(&args),
        Command::Rules(args) => rules::list(&args),
        Command::Explain { rule } => rules::explain(&rule),
        Command::Completions { shell } => completions(shell),
        Command::Man => manual(),
    }
}

fn completions(shell: clap_complete::Shell) -> anyhow::Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "qingwen", &mut script);
    print(&script)
}

fn manual() -> anyhow::Result<Outcome> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print(&page)
}

/// Writes a command's whole answer to standard output.
fn print(answer: &[u8]) -> anyhow::Result<Outcome> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(answer)?;
    stdout.flush()?;
    Ok(Outcome::default())
}

/// Prints a message to standard error. Where that is closed too there is no one to tell.
fn complain(message: &str) {
    let _ = writeln!(io::stderr(), "qingwen: {message}");
}

/// A reader that went away has had enough: no error.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let broken = |cause: &(dyn std::error::Error + 'static)| {
        cause.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
    };
    error.chain().any(broken)
}
