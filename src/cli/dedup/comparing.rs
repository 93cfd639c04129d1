//! The second reading: the shingles of the articles that may be copies.

use std::sync::Arc;

use super::super::collection::{Comparing, Found, NeededTexts};
use super::super::destination::Destination;
use super::super::gather::Shared;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::{RunPlan, run};
use super::super::sinks::{Processed, Sink, Sinks, Totals};
use super::Keep;
use super::against::Against;
use super::phases::{PhaseRow, Phases};
use super::reading::ArticleReading;
use crate::corpus::{ComparedTexts, Shingles, Signature};
use crate::io::Output;

/// The articles that are copies; `None` if the reading was interrupted. The index gets all articles, if there is one.
pub(super) fn found(
    plan: &RunPlan,
    texts: &ComparedTexts,
    mut comparing: Comparing,
    keep: Keep,
    against: &mut Option<Against>,
    phases: &mut Option<Phases>,
) -> anyhow::Result<Option<Found>> {
    if !comparing.has_pairs() && against.is_none() {
        return comparing.finish(keep).map(Some);
    }
    if let Some(phases) = phases.as_ref().filter(|phases| phases.is_compared()) {
        compared_before(phases, &mut comparing)?;
        return comparing.finish(keep).map(Some);
    }
    against.as_mut().map_or(Ok(()), |against| against.compare_earlier(&mut comparing))?;
    let job = Compare { texts, needed: comparing.needed(), needs_all: against.is_some() };
    let state = ComparedArticles { comparing, against: against.take(), phases: phases.take() };
    let state = Shared::new(Some(state));
    let sinks = Sinks::begin().with(vec![Box::new(CompareArticles(state.clone()))]);
    let ending = run(plan, &job, Destination::nowhere(), sinks)?;
    let Some(state) = state.take() else { return Ok(None) };
    (*against, *phases) = (state.against, state.phases);
    if ending.interrupted {
        return Ok(None);
    }
    let comparing = state.comparing;
    // An index takes the articles in this reading, so with one the reading is done again.
    if let Some(phases) = phases.as_mut().filter(|_| against.is_none()) {
        phases.add(&PhaseRow::Compared)?;
    }
    let mut found = comparing.finish(keep)?;
    let earlier = found.articles.earlier();
    found.duplicates.retain(|duplicate| duplicate.article as u64 >= earlier);
    against.as_mut().map_or(Ok(()), |against| against.add_found(&found.duplicates))?;
    Ok(Some(found))
}

/// Takes the pairs that an interrupted run has found.
fn compared_before(phases: &Phases, comparing: &mut Comparing) -> anyhow::Result<()> {
    phases.rows(|row| match row {
        PhaseRow::Pair(pair) => comparing.found_before(&[pair]),
        _ => Ok(()),
    })?;
    comparing.needs_no_reading();
    Ok(())
}

/// What the second reading fills.
struct ComparedArticles {
    comparing: Comparing,
    against: Option<Against>,
    phases: Option<Phases>,
}

/// Finds the shingles of articles that are needed.
struct Compare<'t> {
    texts: &'t ComparedTexts,
    needed: Arc<NeededTexts>,
    /// Whether the signatures and shingles of all articles are needed.
    needs_all: bool,
}

impl Job for Compare<'_> {
    fn process(&self, article: &Article) -> Outcome {
        let mut reading = ArticleReading::of(article.text);
        if self.needs_all {
            let (signature, shingles) = Signature::with_shingles(&self.texts.of(article.text));
            (reading.signature, reading.shingles) = (Some(signature), Some(shingles));
        } else if self.needed.may_hold(reading.text) {
            reading.shingles = Some(Shingles::of(&self.texts.of(article.text)));
        }
        Outcome { reading: Some(Box::new(reading)), ..Outcome::default() }
    }
}

/// Compares articles as they come.
struct CompareArticles(Shared<Option<ComparedArticles>>);

impl Sink for CompareArticles {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let reading = article.outcome.reading.as_deref();
        let mut state = self.0.lock();
        let Some(ComparedArticles { comparing, against, phases }) = &mut *state else { return Ok(()) };
        comparing.check(article.place.file, reading.map(|reading| reading.text))?;
        let (number, is_first) = (comparing.next(), comparing.is_first());
        let found = comparing.add(reading.and_then(|reading| reading.shingles.as_ref()))?;
        match (against, reading, phases) {
            (Some(against), Some(reading), _) if is_first => {
                against.add(number, article.name, reading, found)
            }
            (None, _, Some(phases)) => phases.pairs(&found),
            _ => Ok(()),
        }
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(None)
    }
}
