//! The totals of a run by rule, by category and by source.

use std::cmp::Reverse;
use std::io::{self, Write};

use anstyle::Style;

use super::super::{SourceTally, Sources, Summary, Tally};
use super::text::{padding, shortened, visible, width};
use super::{COLUMNS, NUMBER, articles, style};
use crate::rules::Category;

/// Maximum number of sources that are named.
const SOURCES: usize = 10;

/// Writes the number of lines that were removed by each rule, of each category and from each source, highest
/// numbers first. A table is left out if it would say nothing new: if each category has one rule, or all is
/// from one source. Then follows the number of pieces of lines that were replaced by characters.
///
/// # Errors
/// Errors of the stream.
pub fn totals(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    rules(out, summary)?;
    categories(out, summary)?;
    sources(out, &summary.sources)?;
    replaced(out, summary)
}

fn rules(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let fired = sorted(summary.rules.iter().map(|(id, tally)| (id.as_ref(), *tally)));
    let column = fired.iter().map(|(id, _)| width(id)).max().unwrap_or_default();
    let dimmed = Style::new().dimmed();
    if !fired.is_empty() {
        writeln!(out, "\n{:>NUMBER$}  removed by", "lines")?;
    }
    for (id, Tally { lines, .. }) in fired {
        let Some(rule) = summary.rule(id) else { continue };
        let (color, gap, title) = (style(rule.category), padding(id, column), shortened(rule.title, COLUMNS));
        writeln!(out, "{lines:>NUMBER$}  {color}{id}{color:#}{gap}  {dimmed}{title}{dimmed:#}")?;
    }
    Ok(())
}

fn categories(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let tallies = sorted(summary.categories.iter().map(|(name, tally)| (name.as_str(), *tally)));
    if tallies.len() < 2 || tallies.len() == summary.rules.len() {
        return Ok(());
    }
    writeln!(out, "\n{:>NUMBER$}  removed of category", "lines")?;
    for (name, Tally { lines, .. }) in tallies {
        let color = Category::ALL.iter().find(|category| category.name() == name);
        let color = color.map_or_else(Style::new, |category| style(*category));
        writeln!(out, "{lines:>NUMBER$}  {color}{name}{color:#}")?;
    }
    Ok(())
}

fn sources(out: &mut impl Write, sources: &Sources) -> io::Result<()> {
    let mut all: Vec<(&str, &SourceTally)> =
        sources.named.iter().map(|(name, tally)| (name.as_str(), tally)).collect();
    let removed: u64 = all.iter().map(|(_, tally)| tally.removed.lines).sum();
    if all.len() < 2 || removed == 0 {
        return Ok(());
    }
    all.sort_by_key(|(name, tally)| (Reverse(tally.removed.lines), *name));
    let (named, others) = all.split_at(all.len().min(SOURCES));
    let named = named.iter().map(|(name, tally)| (shortened(name, COLUMNS), **tally));
    let rows: Vec<_> = named.chain(other_sources(others, sources.other)).collect();
    let column = rows.iter().map(|(name, _)| width(name)).max().unwrap_or_default();
    writeln!(out, "\n{:>NUMBER$}  removed from", "lines")?;
    for (name, SourceTally { documents, removed: Tally { lines, .. } }) in rows {
        let (gap, of) = (padding(&name, column), articles(documents));
        writeln!(out, "{lines:>NUMBER$}  {name}{gap}  {of}")?;
    }
    Ok(())
}

/// The sum of the sources that are not named. `rest` is the tally of sources that were not distinguished.
fn other_sources(others: &[(&str, &SourceTally)], rest: SourceTally) -> Option<(String, SourceTally)> {
    let more = if rest.documents > 0 { "more than " } else { "" };
    let sum = others.iter().fold(rest, |sum, (_, tally)| sum + **tally);
    let name = if others.len() == 1 { "other source" } else { "other sources" };
    (sum.documents > 0).then(|| (format!("{more}{} {name}", others.len()), sum))
}

fn replaced(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    if !summary.replaced.is_empty() {
        writeln!(out, "\n{:>NUMBER$}  replaced", "pieces")?;
    }
    for (name, pieces) in &summary.replaced {
        writeln!(out, "{pieces:>NUMBER$}  {}", visible(name))?;
    }
    Ok(())
}

/// Tallies by name, those with most lines first.
fn sorted<'n>(tallies: impl Iterator<Item = (&'n str, Tally)>) -> Vec<(&'n str, Tally)> {
    let mut tallies: Vec<_> = tallies.collect();
    tallies.sort_by_key(|(name, tally)| (Reverse(tally.lines), *name));
    tallies
}
