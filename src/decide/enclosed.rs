//! Lines inside text that is kept: items of a list, blank lines of a quotation, punctuation of a broken
//! sentence, the line below the header of a table.

use super::lines::Lines;
use super::verdict::Verdicts;
use super::{Decisions, JudgedPage};
use crate::analysis::{Rank, ViewLine};
use crate::text::list_marker::ListMarker;

/// Withdraws the verdicts on such lines.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    if let Some((lines, verdicts)) = decisions.lines(page) {
        withdraw(&lines, verdicts);
    }
}

fn withdraw(lines: &Lines, verdicts: &mut Verdicts) {
    withdraw_items(lines, verdicts);
    let between = verdicts.keys().zip(verdicts.keys().skip(1)).zip(verdicts.keys().skip(2));
    for ((above, rank), below) in between {
        let is_removed = verdicts[rank].is_some();
        let is_kept_table = lines.stays(above, verdicts) && is_below_header(lines.at(rank), lines.at(above));
        let within = [above, below].into_iter().all(|beside| lines.stays(beside, verdicts));
        let (own, around) = (lines.at(rank), [above, below].map(|beside| lines.at(beside)));
        let is_enclosed = within && (is_quoted_blank(own, around) || is_broken_punctuation(own, around[0]));
        if is_removed && (is_enclosed || is_kept_table) {
            verdicts[rank] = None;
        }
    }
}

/// Withdraws the verdicts on list items between two items of the same list that are kept.
fn withdraw_items(lines: &Lines, verdicts: &mut Verdicts) {
    let markers: Vec<Option<ListMarker>> =
        verdicts.keys().map(|rank| ListMarker::in_list(lines.at(rank).text)).collect();
    let mut start = Rank::default();
    for list in markers.chunk_by(|a, b| a.is_some() && a == b) {
        let ranks = start..start.below(list.len());
        start = ranks.end;
        let mut staying = Rank::all(ranks).filter(|rank| lines.stays(*rank, verdicts));
        let Some(first) = staying.next() else { continue };
        let last = staying.next_back().unwrap_or(first);
        verdicts[first..last.below(1)].fill(None);
    }
}

/// Whether a line is a quotation mark (`>`) and nothing else, between two lines of the quotation.
fn is_quoted_blank(line: &ViewLine, around: [&ViewLine; 2]) -> bool {
    let quoted = |line: &ViewLine| {
        line.text.trim_start().strip_prefix('>').is_some_and(|rest| !rest.trim().is_empty())
    };
    line.text.trim() == ">" && around.into_iter().all(quoted)
}

/// Whether a line is punctuation and nothing else, after a line that does not end with punctuation: the page
/// broke a sentence into lines.
fn is_broken_punctuation(line: &ViewLine, before: &ViewLine) -> bool {
    let text = line.text.trim();
    let is_punctuation = !text.is_empty() && text.trim_start_matches(PUNCTUATION).is_empty();
    is_punctuation && before.text.trim_end().ends_with(char::is_alphanumeric)
}

/// Whether a line is the row of dashes below the header of a Markdown table.
fn is_below_header(line: &ViewLine, header: &ViewLine) -> bool {
    let text = line.text.trim();
    let is_of_dashes = text.contains('-') && text.trim_start_matches(['|', '-', ':', ' ']).is_empty();
    is_of_dashes && text.contains('|') && header.text.contains('|')
}

/// Punctuation that occurs between or after the parts of a sentence.
const PUNCTUATION: &[char] = &['，', '。', '、', '：', '；', ',', '.', ':', ';'];

#[cfg(test)]
mod tests {
    use super::super::lines::example::removed_lines;
    use super::*;

    #[test]
    fn list_items_between_kept_items_are_kept() {
        assert_eq!(removed_lines("1、登入\n×2、設定\n×3、分享\n4、離開", withdraw), [0; 0]);
        assert_eq!(removed_lines("🔸甲區\n×🔸乙區\n🔸丙區", withdraw), [0; 0]);
        assert_eq!(removed_lines("1、登入\n×2、設定\n×3、分享", withdraw), [2, 3]);
        assert_eq!(removed_lines("- 登入\n×* 設定\n- 離開", withdraw), [2]);
    }

    #[test]
    fn blank_lines_inside_a_quotation_are_kept() {
        assert_eq!(removed_lines("> 甲\n×>\n> 乙", withdraw), [0; 0]);
        assert_eq!(removed_lines("> 甲\n×>\n乙", withdraw), [2]);
    }

    #[test]
    fn dashes_below_the_header_of_a_table_are_kept() {
        assert_eq!(removed_lines("| 日期 | 早 |\n×|---|:--|\n| 上旬 | 120 |", withdraw), [0; 0]);
        assert_eq!(removed_lines("日期 | 早\n×--- | ---\n×上旬 | 120", withdraw), [3]);
        assert_eq!(removed_lines("×日期 | 早\n×--- | ---\n×上旬 | 120", withdraw), [1, 2, 3]);
        assert_eq!(removed_lines("日期\n×-----\n上旬", withdraw), [2]);
    }

    #[test]
    fn punctuation_of_a_broken_sentence_is_kept() {
        assert_eq!(removed_lines("索性查到\n×，\n就停了。", withdraw), [0; 0]);
        assert_eq!(removed_lines("停了。\n×，\n就停了。", withdraw), [2]);
    }
}
