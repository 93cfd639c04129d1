//! The first reading: on how many pages each line stands. Lines and pages are counted by sorting them, so memory holds
//! only the lines that stand on several pages.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use anyhow::Context;

use super::super::Ending;
use super::super::gather::gather;
use super::super::jobs::{Article, Job, Outcome};
use super::super::memory::Memory;
use super::super::run::RunPlan;
use super::super::sinks::{Processed, Sink};
use super::Learned;
use crate::corpus::{LearnThresholds, PageCounts, PageLines};
use crate::io::{Row, Sorter, grouped, halves};

/// Memory for a line that stands on several pages: its count, and what the second reading finds of it.
const BYTES_OF_LINE: u64 = 500;
/// Memory for a page that comes more than once.
const BYTES_OF_PAGE: u64 = 40;

/// What the first reading finds.
#[derive(Default)]
pub(in crate::cli) struct CountedPages {
    pub counts: PageCounts,
    /// The hashes of the pages that come more than once.
    pub repeated: Vec<u64>,
}

/// Counts the lines of all articles. The sinks beside get what could not be read. Nothing is counted if the reading is
/// interrupted.
pub(super) fn count(
    plan: &RunPlan,
    memory: &Arc<Memory>,
    beside: Vec<Box<dyn Sink>>,
) -> anyhow::Result<(CountedPages, Ending)> {
    let add = |pages: &mut Option<SortedPages>, article: &Processed| match (pages, &article.outcome.learned) {
        (Some(pages), Some(Learned::Lines(lines))) => pages.add(lines),
        _ => Ok(()),
    };
    let (pages, ending) = gather(plan, &Count, Some(SortedPages::new(memory)?), add, beside)?;
    let counted = pages.filter(|_| !ending.interrupted).map(SortedPages::finish).transpose()?;
    Ok((counted.unwrap_or_default(), ending))
}

/// Finds the lines of articles.
struct Count;

impl Job for Count {
    fn process(&self, article: &Article) -> Outcome {
        let lines = PageLines::of(article.publisher, article.text, article.title);
        Outcome { learned: Some(Learned::Lines(lines)), ..Outcome::default() }
    }
}

/// The lines of pages, to be counted.
pub(in crate::cli) struct SortedPages {
    memory: Arc<Memory>,
    /// The number of each source.
    sources: BTreeMap<String, u32>,
    /// Each page: its hash, and the number of its source.
    pages: Sorter<3>,
    /// Each line of each page: its id, and the hash of the page.
    lines: Sorter<4>,
}

impl SortedPages {
    /// No pages yet.
    ///
    /// # Errors
    /// Errors of the temporary files.
    pub fn new(memory: &Arc<Memory>) -> anyhow::Result<Self> {
        let pages = memory.named(Sorter::new(&memory.folder, memory.sorting / 8))?;
        let lines = memory.named(Sorter::new(&memory.folder, memory.sorting / 2))?;
        Ok(Self { memory: Arc::clone(memory), sources: BTreeMap::new(), pages, lines })
    }

    /// Takes a page.
    ///
    /// # Errors
    /// Errors of the temporary files.
    pub fn add(&mut self, page: &PageLines) -> anyhow::Result<()> {
        let source = self.source(page.source())?;
        let sorted = self.sort(page, source);
        self.memory.named(sorted)
    }

    /// The number of a source.
    fn source(&mut self, name: &str) -> anyhow::Result<u32> {
        if let Some(number) = self.sources.get(name) {
            return Ok(*number);
        }
        let next = u32::try_from(self.sources.len()).context("there are more than 4,294,967,295 sources")?;
        self.sources.insert(name.to_owned(), next);
        Ok(next)
    }

    fn sort(&mut self, page: &PageLines, source: u32) -> io::Result<()> {
        let [upper, lower] = halves(page.hash());
        self.pages.push(Row([upper, lower, source]))?;
        page.ids().iter().try_for_each(|id| {
            let [id_upper, id_lower] = halves(*id);
            self.lines.push(Row([id_upper, id_lower, upper, lower]))
        })
    }

