//! Puts removed text back.

use super::RemovedSpan;
use super::draft::{BLANK, BYTE_ORDER_MARK};
use crate::text::TextHash;

/// Puts removed spans back into the clean text.
///
/// `clean` is [`Cleaned::text`](super::Cleaned::text), and `removed` are spans of the same
/// [`Cleaned`](super::Cleaned): all of them, or some, in order. Removed text comes back in the form of the
/// source. Kept text does not change: it is still converted and mended. Returns `None` if the text is not the
/// one to which the spans belong, or if the spans are not in order.
///
/// ```
/// use qingwen::Cleaner;
/// use qingwen::clean::{Punctuation, restore};
/// let cleaned = Cleaner::default().clean("老街,夜市。\n\n分享到:\n");
/// assert_eq!(cleaned.text, "老街，夜市。\n");
/// assert_eq!(restore(&cleaned.text, &cleaned.removed).as_deref(), Some("老街，夜市。\n\n分享到:\n"));
/// assert_eq!(restore("別的文章", &cleaned.removed), None);
/// ```
pub fn restore(clean: &str, removed: &[RemovedSpan]) -> Option<String> {
    let hash = TextHash::of(clean);
    let mut text = String::with_capacity(clean.len());
    let mut copied = 0;
    for piece in removed {
        if piece.clean != hash {
            return None;
        }
        text.push_str(clean.get(copied..piece.at)?);
        text.push_str(&piece.text);
        copied = piece.at;
    }
    text.push_str(clean.get(copied..)?);
    Some(text)
}

/// Puts some removed lines back into the clean text, by their numbers in the source. The blank lines that
/// were removed together with a line come back too.
///
/// The other arguments and the result are those of [`restore`]. The number of a line that was not removed
/// changes nothing.
///
/// ```
/// use qingwen::Cleaner;
/// use qingwen::clean::restore_lines;
/// let cleaned = Cleaner::default().clean("老街,夜市。\n\n分享到:\n微信\n");
/// let restored = restore_lines(&cleaned.text, &cleaned.removed, &[3]);
/// assert_eq!(restored.as_deref(), Some("老街，夜市。\n\n分享到:\n"));
/// ```
pub fn restore_lines(clean: &str, removed: &[RemovedSpan], lines: &[usize]) -> Option<String> {
    let mut chosen = vec![false; removed.len()];
    for (index, piece) in removed.iter().enumerate() {
        if lines.contains(&piece.line) && piece.rule != BYTE_ORDER_MARK {
            chosen[index] = true;
            choose_blanks(clean, removed, index, &mut chosen);
        }
    }
    let pieces = removed.iter().zip(chosen).filter(|(_, chosen)| *chosen);
    restore(clean, &pieces.map(|(piece, _)| piece.clone()).collect::<Vec<_>>())
}

/// Chooses the blank lines that were removed directly after a piece. It also chooses those directly before
/// the piece, unless a blank line is there in the clean text.
fn choose_blanks(clean: &str, removed: &[RemovedSpan], index: usize, chosen: &mut [bool]) {
    let follows = |piece: usize| removed[piece].span.start == removed[piece - 1].span.end;
    let is_blank = |piece: usize| removed[piece].rule == BLANK;
    let after = (index + 1..removed.len()).take_while(|piece| is_blank(*piece) && follows(*piece));
    after.for_each(|piece| chosen[piece] = true);
    if clean.get(..removed[index].at).is_some_and(ends_blank) {
        return;
    }
    let before = (1..=index).rev().take_while(|piece| follows(*piece) && is_blank(piece - 1));
    before.for_each(|piece| chosen[piece - 1] = true);
}

/// Whether a text ends with a blank line, or has no lines.
fn ends_blank(text: &str) -> bool {
    text.lines().next_back().is_none_or(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Cleaner;

    const SOURCE: &str = "\u{FEFF}老街,夜市搬走了。\n\n分享到:\n\n微信\n\n街坊說,好。\n\n相關文章：";

    #[track_caller]
    fn restores(lines: &[usize], expected: &str) {
        let cleaned = Cleaner::default().clean(SOURCE);
        assert_eq!(cleaned.text, "老街，夜市搬走了。\n\n街坊說，好。\n");
        assert_eq!(restore_lines(&cleaned.text, &cleaned.removed, lines).as_deref(), Some(expected));
    }

    #[test]
    fn lines_come_back_with_the_blank_lines_that_keep_them_apart() {
        restores(&[], "老街，夜市搬走了。\n\n街坊說，好。\n");
        restores(&[1, 2, 7, 99], "老街，夜市搬走了。\n\n街坊說，好。\n");
        restores(&[3], "老街，夜市搬走了。\n\n分享到:\n\n街坊說，好。\n");
        restores(&[5], "老街，夜市搬走了。\n\n微信\n\n街坊說，好。\n");
        restores(&[3, 5], "老街，夜市搬走了。\n\n分享到:\n\n微信\n\n街坊說，好。\n");
        restores(&[9], "老街，夜市搬走了。\n\n街坊說，好。\n\n相關文章：");
    }

    #[test]
    fn another_text_and_pieces_out_of_order_give_nothing() {
        let mut cleaned = Cleaner::default().clean(SOURCE);
        let whole = restore(&cleaned.text, &cleaned.removed).expect("the text belongs to it");
        assert_eq!(whole, SOURCE.replace(',', "，"));
        for other in ["", "老街，夜市搬走了。\n\n街坊說，好！\n", "老街，夜市搬走了。\n\n街坊說，好。"]
        {
            assert_eq!(restore(other, &cleaned.removed), None);
        }
        cleaned.removed.reverse();
        assert_eq!(restore(&cleaned.text, &cleaned.removed), None);
        assert_eq!(restore("老街", &[]).as_deref(), Some("老街"));
    }
}
