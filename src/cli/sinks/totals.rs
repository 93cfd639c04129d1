//! The totals of a run.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Processed;
use crate::report::{Sources, Summary};

/// The totals of a run.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(in crate::cli) struct Totals {
    /// Articles, lines and bytes.
    pub summary: Summary,
    /// Whether an article has what `check` and `diff` look for.
    pub found: bool,
    /// The sources whose numbers have changed since the last state.
    #[serde(skip)]
    changed: BTreeSet<String>,
}

impl Totals {
    /// Adds an article.
    pub fn add(&mut self, article: &Processed) {
        self.found |= article.outcome.found;
        let Some(cleaned) = &article.outcome.cleaned else {
            let bytes_out = article.outcome.text().map_or(article.text.len(), str::len);
            return self.converted(article.publisher, article.text.len(), bytes_out);
        };
        self.summary.add(article.text.len(), cleaned);
        self.summary.sources.add(article.publisher, &cleaned.removals);
        self.has_changed(article.publisher);
    }

    /// Adds an article from which nothing was removed.
    pub fn converted(&mut self, publisher: &str, bytes_in: usize, bytes_out: usize) {
        self.summary.documents += 1;
        self.summary.bytes_in += bytes_in as u64;
        self.summary.bytes_out += bytes_out as u64;
        self.summary.sources.add(publisher, &[]);
        self.has_changed(publisher);
    }

    fn has_changed(&mut self, source: &str) {
        let is_named = self.summary.sources.named.contains_key(source);
        if is_named && !self.changed.contains(source) {
            self.changed.insert(source.to_owned());
        }
    }

    /// The totals, for a later run. Of the sources they have only those that have changed since the last state, because
    /// there may be many sources and many states.
    pub fn state(&mut self) -> Value {
        let changed = std::mem::take(&mut self.changed);
        let all = std::mem::take(&mut self.summary.sources);
        self.summary.sources = Sources { other: all.other, ..Sources::default() };
        let with_tally = |name: String| all.named.get(&name).copied().map(|tally| (name, tally));
        self.summary.sources.named = changed.into_iter().filter_map(with_tally).collect();
        let state = serde_json::to_value(&*self).unwrap_or_default();
        self.summary.sources = all;
        state
    }

    /// Takes over the totals of an interrupted run. Its states come one after another.
    ///
    /// # Errors
    /// If that is no state.
    pub fn restore(&mut self, state: &Value) -> anyhow::Result<()> {
        let Totals { summary, found, .. } = Totals::deserialize(state)?;
        let Summary { own_rules, mut sources, .. } = std::mem::take(&mut self.summary);
        sources.named.extend(summary.sources.named);
        sources.other = summary.sources.other;
        self.summary = Summary { own_rules, sources, ..summary };
        self.found = found;
        Ok(())
    }
}
