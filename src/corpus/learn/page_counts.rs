//! The first reading: the number of pages that have each line.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use super::page::PageLines;

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
