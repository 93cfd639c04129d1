//! Residue that the structure of the text shows: fences around nothing, and the markers of empty items.

use typed_index_collections::TiVec;

use super::{Because, Finding};
use crate::analysis::{Rank, Ranked, Row, View};
use crate::rules::RuleId;
use crate::text::CodeBlocks;

/// Maximum number of characters of a list marker.
const MARKER_CHARACTERS: usize = 3;

/// The lines that are left over from a fence or a list.
pub(crate) fn find(view: &View) -> Vec<Finding> {
    let rows: TiVec<Rank, Row> = view.filled().collect();
    let fences = empty_fences(view, &rows).into_iter();
    let fences = fences.map(|row| finding(row, RuleId::RESIDUE_EMPTY_FENCE, "fences with nothing between"));
    let items = empty_items(view, &rows);
    fences
        .chain(items.map(|row| finding(row, RuleId::RESIDUE_EMPTY_ITEM, "a marker without an item")))
        .collect()
}

fn finding(row: Row, rule: RuleId, pattern: &'static str) -> Finding {
    Finding { row, rule: rule.rule(), because: Because::Pattern { pattern } }
}

/// The two fences of each pair that encloses nothing.
fn empty_fences(view: &View, rows: &Ranked<Row>) -> Vec<Row> {
    let blocks = CodeBlocks::between(rows.iter().map(|row| view.lines[*row].shape.fence));
    blocks.iter().filter(|block| block.len() == 2).flatten().map(|rank| rows[Rank::from(rank)]).collect()
}

/// Markers beside an equal marker, and marks of a quotation (`>`) at its edge.
fn empty_items<'a>(view: &'a View, rows: &'a Ranked<Row>) -> impl Iterator<Item = Row> + 'a {
    let is_equal_or_outside = |own: &str, row: &Row| {
        let other = text(view, *row);
        other == own || own == ">" && !other.starts_with('>')
    };
    let is_empty_item = move |rank: &Rank| {
        let (row, own) = (rows[*rank], text(view, rows[*rank]));
        let around = [rank.above(1), Some(rank.below(1))].map(|rank| rows.get(rank?));
        is_marker(own)
            && !view.lines[row].shape.fenced
            && around.into_iter().flatten().any(|row| is_equal_or_outside(own, row))
    };
    rows.keys().filter(is_empty_item).map(|rank| rows[rank])
}

/// Whether a text is only a number with a mark after it, or only the mark of a quotation.
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
