//! Gaps in the page's furniture: few lines between lines that go.

use super::label::{ALL, FIRST_OF_PAGE, LABELS};
use super::lines::Lines;
use super::{Verdict, likeliest, removed};
use crate::detect::Category;

/// Lines of a gap at most. In 554 labelled articles, of 3,294 lines between two of the page six belong to the
/// article.
const LINES: usize = 3;
/// How probable it must be at least that a line between two of one category goes, and that prose does.
const LEAST: f32 = 0.01;
const LEAST_OF_PROSE: f32 = 0.02;
/// The same between lines of two categories, where an article begins or ends more often.
const LEAST_OF_TWO: f32 = 0.03;

/// Takes lines between two that go as furniture of the page for furniture, unless the model is certain that they
/// are the article's. `may_go` tells by place which lines may go at all. Where a repeat is
/// among them, all stay: the line that it repeats may be too, and one of the two must stay.
pub(super) fn fill(
    lines: &Lines,
    probabilities: &[[f32; LABELS]],
    may_go: &[bool],
    verdicts: &mut [Option<Verdict>],
) {
    let furniture = |place| Some((place, furniture(lines, place, verdicts)?));
    let furniture: Vec<(usize, Category)> = (0..verdicts.len()).filter_map(furniture).collect();
    for edges in furniture.windows(2) {
        let [(before, category), (behind, other)] = [edges[0], edges[1]];
        let is_open = |place: &usize| {
            let of_one = if lines.facts[*place].prose { LEAST_OF_PROSE } else { LEAST };
            let least = if category == other { of_one } else { LEAST_OF_TWO };
            may_go[*place] && lines.stays(*place, verdicts) && removed(&probabilities[*place]) >= least
        };
        let gap: Vec<usize> = (before + 1..behind).collect();
        if gap.len() > LINES || !gap.iter().all(is_open) {
            continue;
        }
        for place in gap {
            let label = likeliest(&probabilities[place], FIRST_OF_PAGE);
            let probability = f64::from(removed(&probabilities[place]));
            verdicts[place] = Some(Verdict { label, probability, between: Some([before, behind]) });
        }
    }
}

/// The category of a line that goes for what pages have around an article. Residue stands anywhere within one.
fn furniture(lines: &Lines, place: usize, verdicts: &[Option<Verdict>]) -> Option<Category> {
    let by_model = || verdicts[place].and_then(|verdict| ALL[verdict.label]);
    let category = lines.named[place].or_else(by_model)?;
    let elsewhere = matches!(category, Category::Metadata | Category::Repeat | Category::Residue);
    (!elsewhere).then_some(category)
}

#[cfg(test)]
mod tests {
    use super::super::lines::example::going;
    use super::*;

    fn filled(text: &str, probability: f32) -> Vec<usize> {
        going(text, |lines, verdicts| {
            let mut own = [0.0; LABELS];
            own[FIRST_OF_PAGE] = probability;
            fill(lines, &vec![own; verdicts.len()], &vec![true; verdicts.len()], verdicts);
        })
    }

    #[test]
    fn up_to_three_lines_between_lines_of_the_page_go() {
        assert_eq!(filled("×首頁\n關於我們\n×聯絡", 0.1), [1, 2, 3]);
        assert_eq!(filled("×首頁\n\n甲\n乙\n丙\n×聯絡", 0.1), [1, 3, 4, 5, 6]);
        assert_eq!(filled("×首頁\n甲\n乙\n丙\n丁\n×聯絡", 0.1), [1, 6]);
        assert_eq!(filled("關於我們\n×聯絡\n夜市", 0.1), [2]);
    }

    #[test]
    fn what_is_certainly_the_articles_stays_between_them() {
        assert_eq!(filled("×首頁\n關於我們\n×聯絡", 0.005), [1, 3]);
        let prose =
            "×首頁\n夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方，里長也在場。\n×聯絡";
        assert_eq!(filled(prose, 0.015), [1, 3]);
        assert_eq!(filled(prose, 0.03), [1, 2, 3]);
    }
}
