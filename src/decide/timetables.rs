//! Timetables that a page broke into lines: most of the lines are times of day. A list of recordings has at most one time
//! for each title.

use super::lines::Lines;
use super::verdict::Verdicts;
use super::{Decisions, JudgedPage};
use crate::analysis::Rank;
use crate::rules::Category;

/// Times at least.
const TIMES: usize = 4;

/// Takes the verdicts on such lines back.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    if let Some((lines, verdicts)) = decisions.lines(page) {
        spare(&lines, verdicts);
    }
}

fn spare(lines: &Lines, verdicts: &mut Verdicts) {
    let is_list = |rank: &Rank| {
        let category = verdicts[*rank].and_then(|verdict| verdict.category());
        lines.named[*rank].is_none() && matches!(category, Some(Category::Nav | Category::Related))
    };
    let ranks: Vec<Rank> = verdicts.keys().collect();
    let times = |run: &[Rank]| run.iter().filter(|rank| is_time(lines.at(**rank).text)).count();
    let is_timetable = |run: &&[Rank]| is_list(&run[0]) && times(run) >= TIMES && times(run) * 2 > run.len();
    let runs = ranks.chunk_by(|a, b| is_list(a) == is_list(b)).filter(is_timetable);
    let spared: Vec<Rank> = runs.flatten().copied().collect();
    spared.into_iter().for_each(|rank| verdicts[rank] = None);
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
    use super::super::lines::example::going_with;
    use super::*;

    fn left(text: &str) -> Vec<usize> {
        going_with(Category::Nav, text, spare)
    }

    #[test]
    fn a_timetable_stays() {
        assert_eq!(left("×東門\n×07:10\n×07:40\n×08:10\n×西門\n×12:00"), [0; 0]);
        assert_eq!(left("×東門\n×07:10\n×07:40\n×08:10"), [1, 2, 3, 4]);
        assert_eq!(left("×東門\n×07:10\n×07:40\n×08:10\n×西門\n×25:00"), [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn a_list_of_recordings_is_no_timetable() {
        let list = "×夜市搬走\n×01:13\n×河邊風力\n×03:17\n×街坊說話\n×02:40\n×里長在場\n×00:31";
        assert_eq!(left(list).len(), 8);
    }
}
