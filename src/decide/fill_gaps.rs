//! Gaps in the page's furniture: few lines between lines that go.

use std::ops::Range;

use typed_index_collections::TiVec;

use super::lines::Lines;
use super::verdict::{LabelVerdict, Verdicts, likeliest, removed};
use super::{Decisions, JudgedPage};
use crate::analysis::{Rank, Ranked, Row};
use crate::detect::classifier::label::{FIRST_OF_PAGE, LABELS};
use crate::rules::Category;

/// Lines of a gap at most. In 554 labelled articles, of 3,294 lines between two of the page six belong to the
/// article.
const LINES: usize = 3;
/// How probable it must be at least that a line between two of one category goes, and that prose does.
const LEAST: f32 = 0.01;
const LEAST_OF_PROSE: f32 = 0.02;
/// The same between lines of two categories, where an article begins or ends more often.
const LEAST_OF_TWO: f32 = 0.03;

/// Lines on either side of a gap that are looked at, and how many of ten must go as furniture at least. Of 297 lines
/// of gaps in unlabelled articles, read by hand, 86 were wrong; of the 206 that this and what is asked of navigation
/// leave 38 are.
const AROUND: usize = 8;
const FURNITURE_OF_TEN: usize = 4;

/// Takes lines between two that go as furniture of the page for furniture, unless the model is certain that they
/// are the article's. `stays` tells which lines never go as what. Where a repeat is among them, all stay:
/// the line that it repeats may be too, and one of the two must stay.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    let Some(posteriors) = page.posteriors() else { return };
    let mut verdicts = std::mem::take(&mut decisions.verdicts);
    let exempts = |row: Row, verdict: &LabelVerdict| decisions.exempts(page, row, verdict);
    let (rows, facts) = (posteriors.rows(), posteriors.facts());
    let lines = Lines { view: page.view, rows, facts, named: &decisions.named };
    fill(&lines, &posteriors.probabilities, exempts, &mut verdicts);
    decisions.verdicts = verdicts;
}

fn fill(
    lines: &Lines,
    probabilities: &Ranked<[f32; LABELS]>,
    stays: impl Fn(Row, &LabelVerdict) -> bool,
    verdicts: &mut Verdicts,
) {
    let page = Furniture::of(lines, verdicts);
    let furniture: Vec<Rank> = verdicts.keys().filter(|rank| page.furniture[*rank].is_some()).collect();
    for edges in furniture.windows(2) {
        let [before, behind] = [edges[0], edges[1]];
        let gap = before.below(1)..behind;
        let verdict = |rank: Rank| LabelVerdict {
            label: likeliest(&probabilities[rank], FIRST_OF_PAGE),
            probability: f64::from(removed(&probabilities[rank])),
            between: Some([before, behind]),
        };
        let is_open = |rank: Rank| {
            let least = page.least([before, behind], lines.facts[rank].prose);
            let may_go = lines.stays(rank, verdicts) && removed(&probabilities[rank]) >= least;
            may_go && !stays(lines.rows[rank], &verdict(rank))
        };
        let mut ranks = Rank::all(gap.clone());
        if !(1..=LINES).contains(&ranks.len()) || !ranks.all(is_open) || !page.surrounds(&gap) {
            continue;
        }
        for rank in Rank::all(gap) {
            verdicts[rank] = Some(verdict(rank));
        }
    }
}

/// What goes as furniture of the page, as rules and the classifier see it.
struct Furniture {
    /// The category of each line, where it goes as furniture.
    furniture: TiVec<Rank, Option<Category>>,
    /// The first and the last prose that stays.
    prose: Option<[Rank; 2]>,
}

impl Furniture {
    fn of(lines: &Lines, verdicts: &Verdicts) -> Self {
        let furniture = verdicts.keys().map(|rank| lines.furniture(rank, verdicts)).collect();
        let is_article = |rank: &Rank| lines.facts[*rank].prose && lines.stays(*rank, verdicts);
        let mut prose = verdicts.keys().filter(is_article);
        let first = prose.next();
        Self { furniture, prose: first.map(|first| [first, prose.next_back().unwrap_or(first)]) }
    }

    /// How probable it must be that a line between two goes.
    fn least(&self, edges: [Rank; 2], prose: bool) -> f32 {
        let [before, behind] = edges.map(|edge| self.furniture[edge]);
        match (before == behind, prose) {
            (false, _) => LEAST_OF_TWO,
            (true, true) => LEAST_OF_PROSE,
            (true, false) => LEAST,
        }
    }

    /// Whether what stands around a gap is the page and not the article. Navigation stands above an article or below
    /// it; amid one it is the words of a sentence that the page broke into lines, or a list of names.
    fn surrounds(&self, gap: &Range<Rank>) -> bool {
        self.is_dense_around(gap) && !(self.is_navigation(gap) && self.is_in_article(gap))
    }

    fn is_dense_around(&self, gap: &Range<Rank>) -> bool {
        let around = gap.start.above_or_first(AROUND)..gap.end.below(AROUND).min(self.furniture.next_key());
        let around = &self.furniture[around];
        let lines = around.len() - gap.start.distance(gap.end);
        let furniture = around.iter().flatten().count();
        furniture * 10 >= lines * FURNITURE_OF_TEN
    }

    /// Whether prose stays above and below.
    fn is_in_article(&self, gap: &Range<Rank>) -> bool {
        self.prose.is_some_and(|[first, last]| first < gap.start && gap.end <= last)
    }

    /// Whether a line on either side goes as navigation.
    fn is_navigation(&self, gap: &Range<Rank>) -> bool {
        [gap.start.above_or_first(1), gap.end].map(|edge| self.furniture[edge]).contains(&Some(Category::Nav))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::example::going;
    use super::*;

    fn filled(text: &str, probability: f32) -> Vec<usize> {
        going(text, |lines, verdicts| {
            let mut own = [0.0; LABELS];
            own[FIRST_OF_PAGE] = probability;
            fill(lines, &TiVec::from(vec![own; verdicts.len()]), |_, _| false, verdicts);
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
    fn lines_between_two_stay_where_most_around_them_stays() {
        assert_eq!(filled("甲\n乙\n丙\n×首頁\n關於我們\n×聯絡", 0.1), [4, 5, 6]);
        assert_eq!(filled("甲\n乙\n丙\n丁\n×首頁\n關於我們\n×聯絡", 0.1), [5, 7]);
    }

    #[test]
    fn navigation_stands_above_or_below_an_article() {
        let surrounds = |category, prose: Option<[usize; 2]>| {
            let furniture = vec![Some(category), None, Some(category)].into();
            let prose = prose.map(|edges| edges.map(Rank::from));
            Furniture { furniture, prose }.surrounds(&(Rank::from(1)..Rank::from(2)))
        };
        assert!(!surrounds(Category::Nav, Some([0, 2])));
        assert!(surrounds(Category::Nav, Some([0, 0])) && surrounds(Category::Nav, None));
        assert!(surrounds(Category::Ad, Some([0, 2])));
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
