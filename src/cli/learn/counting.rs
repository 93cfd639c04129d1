//! The first reading: on how many pages each line stands.

use super::super::Ending;
use super::super::dedup::Shared;
use super::super::destination::Destination;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::{RunPlan, run};
use super::super::sinks::{Processed, Sink, Sinks, Totals};
use super::Learned;
use crate::corpus::{PageCounts, PageLines};
use crate::io::Output;

/// Counts the lines of all articles.
pub(super) fn count(plan: &RunPlan) -> anyhow::Result<(PageCounts, Ending)> {
    let counts = Shared::new(PageCounts::default());
    let sinks = Sinks::begin().with(vec![Box::new(Counting(counts.clone()))]);
    let ending = run(plan, &Count, Destination::nowhere(), sinks)?;
    Ok((counts.take(), ending))
}

/// Finds the lines of articles.
struct Count;

impl Job for Count {
    fn process(&self, article: &Article) -> Outcome {
        let lines = PageLines::of(article.publisher, article.text, article.title);
        Outcome { learned: Some(Learned::Lines(lines)), ..Outcome::default() }
    }
}

/// Counts lines.
struct Counting(Shared<PageCounts>);

impl Sink for Counting {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        if let Some(Learned::Lines(lines)) = &article.outcome.learned {
            self.0.lock().add(lines);
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(None)
    }
}
