//! Near-duplicates. Candidates share bigrams. They are verified by edit distance and by the kind of the
//! edits.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::iter::zip;
use std::sync::LazyLock;

use foldhash::HashMap;
use typed_index_collections::TiVec;

use super::super::words::folded_characters;
use super::work;
use crate::analysis::{Row, View, ViewLine};
use crate::text::BloomFilter;
use crate::text::hash::mix;

/// Minimum number of characters of a key: in a shorter one no difference is small.
const CHARACTERS: usize = 12;
/// Minimum normalised edit similarity of two nearly equal keys.
const SIMILARITY: f64 = 0.9;
/// Number of bigrams in the sketch of a key: those with the smallest hashes.
const SKETCH: usize = 12;
/// Minimum number of bigrams of the sketch that a candidate must share.
const SHARED: usize = 4;
/// Maximum number of lines to which one bigram leads: the last ones, because duplicates are near.
const POSTINGS: usize = 24;
/// Maximum number of candidates that are verified for one line.
const CANDIDATES: usize = 8;
/// Maximum number of characters in which two keys may differ, so that verifying stays cheap.
const DIFFERENCE: usize = 48;

/// Characters that tell a reader nothing, so they may be added or left out.
static PARTICLES: LazyLock<BTreeSet<char>> =
    LazyLock::new(|| folded_characters(include_str!("../../../dictionaries/repeat/particles.txt")));
/// Characters that change the meaning or belong to numbers: a line that differs in one says something else.
static SIGNIFICANT: LazyLock<BTreeSet<char>> =
    LazyLock::new(|| folded_characters(include_str!("../../../dictionaries/repeat/telling.txt")));

/// An index of lines by the bigrams of their sketches.
pub(crate) struct NearIndex {
    /// The bigrams that are in several sketches. No other bigram leads to a candidate.
    shared: BloomFilter,
    /// For each bigram, the index of its last entry in `lines`.
    postings: HashMap<u64, usize>,
    /// The rows of all postings, each with the index of the previous row in the same posting.
    lines: Vec<(Row, Option<usize>)>,
    /// For each row, the number of bigrams that it shares with the current line.
    sharing: TiVec<Row, usize>,
    /// For each row, whether a near-duplicate is possible at all.
    may_have_duplicate: TiVec<Row, bool>,
}

impl NearIndex {
    /// An index for these lines, which has none of them yet.
    pub fn new(view: &View, rows: &[Row]) -> Self {
        let may_have_duplicate = may_have_duplicates(view);
        let looked_for = rows.iter().filter(|row| may_have_duplicate[**row]);
        let bigrams = looked_for.flat_map(|row| sketch(&view.lines[*row]));
        Self {
            shared: repeated(bigrams),
            postings: HashMap::default(),
            lines: Vec::new(),
            sharing: vec![0; view.lines.len()].into(),
            may_have_duplicate,
        }
    }

    /// Adds a line, which later lines may repeat.
    pub fn add(&mut self, view: &View, row: Row) {
        for bigram in self.sketch(view, row) {
            if !self.shared.may_hold(low(*bigram)) {
                continue;
            }
            let before = self.postings.insert(*bigram, self.lines.len());
            self.lines.push((row, before));
        }
    }

    /// The earlier lines that a line nearly equals, each with the similarity of the keys. The most similar
    /// line comes first; of equally similar lines, the earliest.
    pub fn closest(&mut self, view: &View, row: Row) -> Vec<(Row, f64)> {
        let line = &view.lines[row];
        let candidates = self.candidates(self.sketch(view, row));
        work::count(candidates.len() * line.key().len());
        let verified = candidates.into_iter().filter_map(|earlier| {
            let similarity = says_nothing_new(view.lines[earlier].key(), line.key())?;
            Some((earlier, similarity))
        });
        let mut verified: Vec<(Row, f64)> = verified.collect();
        verified.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        verified
    }

