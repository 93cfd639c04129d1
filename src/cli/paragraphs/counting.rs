//! The first reading: in how many articles each paragraph stands.

use std::sync::Arc;

use super::super::Ending;
use super::super::gather::gather;
use super::super::jobs::{Article, Job, Outcome};
use super::super::memory::Memory;
use super::super::run::RunPlan;
use super::super::sinks::{Processed, Sink};
use super::ParagraphReading;
use crate::clean::TextHash;
use crate::corpus::{ArticleParagraphs, ParagraphOptions, RepeatedParagraphs};
use crate::io::{Row, Sorter, grouped, halves, whole};

/// Memory for a paragraph that stands in several articles: its count, and that it was told.
const BYTES_OF_PARAGRAPH: u64 = 80;

/// What the first reading finds.
pub(super) struct CountedParagraphs {
    pub repeated: RepeatedParagraphs,
    pub order: ArticleOrder,
}

/// The paragraphs of articles, to be counted. They are sorted, so memory holds only those that stand in several articles.
struct SortedParagraphs {
    memory: Arc<Memory>,
    /// Each paragraph of each article: the hash of its key, the article's number and its hash.
    paragraphs: Sorter<6>,
    order: ArticleOrder,
}

impl SortedParagraphs {
    fn new(memory: &Arc<Memory>) -> anyhow::Result<Self> {
        let paragraphs = memory.named(Sorter::new(&memory.folder, memory.sorting / 2))?;
        Ok(Self { memory: Arc::clone(memory), paragraphs, order: ArticleOrder::default() })
    }

    /// Takes the next article.
    fn add(&mut self, text: &str, article: &ArticleParagraphs) -> anyhow::Result<()> {
        let ([upper, lower], [a, b]) = (halves(self.order.count), halves(article.article().bits()));
        self.order.add(text);
        let sorted = article.keys().iter().try_for_each(|key| {
            let [key_upper, key_lower] = halves(key.bits());
            self.paragraphs.push(Row([key_upper, key_lower, upper, lower, a, b]))
        });
        self.memory.named(sorted)
    }

    /// The paragraphs that stand in as many articles as the options say.
    fn finish(self, options: &ParagraphOptions) -> anyhow::Result<CountedParagraphs> {
        let Self { memory, paragraphs, order } = self;
        let mut common = Vec::new();
        for paragraph in grouped(memory.named(paragraphs.sorted())?) {
            let paragraph = memory.named(paragraph)?;
            if paragraph.different >= options.articles.into() {
                let Row([.., a, b]) = paragraph.first;
                let [key, first] = [paragraph.number(), whole([a, b])].map(TextHash::from_bits);
                common.push((key, first, u32::try_from(paragraph.different).unwrap_or(u32::MAX)));
                memory.ensure(common.len() as u64 * BYTES_OF_PARAGRAPH, "so many repeated paragraphs")?;
            }
        }
        Ok(CountedParagraphs { repeated: RepeatedParagraphs::of(common, options), order })
    }
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

/// Counts the paragraphs of all articles; `None` if the reading is interrupted.
pub(super) fn count(
    plan: &RunPlan,
    options: &ParagraphOptions,
    memory: &Arc<Memory>,
    beside: Vec<Box<dyn Sink>>,
) -> anyhow::Result<(Option<CountedParagraphs>, Ending)> {
    let add = |sorted: &mut Option<SortedParagraphs>, article: &Processed| match (
        sorted,
        &article.outcome.paragraphs,
    ) {
        (Some(sorted), Some(ParagraphReading::Counted(paragraphs))) => sorted.add(article.text, paragraphs),
        _ => Ok(()),
    };
    let beginning = Some(SortedParagraphs::new(memory)?);
    let (sorted, ending) = gather(plan, &CountParagraphs { options }, beginning, add, beside)?;
    let sorted = sorted.filter(|_| !ending.interrupted);
    Ok((sorted.map(|sorted| sorted.finish(options)).transpose()?, ending))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::ParagraphCounts;

    /// The counts of sorted files are those of `ParagraphCounts`, which counts in memory.
    #[test]
    fn sorting_counts_as_memory_does() {
        let options = ParagraphOptions { characters: 5, ..ParagraphOptions::default() };
        let text = |number: usize| {
            format!(
                "第{number}個攤位搬走了。\n本報所刊文章，未經同意請勿轉載。\n街坊說這是第{}次搬走。\n",
                number % 400
            )
        };
        let articles: Vec<(String, String)> =
            (0..1000).map(|number| (number.to_string(), text(number))).collect();
        let mut counts = ParagraphCounts::default();
        let mut sorted = SortedParagraphs::new(&Memory::small(1 << 20, 0)).unwrap();
        for (name, text) in &articles {
            let article = ArticleParagraphs::of(name, text, &options);
            counts.add(&article);
            sorted.add(text, &article).unwrap();
        }
        let (expected, found) = (counts.repeated(&options), sorted.finish(&options).unwrap().repeated);
        assert_eq!((found.count(), expected.count()), (201, 201));
        for (name, text) in &articles {
            assert_eq!(found.find(name, text), expected.find(name, text));
        }
    }
}
