//! Broken lines: lines that a page broke after every character are joined again, because only the whole line
//! shows what it is.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::position::LineNo;
use super::view::Folded;

/// Maximum number of characters in a piece.
const PIECE_CHARACTERS: usize = 3;
/// Minimum number of one-letter pieces in a broken line, and their minimum share of its pieces: one in so
/// many.
const LETTERS: usize = 5;
const PIECES_PER_LETTER: usize = 2;
/// Marks that occur in sentences.
const MARKS: &[char] = &[
    '，', '。', '、', '：', '；', '！', '？', '…', '（', '）', '「', '」', '『', '』', '“', '”', '‘', '’',
    '《', '》', '【', '】', ',', '.', ':', ';', '!', '?', '(', ')', '"', '\'', '%', '/', '+', '&', '@',
];

/// A line as it was before the page broke it.
#[derive(Debug)]
pub(crate) struct WholeLine<'t> {
    /// The number of its first piece.
    pub number: LineNo,
    pub text: Cow<'t, str>,
    pub folded: Arc<Folded>,
    /// The numbers of its further pieces.
    pub further: Vec<LineNo>,
}

/// A line with its number and its analysis.
type Numbered<'t> = (LineNo, &'t str, Arc<Folded>);

/// The lines of a text. A broken line is joined and stands in the place of its first piece.
pub(crate) fn whole_lines<'t>(lines: &[Numbered<'t>]) -> Vec<WholeLine<'t>> {
    let mut whole = Vec::with_capacity(lines.len());
    let mut done = 0;
    for run in broken(lines) {
        whole.extend(lines[done..run.start].iter().map(unbroken));
        // Each sentence becomes a line, because it is judged by itself.
        whole.extend(lines[run.clone()].split_inclusive(ends_sentence).map(joined));
        done = run.end;
    }
    whole.extend(lines[done..].iter().map(unbroken));
    whole
}

fn unbroken<'t>((number, text, folded): &Numbered<'t>) -> WholeLine<'t> {
    WholeLine { number: *number, text: Cow::Borrowed(text), folded: Arc::clone(folded), further: Vec::new() }
}

fn joined<'t>(pieces: &[Numbered<'t>]) -> WholeLine<'t> {
    let text: String = pieces.iter().map(|(_, text, _)| text.trim()).collect();
    WholeLine {
        number: pieces[0].0,
        folded: Folded::of(&text),
        text: Cow::Owned(text),
        further: pieces[1..].iter().map(|(number, _, _)| *number).collect(),
    }
}

/// The runs of lines that are pieces of broken lines. A run begins and ends with single characters, so a menu
/// beside it is not part of it.
fn broken(lines: &[Numbered]) -> Vec<Range<usize>> {
    let mut runs = Vec::new();
    let mut start = 0;
    for run in lines.chunk_by(|a, b| is_piece(a) == is_piece(b)) {
        let single = |piece: &Numbered| piece.2.survey.visible == 1;
        let edges = [run.iter().position(single), run.iter().rposition(single)];
        if let [Some(first), Some(last)] = edges
            && is_piece(&run[0])
            && is_of_letters(&run[first..=last])
        {
            runs.push(start + first..start + last + 1);
        }
        start += run.len();
    }
    runs
}

fn is_of_letters(pieces: &[Numbered]) -> bool {
    let letters = pieces.iter().filter(|piece| is_letter(piece)).count();
    letters >= LETTERS && letters * PIECES_PER_LETTER >= pieces.len()
}

fn ends_sentence((_, text, _): &Numbered) -> bool {
    text.trim_end().ends_with(['。', '！', '？', '!', '?'])
}

/// Whether a line may be a piece: it has few characters, and each belongs to a word or a sentence. So bullets
/// and code are no pieces.
fn is_piece((_, text, folded): &Numbered) -> bool {
    (1..=PIECE_CHARACTERS).contains(&folded.survey.visible)
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
        let lines: Vec<Numbered> = (1..)
            .zip(text.lines())
            .map(|(number, line)| (LineNo::from(number), line, Folded::of(line)))
            .collect();
        let whole = whole_lines(&lines).into_iter();
        whole
            .map(|line| {
                let further = line.further.into_iter().map(usize::from).collect();
                (line.number.into(), line.text.into_owned(), further)
            })
            .collect()
    }

    #[test]
    fn a_line_in_pieces_is_joined() {
        let text = "老街的夜市\n掃\n碼\n關\n注\n本號\n吧\n\n老街的燈火";
        let expected = [
            (1, "老街的夜市".into(), vec![]),
            (2, "掃碼關注本號吧".into(), vec![3, 4, 5, 6, 7]),
            (8, String::new(), vec![]),
            (9, "老街的燈火".into(), vec![]),
        ];
        assert_eq!(whole(text), expected);
    }

    #[test]
    fn a_run_ends_at_sentences_blank_lines_and_menus() {
        let lines = |text| whole(text).into_iter().map(|(_, line, _)| line).collect::<Vec<_>>();
        assert_eq!(lines("雨\n停\n了\n。\n掃\n碼\n關\n注"), ["雨停了。", "掃碼關注"]);
        assert_eq!(lines("忠\n厚\n傳\n家\n久\n首頁\n登入"), ["忠厚傳家久", "首頁", "登入"]);
        let two_parts = "雨\n停\n了\n他\n走\n\n掃\n碼\n關\n注\n吧";
        assert_eq!(lines(two_parts), ["雨停了他走", "", "掃碼關注吧"]);
    }

    #[test]
    fn short_lines_and_lists_are_not_joined() {
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
