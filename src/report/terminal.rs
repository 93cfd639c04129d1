//! The report for people to read in a terminal. Colours are written always; the stream drops them where
//! they do not belong.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_segmentation::UnicodeSegmentation;

use super::Summary;
use crate::cleaner::{Cleaned, Removal};
use crate::detect::{Category, Evidence};

/// Characters of a removed line that are shown, as a reader counts them.
const SHOWN: usize = 60;

/// The colour of a category.
pub(crate) fn style(category: Category) -> Style {
    let color = match category {
        Category::Repeat => AnsiColor::Yellow,
        Category::Share | Category::Follow => AnsiColor::Magenta,
        Category::Related | Category::Nav => AnsiColor::Blue,
        Category::Legal | Category::Metadata => AnsiColor::Cyan,
        Category::Ad => AnsiColor::Red,
        Category::Residue => AnsiColor::BrightBlack,
    };
    color.on_default()
}

/// Writes what was removed from an article, a line each.
///
/// # Errors
/// Those of the stream.
pub fn article(out: &mut impl Write, name: &str, cleaned: &Cleaned) -> io::Result<()> {
    let bold = Style::new().bold();
    let (removed, rewritten) = (cleaned.removals.len(), cleaned.rewrites.len());
    writeln!(out, "{bold}{name}{bold:#}: {} removed, {} changed", lines(removed), lines(rewritten))?;
    cleaned.removals.iter().try_for_each(|removal| line(out, removal))
}

fn line(out: &mut impl Write, removal: &Removal) -> io::Result<()> {
    let color = style(removal.category);
    let struck = color.strikethrough();
    let (number, rule, text) = (removal.line, removal.rule, shortened(&removal.text));
    let reason = reason(&removal.evidence);
    writeln!(out, "{number:>6}  {struck}{text}{struck:#}  {color}{rule}{color:#}{reason}")
}

/// What a removal rests on, in a few words.
pub(crate) fn reason(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Twin { twin_line: Some(twin), how: "near", similarity } => {
            format!(", like line {twin} ({similarity:.2})")
        }
        Evidence::Twin { twin_line: Some(twin), how: "contained", .. } => format!(", within line {twin}"),
        Evidence::Twin { twin_line: Some(twin), .. } => format!(", as line {twin}"),
        Evidence::Twin { twin_line: None, .. } => ", as the title".into(),
        Evidence::Section { heading_line } => format!(", under line {heading_line}"),
        Evidence::Pattern { .. } => String::new(),
        Evidence::Model { probability, features } => {
            let strongest = features.first().map_or(String::new(), |feature| format!(": {feature}"));
            format!(", {:.0}%{strongest}", probability * 100.0)
        }
    }
}

/// Writes how many lines each rule removed.
///
/// # Errors
/// Those of the stream.
pub fn rules(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    summary.rules.iter().try_for_each(|(rule, tally)| writeln!(out, "{:>6}  {rule}", tally.lines))
}

/// Writes the totals of a run in one line.
///
/// # Errors
/// Those of the stream.
pub fn closing_line(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let removed = lines(summary.removed_lines as usize);
    let rewritten = lines(summary.rewritten_lines as usize);
    let errors = if summary.errors > 0 { format!(", {} not cleaned", summary.errors) } else { String::new() };
    let articles =
        if summary.documents == 1 { "1 article".into() } else { format!("{} articles", summary.documents) };
    writeln!(out, "{articles}: {removed} removed, {rewritten} changed{errors}")
}

fn lines(count: usize) -> String {
    if count == 1 { "1 line".into() } else { format!("{count} lines") }
}

fn shortened(text: &str) -> String {
    let text = text.trim();
    match text.grapheme_indices(true).nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
