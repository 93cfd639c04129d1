//! `qingwen completions`: the completion scripts of shells.

use anyhow::bail;
use clap::{CommandFactory, ValueEnum};
use clap_complete::{Generator, Shell as Common, generate};
use clap_complete_nushell::Nushell;

use super::args::{Cli, CompletionsArgs, Shell};
use super::{Ending, print, write_all};

/// The name of the command in the scripts.
const NAME: &str = "qingwen";

/// Prints the script of a shell, or writes the scripts into a folder.
pub(super) fn command(args: &CompletionsArgs) -> anyhow::Result<Ending> {
    match (&args.dir, args.shell) {
        (Some(folder), Some(shell)) => write_all(folder, &[shell.file()]),
        (Some(folder), None) => {
            write_all(folder, &Shell::value_variants().iter().map(|shell| shell.file()).collect::<Vec<_>>())
        }
        (None, Some(shell)) => print(&shell.file().1),
        (None, None) => bail!("name a shell, or a folder with --dir"),
    }
}

impl Shell {
    /// The usual name of the script's file, and the script.
    fn file(self) -> (String, Vec<u8>) {
        match self {
            Shell::Bash => file(Common::Bash),
            Shell::Elvish => file(Common::Elvish),
            Shell::Fish => file(Common::Fish),
            Shell::Nushell => file(Nushell),
            Shell::Powershell => file(Common::PowerShell),
            Shell::Zsh => file(Common::Zsh),
        }
    }
}

fn file(generator: impl Generator) -> (String, Vec<u8>) {
    let mut script = Vec::new();
    let name = generator.file_name(NAME);
    generate(generator, &mut Cli::command(), NAME, &mut script);
    (name, script)
}
