//! The first reading: the signature of each article.

use super::super::Ending;
use super::super::destination::Destination;
use super::super::gather::Shared;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::{RunPlan, run};
use super::super::sinks::{Processed, Sink, Sinks, Totals};
use super::reading::{ArticleReading, Articles, ComparedTexts};
use crate::corpus::{Collection, Date, Signature};
use crate::io::{Failure, Output};

/// What the first reading finds.
#[derive(Default)]
pub(super) struct Signed {
    pub articles: Articles,
    pub collection: Collection,
}

/// Reads all articles.
pub(super) fn sign(plan: &RunPlan, texts: &ComparedTexts) -> anyhow::Result<(Signed, Ending)> {
    let signed = Shared::new(Signed::default());
    let sinks = Sinks::begin().with(vec![Box::new(Collecting(signed.clone()))]);
    let ending = run(plan, &SignTexts { texts }, Destination::nowhere(), sinks)?;
    Ok((signed.take(), ending))
}

/// Makes signatures.
struct SignTexts<'t> {
    texts: &'t ComparedTexts,
}

impl Job for SignTexts<'_> {
    fn process(&self, article: &Article) -> Outcome {
        let signature = Signature::of(&self.texts.compared(article.text));
        let date = article.date.and_then(Date::parse);
        let reading = ArticleReading { date, signature: Some(signature), ..ArticleReading::of(article.text) };
        Outcome { reading: Some(Box::new(reading)), ..Outcome::default() }
    }
}

/// Collects signatures.
struct Collecting(Shared<Signed>);

impl Sink for Collecting {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let reading = article.outcome.reading.as_deref();
        if let Some((reading, signature)) = reading.and_then(|reading| Some((reading, reading.signature?))) {
            let mut signed = self.0.lock();
            signed.collection.add_dated(signature, reading.date.clone());
            signed.articles.add(article.name, article.text.len(), reading);
        }
        Ok(())
    }

    fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.0.lock().articles.failures.push(failure.clone());
        Ok(())
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(None)
    }
}