    /// The sketch of a line. It is empty if the line can have no near-duplicate.
    fn sketch<'v>(&self, view: &'v View, row: Row) -> &'v [u64] {
        if self.may_have_duplicate[row] { sketch(&view.lines[row]) } else { &[] }
    }

    /// The lines that share enough bigrams. Those that share most come first; of these, the latest.
    fn candidates(&mut self, sketch: &[u64]) -> Vec<Row> {
        let shared = || sketch.iter().filter(|bigram| self.shared.may_hold(low(**bigram)));
        if shared().nth(SHARED - 1).is_none() {
            return Vec::new();
        }
        let known: Vec<usize> = shared().filter_map(|bigram| self.postings.get(bigram).copied()).collect();
        if known.len() < SHARED {
            return Vec::new();
        }
        let (mut seen, mut candidates) = (Vec::new(), Vec::new());
        for line in known.into_iter().flat_map(|last| lines_of(&self.lines, last)) {
            work::count(1);
            self.sharing[line] += 1;
            match self.sharing[line] {
                1 => seen.push(line),
                SHARED => candidates.push(line),
                _ => {}
            }
        }
        candidates.sort_unstable_by_key(|line| Reverse((self.sharing[*line], *line)));
        candidates.truncate(CANDIDATES);
        seen.into_iter().for_each(|line| self.sharing[line] = 0);
        candidates
    }
}

/// For each line of the view, whether a near-duplicate is possible at all. An edit changes two pairs of
/// characters at most, so two nearly equal lines share most pairs. A line with too many unique pairs has no
/// near-duplicate.
fn may_have_duplicates(view: &View) -> TiVec<Row, bool> {
    let edits = 2.0 * (1.0 - SIMILARITY) / SIMILARITY;
    let may_have_duplicate = |line: &ViewLine| {
        let characters = line.key().chars().count();
        !line.shape.blank && view.pairs().unique(line.rank) as f64 <= edits * characters as f64
    };
    view.lines.iter().map(may_have_duplicate).collect()
}

/// The lines of a bigram, beginning with the last one, up to a maximum number.
fn lines_of(lines: &[(Row, Option<usize>)], last: usize) -> impl Iterator<Item = Row> {
    let entry = |index: usize| lines.get(index).copied();
    let all = std::iter::successors(entry(last), move |(_, before)| entry((*before)?));
    all.map(|(line, _)| line).take(POSTINGS)
}

/// A filter of the hashes that occur more than once. A few others pass it too. The smallest hashes differ in
/// their lower bits.
fn repeated<'h>(hashes: impl Iterator<Item = &'h u64> + Clone) -> BloomFilter {
    let room = hashes.clone().count();
    let (mut once, mut twice) = (BloomFilter::with_room(room), BloomFilter::with_room(room));
    for hash in hashes.map(|hash| low(*hash)) {
        if once.add(hash) {
            twice.add(hash);
        }
    }
    twice
}

/// The lower half of a hash, as a filter uses it.
fn low(hash: u64) -> u64 {
    hash << 32
}

/// The sketch of a line: the bigrams of its key with the smallest hashes (bottom-k sketch). It is made once
/// for a text, and is empty for a short key.
fn sketch<'l>(line: &'l ViewLine) -> &'l [u64] {
    line.folded.sketch.get_or_init(|| sketch_of(line.key()))
}

fn sketch_of(key: &str) -> Vec<u64> {
    let mut characters = key.chars();
    // The bytes show that some keys are short. For other keys, characters are counted.
    let long = key.len() >= CHARACTERS && key.chars().nth(CHARACTERS - 1).is_some();
    let Some(mut last) = characters.next().filter(|_| long) else { return Vec::new() };
    let mut smallest: Vec<u64> = Vec::with_capacity(SKETCH);
    let mut limit = u64::MAX;
    for character in characters {
        let hash = mix(u64::from(last) << 32 | u64::from(character));
        last = character;
        if hash <= limit
            && let Err(index) = smallest.binary_search(&hash)
        {
            smallest.truncate(SKETCH - 1);
            smallest.insert(index, hash);
            limit = if smallest.len() < SKETCH { u64::MAX } else { smallest[SKETCH - 1] };
        }
    }
    smallest
}

