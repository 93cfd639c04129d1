//! A model of a collection as a table.

use std::fmt::Write as _;

use super::super::learned::LearnedRow;
use super::COLUMNS;
use super::text::{shortened, visible};
use crate::corpus::{CorpusModel, SourceLines};

/// A model as a table: for each source its lines, those on most pages first. `removed` is the share of the
/// line's occurrences that cleaning by itself labels as boilerplate or metadata, and `place` is the line's
/// most frequent position.
///
/// ```
/// use qingwen::corpus::{LearnOptions, learn};
/// let pages = ["老街夜市搬走了。\n分享到：\n", "街坊說好。\n分享到：\n"].map(|page| ("老街網", page));
/// let table = qingwen::report::terminal::learned(&learn(pages, &LearnOptions::default()));
/// assert!(table.ends_with("goes            2   100%     100%  tail    分享到：\n"), "{table}");
/// ```
pub fn learned(model: &CorpusModel) -> String {
    let mut table = String::new();
    model.sources().for_each(|source| rows(&mut table, source));
    table
}

fn rows(table: &mut String, source: &SourceLines) {
    let space = if table.is_empty() { "" } else { "\n" };
    // Writing to memory does not fail.
    let _ = writeln!(table, "{space}{}: pages {}", visible(source.name()), source.documents());
    let _ = writeln!(table, "verdict     pages  share  removed  place   line");
    source.lines().iter().for_each(|line| row(table, &LearnedRow::of(line, source.documents())));
}

fn row(table: &mut String, row: &LearnedRow) {
    let LearnedRow { verdict, documents, share, removed, place, line, marks } = row;
    let line = shortened(line, COLUMNS);
    let _ = writeln!(table, "{verdict:<9} {documents:>7} {share:>6} {removed:>8}  {place:<6}  {line}{marks}");
}
