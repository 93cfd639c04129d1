//! Every option of the help has an effect: the cases in `tests/cases/options.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::thread;

use serde::Deserialize;

use crate::support::{Folder, qingwen, unescaped};

/// The cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Options {
    /// By command, the arguments that each of its runs has.
    base: BTreeMap<String, Vec<String>>,
    option: Vec<Case>,
    elsewhere: Vec<Elsewhere>,
}

/// An option, and what shows its effect.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// The commands that have it.
    commands: Vec<String>,
    /// The option, with its value.
    with: Vec<String>,
    /// Further arguments of both runs.
    #[serde(default)]
    args: Vec<String>,
    /// Whether both runs have the arguments of the command.
    #[serde(default = "yes")]
    base: bool,
    /// By name, the files that are there.
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// What only the run with the option shows: in its output, its messages or its files.
    shows: Option<String>,
    /// What only the run without the option shows.
    hides: Option<String>,
}

/// Options whose effect takes a test of its own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Elsewhere {
    /// The commands of which this is said; all if there are none.
    #[serde(default)]
    commands: Vec<String>,
    names: Vec<String>,
    /// The file in `tests/cli` with the test.
    file: String,
}

fn yes() -> bool {
    true
}

fn options() -> Options {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/options.toml");
    toml::from_str(&fs::read_to_string(path).expect("the cases")).unwrap_or_else(|error| panic!("{error}"))
}

impl Case {
    fn name(&self) -> &str {
        self.with[0].split('=').next().unwrap_or_default()
    }

    /// Everything that a run gives: its output, its messages, and the files that are new or changed.
    fn left(&self, command: &str, base: &[String], with: bool) -> String {
        let folder = Folder::new();
        for (name, content) in &self.files {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            fs::write(path, unescaped(content)).expect("a file is written");
        }
        let option = if with { &self.with[..] } else { &[] };
        let base = if self.base { base } else { &[] };
        let args =
            command.split(' ').chain([base, &self.args, option].into_iter().flatten().map(String::as_str));
        let run = folder.run(&args.collect::<Vec<_>>());
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        let mut left = format!("{}{}", run.stdout, run.stderr);
        let before: Vec<_> = self.files.values().map(|content| unescaped(content)).collect();
        collect(&folder.path(""), &before, &mut left);
        left
    }

    /// What is wrong with the effect on a command.
    fn fault(&self, command: &str, base: &[String]) -> Option<String> {
        let (with, without) = (self.left(command, base, true), self.left(command, base, false));
        let (more, less, text) = match (&self.shows, &self.hides) {
            (Some(text), None) => (&with, &without, text),
            (None, Some(text)) => (&without, &with, text),
            _ => return Some(format!("{}: either shows or hides", self.name())),
        };
        let is_shown = more.contains(text) && !less.contains(text);
        let fault =
            || format!("{command} {}: {text:?}\n--- with\n{with}\n--- without\n{without}", self.name());
        (!is_shown).then(fault)
    }
}

/// Adds the names of the files below a folder, and the content of those that were not there so before.
fn collect(folder: &Path, before: &[Vec<u8>], left: &mut String) {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    for path in entries.collect::<BTreeSet<_>>() {
        left.push_str(&format!("\n[{}]\n", path.file_name().unwrap_or_default().to_string_lossy()));
        if path.is_dir() {
            collect(&path, before, left);
            continue;
        }
        let content = fs::read(&path).expect("a file");
        if !before.contains(&content) {
            left.push_str(&String::from_utf8_lossy(&content));
        }
    }
}

/// By command, the long names of the options in its help.
fn in_help() -> BTreeSet<(String, String)> {
    let mut all = BTreeSet::new();
    below("", &mut all);
    all
}

/// Adds the options of a command, and of those below it.
fn below(command: &str, all: &mut BTreeSet<(String, String)>) {
    let args: Vec<_> = command.split_whitespace().chain(["--help"]).collect();
    let help = qingwen(&args).exits(0).stdout;
    for row in help.lines().filter(|row| !command.is_empty() && row.trim_start().starts_with('-')) {
        let name = row.trim_start().split([' ', '=', '[', ',']).find(|word| word.starts_with("--"));
        all.extend(name.map(|name| (command.to_owned(), name.to_owned())));
    }
    let rows = help.lines().skip_while(|row| *row != "Commands:").skip(1);
    let named = rows.take_while(|row| !row.is_empty()).filter_map(|row| row.strip_prefix("  "));
    let names = named.filter(|row| !row.starts_with(' ')).filter_map(|row| row.split(' ').next());
    for name in names.filter(|name| *name != "help") {
        below(format!("{command} {name}").trim_start(), all);
    }
}

#[test]
fn every_option_of_the_help_has_a_case() {
    let options = options();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    for Elsewhere { names, file, .. } in &options.elsewhere {
        let tests = fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        for name in names {
            assert!(
                tests.contains(&format!("\"{name}")) || tests.contains(&format!(" {name}")),
                "{name} in {file}"
            );
        }
    }
    let is_elsewhere = |(command, name): &&(String, String)| {
        let of_command = |tests: &&Elsewhere| tests.commands.is_empty() || tests.commands.contains(command);
        options.elsewhere.iter().filter(of_command).any(|tests| tests.names.contains(name))
    };
    let cases = options
        .option
        .iter()
        .flat_map(|case| case.commands.iter().map(move |command| (command, case.name())));
    let cases: BTreeSet<_> = cases.map(|(command, name)| (command.clone(), name.to_owned())).collect();
    let in_help = in_help();
    let missing: Vec<_> = in_help.difference(&cases).filter(|option| !is_elsewhere(option)).collect();
    assert!(missing.is_empty(), "no case in tests/cases/options.toml: {missing:?}");
    let unknown: Vec<_> = cases.difference(&in_help).collect();
    assert!(unknown.is_empty(), "not in the help: {unknown:?}");
}

#[test]
fn every_option_has_its_effect() {
    let Options { base, option, .. } = options();
    let fault = |case: &Case| -> Vec<String> {
        let of = |command: &String| case.fault(command, base.get(command).map_or(&[], Vec::as_slice));
        case.commands.iter().filter_map(of).collect()
    };
    let faults: Vec<String> = thread::scope(|scope| {
        let parts = option.chunks(option.len().div_ceil(4));
        let parts: Vec<_> =
            parts.map(|part| scope.spawn(|| part.iter().flat_map(fault).collect::<Vec<_>>())).collect();
        parts.into_iter().flat_map(|part| part.join().expect("no panic")).collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
