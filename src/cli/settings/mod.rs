//! The configuration: what files and the environment say of the options. A command line is completed by it, and then
//! parsed as if all had been typed. So a configured value is read, checked and used like that of an option.

mod dump;
mod environment;
mod file;
mod layers;
mod origin;
#[cfg(test)]
mod schema;
mod table;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, FromArgMatches};

use super::args::{CleaningArgs, Cli, Command};
use super::fingerprint::Fingerprint;
use super::hints::with_hint;
use crate::io::ShownPath;
use file::{ConfigFile, Section};
use layers::{CommandLine, Layers};

/// A command line, and what is configured beside it.
pub(super) struct ConfiguredCommand {
    /// The words of the command line up to the name of the command.
    before: Vec<OsString>,
    /// The words behind it.
    behind: Vec<OsString>,
    layers: Layers,
    file: Option<ConfigFile>,
    /// Whether the configuration is only to be shown.
    dump: bool,
}

impl ConfiguredCommand {
    /// The configuration for a command line. Ends the process where the line itself is wrong, and for `--help`.
    ///
    /// # Errors
    /// If a configuration file or a variable cannot be followed.
    pub fn of(typed: Vec<OsString>) -> anyhow::Result<Self> {
        let matches = lenient().try_get_matches_from(&typed).unwrap_or_else(|error| with_hint(error).exit());
        let command = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit()).command;
        let (Some(switches), Some((name, matches))) = (command.switches(), matches.subcommand()) else {
            let (before, behind) = (typed, Vec::new());
            return Ok(Self { before, behind, layers: Layers::default(), file: None, dump: false });
        };
        if !switches.no_config {
            environment::refuse_unknown()?;
        }
        let path = if switches.no_config { None } else { path(&command)? };
        let file = path.map(|path| ConfigFile::read(&path)).transpose()?;
        let given = file.as_ref().map_or(&[][..], |file| &file.given);
        let line = CommandLine { command: &options(name), matches };
        let layers = Layers::of(line, given, !switches.no_config)?;
        let (before, behind) = split(typed, name);
        Ok(Self { before, behind, layers, file, dump: switches.dump_config })
    }

    /// Whether the configuration is only to be shown.
    pub fn is_shown(&self) -> bool {
        self.dump
    }

    /// The effective configuration as TOML, with the origin of each value.
    pub fn shown(&self) -> String {
        dump::dump(&self.layers, self.sections())
    }

    /// The completed command line.
    ///
    /// # Errors
    /// If a configured value is wrong. Ends the process where the command line itself is wrong.
    pub fn parse(&self) -> anyhow::Result<Cli> {
        if let Some((key, origin, path)) = self.layers.missing_file() {
            bail!("{origin}: {key}: {}: no such file", path.shown());
        }
        let mut cli = self.parse_for(None)?;
        if let Some(input) = cli.command.input_mut() {
            input.configured = self.layers.configured();
        }
        Ok(cli)
    }

    /// The sections of the file, each with its source and its options of cleaning. They are in the order of the sources.
    ///
    /// # Errors
    /// If a configured value is wrong.
    pub fn cleaning_by_source(&self) -> anyhow::Result<Vec<(SectionSource, CleaningArgs)>> {
        let cleaning = |section: &Section| {
            let file = self.file.as_ref().map(|file| (file.path.as_path(), file.folder()));
            let (path, folder) = file.unwrap_or((Path::new(""), Path::new("")));
            let place = format!("{}:{}", path.shown(), section.line);
            let source = SectionSource { name: section.source.clone(), place, folder: folder.to_owned() };
            Ok(self.parse_for(Some(section))?.command.into_cleaning().map(|cleaning| (source, cleaning)))
        };
        self.sections().iter().filter_map(|section| cleaning(section).transpose()).collect()
    }

    /// The same error, with the place of the option that it begins with, if that is configured.
    pub fn at_origin(&self, error: anyhow::Error) -> anyhow::Error {
        let message = format!("{error:#}");
        let option = message.strip_prefix("--").and_then(|rest| rest.split_once(' '));
        match option.and_then(|(key, rest)| Some((key, rest, self.layers.origin(None, key)?))) {
            Some((key, rest, origin)) => anyhow!("{origin}: {key}: {rest}"),
            None => error,
        }
    }

    /// The files that the command reads besides its inputs: the configuration, and files of words, rules and lines.
    pub fn files(&self) -> Vec<&Path> {
        let file = self.file.as_ref().map(|file| file.path.as_path());
        file.into_iter().chain(self.layers.files(self.sections())).collect()
    }

    /// What a run depends on besides its command line and its inputs.
    pub fn fingerprint(&self) -> Fingerprint {
        self.layers.fingerprint(self.sections())
    }

    fn sections(&self) -> &[Section] {
        self.file.as_ref().map_or(&[], |file| &file.sections)
    }

    fn parse_for(&self, section: Option<&Section>) -> anyhow::Result<Cli> {
        // What is configured stands between the command and its options, so that these win.
        let words = self.before.iter().cloned().chain(self.layers.words(section));
        let words = words.chain(self.behind.iter().cloned());
        let parsed = Cli::command().try_get_matches_from(words);
        parsed.and_then(|matches| Cli::from_arg_matches(&matches)).or_else(|error| {
            match self.layers.origin(section, &option(&error)) {
                Some(origin) => Err(anyhow!("{origin}: {}", reason(&error))),
                None => with_hint(error).exit(),
            }
        })
    }
}

