//! Lines outside the article: above its headline or below its end, where nearly all surrounding lines are
//! removed as boilerplate of the page. A name, a time or a teaser in a list looks like a line of an article.
//! Its position shows that it is not one.

use std::collections::HashSet;
use std::ops::Range;

use typed_index_collections::TiVec;

use super::extent::Extent;
use super::lines::Lines;
use super::verdict::{LabelVerdict, Verdicts, likeliest, removed};
use super::{Decisions, JudgedPage, exemptions};
use crate::analysis::{Rank, Ranked, Row};
use crate::detect::classifier::Posteriors;
use crate::detect::classifier::label::{FIRST_OF_PAGE, LABELS, METADATA};
use crate::rules::Category;

/// Maximum number of lines in a gap below the article.
const MAX_LINES: usize = 6;
/// Maximum number of lines in a gap that has one line of prose.
const MAX_LINES_WITH_PROSE: usize = 2;
/// Number of lines that are examined on each side of a gap.
const AROUND: usize = 8;
/// Minimum number of these lines that must be boilerplate, and minimum number among ten. With five of ten, 29
/// lines of content were lost for 51 others in 554 labelled articles; with seven of ten it is 4 for 30.
const MIN_BOILERPLATE: usize = 5;
const MIN_BOILERPLATE_OF_TEN: usize = 7;
/// A line with a lower probability of being boilerplate is certainly content by itself.
const CERTAIN: f32 = 0.01;
/// Minimum number of boilerplate lines among ten lines above the headline, for the others to be removed too.
/// On 102 labelled pages no content is above the headline.
const MIN_ABOVE_OF_TEN: usize = 4;

/// Marks such lines as boilerplate, and also the lines outside the article that repeat them.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    let Some(posteriors) = page.posteriors() else { return };
    let (rows, facts, probabilities) = (posteriors.rows(), posteriors.facts(), &posteriors.probabilities);
    let headline = page.titles().headline.and_then(|row| rows.binary_search(&row).ok());
    let lines = Lines { view: page.view, rows, facts, rule_category: &decisions.rule_category };
    let Some(extent) = Extent::of(&lines, probabilities, headline, &decisions.verdicts) else { return };
    let fates = LineFates::of(&lines, probabilities, &decisions.verdicts);
    let mut outside: HashSet<Rank> = fates.outside(&extent).collect();
    outside.retain(|rank| !is_kept_anywhere(page, decisions, rows[*rank]));
    outside.extend(repeats(decisions, posteriors, &outside, &extent));
    let edges = fates.edges();
    for rank in outside {
        let verdict = LabelVerdict { between: edges[rank], ..verdict(&probabilities[rank]) };
        decisions.verdicts[rank] = Some(verdict);
        decisions.rule_category[rank] = None;
    }
}

/// Whether a line is kept at any position.
fn is_kept_anywhere(page: &JudgedPage, decisions: &Decisions, row: Row) -> bool {
    (page.settings.kept)(row)
        || page.titles().headline == Some(row)
        || decisions.mentioned.exempts(page.view, row)
        || exemptions::classifier::is_never_boilerplate(&page.view.lines[row])
}

/// The lines outside the article that repeat one of the lines in `outside`.
fn repeats(
    decisions: &Decisions,
    posteriors: &Posteriors,
    outside: &HashSet<Rank>,
    extent: &Extent,
) -> Vec<Rank> {
    let rank = |row: Row| posteriors.rows().binary_search(&row).ok();
    let is_outside = |row: Row| rank(row).is_some_and(|rank| outside.contains(&rank));
    let repeating =
        decisions.findings.iter().filter(|finding| finding.because.duplicate_of().is_some_and(is_outside));
    repeating.filter_map(|finding| rank(finding.row)).filter(|rank| !extent.contains(*rank)).collect()
}

fn verdict(probabilities: &[f32; LABELS]) -> LabelVerdict {
    let label = likeliest(probabilities, FIRST_OF_PAGE);
    LabelVerdict { label, probability: f64::from(removed(probabilities)), between: None }
}

/// The fate of each line before this policy decides.
struct LineFates(TiVec<Rank, LineFate>);

#[derive(Clone, Copy, PartialEq)]
enum LineFate {
    /// It is removed as boilerplate of the page.
    Boilerplate,
    Prose,
    /// It is kept and is not prose.
    Short,
    /// It is kept and is not prose, and the model is certain that it is content.
    Certain,
    /// It is metadata, or it is removed as something that occurs inside articles too.
    Other,
}

