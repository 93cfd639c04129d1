//! Lines whose core text stands within a paragraph: captions and pull quotes. The paragraph stays.

use std::cell::OnceCell;

use super::added_text::{adds_nothing, is_summary};
use super::caption_alignment::Neighbours;
use super::core_text::{Form, Wording, without_quote_mark};
use super::match_boundary::{KeyMarks, stands_apart};
use crate::analysis::{Row, View};
use crate::detect::containment::Needles;
use crate::rules::RuleId;

/// Maximum distance in lines between a caption and its copy with a credit.
const BESIDE: usize = 3;
/// The rule of captions whose core text stands in a paragraph.
const CAPTION: RuleId = RuleId::REPEAT_TOLD_CAPTION;
/// The rule of captions that repeat an earlier one with another credit.
const CAPTION_AGAIN: RuleId = RuleId::REPEAT_CAPTION;
/// The rule of sentences that stand in a paragraph.
pub(crate) const EXCERPT: RuleId = RuleId::REPEAT_EXCERPT;

/// A line that another one contains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Contained {
    /// The row of the line.
    pub row: Row,
    /// The row of the paragraph that contains its core text.
    pub within: Row,
    pub rule: RuleId,
    /// The share of its bigrams that stand in the paragraph.
    pub covered: f64,
}

struct Candidate {
    row: Row,
    wording: Wording,
}

impl Candidate {
    fn of(view: &View, row: Row) -> Option<Self> {
        let wording = Wording::of(&view.lines[row], || may_be_contained(view, row))?;
        Some(Self { row, wording })
    }

    fn key(&self) -> &str {
        &self.wording.key
    }
}

/// Whether another line may contain all of a line. A line with a bigram that is unique in the document cannot be
/// contained in another line.
fn may_be_contained(view: &View, row: Row) -> bool {
    view.pairs().unique(view.lines[row].rank) == 0
}

/// The contained lines among the standing ones, in order. A line that contains another one and adds no more than a
/// credit or the headline counts as contained too.
pub(crate) fn find(view: &View, standing: &[Row], headline: Option<Row>) -> Vec<Contained> {
    let candidates: Vec<Candidate> =
        standing.iter().skip(1).filter_map(|row| Candidate::of(view, *row)).collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let containers = containers(view, standing, &candidates);
    let neighbours = Neighbours::new(view, standing);
    let aligned = |candidate: &Candidate| {
        let Candidate { row, wording, .. } = candidate;
        let may_stay = |other| may_stay(view, &candidates, candidate, other);
        let is_caption = wording.is_caption() && wording.is_more_than_name();
        if is_caption { neighbours.best_match(*row, &wording.key, may_stay) } else { None }
    };
    let headline = headline.map(|row| view.lines[row].key());
    let is_lead_of_body = |row: Row, container: CoreContainer| {
        container.row < row
            && (is_summary(&view.lines[container.row]) || is_lead_of_several(&containers, container.row))
    };
    let contained = candidates.iter().zip(&containers).filter_map(|(candidate, container)| {
        let (within, covered) = match *container {
            Some(container) if continues_line_above(view, standing, candidate.row, container) => return None,
            Some(container)
                if candidate.wording.form == Form::Plain && is_lead_of_body(candidate.row, container) =>
            {
                return None;
            }
            Some(container) if adds_only_credit(view, candidate, container, headline) => {
                let (row, within) = (container.row, candidate.row);
                return Some(Contained { row, within, rule: CAPTION_AGAIN, covered: 1.0 });
            }
            Some(container) => (container.row, 1.0),
            None => aligned(candidate)?,
        };
        let rule = match candidate.wording.form {
            Form::Caption if is_same_caption(&candidates, candidate, within) => CAPTION_AGAIN,
            Form::Caption => CAPTION,
            Form::Plain | Form::Marked => EXCERPT,
        };
        Some(Contained { row: candidate.row, within, rule, covered })
    });
    let mut contained: Vec<Contained> = contained.collect();
    contained.sort_by_key(|found| found.row);
    contained.dedup_by_key(|found| found.row);
    contained
}

