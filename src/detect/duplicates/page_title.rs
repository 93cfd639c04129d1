//! Titles made of parts: a page's title with the site's name after it, and headlines with a column's name
//! before them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::words::{folded_characters, folded_words};
use crate::analysis::{BodyText, Row, View, ViewLine, fold};
use crate::text::numerals::is_numeral;

/// Marks that separate the parts of a title.
const BARS: &[char] = &['|', '｜', '丨', '︱', '_'];
/// Marks that do so too, but also occur within words and headlines.
const HYPHENS: &[char] = &['-', '－', '–', '—'];
/// Maximum number of characters of a page's title.
const TITLE_CHARACTERS: usize = 120;
/// Maximum number of bytes of a page's title. White space is no character of a title, but takes time.
const TITLE_BYTES: usize = 1 << 10;
/// Maximum number of lines of prose between a page's title and the headline.
const NOTES: usize = 2;
/// Minimum number of letters of a headline.
const HEADLINE_LETTERS: usize = 6;
/// Minimum number of letters of a headline after a column's name.
const PART_LETTERS: usize = 8;
/// Minimum share of a part among the letters of its headline, in per cent, so that the part can stand for the
/// headline.
const PART_PER_CENT: usize = 60;
/// Maximum number of letters after the headline that say next to nothing.
const ADDED_LETTERS: usize = 3;

/// Letters that say next to nothing, besides digits, numerals and Latin letters (a version): those of the
/// parts of a series and of pictures, folded.
static SERIES: LazyLock<BTreeSet<char>> =
    LazyLock::new(|| folded_characters(include_str!("../../../dictionaries/repeat/series.txt")));
/// Words in the names of sites, folded.
static SITES: LazyLock<Vec<String>> =
    LazyLock::new(|| folded_words(include_str!("../../../dictionaries/repeat/sites.txt")).collect());

/// A first line that is the page's title, and the line below it that is the headline by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageTitle {
    /// The first row.
    pub row: Row,
    /// The headline's row.
    pub headline: Row,
}

impl PageTitle {
    /// The page's title, if the article has one besides its headline.
    pub fn of(view: &View) -> Option<Self> {
        let mut filled = view.filled();
        let row = filled.next()?;
        let title = &view.lines[row];
        let text = title.text.trim();
        if title.shape.code || title.shape.characters > TITLE_CHARACTERS || text.len() > TITLE_BYTES {
            return None;
        }
        let heads = heads(text, letters(title.key()));
        let is_head = |row: &Row| heads.iter().any(|head| head == view.lines[*row].key());
        // There is hardly any prose above a headline: only a note of the editor's, or the author's name.
        let mut prose = 0;
        let mut head = filled.take_while(|row| {
            prose += usize::from(view.lines[*row].shape.is_body_text(BodyText::Paragraph));
            prose <= NOTES
        });
        let with_site = if heads.is_empty() { None } else { head.find(is_head) };
        let with_more = || before_prose(view).skip(1).find(|row| adds_little(title, &view.lines[*row]));
        let headline = with_site.or_else(with_more)?;
        // An article follows its headline.
        let mut behind = view.lines[headline..].iter().skip(1);
        behind.any(|line| line.shape.sentence).then_some(Self { row, headline })
    }

    /// Whether there is prose below the headline, longer than any verse. A page with mostly short lines need
    /// not be verse, because menus are short too.
    pub fn has_prose(&self, view: &View) -> bool {
        view.lines[self.headline..].iter().any(|line| line.shape.is_body_text(BodyText::Paragraph))
    }
}

/// The lines up to the first one that ends as a sentence does, and that line.
fn before_prose<'v>(view: &'v View) -> impl Iterator<Item = Row> + 'v {
    let mut prose = false;
    view.filled().take_while(move |row| !std::mem::replace(&mut prose, view.lines[*row].shape.sentence))
}

/// Whether a title is the headline with no more than a number after it.
fn adds_little(title: &ViewLine, headline: &ViewLine) -> bool {
    let Some(added) = title.key().strip_prefix(headline.key()) else { return false };
    let says_little = |c: char| !c.is_alphabetic() || c.is_ascii() || is_numeral(c) || SERIES.contains(&c);
    let is_headline = !headline.shape.sentence && letters(headline.key()) >= PART_LETTERS;
    is_headline && (1..=ADDED_LETTERS).contains(&letters(added)) && added.chars().all(says_little)
}

