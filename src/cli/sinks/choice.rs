//! Chooses and opens the sinks of a run, from the arguments. No other code opens sinks.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anstream::{AutoStream, ColorChoice};

use super::super::args::{
    CheckArgs, CleanArgs, DedupArgs, DiffArgs, FindingsForm, InspectArgs, MergeArgs, OutputArgs, ReadingArgs,
    RestoreArgs, ShowArgs, TableArgs,
};
use super::super::destination::create;
use super::Sink;
use super::closing_line::Prospect;
use super::exceptions::ExceptionsSink;
use super::findings::{Findings, FindingsFormat};
use super::overwriting::{self, OutputKind};
use super::page::PageSink;
use super::printed::Printed;
use super::rejects::Rejects;
use super::removed::Removed;
use super::report::Report;
use super::stats::Stats;
use super::terminal_list::TerminalList;
use crate::io::{Opening, Output, ShownPath, TableForm};
use crate::report::sarif::Sarif;

/// The sinks of `clean`.
///
/// # Errors
/// If a file cannot be created.
pub(in crate::cli) fn of_clean(args: &CleanArgs, opening: Opening) -> anyhow::Result<Vec<Box<dyn Sink>>> {
    // Errors are reported in this order. The totals come last.
    let report = report(args, opening)?;
    let mut sinks: Vec<Box<dyn Sink>> = of_output(&args.output, opening)?;
    if let Some(path) = &args.report_html {
        let output = open("--report-html", OutputKind::Page, path, args.output.force, opening)?;
        sinks.push(Box::new(PageSink::new(output)));
    }
    if let Some(path) = &args.removed {
        sinks.push(Box::new(Removed(open(
            "--removed",
            OutputKind::Removed,
            path,
            args.output.force,
            opening,
        )?)));
    }
    sinks.extend(report);
    Ok(sinks)
}

/// The sinks that every command has which writes results.
///
/// # Errors
/// If a file cannot be created.
pub(in crate::cli) fn of_output(args: &OutputArgs, opening: Opening) -> anyhow::Result<Vec<Box<dyn Sink>>> {
    let mut sinks = rejects(args.rejects.as_deref(), args.force, opening)?;
    if let Some(path) = &args.stats {
        sinks.push(Box::new(Stats(open("--stats", OutputKind::Stats, path, args.force, opening)?)));
    }
    Ok(sinks)
}

/// The sinks of the first reading of a collection.
///
/// # Errors
/// If a file cannot be created.
pub(in crate::cli) fn of_reading(args: &ReadingArgs, force: bool) -> anyhow::Result<Vec<Box<dyn Sink>>> {
    rejects(args.rejects.as_deref(), force, Opening::New)
}

/// The sink of what could not be processed, if it is wanted.
fn rejects(path: Option<&Path>, force: bool, opening: Opening) -> anyhow::Result<Vec<Box<dyn Sink>>> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let output = open("--rejects", OutputKind::Rejects, path, force, opening)?;
    Ok(vec![Box::new(Rejects(output))])
}

fn report(args: &CleanArgs, opening: Opening) -> anyhow::Result<Option<Box<dyn Sink>>> {
    Ok(match args.report.as_deref() {
        None => None,
        Some(path) if path == Path::new("-") => {
            Some(Box::new(TerminalList { stream: args.color.stream(io::stderr()), level: args.report_level }))
        }
        Some(path) => {
            let output = open("--report", OutputKind::Report, path, args.output.force, opening)?;
            Some(Box::new(Report { output, level: args.report_level }))
        }
    })
}

/// Opens the file that an option names.
fn open(
    option: &str,
    kind: OutputKind,
    path: &Path,
    force: bool,
    opening: Opening,
) -> anyhow::Result<Output> {
    anyhow::ensure!(path != Path::new("-"), "{option} needs a file: standard output holds the text");
    if !force {
        overwriting::refuse(path, option, kind)?;
    }
    create(path, opening)
}