/// Whether the container stands right beside the candidate, and adds no more than a credit or the headline behind it.
/// The plain one of two such captions stays.
fn adds_only_credit(
    view: &View,
    candidate: &Candidate,
    container: CoreContainer,
    headline: Option<&str>,
) -> bool {
    let (key, own) = (view.lines[container.row].key(), view.lines[candidate.row].key());
    let rest = key.strip_prefix(own);
    let rank = |row: Row| view.lines[row].rank;
    rank(candidate.row).distance(rank(container.row)) <= BESIDE
        && rest.is_some_and(|rest| adds_nothing(rest, headline))
}

/// Whether a line contains several others. Then it is a lead or a summary above the article.
fn is_lead_of_several(containers: &[Option<CoreContainer>], row: Row) -> bool {
    containers.iter().flatten().filter(|container| container.row == row).count() > 1
}

/// Whether a line is a caption with a candidate's core text, whatever its credit.
fn is_same_caption(candidates: &[Candidate], candidate: &Candidate, row: Row) -> bool {
    let other = candidates.binary_search_by_key(&row, |other| other.row);
    other.is_ok_and(|other| {
        candidates[other].wording.is_caption() && candidates[other].wording.key == candidate.wording.key
    })
}

/// A line that contains a candidate's core text.
#[derive(Debug, Clone, Copy)]
struct CoreContainer {
    row: Row,
    /// Byte of its key at which the core text starts.
    start: usize,
}

/// Whether the line above ends with the characters before the core text in the container. Then both lines are pieces of
/// one sentence, which a page broke into lines.
fn continues_line_above(view: &View, standing: &[Row], row: Row, container: CoreContainer) -> bool {
    let place = standing.binary_search(&row).unwrap_or_default();
    let Some(above) = place.checked_sub(1).map(|above| &view.lines[standing[above]]) else { return false };
    let ending = above.key().char_indices().rev().nth(1).map(|(at, _)| &above.key()[at..]);
    let before = view.lines[container.row].key().get(..container.start).unwrap_or_default();
    !above.shape.sentence && ending.is_some_and(|ending| before.ends_with(ending))
}

/// The longest line that contains the core text of each candidate.
fn containers(view: &View, standing: &[Row], candidates: &[Candidate]) -> Vec<Option<CoreContainer>> {
    let needles = Needles::of(candidates.iter().map(Candidate::key));
    let mut containers: Vec<Option<CoreContainer>> = vec![None; candidates.len()];
    let length = |row: Row| view.lines[row].key().len();
    for row in standing.iter().copied() {
        let key = view.lines[row].key();
        let known = OnceCell::new();
        // A sentence stands between two marks.
        let marks = || known.get_or_init(|| KeyMarks::of(&view.lines[row]));
        needles.each_within(key, |number, start| {
            let (candidate, container) = (&candidates[number], &mut containers[number]);
            let longer = length(row) > container.map_or(0, |container| length(container.row));
            let whole = || stands_apart(key, start, candidate.key());
            let between_marks = || marks().stand_at([start, start + candidate.key().len()]);
            if longer
                && may_stay(view, candidates, candidate, row)
                && whole()
                && (candidate.wording.is_caption() || between_marks())
            {
                *container = Some(CoreContainer { row, start });
            }
        });
    }
    containers
}

