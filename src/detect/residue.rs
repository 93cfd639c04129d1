//! Leftovers by structure: fences around nothing, and the markers of items that hold nothing.

use typed_index_collections::TiVec;

use super::{Because, Finding};
use crate::analysis::{Rank, Ranked, Row, View};
use crate::rules::RuleId;
use crate::text::CodeBlocks;

/// Characters of a list marker at most.
const MARKER_CHARACTERS: usize = 3;

/// Lines that are left of a fence or a list.
pub(crate) fn find(view: &View) -> Vec<Finding> {
    let rows: TiVec<Rank, Row> = view.filled().collect();
    let fences = empty_fences(view, &rows).into_iter();
    let fences = fences.map(|row| found(row, RuleId::RESIDUE_EMPTY_FENCE, "fences with nothing between"));
    let items = empty_items(view, &rows);
    fences
        .chain(items.map(|row| found(row, RuleId::RESIDUE_EMPTY_ITEM, "a marker without an item")))
        .collect()
}

fn found(row: Row, rule: RuleId, pattern: &'static str) -> Finding {
    Finding { row, rule: rule.rule(), because: Because::Pattern { pattern } }
}

/// Both fences of each pair that encloses nothing.
fn empty_fences(view: &View, rows: &Ranked<Row>) -> Vec<Row> {
    let blocks = CodeBlocks::between(rows.iter().map(|row| view.lines[*row].shape.fence));
    blocks.iter().filter(|block| block.len() == 2).flatten().map(|rank| rows[Rank::from(rank)]).collect()
}

/// Markers beside their like, and marks of a quotation beside what is none of it.
fn empty_items<'a>(view: &'a View, rows: &'a Ranked<Row>) -> impl Iterator<Item = Row> + 'a {
    let parts = |own: &str, row: &Row| {
        let other = text(view, *row);
        other == own || own == ">" && !other.starts_with('>')
    };
    let holds_nothing = move |rank: &Rank| {
        let (row, own) = (rows[*rank], text(view, rows[*rank]));
        let around = [rank.above(1), Some(rank.below(1))].map(|rank| rows.get(rank?));
        is_marker(own)
            && !view.lines[row].shape.fenced
            && around.into_iter().flatten().any(|row| parts(own, row))
    };
    rows.keys().filter(holds_nothing).map(|rank| rows[rank])
}

/// A number with a mark behind it, or the mark of a quotation, and nothing else.
fn is_marker(text: &str) -> bool {
    let number = text.trim_end_matches(['.', '、', ')', '）', '．']);
    let counted =
        number.len() < text.len() && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    text == ">" || (counted && text.chars().count() <= MARKER_CHARACTERS)
}

fn text<'t>(view: &View<'t>, row: Row) -> &'t str {
    view.lines[row].text.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<usize> {
        let lines: Vec<_> = text.lines().enumerate().map(|(at, line)| (at + 1, line)).collect();
        let found = find(&View::new(&lines, None));
        let mut found: Vec<usize> = found.iter().map(|found| found.row.below(1).into()).collect();
        found.sort_unstable();
        found
    }

    #[test]
    fn fences_around_nothing_go_and_blocks_that_follow_one_another_stay() {
        assert_eq!(found("甲\n```\n\n```\n乙"), [2, 4]);
        assert_eq!(found("```\na();\n```\n```\nb();\n```"), [0; 0]);
    }

    #[test]
    fn markers_without_items_go() {
        assert_eq!(found("1. 甲\n1.\n1.\n1. 乙"), [2, 3]);
        assert_eq!(found("1.\n甲\n2.\n乙"), [0; 0]);
        assert_eq!(found("> 甲\n>\n> 乙\n>\n丙"), [4]);
        assert_eq!(found("```\n1.\n1.\n```"), [0; 0]);
    }
}
