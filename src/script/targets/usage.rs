//! Which forms Traditional text uses: that of the article, or of a collection.

use std::sync::Arc;

use super::super::identify::{Clause, clauses};
use super::super::variants::{Region, Usage};

/// Which forms the Traditional text of a collection uses, and beside which characters.
///
/// Given to [`ConversionOptions::usage`](super::ConversionOptions::usage), it decides for all articles alike which
/// forms what was Simplified becomes.
#[derive(Debug, Clone, Default)]
pub struct CollectionUsage {
    by_region: [Arc<Usage>; 2],
}

impl CollectionUsage {
    /// Adds a text. Of its clauses those count that are certainly Traditional; others tell nothing.
    pub fn add(&mut self, text: &str) {
        for (usage, region) in self.by_region.iter_mut().zip(Region::ALL) {
            add(Arc::make_mut(usage), text, region);
        }
    }

    /// Whether no text has told anything yet.
    pub fn is_empty(&self) -> bool {
        self.by_region.iter().all(|usage| usage.is_empty())
    }

    pub(super) fn of(&self, region: Region) -> Arc<Usage> {
        Arc::clone(&self.by_region[region as usize])
    }
}

/// The forms which lines use in clauses that are certainly Traditional.
pub(super) fn of_lines<'t>(lines: impl Iterator<Item = &'t str>, region: Region) -> Usage {
    let mut usage = Usage::default();
    lines.for_each(|line| add(&mut usage, line, region));
    usage
}

fn add(usage: &mut Usage, text: &str, region: Region) {
    let is_certain =
        |clause: &Clause| clause.count.hans == 0 && clause.count.hant > 0 && !clause.is_japanese();
    let certain = clauses(text).filter(is_certain);
    certain.for_each(|clause| usage.add(clause.text, region));
}