/// Whether a line with a candidate's core text may stay instead of it. A line that says more may. Among lines that say
/// the same, the plainest may, and among equally plain ones the first.
fn may_stay(view: &View, candidates: &[Candidate], candidate: &Candidate, row: Row) -> bool {
    let container = &view.lines[row];
    let other = candidates.binary_search_by_key(&row, |other| other.row).map(|other| &candidates[other]);
    let (key, form) =
        other.map_or((container.key(), Form::of(container)), |other| (other.key(), other.wording.form));
    if without_quote_mark(key) == candidate.key() {
        return candidate.wording.form != Form::Plain
            && (form, row) < (candidate.wording.form, candidate.row);
    }
    candidate.wording.is_more_than_name() && container.key().len() > view.lines[candidate.row].key().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str =
        "街坊說，夜市搬走以後晚上安靜了許多。里長王強在說明會上表示，新的場地要等到年底才能定案。";

    fn contained(line: &str) -> Option<(RuleId, usize)> {
        let lines = [(1, "老街的夜市與街坊"), (2, line), (3, PROSE)];
        let view = View::new(&lines, None);
        let found = find(&view, &[0, 1, 2].map(Row::from), None);
        let first = found.first().filter(|found| found.row == Row::from(1));
        first.map(|found| (found.rule, found.within.into()))
    }

    #[test]
    fn captions_and_statements_that_a_paragraph_holds_are_found() {
        assert_eq!(contained("里长王强在说明会上表示，新的场地要等到年底才能定案。"), Some((EXCERPT, 2)));
        assert_eq!(contained("里長王強在說明會上表示新的場地。林小溪攝"), Some((CAPTION, 2)));
        assert_eq!(
            contained("里長王強在說明會上說，新的場地要等到年底才能定案。（資料圖片）"),
            Some((CAPTION, 2))
        );
        assert_eq!(
            contained("里長王強在說明會上指，新的場地要等到年底才能定案。林小溪攝"),
            Some((CAPTION, 2))
        );
        for credit in
            ["（老街社記者 林小溪 攝）", "(插圖：Lin Siu-kai)", "（圖／老街電台）", "老街日報資料照片"]
        {
            let caption = format!("里長王強在說明會上表示，新的場地要等到年底才能定案。{credit}");
            assert_eq!(contained(&caption), Some((CAPTION, 2)), "{credit}");
        }
    }

    #[test]
    fn what_tells_more_or_is_no_statement_is_not() {
        assert_eq!(contained("新的場地要等到年底才能定案"), None);
        assert_eq!(contained("里長王強在說明會上表示，新的場地要等到後年才能定案。"), None);
        assert_eq!(contained("里長王強在說明會上表示，新的場地不要等到年底才能定案。林小溪攝"), None);
        assert_eq!(contained("里長李強在說明會上表示，新的場地要等到年底才能定案。林小溪攝"), None);
        assert_eq!(contained("三十名街坊昨晚到場。林小溪攝"), None);
        let shown = "里長王強在說明會上表示，新的場地要等到年底才能定案。";
        for told in ["（左起王強，李強，資料圖片）", "（圖中左方）"] {
            assert_eq!(contained(&format!("{shown}{told}")), None, "{told}");
        }
    }

    #[test]
    fn a_quotations_mark_and_what_announces_a_statement_do_not_count() {
        let said = "里長王強在說明會上表示，新的場地要等到年底才能定案。";
        for marked in [format!("> {said}"), format!("摘要：{said}"), format!("> 导语：{said}")] {
            assert_eq!(contained(&marked), Some((EXCERPT, 2)), "{marked}");
        }
        assert_eq!(contained(&format!("里長：{said}")), None);
        let (quoted, announced) = (format!("> {said}"), format!("摘要：{said}"));
        let credited = format!("{said}（老街社資料圖片）");
        for (lines, gone) in [
            ([&quoted, said], 1),
            ([said, &quoted], 2),
            ([&announced, said], 1),
            ([said, &announced], 2),
            ([&credited, &quoted], 1),
            ([&quoted, &credited], 2),
            ([&announced, &quoted], 2),
        ] {
            let found = all(&["老街", lines[0], lines[1]]);
            assert_eq!(found.iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [gone]);
        }
    }

    /// The removed lines, their containers, and the rules.
    fn all(lines: &[&str]) -> Vec<(usize, usize, RuleId)> {
        let numbered: Vec<_> = lines.iter().enumerate().map(|(i, line)| (i + 1, *line)).collect();
        let view = View::new(&numbered, None);
        let found = find(&view, &view.lines.keys().collect::<Vec<_>>(), None).into_iter();
        found.map(|found| (found.row.into(), found.within.into(), found.rule)).collect()
    }

    #[test]
    fn of_captions_that_differ_in_their_credit_the_first_stays() {
        for wording in ["老街的燈火與河水。", "里長王強在說明會上表示新的場地還沒有。"]
        {
            let [short, long] = ["林小溪攝", "老街社資料圖片"].map(|credit| format!("{wording}{credit}"));
            assert_eq!(all(&["老街", &short, PROSE, &long]), [(3, 1, CAPTION_AGAIN)]);
            assert_eq!(all(&["老街", &long, PROSE, &short]), [(3, 1, CAPTION_AGAIN)]);
            assert_eq!(all(&["老街", &long, &short]), [(2, 1, CAPTION_AGAIN)]);
            assert_eq!(all(&["老街", &long, PROSE, wording]), [(1, 3, CAPTION)]);
        }
        let other = "老街的燈火與山水。老街社圖片";
        assert_eq!(all(&["老街", "老街的燈火與河水。林小溪攝", PROSE, other]), []);
        assert_eq!(all(&["老街", "老街的燈火。林小溪攝", PROSE, "老街的燈火。老街社圖片"]), []);
    }

    #[test]
    fn what_is_cut_out_of_a_word_a_number_or_a_statement_is_not() {
        for (line, paragraph, whole) in [
            (
                "2名工人在工地意外中受傷送往醫院治療。",
                "里長更正說，共有12名工人在工地意外中受傷送往醫院治療。",
                "里長更正說，2名工人在工地意外中受傷送往醫院治療。",
            ),
            (
                "可以在展廳裡使用閃光燈拍攝作品。",
                "各位請注意，不可以在展廳裡使用閃光燈拍攝作品。",
                "各位請注意，可以在展廳裡使用閃光燈拍攝作品。",
            ),
            (
                "市長王強在老街主持新市場剪綵典禮。林小溪攝",
                "副市長王強在老街主持新市場剪綵典禮，市長請假。",
                "市長王強在老街主持新市場剪綵典禮，副市長請假。",
            ),
            (
                "街坊在說明會以後一共捐款三十。老街社圖片",
                "街坊在說明會以後一共捐款三十萬元。",
                "街坊在說明會以後一共捐款三十。",
            ),
            (
                "新的場地年底之前就能夠正式啟用。",
                "有人問，新的場地年底之前就能夠正式啟用嗎，里長說不能。",
                "里長說，新的場地年底之前就能夠正式啟用，要大家放心。",
            ),
            (
                "王強在法庭上承認自己打傷了人。",
                "有報道稱王強在法庭上承認自己打傷了人的說法不是事實。",
                "後來，王強在法庭上承認自己打傷了人，也道了歉。",
            ),
        ] {
            assert_eq!(all(&["老街", line, paragraph]), [], "{line}");
            assert_eq!(all(&["老街", line, whole]).first().map(|(gone, ..)| *gone), Some(1), "{whole}");
        }
    }

    #[test]
    fn pieces_of_a_broken_sentence_are_not() {
        let broken = [
            (1, "老街的夜市與街坊"),
            (2, "里長王強在說明會上表示，"),
            (3, "新的場地要等到年底才能定案。"),
            (4, PROSE),
        ];
        assert!(find(&View::new(&broken, None), &[0, 1, 2, 3].map(Row::from), None).is_empty());
        assert_eq!(contained("新的場地要等到年底才能定案。"), Some((EXCERPT, 2)));
    }
}
