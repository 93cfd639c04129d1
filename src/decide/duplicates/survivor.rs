//! The survivor: the line that is kept, of the lines that say the same.

use std::collections::BTreeMap;

use super::super::exemptions::duplicate;
use super::DuplicateFinder;
use crate::analysis::Row;
use crate::detect::duplicates::block::Block;
use crate::detect::duplicates::document_type;
use crate::detect::duplicates::near_duplicate::says_nothing_new;
use crate::detect::{Finding, How};
use crate::script::Script;

/// The choice of the line that is kept, of two or more lines that say the same. The headline is always kept,
/// and its copies are removed. A line that a longer line contains is always removed, and so is a lead that
/// the article repeats.
///
/// ```
/// use qingwen::clean::KeepTwin;
/// use qingwen::{Cleaner, Target};
/// let prose = "街坊說，他們想把河邊的老屋改成一間圖書館，讓孩子放學後在那裡寫功課。";
/// let text = format!("河邊老屋\n{prose}\n老街的灯火在午夜之后才慢慢熄灭\n老街的燈火在午夜之後才慢慢熄滅\n里長說好。");
/// let cleaner = |keep| Cleaner::builder().keep_twin(keep).target(Target::Hant).build();
/// assert_eq!(cleaner(KeepTwin::First).clean(&text).removals[0].line, 4);
/// assert_eq!(cleaner(KeepTwin::TargetScript).clean(&text).removals[0].line, 3);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum KeepTwin {
    /// The first line.
    #[default]
    First,
    /// The first line in the script that the text is converted to, because that line is the writer's own and
    /// not a converter's. If no line is in this script, the first of all lines.
    TargetScript,
    /// The longest line. Of equally long lines, the first.
    Longest,
}

impl DuplicateFinder<'_, '_> {
    /// The same groups of repeats, each with the survivor that the policy chooses.
    pub(super) fn with_survivors(
        &self,
        policy: KeepTwin,
        script: Option<Script>,
        found: Vec<Finding>,
    ) -> Vec<Finding> {
        if policy == KeepTwin::First {
            return found;
        }
        let mut groups: BTreeMap<Option<Row>, Vec<Finding>> = BTreeMap::new();
        for finding in found {
            groups.entry(finding.because.duplicate_of()).or_default().push(finding);
        }
        let kept = groups.into_iter().flat_map(|(original, group)| match original {
            Some(original) if Some(original) != self.headline => {
                self.regrouped(policy, script, original, group)
            }
            _ => group,
        });
        kept.collect()
    }

    /// The lines of a block that the policy keeps, and the lines that repeat them.
    pub(super) fn survivors_and_duplicates(
        &self,
        policy: KeepTwin,
        script: Option<Script>,
        Block { original: twin, copy }: Block,
    ) -> (Vec<Row>, Vec<Row>) {
        let length =
            |rows: &[Row]| -> usize { rows.iter().map(|row| self.view.lines[*row].shape.characters).sum() };
        let written_in = |rows: &[Row]| document_type::script(rows.iter().map(|row| &self.view.lines[*row]));
        let keeps_copy = match policy {
            KeepTwin::First => false,
            KeepTwin::TargetScript => {
                script.is_some() && written_in(&copy) == script && written_in(&twin) != script
            }
            KeepTwin::Longest => length(&copy) > length(&twin),
        };
        if keeps_copy { (copy, twin) } else { (twin, copy) }
    }

    /// The findings of a group, with the survivor that the policy chooses. A line that says something new in
    /// comparison to the survivor is kept.
    fn regrouped(
        &self,
        policy: KeepTwin,
        script: Option<Script>,
        first: Row,
        group: Vec<Finding>,
    ) -> Vec<Finding> {
        let members: Vec<Row> = [first].into_iter().chain(group.iter().map(|found| found.row)).collect();
        let survivor = match policy {
            KeepTwin::First => first,
            KeepTwin::TargetScript => self.first_in(script, &members).unwrap_or(first),
            KeepTwin::Longest => {
                let length = |row: &&Row| self.view.lines[**row].shape.characters;
                members.iter().rev().max_by_key(length).copied().unwrap_or(first)
            }
        };
        if survivor == first {
            return group;
        }
        let others = members.into_iter().filter(|row| *row != survivor);
        let regrouped: Vec<Finding> = others.filter_map(|row| self.finding_of(survivor, row)).collect();
        // One of them is removed by any policy. Then cleaning the result again finds nothing more, whatever
        // target it chooses.
        if regrouped.is_empty() { group } else { regrouped }
    }

    /// The first member in a script.
    fn first_in(&self, script: Option<Script>, members: &[Row]) -> Option<Row> {
        members.iter().copied().find(|row| script.is_some() && self.genre.script(self.view, *row) == script)
    }

