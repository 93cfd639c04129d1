//! Protects files that this program did not write: a report replaces only an earlier report of its kind.

use std::path::Path;

use anyhow::{Context, ensure};

use crate::corpus::CorpusModel;
use crate::io::{ShownPath, Table, TableForm, beginning};
use crate::report::html;

/// A kind of file that is written beside the texts.
#[derive(Debug, Clone, Copy)]
pub(super) enum OutputKind {
    /// The report as JSON Lines.
    Report,
    /// The report as a page.
    Page,
    /// The removed text.
    Removed,
    /// What could not be processed.
    Rejects,
    /// The summary.
    Stats,
    /// The model of a collection.
    Model,
    /// A table of this form.
    Table(&'static TableForm),
}

impl OutputKind {
    fn name(self) -> &'static str {
        match self {
            OutputKind::Report => "a report of qingwen",
            OutputKind::Page => "a page of qingwen",
            OutputKind::Removed => "removed text that qingwen wrote",
            OutputKind::Rejects => "a file of rejects of qingwen",
            OutputKind::Stats => "a summary of qingwen",
            OutputKind::Model => "a model of a collection",
            OutputKind::Table(form) => form.title,
        }
    }

    /// Whether a file that begins so is of this kind.
    fn begins(self, beginning: &[u8]) -> bool {
        match self {
            OutputKind::Report => is_report(beginning),
            OutputKind::Page => html::is_page(beginning),
            OutputKind::Removed => begins_with_name_and(beginning, br#","start":"#),
            OutputKind::Rejects => begins_with_name_and(beginning, br#","message":"#),
            OutputKind::Stats => beginning.starts_with(b"{\n  \"documents\": "),
            OutputKind::Model => beginning.starts_with(CorpusModel::BEGINNING),
            // The end of the file tells.
            OutputKind::Table(_) => false,
        }
    }

    /// Whether a file that begins so is of this kind.
    fn is_of(self, path: &Path, beginning: &[u8]) -> bool {
        match self {
            OutputKind::Table(form) => Table::open(path).is_ok_and(|table| table.kind() == Some(form.kind)),
            _ => self.begins(beginning),
        }
    }
}

/// Refuses to replace a file that is of another kind.
///
/// # Errors
/// The error names the file and the option.
pub(super) fn refuse(path: &Path, option: &str, kind: OutputKind) -> anyhow::Result<()> {
    let path_name = path.shown();
    let existing = beginning(path).with_context(|| format!("{path_name}: cannot be read"))?;
    let replaceable = existing.is_none_or(|existing| kind.is_of(path, &existing));
    let name = kind.name();
    ensure!(replaceable, "{path_name}: is not {name}; --force lets {option} replace it");
    Ok(())
}

/// `{"schema":1,"type":"…`
fn is_report(beginning: &[u8]) -> bool {
    let rest = beginning.strip_prefix(br#"{"schema":"#).map(|rest| rest.trim_ascii_start());
    let digits = |rest: &[u8]| rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    rest.is_some_and(|rest| digits(rest) > 0 && rest[digits(rest)..].starts_with(br#","type":""#))
}

/// `{"doc":"…"`, and then this.
fn begins_with_name_and(beginning: &[u8], next: &[u8]) -> bool {
    let Some(rest) = beginning.strip_prefix(br#"{"doc":"#) else { return false };
    let mut values = serde_json::Deserializer::from_slice(rest).into_iter::<String>();
    let is_name = matches!(values.next(), Some(Ok(_)));
    is_name && rest[values.byte_offset()..].starts_with(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_tells_the_kind() {
        let report = r#"{"schema":1,"type":"removal","doc":"a.txt"}"#;
        let removed = r#"{"doc":"a \"b\".txt","start":0,"end":1,"rule":"blank","text":"\n"}"#;
        for (text, kinds) in [
            (report, [true, false]),
            (removed, [false, true]),
            (r#"{"schema":"x","type":"removal"}"#, [false, false]),
            (r#"{"schema":1}"#, [false, false]),
            (r#"{"doc":"a","text":"甲"}"#, [false, false]),
            (r#"{"doc":"#, [false, false]),
            ("老街夜市搬走了\n", [false, false]),
        ] {
            let found = [OutputKind::Report, OutputKind::Removed].map(|kind| kind.begins(text.as_bytes()));
            assert_eq!(found, kinds, "{text}");
        }
    }
}
