//! Candidates: pairs of articles that may be copies, because they share a band (locality-sensitive hashing).

use std::collections::VecDeque;

use super::signature::{BANDS, Signature};

/// Maximum number of articles after an article in its bucket with which it makes pairs. A bucket of many
/// articles holds a text that a site prints everywhere, or very many copies. In the second case, pairs of
/// neighbours connect all of them.
pub const BUCKET_NEIGHBOURS: usize = 8;

/// The pairs of these articles, no two of which have the same key.
pub(super) fn pairs<'s>(articles: &[u32], signature: impl Fn(u32) -> &'s Signature) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    let mut members: Vec<(u32, u32)> = Vec::with_capacity(articles.len());
    for band in 0..BANDS {
        members.clear();
        members.extend(articles.iter().map(|article| (signature(*article).bands[band], *article)));
        members.sort_unstable();
        for bucket in members.chunk_by_mut(|a, b| a.0 == b.0).filter(|bucket| bucket.len() > 1) {
            // The order of the keys is the same for any order of the articles.
            bucket.sort_unstable_by_key(|(_, article)| (signature(*article).whole(), *article));
            let mut made = BucketPairs::default();
            bucket.iter().for_each(|(_, article)| pairs.extend(made.next(*article)));
        }
        pairs.sort_unstable();
        pairs.dedup();
    }
    pairs
}

/// The pairs of a bucket. Its articles come in the order of their keys. Each article makes pairs with the
/// first one, and with some before it.
#[derive(Debug, Default)]
pub(crate) struct BucketPairs {
    first: Option<u32>,
    before: VecDeque<u32>,
}

impl BucketPairs {
    /// The pairs of the next article, the smaller number first.
    pub fn next(&mut self, article: u32) -> Vec<(u32, u32)> {
        let others = self.first.iter().chain(&self.before);
        let pairs = others.map(|other| (article.min(*other), article.max(*other))).collect();
        if self.first.is_none() {
            self.first = Some(article);
        } else {
            self.before.push_back(article);
        }
        if self.before.len() > BUCKET_NEIGHBOURS {
            self.before.pop_front();
        }
        pairs
    }
}
