//! Lines that the user's lists remove. A list to keep wins over them (`exemptions/kept.rs`).

use super::{Decisions, JudgedPage};
use crate::analysis::{LineList, Row};
use crate::detect::{Because, Finding};
use crate::rules::RuleId;

/// Proposes to remove the lines that a list names.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    if !page.settings.remove_lines.is_empty() {
        let rows = page.view.filled().filter(|row| !(page.settings.kept)(*row));
        decisions.findings.extend(rows.filter_map(|row| found(page, row)));
    }
}

fn found(page: &JudgedPage, row: Row) -> Option<Finding> {
    let text = page.view.lines[row].text;
    let entry =
        |list: &LineList| Some(Because::Listed { list: list.name().to_owned(), line: list.find(text)? });
    let because = page.settings.remove_lines.iter().find_map(entry)?;
    Some(Finding { row, rule: RuleId::USER_LINE.rule(), because })
}
