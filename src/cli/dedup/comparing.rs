//! The second reading: the shingles of the articles that may be copies.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::destination::Destination;
use super::super::gather::Shared;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::{RunPlan, run};
use super::super::sinks::{Processed, Sink, Sinks, Totals};
use super::reading::{ArticleReading, Articles, ComparedTexts};
use super::{Duplicate, Keep};
use crate::clean::TextHash;
use crate::corpus::{Comparison, Shingles};
use crate::io::Output;

/// The articles that are copies; `None` if the reading was interrupted.
pub(super) fn duplicates(
    plan: &RunPlan,
    texts: &ComparedTexts,
    articles: &Arc<Articles>,
    comparison: Comparison,
    keep: Keep,
) -> anyhow::Result<Option<Vec<Duplicate>>> {
    let numbers = 0..articles.texts.len();
    let needed: HashSet<TextHash> =
        numbers.filter(|number| comparison.needs(*number)).map(|number| articles.texts[number]).collect();
    if needed.is_empty() {
        return Ok(Some(comparison.duplicates(keep)));
    }
    let comparison = Shared::new(Some(comparison));
    let sink = Comparing { articles: Arc::clone(articles), comparison: comparison.clone(), next: 0 };
    let sinks = Sinks::begin().with(vec![Box::new(sink)]);
    let ending = run(plan, &Compare { texts, needed }, Destination::nowhere(), sinks)?;
    let comparison = comparison.take().filter(|_| !ending.interrupted);
    Ok(comparison.map(|comparison| comparison.duplicates(keep)))
}

/// Finds the shingles of articles that are needed.
struct Compare<'t> {
    texts: &'t ComparedTexts,
    /// The texts whose shingles are needed.
    needed: HashSet<TextHash>,
}

impl Job for Compare<'_> {
    fn process(&self, article: &Article) -> Outcome {
        let mut reading = ArticleReading::of(article.text);
        if self.needed.contains(&reading.text) {
            reading.shingles = Some(Shingles::of(&self.texts.compared(article.text)));
        }
        Outcome { reading: Some(Box::new(reading)), ..Outcome::default() }
    }
}

/// Compares articles as they come.
struct Comparing {
    articles: Arc<Articles>,
    comparison: Shared<Option<Comparison>>,
    /// The number of the next article.
    next: usize,
}

impl Sink for Comparing {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        self.articles.check(self.next, article)?;
        let shingles = article.outcome.reading.as_ref().and_then(|reading| reading.shingles.as_ref());
        if let (Some(shingles), Some(comparison)) = (shingles, &mut *self.comparison.lock())
            && comparison.needs(self.next)
        {
            comparison.add(self.next, shingles.clone());
        }
        self.next += 1;
        Ok(())
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        self.articles.check_count(self.next)?;
        Ok(None)
    }
}
