//! Disjoint sets of articles (union–find).

/// Sets of articles. Each set is identified by its smallest member, so the result does not depend on the
/// order of the unions.
#[derive(Debug, Clone)]
pub(super) struct DisjointSets {
    /// For each article, an article of the same set that is nearer to the smallest one.
    parents: Vec<u32>,
}

impl DisjointSets {
    /// The sets in which each article is together with its parent.
    pub fn of(parents: Vec<u32>) -> Self {
        Self { parents }
    }

    /// The smallest article of the set of an article.
    pub fn find(&mut self, mut article: u32) -> u32 {
        loop {
            let next = self.parents[article as usize];
            if next == article {
                return article;
            }
            // Halving the path keeps the next searches short.
            self.parents[article as usize] = self.parents[next as usize];
            article = next;
        }
    }

    /// Unites the sets of two articles.
    pub fn unite(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.parents[a.max(b) as usize] = a.min(b);
    }
}
