//! `qingwen corpus dedup`. It reads the inputs two or three times, so that neither memory nor temporary files hold articles:
//! once for the signatures (`signing`), once for the articles that may be copies (`comparing`), and once to write what is left
//! (`writing`).

mod against;
mod comparing;
mod deciding;
mod phases;
mod reading;
mod report;
mod signing;
mod stream;
mod writing;

use std::time::Instant;

use anyhow::{Context, ensure};

use super::Ending;
use super::args::{DedupArgs, KeepArg, LevelArg};
use super::collection::Found;
use super::destination::Destination;
use super::gather::Shared;
use super::memory::Memory;
use super::paragraphs;
use super::run::{RunPlan, copy_standard_input};
use super::sinks::{dedup_report, of_reading, refuse_shared};
use crate::corpus::{ComparedTexts, Duplicate, Keep};
use against::Against;
use phases::Phases;
pub(super) use reading::ArticleReading;
pub(super) use report::DedupReport;
use signing::Signed;

pub(super) fn command(args: &DedupArgs) -> anyhow::Result<Ending> {
    if args.level == LevelArg::Paragraph {
        return paragraphs::command(args);
    }
    refuse_paragraphs(args)?;
    let started = Instant::now();
    let keep = keep(args)?;
    let beside = [
        ("--report", args.report.as_deref()),
        ("--against", args.against.as_deref()),
        ("--rejects", args.reading.rejects.as_deref()),
    ];
    refuse_shared(&args.input.paths, args.output(), &beside)?;
    if args.stream {
        ensure!(!args.resume, "--stream decides on each record as it is read; leave out --resume");
        return stream::command(args);
    }
    let mut against = Against::of(args)?;
    let report = DedupReport { output: dedup_report(args)?, started };
    let memory = Memory::of(&args.memory, args.input.threads.count())?;
    let mut plan = plan(args)?;
    let phases = Phases::of(args, &plan)?;
    // What could not be read was written when the first reading was complete.
    let rejects = match phases.as_ref().is_some_and(Phases::is_signed) {
        true => Vec::new(),
        false => of_reading(&args.reading, args.force)?,
    };
    let _copy = copy_standard_input(&mut plan, args.memory.temp_dir.as_deref())?;
    if let Some(bytes) = plan.bytes().filter(|_| !args.quiet) {
        memory.tell_disk(bytes);
    }
    let texts = ComparedTexts::new(args.cleaned);
    let (signed, mut ending) = signing::sign(&plan, &texts, &memory, against.is_some(), phases, rejects)?;
    let Signed { signing, held, mut phases } = signed;
    let Some(mut signing) = signing.filter(|_| !ending.interrupted) else {
        phases.into_iter().for_each(Phases::interrupted);
        return Ok(ending);
    };
    let plan = plan.again().phase("compared");
    if let Some(against) = &mut against {
        against.sign(&mut signing, held.unwrap_or_default())?;
    }
    let comparing = signing.finish(args.comparison.thresholds())?;
    let Some(mut found) = comparing::found(&plan, &texts, comparing, keep, &mut against, &mut phases)? else {
        phases.into_iter().for_each(Phases::interrupted);
        return Ok(Ending { interrupted: true, ..ending });
    };
    if let Some(destination) = destination(args)? {
        let written;
        (found, written) = write(plan, found, destination)?;
        ending.interrupted |= written.interrupted;
        ending.failed |= written.failed;
    }
    if !ending.interrupted {
        report.finish(&mut found, args.quiet)?;
        // The outputs are complete. After a kill before this line, the same command writes the same again.
        against.map_or(Ok(()), Against::commit)?;
    }
    match ending.interrupted {
        true => phases.into_iter().for_each(Phases::interrupted),
        false => phases.into_iter().for_each(Phases::remove),
    }
    Ok(ending)
}

/// The first reading.
fn plan(args: &DedupArgs) -> anyhow::Result<RunPlan<'_>> {
    let plan = written_plan(args)?.dated(args.date_field.as_deref());
    Ok(plan.shown(&args.reading).phase("signed"))
}

/// The plan for the inputs, whose records are written as the arguments say.
///
/// # Errors
/// If the inputs cannot be listed, or two results would have one name in a folder, or a result the name of an input.
pub(super) fn written_plan(args: &DedupArgs) -> anyhow::Result<RunPlan<'_>> {
    let plan = RunPlan::new(&args.input, &args.written())?.quiet(args.quiet);
    match (&args.output_dir, args.output()) {
        (Some(folder), _) => Ok(plan.in_folder(folder)?.in_same_encoding()),
        (None, Some(_)) => Ok(plan.joined()),
        (None, None) => Ok(plan),
    }
}

/// Where records go that are left, if they are wanted.
pub(super) fn destination(args: &DedupArgs) -> anyhow::Result<Option<Destination>> {
    match &args.output_dir {
        Some(folder) => Destination::into_folder(folder).map(Some),
        None => Ok(args.output().map(Destination::to)),
    }
}

/// Writes the records that are left.
fn write(plan: RunPlan, found: Found, destination: Destination) -> anyhow::Result<(Found, Ending)> {
    let Found { articles, duplicates } = found;
    let in_run = |duplicate: &Duplicate| (duplicate.article as u64).checked_sub(articles.earlier());
    let left_out =
        duplicates.iter().filter_map(|duplicate| usize::try_from(in_run(duplicate)?).ok()).collect();
    let articles = Shared::new(Some(articles));
    let plan = plan.phase("written").leaving_out(Shared::new(left_out));
    let ending = writing::write(&plan, &articles, destination)?;
    let articles = articles.take().context("the articles are gone")?;
    Ok((Found { articles, duplicates }, ending))
}

/// Refuses the options of paragraphs, which would say nothing here.
fn refuse_paragraphs(args: &DedupArgs) -> anyhow::Result<()> {
    for (option, is_given) in [
        ("--min-characters", args.min_characters.is_some()),
        ("--min-articles", args.min_articles.is_some()),
        ("--remove-paragraphs", args.remove_paragraphs.is_some()),
    ] {
        ensure!(!is_given, "{option} is for --level paragraph");
    }
    Ok(())
}

/// Which of several copies stays.
fn keep(args: &DedupArgs) -> anyhow::Result<Keep> {
    let keeps_first = args.comparison.keep == KeepArg::First;
    ensure!(keeps_first || args.against.is_none(), "--against keeps the first copy; leave out --keep");
    ensure!(keeps_first || !args.stream, "--stream keeps the first copy; leave out --keep");
    let is_newest = args.comparison.keep == KeepArg::Newest;
    ensure!(!is_newest || args.date_field.is_some(), "--keep newest needs --date-field");
    ensure!(is_newest || args.date_field.is_none(), "--date-field is for --keep newest");
    args.comparison.keep()
}
