//! Features of a line among others: its position, its neighbours, and the lines that say the same.

use typed_index_collections::TiVec;

use super::containers::{self, CONTAINED_BYTES, Container};
use super::hashing::{Feature, FeatureSink, Template, bin};
use super::lexicon;
use super::outline::Outline;
use super::page_structure::PageStructure;
use super::rule_hits::Matched;
use super::text::Facts;
use crate::analysis::{Rank, Ranked, Row, View};
use crate::detect::headline::Titles;

/// Bin edges of distances in lines.
pub(super) const DISTANCES: &[usize] = &[0, 1, 2, 3, 5, 8, 12, 20, 40];
/// Bin edges of the number of lines of a document.
pub(super) const SIZES: &[usize] = &[3, 6, 12, 25, 50, 100, 200];
/// Bin edges of the share of prose among a document's lines, in tenths.
pub(super) const PROSE: &[usize] = &[0, 1, 2, 4, 6, 8];
/// Bin edges of the number of lines of prose on one side.
pub(super) const PROSE_LINES: &[usize] = &[0, 1, 3];
/// Bin edges of a share of a document's lines, in twentieths.
pub(super) const SHARES: &[usize] = &[0, 1, 2, 4, 6, 9];

/// The lines of a document that are not blank, with the facts of each.
pub(super) struct Context<'v, 't> {
    pub(super) view: &'v View<'t>,
    pub(super) rows: TiVec<Rank, Row>,
    pub(super) facts: TiVec<Rank, &'v Facts>,
    /// Number of lines of prose before each line, and in all.
    prose_before: TiVec<Rank, usize>,
    /// Number of lines below each line that a rule matches.
    rules_behind: TiVec<Rank, usize>,
    /// By the first row with a key, the number of lines with it, and the rank of the first of them.
    keys: TiVec<Row, (usize, Rank)>,
    containers: TiVec<Rank, Option<Container>>,
    kind: u32,
    matched: Matched,
    outline: Outline,
    structure: PageStructure,
    words: lexicon::Around,
}

impl<'v, 't> Context<'v, 't> {
    /// A context for the features of all lines. Training and the schema need it, because the gate depends on weights that
    /// do not exist yet.
    pub fn of_all(view: &'v View<'t>, rows: TiVec<Rank, Row>, facts: TiVec<Rank, &'v Facts>) -> Self {
        let none = TiVec::from(vec![false; rows.len()]);
        Self::new(view, rows, facts, Titles::of(view).headline, &none)
    }

    /// A context for the features of the lines that are not surely content. `headline` is the row of the headline that a
    /// title identifies.
    pub fn new(
        view: &'v View<'t>,
        rows: TiVec<Rank, Row>,
        facts: TiVec<Rank, &'v Facts>,
        headline: Option<Row>,
        surely_content: &Ranked<bool>,
    ) -> Self {
        let mut keys: TiVec<Row, _> = vec![(0, Rank::from(usize::MAX)); view.lines.len()].into();
        for (rank, row) in rows.iter_enumerated() {
            let (count, first) = &mut keys[view.lines[*row].first];
            (*count, *first) = (*count + 1, rank.min(*first));
        }
        let prose_before = running(facts.iter().map(|facts| facts.prose));
        let mut rules_behind = running(facts.iter().rev().map(|facts| facts.category != 0));
        rules_behind.reverse();
        let prose = prose_before.last().copied().unwrap_or_default();
        let kind = bin(rows.len(), SIZES) * 16 + bin(prose * 10 / rows.len().max(1), PROSE);
        Self {
            view,
            prose_before,
            rules_behind: rules_behind.split_off(Rank::from(1)),
            keys,
            containers: containers::of(view, &rows, &facts),
            kind,
            matched: Matched::of(&facts),
            outline: Outline::of(view, &rows, &facts, surely_content),
            structure: PageStructure::of(view, &rows, &facts, headline),
            words: lexicon::Around::of(&facts),
            rows,
            facts,
        }
    }

    /// The features that all lines of the document have.
    pub fn features_of_all(&self, sink: &mut impl FeatureSink) {
        sink.add(Feature::plain(Template::Document, self.kind));
        self.matched.features_of_all(sink);
        self.words.features_of_all(sink);
    }

    /// The features of a line by its position and its neighbours.
    pub fn features_of(&self, rank: Rank, sink: &mut impl FeatureSink) {
        self.position(rank, sink);
        self.neighbours(rank, sink);
        self.likeness(rank, sink);
        self.outline.features_of(rank, &self.facts, sink);
        self.structure.features_of(rank, self.view, &self.rows, &self.facts, sink);
        self.matched.features_of(rank, sink);
        self.words.features_of(rank, &self.facts, sink);
    }

    fn position(&self, rank: Rank, sink: &mut impl FeatureSink) {
        let facts = self.facts[rank];
        let all_prose = self.prose_before.last().copied().unwrap_or_default();
        let (before, behind) = (self.prose_before[rank], all_prose - self.prose_before[rank.below(1)]);
        let zone = bin(before, PROSE_LINES) * 8 + bin(behind, PROSE_LINES);
        sink.add(Feature::plain(Template::Head, bin(rank.into(), DISTANCES)));
        sink.add(Feature::plain(Template::Tail, bin(self.rows.len() - 1 - usize::from(rank), DISTANCES)));
        sink.add(Feature::plain(Template::Position, zone));
        sink.add(Feature::plain(Template::PositionLength, zone * 16 + facts.length));
        sink.add(Feature::plain(Template::PositionEnd, zone * 16 + facts.end));
        sink.add(Feature::plain(Template::PositionRule, zone * 16 + facts.category));
        sink.add(Feature::plain(Template::BoilerplateBelow, bin(self.rules_behind[rank], DISTANCES)));
    }

