//! Verdicts that the model takes back: on lines that belong to what stays around them.

use super::lines::Lines;
use super::{Verdict, enclosed, headings, menus};

/// Takes verdicts back: on navigation that nothing vouches for, then on the only headline, then on what stands within
/// what stays, then on what heads it.
pub(super) fn spare(lines: &Lines, verdicts: &mut [Option<Verdict>]) {
    if verdicts.iter().all(Option::is_none) {
        return;
    }
    menus::spare(lines, verdicts);
    if let Some(headline) = headings::only_headline(lines, verdicts) {
        verdicts[headline] = None;
    }
    enclosed::spare(lines, verdicts);
    headings::spare(lines, verdicts);
}