/// The keys of the texts before a site's name in a title of so many letters.
fn heads(title: &str, of: usize) -> Vec<String> {
    let cuts = title.char_indices().filter(|(_, c)| is_cut(*c));
    let names_site = |(at, mark): &(usize, char)| {
        let behind = &title[at + mark.len_utf8()..];
        BARS.contains(mark) || is_site(behind) && (*mark != ' ' || behind.contains(BARS))
    };
    let heads = cuts.filter(names_site).map(|(at, _)| fold(&title[..at]));
    heads.filter(|head| letters(head) >= HEADLINE_LETTERS && letters(head) * 2 >= of).collect()
}

/// Whether a title may be cut at a mark. It may be cut at a space only before a column and a site.
fn is_cut(mark: char) -> bool {
    BARS.contains(&mark) || HYPHENS.contains(&mark) || mark == ' '
}

/// Whether the text after a hyphen is the name of a site: it has a word of such a name, or can be cut once
/// more.
fn is_site(text: &str) -> bool {
    let key = fold(text);
    text.contains(BARS) || text.contains(HYPHENS) || SITES.iter().any(|word| key.contains(word.as_str()))
}

/// The keys of the parts of a headline that stand after a column's name and a bar, and can stand for the
/// headline.
pub(crate) fn parts(headline: &str) -> Vec<String> {
    let of = letters(&fold(headline));
    let stands_for_it =
        |part: &String| letters(part) >= PART_LETTERS && letters(part) * 100 >= of * PART_PER_CENT;
    headline.split(BARS).skip(1).map(fold).filter(stands_for_it).collect()
}

fn letters(key: &str) -> usize {
    key.chars().filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADLINE: &str = "河邊老屋要拆了嗎";
    const PROSE: &str = "街坊說，他們想把老屋改成一間圖書館。";

    fn page_title(lines: &[&str]) -> Option<usize> {
        let numbered: Vec<_> = lines.iter().enumerate().map(|(i, line)| (i + 1, *line)).collect();
        PageTitle::of(&View::new(&numbered, None)).map(|found| found.headline.into())
    }

    #[test]
    fn a_sites_name_after_the_headline_is_recognised() {
        for title in [
            "河边老屋要拆了吗_老街网",
            "河邊老屋要拆了嗎 ｜ 老街電台",
            "河邊老屋要拆了嗎 - 老街新聞",
            "河邊老屋要拆了嗎 - 生活 - 老街",
            "河邊老屋要拆了嗎 生活_老街网",
            "河邊老屋要拆了嗎（二）",
            "河邊老屋要拆了嗎 V1.0",
        ] {
            assert_eq!(page_title(&[title, "2019-08-13", HEADLINE, PROSE]), Some(2), "{title}");
        }
    }

    #[test]
    fn other_titles_are_left_alone() {
        for title in [
            "河邊老屋要拆了嗎",
            "河邊老屋要拆了嗎 - 街坊說不要",
            "河邊老屋要拆了嗎？街坊說不要",
            "河邊老屋要拆了嗎 街坊說不要",
            "河邊老屋要拆了嗎假的",
        ] {
            assert_eq!(page_title(&[title, HEADLINE, PROSE]), None, "{title}");
        }
        let low = ["河邊老屋要拆了嗎（二）", PROSE, HEADLINE, PROSE];
        assert_eq!(page_title(&low), None);
        assert_eq!(page_title(&["河邊老屋要拆了嗎_老街网", PROSE, HEADLINE]), None);
        // The same two titles are recognised if the headline stands above the prose.
        assert_eq!(page_title(&["河邊老屋要拆了嗎（二）", HEADLINE, PROSE, PROSE]), Some(1));
        assert_eq!(page_title(&["河邊老屋要拆了嗎_老街网", HEADLINE, PROSE]), Some(1));
    }

    #[test]
    fn the_headline_after_a_columns_name_is_a_part() {
        assert_eq!(parts("老街 | 河邊老屋要拆了嗎"), [fold("河边老屋要拆了吗?")]);
        assert!(parts("老街生活週刊第三十期 | 河邊老屋要拆了嗎").is_empty());
        assert!(parts("河邊老屋要拆了嗎 | 老街").is_empty());
    }
}
