//! Menus: of lines that the model takes for navigation, enough must certainly be the page's. A line is as certain as the
//! most certain line with the same words: the button of a list stands under each of its entries.

use std::collections::HashSet;

use super::lines::Lines;
use super::verdict::Verdicts;
use super::{Decisions, JudgedPage};
use crate::analysis::{Rank, Row};
use crate::rules::Category;

/// How probable a verdict must be to vouch for those around it.
const CERTAIN: f64 = 0.97;
/// Lines that one such line vouches for, itself among them.
///
/// Of the labelled articles' lines that went as navigation, each judged by a model that had not seen its source, 23 of
/// 51 were the page's where fewer lines vouched for them, and 708 of 713 elsewhere. The others were verse, names in
/// lists and words of sentences that the page broke into lines.
const VOUCHED_FOR: usize = 4;

/// Takes verdicts of navigation back where, of the lines that go together, too few have been named as the page's by a
/// rule or by a model that is certain.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    if let Some((lines, verdicts)) = decisions.lines(page) {
        spare(&lines, verdicts);
    }
}

fn spare(lines: &Lines, verdicts: &mut Verdicts) {
    let stays = |rank: &Rank| lines.stays(*rank, verdicts);
    let certain: HashSet<Row> = verdicts
        .iter_enumerated()
        .filter(|(_, verdict)| verdict.is_some_and(|verdict| verdict.probability >= CERTAIN))
        .map(|(rank, _)| lines.at(rank).first)
        .collect();
    let vouches = |rank: &&Rank| match lines.named[**rank] {
        Some(_) => lines.furniture(**rank, verdicts).is_some(),
        None => verdicts[**rank].is_some() && certain.contains(&lines.at(**rank).first),
    };
    let is_unsure = |run: &&[Rank]| run.iter().filter(vouches).count() * VOUCHED_FOR < run.len();
    let is_navigation =
        |rank: &Rank| verdicts[*rank].is_some_and(|verdict| verdict.category() == Some(Category::Nav));
    let ranks: Vec<Rank> = verdicts.keys().collect();
    let unsure = ranks.chunk_by(|a, b| stays(a) == stays(b)).filter(is_unsure);
    let spared: Vec<Rank> = unsure.flatten().copied().filter(is_navigation).collect();
    spared.into_iter().for_each(|rank| verdicts[rank] = None);
}

#[cfg(test)]
mod tests {
    use super::super::lines::example::going_with;
    use super::*;

    #[test]
    fn navigation_stays_where_nothing_vouches_for_it() {
        let left = |text| going_with(Category::Nav, text, spare);
        assert_eq!(left("×首頁\n×聯絡"), [0; 0]);
        assert_eq!(left("×甲\n×乙\n×丙\n！丁"), [1, 2, 3, 4]);
        assert_eq!(left("×甲\n×乙\n×丙\n×丁\n！戊"), [0; 0]);
        assert_eq!(left("×首頁\n×聯絡\n！登入"), [1, 2, 3]);
        assert_eq!(left("×首頁\n聯絡\n！登入"), [3]);
    }

    #[test]
    fn other_furniture_needs_no_voucher() {
        assert_eq!(going_with(Category::Ad, "×首頁\n×聯絡", spare), [1, 2]);
    }
}
