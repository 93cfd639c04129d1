//! Lines in the middle of a sentence that a page broke into lines.

use super::pair::RepeatPair;
use super::word_lists::{CONTINUED, UNFINISHED};
use crate::analysis::{Row, ViewLine};

/// Marks that open, each with the one that closes.
const BRACKETS: [[char; 2]; 7] =
    [['（', '）'], ['(', ')'], ['「', '」'], ['『', '』'], ['《', '》'], ['“', '”'], ['【', '】']];

/// Whether a line is in the middle of a sentence: it has one mark of a pair of brackets, the line directly above it ends
/// with a word that no sentence ends with (正如), the sentence directly below begins with one that none begins with (是),
/// or the page breaks its paragraphs into lines of a fixed width.
pub(super) fn is_amid_sentence(pair: &RepeatPair) -> bool {
    has_half_of_brackets(pair.line().text)
        || continues_above(pair)
        || continues_below(pair)
        || pair.genre.is_piece(pair.view, pair.row)
}

fn has_half_of_brackets(text: &str) -> bool {
    let count = |mark: char| text.chars().filter(|character| *character == mark).count();
    BRACKETS.iter().any(|[open, close]| count(*open) != count(*close))
}

fn continues_above(pair: &RepeatPair) -> bool {
    let above = pair.row.above(1).and_then(|row| adjacent(pair, row));
    above.is_some_and(|line| UNFINISHED.iter().any(|word| line.text.trim_end().ends_with(word)))
}

fn continues_below(pair: &RepeatPair) -> bool {
    adjacent(pair, pair.row.below(1)).is_some_and(|line| {
        line.shape.sentence && CONTINUED.iter().any(|word| line.text.trim_start().starts_with(word))
    })
}

/// The line at a row beside the line, unless it is blank.
fn adjacent<'v, 't>(pair: &RepeatPair<'v, 't>, row: Row) -> Option<&'v ViewLine<'t>> {
    pair.view.lines.get(row).filter(|line| !line.shape.blank)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::View;
    use crate::detect::duplicates::document_type::Genre;

    /// Whether a repeat is in the middle of a sentence, given the lines around it.
    fn is_amid(above: &str, line: &str, below: &str) -> bool {
        let view = View::new(&[(1, line), (2, above), (3, line), (4, below)], None);
        let (genre, duplicate_of) = (&Genre::of(&view), Some(Row::from(0)));
        let pair = RepeatPair { view: &view, genre, row: Row::from(2), duplicate_of, of_headline: false };
        is_amid_sentence(&pair)
    }

    #[test]
    fn a_line_beside_a_word_of_its_sentence_is_amid_it() {
        let (line, below) = ("老街夜市與河口碼頭的故事", "第一節所說的那樣，租金去年又漲了兩成。");
        assert!(is_amid("正如", line, below));
        assert!(is_amid("關於新址", line, "是街坊自己編成的小書，書店裡買得到。"));
        for (above, below) in [("街坊也都這樣說。", below), ("正如", ""), ("", "是")] {
            assert_eq!(is_amid(above, line, below), above == "正如", "{above} {below}");
        }
    }

    #[test]
    fn a_line_with_half_of_a_pair_of_brackets_is_amid_a_sentence() {
        assert!(is_amid("新名稱：", "老街夜市與河口碼頭的管理辦法）", "街坊說好。"));
        assert!(!is_amid("新名稱：", "老街夜市（與河口碼頭）的管理辦法", "街坊說好。"));
    }
}