/// The similarity of two keys, if the later one says nothing new to a reader of the earlier one.
///
/// The difference must have no digits, numerals or negations. The later line may add only particles. It may
/// leave out only particles, or text at the start or the end of the line.
pub(crate) fn says_nothing_new(earlier: &str, later: &str) -> Option<f64> {
    let start = common_start(earlier, later);
    let end = common_end(&earlier[start..], &later[start..]);
    let (left_out, added) = (&earlier[start..earlier.len() - end], &later[start..later.len() - end]);
    let large = |difference: &str| difference.chars().nth(DIFFERENCE).is_some();
    if large(left_out) || large(added) {
        return None;
    }
    let at_an_edge = start == 0 || end == 0;
    let harmless =
        (at_an_edge && added.is_empty()) || all_but_particles(left_out).eq(all_but_particles(added));
    // The distance takes longest, so it is computed last.
    if !harmless || left_out.chars().chain(added.chars()).any(is_significant) {
        return None;
    }
    let similarity = similarity(left_out, added, earlier.chars().count().max(later.chars().count()));
    (similarity >= SIMILARITY).then_some(similarity)
}

/// Whether a line that differs in the character may say something else: it is a digit, a numeral or a
/// negation.
pub(crate) fn is_significant(character: char) -> bool {
    !character.is_alphabetic() || SIGNIFICANT.contains(&character)
}

/// Whether the character tells a reader nothing, so that it may be added or left out.
pub(crate) fn is_particle(character: char) -> bool {
    PARTICLES.contains(&character)
}

fn all_but_particles(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !is_particle(*c))
}

/// 1 minus the edit distance divided by the length of the longer key.
fn similarity(left_out: &str, added: &str, longer: usize) -> f64 {
    let distance = strsim::generic_levenshtein(&chars(left_out), &chars(added));
    1.0 - distance as f64 / longer.max(1) as f64
}

/// Number of bytes of the characters that two texts share at their start.
fn common_start(a: &str, b: &str) -> usize {
    let bytes = zip(a.bytes(), b.bytes()).take_while(|(a, b)| a == b).count();
    (0..=bytes).rev().find(|at| a.is_char_boundary(*at) && b.is_char_boundary(*at)).unwrap_or(0)
}

/// Number of bytes of the characters that two texts share at their end.
fn common_end(a: &str, b: &str) -> usize {
    let bytes = zip(a.bytes().rev(), b.bytes().rev()).take_while(|(a, b)| a == b).count();
    // Bytes that are equal from the first byte of a character on are whole characters in both texts.
    (0..=bytes).rev().find(|end| a.is_char_boundary(a.len() - end)).unwrap_or(0)
}

