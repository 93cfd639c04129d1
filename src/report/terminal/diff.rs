//! Shows the effect of cleaning on an article, line by line.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::super::change::{Piece, pieces};
use super::text::{padding, visible, width};
use super::{COLUMNS, NUMBER, reason, style};
use crate::pipeline::{Cleaned, Removal, Rewrite};
use crate::text::Document;

/// Number of unchanged lines shown around a change.
const CONTEXT: usize = 2;

/// Writes the effect of cleaning on an article. Removed lines are in strikethrough in their category's colour, with the
/// rule and the duplicate beside them. Changed lines are shown before and after the change. Some unchanged lines are
/// shown around them. The numbers are those of the source's lines.
///
/// ```
/// let source = "老街夜市搬走了嗎？\n夜市在上個月搬走。\n老街夜市搬走了吗?\n";
/// let cleaned = qingwen::Cleaner::default().clean(source);
/// let mut shown = Vec::new();
/// qingwen::report::terminal::diff(&mut shown, "a.txt", source, &cleaned)?;
/// let shown = String::from_utf8(shown).unwrap();
/// assert!(shown.contains("老街夜市搬走了吗?") && shown.contains("repeat/headline"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Errors of the stream.
pub fn diff(out: &mut impl Write, name: &str, source: &str, cleaned: &Cleaned) -> io::Result<()> {
    let bold = Style::new().bold();
    writeln!(out, "{bold}{}{bold:#}", visible(name))?;
    let document = Document::new(source);
    let rows = rows(&document, cleaned);
    let column = rows.iter().map(DiffRow::columns).max().unwrap_or_default();
    let mut hidden = false;
    for (index, row) in rows.iter().enumerate() {
        let around = index.saturating_sub(CONTEXT)..rows.len().min(index + CONTEXT + 1);
        if rows[around].iter().all(DiffRow::is_unchanged) {
            hidden = true;
            continue;
        }
        if std::mem::take(&mut hidden) {
            let dimmed = Style::new().dimmed();
            writeln!(out, "{:>NUMBER$}  {dimmed}⋮{dimmed:#}", "")?;
        }
        row.write(out, column)?;
    }
    Ok(())
}

/// A line of the source, and the result for it.
struct DiffRow<'a> {
    number: usize,
    text: &'a str,
    fate: Fate<'a>,
}

enum Fate<'a> {
    Stays,
    /// It is removed by a rule.
    Removed(&'a Removal),
    /// It is dropped because removed lines left it behind, or it is a mark that is not text.
    Dropped(&'static str),
    Changed(&'a Rewrite),
}

fn rows<'a>(document: &Document<'a>, cleaned: &'a Cleaned) -> Vec<DiffRow<'a>> {
    let mut removals = cleaned.removals.iter().peekable();
    let mut rewrites = cleaned.rewrites.iter().peekable();
    let mut removed = cleaned.removed.iter().peekable();
    let mark = document.byte_order_mark().filter(|mark| cleaned.removed.iter().any(|r| r.span == *mark));
    let mark = mark.map(|_| DiffRow { number: 1, text: "", fate: Fate::Dropped("byte-order mark") });
    let lines = document.lines().iter().map(|line| {
        while removed.next_if(|removed| removed.span.end <= line.span.start).is_some() {}
        let is_dropped = removed.peek().is_some_and(|removed| removed.span.start <= line.span.start);
        let fate = if let Some(removal) = removals.next_if(|removal| removal.line == line.number) {
            Fate::Removed(removal)
        } else if let Some(rewrite) = rewrites.next_if(|rewrite| rewrite.line == line.number) {
            Fate::Changed(rewrite)
        } else if is_dropped {
            Fate::Dropped("blank")
        } else {
            Fate::Stays
        };
        DiffRow { number: line.number, text: document.text(line), fate }
    });
    let lines: Vec<_> = lines.collect();
    mark.into_iter().chain(lines).collect()
}

impl DiffRow<'_> {
    fn is_unchanged(&self) -> bool {
        matches!(self.fate, Fate::Stays)
    }

    /// The number of columns that the row's text needs; 0 for a long text, so that it does not move the reasons of the
    /// other rows.
    fn columns(&self) -> usize {
        match self.fate {
            Fate::Removed(_) => {
                Some(width(&visible(self.text))).filter(|columns| *columns <= COLUMNS).unwrap_or(0)
            }
            _ => 0,
        }
    }

    fn write(&self, out: &mut impl Write, column: usize) -> io::Result<()> {
        let (number, text) = (self.number, visible(self.text));
        let dimmed = Style::new().dimmed();
        match self.fate {
            Fate::Stays if text.is_empty() => writeln!(out, "{dimmed}{number:>NUMBER$}{dimmed:#}"),
            Fate::Stays => writeln!(out, "{dimmed}{number:>NUMBER$}{dimmed:#}    {text}"),
            Fate::Removed(removal) => {
                let (color, gap, reason) = (style(removal.category), padding(&text, column), reason(removal));
                let struck = color.strikethrough();
                writeln!(out, "{number:>NUMBER$}  {color}-{color:#} {struck}{text}{struck:#}{gap}  {reason}")
            }
            Fate::Dropped(what) => {
                let gap = padding("", column);
                writeln!(out, "{number:>NUMBER$}  {dimmed}- {gap}  {what}{dimmed:#}")
            }
            Fate::Changed(rewrite) => changed(out, number, &pieces(self.text, &rewrite.text)),
        }
    }
}

/// Writes a changed line before and after the change, with the changes in colour.
fn changed(out: &mut impl Write, number: usize, pieces: &[Piece]) -> io::Result<()> {
    let (mut before, mut after) = (String::new(), String::new());
    let (red, green) = (AnsiColor::Red.on_default(), AnsiColor::Green.on_default());
    let marked = |style: Style, text: &str| match text {
        "" => String::new(),
        _ => format!("{style}{}{style:#}", visible(text)),
    };
    for piece in pieces {
        match piece {
            Piece::Same(text) => [&mut before, &mut after].map(|side| side.push_str(&visible(text))),
            Piece::Changed(_, old, new) => {
                before.push_str(&marked(red.bold(), old));
                after.push_str(&marked(green.bold(), new));
                [(), ()]
            }
        };
    }
    writeln!(out, "{number:>NUMBER$}  {red}-{red:#} {before}")?;
    writeln!(out, "{:>NUMBER$}  {green}+{green:#} {after}", "")
}
