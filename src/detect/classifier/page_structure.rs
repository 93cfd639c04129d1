//! The structure of a page: the headline and the body of its article, and the lines before, between and after
//! them. Menus, lists of headlines and teasers look alike wherever they are; so do headlines and captions.

use std::ops::Range;

use typed_index_collections::TiVec;

use super::hashing::{Feature, FeatureSink, Template, bin, hash_text};
use super::text::Facts;
use crate::analysis::{Rank, Ranked, Row, View};

/// Bin edges for distances in lines.
pub(super) const DISTANCES: &[usize] = &[0, 1, 2, 3, 5, 8, 13, 21, 40, 80];
/// Bin edges for shares, in tenths.
pub(super) const TENTHS: &[usize] = &[0, 1, 2, 4, 6, 8];
/// Maximum number of lines of the same form that are counted on either side.
const REPEATS: usize = 4;
/// Periods of a rhythm: title and time, title and teaser and time, and so on.
pub(super) const PERIODS: Range<usize> = 2..5;
/// Maximum number of characters of a line that count as prose, so that no single line makes a body.
const MOST_OF_LINE: i64 = 150;
/// The penalty in the body's score for a line that is not prose, and the higher one if the line is short.
const NO_PROSE: i64 = 10;
const SHORT: i64 = 20;
/// The penalty for a line that a rule matches.
const RULE: i64 = 60;
/// Maximum length bin of a short line.
const SHORT_LENGTH: u32 = 5;
/// Maximum number of characters of a line that has a digit frame.
const FRAME: usize = 24;
/// Offsets of the numbers that combine a position with a line's length, with its end and with its rule.
pub(super) const WITH_LENGTH: u32 = 256;
pub(super) const WITH_END: u32 = 1024;
pub(super) const WITH_RULE: u32 = 2048;

/// The parts of a page.
pub(super) struct PageStructure {
    /// The rank of the headline, if a title identifies it.
    headline: Option<Rank>,
    /// The ranks of the body.
    body: Range<Rank>,
    /// For each rank, the form of the line.
    forms: TiVec<Rank, [u32; 3]>,
}

/// The position of a line relative to the headline, as a number.
#[derive(Clone, Copy)]
enum HeadlineSide {
    Unknown = 0,
    Is = 1,
    SaysTheSame = 2,
    Above = 3,
    Below = 4,
}

impl PageStructure {
    pub fn of(view: &View, rows: &Ranked<Row>, facts: &Ranked<&Facts>, headline: Option<Row>) -> Self {
        let characters = |rank: Rank| view.lines[rows[rank]].shape.characters;
        Self {
            headline: headline.and_then(|row| rows.binary_search(&row).ok()),
            body: densest(
                facts.iter_enumerated().map(|(rank, facts)| (rank, contribution(facts, characters(rank)))),
            ),
            forms: facts.iter().map(|facts| [facts.start, facts.end, facts.length / 2]).collect(),
        }
    }

    /// The features of a line for the part of the page in which it stands.
    pub fn features_of(
        &self,
        rank: Rank,
        view: &View,
        rows: &Ranked<Row>,
        facts: &Ranked<&Facts>,
        sink: &mut impl FeatureSink,
    ) {
        let own = facts[rank];
        let line = &view.lines[rows[rank]];
        let by_headline = self.by_headline(rank, view, rows);
        let by_body = self.by_body(rank);
        for (template, side) in [(Template::HeadlineSide, by_headline), (Template::BodySide, by_body)] {
            sink.add(Feature::plain(template, side));
            sink.add(Feature::plain(template, WITH_LENGTH + side * 16 + own.length));
        }
        sink.add(Feature::plain(Template::BodySide, WITH_END + by_body * 16 + own.end));
        sink.add(Feature::plain(Template::BodySide, WITH_RULE + by_body * 16 + own.category));
        // Both sides at once: dates are between the headline and the body, and menus are above them.
        let coarse = by_headline / 16 * 64 + by_body;
        sink.add(Feature::plain(Template::HeadlineSide, WITH_RULE + coarse));
        let shared = self.shared_with_body(rank, view.lines[rows[rank]].key(), view);
        sink.add(Feature::plain(Template::BodyWords, shared));
        sink.add(Feature::plain(Template::BodyWords, WITH_LENGTH + shared * 16 + own.length));
        sink.add(Feature::plain(Template::BodyWords, WITH_END + shared * 64 + by_body));
        for period in PERIODS {
            let lines = self.rhythm(rank, period) as u32;
            sink.add(Feature::plain(Template::Rhythm, period as u32 * 16 + lines));
        }
        if let Some(frame) = digit_frame(line.words()) {
            sink.add(Feature::plain(Template::DigitFrame, frame));
        }
    }