    fn neighbours(&self, rank: Rank, sink: &mut impl FeatureSink) {
        let at = |rank: Option<Rank>| rank.and_then(|rank| self.facts.get(rank).copied());
        let none = Facts { length: 15, end: 15, ..Facts::default() };
        let before = at(rank.above(1)).unwrap_or(&none);
        let behind = at(Some(rank.below(1))).unwrap_or(&none);
        sink.add(Feature::plain(Template::Before, before.end * 16 + before.length));
        sink.add(Feature::plain(Template::Behind, behind.end * 16 + behind.length));
        let lengths = [before, self.facts[rank], behind].map(|facts| facts.length / 2);
        sink.add(Feature::plain(Template::Around, lengths[0] * 64 + lengths[1] * 8 + lengths[2]));
        for (template, key) in
            [(Template::BeforeKey, before.short_key), (Template::BehindKey, behind.short_key)]
        {
            if key != 0 {
                sink.add(Feature::plain(template, key));
            }
        }
        let own = self.facts[rank];
        for (side, near) in [(0, before), (1, behind)] {
            for (edge, run) in near.edges.iter().enumerate() {
                if run[0] != '\0' {
                    let marked = [run[0], run[1], ['a', 'b', 'c', 'd'][side * 2 + edge]];
                    sink.add(Feature::run(&marked, Template::NearRun));
                }
            }
        }
        for (side, a, b) in [('x', before, own), ('y', own, behind)] {
            let (a, b) = (a.edges[1], b.edges[0]);
            if a[1] != '\0' && b[0] != '\0' {
                sink.add(Feature::run(&[a[0], a[1], b[0], b[1]], Template::Joined));
                sink.add(Feature::run(&[a[1], b[0], side], Template::Joined));
            }
        }
        for distance in 1..=3 {
            let rule = |facts: Option<&Facts>| facts.map_or(15, |facts| facts.category);
            let number = |category: u32| distance as u32 * 16 + category;
            let before = rule(at(rank.above(distance)));
            sink.add(Feature::plain(Template::BeforeRule, number(before)));
            sink.add(Feature::plain(Template::BehindRule, number(rule(at(Some(rank.below(distance)))))));
        }
    }

    fn likeness(&self, rank: Rank, sink: &mut impl FeatureSink) {
        let line = &self.view.lines[self.rows[rank]];
        let key = line.key();
        let length = self.facts[rank].length;
        if key.is_empty() {
            return;
        }
        let (count, first) = self.keys[line.first];
        if count > 1 {
            let later = u32::from(first < rank);
            sink.add(Feature::plain(Template::Duplicate, later * 4 + bin(count, &[2, 3])));
            sink.add(Feature::plain(Template::Duplicate, 64 + later * 16 + length));
            sink.add(Feature::plain(Template::Duplicate, 128 + later * 2 + u32::from(line.shape.item)));
            sink.add(Feature::plain(
                Template::Duplicate,
                160 + later * 2 + u32::from(first == Rank::default()),
            ));
            if first < rank {
                sink.add(Feature::plain(Template::Duplicate, 192 + bin(rank.distance(first), DISTANCES)));
            }
        }
        if CONTAINED_BYTES.contains(&key.len()) {
            self.contained(rank, length, sink);
        }
    }

    /// The rank of the first line with the same key, or else of the line's container.
    pub fn duplicate_of(&self, rank: Rank) -> Option<Rank> {
        let (_, first) = self.keys[self.view.lines[self.rows[rank]].first];
        let equal = Some(first).filter(|first| *first != rank);
        equal.or_else(|| self.containers[rank].map(|container| container.rank))
    }

    /// The features of a line that another line contains, or that begins with another line's key.
    fn contained(&self, rank: Rank, length: u32, sink: &mut impl FeatureSink) {
        let Some(Container { rank: other, relation }) = self.containers[rank] else { return };
        let later = u32::from(other > rank);
        let near = u32::from(rank.distance(other) == 1);
        sink.add(Feature::plain(Template::Contained, relation * 4 + later * 2 + near));
        sink.add(Feature::plain(Template::Contained, 64 + (relation * 2 + later) * 16 + length));
        if [other, rank].contains(&Rank::default()) {
            sink.add(Feature::plain(Template::Headline, relation * 2 + later));
        }
    }
}

/// Index of the bin of `lines` as a share of a document's lines.
pub(super) fn share(lines: usize, of: usize) -> u32 {
    bin((lines * 20).div_ceil(of.max(1)), SHARES)
}

/// Running counts of the lines for which something holds: before each line, and in all.
pub(super) fn running(holds: impl Iterator<Item = bool>) -> TiVec<Rank, usize> {
    let mut sum = 0;
    let mut sums = TiVec::from(vec![0]);
    sums.extend(holds.map(|holds| {
        sum += usize::from(holds);
        sum
    }));
    sums
}
