//! The first reading: the number of pages that have each line.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use super::page::PageLines;
use super::thresholds::LearnThresholds;

/// The number of pages of its source that have each line. It takes about 16 bytes for each different line and
/// each page, whatever their length.
#[derive(Debug, Clone, Default)]
pub struct PageCounts {
    /// For each source, the number of its pages.
    sources: BTreeMap<String, u64>,
    /// For each id, the number of pages that have it.
    lines: HashMap<u64, u32>,
    /// The hashes of the pages. A page that comes again says nothing new.
    pages: HashSet<u64>,
}

impl PageCounts {
    /// Counts a page. The order of the pages does not matter, and a page that comes again does not count.
    pub fn add(&mut self, page: &PageLines) {
        if !self.pages.insert(page.page) {
            return;
        }
        *self.sources.entry(page.source.clone()).or_default() += 1;
        for id in &page.ids {
            let count = self.lines.entry(*id).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// The counts of pages that were counted elsewhere: the number of pages of each source, and the number of
    /// pages that have each line. Lines on fewer pages than [`least`](Self::least) may be left out.
    ///
    /// ```
    /// use qingwen::corpus::{LearnThresholds, Learner, PageCounts, PageLines, PageReader};
    /// let pages = ["老街夜市搬走了。\n分享到：\n", "街坊說好。\n分享到：\n"];
    /// let lines = pages.map(|page| PageLines::of("老街網", page, None));
    /// let shared = lines[0].ids().iter().filter(|id| lines[1].ids().contains(id));
    /// let counts = PageCounts::of([("老街網".to_owned(), 2)], shared.map(|id| (*id, 2)));
    /// let reader = PageReader::new(counts, LearnThresholds::default());
    /// let mut learner = Learner::default();
    /// pages.iter().for_each(|page| learner.add(&reader.read("老街網", page, None)));
    /// assert_eq!(learner.finish(&reader).of_source(None).unwrap().lines()[0].line, "分享到：");
    /// ```
    pub fn of(
        sources: impl IntoIterator<Item = (String, u64)>,
        lines: impl IntoIterator<Item = (u64, u32)>,
    ) -> Self {
        let (sources, lines) = (sources.into_iter().collect(), lines.into_iter().collect());
        Self { sources, lines, pages: HashSet::default() }
    }

    /// The least number of pages that make a line matter in any of these sources, of which each has so many pages.
    pub fn least(documents: impl IntoIterator<Item = u64>, thresholds: &LearnThresholds) -> u64 {
        documents.into_iter().map(|documents| thresholds.least(documents)).min().unwrap_or_default()
    }

    /// The number of pages of a source.
    pub fn documents(&self, source: &str) -> u64 {
        self.sources.get(source).copied().unwrap_or_default()
    }

    /// The sources with the numbers of their pages.
    pub(super) fn sources(&self) -> impl Iterator<Item = (&str, u64)> {
        self.sources.iter().map(|(name, documents)| (name.as_str(), *documents))
    }

    /// The number of pages that have a line.
    pub(super) fn pages(&self, id: u64) -> u64 {
        self.lines.get(&id).copied().unwrap_or_default().into()
    }
}
