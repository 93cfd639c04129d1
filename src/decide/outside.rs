//! Lines outside the article: above its headline or behind its end, where nearly all lines around go as boilerplate of
//! the page. A name, a time or a teaser in a list looks like the article's. That no article is there shows what it is.

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

/// Lines of a gap behind the article at most.
const LINES: usize = 6;
/// Lines of a gap at most, of which one is prose.
const LINES_WITH_PROSE: usize = 2;
/// Lines on either side of a gap that are looked at.
const AROUND: usize = 8;
/// How many of these must go as boilerplate at least, and how many of ten. With five of ten, 29 lines of content were
/// lost for 51 others in 554 labelled articles; with seven of ten it is 4 for 30.
const BOILERPLATE: usize = 5;
const BOILERPLATE_OF_TEN: usize = 7;
/// A line that is boilerplate less probably is certainly content by itself.
const CERTAIN: f32 = 0.01;
/// How many of ten lines above the headline must go as boilerplate, so that the others go too. On 102 labelled pages no
/// content stands above the headline.
const ABOVE_OF_TEN: usize = 4;

/// Takes such lines for boilerplate, and with them what repeats them outside the article.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    let Some(posteriors) = page.posteriors() else { return };
    let (rows, facts, probabilities) = (posteriors.rows(), posteriors.facts(), &posteriors.probabilities);
    let headline = page.titles().headline.and_then(|row| rows.binary_search(&row).ok());
    let lines = Lines { view: page.view, rows, facts, named: &decisions.named };
    let Some(extent) = Extent::of(&lines, probabilities, headline, &decisions.verdicts) else { return };
    let fates = LineFates::of(&lines, probabilities, &decisions.verdicts);
    let mut outside: HashSet<Rank> = fates.outside(&extent).collect();
    outside.retain(|rank| !stays(page, decisions, rows[*rank]));
    outside.extend(repeats(decisions, posteriors, &outside, &extent));
    let edges = fates.edges();
    for rank in outside {
        let verdict = LabelVerdict { between: edges[rank], ..verdict(&probabilities[rank]) };
        decisions.verdicts[rank] = Some(verdict);
        decisions.named[rank] = None;
    }
}

/// Whether a line stays wherever it stands.
fn stays(page: &JudgedPage, decisions: &Decisions, row: Row) -> bool {
    (page.settings.kept)(row)
        || page.titles().headline == Some(row)
        || decisions.spoken_of.exempts(page.view, row)
        || exemptions::classifier::is_guarded(&page.view.lines[row])
}

/// The lines outside the article that repeat lines outside it.
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
    repeating.filter_map(|finding| rank(finding.row)).filter(|rank| !extent.holds(*rank)).collect()
}

fn verdict(probabilities: &[f32; LABELS]) -> LabelVerdict {
    let label = likeliest(probabilities, FIRST_OF_PAGE);
    LabelVerdict { label, probability: f64::from(removed(probabilities)), between: None }
}

/// What becomes of each line before this policy.
struct LineFates(TiVec<Rank, LineFate>);

#[derive(Clone, Copy, PartialEq)]
enum LineFate {
    /// It goes as boilerplate of the page.
    Boilerplate,
    Prose,
    /// It stays, and is no prose.
    Short,
    /// The same, and the model is certain that it is content.
    Certain,
    /// It is metadata, or goes as something that stands in articles too.
    Other,
}

impl LineFates {
    fn of(lines: &Lines, probabilities: &Ranked<[f32; LABELS]>, verdicts: &Verdicts) -> Self {
        let is_metadata = |rank: Rank| probabilities[rank][METADATA] > removed(&probabilities[rank]);
        let fate = |rank: Rank| match lines.named[rank] {
            _ if lines.furniture(rank, verdicts).is_some() => LineFate::Boilerplate,
            // A counter below a title of a list looks like one below the headline.
            Some(Category::Metadata) if !is_metadata(rank) => LineFate::Short,
            Some(_) => LineFate::Other,
            None if verdicts[rank].is_some() || is_metadata(rank) => LineFate::Other,
            None if lines.facts[rank].prose => LineFate::Prose,
            None if removed(&probabilities[rank]) < CERTAIN => LineFate::Certain,
            None => LineFate::Short,
        };
        Self(verdicts.keys().map(fate).collect())
    }