    /// A number for the side of the headline on which a line stands, and for its distance.
    fn by_headline(&self, rank: Rank, view: &View, rows: &Ranked<Row>) -> u32 {
        let Some(headline) = self.headline else { return HeadlineSide::Unknown as u32 };
        let first = |rank: Rank| view.lines[rows[rank]].first;
        let (side, distance) = match rank.cmp(&headline) {
            std::cmp::Ordering::Equal => (HeadlineSide::Is, 0),
            _ if first(rank) == first(headline) => (HeadlineSide::SaysTheSame, 0),
            std::cmp::Ordering::Less => (HeadlineSide::Above, bin(headline.distance(rank), DISTANCES)),
            std::cmp::Ordering::Greater => (HeadlineSide::Below, bin(rank.distance(headline), DISTANCES)),
        };
        side as u32 * 16 + distance
    }

    /// A number for the position of a line above the body, in it or below it, and for its distance.
    fn by_body(&self, rank: Rank) -> u32 {
        match rank {
            _ if self.body.is_empty() => 0,
            above if above < self.body.start => 16 + bin(self.body.start.distance(above), DISTANCES),
            within if within < self.body.end => 1,
            below => 32 + bin(below.distance(self.body.end) + 1, DISTANCES),
        }
    }

    /// The bin of the share of a line's pairs of letters that the body has too.
    fn shared_with_body(&self, rank: Rank, key: &str, view: &View) -> u32 {
        let is_other = |line: Rank| line != rank && self.body.contains(&line);
        let (mut all, mut shared) = (0, 0);
        view.pairs().for_each_of(key, |first, last| {
            all += 1;
            shared += usize::from(is_other(first) || is_other(last));
        });
        if all == 0 { 15 } else { bin((shared * 10_usize).div_ceil(all), TENTHS) }
    }

    /// Number of lines of the same form above and below at multiples of a period, without a break.
    fn rhythm(&self, rank: Rank, period: usize) -> usize {
        let is_alike = |other: Option<Rank>| {
            other.and_then(|other| self.forms.get(other)).is_some_and(|form| *form == self.forms[rank])
        };
        let above = (1..=REPEATS).take_while(|n| is_alike(rank.above(n * period))).count();
        let below = (1..=REPEATS).take_while(|n| is_alike(Some(rank.below(n * period)))).count();
        (above + below).min(REPEATS)
    }
}

/// The contribution of a line to the score of a body that contains it.
fn contribution(facts: &Facts, characters: usize) -> i64 {
    match (facts.prose, facts.category) {
        (_, category) if category != 0 => -RULE,
        (true, _) => i64::try_from(characters).unwrap_or(i64::MAX).min(MOST_OF_LINE),
        (false, _) if facts.length <= SHORT_LENGTH => -SHORT,
        _ => -NO_PROSE,
    }
}

/// The ranks with the largest sum of scores (maximum subsequence segmentation; Pasternack and Roth, WWW
/// 2009). The range is empty if no score is above zero.
fn densest(scores: impl Iterator<Item = (Rank, i64)>) -> Range<Rank> {
    let first = Rank::default();
    let (mut best, mut most) = (first..first, 0);
    let (mut start, mut sum) = (first, 0);
    for (rank, score) in scores {
        if sum <= 0 {
            (start, sum) = (rank, 0);
        }
        sum += score;
        if sum > most {
            (best, most) = (start..rank.below(1), sum);
        }
    }
    best
}

/// A hash of a short line's words with each number as a zero. `None` if the line is long or has no digits.
fn digit_frame(words: &str) -> Option<u32> {
    if words.len() > 4 * FRAME || !words.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut frame = String::with_capacity(words.len());
    for c in words.chars() {
        match c {
            '0'..='9' if frame.ends_with('0') => {}
            '0'..='9' => frame.push('0'),
            c => frame.push(c),
        }
    }
    (frame.chars().count() <= FRAME).then(|| hash_text(&frame))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_where_most_prose_stands() {
        let densest = |scores: &[i64]| {
            let body = densest(scores.iter().enumerate().map(|(rank, score)| (rank.into(), *score)));
            usize::from(body.start)..usize::from(body.end)
        };
        assert_eq!(densest(&[-20, -20, 80, -10, 90, -20, -20, -20, -20, -20, 40]), 2..5);
        assert_eq!(densest(&[-20, -10]), 0..0);
    }

    #[test]
    fn numbers_in_the_same_frame_are_one_feature() {
        assert_eq!(digit_frame("19小时前"), digit_frame("3小时前"));
        assert_ne!(digit_frame("19小时前"), digit_frame("3分钟前"));
        assert_eq!(digit_frame("小时前"), None);
    }
}
