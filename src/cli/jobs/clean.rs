//! `qingwen clean`.

use std::path::Path;
use std::sync::Arc;

use super::super::args::{CleanArgs, MemoryArgs};
use super::super::cleaners::Cleaners;
use super::super::destination::Destination;
use super::super::memory::Memory;
use super::super::run::{RunPlan, copy_standard_input, run};
use super::super::settings::ConfiguredCommand;
use super::super::{Ending, learn, sinks};
use super::{Article, Job, Outcome};
use crate::clean::CleanerBuilder;
use crate::corpus::CorpusModel;
use crate::io::AddedField;

pub(in crate::cli) fn command(args: &CleanArgs, configuration: &ConfiguredCommand) -> anyhow::Result<Ending> {
    let text_field = args.input.text_field.as_deref().unwrap_or("text");
    let read = [Some(text_field), Some(&args.input.id_field), args.title.title_field.as_deref()];
    let sinks = sinks::Sinks::begin();
    sinks::refuse_shared_files(args)?;
    if let Some(name) = args.metadata_field.as_deref().filter(|name| read.contains(&Some(name))) {
        anyhow::bail!("--metadata-field names {name:?}, a field that is read");
    }
    let mut job =
        Clean { cleaners: cleaners(args, configuration, None)?, metadata_field: args.metadata_field.clone() };
    let beside = [&args.report, &args.report_html, &args.removed];
    let beside: Vec<&Path> = beside.into_iter().filter_map(|path| path.as_deref()).collect();
    let mut destination = Destination::of(&args.output, &args.input.paths, beside.first().copied())?
        .depending_on(|| configuration.fingerprint());
    if let Some(ending) = destination.complete_earlier()? {
        return Ok(ending);
    }
    let written: Vec<&Path> = args.output.written().chain(beside).collect();
    sinks::refuse_read(&configuration.files(), &written)?;
    let mut plan = RunPlan::new(&args.input, &written)?
        .titled(&args.title)?
        .with_sources(&args.source)
        .with_exceptions()
        .with_added_field(args.metadata_field.as_deref())
        .quiet(args.quiet)
        .written(&args.output)?;
    if args.removed.is_some() && !args.quiet && plan.joins_texts() {
        tracing::info!(
            "--removed: results that are written into one output cannot be told apart, so `qingwen restore` cannot put \
             anything back into it; --output-dir or --in-place keeps them apart"
        );
    }
    let _copy = if args.learn { copy_standard_input(&mut plan, None)? } else { None };
    if args.learn {
        let memory = Memory::of(&MemoryArgs::default(), args.input.threads.count())?;
        let (learned, ending) = learn::model(plan.again(), &memory, Vec::new())?;
        if ending.interrupted {
            return Ok(ending);
        }
        plan = learned.plan.told();
        job.cleaners = cleaners(args, configuration, Some(Arc::new(learned.model)))?;
    }
    let sinks = sinks
        .knowing(job.cleaners.rules())
        .with(sinks::of_clean(args, destination.opening())?)
        .with_closing_line(!args.quiet);
    run(&plan, &job, destination, sinks)
}

/// The cleaners for the options, with what was learned from the inputs.
fn cleaners(
    args: &CleanArgs,
    configuration: &ConfiguredCommand,
    learned: Option<Arc<CorpusModel>>,
) -> anyhow::Result<Cleaners> {
    Cleaners::new(&args.cleaning, configuration, |builder| {
        let builder = builder.metadata(args.metadata_field.is_some());
        learned.iter().cloned().fold(builder, CleanerBuilder::corpus_model)
    })
}

/// Cleans articles.
struct Clean {
    cleaners: Cleaners,
    /// Name of the metadata field.
    metadata_field: Option<String>,
}

impl Job for Clean {
    fn process(&self, article: &Article) -> Outcome {
        let cleaned = self.cleaners.clean(article);
        let added = self.metadata_field.iter().map(|name| AddedField {
            name: name.clone(),
            json: serde_json::to_string(&cleaned.metadata).unwrap_or_else(|_| "null".into()),
        });
        Outcome { added: added.collect(), cleaned: Some(cleaned), ..Outcome::default() }
    }
}