    /// The lines outside the article that stay so far.
    fn outside<'f>(&'f self, extent: &'f Extent) -> impl Iterator<Item = Rank> + 'f {
        let above = extent.headline.filter(|headline| self.is_page_above(*headline));
        let above = Rank::default()..above.unwrap_or_default();
        let behind = self.gaps().filter(|gap| self.is_outside(gap, extent));
        let ranks = std::iter::once(above).chain(behind).flat_map(Rank::all);
        ranks.filter(|rank| matches!(self.0[*rank], LineFate::Prose | LineFate::Short | LineFate::Certain))
    }

    /// Whether what stands above the headline is the page's, and the article is below.
    fn is_page_above(&self, headline: Rank) -> bool {
        let (above, below) = self.0.raw.split_at(headline.into());
        let prose = |fates: &[LineFate]| count(fates, LineFate::Prose);
        is_dense(above, ABOVE_OF_TEN) && prose(above) == 0 && prose(below) > 0
    }

    /// The runs of lines between lines that go as boilerplate.
    fn gaps(&self) -> impl Iterator<Item = Range<Rank>> {
        let mut start = Rank::default();
        let runs = self.0.chunk_by(|a, b| (*a == LineFate::Boilerplate) == (*b == LineFate::Boilerplate));
        runs.filter_map(move |run| {
            let gap = start..start.below(run.len());
            start = gap.end;
            run.iter().any(|fate| *fate != LineFate::Boilerplate).then_some(gap)
        })
    }

    /// By line, the next lines above and below that go as boilerplate.
    fn edges(&self) -> TiVec<Rank, Option<[Rank; 2]>> {
        let mut below: Vec<Option<Rank>> = self.nearest(self.0.keys().rev()).collect();
        below.reverse();
        let above = self.nearest(self.0.keys());
        above.zip(below).map(|(above, below)| Some([above?, below?])).collect()
    }

    /// For each line on the way, the last one before it that goes as boilerplate.
    fn nearest(&self, ranks: impl Iterator<Item = Rank>) -> impl Iterator<Item = Option<Rank>> {
        ranks.scan(None, |last, rank| {
            let nearest = *last;
            if self.0[rank] == LineFate::Boilerplate {
                *last = Some(rank);
            }
            Some(nearest)
        })
    }

    /// Whether a gap stands behind the article, among boilerplate.
    fn is_outside(&self, gap: &Range<Rank>, extent: &Extent) -> bool {
        gap.start > extent.end && self.is_small(gap, extent.headline.is_some()) && self.surrounds(gap)
    }

    /// Whether a gap has few lines. Without a title it is less certain where the article is, so more is asked.
    fn is_small(&self, gap: &Range<Rank>, is_titled: bool) -> bool {
        let fates = &self.0[gap.clone()].raw;
        let is_at_edge = gap.start == Rank::default() || gap.end == self.0.next_key();
        let [prose, short, certain] =
            [LineFate::Prose, LineFate::Short, LineFate::Certain].map(|fate| count(fates, fate));
        match prose {
            0 => short + certain <= LINES && (is_titled || !is_at_edge && certain == 0),
            1 => short + certain < LINES_WITH_PROSE && is_titled,
            _ => false,
        }
    }

    /// Whether nearly all lines on either side of a gap go as boilerplate.
    fn surrounds(&self, gap: &Range<Rank>) -> bool {
        let above = &self.0[gap.start.above_or_first(AROUND)..gap.start].raw;
        let below = &self.0[gap.end..gap.end.below(AROUND).min(self.0.next_key())].raw;
        is_dense(&[above, below].concat(), BOILERPLATE_OF_TEN)
    }
}

