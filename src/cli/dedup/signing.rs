//! The first reading: the signature of each article.

use std::sync::Arc;

use super::super::Ending;
use super::super::collection::Signing;
use super::super::destination::Destination;
use super::super::gather::Shared;
use super::super::jobs::{Article, Job, Outcome};
use super::super::memory::Memory;
use super::super::run::{RunPlan, run};
use super::super::sinks::{Processed, Sink, Sinks, Totals};
use super::reading::{ArticleReading, ComparedTexts};
use crate::corpus::{Date, Signature};
use crate::io::{Failure, Output};

/// Reads all articles. The sinks beside get what could not be read.
pub(super) fn sign(
    plan: &RunPlan,
    texts: &ComparedTexts,
    memory: &Arc<Memory>,
    beside: Vec<Box<dyn Sink>>,
) -> anyhow::Result<(Option<Signing>, Ending)> {
    let signing = Shared::new(Some(Signing::new(memory)?));
    let mut sinks: Vec<Box<dyn Sink>> = vec![Box::new(TakeSignatures(signing.clone()))];
    sinks.extend(beside);
    let sinks = Sinks::begin().with(sinks);
    let ending = run(plan, &SignTexts { texts }, Destination::nowhere(), sinks)?;
    Ok((signing.take(), ending))
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

/// Takes signatures.
struct TakeSignatures(Shared<Option<Signing>>);

impl Sink for TakeSignatures {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let Some(reading) = article.outcome.reading.as_deref() else { return Ok(()) };
        let (Some(signature), Some(signing)) = (&reading.signature, &mut *self.0.lock()) else {
            return Ok(());
        };
        let bytes = article.text.len() as u64;
        signing.add(article.name, bytes, reading.text, signature, reading.date.as_ref())
    }

    fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.0.lock().as_mut().map_or(Ok(()), |signing| signing.fail(failure))
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(None)
    }
}
