//! Menus. In a run of lines that the model labels as navigation, enough lines must certainly be boilerplate.
//! A line is as certain as the most certain line with the same words, because the button of a list is under
//! each of its entries.

use std::collections::HashSet;

use super::lines::Lines;
use super::verdict::Verdicts;
use super::{Decisions, JudgedPage};
use crate::analysis::{Rank, Row};
use crate::rules::Category;

/// Minimum probability of a verdict that supports the verdicts on the lines around it.
const CERTAIN: f64 = 0.97;
/// Number of lines that one such line supports, itself among them.
///
/// This figure is measured on the lines of the labelled articles that were removed as navigation, each judged
/// by a model that had not seen its source. Where fewer lines were certain, 23 of 51 were boilerplate, and
/// elsewhere 708 of 713. The others were verse, names in lists and words of sentences that the page broke
/// into lines.
const SUPPORTED: usize = 4;

/// Withdraws verdicts of navigation from runs of removed lines in which too few lines are boilerplate by a
/// rule or with certainty by the model.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    if let Some((lines, verdicts)) = decisions.lines(page) {
        withdraw(&lines, verdicts);
    }
}

fn withdraw(lines: &Lines, verdicts: &mut Verdicts) {
    let stays = |rank: &Rank| lines.stays(*rank, verdicts);
    let certain: HashSet<Row> = verdicts
        .iter_enumerated()
        .filter(|(_, verdict)| verdict.is_some_and(|verdict| verdict.probability >= CERTAIN))
        .map(|(rank, _)| lines.at(rank).first)
        .collect();
    let is_support = |rank: &&Rank| match lines.rule_category[**rank] {
        Some(_) => lines.boilerplate(**rank, verdicts).is_some(),
        None => verdicts[**rank].is_some() && certain.contains(&lines.at(**rank).first),
    };
    let is_uncertain = |run: &&[Rank]| run.iter().filter(is_support).count() * SUPPORTED < run.len();
    let is_navigation =
        |rank: &Rank| verdicts[*rank].is_some_and(|verdict| verdict.category() == Some(Category::Nav));
    let ranks: Vec<Rank> = verdicts.keys().collect();
    let uncertain = ranks.chunk_by(|a, b| stays(a) == stays(b)).filter(is_uncertain);
    let withdrawn: Vec<Rank> = uncertain.flatten().copied().filter(is_navigation).collect();
    withdrawn.into_iter().for_each(|rank| verdicts[rank] = None);
}

#[cfg(test)]
mod tests {
    use super::super::lines::example::removed_lines_of;
    use super::*;

    #[test]
    fn navigation_without_support_is_kept() {
        let removed = |text| removed_lines_of(Category::Nav, text, withdraw);
        assert_eq!(removed("×首頁\n×聯絡"), [0; 0]);
        assert_eq!(removed("×甲\n×乙\n×丙\n！丁"), [1, 2, 3, 4]);
        assert_eq!(removed("×甲\n×乙\n×丙\n×丁\n！戊"), [0; 0]);
        assert_eq!(removed("×首頁\n×聯絡\n！登入"), [1, 2, 3]);
        assert_eq!(removed("×首頁\n聯絡\n！登入"), [3]);
    }

    #[test]
    fn other_boilerplate_needs_no_support() {
        assert_eq!(removed_lines_of(Category::Ad, "×首頁\n×聯絡", withdraw), [1, 2]);
    }
}