impl LineFates {
    fn of(lines: &Lines, probabilities: &Ranked<[f32; LABELS]>, verdicts: &Verdicts) -> Self {
        let is_metadata = |rank: Rank| probabilities[rank][METADATA] > removed(&probabilities[rank]);
        let fate = |rank: Rank| match lines.rule_category[rank] {
            _ if lines.boilerplate(rank, verdicts).is_some() => LineFate::Boilerplate,
            // A counter below a title in a list looks like one below the headline.
            Some(Category::Metadata) if !is_metadata(rank) => LineFate::Short,
            Some(_) => LineFate::Other,
            None if verdicts[rank].is_some() || is_metadata(rank) => LineFate::Other,
            None if lines.facts[rank].prose => LineFate::Prose,
            None if removed(&probabilities[rank]) < CERTAIN => LineFate::Certain,
            None => LineFate::Short,
        };
        Self(verdicts.keys().map(fate).collect())
    }

    /// The lines outside the article that are kept so far.
    fn outside<'f>(&'f self, extent: &'f Extent) -> impl Iterator<Item = Rank> + 'f {
        let above = extent.headline.filter(|headline| self.is_page_above(*headline));
        let above = Rank::default()..above.unwrap_or_default();
        let below = self.gaps().filter(|gap| self.is_outside(gap, extent));
        let ranks = std::iter::once(above).chain(below).flat_map(Rank::all);
        ranks.filter(|rank| matches!(self.0[*rank], LineFate::Prose | LineFate::Short | LineFate::Certain))
    }

    /// Whether the lines above the headline belong to the page, and the article is below.
    fn is_page_above(&self, headline: Rank) -> bool {
        let (above, below) = self.0.raw.split_at(headline.into());
        let prose = |fates: &[LineFate]| count(fates, LineFate::Prose);
        is_dense(above, MIN_ABOVE_OF_TEN) && prose(above) == 0 && prose(below) > 0
    }

    /// The runs of lines between boilerplate lines.
    fn gaps(&self) -> impl Iterator<Item = Range<Rank>> {
        let mut start = Rank::default();
        let runs = self.0.chunk_by(|a, b| (*a == LineFate::Boilerplate) == (*b == LineFate::Boilerplate));
        runs.filter_map(move |run| {
            let gap = start..start.below(run.len());
            start = gap.end;
            run.iter().any(|fate| *fate != LineFate::Boilerplate).then_some(gap)
        })
    }

    /// For each line, the nearest boilerplate lines above and below it.
    fn edges(&self) -> TiVec<Rank, Option<[Rank; 2]>> {
        let mut below: Vec<Option<Rank>> = self.nearest(self.0.keys().rev()).collect();
        below.reverse();
        let above = self.nearest(self.0.keys());
        above.zip(below).map(|(above, below)| Some([above?, below?])).collect()
    }

    /// For each line in the given order, the last boilerplate line before it.
    fn nearest(&self, ranks: impl Iterator<Item = Rank>) -> impl Iterator<Item = Option<Rank>> {
        ranks.scan(None, |last, rank| {
            let nearest = *last;
            if self.0[rank] == LineFate::Boilerplate {
                *last = Some(rank);
            }
            Some(nearest)
        })
    }

    /// Whether a gap is below the article, among boilerplate.
    fn is_outside(&self, gap: &Range<Rank>, extent: &Extent) -> bool {
        gap.start > extent.end && self.is_small(gap, extent.headline.is_some()) && self.surrounds(gap)
    }

    /// Whether a gap has few lines. Without a title the article's position is less certain, so the limits are
    /// stricter.
    fn is_small(&self, gap: &Range<Rank>, is_titled: bool) -> bool {
        let fates = &self.0[gap.clone()].raw;
        let is_at_edge = gap.start == Rank::default() || gap.end == self.0.next_key();
        let [prose, short, certain] =
            [LineFate::Prose, LineFate::Short, LineFate::Certain].map(|fate| count(fates, fate));
        match prose {
            0 => short + certain <= MAX_LINES && (is_titled || !is_at_edge && certain == 0),
            1 => short + certain < MAX_LINES_WITH_PROSE && is_titled,
            _ => false,
        }
    }

