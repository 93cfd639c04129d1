//! Whether a paragraph tells what a caption tells: the same characters in the same order, nothing that counts or turns
//! the sense round left out or put between, and no number cut in two.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::near::{is_particle, is_telling};
use crate::detect::words::folded_characters;
use crate::document::{ViewLine, fold_character, is_numeral};

/// What a match is worth, and what it is worth more where the one before it matches too: runs are kept together.
const MATCH: u32 = 2;
const RUN: u32 = 1;
/// Characters that turn the sense of what stands behind them round.
static TURNING: LazyLock<BTreeSet<char>> =
    LazyLock::new(|| folded_characters(include_str!("../../../dictionaries/repeat/turning.txt")));
/// Numerals that stand behind a number.
const LARGE_NUMERALS: [char; 4] = ['万', '萬', '亿', '億'];
/// Characters before a match that can turn its sense round, where more of the paragraph is left out.
const NEAR: usize = 2;

/// Whether a paragraph tells a caption's wording; `may_miss` tells which characters may be missing besides particles.
pub(super) fn tells(paragraph: &[char], wording: &[char], may_miss: impl Fn(char) -> bool) -> bool {
    let places = aligned(paragraph, wording);
    let missing = wording.iter().zip(&places).filter(|(_, place)| place.is_none());
    let is_missed = |c: char| is_telling(c) || !(is_particle(c) || may_miss(c));
    !missing.into_iter().any(|(c, _)| is_missed(*c))
        && !turns_round(paragraph, &places)
        && [counts, is_latin].into_iter().all(|makes| are_whole(paragraph, wording, &places, makes))
}

/// Whether the wording that stands in a key from a byte on is not cut out of a word or a number there, and no negation
/// stands before it.
pub(super) fn stands_apart(key: &str, start: usize, wording: &str) -> bool {
    let outside = [key[..start].chars().next_back(), key[start + wording.len()..].chars().next()];
    let inside = [wording.chars().next(), wording.chars().next_back()];
    let is_cut = |(outside, inside): (Option<char>, Option<char>)| {
        let both = |holds: fn(char) -> bool| outside.is_some_and(holds) && inside.is_some_and(holds);
        both(counts) || both(is_latin)
    };
    !outside[0].is_some_and(turns) && !outside.into_iter().zip(inside).any(is_cut)
}

/// The marks between the characters of a line's key.
pub(super) struct Marks {
    /// By byte of the key, and behind the last, whether a mark stands before it; nothing where the line's text does
    /// not tell.
    before: Option<Vec<bool>>,
}

impl Marks {
    pub fn of(line: &ViewLine) -> Self {
        let mut before = vec![false; line.key().len() + 1];
        let mut bytes = line.key().char_indices().map(|(byte, _)| byte).chain([line.key().len()]);
        let mut behind_mark = true;
        for character in line.text.chars() {
            if fold_character(character).is_some() {
                let Some(byte) = bytes.next() else { return Self { before: None } };
                before[byte] = std::mem::replace(&mut behind_mark, false);
            } else {
                behind_mark |= !character.is_whitespace();
            }
        }
        before[line.key().len()] = true;
        let is_told = bytes.next() == Some(line.key().len());
        Self { before: is_told.then_some(before) }
    }

    /// Whether marks stand before both bytes, as far as is known.
    pub fn stand_at(&self, bytes: [usize; 2]) -> bool {
        self.before
            .as_ref()
            .is_none_or(|before| bytes.into_iter().all(|byte| before.get(byte) == Some(&true)))
    }
}

