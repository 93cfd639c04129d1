//! The second reading: what cleaning does with the lines that stand on many pages.

use super::super::Ending;
use super::super::dedup::Shared;
use super::super::destination::Destination;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::{RunPlan, run};
use super::super::sinks::{Processed, Sink, Sinks, Totals};
use super::Learned;
use crate::corpus::{Learner, PageReader};
use crate::io::Output;

/// Learns from all articles.
pub(super) fn learn(plan: &RunPlan, reader: &PageReader) -> anyhow::Result<(Learner, Ending)> {
    let learner = Shared::new(Learner::default());
    let sinks = Sinks::begin().with(vec![Box::new(Learning(learner.clone()))]);
    let ending = run(plan, &Read { reader }, Destination::nowhere(), sinks)?;
    Ok((learner.take(), ending))
}

/// Reads articles.
struct Read<'r> {
    reader: &'r PageReader,
}

impl Job for Read<'_> {
    fn process(&self, article: &Article) -> Outcome {
        let reading = self.reader.read(article.publisher, article.text, article.title);
        Outcome { learned: Some(Learned::Reading(reading)), ..Outcome::default() }
    }
}

/// Adds up what was read.
struct Learning(Shared<Learner>);

impl Sink for Learning {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        if let Some(Learned::Reading(reading)) = &article.outcome.learned {
            self.0.lock().add(reading);
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(None)
    }
}
