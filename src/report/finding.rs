//! The findings of `check`: the lines that cleaning changes, with their place and the reasons.

use std::borrow::Cow;

use serde::Serialize;

use crate::pipeline::{BYTE_ORDER_MARK, Cleaned, Removal, Replacement, Rewrite};
use crate::text::Span;

/// A line that cleaning changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CheckFinding {
    /// Number of the line in the text, from 1; 0 for the title.
    pub line: usize,
    /// Column of the first character that changes, from 1. Columns count characters.
    pub column: usize,
    /// Column after the last character that changes.
    pub end_column: usize,
    /// Byte range of the line in the text, without its terminator.
    #[serde(flatten)]
    pub span: Span,
    /// The rule that removes the line, or the names of the steps that change it (`script`, `punctuation`), in
    /// this order.
    pub rules: Vec<Cow<'static, str>>,
    /// The line in the text.
    pub text: String,
    /// The line after cleaning. `None` for a line that is removed.
    pub becomes: Option<String>,
}

/// The findings of an article, in the order of its lines.
///
/// ```
/// let source = "老街夜市搬走了。\n攤販說,好。\n分享到:\n";
/// let findings = qingwen::report::findings(source, &qingwen::Cleaner::default().clean(source));
/// let [mended, removed] = findings.as_slice() else { panic!() };
/// assert_eq!((mended.line, mended.column, mended.rules[0].as_ref()), (2, 4, "punctuation"));
/// assert_eq!((removed.line, removed.rules[0].as_ref(), &removed.becomes), (3, "share/bar", &None));
/// ```
pub fn findings(source: &str, cleaned: &Cleaned) -> Vec<CheckFinding> {
    let marks = cleaned.removed.iter().filter(|removed| removed.rule == BYTE_ORDER_MARK);
    let marks = marks.map(|removed| mark(removed.span));
    let rewrites = cleaned.rewrites.iter().map(|rewrite| changed(rewrite, source, cleaned));
    let mut findings: Vec<CheckFinding> =
        marks.chain(cleaned.removals.iter().map(removed)).chain(rewrites).collect();
    findings.sort_unstable();
    findings
}

/// The finding about the title that came with an article, if cleaning changes it.
///
/// ```
/// let title = "老街夜市搬走了嗎?";
/// let cleaned = qingwen::Cleaner::default().clean_titled("街坊說安靜了許多。", Some(title));
/// let finding = qingwen::report::of_title(title, &cleaned).unwrap();
/// assert_eq!((finding.line, finding.column, finding.place()), (0, 9, "title".to_owned()));
/// ```
pub fn of_title(title: &str, cleaned: &Cleaned) -> Option<CheckFinding> {
    let becomes = cleaned.title.as_deref().filter(|becomes| *becomes != title)?;
    let Change { lead, old, new, .. } = Change::of(title, becomes);
    let column = 1 + lead.chars().count();
    Some(CheckFinding {
        line: 0,
        column,
        end_column: column + old.chars().count(),
        span: Span { start: 0, end: title.len() },
        rules: kinds(old, new),
        text: title.to_owned(),
        becomes: Some(becomes.to_owned()),
    })
}

/// The names of what changed: letters are converted, and marks are mended.
fn kinds(old: &str, new: &str) -> Vec<Cow<'static, str>> {
    let differ = |letters| {
        let part = |text: &str| text.chars().filter(|c| c.is_alphanumeric() == letters).collect::<String>();
        part(old) != part(new)
    };
    [("script", true), ("punctuation", false)]
        .iter()
        .filter(|(_, l)| differ(*l))
        .map(|(name, _)| Cow::Borrowed(*name))
        .collect()
}

impl CheckFinding {
    /// The line's number in words: `title` for the title.
    pub fn place(&self) -> String {
        if self.line == 0 { "title".into() } else { self.line.to_string() }
    }
}

fn mark(span: Span) -> CheckFinding {
    let (rules, text) = (vec![BYTE_ORDER_MARK.into()], "U+FEFF".to_owned());
    CheckFinding { line: 1, column: 1, end_column: 1, span, rules, text, becomes: None }
}

fn removed(removal: &Removal) -> CheckFinding {
    let text = &removal.text;
    let column = 1 + text.chars().take_while(|c| c.is_whitespace()).count();
    CheckFinding {
        line: removal.line,
        column,
        end_column: column + text.trim().chars().count(),
        span: removal.span,
        rules: vec![removal.rule.clone()],
        text: text.clone(),
        becomes: None,
    }
}

fn changed(rewrite: &Rewrite, source: &str, cleaned: &Cleaned) -> CheckFinding {
    let text = rewrite.span.of(source);
    let Change { lead, old, .. } = Change::of(text, &rewrite.text);
    let column = 1 + lead.chars().count();
    CheckFinding {
        line: rewrite.line,
        column,
        end_column: column + old.chars().count(),
        span: rewrite.span,
        rules: reasons(rewrite, cleaned),
        text: text.to_owned(),
        becomes: Some(rewrite.text.clone()),
    }
}

/// The reasons for the change of a line, in the order of the steps.
fn reasons(rewrite: &Rewrite, cleaned: &Cleaned) -> Vec<Cow<'static, str>> {
    let line = |replacement: &Replacement| replacement.line;
    let first = cleaned.replacements.partition_point(|replacement| line(replacement) < rewrite.line);
    let of_line = || {
        cleaned.replacements.iter().skip(first).take_while(|replacement| line(replacement) == rewrite.line)
    };
    let replaced = |rule| of_line().any(|replacement| replacement.rule == rule);
    let reasons = [
        ("entity", replaced("entity")),
        ("radical", replaced("radical")),
        ("script", rewrite.converted),
        ("punctuation", rewrite.mended),
    ];
    reasons.iter().filter(|(_, holds)| *holds).map(|(name, _)| Cow::Borrowed(*name)).collect()
}

/// A change from one text to another: the common prefix, and the texts that differ after it. The rest is the
/// same in both.
pub(super) struct Change<'t> {
    /// The common prefix.
    pub lead: &'t str,
    /// The text that is removed.
    pub old: &'t str,
    /// The text in place of it.
    pub new: &'t str,
}

impl<'t> Change<'t> {
    /// The change from `before` to `after`.
    pub fn of(before: &'t str, after: &'t str) -> Self {
        let same = before.chars().zip(after.chars()).take_while(|(old, new)| old == new);
        let (lead, old) = before.split_at(same.map(|(c, _)| c.len_utf8()).sum());
        let new = &after[lead.len()..];
        let same = old.chars().rev().zip(new.chars().rev()).take_while(|(old, new)| old == new);
        let tail: usize = same.map(|(c, _)| c.len_utf8()).sum();
        Self { lead, old: &old[..old.len() - tail], new: &new[..new.len() - tail] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_between_the_common_prefix_and_suffix() {
        for (before, after, lead, old, new) in [
            ("好,多", "好，多", "好", ",", "，"),
            ("好 多", "好多", "好", " ", ""),
            ("aa", "aaa", "aa", "", "a"),
            ("", "甲", "", "", "甲"),
            ("甲", "甲", "甲", "", ""),
        ] {
            let change = Change::of(before, after);
            assert_eq!((change.lead, change.old, change.new), (lead, old, new));
        }
    }
}
