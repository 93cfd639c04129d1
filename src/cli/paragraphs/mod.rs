//! `qingwen corpus dedup --level paragraph`. It reads the inputs twice, so that memory holds hashes and counts and not texts:
//! once to count paragraphs (`counting`), and once to report and remove those that stand in many articles (`removing`).

mod counting;
mod removing;

use std::time::Instant;

use anyhow::ensure;

use super::Ending;
use super::args::{DedupArgs, KeepArg, RemovedParagraphs};
use super::dedup::{destination, written_plan};
use super::memory::Memory;
use super::run::copy_standard_input;
use super::sinks::{dedup_report, of_reading, refuse_shared};
use crate::corpus::{ArticleParagraphs, ParagraphOptions, RepeatedParagraph};

/// What a reading finds of an article.
#[derive(Debug)]
pub(super) enum ParagraphReading {
    Counted(ArticleParagraphs),
    Repeated(Vec<RepeatedParagraph>),
}

pub(super) fn command(args: &DedupArgs) -> anyhow::Result<Ending> {
    let started = Instant::now();
    refuse_others(args)?;
    let beside = [("--report", args.report.as_deref()), ("--rejects", args.reading.rejects.as_deref())];
    refuse_shared(&args.input.paths, args.output(), &beside)?;
    let report = dedup_report(args)?;
    let rejects = of_reading(&args.reading, args.force)?;
    let default = ParagraphOptions::default();
    let options = ParagraphOptions {
        characters: args.min_characters.map_or(default.characters, |least| least as usize),
        articles: args.min_articles.unwrap_or(default.articles),
        keeps_first: args.remove_paragraphs != Some(RemovedParagraphs::All),
    };
    let mut plan = written_plan(args)?.shown(&args.reading).phase("counted");
    let memory = Memory::of(&args.memory, args.input.threads.count())?;
    let _copy = copy_standard_input(&mut plan, args.memory.temp_dir.as_deref())?;
    if let Some(bytes) = plan.bytes().filter(|_| !args.quiet) {
        memory.tell_disk(bytes);
    }
    let (counted, ending) = counting::count(&plan, &options, &memory, rejects)?;
    let Some(counted) = counted else { return Ok(ending) };
    let removal = removing::ParagraphRemoval { counted, options, report, started, quiet: args.quiet };
    let plan = plan.again().phase("reported");
    let second = removal.run(&plan, destination(args)?)?;
    Ok(Ending { interrupted: second.interrupted, ..ending })
}

/// Refuses the options of other levels, which would say nothing here.
fn refuse_others(args: &DedupArgs) -> anyhow::Result<()> {
    let others = [
        ("--against", args.against.is_some()),
        ("--stream", args.stream),
        ("--keep", args.comparison.keep != KeepArg::First),
        ("--date-field", args.date_field.is_some()),
        ("--to", args.comparison.to.is_some()),
        ("--cleaned", args.cleaned),
        ("--similarity", args.comparison.similarity.is_some()),
        ("--containment", args.comparison.containment.is_some()),
    ];
    for (option, is_given) in others {
        ensure!(!is_given, "{option} compares articles; leave it out with --level paragraph");
    }
    ensure!(!args.resume, "--resume is for the level of articles; run the same command again");
    let removes = args.remove_paragraphs.is_some();
    ensure!(!removes || args.output().is_some(), "--remove-paragraphs needs --output or --output-dir");
    Ok(())
}
