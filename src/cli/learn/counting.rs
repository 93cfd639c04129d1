//! The first reading: on how many pages each line stands.

use super::super::Ending;
use super::super::gather::gather;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::RunPlan;
use super::super::sinks::{Processed, Sink};
use super::Learned;
use crate::corpus::{PageCounts, PageLines};

/// Counts the lines of all articles. The sinks beside get what could not be read.
pub(super) fn count(plan: &RunPlan, beside: Vec<Box<dyn Sink>>) -> anyhow::Result<(PageCounts, Ending)> {
    let add = |counts: &mut PageCounts, article: &Processed| {
        if let Some(Learned::Lines(lines)) = &article.outcome.learned {
            counts.add(lines);
        }
    };
    gather(plan, &Count, add, beside)
}

/// Finds the lines of articles.
struct Count;

impl Job for Count {
    fn process(&self, article: &Article) -> Outcome {
        let lines = PageLines::of(article.publisher, article.text, article.title);
        Outcome { learned: Some(Learned::Lines(lines)), ..Outcome::default() }
    }
}
