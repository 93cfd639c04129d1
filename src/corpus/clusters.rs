//! Clusters of copies. In each cluster one article survives, and each other article is a copy of another
//! member.

use std::collections::BTreeMap;

use foldhash::{HashMap, HashSet};

use super::comparison::ComparedPair;
use super::disjoint_sets::DisjointSets;
use super::duplicate::{Duplicate, DuplicateKind};
use super::survivor::{Date, Keep};
use crate::script::Script;

/// The facts about an article that the choice of survivors needs.
#[derive(Debug, Clone, Default)]
pub(crate) struct ArticleFacts {
    /// The number of characters in its key.
    pub characters: u32,
    pub script: Option<Script>,
    pub date: Option<Date>,
}

/// An article, and the pair that makes it a copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct Copy {
    pub article: u32,
    pub of: u32,
    pub pair: ComparedPair,
}

/// Articles that are connected by pairs of copies. The clusters are the connected parts.
pub(super) struct Clusters {
    /// The facts about the articles in pairs and clusters.
    facts: HashMap<u32, ArticleFacts>,
    /// For each article, the first one with the same key. It represents all of them in pairs.
    firsts: Vec<u32>,
    /// The similar pairs of each article.
    near: HashMap<u32, Vec<ComparedPair>>,
    sets: DisjointSets,
    /// The survivors of clusters of several articles, by the first article of the cluster.
    survivors: HashMap<u32, u32>,
}

impl Clusters {
    /// The clusters of a collection in which these pairs are similar.
    pub fn new(
        facts: HashMap<u32, ArticleFacts>,
        firsts: Vec<u32>,
        pairs: &[ComparedPair],
        keep: Keep,
    ) -> Self {
        let mut near: HashMap<u32, Vec<ComparedPair>> = HashMap::default();
        let mut sets = DisjointSets::of(firsts.clone());
        for pair in pairs {
            let [a, b] = pair.articles;
            sets.unite(a, b);
            near.entry(a).or_default().push(*pair);
            near.entry(b).or_default().push(*pair);
        }
        let mut clusters = Self { facts, firsts, near, sets, survivors: HashMap::default() };
        for (first, members) in clusters.members() {
            clusters
                .survivors
                .extend(keep.survivor(&members, &clusters.facts).map(|survivor| (first, survivor)));
        }
        clusters
    }

    /// The members of each cluster of several articles, in order.
    fn members(&mut self) -> BTreeMap<u32, Vec<u32>> {
        let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for article in (0..).take(self.firsts.len()) {
            let cluster = self.sets.find(article);
            if cluster != article {
                members.entry(cluster).or_insert_with(|| vec![cluster]).push(article);
            }
        }
        members
    }

    /// The cluster of an article.
    pub fn cluster(&mut self, article: u32) -> u32 {
        self.sets.find(article)
    }

    /// The article of a cluster that is kept.
    pub fn survivor(&self, cluster: u32) -> u32 {
        self.survivors.get(&cluster).copied().unwrap_or(cluster)
    }

    /// The first article with the key of an article.
    pub fn first(&self, article: u32) -> u32 {
        self.firsts[article as usize]
    }

    /// The article that represents those with a key: the survivor, if it is one of them, else the first.
    pub fn representative(&mut self, first: u32) -> u32 {
        let cluster = self.cluster(first);
        let survivor = self.survivor(cluster);
        if self.first(survivor) == first { survivor } else { first }
    }

    /// The copies in all clusters, each with its nearest relation on the way to the survivor.
    pub fn copies(&mut self) -> Vec<Copy> {
        let members = self.members();
        members.into_iter().flat_map(|(cluster, members)| self.of_cluster(cluster, &members)).collect()
    }

    fn of_cluster(&mut self, cluster: u32, members: &[u32]) -> Vec<Copy> {
        let survivor = self.survivor(cluster);
        let relations = self.relations(self.first(survivor));
        let members: Vec<u32> = members.iter().copied().filter(|member| *member != survivor).collect();
        let copy = |article: u32| match relations.get(&self.first(article)) {
            None => Copy { article, of: survivor, pair: ComparedPair::equal([article, survivor]) },
            Some((of, pair)) => Copy { article, of: self.representative(*of), pair: *pair },
        };
        members.into_iter().map(copy).collect()
    }

    /// For each article of a cluster except `start`, its relation to an article with another key that is one
    /// step nearer to `start`. If there are several, the most similar one.
    fn relations(&self, start: u32) -> HashMap<u32, (u32, ComparedPair)> {
        let mut relations = HashMap::default();
        let mut reached = HashSet::from_iter([start]);
        let mut level = vec![start];
        while !level.is_empty() {
            let next = self.next_level(&level, &reached);
            level = next.keys().copied().collect();
            reached.extend(level.iter().copied());
            relations.extend(next);
        }
        relations
    }

    /// The articles that are one step further than those of a level, each with its relation to that level.
    fn next_level(&self, level: &[u32], reached: &HashSet<u32>) -> BTreeMap<u32, (u32, ComparedPair)> {
        let mut next: BTreeMap<u32, (u32, ComparedPair)> = BTreeMap::new();
        let near = |article: &u32| self.near.get(article).map(Vec::as_slice).unwrap_or_default();
        for (article, pair) in
            level.iter().flat_map(|article| near(article).iter().map(move |pair| (*article, pair)))
        {
            let other = pair.other(article);
            if reached.contains(&other) {
                continue;
            }
            let known = next.entry(other).or_insert((article, *pair));
            if pair.similarity() > known.1.similarity() {
                *known = (article, *pair);
            }
        }
        next
    }

    /// The description of a copy. `kept` is the article that is kept in place of it.
    pub fn described(&self, copy: &Copy, kept: u32) -> Duplicate {
        let Copy { article, of, pair } = copy;
        let is_same = self.first(*article) == self.first(*of);
        Duplicate {
            article: *article as usize,
            of: *of as usize,
            kept: kept as usize,
            similarity: pair.similarity(),
            containment: pair.containment(),
            kind: DuplicateKind::of([self.facts(*article), self.facts(*of)], is_same, pair),
        }
    }

    /// The number of characters in an article's key.
    pub fn characters(&self, article: u32) -> u32 {
        self.facts(article).characters
    }

    fn facts(&self, article: u32) -> &ArticleFacts {
        const UNKNOWN: &ArticleFacts = &ArticleFacts { characters: 0, script: None, date: None };
        self.facts.get(&article).unwrap_or(UNKNOWN)
    }
}
