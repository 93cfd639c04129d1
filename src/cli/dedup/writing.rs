//! The third reading: the records that are left.

use std::path::Path;
use std::sync::Arc;

use super::super::Ending;
use super::super::destination::Destination;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::{RunPlan, run};
use super::super::sinks::{Processed, Sink, Sinks, Totals};
use super::reading::{ArticleReading, Articles};
use crate::io::Output;

/// Writes the records that the plan does not leave out.
pub(super) fn write(plan: &RunPlan, articles: &Arc<Articles>, path: &Path) -> anyhow::Result<Ending> {
    let sinks = Sinks::begin().with(vec![Box::new(Checking { articles: Arc::clone(articles), next: 0 })]);
    run(plan, &Unchanged, Destination::to(path), sinks)
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
    articles: Arc<Articles>,
    next: usize,
}

impl Sink for Checking {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        self.articles.check(self.next, article)?;
        self.next += 1;
        Ok(())
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        self.articles.check_count(self.next)?;
        Ok(None)
    }
}
