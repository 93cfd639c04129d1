//! Lines that stand within what stays: items of a list, blank lines of a quotation, marks of a broken sentence.

use super::lines::Lines;
use super::verdict::Verdicts;
use super::{Decisions, JudgedPage};
use crate::analysis::{Rank, ViewLine};
use crate::text::list_marker::ListMarker;

/// Takes the verdicts on such lines back.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    if let Some((lines, verdicts)) = decisions.lines(page) {
        spare(&lines, verdicts);
    }
}

fn spare(lines: &Lines, verdicts: &mut Verdicts) {
    items(lines, verdicts);
    let between = verdicts.keys().zip(verdicts.keys().skip(1)).zip(verdicts.keys().skip(2));
    for ((above, rank), below) in between {
        let goes = verdicts[rank].is_some();
        let within = [above, below].into_iter().all(|beside| lines.stays(beside, verdicts));
        let (own, around) = (lines.at(rank), [above, below].map(|beside| lines.at(beside)));
        if goes && within && (is_quoted_blank(own, around) || is_broken_mark(own, around[0])) {
            verdicts[rank] = None;
        }
    }
}

/// Of items that follow one another, those between two that stay.
fn items(lines: &Lines, verdicts: &mut Verdicts) {
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

/// A mark of quotation and nothing else, between two lines of the quotation.
fn is_quoted_blank(line: &ViewLine, around: [&ViewLine; 2]) -> bool {
    let quoted = |line: &ViewLine| {
        line.text.trim_start().strip_prefix('>').is_some_and(|rest| !rest.trim().is_empty())
    };
    line.text.trim() == ">" && around.into_iter().all(quoted)
}

/// A mark and nothing else, behind a line that ends in no mark: a sentence that the page broke into lines.
fn is_broken_mark(line: &ViewLine, before: &ViewLine) -> bool {
    let text = line.text.trim();
    let is_mark = !text.is_empty() && text.trim_start_matches(JOINTS).is_empty();
    is_mark && before.text.trim_end().ends_with(char::is_alphanumeric)
}

/// Marks that hold a sentence together.
const JOINTS: &[char] = &['，', '。', '、', '：', '；', ',', '.', ':', ';'];

#[cfg(test)]
mod tests {
    use super::super::lines::example::going;
    use super::*;

    #[test]
    fn items_between_items_that_stay_stay() {
        assert_eq!(going("1、登入\n×2、設定\n×3、分享\n4、離開", spare), [0; 0]);
        assert_eq!(going("🔸甲區\n×🔸乙區\n🔸丙區", spare), [0; 0]);
        assert_eq!(going("1、登入\n×2、設定\n×3、分享", spare), [2, 3]);
        assert_eq!(going("- 登入\n×* 設定\n- 離開", spare), [2]);
    }

    #[test]
    fn blank_lines_of_a_quotation_stay_within_it() {
        assert_eq!(going("> 甲\n×>\n> 乙", spare), [0; 0]);
        assert_eq!(going("> 甲\n×>\n乙", spare), [2]);
    }

    #[test]
    fn marks_of_a_broken_sentence_stay() {
        assert_eq!(going("索性查到\n×，\n就停了。", spare), [0; 0]);
        assert_eq!(going("停了。\n×，\n就停了。", spare), [2]);
    }
}
