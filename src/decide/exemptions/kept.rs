//! Lines that an editor keeps: whatever they are taken for, they stay.

use super::super::{Decisions, Page};

/// Takes the findings of rules on such lines back. The classifier is not asked about them.
pub(in super::super) fn decide(page: &Page, decisions: &mut Decisions) {
    decisions.findings.retain(|finding| !(page.settings.kept)(finding.row));
}
