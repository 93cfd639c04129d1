//! Lines that a model of a collection knows. The headline is kept, although the site lists it beside other
//! articles. So are laws, and lines that the article mentions.

use std::collections::HashSet;

use super::{Decisions, JudgedPage};
use crate::analysis::Row;
use crate::detect::learned;

/// Proposes to remove the lines that the model knows.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    let Some(source) = page.settings.learned.filter(|_| !page.view.is_statute()) else { return };
    let named: HashSet<Row> = decisions.findings.iter().map(|finding| finding.row).collect();
    let mut found = learned::find(page.view, source, |row| named.contains(&row));
    let headline = page.titles().headline;
    found.retain(|finding| {
        Some(finding.row) != headline && !decisions.mentioned.exempts(page.view, finding.row)
    });
    found.extend(learned::numbers(page.view, &found, |row| named.contains(&row)));
    decisions.findings.extend(found);
}
