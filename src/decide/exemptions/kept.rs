//! Lines that an editor keeps: whatever they are taken for, they stay.

use super::super::{Decisions, JudgedPage};

/// Takes the findings of rules on such lines back. The classifier is not asked about them.
pub(in super::super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    decisions.findings.retain(|finding| !(page.settings.kept)(finding.row));
}
