//! The counts of a line. Sums do not depend on the order of the pages.

use std::collections::BTreeSet;

use super::page::Occurrence;
use crate::detect::learned::LineCounts;

/// Maximum number of different lines of a frame that are distinguished. Further lines add no information.
const VARIANTS: usize = 8;

/// The counts of a line or of a frame.
#[derive(Debug, Clone, Default)]
pub(super) struct PageTally {
    pub counts: LineCounts,
    /// The smallest of all forms of the line.
    pub example: String,
    /// The smallest hashes of the different lines of a frame.
    pub variants: BTreeSet<u64>,
}

impl PageTally {
    /// Counts an occurrence. `is_first` says whether it is the first one of its page.
    pub fn add(&mut self, occurrence: &Occurrence, is_first: bool) {
        let Occurrence { text, key, position, removed, metadata, enclosed, beside_metadata, .. } = occurrence;
        let Occurrence { company, leads, .. } = occurrence;
        let counts = &mut self.counts;
        counts.documents += u64::from(is_first);
        counts.occurrences += 1;
        counts.removed += u64::from(*removed);
        counts.metadata += u64::from(*metadata);
        counts.enclosed += u64::from(*enclosed);
        counts.beside_metadata += u64::from(*beside_metadata);
        counts.company += company.lines;
        counts.company_removed += company.removed;
        counts.leads += u64::from(*leads);
        *position.count(counts) += 1;
        if self.example.is_empty() || *text < self.example {
            self.example.clone_from(text);
        }
        self.variants.insert(*key);
        if self.variants.len() > VARIANTS {
            self.variants.pop_last();
        }
    }
}