fn count(fates: &[LineFate], fate: LineFate) -> usize {
    fates.iter().filter(|own| **own == fate).count()
}

/// Whether enough lines go as boilerplate.
fn is_dense(fates: &[LineFate], of_ten: usize) -> bool {
    let boilerplate = count(fates, LineFate::Boilerplate);
    boilerplate >= BOILERPLATE && boilerplate * 10 >= fates.len() * of_ten
}

#[cfg(test)]
mod tests {
    use super::super::lines::example::going;
    use super::*;

    const PROSE: &str = "夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方，里長也在場。";
    const MENU: &str = "×首頁\n×新聞\n×財經\n×體育\n×娛樂\n";

    /// The lines of a text that go, where a title tells that a line is the headline, and lines are boilerplate as
    /// probably as this.
    fn left_of(probability: f32, text: &str, headline: Option<usize>) -> Vec<usize> {
        let mut own = [0.0; LABELS];
        own[FIRST_OF_PAGE] = probability;
        let headline = headline.map(|line| Rank::from(line - 1));
        going(text, |lines, verdicts| {
            let content: TiVec<Rank, [f32; LABELS]> = vec![own; verdicts.len()].into();
            let Some(extent) = Extent::of(lines, &content, headline, verdicts) else { return };
            let outside: Vec<Rank> = LineFates::of(lines, &content, verdicts).outside(&extent).collect();
            outside.into_iter().for_each(|rank| verdicts[rank] = Some(verdict(&content[rank])));
        })
    }

    fn left(text: &str, headline: Option<usize>) -> Vec<usize> {
        left_of(0.02, text, headline)
    }

    #[test]
    fn edges_are_the_next_lines_of_boilerplate() {
        use LineFate::{Boilerplate, Short};
        let fates = LineFates(vec![Boilerplate, Short, Short, Boilerplate, Short].into());
        let between = Some([0, 3].map(Rank::from));
        assert_eq!(fates.edges().raw, [None, between, between, None, None]);
    }

    #[test]
    fn all_goes_above_a_headline_below_menus() {
        let page = format!("{MENU}河邊風力表\n夜市搬走\n{PROSE}");
        assert_eq!(left(&page, Some(7)), [1, 2, 3, 4, 5, 6]);
        assert_eq!(left(&page, None), [1, 2, 3, 4, 5]);
        let article = format!("{PROSE}\n河邊風力表\n{MENU}夜市搬走\n{PROSE}");
        assert_eq!(left(&article, Some(8)), [3, 4, 5, 6, 7]);
    }

    #[test]
    fn a_few_lines_go_behind_the_article_among_boilerplate() {
        let page = format!("夜市搬走\n{PROSE}\n{MENU}河邊風力表\n{MENU}");
        assert_eq!(left(&page, Some(1)).len(), 11);
        assert_eq!(left(&page, None).len(), 11);
        let teaser = format!("夜市搬走\n{PROSE}\n{MENU}{PROSE}\n{MENU}");
        assert_eq!(left(&teaser, Some(1)).len(), 11);
        assert_eq!(left(&teaser, None).len(), 10);
        assert_eq!(left_of(0.0, &page, Some(1)).len(), 11);
        assert_eq!(left_of(0.0, &page, None).len(), 10);
        let at_the_edge = format!("夜市搬走\n{PROSE}\n{MENU}河邊風力表");
        assert_eq!(left(&at_the_edge, Some(1)).len(), 6);
        assert_eq!(left(&at_the_edge, None).len(), 5);
    }

    #[test]
    fn an_article_that_goes_on_behind_boilerplate_stays() {
        let goes_on = format!("夜市搬走\n{PROSE}\n{MENU}{PROSE}\n{PROSE}\n{MENU}");
        assert_eq!(left(&goes_on, Some(1)).len(), 10);
        let many = format!("夜市搬走\n{PROSE}\n{MENU}{}{MENU}", "街坊的椅子\n".repeat(7));
        assert_eq!(left(&many, Some(1)).len(), 10);
    }
}
