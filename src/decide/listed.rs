//! Lines that the user's lists name. A list to keep wins over a list to remove, and both win over all other policies.

use super::{Decisions, Page};
use crate::analysis::{LineList, ViewLine};
use crate::detect::{Because, Finding};
use crate::rules::RuleId;

/// The user's lists of lines.
#[derive(Clone, Copy, Default)]
pub(crate) struct Listed<'s> {
    /// Lines that go.
    pub remove: &'s [LineList],
    /// Whether a line of the view always stays.
    pub keeps: Option<&'s dyn Fn(&ViewLine) -> bool>,
}

/// Proposes the lines that a list removes, and takes back all proposals about lines that a list keeps.
pub(super) fn decide(page: &Page, decisions: &mut Decisions) {
    let listed = page.settings.listed;
    if !listed.remove.is_empty() {
        decisions.findings.extend(page.view.filled().filter_map(|row| found(page, row)));
    }
    if let Some(keeps) = listed.keeps {
        decisions.findings.retain(|finding| !keeps(&page.view.lines[finding.row]));
    }
}

fn found(page: &Page, row: usize) -> Option<Finding> {
    let text = page.view.lines[row].text;
    let entry =
        |list: &LineList| Some(Because::Listed { list: list.name().to_owned(), line: list.find(text)? });
    let because = page.settings.listed.remove.iter().find_map(entry)?;
    Some(Finding { row, rule: RuleId::USER_LINE.rule(), because })
}
