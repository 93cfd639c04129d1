//! The totals of a run.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Sources;
use crate::pipeline::Cleaned;
use crate::rules::{Rule, rule};

/// The lines and bytes that one rule removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Removed lines.
    pub lines: u64,
    /// Their bytes, without terminators.
    pub bytes: u64,
}

impl Tally {
    pub(super) fn add(&mut self, bytes: u64) {
        self.lines += 1;
        self.bytes += bytes;
    }
}

/// Totals of a run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Documents that were cleaned or converted.
    pub documents: u64,
    /// Documents that could not be processed.
    pub errors: u64,
    /// Bytes of the documents' texts.
    pub bytes_in: u64,
    /// Bytes of the clean texts.
    pub bytes_out: u64,
    /// Removed lines.
    pub removed_lines: u64,
    /// Kept lines that conversion or mending changed.
    pub rewritten_lines: u64,
    /// Characters that conversion changed.
    pub characters_converted: u64,
    /// For each name (`entity`, `radical`), the number of pieces of kept lines that were replaced by
    /// characters.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub replaced: BTreeMap<String, u64>,
    /// The user's rules, which renderings name beside the built-in ones.
    #[serde(skip)]
    pub own_rules: Vec<&'static Rule>,
    /// For each rule, the lines and bytes that it removed.
    pub rules: BTreeMap<Cow<'static, str>, Tally>,
    /// For each category, the lines and bytes that its rules removed.
    #[serde(default)]
    pub categories: BTreeMap<String, Tally>,
    /// For each source, the documents, and the lines and bytes that were removed.
    #[serde(flatten)]
    pub sources: Sources,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Bytes of text per second.
    pub bytes_per_second: f64,
}

impl Summary {
    /// Adds a cleaned document of `bytes` bytes.
    pub fn add(&mut self, bytes: usize, cleaned: &Cleaned) {
        self.documents += 1;
        self.bytes_in += bytes as u64;
        self.bytes_out += cleaned.text.len() as u64;
        self.removed_lines += cleaned.removals.len() as u64;
        self.rewritten_lines += cleaned.rewrites.len() as u64;
        self.characters_converted += cleaned.conversion.characters_changed as u64;
        for replacement in &cleaned.replacements {
            *self.replaced.entry(replacement.rule.to_owned()).or_default() += 1;
        }
        for removal in &cleaned.removals {
            let bytes = removal.text.len() as u64;
            self.rules.entry(removal.rule.clone()).or_default().add(bytes);
            self.categories.entry(removal.category.to_string()).or_default().add(bytes);
        }
    }

    /// The rule with an id, of the user's or built in.
    ///
    /// ```
    /// use qingwen::report::Summary;
    /// assert!(Summary::default().rule("share/bar").is_some());
    /// ```
    pub fn rule(&self, id: &str) -> Option<&'static Rule> {
        self.own_rules.iter().find(|rule| rule.id == id).copied().or_else(|| rule(id))
    }

    /// Records the duration of the run, in addition to that of runs before an interruption.
    pub fn finish(&mut self, elapsed: Duration) {
        self.seconds += elapsed.as_secs_f64();
        if self.seconds > 0.0 {
            self.bytes_per_second = self.bytes_in as f64 / self.seconds;
        }
    }
}
