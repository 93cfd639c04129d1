//! Timetables that a page broke into lines. Most lines of a timetable are times of day. A list of recordings,
//! in contrast, has at most one time for each title.

use super::lines::Lines;
use super::verdict::Verdicts;
use super::{Decisions, JudgedPage};
use crate::analysis::Rank;
use crate::rules::Category;

/// Minimum number of times in a timetable.
const MIN_TIMES: usize = 4;

/// Withdraws the verdicts on such lines.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    if let Some((lines, verdicts)) = decisions.lines(page) {
        withdraw(&lines, verdicts);
    }
}

fn withdraw(lines: &Lines, verdicts: &mut Verdicts) {
    let is_list = |rank: &Rank| {
        let category = verdicts[*rank].and_then(|verdict| verdict.category());
        lines.rule_category[*rank].is_none() && matches!(category, Some(Category::Nav | Category::Related))
    };
    let ranks: Vec<Rank> = verdicts.keys().collect();
    let times = |run: &[Rank]| run.iter().filter(|rank| is_time(lines.at(**rank).text)).count();
    let is_timetable =
        |run: &&[Rank]| is_list(&run[0]) && times(run) >= MIN_TIMES && times(run) * 2 > run.len();
    let runs = ranks.chunk_by(|a, b| is_list(a) == is_list(b)).filter(is_timetable);
    let timetables: Vec<Rank> = runs.flatten().copied().collect();
    timetables.into_iter().for_each(|rank| verdicts[rank] = None);
}

/// Whether a line is a time of day and nothing else.
fn is_time(text: &str) -> bool {
    let Some((hour, minute)) = text.trim().split_once([':', '：']) else { return false };
    let number =
        |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse::<u8>().ok())?;
    number(hour).is_some_and(|hour| hour < 24)
        && minute.len() == 2
        && number(minute).is_some_and(|minute| minute < 60)
}

#[cfg(test)]
mod tests {
    use super::super::lines::example::removed_lines_of;
    use super::*;

    fn removed_lines(text: &str) -> Vec<usize> {
        removed_lines_of(Category::Nav, text, withdraw)
    }

    #[test]
    fn a_timetable_is_kept() {
        assert_eq!(removed_lines("×東門\n×07:10\n×07:40\n×08:10\n×西門\n×12:00"), [0; 0]);
        assert_eq!(removed_lines("×東門\n×07:10\n×07:40\n×08:10"), [1, 2, 3, 4]);
        assert_eq!(removed_lines("×東門\n×07:10\n×07:40\n×08:10\n×西門\n×25:00"), [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn a_list_of_recordings_is_no_timetable() {
        let list = "×夜市搬走\n×01:13\n×河邊風力\n×03:17\n×街坊說話\n×02:40\n×里長在場\n×00:31";
        assert_eq!(removed_lines(list).len(), 8);
    }
}