/// The sinks of `check`.
///
/// # Errors
/// Errors of standard output.
pub(in crate::cli) fn of_check(args: &CheckArgs) -> anyhow::Result<Vec<Box<dyn Sink>>> {
    if args.quiet {
        return Ok(Vec::new());
    }
    let form = match args.output_format {
        FindingsForm::Text => FindingsFormat::Text,
        FindingsForm::Json => FindingsFormat::Json,
        FindingsForm::Sarif => FindingsFormat::Sarif(Sarif::default()),
        FindingsForm::Github => FindingsFormat::GitHub,
    };
    let findings = Findings::begin(args.color.stream(io::stdout()), form, args.input.may_be_several())?;
    let mut sinks: Vec<Box<dyn Sink>> = vec![Box::new(findings)];
    if !args.fix {
        sinks.push(Box::new(Prospect));
    }
    Ok(sinks)
}

/// The sinks of `diff`.
pub(in crate::cli) fn of_diff(args: &DiffArgs, view: DiffView) -> Vec<Box<dyn Sink>> {
    if args.quiet {
        return Vec::new();
    }
    match view {
        DiffView::Patch => vec![printed(io::stdout())],
        DiffView::Readable => {
            let stream = Box::new(args.color.stream(io::stdout()));
            vec![Box::new(Printed { stream, totals: true })]
        }
    }
}

/// The sinks of `inspect`.
pub(in crate::cli) fn of_inspect(args: &InspectArgs) -> Vec<Box<dyn Sink>> {
    // JSON is written unchanged, because a stream that removes colours also removes some characters of texts.
    if args.json {
        return vec![printed(AutoStream::always_ansi(io::stdout()))];
    }
    vec![printed(args.color.stream(io::stdout()))]
}

/// The sinks of `restore`.
///
/// # Errors
/// If a file cannot be created.
pub(in crate::cli) fn of_restore(args: &RestoreArgs, opening: Opening) -> anyhow::Result<Vec<Box<dyn Sink>>> {
    let mut sinks = of_output(&args.output, opening)?;
    if args.keep {
        sinks.push(Box::new(ExceptionsSink::new(&args.input.paths)));
    }
    Ok(sinks)
}

/// The report of `corpus dedup`, if one is wanted.
///
/// # Errors
/// If a file cannot be created.
pub(in crate::cli) fn dedup_report(args: &DedupArgs) -> anyhow::Result<Option<Output>> {
    let is_standard = |path: &Path| path == Path::new("-");
    let shares = args.output().is_some_and(is_standard);
    match args.report.as_deref() {
        None => Ok(args.output().is_none().then(Output::standard)),
        Some(path) if is_standard(path) && !shares => Ok(Some(Output::standard())),
        Some(path) => open("--report", OutputKind::Report, path, args.force, Opening::New).map(Some),
    }
}

/// The report of `corpus merge`.
///
/// # Errors
/// If the file cannot be created.
pub(in crate::cli) fn merged_report(args: &MergeArgs) -> anyhow::Result<Option<Output>> {
    match args.report.as_deref().filter(|path| *path != Path::new("-")) {
        None => Ok(Some(Output::standard())),
        Some(path) => open("--report", OutputKind::Report, path, args.force, Opening::New).map(Some),
    }
}

/// The model that `corpus learn` writes.
///
/// # Errors
/// If the file cannot be created.
pub(in crate::cli) fn learned_model(path: &Path, force: bool) -> anyhow::Result<Output> {
    standard_or(path, OutputKind::Model, force)
}

/// The table that `corpus sign` and `corpus count` write.
///
/// # Errors
/// If the file cannot be created.
pub(in crate::cli) fn table(args: &TableArgs, form: &'static TableForm) -> anyhow::Result<Output> {
    standard_or(&args.output, OutputKind::Table(form), args.force)
}

/// The only output of a command: standard output for `-`, else a file.
fn standard_or(path: &Path, kind: OutputKind, force: bool) -> anyhow::Result<Output> {
    match path {
        path if path == Path::new("-") => Ok(Output::standard()),
        path => open("--output", kind, path, force, Opening::New),
    }
}

