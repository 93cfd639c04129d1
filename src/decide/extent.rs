//! The article's extent: from its headline to the line after which boilerplate outweighs the lines that are
//! kept.

use super::lines::Lines;
use super::verdict::{Verdicts, removed};
use crate::analysis::{Rank, Ranked};
use crate::detect::classifier::label::{LABELS, METADATA};

/// The position of the article among the lines of its page.
pub(super) struct Extent {
    /// The headline, if a title identifies it.
    pub headline: Option<Rank>,
    /// The last line of the article.
    pub end: Rank,
}

/// Maximum number of characters of a line of prose that count, so that no single line makes an article.
const MAX_COUNTED: usize = 150;
/// The weight of a line of prose with this number of characters or more.
const PROSE_WEIGHT: i64 = 400;
/// The weight of another line that is kept, and the penalty for a line that is removed as boilerplate of the
/// page.
const LINE_WEIGHT: i64 = 100;
/// The highest probability of being boilerplate for a kept line that is not prose to have any weight.
const CERTAIN: f32 = 0.05;

impl Extent {
    /// The article begins with the headline, or else with the first prose that is kept. It ends where the sum
    /// of the weights of its lines is highest. Buttons between the headline and the first prose take nothing away,
    /// because no article ends before its text. `None` if there is neither a headline nor such prose.
    pub fn of(
        lines: &Lines,
        probabilities: &Ranked<[f32; LABELS]>,
        headline: Option<Rank>,
        verdicts: &Verdicts,
    ) -> Option<Self> {
        let is_prose = |rank: &Rank| lines.facts[*rank].prose && lines.stays(*rank, verdicts);
        let start = headline.or_else(|| verdicts.keys().find(is_prose))?;
        let (mut end, mut highest, mut sum) = (start, 0, 0);
        let mut has_prose = false;
        for rank in Rank::all(start..verdicts.next_key()) {
            has_prose |= is_prose(&rank);
            let weight = weight(rank, lines, &probabilities[rank], verdicts);
            sum += if has_prose { weight } else { weight.max(0) };
            if sum > highest {
                (end, highest) = (rank, sum);
            }
        }
        Some(Self { headline, end })
    }

    /// Whether a line is between the headline and the end.
    pub fn contains(&self, rank: Rank) -> bool {
        self.headline.is_none_or(|headline| rank >= headline) && rank <= self.end
    }
}

fn weight(rank: Rank, lines: &Lines, probabilities: &[f32; LABELS], verdicts: &Verdicts) -> i64 {
    let characters = lines.at(rank).shape.characters.min(MAX_COUNTED);
    let is_certain = || removed(probabilities) <= CERTAIN && probabilities[METADATA] <= 0.5;
    match lines.stays(rank, verdicts) {
        true if lines.facts[rank].prose => PROSE_WEIGHT * characters as i64 / MAX_COUNTED as i64,
        true if is_certain() => LINE_WEIGHT,
        false if lines.boilerplate(rank, verdicts).is_some() => -LINE_WEIGHT,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use typed_index_collections::TiVec;

    use super::super::lines::example::removed_lines;
    use super::*;

    const PROSE: &str = "夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方，里長也在場。";

    /// The 1-based number of the article's last line.
    fn end(text: &str, headline: Option<usize>) -> Option<usize> {
        let found = std::cell::Cell::new(None);
        removed_lines(text, |lines, verdicts| {
            let content: TiVec<Rank, [f32; LABELS]> = vec![[0.0; LABELS]; verdicts.len()].into();
            let headline = headline.map(|line| Rank::from(line - 1));
            found.set(Extent::of(lines, &content, headline, verdicts));
        });
        found.take().map(|extent| usize::from(extent.end) + 1)
    }

    #[test]
    fn an_article_ends_where_boilerplate_outweighs_what_follows() {
        let tail = "×首頁\n×新聞\n×財經\n街坊的椅子";
        assert_eq!(end(&format!("夜市搬走\n{PROSE}\n{tail}"), Some(1)), Some(2));
        assert_eq!(end(&format!("夜市搬走\n{PROSE}\n×分享\n{PROSE}\n{tail}"), None), Some(4));
        assert_eq!(end("街坊的椅子\n×首頁", None), None);
    }

    #[test]
    fn no_article_ends_before_its_first_prose() {
        let buttons = "×臉書\n×微博\n×複製連結\n×列印\n×轉寄\n";
        let page = format!("夜市搬走\n{buttons}{PROSE}\n{buttons}街坊的椅子");
        assert_eq!(end(&page, Some(1)), Some(7));
    }
}
