//! `qingwen clean`.

use super::super::args::CleanArgs;
use super::super::destination::Destination;
use super::super::run::{Plan, run};
use super::super::{Ending, sinks};
use super::{Article, Job, Outcome};
use crate::clean::Cleaner;
use crate::io::AddedField;

pub(in crate::cli) fn command(args: &CleanArgs) -> anyhow::Result<Ending> {
    let text_field = args.input.text_field.as_deref().unwrap_or("text");
    let read = [Some(text_field), Some(&args.input.id_field), args.input.title_field.as_deref()];
    let sinks = sinks::Sinks::begin();
    sinks::refuse_shared_files(args)?;
    if let Some(name) = args.metadata_field.as_deref().filter(|name| read.contains(&Some(name))) {
        anyhow::bail!("--metadata-field names {name:?}, a field that is read");
    }
    let job = Clean {
        cleaner: args.cleaning.builder()?.metadata(args.metadata_field.is_some()).build(),
        metadata_field: args.metadata_field.clone(),
    };
    let sinks = sinks.with(sinks::of_clean(args)?);
    let plan = Plan::new(&args.input)
        .with_exceptions()
        .with_added_field(args.metadata_field.as_deref())
        .quiet(args.quiet)
        .written(&args.output);
    run(&plan, &job, Destination::of(&args.output), sinks)
}

/// Cleans articles.
struct Clean {
    cleaner: Cleaner,
    /// Name of the metadata field.
    metadata_field: Option<String>,
}

impl Job for Clean {
    fn process(&self, article: &Article) -> Outcome {
        let cleaned = self.cleaner.clean_with(article.text, article.title, article.exceptions);
        let added = self.metadata_field.iter().map(|name| AddedField {
            name: name.clone(),
            json: serde_json::to_string(&cleaned.metadata).unwrap_or_else(|_| "null".into()),
        });
        Outcome { added: added.collect(), cleaned: Some(cleaned), ..Outcome::default() }
    }
}
