//! Leftovers by structure: fences around nothing, and the markers of items that hold nothing.

use super::{Because, Finding};
use crate::analysis::View;
use crate::rules::RuleId;
use crate::text::CodeBlocks;

/// Characters of a list marker at most.
const MARKER_CHARACTERS: usize = 3;

/// Lines that are left of a fence or a list.
pub(crate) fn find(view: &View) -> Vec<Finding> {
    let lines: Vec<usize> = view.filled().collect();
    let fences = empty_fences(view, &lines).into_iter();
    let fences = fences.map(|line| found(line, RuleId::RESIDUE_EMPTY_FENCE, "fences with nothing between"));
    let items = empty_items(view, &lines);
    fences
        .chain(items.map(|line| found(line, RuleId::RESIDUE_EMPTY_ITEM, "a marker without an item")))
        .collect()
}

fn found(line: usize, rule: RuleId, pattern: &'static str) -> Finding {
    Finding { row: line, rule: rule.rule(), because: Because::Pattern { pattern } }
}

/// Both fences of each pair that encloses nothing.
fn empty_fences(view: &View, lines: &[usize]) -> Vec<usize> {
    let blocks = CodeBlocks::between(lines.iter().map(|line| view.lines[*line].shape.fence));
    blocks.iter().filter(|block| block.len() == 2).flatten().map(|place| lines[place]).collect()
}

/// Markers beside their like, and marks of a quotation beside what is none of it.
fn empty_items<'a>(view: &'a View, lines: &'a [usize]) -> impl Iterator<Item = usize> + 'a {
    let parts = |own: &str, line: &usize| {
        let other = text(view, *line);
        other == own || own == ">" && !other.starts_with('>')
    };
    let holds_nothing = move |place: &usize| {
        let (line, own) = (lines[*place], text(view, lines[*place]));
        let around = [place.checked_sub(1), Some(place + 1)].map(|place| lines.get(place?));
        is_marker(own)
            && !view.lines[line].shape.fenced
            && around.into_iter().flatten().any(|line| parts(own, line))
    };
    (0..lines.len()).filter(holds_nothing).map(|place| lines[place])
}

/// A number with a mark behind it, or the mark of a quotation, and nothing else.
fn is_marker(text: &str) -> bool {
    let number = text.trim_end_matches(['.', '、', ')', '）', '．']);
    let counted =
        number.len() < text.len() && !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit());
    text == ">" || (counted && text.chars().count() <= MARKER_CHARACTERS)
}

fn text<'t>(view: &View<'t>, line: usize) -> &'t str {
    view.lines[line].text.trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<usize> {
        let lines: Vec<_> = text.lines().enumerate().map(|(at, line)| (at + 1, line)).collect();
        let mut found: Vec<usize> = find(&View::new(&lines, None)).iter().map(|f| f.row + 1).collect();
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
