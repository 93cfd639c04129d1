//! Puts removed text back.

use std::borrow::Cow;

use super::RemovedSpan;
use super::draft::{BLANK, BYTE_ORDER_MARK};
use crate::text::TextHash;

/// Puts removed spans back into the clean text.
///
/// `clean` is [`Cleaned::text`](super::Cleaned::text), and `removed` are spans of the same
/// [`Cleaned`](super::Cleaned): all of them, or some, in order. Some of them may have been put back before.
/// Removed text comes back in the form of the source. Kept text does not change: it is still converted and
/// mended. Returns `None` if the text is not the one to which the spans belong, or if the spans are not in order.
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
    let clean = without_restored(clean, removed)?.clean;
    with_spans(&clean, removed, |_| true)
}

/// Puts some removed lines back into the clean text, by their numbers in the source. The blank lines that
/// were removed together with a line come back too. Lines that were put back before stay.
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
/// let restored = restore_lines(&restored.unwrap_or_default(), &cleaned.removed, &[4]);
/// assert_eq!(restored.as_deref(), Some("老街，夜市。\n\n分享到:\n微信\n"));
/// ```
pub fn restore_lines(clean: &str, removed: &[RemovedSpan], lines: &[usize]) -> Option<String> {
    let RestoredBefore { clean, mut chosen } = without_restored(clean, removed)?;
    for (index, piece) in removed.iter().enumerate() {
        if lines.contains(&piece.line) && piece.rule != BYTE_ORDER_MARK {
            chosen[index] = true;
            choose_blanks(&clean, removed, index, &mut chosen);
        }
    }
    with_spans(&clean, removed, |index| chosen[index])
}

/// The clean text with some of the removed spans, which must be in order.
fn with_spans(clean: &str, removed: &[RemovedSpan], is_chosen: impl Fn(usize) -> bool) -> Option<String> {
    let mut text = String::with_capacity(clean.len());
    let mut copied = 0;
    for (_, piece) in removed.iter().enumerate().filter(|(index, _)| is_chosen(*index)) {
        text.push_str(clean.get(copied..piece.at)?);
        text.push_str(&piece.text);
        copied = piece.at;
    }
    text.push_str(clean.get(copied..)?);
    Some(text)
}

/// A text in which some spans may have been put back.
struct RestoredBefore<'t> {
    /// The text without them.
    clean: Cow<'t, str>,
    /// For each span, whether it was put back.
    chosen: Vec<bool>,
}

/// How many texts are compared with the hash of the clean one. More are possible only where the text repeats what was
/// removed.
const MOST_ATTEMPTS: usize = 1000;

/// Takes spans out of a text that were put back before; `None` if the text does not belong to the spans.
fn without_restored<'t>(text: &'t str, removed: &[RemovedSpan]) -> Option<RestoredBefore<'t>> {
    let chosen = vec![false; removed.len()];
    let hash = removed.first().map_or_else(|| TextHash::of(text), |piece| piece.clean);
    if removed.iter().any(|piece| piece.clean != hash) {
        return None;
    }
    if TextHash::of(text) == hash {
        return Some(RestoredBefore { clean: text.into(), chosen });
    }
    let mut search = RestoredSearch { text, removed, hash, chosen };
    let clean = search.run()?.into();
    Some(RestoredBefore { clean, chosen: search.chosen })
}

/// Tries which spans stand in a text.
struct RestoredSearch<'s> {
    text: &'s str,
    removed: &'s [RemovedSpan],
    hash: TextHash,
    chosen: Vec<bool>,
}

impl RestoredSearch<'_> {
    /// The clean text, if it comes out without some of the spans.
    fn run(&mut self) -> Option<String> {
        // The bytes of the chosen spans before `index`.
        let (mut index, mut shift) = (0, 0);
        let mut undecided = Vec::new();
        for _ in 0..MOST_ATTEMPTS {
            while let Some(piece) = self.removed.get(index) {
                let is_there = self.may_stand(index, shift);
                self.chosen[index] = is_there;
                if is_there {
                    undecided.push((index, shift));
                    shift += piece.text.len();
                }
                index += 1;
            }
            if let Some(clean) = self.clean() {
                return Some(clean);
            }
            // The last span that may stand there is taken as part of the clean text instead.
            (index, shift) = undecided.pop()?;
            self.chosen[index] = false;
            index += 1;
        }
        None
    }

    /// Whether a span may stand in the text. Blank lines come back only beside a line that does.
    fn may_stand(&self, index: usize, shift: usize) -> bool {
        let stands = |index: usize, shift: usize| {
            let piece = &self.removed[index];
            let place = piece.at.checked_add(shift).and_then(|start| self.text.get(start..));
            place.is_some_and(|rest| rest.starts_with(&piece.text))
        };
        if !stands(index, shift) || self.removed[index].rule != BLANK {
            return stands(index, shift);
        }
        let shift_behind = shift + self.removed[index].text.len();
        index > 0 && self.chosen[index - 1]
            || index + 1 < self.removed.len() && stands(index + 1, shift_behind)
    }

    /// The text without the chosen spans, if it is the clean one.
    fn clean(&self) -> Option<String> {
        let mut clean = String::with_capacity(self.text.len());
        let (mut copied, mut shift) = (0, 0);
        for (piece, _) in self.removed.iter().zip(&self.chosen).filter(|(_, chosen)| **chosen) {
            let start = piece.at.checked_add(shift)?;
            clean.push_str(self.text.get(copied..start)?);
            copied = start + piece.text.len();
            shift += piece.text.len();
        }
        clean.push_str(self.text.get(copied..)?);
        (TextHash::of(&clean) == self.hash).then_some(clean)
    }
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
    use crate::clean::Cleaned;

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
    fn lines_come_back_one_after_another() {
        for order in [[3, 5, 9], [9, 5, 3], [5, 9, 3]] {
            let Cleaned { text, removed, .. } = Cleaner::default().clean(SOURCE);
            let one =
                |text: String, line: &usize| restore_lines(&text, &removed, &[*line]).expect("it belongs");
            let restored = order.iter().fold(text.clone(), one);
            assert_eq!(restored, restore_lines(&text, &removed, &order).expect("it belongs"));
            let whole = restore(&restored, &removed).expect("it belongs");
            assert_eq!(Some(&whole), restore(&text, &removed).as_ref());
            assert_eq!(restore(&whole, &removed), Some(whole));
        }
    }

    /// Where the text repeats what was removed, the hash tells what was put back.
    #[test]
    fn what_was_put_back_is_told_from_what_stood_there() {
        let source = "街坊說好。\n分享到：\n\n分享到：\n分享到：\n街坊說好。\n\n分享到：\n";
        let Cleaned { text, removed, .. } = Cleaner::default().clean(source);
        let lines: Vec<usize> =
            removed.iter().filter(|piece| piece.rule != BLANK).map(|piece| piece.line).collect();
        for (first, second) in
            lines.iter().flat_map(|first| lines.iter().map(move |second| (*first, *second)))
        {
            let once = restore_lines(&text, &removed, &[first]).expect("it belongs");
            let twice = restore_lines(&once, &removed, &[second]).expect("it belongs");
            assert_eq!(restore(&twice, &removed).as_deref(), Some(source), "{first}, {second}");
        }
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
