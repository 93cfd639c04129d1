//! Shows a model of a collection as a table.

use std::fmt::Write as _;

use super::COLUMNS;
use super::text::{shortened, visible};
use crate::corpus::{CorpusModel, LearnedLine, LineCounts, SourceLines};

/// A model as a table: for each source its lines, those on most pages first. `removed` is how often cleaning takes the line
/// for furniture or metadata by itself, and `place` is where it stands most often.
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
    source.lines().iter().for_each(|line| row(table, line, source.documents()));
}

fn row(table: &mut String, learned: &LearnedLine, documents: u64) {
    let LearnedLine { line, frame, verdict, reviewed, counts } = learned;
    let marks = [(*frame, " (any numbers)"), (*reviewed, " (reviewed)")];
    let marks: String = marks.iter().filter(|(holds, _)| *holds).map(|(_, mark)| *mark).collect();
    let found = counts.removed + counts.metadata;
    let _ = writeln!(
        table,
        "{:<9} {:>7} {:>6} {:>8}  {:<6}  {}{marks}",
        verdict.name(),
        counts.documents,
        per_cent(counts.documents, documents),
        per_cent(found, counts.occurrences),
        place(counts),
        shortened(line, COLUMNS),
    );
}

fn per_cent(part: u64, whole: u64) -> String {
    format!("{:.0}%", part as f64 * 100.0 / whole.max(1) as f64)
}

/// Where the line stands most often among the page's own lines.
fn place(counts: &LineCounts) -> &'static str {
    let places = [(counts.middle, "middle"), (counts.head, "head"), (counts.tail, "tail")];
    places.into_iter().max_by_key(|(count, _)| *count).map_or("", |(_, name)| name)
}
