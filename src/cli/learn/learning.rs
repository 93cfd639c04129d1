//! The second reading: what cleaning does with the lines that stand on many pages.

use super::super::Ending;
use super::super::gather::gather;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::RunPlan;
use super::super::sinks::Processed;
use super::Learned;
use crate::corpus::{Learner, PageReader};

/// Learns from all articles. Some pages come more than once.
pub(super) fn learn(
    plan: &RunPlan,
    reader: &PageReader,
    repeated: Vec<u64>,
) -> anyhow::Result<(Learner, Ending)> {
    let add = |learner: &mut Learner, article: &Processed| {
        if let Some(Learned::Reading(reading)) = &article.outcome.learned {
            learner.add(reading);
        }
        Ok(())
    };
    gather(plan, &Read { reader }, Learner::knowing(repeated), add, Vec::new())
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