/// Splits a command line behind the name of the command. Options of all commands may stand before it.
fn split(mut typed: Vec<OsString>, command: &str) -> (Vec<OsString>, Vec<OsString>) {
    let name = typed.iter().skip(1).position(|word| word == command);
    let behind = typed.split_off(name.map_or(typed.len(), |name| name + 2));
    (typed, behind)
}

/// The source of a section.
pub(super) struct SectionSource {
    /// A name, a host or a pattern of paths.
    pub name: String,
    /// Where the section is, for messages.
    pub place: String,
    /// The folder of the file.
    pub folder: PathBuf,
}

/// The command, for a first look: what is required may still be configured.
fn lenient() -> clap::Command {
    Cli::command().mut_subcommand("convert", |convert| {
        convert.mut_group("conversion", |conversion| conversion.required(false))
    })
}

/// The command with a name, with its options.
fn options(name: &str) -> clap::Command {
    Cli::command().find_subcommand(name).cloned().unwrap_or_default()
}

/// The configuration file: the one that is named, else the nearest one at or above each input.
fn path(command: &Command) -> anyhow::Result<Option<PathBuf>> {
    let named = command.config_file().map(Path::to_owned);
    if let Some(path) = named.or_else(|| environment::file().map(PathBuf::from)) {
        return Ok(Some(path));
    }
    let mut found = command.paths().into_iter().map(|input| (input, file::find(folder(input))));
    let Some((first, path)) = found.next() else { return Ok(file::find(Path::new("."))) };
    if let Some((other, another)) = found.find(|(_, another)| *another != path) {
        bail!(
            "{} has {}, and {} has {}: name one configuration file for all by --config, or process them one after another",
            first.shown(),
            shown(path),
            other.shown(),
            shown(another)
        );
    }
    Ok(path)
}

/// A configuration file in a message.
fn shown(path: Option<PathBuf>) -> String {
    path.map_or("no configuration file".into(), |path| format!("the configuration file {}", path.shown()))
}

/// The folder of an input.
fn folder(input: &Path) -> &Path {
    if input.is_dir() {
        return input;
    }
    let folder = input.parent().filter(|folder| !folder.as_os_str().is_empty() && input != Path::new("-"));
    folder.unwrap_or(Path::new("."))
}

/// The long name of the option that an error is about.
fn option(error: &clap::Error) -> String {
    let Some(ContextValue::String(usage)) = error.get(ContextKind::InvalidArg) else { return String::new() };
    let name = usage.trim_start_matches('-').split([' ', '=', '[', '<']).next();
    name.unwrap_or_default().to_owned()
}

/// The reason of an error, without what it says of the command line.
pub(super) fn reason(error: &clap::Error) -> String {
    let text = error.to_string();
    let text = text.split("\n\n").next().unwrap_or_default();
    text.trim_start_matches("error: ").trim().to_owned()
}
