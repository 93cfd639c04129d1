//! Totals of a search for copies.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use serde::{Serialize, Serializer};

use crate::corpus::{Duplicate, DuplicateKind};

/// The relation of a copy to its article.
#[derive(Serialize)]
struct Relation {
    kind: &'static str,
    similarity: f64,
    containment: f64,
}

/// Writes the relation of a copy to its article. Shares have four decimals.
pub(super) fn relation<S: Serializer>(duplicate: &Duplicate, serializer: S) -> Result<S::Ok, S::Error> {
    let rounded = |share: f64| (share * 10_000.0).round() / 10_000.0;
    let Duplicate { kind, similarity, containment, .. } = duplicate;
    let (similarity, containment) = (rounded(*similarity), rounded(*containment));
    Relation { kind: kind.name(), similarity, containment }.serialize(serializer)
}

/// Whether a number is left out, because it is zero.
fn is_zero(count: &u64) -> bool {
    *count == 0
}

/// Totals of a search for copies in a collection.
///
/// ```
/// use qingwen::corpus::{DuplicateKind, DedupOptions, duplicates};
/// use qingwen::report::CollectionSummary;
/// let texts = ["老街夜市搬走了！", "老街夜市搬走了。", "街坊說，好。"];
/// let summary = CollectionSummary::of(texts.len(), 60, &duplicates(texts, &DedupOptions::default()));
/// assert_eq!((summary.documents, summary.duplicates, summary.kinds["same"]), (3, 1, 1));
/// assert_eq!(summary.to_string(), "3 articles: 1 copy (1 same), 2 left");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct CollectionSummary {
    /// Articles that were compared.
    pub documents: u64,
    /// Articles that could not be read.
    pub errors: u64,
    /// Bytes of their texts.
    pub bytes_in: u64,
    /// Articles that are copies of others.
    pub duplicates: u64,
    /// Copies of articles that earlier runs saw.
    #[serde(skip_serializing_if = "is_zero")]
    pub earlier: u64,
    /// Copies by kind.
    pub kinds: BTreeMap<&'static str, u64>,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Bytes of text per second.
    pub bytes_per_second: f64,
}

impl CollectionSummary {
    /// The totals of a collection with this number of articles and of bytes of text.
    pub fn of(documents: usize, bytes: u64, duplicates: &[Duplicate]) -> Self {
        let mut kinds = BTreeMap::new();
        duplicates.iter().for_each(|duplicate| *kinds.entry(duplicate.kind.name()).or_default() += 1);
        Self {
            documents: documents as u64,
            bytes_in: bytes,
            duplicates: duplicates.len() as u64,
            kinds,
            ..Self::default()
        }
    }

    /// Records the duration.
    pub fn finish(&mut self, elapsed: Duration) {
        self.seconds = elapsed.as_secs_f64();
        if self.seconds > 0.0 {
            self.bytes_per_second = self.bytes_in as f64 / self.seconds;
        }
    }
}

impl fmt::Display for CollectionSummary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let articles = if self.documents == 1 { "article" } else { "articles" };
        let copies = if self.duplicates == 1 { "copy" } else { "copies" };
        write!(f, "{} {articles}: {} {copies}", self.documents, self.duplicates)?;
        let kinds =
            DuplicateKind::ALL.iter().filter_map(|kind| Some((self.kinds.get(kind.name())?, kind.name())));
        let kinds: Vec<String> = kinds.map(|(count, name)| format!("{count} {name}")).collect();
        if !kinds.is_empty() {
            write!(f, " ({})", kinds.join(", "))?;
        }
        if self.earlier > 0 {
            write!(f, ", {} of earlier articles", self.earlier)?;
        }
        write!(f, ", {} left", self.documents - self.duplicates)?;
        if self.errors > 0 { write!(f, ", {} not read", self.errors) } else { Ok(()) }
    }
}
