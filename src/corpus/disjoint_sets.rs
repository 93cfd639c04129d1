//! Disjoint sets of articles (union–find).

/// Sets of articles. Each one is named by its smallest member, so the result does not depend on the order of the unions.
#[derive(Debug, Clone)]
pub(super) struct DisjointSets {
    /// For each article, one of its set that is nearer to the smallest one.
    towards: Vec<u32>,
}

impl DisjointSets {
    /// The sets in which each article is with the one that is named for it.
    pub fn of(towards: Vec<u32>) -> Self {
        Self { towards }
    }

    /// The smallest article of the set of an article.
    pub fn find(&mut self, mut article: u32) -> u32 {
        loop {
            let next = self.towards[article as usize];
            if next == article {
                return article;
            }
            // Halving the path keeps the next searches short.
            self.towards[article as usize] = self.towards[next as usize];
            article = next;
        }
    }

    /// Unites the sets of two articles.
    pub fn unite(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.towards[a.max(b) as usize] = a.min(b);
    }
}
