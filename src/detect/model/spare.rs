//! Verdicts that the model takes back: on lines that belong to what stays around them.

use super::lines::Lines;
use super::{Verdict, heading, inside};

/// Takes verdicts back: on the only headline, then on what stands within what stays, then on what heads it.
pub(super) fn spare(lines: &Lines, verdicts: &mut [Option<Verdict>]) {
    if let Some(headline) = heading::only_headline(lines, verdicts) {
        verdicts[headline] = None;
    }
    inside::spare(lines, verdicts);
    heading::spare(lines, verdicts);
}
