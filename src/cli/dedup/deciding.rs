//! The decision on one article of a stream. It depends on the articles before it alone.

use std::collections::BTreeSet;
use std::slice::from_ref;

use super::super::seen::{BucketPart, IndexTables};
use crate::corpus::{
    ArticleFacts, BUCKET_NEIGHBOURS, ComparedPair, Duplicate, DuplicateKind, Signature, StoredArticle,
    Thresholds,
};

/// What an article is a copy of.
pub(super) struct StreamDecision {
    /// The name of that article.
    pub of: Box<str>,
    /// The name of the article that was passed on.
    pub kept: Box<str>,
    /// The rest. Its numbers are those of the index.
    pub duplicate: Duplicate,
}

/// Adds an article to those that were seen, and finds what it is a copy of.
///
/// # Errors
/// If the index is damaged, or cannot be written.
pub(super) fn decide(
    tables: &mut IndexTables,
    article: &StoredArticle,
    thresholds: &Thresholds,
) -> anyhow::Result<Option<StreamDecision>> {
    if article.signature.is_empty() {
        return Ok(None);
    }
    let number = tables.next_number()?;
    if let Some(known) = tables.with_key_of(&article.signature)? {
        let original = (tables.article(known)?, ComparedPair::equal([number, known]));
        return Ok(Some(decision(tables, number, article, original)?));
    }
    let found = found(tables, number, article, thresholds)?;
    tables.add(from_ref(article))?;
    for (_, pair) in &found {
        tables.add_pair(pair)?;
    }
    let Some(original) = original(found, number, thresholds) else { return Ok(None) };
    let decision = decision(tables, number, article, original)?;
    tables.add_copy(number, u32::try_from(decision.duplicate.kept)?)?;
    Ok(Some(decision))
}

/// The articles that are copies of an article, or of which one contains the other, in order.
fn found(
    tables: &IndexTables,
    number: u32,
    article: &StoredArticle,
    thresholds: &Thresholds,
) -> anyhow::Result<Vec<(StoredArticle, ComparedPair)>> {
    let mut found = Vec::new();
    for candidate in candidates(tables, &article.signature)? {
        let other = tables.article(candidate)?;
        let pair = ComparedPair::of([number, candidate], [&article.shingles, &other.shingles]);
        if thresholds.hold(&pair) {
            found.push((other, pair));
        }
    }
    Ok(found)
}

/// The articles that share a band with an article: of each bucket the first one, and the last ones.
fn candidates(tables: &IndexTables, signature: &Signature) -> anyhow::Result<BTreeSet<u32>> {
    let mut candidates = BTreeSet::new();
    if signature.is_short() {
        return Ok(candidates);
    }
    for (band, hash) in (0..).zip(signature.bands) {
        candidates.extend(tables.bucket(band, hash, BucketPart::Last(BUCKET_NEIGHBOURS))?);
    }
    Ok(candidates)
}

/// The article of which the new one is a copy: the most similar one, else the one of which it is an excerpt.
fn original(
    mut found: Vec<(StoredArticle, ComparedPair)>,
    number: u32,
    thresholds: &Thresholds,
) -> Option<(StoredArticle, ComparedPair)> {
    found.retain(|(_, pair)| thresholds.are_near(pair) || pair.longer() != number);
    let order = |pair: &ComparedPair| match thresholds.are_near(pair) {
        true => (1, pair.similarity()),
        false => (0, pair.containment()),
    };
    // Of equal ones the first.
    let nearer = |a: &ComparedPair, b: &ComparedPair| {
        let (a, b) = (order(a), order(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1))
    };
    found.into_iter().rev().max_by(|(_, a), (_, b)| nearer(a, b))
}

fn decision(
    tables: &IndexTables,
    number: u32,
    article: &StoredArticle,
    (original, pair): (StoredArticle, ComparedPair),
) -> anyhow::Result<StreamDecision> {
    let of = pair.other(number);
    let kept = tables.kept(of)?;
    let is_same = article.signature.has_key_of(&original.signature);
    let duplicate = Duplicate {
        article: number as usize,
        of: of as usize,
        kept: kept as usize,
        similarity: pair.similarity(),
        containment: pair.containment(),
        kind: DuplicateKind::of([&facts(article), &facts(&original)], is_same, &pair),
    };
    let kept = if kept == of { original.name.clone() } else { tables.article(kept)?.name };
    Ok(StreamDecision { of: original.name, kept, duplicate })
}

fn facts(article: &StoredArticle) -> ArticleFacts {
    let (characters, script) = (article.signature.characters(), article.signature.script());
    ArticleFacts { characters, script, date: None }
}
