//! Cuts a clause into words, around a word of which it is asked whether it stands there as one.

use std::ops::Range;

use super::layout::{Hash, LONGEST};
use super::lexicon::Lexicon;
use crate::text::is_han;

/// How many characters around a word are cut into words: so many that what stands further away changes nothing.
const AROUND: usize = 8;
/// What a character costs that the list does not have.
const UNKNOWN: u32 = 216;
/// Longer words are not asked of: no others take their characters away.
const LONGEST_ASKED: usize = 3;
const MOST: usize = 2 * AROUND + LONGEST_ASKED;

/// Whether a word at a byte range of a text stands there as one: no word of its neighbours takes a part of its
/// characters (内存 in 国内存款). Of all ways to cut the text around it into words the most likely one counts, each
/// word being as likely as it is frequent.
#[inline(never)]
pub(crate) fn stands(text: &str, word: &Range<usize>) -> bool {
    let inside = text[word.clone()].chars();
    let (Some(first), Some(last)) = (inside.clone().next(), inside.clone().next_back()) else { return true };
    let before = text[..word.start].chars().next_back().filter(|c| is_han(*c));
    let after = text[word.end..].chars().next().filter(|c| is_han(*c));
    let lexicon = Lexicon::get();
    let may_be_cut = before.is_some_and(|before| lexicon.joins(before, first))
        || after.is_some_and(|after| lexicon.joins(last, after));
    let length = inside.count();
    if !may_be_cut || length > LONGEST_ASKED {
        return true;
    }
    let window = Window::around(text, word, length);
    !window.has_rival(lexicon) || window.keeps_word(lexicon)
}

/// The characters around a word.
struct Window {
    characters: [char; MOST],
    length: usize,
    /// The word among them.
    word: Range<usize>,
}

impl Window {
    #[inline(never)]
    fn around(text: &str, word: &Range<usize>, length: usize) -> Self {
        let mut characters = ['\0'; MOST];
        let before = text[..word.start].chars().rev().take(AROUND).take_while(|c| is_han(*c));
        let start = before.zip(characters[..AROUND].iter_mut().rev()).map(|(c, place)| *place = c).count();
        characters.copy_within(AROUND - start..AROUND, 0);
        let behind = text[word.end..].chars().take(AROUND).take_while(|c| is_han(*c));
        let rest = text[word.clone()].chars().chain(behind);
        let filled = rest.zip(&mut characters[start..]).map(|(c, place)| *place = c).count();
        Self { characters, length: start + filled, word: start..start + length }
    }

    /// Whether some word of the list takes a part of the word's characters, and others too.
    #[inline(never)]
    fn has_rival(&self, lexicon: &Lexicon) -> bool {
        let Range { start, end } = self.word;
        let cuts = |first: usize| {
            let mut hash = Hash::EMPTY;
            let last = (first + LONGEST).min(if first < start { end - 1 } else { self.length });
            let reach = if first < start { start } else { end };
            (first..last).any(|at| {
                hash = hash.then(self.characters[at]);
                at >= reach && lexicon.cost(hash).is_some()
            })
        };
        (start.saturating_sub(LONGEST - 1)..start).chain(start + 1..end).any(cuts)
    }

    /// Whether the cheapest way to cut the characters into words has none of which one end alone lies in the word.
    #[inline(never)]
    fn keeps_word(&self, lexicon: &Lexicon) -> bool {
        let mut cheapest = [(u32::MAX, 0); MOST + 1];
        cheapest[0] = (0, 0);
        for start in 0..self.length {
            let (cost, _) = cheapest[start];
            let mut hash = Hash::EMPTY;
            for length in 1..=LONGEST.min(self.length - start) {
                let end = start + length;
                hash = hash.then(self.characters[end - 1]);
                let unknown = (length == 1).then_some(UNKNOWN);
                let whole = lexicon.cost(hash).or(unknown).map(|word| cost + word);
                if let Some(whole) = whole.filter(|whole| *whole < cheapest[end].0) {
                    cheapest[end] = (whole, start);
                }
            }
        }
        let mut end = self.length;
        while end > 0 {
            let start = cheapest[end].1;
            if self.cuts(start..end) {
                return false;
            }
            end = start;
        }
        true
    }

    /// Whether a word of a way to cut takes a part of the word's characters, and others too.
    fn cuts(&self, other: Range<usize>) -> bool {
        let word = &self.word;
        let overlaps = other.start < word.end && word.start < other.end;
        let holds = |a: &Range<usize>, b: &Range<usize>| a.start <= b.start && b.end <= a.end;
        overlaps && !holds(&other, word) && !holds(word, &other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands_in(text: &str, word: &str) -> bool {
        let start = text.find(word).unwrap();
        stands(text, &(start..start + word.len()))
    }

    #[test]
    fn characters_of_neighbours_are_no_word() {
        for (text, word) in [
            ("国内存款", "内存"),
            ("电视频道", "视频"),
            ("多数组织", "数组"),
            ("改变量子态", "变量"),
            ("打算法办他", "算法"),
            ("流程序号", "程序"),
            ("勇敢的士兵", "的士"),
        ] {
            assert!(!stands_in(text, word), "{text}");
        }
    }

    #[test]
    fn a_word_stands_alone_and_in_compounds() {
        for (text, word) in [
            ("内存不足", "内存"),
            ("国内内存市场", "内存"),
            ("一部分数据", "数据"),
            ("端口号", "端口"),
            ("的士司机", "的士"),
            ("内存", "内存"),
            ("a内存b", "内存"),
        ] {
            assert!(stands_in(text, word), "{text}");
        }
    }
}
