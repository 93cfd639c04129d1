//! Exceptions for lines that were put back, so that the next run leaves them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context;

use super::super::exceptions::keep_lines;
use super::{Processed, Sink, Totals};
use crate::io::Output;

/// Writes exceptions beside the inputs.
pub(super) struct ExceptionsSink {
    paths: Vec<PathBuf>,
    /// By input, the lines that were put back.
    lines: BTreeMap<PathBuf, Vec<String>>,
}

impl ExceptionsSink {
    /// A sink for the articles of these inputs.
    pub fn new(paths: &[PathBuf]) -> Self {
        Self { paths: paths.to_vec(), lines: BTreeMap::new() }
    }

    /// The input of an article: the one that has its name, or the only one.
    fn path(&self, name: &str) -> Option<&PathBuf> {
        let only = || self.paths.first().filter(|_| self.paths.len() == 1);
        self.paths.iter().find(|path| path.display().to_string() == name).or_else(only)
    }
}

impl Sink for ExceptionsSink {
    fn article(&mut self, article: &Processed) -> anyhow::Result<()> {
        let lines = &article.outcome.put_back;
        if !lines.is_empty() {
            let path = self
                .path(article.name)
                .with_context(|| format!("{}: --keep takes one file of records at a time", article.name))?;
            self.lines.entry(path.clone()).or_default().extend(lines.iter().cloned());
        }
        Ok(())
    }

    fn finish(self: Box<Self>, _totals: &Totals) -> anyhow::Result<Option<Output>> {
        self.lines.iter().try_for_each(|(path, lines)| keep_lines(path, lines).map(drop))?;
        Ok(None)
    }
}
