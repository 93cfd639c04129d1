//! The first reading: in how many articles each paragraph stands.

use super::super::Ending;
use super::super::gather::gather;
use super::super::jobs::{Article, Job, Outcome};
use super::super::run::RunPlan;
use super::super::sinks::{Processed, Sink};
use super::ParagraphReading;
use crate::clean::TextHash;
use crate::corpus::{ArticleParagraphs, ParagraphCounts, ParagraphOptions};

/// What the first reading finds.
#[derive(Default)]
pub(super) struct CountedParagraphs {
    pub counts: ParagraphCounts,
    pub order: ArticleOrder,
}

/// The articles of a reading in their order, so that another reading can be compared with it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct ArticleOrder {
    count: u64,
    hash: TextHash,
}

impl ArticleOrder {
    /// Adds an article.
    pub fn add(&mut self, text: &str) {
        self.count += 1;
        self.hash = TextHash::of(&format!("{}{}", self.hash, TextHash::of(text)));
    }
}

/// Counts the paragraphs of all articles.
pub(super) fn count(
    plan: &RunPlan,
    options: &ParagraphOptions,
    sinks: Vec<Box<dyn Sink>>,
) -> anyhow::Result<(CountedParagraphs, Ending)> {
    let add = |counted: &mut CountedParagraphs, article: &Processed| {
        if let Some(ParagraphReading::Counted(paragraphs)) = &article.outcome.paragraphs {
            counted.counts.add(paragraphs);
        }
        counted.order.add(article.text);
    };
    gather(plan, &CountParagraphs { options }, add, sinks)
}

/// Finds the paragraphs of articles.
struct CountParagraphs<'o> {
    options: &'o ParagraphOptions,
}

impl Job for CountParagraphs<'_> {
    fn process(&self, article: &Article) -> Outcome {
        let paragraphs = ArticleParagraphs::of(article.name, article.text, self.options);
        Outcome { paragraphs: Some(ParagraphReading::Counted(paragraphs)), ..Outcome::default() }
    }
}
