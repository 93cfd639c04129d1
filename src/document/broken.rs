//! Lines that a page broke behind every character, put together again: what they are shows only in what they say
//! together.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::view::Folded;

/// Characters of a piece at most.
const PIECE_CHARACTERS: usize = 3;
/// Pieces of one letter that a broken line has at least, and their share of its pieces: one in so many.
const LETTERS: usize = 5;
const PIECES_PER_LETTER: usize = 2;
/// Marks that stand in sentences.
const MARKS: &[char] = &[
    '，', '。', '、', '：', '；', '！', '？', '…', '（', '）', '「', '」', '『', '』', '“', '”', '‘', '’',
    '《', '》', '【', '】', ',', '.', ':', ';', '!', '?', '(', ')', '"', '\'', '%', '/', '+', '&', '@',
];

/// A line as it was before the page broke it.
#[derive(Debug)]
pub(crate) struct WholeLine<'t> {
    /// The number of its first piece.
    pub number: usize,
    pub text: Cow<'t, str>,
    pub folded: Arc<Folded>,
    /// The numbers of its further pieces.
    pub further: Vec<usize>,
}

/// A numbered line and what it comes to.
type Numbered<'t> = (usize, &'t str, Arc<Folded>);

/// The lines of a text, those that were broken put together in the place of their first piece.
pub(crate) fn whole_lines<'t>(lines: &[Numbered<'t>]) -> Vec<WholeLine<'t>> {
    let mut whole = Vec::with_capacity(lines.len());
    let mut done = 0;
    for run in broken(lines) {
        whole.extend(lines[done..run.start].iter().map(as_it_stands));
        whole.extend(put_together(&lines[run.clone()]));
        done = run.end;
    }
    whole.extend(lines[done..].iter().map(as_it_stands));
    whole
}

fn as_it_stands<'t>((number, text, folded): &Numbered<'t>) -> WholeLine<'t> {
    WholeLine { number: *number, text: Cow::Borrowed(text), folded: Arc::clone(folded), further: Vec::new() }
}

/// One line of the pieces, and the blank lines among them behind it.
fn put_together<'t>(lines: &[Numbered<'t>]) -> Vec<WholeLine<'t>> {
    let (pieces, blank): (Vec<_>, Vec<_>) = lines.iter().partition(|line| is_filled(line));
    let text: String = pieces.iter().map(|(_, text, _)| text.trim()).collect();
    let mut numbers = pieces.iter().map(|(number, _, _)| *number);
    let first = numbers.next().map(|number| WholeLine {
        number,
        folded: Folded::of(&text),
        text: Cow::Owned(text),
        further: numbers.collect(),
    });
    first.into_iter().chain(blank.into_iter().map(as_it_stands)).collect()
}

/// The runs of lines that are pieces of a broken line, from the first piece to the last.
fn broken(lines: &[Numbered]) -> Vec<Range<usize>> {
    let filled: Vec<usize> = (0..lines.len()).filter(|index| is_filled(&lines[*index])).collect();
    let are_alike = |a: &usize, b: &usize| is_piece(&lines[*a]) == is_piece(&lines[*b]);
    let is_broken = |run: &&[usize]| {
        let letters = run.iter().filter(|index| is_letter(&lines[**index])).count();
        is_piece(&lines[run[0]]) && letters >= LETTERS && letters * PIECES_PER_LETTER >= run.len()
    };
    let runs = filled.chunk_by(are_alike).filter(is_broken);
    runs.map(|run| run[0]..run[run.len() - 1] + 1).collect()
}

fn is_filled((_, _, folded): &Numbered) -> bool {
    folded.survey.visible > 0
}

/// A character or few, of words or of marks that stand in sentences; no bullets, and nothing that is code.
fn is_piece((_, text, folded): &Numbered) -> bool {
    folded.survey.visible <= PIECE_CHARACTERS
        && text.trim().chars().all(|c| c.is_alphanumeric() || MARKS.contains(&c))
}

fn is_letter((_, text, _): &Numbered) -> bool {
    let mut characters = text.trim().chars();
    characters.next().is_some_and(char::is_alphabetic) && characters.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str) -> Vec<(usize, String, Vec<usize>)> {
        let lines: Vec<Numbered> =
            (1..).zip(text.lines()).map(|(number, line)| (number, line, Folded::of(line))).collect();
        let whole = whole_lines(&lines).into_iter();
        whole.map(|line| (line.number, line.text.into_owned(), line.further)).collect()
    }

    #[test]
    fn a_line_in_pieces_is_put_together() {
        let text = "老街的夜市\n掃\n\n碼\n關\n注\n本號\n！\n更\n多\n老街的燈火";
        let expected = [
            (1, "老街的夜市".into(), vec![]),
            (2, "掃碼關注本號！更多".into(), vec![4, 5, 6, 7, 8, 9, 10]),
            (3, String::new(), vec![]),
            (11, "老街的燈火".into(), vec![]),
        ];
        assert_eq!(whole(text), expected);
    }

    #[test]
    fn short_lines_and_lists_stand_as_they_are() {
        for text in [
            "甲\n乙\n丙\n丁",
            "- 甲\n- 乙\n- 丙\n- 丁\n- 戊",
            "1\n2\n3\n4\n5\n6",
            "老街\n夜市\n街坊\n燈火\n椅子\n書店",
            "",
            "甲",
        ] {
            assert!(whole(text).iter().all(|(_, _, further)| further.is_empty()), "{text}");
            assert_eq!(whole(text).len(), text.lines().count());
        }
    }
}
