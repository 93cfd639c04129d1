//! The outline of a document: where runs of short lines, prose and boilerplate are, and which lines look
//! alike or share the article's words.

use typed_index_collections::TiVec;

use super::context::running;
use super::hashing::{Feature, FeatureSink, Template, bin};
use super::text::Facts;
use crate::analysis::{Rank, Ranked, Row, View};

/// Bin edges for distances in lines.
pub(super) const DISTANCES: &[usize] = &[0, 1, 2, 3, 5, 8, 13, 21, 40];
/// The same with fewer bins.
pub(super) const FEW_DISTANCES: &[usize] = &[0, 1, 2, 4, 8, 16];
/// Bin edges for shares, in tenths.
pub(super) const TENTHS: &[usize] = &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
/// Bin edges for shares, in twentieths; the ends matter most.
pub(super) const TWENTIETHS: &[usize] = &[0, 1, 2, 4, 8, 12, 16, 19];
/// Bin edges for the share of a line's words that the headline has, in tenths.
pub(super) const HEADLINE_TENTHS: &[usize] = &[0, 1, 2, 4, 6, 8];
/// Bin edges for the number of lines with a rule nearby, and further around.
pub(super) const NEAR_RULES: &[usize] = &[0, 1, 2, 3, 4];
pub(super) const RULES: &[usize] = &[0, 1, 2, 3, 5, 8, 12];
/// Maximum length bin of a short line.
const SHORT: u32 = 5;
/// Minimum length bin of a heading.
const HEADING: u32 = 2;
/// Number of lines on either side of a line whose words do not count as the article's, and among which
/// similar lines are looked for.
const NEAR: usize = 6;
/// Number of lines above a line among which its heading is looked for.
const HEADING_LINES: usize = 8;
/// Maximum number of lines of the same form that are counted on either side.
const ALIKE: usize = 4;
/// The number for something that does not exist.
const NONE: u32 = 15;
/// The category number of metadata, which is not boilerplate.
const METADATA: u32 = 9;

/// The position of each line in the outline.
pub(super) struct Outline {
    lines: TiVec<Rank, OutlineLine>,
}

/// The position of a line in the outline.
#[derive(Default, Clone)]
struct OutlineLine {
    /// Length of the run of short lines in which it stands.
    run: usize,
    /// Number of lines to the last prose above, and to the next prose below.
    prose: [usize; 2],
    /// The bin of the share of the prose's characters that are below.
    rest: u32,
    /// Bins of the number of lines with a rule nearby, and further around.
    around: [u32; 2],
    /// The category of the last rule above and of the next rule below, each with its distance.
    rules: [(u32, usize); 2],
    /// Bins of the shares of its words that the headline has, and that the rest of the article has.
    words: [u32; 2],
    /// The number of lines of its form directly above, times 8, plus the number of those directly below.
    alike: u32,
    /// The hash of the key of the short line above it.
    heading: u32,
    /// Bins of the number of lines around that begin, and that end, with the same two characters.
    same: [u32; 2],
}

impl Outline {
    pub fn of(
        view: &View,
        rows: &Ranked<Row>,
        facts: &Ranked<&Facts>,
        surely_content: &Ranked<bool>,
    ) -> Self {
        let mut outline = TiVec::from(vec![OutlineLine::default(); rows.len()]);
        runs(facts, &mut outline);
        distances(rows.keys(), 0, facts, &mut outline);
        distances(rows.keys().rev(), 1, facts, &mut outline);
        rest(view, rows, facts, &mut outline);
        around(facts, &mut outline);
        let open: Vec<Rank> = rows.keys().filter(|rank| !surely_content[*rank]).collect();
        similar_lines(facts, &open, &mut outline);
        words(view, rows, &open, &mut outline);
        Self { lines: outline }
    }

    /// The features of a line for its position in the outline.
    pub fn features_of(&self, rank: Rank, facts: &Ranked<&Facts>, sink: &mut impl FeatureSink) {
        let (line, own) = (&self.lines[rank], facts[rank]);
        let mut add = |template, number: u32| sink.add(Feature::plain(template, number));
        let run = bin(line.run, DISTANCES);
        let [since, until] = line.prose.map(|distance| bin(distance, DISTANCES));
        add(Template::ShortRun, run);
        add(Template::ShortRun, 16 + run * 16 + own.length);
        add(Template::ShortRun, 512 + run * 16 + since);
        add(Template::ShortRun, 1024 + run * 16 + until);
        add(Template::ProseDistance, since);
        add(Template::ProseDistance, 16 + until);
        add(Template::ProseDistance, 32 + since * 16 + until);
        add(Template::Rest, line.rest);
        add(Template::Rest, 16 + line.rest * 16 + own.length);
        add(Template::Rest, 512 + line.rest * 16 + own.category);
        add(Template::Density, line.around[0]);
        add(Template::Density, 16 + line.around[1]);
        add(Template::Density, 32 + line.around[1] * 16 + own.length);
        add(Template::Density, 512 + line.around[1] * 16 + line.rest);
        for ((category, distance), template) in
            line.rules.iter().zip([Template::LastRule, Template::NextRule])
        {
            add(template, category * 16 + bin(*distance, DISTANCES));
        }
        let between = line.rules.map(|(category, distance)| match category {
            0 => NONE,
            METADATA => 8 + bin(distance, FEW_DISTANCES),
            _ => bin(distance, FEW_DISTANCES),
        });
        add(Template::Between, between[0] * 16 + between[1]);
        add(Template::Same, line.same[0] * 8 + line.same[1]);
        add(Template::Subject, line.words[0]);
        add(Template::Subject, 16 + line.words[1]);
        add(Template::Subject, 32 + line.words[1] * 16 + own.length);
        add(Template::Subject, 512 + line.words[1] * 16 + line.rest);
        add(Template::Alike, line.alike);
        if line.heading != 0 {
            add(Template::Heading, line.heading);
        }
    }
}

