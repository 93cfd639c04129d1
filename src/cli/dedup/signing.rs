//! The first reading: the signature of each article.

use std::sync::Arc;

use anyhow::anyhow;

use super::super::Ending;
use super::super::collection::Signing;
use super::super::destination::Destination;
use super::super::gather::Shared;
use super::super::jobs::{Article, Job, Outcome};
use super::super::memory::Memory;
use super::super::parts::{SignatureRow, TableRow};
use super::super::run::{RunPlan, run};
use super::super::sinks::{Processed, Sink, Sinks, Totals};
use super::phases::{PhaseRow, Phases};
use super::reading::ArticleReading;
use crate::clean::TextHash;
use crate::corpus::{ComparedTexts, Date, Signature};
use crate::io::{Failure, Output};

/// What the first reading finds.
#[derive(Default)]
pub(super) struct Signed {
    pub signing: Option<Signing>,
    /// The articles, if others will stand before them that are not known yet.
    pub held: Option<Vec<HeldArticle>>,
    /// The file for a run that goes on, if there is one.
    pub phases: Option<Phases>,
}

impl Signed {
    fn add(
        &mut self,
        name: &str,
        bytes: u64,
        text: TextHash,
        signature: Signature,
        date: Option<&Date>,
    ) -> anyhow::Result<()> {
        if let Some(held) = &mut self.held {
            held.push(HeldArticle { name: name.into(), bytes, text, signature });
            return Ok(());
        }
        let add = |signing: &mut Signing| signing.add(name, bytes, text, &signature, date);
        self.signing.as_mut().map_or(Ok(()), add)
    }

    fn fail(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.signing.as_mut().map_or(Ok(()), |signing| signing.fail(failure))
    }
}

/// An article until those are known that stand before it.
pub(super) struct HeldArticle {
    pub name: Box<str>,
    pub bytes: u64,
    pub text: TextHash,
    pub signature: Signature,
}

/// Reads all articles, unless an interrupted run has done it. Other sinks get them too.
pub(super) fn sign(
    plan: &RunPlan,
    texts: &ComparedTexts,
    memory: &Arc<Memory>,
    holds: bool,
    phases: Option<Phases>,
    mut sinks: Vec<Box<dyn Sink>>,
) -> anyhow::Result<(Signed, Ending)> {
    let signing = Some(Signing::new(memory)?);
    let signed = Signed { signing, held: holds.then(Vec::new), phases };
    if signed.phases.as_ref().is_some_and(Phases::is_signed) {
        return signed_before(signed);
    }
    let signed = Shared::new(signed);
    sinks.push(Box::new(TakeSignatures(signed.clone())));
    let ending = run(plan, &SignTexts { texts }, Destination::nowhere(), Sinks::begin().with(sinks))?;
    let mut signed = signed.take();
    if let Some(phases) = signed.phases.as_mut().filter(|_| !ending.interrupted) {
        phases.add(&PhaseRow::Signed(ending.failed))?;
    }
    Ok((signed, ending))
}

/// What an interrupted run has read.
fn signed_before(mut signed: Signed) -> anyhow::Result<(Signed, Ending)> {
    let mut ending = Ending::default();
    let Some(phases) = signed.phases.take() else { return Ok((signed, ending)) };
    phases.rows(|row| match row {
        PhaseRow::Article(text, row) => {
            let faulty = |reason: String| anyhow!("{}: an article {reason}", phases.name());
            let (signature, date) = (row.signature().map_err(faulty)?, row.date().map_err(faulty)?);
            signed.add(&row.name, row.bytes, text, signature, date.as_ref())
        }
        PhaseRow::Failure(name, message) => signed.fail(&Failure { name, message, source: None }),
        PhaseRow::Signed(failed) => {
            ending.failed = failed;
            Ok(())
        }
        PhaseRow::Pair(_) | PhaseRow::Compared => Ok(()),
    })?;
    signed.phases = Some(phases);
    Ok((signed, ending))
}

/// Makes signatures.
struct SignTexts<'t> {
    texts: &'t ComparedTexts,
}

impl Job for SignTexts<'_> {
    fn process(&self, article: &Article) -> Outcome {
        let signature = Signature::of(&self.texts.of(article.text));
        let date = article.date.and_then(Date::parse);
        let reading = ArticleReading { date, signature: Some(signature), ..ArticleReading::of(article.text) };
        Outcome { reading: Some(Box::new(reading)), ..Outcome::default() }
    }
}

/// Takes signatures.
struct TakeSignatures(Shared<Signed>);

impl Sink for TakeSignatures {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let Some(reading) = article.outcome.reading.as_deref() else { return Ok(()) };
        let Some(signature) = reading.signature else { return Ok(()) };
        let (bytes, text) = (article.text.len() as u64, reading.text);
        let date = reading.date.as_ref();
        let mut signed = self.0.lock();
        if let Some(phases) = &mut signed.phases {
            let mut rows = SignatureRow::of_article(article).into_iter();
            rows.try_for_each(|row| phases.add(&PhaseRow::Article(text, row)))?;
        }
        signed.add(article.name, bytes, text, signature, date)
    }

    fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        let mut signed = self.0.lock();
        signed.phases.as_mut().map_or(Ok(()), |phases| phases.fail(failure))?;
        signed.fail(failure)
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(None)
    }
}