    /// Whether nearly all lines on both sides of a gap are boilerplate.
    fn surrounds(&self, gap: &Range<Rank>) -> bool {
        let above = &self.0[gap.start.above_or_first(AROUND)..gap.start].raw;
        let below = &self.0[gap.end..gap.end.below(AROUND).min(self.0.next_key())].raw;
        is_dense(&[above, below].concat(), MIN_BOILERPLATE_OF_TEN)
    }
}

fn count(fates: &[LineFate], fate: LineFate) -> usize {
    fates.iter().filter(|own| **own == fate).count()
}

/// Whether enough lines are boilerplate.
fn is_dense(fates: &[LineFate], of_ten: usize) -> bool {
    let boilerplate = count(fates, LineFate::Boilerplate);
    boilerplate >= MIN_BOILERPLATE && boilerplate * 10 >= fates.len() * of_ten
}

#[cfg(test)]
mod tests {
    use super::super::lines::example::removed_lines;
    use super::*;

    const PROSE: &str = "夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方，里長也在場。";
    const MENU: &str = "×首頁\n×新聞\n×財經\n×體育\n×娛樂\n";

    /// The lines of a text that are removed. `headline` is the line that a title identifies as the headline,
    /// and `probability` is each line's probability of being boilerplate.
    fn removed_at(probability: f32, text: &str, headline: Option<usize>) -> Vec<usize> {
        let mut own = [0.0; LABELS];
        own[FIRST_OF_PAGE] = probability;
        let headline = headline.map(|line| Rank::from(line - 1));
        removed_lines(text, |lines, verdicts| {
            let content: TiVec<Rank, [f32; LABELS]> = vec![own; verdicts.len()].into();
            let Some(extent) = Extent::of(lines, &content, headline, verdicts) else { return };
            let outside: Vec<Rank> = LineFates::of(lines, &content, verdicts).outside(&extent).collect();
            outside.into_iter().for_each(|rank| verdicts[rank] = Some(verdict(&content[rank])));
        })
    }

    fn removed_from(text: &str, headline: Option<usize>) -> Vec<usize> {
        removed_at(0.02, text, headline)
    }

    #[test]
    fn edges_are_the_nearest_boilerplate_lines() {
        use LineFate::{Boilerplate, Short};
        let fates = LineFates(vec![Boilerplate, Short, Short, Boilerplate, Short].into());
        let between = Some([0, 3].map(Rank::from));
        assert_eq!(fates.edges().raw, [None, between, between, None, None]);
    }

    #[test]
    fn all_lines_above_a_headline_below_menus_are_removed() {
        let page = format!("{MENU}河邊風力表\n夜市搬走\n{PROSE}");
        assert_eq!(removed_from(&page, Some(7)), [1, 2, 3, 4, 5, 6]);
        assert_eq!(removed_from(&page, None), [1, 2, 3, 4, 5]);
        let article = format!("{PROSE}\n河邊風力表\n{MENU}夜市搬走\n{PROSE}");
        assert_eq!(removed_from(&article, Some(8)), [3, 4, 5, 6, 7]);
    }

    #[test]
    fn a_few_lines_below_the_article_among_boilerplate_are_removed() {
        let page = format!("夜市搬走\n{PROSE}\n{MENU}河邊風力表\n{MENU}");
        assert_eq!(removed_from(&page, Some(1)).len(), 11);
        assert_eq!(removed_from(&page, None).len(), 11);
        let teaser = format!("夜市搬走\n{PROSE}\n{MENU}{PROSE}\n{MENU}");
        assert_eq!(removed_from(&teaser, Some(1)).len(), 11);
        assert_eq!(removed_from(&teaser, None).len(), 10);
        assert_eq!(removed_at(0.0, &page, Some(1)).len(), 11);
        assert_eq!(removed_at(0.0, &page, None).len(), 10);
        let at_the_edge = format!("夜市搬走\n{PROSE}\n{MENU}河邊風力表");
        assert_eq!(removed_from(&at_the_edge, Some(1)).len(), 6);
        assert_eq!(removed_from(&at_the_edge, None).len(), 5);
    }

    #[test]
    fn an_article_that_continues_after_boilerplate_is_kept() {
        let goes_on = format!("夜市搬走\n{PROSE}\n{MENU}{PROSE}\n{PROSE}\n{MENU}");
        assert_eq!(removed_from(&goes_on, Some(1)).len(), 10);
        let many = format!("夜市搬走\n{PROSE}\n{MENU}{}{MENU}", "街坊的椅子\n".repeat(7));
        assert_eq!(removed_from(&many, Some(1)).len(), 10);
    }
}
