//! The alignment of a caption with a paragraph nearby that says nearly the same. The paragraph has the same
//! characters in the same order. No character of a number and none that changes the meaning is left out or
//! put between them, and no number is cut in two.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use foldhash::HashSet;

use super::super::words::folded_characters;
use super::match_boundary::{changes_meaning, is_latin, is_of_number};
use super::near_duplicate::{is_particle, is_significant};
use super::work;
use crate::analysis::{Row, View};
use crate::text::FixedBloomFilter;
use crate::text::hash::of_pair;

/// Number of lines on either side among which a paragraph is looked for that has nearly all of a caption.
/// Blank lines do not count.
const NEIGHBOURS: usize = 24;
/// Maximum number of bytes of such a paragraph's key, so that the search stays cheap.
const NEIGHBOUR_BYTES: usize = 1 << 13;
/// Number of words in a filter of pairs.
const WORDS: usize = 64;
/// Minimum share of a caption's bigrams that a neighbour must have.
const COVERED: f64 = 0.85;
/// Characters of the verbs of saying, folded: 'he says' and 'he points out' mean the same.
static SAYING: LazyLock<BTreeSet<char>> =
    LazyLock::new(|| folded_characters(include_str!("../../../dictionaries/repeat/saying.txt")));
/// The score of a match, and the bonus for a match next to another one, so that runs are kept together.
const MATCH: u32 = 2;
const RUN_BONUS: u32 = 1;
/// Number of characters before a match that can change its meaning, if the paragraph has more text there that
/// is left out.
const NEAR: usize = 2;

/// The lines that remain, each with a filter of its pairs of characters. A filter is made at its first use.
pub(super) struct Neighbours<'v, 't> {
    view: &'v View<'t>,
    standing: &'v [Row],
    filters: Vec<OnceCell<Box<FixedBloomFilter<WORDS>>>>,
}

impl<'v, 't> Neighbours<'v, 't> {
    pub fn new(view: &'v View<'t>, standing: &'v [Row]) -> Self {
        Self { view, standing, filters: vec![OnceCell::new(); standing.len()] }
    }

