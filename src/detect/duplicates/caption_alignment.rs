//! Captions that a paragraph around tells nearly word for word: the same characters in the same order, nothing that counts
//! or turns the sense round left out or put between, and no number cut in two.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use foldhash::HashSet;

use super::super::words::folded_characters;
use super::match_boundary::{counts, is_latin, turns};
use super::near_duplicate::{is_particle, is_telling};
use super::work;
use crate::analysis::{Row, View};
use crate::text::FixedBloomFilter;
use crate::text::hash::of_pair;

/// Filled lines on either side within which a paragraph is looked for that holds nearly all of a caption.
const NEIGHBOURS: usize = 24;
/// Bytes of such a paragraph's key at most, so that looking stays cheap.
const NEIGHBOUR_BYTES: usize = 1 << 13;
/// Words of a filter of pairs.
const WORDS: usize = 64;
/// Share of a caption's bigrams that a neighbour must hold.
const COVERED: f64 = 0.85;
/// Characters of the verbs of saying, folded: 'he says' and 'he points out' tell the same.
static SAYING: LazyLock<BTreeSet<char>> =
    LazyLock::new(|| folded_characters(include_str!("../../../dictionaries/repeat/saying.txt")));
/// What a match is worth, and what it is worth more where the one before it matches too: runs are kept together.
const MATCH: u32 = 2;
const RUN: u32 = 1;
/// Characters before a match that can turn its sense round, where more of the paragraph is left out.
const NEAR: usize = 2;

/// The lines that stand, each with a filter of the pairs of characters that it holds, made when it is first asked.
pub(super) struct Neighbours<'v, 't> {
    view: &'v View<'t>,
    standing: &'v [Row],
    filters: Vec<OnceCell<Box<FixedBloomFilter<WORDS>>>>,
}

impl<'v, 't> Neighbours<'v, 't> {
    pub fn new(view: &'v View<'t>, standing: &'v [Row]) -> Self {
        Self { view, standing, filters: vec![OnceCell::new(); standing.len()] }
    }

    /// The neighbour of a line, of those that may hold it, that tells nearly all of its wording and leaves out nothing
    /// that is news, with the share of the wording's pairs that it has.
    pub fn telling(&self, row: Row, wording: &str, may_hold: impl Fn(Row) -> bool) -> Option<(Row, f64)> {
        let place = self.standing.binary_search(&row).ok()?;
        let around = place.saturating_sub(NEIGHBOURS)..(place + NEIGHBOURS + 1).min(self.standing.len());
        let hashes: Vec<u64> = pairs(wording).map(hash).collect();
        let others = around.filter(|other| {
            let row = self.standing[*other];
            let fits = self.view.lines[row].key().len() <= NEIGHBOUR_BYTES;
            fits && may_hold(row) && self.may_cover(*other, &hashes)
        });
        let covered = others.filter_map(|other| {
            let row = self.standing[other];
            Some((row, covered(wording, self.view.lines[row].key())?))
        });
        covered.max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// Whether a line can hold enough of these pairs, as a filter has it that knows no order.
    fn may_cover(&self, place: usize, pairs_of_wording: &[u64]) -> bool {
        work::count(pairs_of_wording.len());
        let filter = self.filters[place].get_or_init(|| {
            let key = self.view.lines[self.standing[place]].key();
            work::count(key.len());
            let mut filter = Box::<FixedBloomFilter<WORDS>>::default();
            pairs(key).for_each(|pair| _ = filter.add(hash(pair)));
            filter
        });
        let held = pairs_of_wording.iter().filter(|hash| filter.may_hold(**hash)).count();
        share(held, pairs_of_wording.len()) >= COVERED
    }
}

/// A hash of a pair of characters, of which the highest bits count.
fn hash((first, second): (char, char)) -> u64 {
    of_pair(first, second)
}

/// The share of a wording's bigrams that a paragraph holds, if it is large and the paragraph tells the rest too.
fn covered(wording: &str, paragraph: &str) -> Option<f64> {
    work::count(wording.len() + paragraph.len());
    let held: HashSet<(char, char)> = pairs(paragraph).collect();
    let holds: Vec<bool> = pairs(wording).map(|pair| held.contains(&pair)).collect();
    let share = share(holds.iter().filter(|held| **held).count(), holds.len());
    // Most lines that are only alike are told by their pairs, before the two are laid side by side.
    let is_held = |at: usize| holds.get(at) == Some(&true) || at > 0 && holds[at - 1];
    let telling = wording.chars().enumerate().any(|(at, c)| !is_held(at) && is_telling(c));
    if share < COVERED || telling {
        return None;
    }
    let [wording, paragraph] = [wording, paragraph].map(|text| text.chars().collect::<Vec<char>>());
    tells(&paragraph, &wording, |c| SAYING.contains(&c)).then_some(share)
}

fn share(held: usize, of: usize) -> f64 {
    held as f64 / of.max(1) as f64
}

fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1))
}

/// Whether a paragraph tells a caption's wording; `may_miss` tells which characters may be missing besides particles.
fn tells(paragraph: &[char], wording: &[char], may_miss: impl Fn(char) -> bool) -> bool {
    let places = aligned(paragraph, wording);
    let missing = wording.iter().zip(&places).filter(|(_, place)| place.is_none());
    let is_missed = |c: char| is_telling(c) || !(is_particle(c) || may_miss(c));
    !missing.into_iter().any(|(c, _)| is_missed(*c))
        && !turns_round(paragraph, &places)
        && [counts, is_latin].into_iter().all(|makes| are_whole(paragraph, wording, &places, makes))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fold;

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
        for (wording, paragraph, telling) in [
            (
                "王強以點數擊敗李強奪得冠軍",
                "李強以點數擊敗王強奪得冠軍，兩人握手。",
                "王強以點數擊敗李強奪得冠軍，兩人握手。",
            ),
            (
                "王強在夜市接受採訪",
                "李強在夜市接受採訪，王強沒有到場。",
                "王強在夜市接受採訪，李強沒有到場。",
            ),
            ("車禍造成3人死亡、12人受傷", "車禍造成12人死亡、3人受傷。", "車禍造成3人死亡、12人受傷。"),
            ("第1位街坊說椅子有7張", "第11位街坊說，椅子有77張。", "第1位街坊說，椅子有7張。"),
            ("街坊捐了三十", "街坊捐了三十萬。", "街坊捐了三十，老街捐了五十。"),
            ("場地年底能夠定案", "場地年底不能夠定案。", "場地年底才能夠定案。"),
            ("市長王強主持典禮", "副市長王強主持典禮，市長請假。", "市長王強主持典禮，副市長請假。"),
            ("河邊公司起訴老街公司", "老街公司起訴河邊公司。", "河邊公司起訴了老街公司。"),
            ("手機上能夠用的Java", "手機上能夠用的JavaScript。", "手機上能夠用的Java。"),
        ] {
            assert!(told(wording, telling), "{wording} / {telling}");
            assert!(!told(wording, paragraph), "{wording} / {paragraph}");
        }
    }
}