/// The page that `corpus show` writes, if one is wanted.
///
/// # Errors
/// If the file cannot be created.
pub(in crate::cli) fn learned_page(args: &ShowArgs) -> anyhow::Result<Option<Output>> {
    match args.html.as_deref() {
        None => Ok(None),
        Some(path) if path == Path::new("-") => Ok(Some(Output::standard())),
        Some(path) => open("--html", OutputKind::Page, path, args.force, Opening::New).map(Some),
    }
}

fn printed(stream: impl io::Write + Send + 'static) -> Box<dyn Sink> {
    Box::new(Printed { stream: Box::new(stream), totals: false })
}

/// The form in which differences are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum DiffView {
    /// A unified diff, byte for byte, so that `patch` can apply it. It does not pass through a stream that drops
    /// colours, because such a stream would also drop the articles' own control characters.
    Patch,
    /// For people: on a terminal, or if colour is requested.
    Readable,
}

impl DiffView {
    /// The form that the arguments request.
    pub fn of(args: &DiffArgs) -> Self {
        let colored = args.color.stream(io::stdout()).current_choice() != ColorChoice::Never;
        let readable = colored || args.color.is_always() || io::stdout().is_terminal();
        if readable { Self::Readable } else { Self::Patch }
    }
}

/// Refuses two outputs in one file, and an output over an input, because one of them would be lost.
///
/// # Errors
/// The error names the file, and the two options that name it.
pub(in crate::cli) fn refuse_shared_files(args: &CleanArgs) -> anyhow::Result<()> {
    let beside = [
        ("--report", args.report.as_deref()),
        ("--report-html", args.report_html.as_deref()),
        ("--removed", args.removed.as_deref()),
        ("--rejects", args.output.rejects.as_deref()),
        ("--stats", args.output.stats.as_deref()),
    ];
    refuse_shared(&args.input.paths, args.output.output.as_deref(), &beside)
}

/// Refuses outputs that are named by options, if one is in the file of another one or of an input.
///
/// # Errors
/// The error names the file, and the two options that name it.
pub(in crate::cli) fn refuse_shared(
    inputs: &[PathBuf],
    output: Option<&Path>,
    beside: &[(&str, Option<&Path>)],
) -> anyhow::Result<()> {
    let beside = beside.iter().filter_map(|(option, path)| Some((*option, (*path)?)));
    let output = output.map(|path| ("--output", path));
    let inputs = inputs.iter().map(|path| ("an input", path.as_path()));
    let mut taken: Vec<(&str, PathBuf)> =
        inputs.chain(output).map(|(what, path)| (what, resolved(path))).collect();
    for (option, path) in beside.filter(|(_, path)| *path != Path::new("-")) {
        let place = resolved(path);
        let device = place.exists() && !place.is_file();
        if let Some((what, _)) = taken.iter().find(|(_, known)| !device && *known == place) {
            anyhow::bail!("{}: {option} names the same file as {what}", path.shown());
        }
        taken.push((option, place));
    }
    Ok(())
}

/// Refuses an output over a file that the run reads besides its inputs, such as a list of words. A folder stands for its
/// files.
///
/// # Errors
/// The error names the file.
pub(in crate::cli) fn refuse_read(read: &[&Path], written: &[&Path]) -> anyhow::Result<()> {
    let read: Vec<PathBuf> = read.iter().map(|path| resolved(path)).collect();
    for path in written.iter().filter(|path| path.is_file()) {
        let place = resolved(path);
        let is_read = read.iter().any(|read| place.starts_with(read));
        anyhow::ensure!(!is_read, "{}: this run reads it, and its output would replace it", path.shown());
    }
    Ok(())
}

/// A path that is the same for all names of a file, even if the file does not exist yet.
fn resolved(path: &Path) -> PathBuf {
    let whole = path.canonicalize();
    let folder =
        || path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).canonicalize();
    whole
        .or_else(|_| Ok::<_, io::Error>(folder()?.join(path.file_name().unwrap_or_default())))
        .unwrap_or_else(|_| path.to_owned())
}
