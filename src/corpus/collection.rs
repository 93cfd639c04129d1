//! The signatures of a collection.

use foldhash::{HashMap, HashMapExt as _};

use super::candidates::pairs;
use super::clusters::ArticleFacts;
use super::signature::Signature;
use super::survivor::Date;

/// The signatures of a collection, in the order of its articles. It takes about 170 bytes an article.
#[derive(Debug, Clone, Default)]
pub struct Collection {
    signatures: Vec<Signature>,
    /// The dates, up to the last one that is known.
    dates: Vec<Option<Date>>,
}

impl Collection {
    /// Adds an article. The first one has the number 0.
    pub fn add(&mut self, signature: Signature) {
        self.signatures.push(signature);
    }

    /// Adds an article with its date.
    pub fn add_dated(&mut self, signature: Signature, date: Option<Date>) {
        self.dates.resize_with(self.signatures.len(), Option::default);
        self.dates.push(date);
        self.signatures.push(signature);
    }

    /// The number of articles.
    pub fn len(&self) -> usize {
        self.signatures.len()
    }

    /// Whether there is no article.
    pub fn is_empty(&self) -> bool {
        self.signatures.is_empty()
    }

    /// The pairs of articles that may be copies, in ascending order, the smaller number first. Of the
    /// articles with the same key, only the first is in pairs.
    pub(super) fn candidates(&self, firsts: &[u32]) -> Vec<(u32, u32)> {
        let compared = (0..).zip(firsts).filter(|(number, first)| number == *first).map(|(number, _)| number);
        let compared: Vec<u32> = compared.filter(|number| !self.signature(*number).is_short()).collect();
        pairs(&compared, |number| self.signature(number))
    }

    /// For each article, the first one with the same key. An article without a key is its own first article.
    pub(super) fn firsts(&self) -> Vec<u32> {
        let mut known = HashMap::with_capacity(self.len());
        let first = |(number, signature): (u32, &Signature)| match signature.characters {
            0 => number,
            _ => *known.entry(signature.whole()).or_insert(number),
        };
        (0..).zip(&self.signatures).map(first).collect()
    }

    fn signature(&self, number: u32) -> &Signature {
        &self.signatures[number as usize]
    }

    /// The facts about an article that the choice of survivors needs.
    pub(super) fn facts(&self, number: u32) -> ArticleFacts {
        let Signature { characters, script, .. } = *self.signature(number);
        let date = self.dates.get(number as usize).cloned().flatten();
        ArticleFacts { characters, script, date }
    }
}
