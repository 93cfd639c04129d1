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
}

/// An article until those are known that stand before it.
pub(super) struct HeldArticle {
    pub name: Box<str>,
    pub bytes: u64,
    pub text: TextHash,
    pub signature: Signature,
}

/// Reads all articles. Other sinks get them too.
pub(super) fn sign(
    plan: &RunPlan,
    texts: &ComparedTexts,
    memory: &Arc<Memory>,
    holds: bool,
    mut sinks: Vec<Box<dyn Sink>>,
) -> anyhow::Result<(Signed, Ending)> {
    let signing = Some(Signing::new(memory)?);
    let signed = Shared::new(Signed { signing, held: holds.then(Vec::new) });
    sinks.push(Box::new(TakeSignatures(signed.clone())));
    let ending = run(plan, &SignTexts { texts }, Destination::nowhere(), Sinks::begin().with(sinks))?;
    Ok((signed.take(), ending))
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
        let mut signed = self.0.lock();
        if let Some(held) = &mut signed.held {
            held.push(HeldArticle { name: article.name.into(), bytes, text, signature });
            return Ok(());
        }
        let add =
            |signing: &mut Signing| signing.add(article.name, bytes, text, &signature, reading.date.as_ref());
        signed.signing.as_mut().map_or(Ok(()), add)
    }

    fn failed(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.0.lock().signing.as_mut().map_or(Ok(()), |signing| signing.fail(failure))
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        Ok(None)
    }
}
