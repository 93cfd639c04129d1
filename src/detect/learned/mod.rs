//! Learned lines: the lines that a source prints on many of its pages, as a model of a collection has them.
//! `corpus` learns them.

mod enclosed;
mod file;
mod frame;
mod line;
mod model;
mod numbers;

pub(crate) use enclosed::{AdjacentLine, Enclosing, companion, enclosing};
pub use file::CorpusModelError;
pub(crate) use frame::frame;
pub use line::{LearnedLine, LineCounts, LineVerdict};
pub use model::{CorpusModel, SourceLines};
pub(crate) use numbers::numbers;

use super::{Because, Finding};
use crate::analysis::{Row, View};
use crate::rules::RuleId;
use crate::text::numerals::is_numeral;

/// The rows of a page that go because its source prints them on many pages. `named` says which rows a rule
/// names.
pub(crate) fn find(view: &View, source: &SourceLines, named: impl Fn(Row) -> bool) -> Vec<Finding> {
    let rows: Vec<Row> = comparable(view).collect();
    let learned: Vec<_> = rows.iter().map(|row| learned(view, source, *row)).collect();
    let neighbour = |(row, learned): (&Row, &Option<&LearnedLine>)| {
        if named(*row) { AdjacentLine::Goes(()) } else { neighbour(*learned, source) }
    };
    let neighbours: Vec<_> = rows.iter().zip(&learned).map(neighbour).collect();
    let enclosing = enclosing(&neighbours);
    let own = neighbours.iter().position(|neighbour| *neighbour == AdjacentLine::Own).unwrap_or(rows.len());
    let in_company = |position: usize| learned[position].is_some_and(|learned| learned.in_company);
    let found = |(position, learned): (usize, &Option<&LearnedLine>)| {
        let learned = learned.filter(|learned| position > own || stands_above(learned))?;
        let is_block = learned.verdict == LineVerdict::Block;
        let between = enclosing[position].filter(|_| is_block);
        let beside = learned.in_company && is_block && between.is_none();
        let beside = if beside { companion(&neighbours, in_company, position) } else { None };
        let rule = match learned.verdict {
            LineVerdict::Goes => RuleId::CORPUS_LINE,
            LineVerdict::Block if between.is_some() || beside.is_some() => RuleId::CORPUS_BLOCK,
            LineVerdict::Metadata => RuleId::METADATA_STANDING,
            LineVerdict::Block | LineVerdict::Stays => return None,
        };
        let row = |position: usize| rows[position];
        let because = Because::Learned {
            source: source.name().to_owned(),
            documents: learned.counts.documents,
            of: source.documents(),
            frame: learned.frame,
            between: between
                .map(|Enclosing { above, below }| [row(above), row(below.unwrap_or(rows.len() - 1))]),
            beside: beside.map(row),
        };
        Some(Finding { row: row(position), rule: rule.rule(), because })
    };
    learned.iter().enumerate().filter_map(found).collect()
}

/// The rows of a page that have words. Rows of numbers alone have none: they count parts and pages.
pub(crate) fn comparable<'v>(view: &'v View) -> impl Iterator<Item = Row> + 'v {
    let is_word = |c: char| c.is_alphabetic() && !is_numeral(c);
    let has_words = move |key: &str| key.chars().any(is_word) && !is_hexadecimal(key);
    view.filled().filter(move |row| has_words(view.lines[*row].key()))
}

/// Whether a key is a hexadecimal number alone (`0x06`), which counts parts too.
fn is_hexadecimal(key: &str) -> bool {
    key.strip_prefix("0x").is_some_and(|digits| digits.chars().all(|c| c.is_ascii_hexdigit()))
}

/// Whether a line usually stands above the lines that are the page's own. Any other learned line there is the
/// headline, which the site lists on other pages.
fn stands_above(learned: &LearnedLine) -> bool {
    learned.counts.head * 2 > learned.counts.occurrences
}

/// The learned line of a row. Fenced code has none, because it may be the same on many pages and is still not
/// boilerplate.
fn learned<'s>(view: &View, source: &'s SourceLines, row: Row) -> Option<&'s LearnedLine> {
    let line = &view.lines[row];
    if line.shape.fenced { None } else { source.find(line.key()) }
}

/// The kind of a line, as its neighbours see it.
fn neighbour(learned: Option<&LearnedLine>, source: &SourceLines) -> AdjacentLine<()> {
    let Some(learned) = learned else { return AdjacentLine::Own };
    match learned.verdict {
        LineVerdict::Goes | LineVerdict::Metadata => AdjacentLine::Goes(()),
        LineVerdict::Block if is_on_most(learned.counts.documents, source.documents()) => {
            AdjacentLine::OnMost
        }
        LineVerdict::Block => AdjacentLine::OnSome,
        LineVerdict::Stays => AdjacentLine::Own,
    }
}

/// Minimum number of pages of a source that show what most pages have.
const MANY: u64 = 5;

/// Whether a line stands on most pages of a source: two thirds of them.
pub(crate) fn is_on_most(pages: u64, all: u64) -> bool {
    all >= MANY && pages.saturating_mul(3) >= all.saturating_mul(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules that find the lines of a text. `known` has the learned lines: verdict, line, and the number
    /// of the five pages that have it above their own lines.
    fn found(text: &str, known: &[(LineVerdict, &str, u64)]) -> Vec<(usize, &'static str)> {
        let line = |(verdict, line, head): &(LineVerdict, &str, u64)| LearnedLine {
            line: (*line).to_owned(),
            frame: line.contains('9'),
            verdict: *verdict,
            in_company: false,
            reviewed: false,
            counts: LineCounts { documents: 5, occurrences: 5, head: *head, ..LineCounts::default() },
        };
        let source = SourceLines::new("老街網".into(), 5, known.iter().map(line).collect());
        let numbered: Vec<_> = text.lines().enumerate().map(|(at, line)| (at + 1, line)).collect();
        let found = find(&View::new(&numbered, None), &source, |_| false);
        found.iter().map(|finding| (usize::from(finding.row) + 1, finding.rule.id)).collect()
    }

    #[test]
    fn lines_go_by_their_verdict() {
        let known = [
            (LineVerdict::Goes, "會員專區", 0),
            (LineVerdict::Block, "人氣9", 0),
            (LineVerdict::Metadata, "文：林小溪", 0),
            (LineVerdict::Stays, "註釋", 0),
        ];
        let text = "夜市搬走了。\n人氣 12\n会员专区\n人氣 210\n文 | 林小溪\n註釋：\n會員專區的事";
        assert_eq!(found(text, &known), [(3, "corpus/line"), (4, "corpus/block"), (5, "metadata/standing")]);
    }

    #[test]
    fn a_headline_that_other_pages_list_stays() {
        let known = [(LineVerdict::Goes, "首頁", 5), (LineVerdict::Goes, "老街的夜市搬走了", 0)];
        assert_eq!(found("首頁\n老街的夜市搬走了\n夜市搬到河邊。", &known), [(1, "corpus/line")]);
        assert_eq!(found("夜市搬到河邊。\n老街的夜市搬走了", &known), [(2, "corpus/line")]);
    }

    #[test]
    fn numbers_alone_have_no_words() {
        let lines = [(1, "0x06"), (2, "06"), (3, "六"), (4, "0x06 老街")];
        let view = View::new(&lines, None);
        assert_eq!(comparable(&view).map(usize::from).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn code_stays() {
        let known = [(LineVerdict::Goes, "login", 0)];
        assert_eq!(found("甲\n```\nlogin\n```\nlogin", &known), [(5, "corpus/line")]);
    }
}
