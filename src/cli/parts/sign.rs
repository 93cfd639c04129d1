//! `qingwen corpus sign`: what `corpus dedup` needs to know of each article.

use super::super::Ending;
use super::super::args::SignArgs;
use super::super::dedup::ArticleReading;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::RunPlan;
use super::signature_row::SignatureRow;
use super::table_sink::{refuse_shared_table, write};
use super::{CLEANED, DATED, program};
use crate::corpus::{ComparedTexts, Date, Signature};

pub(in crate::cli) fn command(args: &SignArgs) -> anyhow::Result<Ending> {
    refuse_shared_table(&args.output, &args.input.paths)?;
    let plan = RunPlan::new(&args.input, &[&args.output.output])?
        .with_sources(&args.source)
        .dated(args.date_field.as_deref())
        .shown(&args.output.reading)
        .phase("signed")
        .quiet(args.output.quiet);
    let settings =
        [program(), (CLEANED, args.cleaned.to_string()), (DATED, args.date_field.is_some().to_string())];
    let job = SignArticles { texts: ComparedTexts::new(args.cleaned) };
    write::<SignatureRow>(&plan, &job, &args.output, &settings, "signed")
}

/// Finds the signature and the shingles of articles.
struct SignArticles {
    texts: ComparedTexts,
}

impl Job for SignArticles {
    fn process(&self, article: &Article) -> Outcome {
        let (signature, shingles) = Signature::with_shingles(&self.texts.of(article.text));
        let reading = ArticleReading {
            date: article.date.and_then(Date::parse),
            signature: Some(signature),
            shingles: Some(shingles),
            ..ArticleReading::of(article.text)
        };
        Outcome { reading: Some(Box::new(reading)), ..Outcome::default() }
    }
}
