//! Paragraphs that a page broke into lines of a fixed width. A piece of such a line is no statement by itself, so it may
//! stand in several paragraphs.

use crate::analysis::{Row, View, ViewLine};

/// Minimum width of a line that was broken, in columns. A Han character has two.
const COLUMNS: usize = 32;
/// Maximum number of columns by which such lines differ: no mark may begin a line, so a line may be one character shorter
/// or longer.
const DIFFERENCE: usize = 4;
/// Minimum number of lines of this width that do not end as a sentence does.
const LINES: usize = 4;

/// Where a page broke its paragraphs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wrapping {
    /// The width of the broken lines. `None` if lines have no common width.
    width: Option<usize>,
}

impl Wrapping {
    pub fn of(view: &View) -> Self {
        let filled: Vec<&ViewLine> = view.filled().map(|row| &view.lines[row]).collect();
        let unfinished = filled.iter().filter(|line| !line.shape.sentence);
        let mut widths: Vec<usize> = unfinished.map(|line| columns(line.text)).collect();
        widths.retain(|width| *width >= COLUMNS);
        widths.sort_unstable();
        let alike = |width: &usize| {
            let from = widths.partition_point(|other| *other + DIFFERENCE < *width);
            widths.partition_point(|other| other <= width) - from
        };
        let width = widths.iter().copied().max_by_key(alike);
        let width = width.filter(|width| {
            let alike = alike(width);
            let wider = filled.iter().filter(|line| columns(line.text) > width + DIFFERENCE).count();
            alike >= LINES && alike * 2 >= widths.len() && wider * 10 <= filled.len()
        });
        Self { width }
    }

    /// Whether a line is a piece: it goes on in the line directly below, or began in the line directly above.
    pub fn is_piece(self, view: &View, row: Row) -> bool {
        let line = |row: Row| view.lines.get(row).filter(|line| !line.shape.blank);
        let above = row.above(1).and_then(line);
        let goes_on = |above: &ViewLine, below: &ViewLine| self.is_broken(above) || hangs(above, below);
        let Some(own) = line(row) else { return false };
        above.is_some_and(|above| goes_on(above, own))
            || line(row.below(1)).is_some_and(|below| goes_on(own, below))
    }

    /// Whether a line ends where the page broke it, and not where its sentence ends.
    fn is_broken(self, line: &ViewLine) -> bool {
        let is_full = |width: usize| columns(line.text).abs_diff(width) <= DIFFERENCE;
        !line.shape.sentence && self.width.is_some_and(is_full)
    }
}

/// Whether a line goes on in the line below, which is indented below the number of an item.
fn hangs(above: &ViewLine, below: &ViewLine) -> bool {
    above.shape.item
        && !above.shape.sentence
        && columns(above.text) >= COLUMNS
        && indent(below) > indent(above)
}

/// The number of columns of the white space before a line.
fn indent(line: &ViewLine) -> usize {
    let text = line.text.trim_end();
    columns(text) - columns(text.trim_start())
}

/// The width of a text in columns, without the white space behind it.
fn columns(text: &str) -> usize {
    text.trim_end().chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "攤位由管理委員會編號每年抽籤一次沒有抽中的攤主可以在河邊的停車場擺攤租金按月收取逾期不繳者由管理委員會收回攤位另行抽籤原攤主不得異議";

    /// The 1-based numbers of the lines that are pieces.
    fn pieces(text: &str) -> Vec<usize> {
        let lines: Vec<_> = (1..).zip(text.lines()).collect();
        let view = View::new(&lines, None);
        let wrapping = Wrapping::of(&view);
        view.filled()
            .filter(|row| wrapping.is_piece(&view, *row))
            .map(|row| view.lines[row].number.into())
            .collect()
    }

    /// A paragraph in lines of a number of characters.
    fn wrapped(characters: usize) -> String {
        let text: Vec<char> = TEXT.chars().chain(['。']).collect();
        text.chunks(characters).map(|line| line.iter().collect::<String>() + "\n").collect()
    }

    #[test]
    fn lines_of_one_width_that_end_within_a_sentence_are_pieces() {
        let page = format!("攤位辦法\n\n{}\n抽籤在三月舉行。\n\n{}", wrapped(20), wrapped(20));
        assert_eq!(pieces(&page), [3, 4, 5, 6, 10, 11, 12, 13]);
        let other_widths = format!("攤位辦法\n\n{}\n{}\n{}", wrapped(17), wrapped(24), wrapped(33));
        assert_eq!(pieces(&other_widths), [0; 0]);
        let with_paragraphs = format!("{page}\n{TEXT}。\n{TEXT}。\n");
        assert_eq!(pieces(&with_paragraphs), [0; 0]);
    }

    #[test]
    fn lines_that_are_indented_below_an_item_are_pieces() {
        let page = "1.中華民國九十年三月八日老街管理委員會街字第 001 號\n  令修正發布；並自同年四月一日生效";
        assert_eq!(pieces(page), [1, 2]);
        assert_eq!(pieces(&page.replace("  令", "令")), [0; 0]);
        assert_eq!(pieces("1.老街的攤位\n  攤位每年抽籤一次，抽中的攤主在三月搬進去"), [0; 0]);
    }
}
