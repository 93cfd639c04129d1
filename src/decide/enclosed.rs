//! Lines that stand within what stays: items of a list, blank lines of a quotation, marks of a broken sentence.

use super::lines::Lines;
use super::verdict::Verdict;
use super::{Decisions, Page};
use crate::analysis::ViewLine;
use crate::text::list_marker::ListMarker;

/// Takes the verdicts on such lines back.
pub(super) fn decide(page: &Page, decisions: &mut Decisions) {
    if let Some((lines, verdicts)) = decisions.lines(page) {
        spare(&lines, verdicts);
    }
}

fn spare(lines: &Lines, verdicts: &mut [Option<Verdict>]) {
    items(lines, verdicts);
    for place in 1..verdicts.len().saturating_sub(1) {
        let goes = verdicts[place].is_some();
        let within = lines.stays(place - 1, verdicts) && lines.stays(place + 1, verdicts);
        let (own, around) = (lines.at(place), [lines.at(place - 1), lines.at(place + 1)]);
        if goes && within && (is_quoted_blank(own, around) || is_broken_mark(own, around[0])) {
            verdicts[place] = None;
        }
    }
}

/// Of items that follow one another, those between two that stay.
fn items(lines: &Lines, verdicts: &mut [Option<Verdict>]) {
    let markers: Vec<Option<ListMarker>> =
        (0..verdicts.len()).map(|place| ListMarker::in_list(lines.at(place).text)).collect();
    let mut start = 0;
    for list in markers.chunk_by(|a, b| a.is_some() && a == b) {
        let places = start..start + list.len();
        start = places.end;
        let mut staying = places.filter(|place| lines.stays(*place, verdicts));
        let Some(first) = staying.next() else { continue };
        let last = staying.next_back().unwrap_or(first);
        verdicts[first..=last].fill(None);
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