fn chars(text: &str) -> Vec<char> {
    text.chars().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fold;

    fn nothing_new(earlier: &str, later: &str) -> bool {
        says_nothing_new(&fold(earlier), &fold(later)).is_some()
    }

    #[test]
    fn an_added_particle_or_a_missing_edge_is_nothing_new() {
        assert!(nothing_new("老街基金會正式進駐河邊的老屋", "老街基金会已正式进驻河边的老屋。"));
        assert!(nothing_new("民主黨派在尖沙咀舉行造勢大會的現場", "民主党派在尖沙咀举行了造势大会的现场"));
        assert!(nothing_new(
            "台中市一名女子與友人口角後離家至今未歸家人報警求助攝",
            "台中市一名女子与友人口角后离家至今未归家人报警求助"
        ));
    }

    #[test]
    fn nearly_equal_lines_may_have_duplicates() {
        let line = "民主黨派昨日在河邊的老屋舉行造勢大會的現場擠滿了人";
        let characters: Vec<char> = line.chars().collect();
        // The maximum number of added particles. Each is in two pairs that no other line has.
        let most = (characters.len() as f64 * (1.0 / SIMILARITY - 1.0)) as usize;
        for added in 0..=most {
            let particles = (0..added).fold(characters.clone(), |mut longer, at| {
                longer.insert(at * 5 + 2, '了');
                longer
            });
            let longer: String = particles.into_iter().collect();
            assert!(nothing_new(line, &longer), "{longer}");
            let view = View::new(&[(1, line), (2, ""), (3, &longer), (4, "街坊說，夜市搬走了。")], None);
            assert_eq!(may_have_duplicates(&view).raw, [true, false, true, false], "{longer}");
        }
    }

    #[test]
    fn a_number_a_name_or_a_negation_is_new() {
        for (earlier, later, again) in [
            (
                "農場道路1506號全長十二公里通往北面",
                "農場道路1507號全長十二公里通往北面",
                "农场道路1506号全长了十二公里通往北面",
            ),
            (
                "市長王強昨日出席了學校的開幕典禮並致辭",
                "市長李強昨日出席了學校的開幕典禮並致辭",
                "市長王強昨日出席學校的開幕典禮並致辭",
            ),
            (
                "市長王強李剛昨日出席了學校的開幕典禮並致辭",
                "市長王強昨日出席了學校的開幕典禮並致辭",
                "市長王強李剛昨日出席學校的開幕典禮並致辭",
            ),
            (
                "未經許可的人員不得進入施工現場的範圍以內",
                "未經許可的人員得進入施工現場的範圍以內",
                "未經許可的人員不得進入了施工現場的範圍以內",
            ),
            (
                "去年第一季度公司的營業收入比前年同期增長",
                "去年第二季度公司的營業收入比前年同期增長",
                "去年第一季度公司的營業收入比前年同期增長了",
            ),
        ] {
            assert!(nothing_new(earlier, again), "{earlier} / {again}");
            assert!(!nothing_new(earlier, later), "{earlier} / {later}");
        }
    }

    #[test]
    fn characters_that_share_some_bytes_are_not_shared() {
        // U+4E00 and U+4E01 differ in their last byte, U+4E00 and U+5E00 in their first.
        assert_eq!(
            (common_start("a一", "a丁"), common_start("a一", "a一"), common_start("a", "a一")),
            (1, 4, 1)
        );
        assert_eq!(
            (common_end("一a", "\u{5E00}a"), common_end("一a", "一a"), common_end("a", "一a")),
            (1, 4, 1)
        );
    }

    #[test]
    fn near_lines_share_a_sketch() {
        let lines = [
            "民主黨派在尖沙咀舉行造勢大會的現場",
            "民主黨派在尖沙咀舉行了造勢大會的現場",
            "完全不同的一行文字與前面那一行無關",
        ];
        let view = View::new(&lines.map(|line| (1, line)), None);
        let rows = [0, 1, 2].map(Row::from);
        let mut index = NearIndex::new(&view, &rows);
        index.add(&view, rows[0]);
        let mut candidates = |row: Row| index.candidates(sketch(&view.lines[row]));
        assert_eq!(candidates(rows[1]), [rows[0]]);
        assert!(candidates(rows[2]).is_empty());
    }

    #[test]
    fn a_sketch_is_the_smallest_hashes_in_order() {
        let key: String = ('一'..='龥').chain('一'..='丐').collect();
        let characters: Vec<char> = key.chars().collect();
        let hash = |pair: &[char]| mix(u64::from(pair[0] as u32) << 32 | u64::from(pair[1] as u32));
        let all: BTreeSet<u64> = characters.windows(2).map(hash).collect();
        assert_eq!(sketch_of(&key), all.into_iter().take(SKETCH).collect::<Vec<_>>());
        assert!(sketch_of("十一個字還不夠長的啊").is_empty());
    }
}