/// By character of the wording, its place in the paragraph: the alignment with most matches, in the longest runs.
fn aligned(paragraph: &[char], wording: &[char]) -> Vec<Option<usize>> {
    let columns = paragraph.len() + 1;
    // By characters of both that lie behind: what the best alignment is worth, and whether it begins with a match.
    let mut worth = vec![0_u32; columns * (wording.len() + 1)];
    let mut matched = vec![false; worth.len()];
    for own in (0..wording.len()).rev() {
        for other in (0..paragraph.len()).rev() {
            let (here, behind) = (own * columns + other, (own + 1) * columns + other + 1);
            let skipped = worth[here + 1].max(worth[here + columns]);
            let run = if matched[behind] { RUN } else { 0 };
            let taken = if wording[own] == paragraph[other] { worth[behind] + MATCH + run } else { 0 };
            (worth[here], matched[here]) =
                if taken >= skipped && taken > 0 { (taken, true) } else { (skipped, false) };
        }
    }
    let (mut places, mut other) = (vec![None; wording.len()], 0);
    for (own, place) in places.iter_mut().enumerate() {
        let at = |other: usize| own * columns + other;
        while other < paragraph.len() && !matched[at(other)] && worth[at(other + 1)] == worth[at(other)] {
            other += 1;
        }
        if other < paragraph.len() && matched[at(other)] {
            *place = Some(other);
            other += 1;
        }
    }
    places
}

/// Whether what the paragraph has right before a match, or between two, counts or turns the sense round.
fn turns_round(paragraph: &[char], places: &[Option<usize>]) -> bool {
    let mut from = None;
    places.iter().flatten().any(|place| {
        let start = from.unwrap_or(0).max(place.saturating_sub(NEAR));
        from = Some(place + 1);
        paragraph[start..*place].iter().any(|c| turns(*c))
    })
}

/// Whether the characters of the wording that make numbers, or Latin words, make whole ones of the paragraph.
fn are_whole(
    paragraph: &[char],
    wording: &[char],
    places: &[Option<usize>],
    makes: fn(char) -> bool,
) -> bool {
    let goes_on =
        |text: &[char], at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| makes(*c));
    (0..wording.len()).filter(|own| makes(wording[*own])).all(|own| {
        let Some(place) = places[own] else { return false };
        let sides = [(own.checked_sub(1), place.checked_sub(1)), (Some(own + 1), Some(place + 1))];
        sides.into_iter().all(|(own, place)| goes_on(wording, own) == goes_on(paragraph, place))
    })
}

fn turns(character: char) -> bool {
    TURNING.contains(&character)
}

/// Of a Latin word, a name with digits among them.
fn is_latin(character: char) -> bool {
    character.is_ascii_alphanumeric()
}

fn counts(character: char) -> bool {
    is_numeral(character) || character.is_numeric() || LARGE_NUMERALS.contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::fold;

    fn told(wording: &str, paragraph: &str) -> bool {
        let [wording, paragraph] = [wording, paragraph].map(|text| fold(text).chars().collect::<Vec<_>>());
        tells(&paragraph, &wording, |c| c == '指')
    }

    #[test]
    fn what_is_told_with_more_between_is_told() {
        assert!(told("前里長王強憂慮夜市會搬走", "前里長王強發表聲明，憂慮夜市會搬走，他說街坊也一樣。"));
        assert!(told("王強指夜市要搬走", "王強說，夜市要搬走，年底定案。"));
        assert!(told("攤位費漲到30元", "里長說，攤位費漲到了30元。"));
    }

    #[test]
    fn another_order_another_number_or_a_negation_is_not() {
        for (wording, paragraph) in [
            ("王強以點數擊敗李強奪得冠軍", "李強以點數擊敗王強奪得冠軍，兩人握手。"),
            ("王強在夜市接受採訪", "李強在夜市接受採訪，王強沒有到場。"),
            ("車禍造成3人死亡、12人受傷", "車禍造成12人死亡、3人受傷。"),
            ("第1位街坊說椅子有7張", "第11位街坊說，椅子有77張。"),
            ("街坊捐了三十", "街坊捐了三十萬。"),
            ("場地年底能夠定案", "場地年底不能夠定案。"),
            ("市長王強主持典禮", "副市長王強主持典禮，市長請假。"),
            ("河邊公司起訴老街公司", "老街公司起訴河邊公司。"),
            ("手機上能夠用的Java", "手機上能夠用的JavaScript。"),
        ] {
            assert!(!told(wording, paragraph), "{wording} / {paragraph}");
        }
    }
}
