//! The article of a page: its text, and its title.

use dom_query::Document;
use dom_smoothie::{Config, Readability};

use super::tree::{parse, remove_hidden};
use super::visible::text;

/// Which part of a page is its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PagePart {
    /// The main text, as `dom_smoothie` finds it.
    Main,
    /// All that a browser shows.
    Whole,
}

/// What was read of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReadPage {
    /// The title.
    pub title: Option<String>,
    /// The text. It ends with a line end unless it is empty.
    pub text: String,
    /// What is to be said of it.
    pub remark: Option<&'static str>,
}

const ALL_HIDDEN: &str = "most of the page's sentences are in hidden elements; read with them";
const NO_MAIN: &str = "no main text was found that has most of the page's sentences; read as the whole page";

/// How many percent of a page's sentences must be shown. A page may hold its article a second time, for small screens.
const LEAST_SHOWN: usize = 25;

/// How many percent of a page's sentences its main text must have.
const LEAST: usize = 50;

/// The same for a short main text, of which `dom_smoothie` is less certain.
const LEAST_OF_SHORT: usize = 75;

/// Characters of a main text that is not short: the limit from which `dom_smoothie` is content.
const SHORT: usize = 500;

/// The most elements among which a main text is looked for, because the time of the search may grow with their square.
const MOST_ELEMENTS: usize = 50_000;

impl ReadPage {
    /// Reads a page.
    pub fn of(html: &str, part: PagePart) -> Self {
        let page = parse(html);
        let all = text(&page);
        remove_hidden(&page);
        let whole = text(&page);
        let title = title(&page);
        if sentences(&whole) * 100 < sentences(&all) * LEAST_SHOWN {
            return Self { title, text: all, remark: Some(ALL_HIDDEN) };
        }
        let headline = headline(&page, title.as_deref());
        match part {
            PagePart::Whole => Self { title, text: whole, remark: None },
            PagePart::Main => match main(page, headline.as_deref(), &whole) {
                Some(text) => Self { title, text, remark: None },
                None => Self { title, text: whole, remark: Some(NO_MAIN) },
            },
        }
    }
}

/// The main text of a page, if it has most of the sentences of the whole. The headline belongs to it.
fn main(page: Document, headline: Option<&str>, whole: &str) -> Option<String> {
    let config = Config { disable_json_ld: true, max_elements_to_parse: MOST_ELEMENTS, ..Config::default() };
    let article = Readability::with_document(page, None, Some(config)).ok()?.parse().ok()?;
    let main = text(&parse(&article.content));
    if main.is_empty() || !is_believed(&main, whole) {
        return None;
    }
    Some(match headline.filter(|headline| !main.contains(headline)) {
        Some(headline) => format!("{headline}\n\n{main}"),
        None => main,
    })
}

/// Whether a main text has enough of the page's sentences. What is missing may be comments, or a part of the article.
fn is_believed(main: &str, whole: &str) -> bool {
    let is_short = main.chars().count() < SHORT;
    let least = if is_short { LEAST_OF_SHORT } else { LEAST };
    sentences(main) * 100 >= sentences(whole) * least
}

/// The number of bytes in lines that hold a sentence.
fn sentences(text: &str) -> usize {
    let is_prose = |line: &&str| line.contains(['。', '！', '？', '!', '?']) || line.contains(". ");
    text.lines().filter(is_prose).map(str::len).sum()
}

/// The title that a page names for programs that link to it, else that of its window, else its only heading.
fn title(page: &Document) -> Option<String> {
    let linked = page.select("meta[property='og:title']").attr("content").map(|title| one_line(&title));
    let window = || one_line(&page.select_single("head > title").text());
    [linked.unwrap_or_default(), window()]
        .into_iter()
        .find(|title| !title.is_empty())
        .or_else(|| headings(page).into_iter().next())
}

/// The heading that stands in the title, or in which the title stands.
fn headline(page: &Document, title: Option<&str>) -> Option<String> {
    let title = title?;
    headings(page).into_iter().find(|heading| title.contains(heading.as_str()) || heading.contains(title))
}

fn headings(page: &Document) -> Vec<String> {
    let headings = page.select("h1");
    headings.iter().map(|heading| one_line(&heading.text())).filter(|heading| !heading.is_empty()).collect()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
