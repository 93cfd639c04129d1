//! A model of a collection as a page for a browser. The page has no script, and contains no markup from
//! articles.

use std::fmt::Write as _;

use htmlize::escape_text;

use super::super::LearnedSummary;
use super::super::learned::LearnedRow;
use super::super::terminal::visible;
use super::{STYLE, source_hash};
use crate::corpus::{CorpusModel, SourceLines};

const TEMPLATE: &str = include_str!("learned.html");
const LEARNED_STYLE: &str = include_str!("learned.css");

/// Maximum number of sources whose lines are shown at once. If there are more, the reader opens each source.
const OPEN: usize = 3;

/// A model as a page: for each source its lines, those on most pages first.
///
/// ```
/// use qingwen::corpus::{LearnOptions, learn};
/// let pages = ["老街夜市搬走了。\n分享到：\n", "街坊說好。\n分享到：\n"].map(|page| ("<老街網>", page));
/// let page = qingwen::report::html::learned(&learn(pages, &LearnOptions::default()));
/// assert!(page.contains("&lt;老街網&gt;") && page.contains("<td lang=\"zh\">分享到：</td>"), "{page}");
/// ```
pub fn learned(model: &CorpusModel) -> String {
    let style = format!("{STYLE}{LEARNED_STYLE}");
    // Text from articles is inserted last, because it may contain a name of the template.
    TEMPLATE
        .replace("{{style-hash}}", &source_hash(&style))
        .replace("{{style}}", &style)
        .replace("{{totals}}", &totals(&LearnedSummary::of(model)))
        .replace("{{sources}}", &sources(model))
}

fn totals(summary: &LearnedSummary) -> String {
    let LearnedSummary { documents, sources, goes, block, metadata, stays } = summary;
    let numbers = [
        ("pages", *documents),
        ("sources", *sources as u64),
        ("lines go", *goes as u64),
        ("go in blocks", *block as u64),
        ("are metadata", *metadata as u64),
        ("stay", *stays as u64),
    ];
    numbers.iter().map(|(name, count)| format!("<div><dt>{name}</dt><dd>{count}</dd></div>\n")).collect()
}

fn sources(model: &CorpusModel) -> String {
    let open = if model.sources().count() <= OPEN { " open" } else { "" };
    model.sources().map(|source| of_source(source, open)).collect()
}

fn of_source(source: &SourceLines, open: &str) -> String {
    let (name, documents, count) = (shown(source.name()), source.documents(), source.lines().len());
    let rows: String = source.lines().iter().map(|line| row(&LearnedRow::of(line, documents))).collect();
    let mut html = String::new();
    // Writing to memory does not fail.
    let _ = writeln!(
        html,
        "<details{open}><summary>{name} <span class=\"num\">pages {documents}, lines {count}</span></summary>\n\
         <table class=\"learned\">\n\
         <tr><th>verdict</th><th>pages</th><th>share</th><th>removed</th><th>place</th><th>line</th></tr>\n\
         {rows}</table></details>"
    );
    html
}

fn row(row: &LearnedRow) -> String {
    let LearnedRow { verdict, documents, share, removed, place, line, marks } = row;
    let marks = if marks.is_empty() { String::new() } else { format!("<span class=\"note\">{marks}</span>") };
    let line = shown(line);
    format!(
        "<tr><td class=\"badge {verdict}\">{verdict}</td><td class=\"num\">{documents}</td>\
         <td class=\"num\">{share}</td><td class=\"num\">{removed}</td><td>{place}</td>\
         <td lang=\"zh\">{line}{marks}</td></tr>\n"
    )
}

/// A text without markup that does not reorder the text beside it.
fn shown(text: &str) -> String {
    escape_text(&*visible(text.trim())).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{LearnOptions, learn};

    #[test]
    fn text_of_articles_is_no_markup() {
        let line = "<b onclick=\"a\">{{sources}}&\u{202E}分享到：</b>";
        let pages = ["老街夜市搬走了。", "街坊說好。"].map(|story| format!("{story}\n{line}\n"));
        let model = learn(pages.iter().map(|page| ("老街網", page.as_str())), &LearnOptions::default());
        let page = learned(&model);
        assert!(!page.contains("<b ") && !page.contains('\u{202E}'), "{page}");
        assert_eq!(page.matches("<table").count(), 1);
        assert!(!LEARNED_STYLE.contains('<'));
    }
}
