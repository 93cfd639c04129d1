//! Lines that an editor keeps. They are kept, whatever a detector says about them.

use super::super::{Decisions, JudgedPage};

/// Withdraws the findings of rules on such lines. The classifier does not judge them.
pub(in super::super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    decisions.findings.retain(|finding| !(page.settings.kept)(finding.row));
}
