//! Gaps in the page's boilerplate: a few lines between lines that are removed.

use std::ops::Range;

use typed_index_collections::TiVec;

use super::lines::Lines;
use super::verdict::{LabelVerdict, Verdicts, likeliest, removed};
use super::{Decisions, JudgedPage};
use crate::analysis::{Rank, Ranked, Row};
use crate::detect::classifier::label::{FIRST_OF_PAGE, LABELS};
use crate::rules::Category;

/// Maximum number of lines in a gap. In 554 labelled articles, 6 of the 3,294 lines between two lines of the
/// page belong to the article.
const MAX_LINES: usize = 3;
/// Minimum probability of being boilerplate for a line between two lines of one category.
const MIN_PROBABILITY: f32 = 0.01;
/// The same minimum for a line of prose. An article may have one paragraph between a list and an advertisement.
const MIN_PROBABILITY_OF_PROSE: f32 = 0.3;
/// The same minimum between lines of two categories, where an article begins or ends more often.
const MIN_PROBABILITY_OF_TWO: f32 = 0.03;

/// Number of lines that are examined on each side of a gap, and the minimum number of boilerplate lines among
/// ten of them. Of 297 lines of gaps in unlabelled articles, read by hand, 86 were wrong. Of the 206 that
/// this condition and the one for navigation leave, 38 are.
const AROUND: usize = 8;
const MIN_BOILERPLATE_OF_TEN: usize = 4;

/// Marks the lines between two boilerplate lines as boilerplate too, unless the model is certain that they
/// belong to the article. A gap is filled as a whole or not at all. It is not filled if it has an exempt line
/// or a repeat: the line that the repeat copies may be in the same gap, and one of the two must be kept.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    let Some(posteriors) = page.posteriors() else { return };
    let mut verdicts = std::mem::take(&mut decisions.verdicts);
    let exempts = |row: Row, verdict: &LabelVerdict| decisions.exempts(page, row, verdict);
    let (rows, facts) = (posteriors.rows(), posteriors.facts());
    let lines = Lines { view: page.view, rows, facts, rule_category: &decisions.rule_category };
    fill(&lines, &posteriors.probabilities, exempts, &mut verdicts);
    decisions.verdicts = verdicts;
}

fn fill(
    lines: &Lines,
    probabilities: &Ranked<[f32; LABELS]>,
    exempts: impl Fn(Row, &LabelVerdict) -> bool,
    verdicts: &mut Verdicts,
) {
    let page = PageBoilerplate::of(lines, verdicts);
    let boilerplate: Vec<Rank> = verdicts.keys().filter(|rank| page.boilerplate[*rank].is_some()).collect();
    for edges in boilerplate.windows(2) {
        let [before, after] = [edges[0], edges[1]];
        let gap = before.below(1)..after;
        let verdict = |rank: Rank| LabelVerdict {
            label: likeliest(&probabilities[rank], FIRST_OF_PAGE),
            probability: f64::from(removed(&probabilities[rank])),
            between: Some([before, after]),
        };
        let is_open = |rank: Rank| {
            let min_probability = page.min_probability([before, after], lines.facts[rank].prose);
            let may_go = lines.stays(rank, verdicts) && removed(&probabilities[rank]) >= min_probability;
            may_go && !exempts(lines.rows[rank], &verdict(rank))
        };
        let mut ranks = Rank::all(gap.clone());
        if !(1..=MAX_LINES).contains(&ranks.len()) || !ranks.all(is_open) || !page.surrounds(&gap) {
            continue;
        }
        for rank in Rank::all(gap) {
            verdicts[rank] = Some(verdict(rank));
        }
    }
}

/// The boilerplate of the page, according to rules and the classifier.
struct PageBoilerplate {
    /// The category of each line that is boilerplate.
    boilerplate: TiVec<Rank, Option<Category>>,
    /// The first and the last line of prose that is kept.
    prose: Option<[Rank; 2]>,
}

impl PageBoilerplate {
    fn of(lines: &Lines, verdicts: &Verdicts) -> Self {
        let boilerplate = verdicts.keys().map(|rank| lines.boilerplate(rank, verdicts)).collect();
        let is_kept_prose = |rank: &Rank| lines.facts[*rank].prose && lines.stays(*rank, verdicts);
        let mut prose = verdicts.keys().filter(is_kept_prose);
        let first = prose.next();
        Self { boilerplate, prose: first.map(|first| [first, prose.next_back().unwrap_or(first)]) }
    }

