//! Reports for people who read them in a terminal. Colours are always written; the stream drops them where they are not
//! supported.

mod diff;
mod finding;
mod learned;
mod text;
mod totals;

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::Summary;
use crate::detect::How;
use crate::pipeline::Evidence;
use crate::pipeline::{Cleaned, Removal, Replacement};
use crate::rules::Category;
pub use diff::diff;
pub(crate) use finding::excerpt;
pub use finding::finding;
pub use learned::learned;
pub(crate) use text::visible;
use text::{padding, shortened, width};
pub use totals::totals;

/// Maximum number of columns for a removed line in the list of removals, and for a rule's title.
const COLUMNS: usize = 60;
/// Number of columns for a number at the start of a row.
const NUMBER: usize = 6;

/// The colour of a category.
pub(crate) fn style(category: Category) -> Style {
    let color = match category {
        Category::Repeat => AnsiColor::Yellow,
        Category::Share => AnsiColor::Magenta,
        Category::Follow => AnsiColor::BrightMagenta,
        Category::Related => AnsiColor::Blue,
        Category::Nav => AnsiColor::BrightBlue,
        Category::Legal => AnsiColor::Cyan,
        Category::Metadata => AnsiColor::Green,
        Category::Ad => AnsiColor::Red,
        Category::Residue => AnsiColor::BrightBlack,
        Category::User => AnsiColor::BrightCyan,
        Category::Corpus => AnsiColor::BrightBlue,
    };
    color.on_default()
}

/// Writes the lines that were removed from an article, one per row: the line in strikethrough, and beside it, in a
/// separate column, the rule and its evidence.
///
/// # Errors
/// Errors of the stream.
pub fn article(out: &mut impl Write, name: &str, cleaned: &Cleaned) -> io::Result<()> {
    heading(out, name, cleaned)?;
    let texts: Vec<_> = cleaned.removals.iter().map(|removal| shortened(&removal.text, COLUMNS)).collect();
    let column = texts.iter().map(|text| width(text)).max().unwrap_or_default();
    for (removal, text) in cleaned.removals.iter().zip(&texts) {
        let (struck, number) = (style(removal.category).strikethrough(), removal.line);
        let (gap, reason) = (padding(text, column), reason(removal));
        writeln!(out, "{number:>NUMBER$}  {struck}{text}{struck:#}{gap}  {reason}")?;
    }
    cleaned.replacements.iter().try_for_each(|replacement| replaced(out, replacement))
}

/// Writes how many lines of an article were removed and changed.
///
/// # Errors
/// Errors of the stream.
pub fn heading(out: &mut impl Write, name: &str, cleaned: &Cleaned) -> io::Result<()> {
    let bold = Style::new().bold();
    let (removed, rewritten) = (cleaned.removals.len(), cleaned.rewrites.len());
    let name = visible(name);
    writeln!(out, "{bold}{name}{bold:#}: {} removed, {} changed", lines(removed), lines(rewritten))
}

/// Writes a piece of a line that was replaced by characters: the original text, the characters, and the name.
fn replaced(out: &mut impl Write, replacement: &Replacement) -> io::Result<()> {
    let Replacement { line, rule, text, becomes, .. } = replacement;
    let code: Vec<String> = becomes.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    let (text, becomes, code) = (visible(text), visible(becomes), code.join(" "));
    writeln!(out, "{line:>NUMBER$}  {text} → {becomes} ({code})  {rule}")
}

/// The rule of a removal in its category's colour, with the evidence.
fn reason(removal: &Removal) -> String {
    let (color, rule, why) = (style(removal.category), &removal.rule, evidence(&removal.evidence));
    format!("{color}{rule}{color:#}{why}")
}

/// The evidence for a removal, in a few words.
pub(crate) fn evidence(evidence: &Evidence) -> String {
    match evidence {
        Evidence::Twin { twin_line: Some(twin), how: How::Near, similarity } => {
            format!(", like line {twin} ({similarity:.2})")
        }
        Evidence::Twin { twin_line: Some(twin), how: How::Contained, .. } => format!(", within line {twin}"),
        Evidence::Twin { twin_line: Some(twin), .. } => format!(", as line {twin}"),
        Evidence::Twin { twin_line: None, .. } => ", as the title".into(),
        Evidence::Block { twin_line, twin_block: [first, last] } => {
            format!(", as line {twin_line} of the block {first}-{last}")
        }
        Evidence::Section { heading_line } => format!(", under line {heading_line}"),
        Evidence::Pattern { .. } => String::new(),
        Evidence::Listed { list, list_line } => format!(", line {list_line} of {}", visible(list)),
        Evidence::Corpus { source, documents, of, between, beside, .. } => {
            let between = between
                .map_or(String::new(), |[above, below]| format!(", between lines {above} and {below}"));
            let beside = beside.map_or(String::new(), |line| format!(", beside line {line}"));
            format!(", on {documents} of {of} pages of {}{between}{beside}", visible(source))
        }
        Evidence::Model { between: Some([before, behind]), .. } => {
            format!(", between lines {before} and {behind}")
        }
        Evidence::Model { probability, features, twin_line, between: None } => {
            let strongest =
                features.first().map_or(String::new(), |feature| format!(": {}", visible(feature)));
            let twin = twin_line.map_or(String::new(), |twin| format!(", as line {twin}"));
            format!(", {:.0}%{twin}{strongest}", probability * 100.0)
        }
    }
}

/// Writes the totals of a run in one line.
///
/// # Errors
/// Errors of the stream.
pub fn closing_line(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let removed = lines(summary.removed_lines as usize);
    let rewritten = lines(summary.rewritten_lines as usize);
    let errors = if summary.errors > 0 { format!(", {} not cleaned", summary.errors) } else { String::new() };
    let articles = articles(summary.documents);
    writeln!(out, "{articles}: {removed} removed, {rewritten} changed{errors}")
}

/// Writes in one line what cleaning would do with the articles of a run.
///
/// # Errors
/// Errors of the stream.
pub fn prospect(out: &mut impl Write, summary: &Summary) -> io::Result<()> {
    let removed = lines(summary.removed_lines as usize);
    let rewritten = lines(summary.rewritten_lines as usize);
    let of = articles(summary.documents);
    writeln!(out, "{of}: `qingwen clean` would remove {removed} and change {rewritten}")
}

fn articles(count: u64) -> String {
    if count == 1 { "1 article".into() } else { format!("{count} articles") }
}

fn lines(count: usize) -> String {
    if count == 1 { "1 line".into() } else { format!("{count} lines") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_between_two_has_their_numbers_and_no_probability() {
        let model = |between| Evidence::Model {
            probability: 0.041,
            features: vec!["run of short lines +0.4".into()],
            twin_line: None,
            between,
        };
        assert_eq!(evidence(&model(Some([7, 9]))), ", between lines 7 and 9");
        assert_eq!(evidence(&model(None)), ", 4%: run of short lines +0.4");
    }
}
