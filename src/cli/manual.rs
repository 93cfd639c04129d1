//! `qingwen man`: the manual pages.

use std::path::Path;

use anyhow::Context;
use clap::{Command, CommandFactory};
use clap_mangen::Man;

use super::args::{Cli, ManArgs};
use super::{Ending, print, write_all};

/// Prints the page of a command, or writes all pages.
pub(super) fn command(args: &ManArgs) -> anyhow::Result<Ending> {
    match (&args.dir, &args.command) {
        (Some(folder), _) => install(folder),
        (None, words) => print(&page(&named(&words.join("-"))?)?),
    }
}

/// The command with everything that its subcommands inherit.
fn built() -> Command {
    let mut command = Cli::command().disable_help_subcommand(true);
    command.build();
    command
}

/// The command itself if the name is empty, or one of its subcommands; corpus-dedup is a subcommand of one.
fn named(name: &str) -> anyhow::Result<Command> {
    let command = built();
    if name.is_empty() {
        return Ok(command);
    }
    let whole = format!("{}-{}", command.get_name(), name.trim_start_matches("qingwen-"));
    let found = all(&command).into_iter().find(|command| command.get_display_name() == Some(&whole)).cloned();
    found.with_context(|| format!("no command named {name:?}; `qingwen help` lists them"))
}

/// A command and all commands below it.
fn all(command: &Command) -> Vec<&Command> {
    std::iter::once(command).chain(command.get_subcommands().flat_map(all)).collect()
}

fn install(folder: &Path) -> anyhow::Result<Ending> {
    let command = built();
    let file = |command: &Command| Ok((Man::new(command.clone()).get_filename(), page(command)?));
    write_all(folder, &all(&command).into_iter().map(file).collect::<anyhow::Result<Vec<_>>>()?)
}

fn page(command: &Command) -> anyhow::Result<Vec<u8>> {
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    Ok(page)
}
