//! The history of lines: each policy's changes to the decision about each line.

use std::collections::{BTreeMap, BTreeSet};

use typed_index_collections::TiVec;

use super::{Decisions, Settings, run};
use crate::analysis::{Rank, Ranked, Row, View};
use crate::detect::Finding;

/// A change that a policy made to the decision about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// 1-based number of the line.
    pub line: usize,
    /// The round of cleaning, from 1 on.
    pub round: usize,
    /// The policy's name, as in the list of DESIGN.md.
    pub policy: &'static str,
    /// The categories or rules for which the line is removed after this step. Empty if the line is kept.
    pub goes: Vec<String>,
}

/// The rows to remove. Each change on the way is added to `steps`.
pub(crate) fn with_history(
    view: &View,
    settings: Settings,
    round: usize,
    steps: &mut Vec<Step>,
) -> Vec<Finding> {
    let rows: TiVec<Rank, Row> = view.filled().collect();
    let mut before: BTreeMap<Row, Vec<String>> = BTreeMap::new();
    run(view, settings, |policy, decisions| {
        let mut now = decisions.removal_names(&rows);
        let touched = before.keys().chain(now.keys()).copied().collect::<BTreeSet<Row>>();
        for row in touched.into_iter().filter(|row| before.get(row) != now.get(row)) {
            let goes = now.get(&row).cloned().unwrap_or_default();
            steps.push(Step { line: view.lines[row].number.into(), round, policy, goes });
        }
        std::mem::swap(&mut before, &mut now);
    })
}

impl Decisions {
    /// For each row to remove, the names of the rules and categories that remove it.
    fn removal_names(&self, rows: &Ranked<Row>) -> BTreeMap<Row, Vec<String>> {
        let mut going: BTreeMap<Row, Vec<String>> = BTreeMap::new();
        for finding in &self.findings {
            going.entry(finding.row).or_default().push(finding.rule.id.to_owned());
        }
        for (row, verdict) in rows.iter().zip(&self.verdicts) {
            let category = verdict.as_ref().and_then(|verdict| verdict.category());
            let is_new = |name: &String| !going.get(row).is_some_and(|names| names.contains(name));
            if let Some(name) = category.map(|category| format!("model/{category}")).filter(is_new) {
                going.entry(*row).or_default().push(name);
            }
        }
        going
    }
}
