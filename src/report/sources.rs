//! Totals of removals by source.

use std::collections::BTreeMap;
use std::ops::Add;

use serde::{Deserialize, Serialize};

use super::Tally;
use crate::pipeline::Removal;

/// Maximum number of sources that are distinguished, so that memory stays bounded.
const SOURCES: usize = 10_000;
/// Maximum length of a source's name in bytes. A longer text is not a name.
const NAME: usize = 256;

/// The number of documents of a source, and what was removed from them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceTally {
    /// Documents.
    pub documents: u64,
    /// The lines and bytes that were removed from them.
    #[serde(flatten)]
    pub removed: Tally,
}

impl SourceTally {
    fn count(&mut self, removals: &[Removal]) {
        self.documents += 1;
        removals.iter().for_each(|removal| self.removed.add(removal.text.len() as u64));
    }

    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Add for SourceTally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let (lines, bytes) =
            (self.removed.lines + other.removed.lines, self.removed.bytes + other.removed.bytes);
        Self { documents: self.documents + other.documents, removed: Tally { lines, bytes } }
    }
}

/// Totals by source. The first 10,000 sources are distinguished, and the rest is counted together.
///
/// ```
/// use qingwen::{Cleaner, report::Sources};
/// let mut sources = Sources::default();
/// sources.add("news.example.com", &Cleaner::default().clean("街坊說好。\n分享到:\n").removals);
/// let tally = sources.named["news.example.com"];
/// assert_eq!((tally.documents, tally.removed.lines), (1, 1));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Sources {
    /// The sources, by name.
    #[serde(default, rename = "sources", skip_serializing_if = "BTreeMap::is_empty")]
    pub named: BTreeMap<String, SourceTally>,
    /// All further sources, and those with a name of more than 256 bytes.
    #[serde(default, rename = "other_sources", skip_serializing_if = "SourceTally::is_empty")]
    pub other: SourceTally,
}

impl Sources {
    /// Adds a document of a source, from which these lines were removed.
    pub fn add(&mut self, source: &str, removals: &[Removal]) {
        let is_named = self.named.contains_key(source);
        if is_named || self.named.len() < SOURCES && source.len() <= NAME {
            self.named.entry(source.to_owned()).or_default().count(removals);
        } else {
            self.other.count(removals);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_beyond_the_limit_are_counted_together() {
        let cleaned = crate::Cleaner::default().clean("街坊說好。\n分享到:\n");
        let mut sources = Sources::default();
        (0..SOURCES + 2).for_each(|number| sources.add(&number.to_string(), &cleaned.removals));
        sources.add("0", &cleaned.removals);
        sources.add(&"長".repeat(NAME), &cleaned.removals);
        assert_eq!((sources.named.len(), sources.named["0"].documents), (SOURCES, 2));
        assert_eq!((sources.other.documents, sources.other.removed.lines), (3, 3));
    }
}