    /// The finding that a line repeats the survivor. `None` if the line says something new or a guard
    /// protects it.
    fn finding_of(&self, survivor: Row, row: Row) -> Option<Finding> {
        let (kept, key) = (self.view.lines[survivor].key(), self.view.lines[row].key());
        let (how, similarity) =
            if kept == key { (How::Folded, 1.0) } else { (How::Near, says_nothing_new(kept, key)?) };
        let is_protected = duplicate::exempts(&self.pair(row, Some(survivor)));
        let finding = || self.finding(row, self.kind(row), Some(survivor), how, similarity);
        if is_protected { None } else { finding() }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::analysis::View;
    use crate::detect::duplicates::document_type::Genre;
    use crate::detect::headline::Titles;

    const PROSE: &str = "街坊說，他們想把河邊的老屋改成一間圖書館，讓孩子放學以後有一個可以寫功課的地方。";

    const PROSE_TOO: &str = "里長在說明會上表示，新的場地要等到年底才能定案，在那以前攤主先到停車場擺攤。";

    /// The rows that are removed, with their originals.
    fn removed_rows(policy: KeepTwin, script: Option<Script>, lines: &[&str]) -> Vec<(usize, Option<usize>)> {
        let numbered: Vec<_> = lines.iter().enumerate().map(|(i, line)| (i + 1, *line)).collect();
        let view = View::new(&numbered, None);
        let genre = Genre::of(&view);
        let finder = DuplicateFinder::of(&view, Titles::of(&view), &genre);
        let found = finder.with_survivors(policy, script, finder.equal_and_near(&HashSet::new()));
        let rows = |finding: &Finding| (finding.row.into(), finding.because.duplicate_of().map(usize::from));
        found.iter().map(rows).collect()
    }

    #[test]
    fn the_policy_chooses_the_survivor() {
        let hans = "老街的灯火在午夜之后才慢慢熄灭，街坊都睡了";
        let hant = "老街的燈火在午夜之後才慢慢熄滅，街坊都睡了！";
        let lines = &["河邊老屋", PROSE, hans, hant, PROSE_TOO];
        assert_eq!(removed_rows(KeepTwin::First, None, lines), [(3, Some(2))]);
        assert_eq!(removed_rows(KeepTwin::TargetScript, Some(Script::Hant), lines), [(2, Some(3))]);
        assert_eq!(removed_rows(KeepTwin::TargetScript, Some(Script::Hans), lines), [(3, Some(2))]);
        assert_eq!(removed_rows(KeepTwin::TargetScript, None, lines), [(3, Some(2))]);
        assert_eq!(removed_rows(KeepTwin::Longest, None, lines), [(2, Some(3))]);
    }

    #[test]
    fn a_block_is_kept_or_removed_as_one() {
        let hans = [
            "老街的灯火在午夜之后才慢慢熄灭，住在两旁的街坊都已经睡了，只有河水还醒着。",
            "灯火",
            "他们说，明年的灯会还要再办，到时候会把河边的长凳都漆成红色，让孩子们坐。",
        ];
        let hant = [
            "老街的燈火在午夜之後才慢慢熄滅，住在兩旁的街坊都已經睡了，只有河水還醒著。",
            "燈火",
            "他們說，明年的燈會還要再辦，到時候會把河邊的長凳都漆成紅色，讓孩子們坐！！",
        ];
        let lines = [&["河邊老屋"][..], &hans, &[PROSE], &hant, &[PROSE_TOO]].concat();
        let numbered: Vec<_> = lines.iter().enumerate().map(|(i, line)| (i + 1, *line)).collect();
        let view = View::new(&numbered, None);
        let genre = Genre::of(&view);
        let removed_rows = |policy, script| -> Vec<usize> {
            DuplicateFinder::of(&view, Titles::of(&view), &genre)
                .blocks(policy, script)
                .iter()
                .map(|finding| usize::from(finding.row))
                .collect::<Vec<_>>()
        };
        assert_eq!(removed_rows(KeepTwin::First, None), [5, 6, 7]);
        assert_eq!(removed_rows(KeepTwin::TargetScript, Some(Script::Hant)), [1, 2, 3]);
        assert_eq!(removed_rows(KeepTwin::TargetScript, Some(Script::Hans)), [5, 6, 7]);
        assert_eq!(removed_rows(KeepTwin::Longest, None), [1, 2, 3]);
    }

    #[test]
    fn the_headline_is_kept_by_any_policy() {
        let lines = ["河边老屋要拆了吗", PROSE, "河邊老屋要拆了嗎？？"];
        for policy in [KeepTwin::First, KeepTwin::TargetScript, KeepTwin::Longest] {
            assert_eq!(removed_rows(policy, Some(Script::Hant), &lines), [(2, Some(0))]);
        }
    }
}