    /// The neighbour that says nearly all of a line's wording and leaves out nothing that is news, with the
    /// share of the wording's pairs that it has. `may_hold` says which neighbours may be chosen.
    pub fn best_match(&self, row: Row, wording: &str, may_hold: impl Fn(Row) -> bool) -> Option<(Row, f64)> {
        let position = self.standing.binary_search(&row).ok()?;
        let around =
            position.saturating_sub(NEIGHBOURS)..(position + NEIGHBOURS + 1).min(self.standing.len());
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

    /// Whether a line can have enough of these pairs. Its filter knows which pairs it has, but not their
    /// order.
    fn may_cover(&self, position: usize, pairs_of_wording: &[u64]) -> bool {
        work::count(pairs_of_wording.len());
        let filter = self.filters[position].get_or_init(|| {
            let key = self.view.lines[self.standing[position]].key();
            work::count(key.len());
            let mut filter = Box::<FixedBloomFilter<WORDS>>::default();
            pairs(key).for_each(|pair| _ = filter.add(hash(pair)));
            filter
        });
        let held = pairs_of_wording.iter().filter(|hash| filter.may_hold(**hash)).count();
        share(held, pairs_of_wording.len()) >= COVERED
    }
}

/// The hash of a pair of characters. Its highest bits count.
fn hash((first, second): (char, char)) -> u64 {
    of_pair(first, second)
}

/// The share of a wording's bigrams that a paragraph has, if the share is large and the paragraph says the
/// rest too.
fn covered(wording: &str, paragraph: &str) -> Option<f64> {
    work::count(wording.len() + paragraph.len());
    let held: HashSet<(char, char)> = pairs(paragraph).collect();
    let holds: Vec<bool> = pairs(wording).map(|pair| held.contains(&pair)).collect();
    let share = share(holds.iter().filter(|held| **held).count(), holds.len());
    // Their pairs rule out most lines that are only similar, before the two texts are aligned.
    let is_held = |at: usize| holds.get(at) == Some(&true) || at > 0 && holds[at - 1];
    let lacks_significant = wording.chars().enumerate().any(|(at, c)| !is_held(at) && is_significant(c));
    if share < COVERED || lacks_significant {
        return None;
    }
    let [wording, paragraph] = [wording, paragraph].map(|text| text.chars().collect::<Vec<char>>());
    says_wording(&paragraph, &wording, |c| SAYING.contains(&c)).then_some(share)
}

fn share(held: usize, of: usize) -> f64 {
    held as f64 / of.max(1) as f64
}

fn pairs(text: &str) -> impl Iterator<Item = (char, char)> {
    text.chars().zip(text.chars().skip(1))
}

/// Whether a paragraph says a caption's wording. `may_miss` says which characters may be missing besides
/// particles.
fn says_wording(paragraph: &[char], wording: &[char], may_miss: impl Fn(char) -> bool) -> bool {
    let positions = aligned(paragraph, wording);
    let missing = wording.iter().zip(&positions).filter(|(_, position)| position.is_none());
    let is_needed = |c: char| is_significant(c) || !(is_particle(c) || may_miss(c));
    !missing.into_iter().any(|(c, _)| is_needed(*c))
        && !adds_change_of_meaning(paragraph, &positions)
        && [is_of_number, is_latin]
            .into_iter()
            .all(|belongs| are_whole(paragraph, wording, &positions, belongs))
}

/// For each character of the wording, its position in the paragraph. The alignment has the most matches in
/// the longest runs.
fn aligned(paragraph: &[char], wording: &[char]) -> Vec<Option<usize>> {
    let columns = paragraph.len() + 1;
    // For each pair of suffixes of the two texts, the score of the best alignment, and whether it begins with
    // a match.
    let mut scores = vec![0_u32; columns * (wording.len() + 1)];
    let mut matched = vec![false; scores.len()];
    for own in (0..wording.len()).rev() {
        for other in (0..paragraph.len()).rev() {
            let (here, behind) = (own * columns + other, (own + 1) * columns + other + 1);
            let skipped = scores[here + 1].max(scores[here + columns]);
            let run = if matched[behind] { RUN_BONUS } else { 0 };
            let taken = if wording[own] == paragraph[other] { scores[behind] + MATCH + run } else { 0 };
            (scores[here], matched[here]) =
                if taken >= skipped && taken > 0 { (taken, true) } else { (skipped, false) };
        }
    }
    let (mut positions, mut other) = (vec![None; wording.len()], 0);
    for (own, position) in positions.iter_mut().enumerate() {
        let at = |other: usize| own * columns + other;
        while other < paragraph.len() && !matched[at(other)] && scores[at(other + 1)] == scores[at(other)] {
            other += 1;
        }
        if other < paragraph.len() && matched[at(other)] {
            *position = Some(other);
            other += 1;
        }
    }
    positions
}

/// Whether the paragraph has a character that changes the meaning right before a match, or between two
/// matches.
fn adds_change_of_meaning(paragraph: &[char], positions: &[Option<usize>]) -> bool {
    let mut from = None;
    positions.iter().flatten().any(|position| {
        let start = from.unwrap_or(0).max(position.saturating_sub(NEAR));
        from = Some(position + 1);
        paragraph[start..*position].iter().any(|c| changes_meaning(*c))
    })
}

/// Whether the numbers or the Latin words of the wording are whole ones in the paragraph too. `belongs` says
/// which characters they consist of.
fn are_whole(
    paragraph: &[char],
    wording: &[char],
    positions: &[Option<usize>],
    belongs: fn(char) -> bool,
) -> bool {
    let continues =
        |text: &[char], at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| belongs(*c));
    (0..wording.len()).filter(|own| belongs(wording[*own])).all(|own| {
        let Some(position) = positions[own] else { return false };
        let sides = [(own.checked_sub(1), position.checked_sub(1)), (Some(own + 1), Some(position + 1))];
        sides.into_iter().all(|(own, position)| continues(wording, own) == continues(paragraph, position))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fold;

    fn is_said(wording: &str, paragraph: &str) -> bool {
        let [wording, paragraph] = [wording, paragraph].map(|text| fold(text).chars().collect::<Vec<_>>());
        says_wording(&paragraph, &wording, |c| c == '指')
    }

    #[test]
    fn a_paragraph_may_say_more_in_between() {
        assert!(is_said("前里長王強憂慮夜市會搬走", "前里長王強發表聲明，憂慮夜市會搬走，他說街坊也一樣。"));
        assert!(is_said("王強指夜市要搬走", "王強說，夜市要搬走，年底定案。"));
        assert!(is_said("攤位費漲到30元", "里長說，攤位費漲到了30元。"));
    }

    #[test]
    fn another_order_another_number_or_a_negation_is_something_else() {
        for (wording, paragraph, matching) in [
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
            assert!(is_said(wording, matching), "{wording} / {matching}");
            assert!(!is_said(wording, paragraph), "{wording} / {paragraph}");
        }
    }
}
