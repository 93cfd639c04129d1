//! Cuts a clause into words, to find out whether certain characters stand there as a word.

use std::ops::Range;

use super::layout::{LONGEST, WordHash};
use super::lexicon::Lexicon;
use crate::text::is_han;

/// Number of characters on each side of a word that are cut into words. It is large enough that text further away
/// changes nothing.
const AROUND: usize = 8;
/// The cost of a character that is not in the list.
const UNKNOWN: u32 = 216;
/// Longer words are not checked, because no other word takes their characters.
const LONGEST_ASKED: usize = 3;
const MOST: usize = 2 * AROUND + LONGEST_ASKED;

/// Whether the characters at a byte range of a text stand there as a word. They do not if a neighbouring word takes
/// some of them (内存 in 国内存款). Of all ways to cut the surrounding text into words the most likely one counts. The
/// likelihood of each word is its frequency.
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
    /// The range of the word in the window.
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

    /// Whether some word of the list takes a part of the word's characters together with other characters.
    #[inline(never)]
    fn has_rival(&self, lexicon: &Lexicon) -> bool {
        let Range { start, end } = self.word;
        let cuts = |first: usize| {
            let mut hash = WordHash::EMPTY;
            let last = (first + LONGEST).min(if first < start { end - 1 } else { self.length });
            let reach = if first < start { start } else { end };
            (first..last).any(|at| {
                hash = hash.then(self.characters[at]);
                at >= reach && lexicon.cost(hash).is_some()
            })
        };
        (start.saturating_sub(LONGEST - 1)..start).chain(start + 1..end).any(cuts)
    }

    /// Whether the cheapest way to cut the characters into words contains no word that overlaps this word only in part.
    #[inline(never)]
    fn keeps_word(&self, lexicon: &Lexicon) -> bool {
        let mut cheapest = [(u32::MAX, 0); MOST + 1];
        cheapest[0] = (0, 0);
        for start in 0..self.length {
            let (cost, _) = cheapest[start];
            let mut hash = WordHash::EMPTY;
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

    /// Whether another word takes a part of the word's characters together with other characters.
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