/// Fills in the runs of short lines that end no sentence.
fn runs(facts: &Ranked<&Facts>, outline: &mut Ranked<OutlineLine>) {
    let short: Vec<bool> = facts.iter().map(|f| f.length <= SHORT && !matches!(f.end, 1 | 2 | 4)).collect();
    let mut start = Rank::default();
    for run in short.chunk_by(|a, b| a == b) {
        let end = start.below(run.len());
        outline[start..end].iter_mut().filter(|_| run[0]).for_each(|line| line.run = run.len());
        start = end;
    }
}

/// Fills in the distances of prose and rules on one side: the side from which the ranks come.
fn distances(
    ranks: impl Iterator<Item = Rank>,
    side: usize,
    facts: &Ranked<&Facts>,
    outline: &mut Ranked<OutlineLine>,
) {
    let (mut prose, mut rule) = (usize::MAX, (0, usize::MAX));
    for rank in ranks {
        outline[rank].prose[side] = prose;
        outline[rank].rules[side] = rule;
        prose = if facts[rank].prose { 0 } else { prose.saturating_add(1) };
        rule = match facts[rank].category {
            0 => (rule.0, rule.1.saturating_add(1)),
            category => (category, 0),
        };
    }
}

/// Fills in the share of the prose that is below each line.
fn rest(view: &View, rows: &Ranked<Row>, facts: &Ranked<&Facts>, outline: &mut Ranked<OutlineLine>) {
    let prose = |rank: Rank| if facts[rank].prose { view.lines[rows[rank]].shape.characters } else { 0 };
    let total: usize = rows.keys().map(prose).sum();
    let mut behind = total;
    for (rank, line) in outline.iter_mut_enumerated() {
        behind -= prose(rank);
        line.rest = bin((behind * 20).div_ceil(total.max(1)), TWENTIETHS);
    }
}

/// Fills in how many of the lines around have a rule. Metadata and repeats do not count.
fn around(facts: &Ranked<&Facts>, outline: &mut Ranked<OutlineLine>) {
    let has = |f: &&Facts| f.category > 1 && f.category != METADATA;
    let sums = running(facts.iter().map(has));
    for (rank, line) in outline.iter_mut_enumerated() {
        let count = |reach: usize| {
            let (from, to) = (rank.above_or_first(reach), rank.below(reach + 1).min(facts.next_key()));
            sums[to] - sums[from] - usize::from(has(&facts[rank]))
        };
        line.around = [bin(count(3), NEAR_RULES), bin(count(10), RULES)];
    }
}

/// Fills in, for each line that is not surely content, the similar lines around it and its possible heading.
fn similar_lines(facts: &Ranked<&Facts>, open: &[Rank], outline: &mut Ranked<OutlineLine>) {
    let forms: TiVec<Rank, [u32; 3]> = facts.iter().map(|f| [f.start, f.end, f.length / 2]).collect();
    let edges = [0, 1].map(|edge| facts.iter().map(|f| f.edges[edge]).collect::<TiVec<Rank, _>>());
    for rank in open.iter().copied() {
        let line = &mut outline[rank];
        let alike = |other: Rank| forms.get(other) == Some(&forms[rank]);
        let before = (1..=ALIKE).take_while(|far| rank.above(*far).is_some_and(alike)).count();
        let behind = (1..=ALIKE).take_while(|far| alike(rank.below(*far))).count();
        line.alike = before as u32 * 8 + behind as u32;
        let mut above = (1..=HEADING_LINES).filter_map(|far| facts.get(rank.above(far)?));
        let heading = above.find(|f| f.short_key != 0 && f.length >= HEADING);
        line.heading = heading.map_or(0, |f| f.short_key);
        let window = rank.above_or_first(NEAR)..rank.below(NEAR + 1).min(facts.next_key());
        line.same = [0, 1].map(|edge| match edges[edge][rank] {
            [_, '\0'] => 0,
            // The line itself is one of them.
            own => bin(
                edges[edge][window.clone()].iter().filter(|edge| **edge == own).count() - 1,
                &[0, 1, 2, 4],
            ),
        });
    }
}

/// Fills in, for each line that is not surely content, the shares of its pairs of characters that occur in
/// the headline, and elsewhere in the article.
fn words(view: &View, rows: &Ranked<Row>, open: &[Rank], outline: &mut Ranked<OutlineLine>) {
    let pairs = view.pairs();
    for rank in open.iter().copied() {
        let line = &mut outline[rank];
        let (mut all, mut headline, mut article) = (0, 0, 0);
        pairs.for_each_of(view.lines[rows[rank]].key(), |first, last| {
            all += 1;
            headline += usize::from(first == Rank::default());
            article += usize::from(first.below(NEAR) < rank || last > rank.below(NEAR));
        });
        if all == 0 {
            line.words = [NONE, NONE];
            continue;
        }
        let [headline, article] = [headline, article].map(|count: usize| (count * 10).div_ceil(all));
        line.words = [bin(headline, HEADLINE_TENTHS), bin(article, TENTHS)];
    }
}
