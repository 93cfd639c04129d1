//! The second reading: the shingles of the articles that may be copies.

use std::sync::Arc;

use super::super::collection::{Comparing, Found, NeededTexts};
use super::super::destination::Destination;
use super::super::gather::Shared;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::{RunPlan, run};
use super::super::sinks::{Processed, Sink, Sinks, Totals};
use super::Keep;
use super::reading::{ArticleReading, ComparedTexts};
use crate::corpus::Shingles;
use crate::io::Output;

/// The articles that are copies; `None` if the reading was interrupted.
pub(super) fn found(
    plan: &RunPlan,
    texts: &ComparedTexts,
    comparing: Comparing,
    keep: Keep,
) -> anyhow::Result<Option<Found>> {
    if !comparing.has_pairs() {
        return comparing.finish(keep).map(Some);
    }
    let job = Compare { texts, needed: comparing.needed() };
    let comparing = Shared::new(Some(comparing));
    let sinks = Sinks::begin().with(vec![Box::new(CompareArticles(comparing.clone()))]);
    let ending = run(plan, &job, Destination::nowhere(), sinks)?;
    let comparing = comparing.take().filter(|_| !ending.interrupted);
    comparing.map(|comparing| comparing.finish(keep)).transpose()
}

/// Finds the shingles of articles that are needed.
struct Compare<'t> {
    texts: &'t ComparedTexts,
    needed: Arc<NeededTexts>,
}

impl Job for Compare<'_> {
    fn process(&self, article: &Article) -> Outcome {
        let mut reading = ArticleReading::of(article.text);
        if self.needed.may_hold(reading.text) {
            reading.shingles = Some(Shingles::of(&self.texts.compared(article.text)));
        }
        Outcome { reading: Some(Box::new(reading)), ..Outcome::default() }
    }
}

/// Compares articles as they come.
struct CompareArticles(Shared<Option<Comparing>>);

impl Sink for CompareArticles {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let reading = article.outcome.reading.as_deref();
        let mut comparing = self.0.lock();
        let Some(comparing) = &mut *comparing else { return Ok(()) };
        comparing.check(article.place.file, reading.map(|reading| reading.text))?;
        comparing.add(reading.and_then(|reading| reading.shingles.as_ref()))
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(None)
    }
}