    /// The minimum probability for the removal of a line between two others.
    fn min_probability(&self, edges: [Rank; 2], prose: bool) -> f32 {
        let [before, after] = edges.map(|edge| self.boilerplate[edge]);
        match (before == after, prose) {
            (_, true) => MIN_PROBABILITY_OF_PROSE,
            (true, false) => MIN_PROBABILITY,
            (false, false) => MIN_PROBABILITY_OF_TWO,
        }
    }

    /// Whether the surroundings of a gap are the page and not the article. Navigation is above an article or
    /// below it. In the middle of an article, such lines are words of a sentence that the page broke into
    /// lines, or a list of names.
    fn surrounds(&self, gap: &Range<Rank>) -> bool {
        self.is_dense_around(gap) && !(self.is_navigation(gap) && self.is_in_article(gap))
    }

    fn is_dense_around(&self, gap: &Range<Rank>) -> bool {
        let around = gap.start.above_or_first(AROUND)..gap.end.below(AROUND).min(self.boilerplate.next_key());
        let around = &self.boilerplate[around];
        let lines = around.len() - gap.start.distance(gap.end);
        let boilerplate = around.iter().flatten().count();
        boilerplate * 10 >= lines * MIN_BOILERPLATE_OF_TEN
    }

    /// Whether prose is kept above and below the gap.
    fn is_in_article(&self, gap: &Range<Rank>) -> bool {
        self.prose.is_some_and(|[first, last]| first < gap.start && gap.end <= last)
    }

    /// Whether the line before or after the gap is removed as navigation.
    fn is_navigation(&self, gap: &Range<Rank>) -> bool {
        [gap.start.above_or_first(1), gap.end]
            .map(|edge| self.boilerplate[edge])
            .contains(&Some(Category::Nav))
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::example::removed_lines;
    use super::*;

    fn filled(text: &str, probability: f32) -> Vec<usize> {
        removed_lines(text, |lines, verdicts| {
            let mut own = [0.0; LABELS];
            own[FIRST_OF_PAGE] = probability;
            fill(lines, &TiVec::from(vec![own; verdicts.len()]), |_, _| false, verdicts);
        })
    }

    #[test]
    fn up_to_three_lines_between_boilerplate_are_removed() {
        assert_eq!(filled("×首頁\n關於我們\n×聯絡", 0.1), [1, 2, 3]);
        assert_eq!(filled("×首頁\n\n甲\n乙\n丙\n×聯絡", 0.1), [1, 3, 4, 5, 6]);
        assert_eq!(filled("×首頁\n甲\n乙\n丙\n丁\n×聯絡", 0.1), [1, 6]);
        assert_eq!(filled("關於我們\n×聯絡\n夜市", 0.1), [2]);
    }

    #[test]
    fn lines_of_a_gap_are_kept_if_most_lines_around_it_are_kept() {
        assert_eq!(filled("甲\n乙\n丙\n×首頁\n關於我們\n×聯絡", 0.1), [4, 5, 6]);
        assert_eq!(filled("甲\n乙\n丙\n丁\n×首頁\n關於我們\n×聯絡", 0.1), [5, 7]);
    }

    #[test]
    fn a_gap_beside_navigation_is_above_or_below_an_article() {
        let surrounds = |category, prose: Option<[usize; 2]>| {
            let boilerplate = vec![Some(category), None, Some(category)].into();
            let prose = prose.map(|edges| edges.map(Rank::from));
            PageBoilerplate { boilerplate, prose }.surrounds(&(Rank::from(1)..Rank::from(2)))
        };
        assert!(!surrounds(Category::Nav, Some([0, 2])));
        assert!(surrounds(Category::Nav, Some([0, 0])) && surrounds(Category::Nav, None));
        assert!(surrounds(Category::Ad, Some([0, 2])));
    }

    #[test]
    fn lines_of_a_gap_that_are_certainly_content_are_kept() {
        assert_eq!(filled("×首頁\n關於我們\n×聯絡", 0.005), [1, 3]);
        let prose =
            "×首頁\n夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方，里長也在場。\n×聯絡";
        assert_eq!(filled(prose, 0.25), [1, 3]);
        assert_eq!(filled(prose, 0.35), [1, 2, 3]);
    }
}
