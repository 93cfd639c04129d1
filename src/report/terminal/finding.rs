//! A finding of `check` in one row.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::super::finding::{Change, CheckFinding};
use super::text::{cut, shortened, visible};
use super::{COLUMNS, style};
use crate::rules::{Category, rule};

/// Number of unchanged characters shown on each side of a change.
const CONTEXT: usize = 10;

/// Writes a finding in one row: the article with line and column, the rules, and an excerpt of the line. If the line
/// changes, the excerpt as it becomes follows.
///
/// ```
/// use qingwen::report::{findings, terminal::finding};
/// let source = "老街夜市搬走了。\n攤販說,好。\n";
/// let cleaned = qingwen::Cleaner::default().clean(source);
/// let mut shown = Vec::new();
/// finding(&mut shown, "a.txt", &findings(source, &cleaned)[0])?;
/// assert!(String::from_utf8(shown).unwrap().contains("a.txt:2:4"));
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
/// Errors of the stream.
pub fn finding(out: &mut impl Write, name: &str, finding: &CheckFinding) -> io::Result<()> {
    let (bold, line, column) = (Style::new().bold(), finding.place(), finding.column);
    let color = color(finding);
    let (name, rules) = (visible(name), finding.rules.join(", "));
    write!(out, "{bold}{name}:{line}:{column}{bold:#}: {color}{rules}{color:#}: ")?;
    match &finding.becomes {
        None => {
            let (struck, text) = (color.strikethrough(), shortened(&finding.text, COLUMNS));
            writeln!(out, "{struck}{text}{struck:#}")
        }
        Some(becomes) => {
            let (red, green) = (AnsiColor::Red.on_default().bold(), AnsiColor::Green.on_default().bold());
            writeln!(out, "{}", change(&finding.text, becomes, [red, green]))
        }
    }
}

/// The excerpt of a finding without colours.
pub(crate) fn excerpt(finding: &CheckFinding) -> String {
    match &finding.becomes {
        None => shortened(&finding.text, COLUMNS),
        Some(becomes) => change(&finding.text, becomes, [Style::new(); 2]),
    }
}

/// The colour of the category of a finding's rule.
fn color(finding: &CheckFinding) -> Style {
    let Some(id) = finding.rules.first() else { return Style::new() };
    // The ids of the user's rules begin with their category.
    let named =
        || Category::ALL.iter().find(|category| id.split('/').next() == Some(category.name())).copied();
    rule(id).map(|rule| rule.category).or_else(named).map_or(Style::new(), style)
}

/// A line before and after its change, with the unchanged text around it.
fn change(before: &str, after: &str, styles: [Style; 2]) -> String {
    let Change { lead, old, new } = Change::of(before, after);
    let tail = first(before[lead.len() + old.len()..].trim_end());
    let lead = last(lead.trim_start());
    let [old, new] = [(old, styles[0]), (new, styles[1])].map(|(text, style)| match cut(text, COLUMNS) {
        text if text.is_empty() => text,
        text => format!("{style}{text}{style:#}"),
    });
    format!("{lead}{old}{tail} → {lead}{new}{tail}")
}

fn first(text: &str) -> String {
    match text.char_indices().nth(CONTEXT) {
        Some((end, _)) => format!("{}…", visible(&text[..end])),
        None => visible(text).into_owned(),
    }
}

fn last(text: &str) -> String {
    match text.char_indices().rev().nth(CONTEXT) {
        Some((start, before)) => format!("…{}", visible(&text[start + before.len_utf8()..])),
        None => visible(text).into_owned(),
    }
}
