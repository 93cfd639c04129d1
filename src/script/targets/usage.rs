//! The forms that Traditional text uses, in the article or in a collection.

use std::sync::Arc;

use super::super::identify::{Clause, clauses};
use super::super::region::{ByRegion, Region};
use super::super::variants::Usage;

/// The forms that the Traditional text of a collection uses, and the characters beside them.
///
/// If given to [`ConversionOptions::usage`](super::ConversionOptions::usage), it decides which forms Simplified text
/// becomes, in the same way for all articles.
#[derive(Debug, Clone, Default)]
pub struct CollectionUsage {
    by_region: ByRegion<Arc<Usage>>,
}

impl CollectionUsage {
    /// Adds a text. Only clauses that are certainly Traditional count. Other clauses are no evidence.
    pub fn add(&mut self, text: &str) {
        for (usage, region) in self.by_region.iter_mut().zip(Region::ALL) {
            add(Arc::make_mut(usage), text, region);
        }
    }

    /// Whether no text has given any evidence yet.
    pub fn is_empty(&self) -> bool {
        self.by_region.iter().all(|usage| usage.is_empty())
    }

    pub(super) fn of(&self, region: Region) -> Arc<Usage> {
        Arc::clone(&self.by_region[region as usize])
    }
}

/// The forms that lines use in clauses that are certainly Traditional.
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