    /// The counts. A page that comes again does not count.
    ///
    /// # Errors
    /// Errors of the temporary files, and if the lines on several pages need more memory.
    pub fn finish(self) -> anyhow::Result<CountedPages> {
        let Self { memory, sources, pages, lines } = self;
        let (documents, repeated) = counted_pages(&memory, sources.len(), pages)?;
        let least = PageCounts::least(documents.iter().copied(), &LearnThresholds::default());
        let lines = common_lines(&memory, lines, least, repeated.len() as u64 * BYTES_OF_PAGE)?;
        let sources = sources.into_iter().map(|(name, number)| (name, documents[number as usize]));
        Ok(CountedPages { counts: PageCounts::of(sources, lines), repeated })
    }
}

/// The number of pages of each source, and the pages that come more than once.
fn counted_pages(memory: &Memory, sources: usize, pages: Sorter<3>) -> anyhow::Result<(Vec<u64>, Vec<u64>)> {
    let (mut documents, mut repeated) = (vec![0; sources], Vec::new());
    for page in grouped(memory.named(pages.sorted())?) {
        let page = memory.named(page)?;
        let Row([.., source]) = page.first;
        documents[source as usize] += 1;
        if page.repeats {
            repeated.push(page.number());
            memory.ensure(repeated.len() as u64 * BYTES_OF_PAGE, "so many pages that come again")?;
        }
    }
    Ok((documents, repeated))
}

/// The lines on so many pages or more, with the numbers of their pages. Of the memory, so many bytes are taken.
fn common_lines(
    memory: &Memory,
    lines: Sorter<4>,
    least: u64,
    taken: u64,
) -> anyhow::Result<Vec<(u64, u32)>> {
    let mut common = Vec::new();
    for line in grouped(memory.named(lines.sorted())?) {
        let line = memory.named(line)?;
        if line.different >= least {
            common.push((line.number(), u32::try_from(line.different).unwrap_or(u32::MAX)));
            let bytes = taken + common.len() as u64 * BYTES_OF_LINE;
            memory.ensure(bytes, "so many lines that stand on several pages")?;
        }
    }
    Ok(common)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{LearnOptions, Learner, PageReader, learn};

    /// Pages of two sources, of which one has a line on all pages, and some come again.
    fn pages() -> Vec<(String, String)> {
        let page = |number: usize| {
            let number = number % 700;
            let source = ["老街網", "夜市網"][number % 2];
            (source.to_owned(), format!("第{number}個攤位搬走了。\n人氣 {number}\n{source}茶行\n分享到：\n"))
        };
        (0..1000).map(page).collect()
    }

    /// The counts of sorted files are those of `learn`, which counts in memory.
    #[test]
    fn sorting_counts_as_memory_does() {
        let pages = pages();
        let texts = pages.iter().map(|(source, text)| (source.as_str(), text.as_str()));
        let expected = learn(texts.clone(), &LearnOptions::default());
        let mut sorted = SortedPages::new(&Memory::small(1 << 20, 0)).unwrap();
        texts.clone().for_each(|(source, text)| sorted.add(&PageLines::of(source, text, None)).unwrap());
        let CountedPages { counts, repeated } = sorted.finish().unwrap();
        assert_eq!(repeated.len(), 300);
        let reader = PageReader::new(counts, LearnThresholds::default());
        let mut learner = Learner::knowing(repeated);
        texts.for_each(|(source, text)| learner.add(&reader.read(source, text, None)));
        let model = learner.finish(&reader);
        assert_eq!(model.to_text(), expected.to_text());
        assert_eq!(model.sources().map(|source| source.documents()).sum::<u64>(), 700);
    }

    #[test]
    fn too_little_memory_is_an_error_that_says_how_much_is_enough() {
        let mut sorted = SortedPages::new(&Memory::small(10, 0)).unwrap();
        pages().iter().for_each(|(source, text)| sorted.add(&PageLines::of(source, text, None)).unwrap());
        let error = sorted.finish().err().unwrap().to_string();
        assert!(error.ends_with("need more memory; --memory 32M is enough"), "{error}");
    }
}
