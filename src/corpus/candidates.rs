//! Pairs of articles that may be copies: those that share a band (locality-sensitive hashing).

use super::signature::{BANDS, Signature};

/// The most articles behind an article in its bucket with which it makes pairs. A bucket of many articles holds a text that
/// a site prints everywhere, or very many copies. In the second case, pairs of neighbours connect all of them.
const NEIGHBOURS: usize = 8;

/// The pairs of these articles, none of which have the same key.
pub(super) fn pairs<'s>(articles: &[u32], signature: impl Fn(u32) -> &'s Signature) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let mut members: Vec<(u32, u32)> = Vec::with_capacity(articles.len());
    for band in 0..BANDS {
        members.clear();
        members.extend(articles.iter().map(|article| (signature(*article).bands[band], *article)));
        members.sort_unstable();
        for bucket in members.chunk_by_mut(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1) {
            // The order of the keys, which is the same for any order of the articles.
            bucket.sort_unstable_by_key(|(_, article)| (signature(*article).whole(), *article));
            pairs.extend(of_bucket(bucket));
        }
        pairs.sort_unstable();
        pairs.dedup();
    }
    pairs
}

/// The pairs of a bucket: each article with the first one, and with some behind it.
fn of_bucket(bucket: &[(u32, u32)]) -> impl Iterator<Item = (u32, u32)> {
    let behind = |at: usize| bucket[at + 1..].iter().take(if at == 0 { bucket.len() } else { NEIGHBOURS });
    let pair = |(_, a): (u32, u32), (_, b): (u32, u32)| (a.min(b), a.max(b));
    (0..bucket.len()).flat_map(move |at| behind(at).map(move |other| pair(bucket[at], *other)))
}
