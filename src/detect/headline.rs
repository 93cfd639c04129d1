//! The article's headline: the line that captions copy most often.

use std::ops::RangeInclusive;

use typed_index_collections::TiVec;

use super::duplicates::page_title::PageTitle;
use super::patterns::is_title_like;
use crate::analysis::{Rank, Ranked, Row, View, ViewLine};

/// Minimum and maximum number of characters of a headline.
const CHARACTERS: RangeInclusive<usize> = 4..=120;
/// Maximum number of characters of a headline that ends in a full stop as prose does.
const SENTENCE_CHARACTERS: usize = 40;
/// Minimum number of letters of a headline that is a part of the title given.
const PART_LETTERS: usize = 6;
/// Minimum share of such a headline among the letters of the title given, in per cent. The other letters name
/// the site and its sections.
const PART_PER_CENT: usize = 35;
/// Minimum number of characters of a title by which a list of titles is recognised.
const LISTED_CHARACTERS: usize = 11;
/// Maximum number of digits in a title: a date line has more.
const MOST_DIGITS: usize = 5;

/// The page's title, and the headline that a title identifies.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Titles {
    /// The page's title, which is printed above the headline.
    pub of_page: Option<PageTitle>,
    /// The row of the headline, if the page's title or the title that came with the input identifies it.
    pub headline: Option<Row>,
}

impl Titles {
    pub fn of(view: &View) -> Self {
        let of_page = PageTitle::of(view);
        let headline = of_page.map(|title| title.headline).or_else(|| by_given_title(view));
        Self { of_page, headline }
    }

    /// The row of the headline: the one that a title identifies, or else the first line if it looks like a
    /// headline.
    pub fn headline_or_first(self, view: &View) -> Option<Row> {
        let first = || view.filled().next().filter(|first| looks_like_headline(&view.lines[*first]));
        self.headline.or_else(first)
    }
}

/// The row with the given title, or with the largest part of it, because the other parts name the site. If
/// several rows have the same words, the headline is the first one that is not in a list of titles.
fn by_given_title(view: &View) -> Option<Row> {
    let title = view.title.as_deref()?;
    let letters = title.chars().count();
    let is_title_or_part = |key: &str| {
        let own = key.chars().count();
        key == title || own >= PART_LETTERS && own * 100 >= letters * PART_PER_CENT && title.contains(key)
    };
    let rows: TiVec<Rank, Row> = view.filled().collect();
    let is_match =
        |at: &Rank| !view.lines[rows[*at]].shape.code && is_title_or_part(view.lines[rows[*at]].key());
    let length = |at: Rank| view.lines[rows[at]].key().len();
    let ranks: Vec<Rank> = rows.keys().filter(is_match).collect();
    let longest = ranks.iter().map(|at| length(*at)).max()?;
    // A row among sentences is a caption with the words of the title: the headline came beside the text.
    let above_text = |at: &Rank| length(*at) == longest && !is_among_sentences(view, &rows[..*at]);
    let mut ranks = ranks.into_iter().filter(above_text);
    let first = ranks.clone().find(|at| !is_in_list(view, &rows, *at));
    first.or_else(|| ranks.next()).map(|at| rows[at])
}

/// Whether at least half of the rows above are sentences.
fn is_among_sentences(view: &View, above: &Ranked<Row>) -> bool {
    let sentences = above.iter().filter(|row| view.lines[**row].shape.sentence).count();
    !above.is_empty() && sentences * 2 >= above.len()
}

/// Whether the two rows below may be titles too, or the rows directly above and below.
fn is_in_list(view: &View, rows: &Ranked<Row>, at: Rank) -> bool {
    let own = &view.lines[rows[at]];
    let is_title = |other: Option<Rank>| {
        let line = other.and_then(|other| rows.get(other)).map(|row| &view.lines[*row]);
        line.is_some_and(|line| line.first != own.first && may_be_title(line))
    };
    is_title(Some(at.below(1))) && (is_title(at.above(1)) || is_title(Some(at.below(2))))
}

/// Whether a line may be a title in a list.
fn may_be_title(line: &ViewLine) -> bool {
    reads_as_title(line) && line.shape.characters >= LISTED_CHARACTERS
}

/// Whether a line reads as a title, and is no date line and no breadcrumb.
pub(crate) fn reads_as_title(line: &ViewLine) -> bool {
    is_title_like(line) && line.folded.survey.digits <= MOST_DIGITS && !line.text.contains(['/', '>', '»'])
}

fn looks_like_headline(line: &ViewLine) -> bool {
    let fits = CHARACTERS.contains(&line.shape.characters) && !line.key().is_empty();
    let prose = line.text.trim_end().ends_with('。') && line.shape.characters > SENTENCE_CHARACTERS;
    fits && !line.shape.code && !prose
}

#[cfg(test)]
mod tests {
    use super::*;

    const PROSE: &str =
        "夜市在上個月搬走以後，住在老街兩旁的街坊都說晚上安靜了許多，但是攤主們還沒有找到新的地方可以擺攤。";

    fn titled_row(lines: &[&str], title: &str) -> Option<usize> {
        let numbered: Vec<_> = lines.iter().enumerate().map(|(at, line)| (at + 1, *line)).collect();
        Titles::of(&View::new(&numbered, Some(title))).headline.map(usize::from)
    }

    #[test]
    fn the_given_title_is_found_without_the_sites_name() {
        for title in [
            "老街的夜市搬走了",
            "老街的夜市搬走了 - 地方 - 老街新聞網",
            "(3 則訊息) 老街的夜市搬走了 – 老街電台",
            "老街的夜市搬走了│夜市│攤主│老街新聞網",
        ] {
            assert_eq!(
                titled_row(&["首頁", "地方", "老街的夜市搬走了", "2019-08-13", PROSE], title),
                Some(2)
            );
        }
        assert_eq!(titled_row(&["首頁", "老街新聞網", PROSE], "老街的夜市搬走了 - 老街新聞網"), None);
    }

    #[test]
    fn the_headline_stands_first_and_in_no_list() {
        let headline = "老街的夜市搬走了";
        let article = [headline, "林小溪", PROSE, "更多報導", headline, "河邊的老屋又要拆了"];
        assert_eq!(titled_row(&article, headline), Some(0));
        let list = ["首頁", "河邊的老屋終於又要拆了嗎", headline, "街坊的椅子不見了好幾張啊"];
        assert_eq!(titled_row(&[list.as_slice(), &["登入"], &article].concat(), headline), Some(5));
    }

    #[test]
    fn a_caption_among_sentences_is_no_headline() {
        let headline = "老街的夜市搬走了";
        assert_eq!(titled_row(&[PROSE, headline, PROSE], headline), None);
    }
}
