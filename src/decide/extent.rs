//! The article's extent: from its headline to the line behind which boilerplate outweighs what stays.

use super::lines::Lines;
use super::verdict::{Verdicts, removed};
use crate::analysis::{Rank, Ranked};
use crate::detect::classifier::label::{LABELS, METADATA};

/// Where the article stands among the lines of its page.
pub(super) struct Extent {
    /// The headline that a title tells.
    pub headline: Option<Rank>,
    /// The last line of the article.
    pub end: Rank,
}

/// Characters of prose that count at most, so that no single line makes an article.
const MOST_OF_LINE: usize = 150;
/// What so many characters of prose are worth.
const PROSE: i64 = 400;
/// What another line is worth that stays, and what a line takes away that goes as boilerplate of the page.
const LINE: i64 = 100;
/// A line of which the model is less certain is worth nothing.
const CERTAIN: f32 = 0.05;

impl Extent {
    /// The article begins with the headline, or else with the first prose that stays. It ends where the sum of what its
    /// lines are worth is largest. `None` where there is neither.
    pub fn of(
        lines: &Lines,
        probabilities: &Ranked<[f32; LABELS]>,
        headline: Option<Rank>,
        verdicts: &Verdicts,
    ) -> Option<Self> {
        let is_prose = |rank: &Rank| lines.facts[*rank].prose && lines.stays(*rank, verdicts);
        let start = headline.or_else(|| verdicts.keys().find(is_prose))?;
        let (mut end, mut most, mut sum) = (start, 0, 0);
        for rank in Rank::all(start..verdicts.next_key()) {
            sum += worth(rank, lines, &probabilities[rank], verdicts);
            if sum > most {
                (end, most) = (rank, sum);
            }
        }
        Some(Self { headline, end })
    }

    /// Whether a line stands between the headline and the end.
    pub fn holds(&self, rank: Rank) -> bool {
        self.headline.is_none_or(|headline| rank >= headline) && rank <= self.end
    }
}

fn worth(rank: Rank, lines: &Lines, probabilities: &[f32; LABELS], verdicts: &Verdicts) -> i64 {
    let characters = lines.at(rank).shape.characters.min(MOST_OF_LINE);
    let is_certain = || removed(probabilities) <= CERTAIN && probabilities[METADATA] <= 0.5;
    match lines.stays(rank, verdicts) {
        true if lines.facts[rank].prose => PROSE * characters as i64 / MOST_OF_LINE as i64,
        true if is_certain() => LINE,
        false if lines.furniture(rank, verdicts).is_some() => -LINE,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use typed_index_collections::TiVec;

    use super::super::lines::example::going;
    use super::*;

    const PROSE: &str = "夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方，里長也在場。";

    /// The number of the article's last line.
    fn end(text: &str, headline: Option<usize>) -> Option<usize> {
        let found = std::cell::Cell::new(None);
        going(text, |lines, verdicts| {
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
}
