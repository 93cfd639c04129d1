//! The third reading: the records that are left.

use super::super::Ending;
use super::super::collection::Articles;
use super::super::destination::Destination;
use super::super::gather::Shared;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::{RunPlan, run};
use super::super::sinks::{Processed, Sink, Sinks, Totals};
use super::reading::ArticleReading;
use crate::io::Output;

/// Writes the records that the plan does not leave out.
pub(super) fn write(
    plan: &RunPlan,
    articles: &Shared<Option<Articles>>,
    destination: Destination,
) -> anyhow::Result<Ending> {
    let next = articles.lock().as_ref().map_or(0, Articles::earlier);
    let sinks = Sinks::begin().with(vec![Box::new(Checking { articles: articles.clone(), next })]);
    run(plan, &Unchanged, destination, sinks)
}

/// Changes nothing.
struct Unchanged;

impl Job for Unchanged {
    fn process(&self, article: &Article) -> Outcome {
        Outcome { reading: Some(Box::new(ArticleReading::of(article.text))), ..Outcome::default() }
    }
}

/// Makes sure that the articles are those of the first reading.
struct Checking {
    articles: Shared<Option<Articles>>,
    next: u64,
}

impl Sink for Checking {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let text = article.outcome.reading.as_ref().map(|reading| reading.text);
        self.next += 1;
        match &mut *self.articles.lock() {
            Some(articles) => articles.check(self.next - 1, article.place.file, text),
            None => Ok(()),
        }
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        self.articles.lock().as_ref().map_or(Ok(()), |articles| articles.check_count(self.next))?;
        Ok(None)
    }
}
