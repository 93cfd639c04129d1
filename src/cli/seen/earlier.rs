//! The articles of earlier runs with which those of a run are compared.

use foldhash::{HashMap, HashMapExt as _, HashSet};

use super::tables::{BucketPart, IndexTables};
use crate::corpus::{BANDS, ComparedPair, Signature};

/// The articles of earlier runs that may be copies of articles of this one, and all that are connected with them. In the
/// run they stand before its own articles, as if it had read them first.
#[derive(Debug, Default)]
pub(in crate::cli) struct Earlier {
    /// Their numbers in the index, in ascending order.
    pub numbers: Vec<u32>,
    pub names: Vec<Box<str>>,
    pub signatures: Vec<Signature>,
    /// The pairs among them, by their places here.
    pub pairs: Vec<ComparedPair>,
}

impl Earlier {
    /// The articles of an index for those with these signatures.
    ///
    /// # Errors
    /// If the index is damaged.
    pub fn of(tables: &IndexTables, signatures: &[Signature]) -> anyhow::Result<Self> {
        if tables.is_empty()? {
            return Ok(Self::default());
        }
        let mut numbers = alike(tables, signatures)?;
        add_connected(tables, &mut numbers)?;
        let mut numbers: Vec<u32> = numbers.into_iter().collect();
        numbers.sort_unstable();
        let mut earlier = Self { numbers, ..Self::default() };
        let mut counts = Vec::new();
        for number in &earlier.numbers {
            let article = tables.article(*number)?;
            counts.push(article.shingles.count());
            earlier.names.push(article.name);
            earlier.signatures.push(article.signature);
        }
        earlier.pairs = earlier.pairs(tables, &counts)?;
        Ok(earlier)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.numbers.len()
    }

    /// The pairs among them, which have so many shingles.
    fn pairs(&self, tables: &IndexTables, counts: &[usize]) -> anyhow::Result<Vec<ComparedPair>> {
        let mut places = HashMap::with_capacity(self.count());
        places.extend(self.numbers.iter().copied().zip(0_u32..));
        let mut pairs = Vec::new();
        for (number, place) in self.numbers.iter().zip(0_u32..) {
            let others = tables.pairs_of(*number)?.into_iter().filter(|(other, _)| other < number);
            for (other, shared) in others {
                let Some(other) = places.get(&other).copied() else { continue };
                let articles = [place, other];
                let counts = articles.map(|article| counts[article as usize]);
                pairs.push(ComparedPair { articles, counts, shared: shared as usize });
            }
        }
        Ok(pairs)
    }
}

/// The articles that share a key or a band with one of these.
fn alike(tables: &IndexTables, signatures: &[Signature]) -> anyhow::Result<HashSet<u32>> {
    let mut numbers = HashSet::default();
    for signature in signatures {
        numbers.extend(tables.with_key_of(signature)?);
    }
    let compared = signatures.iter().filter(|signature| !signature.is_short());
    let compared: Vec<&Signature> = compared.collect();
    for band in 0..BANDS {
        // In the order of the table, because this reads each of its pages once.
        let mut hashes: Vec<u32> = compared.iter().map(|signature| signature.bands[band]).collect();
        hashes.sort_unstable();
        hashes.dedup();
        for hash in hashes {
            numbers.extend(tables.bucket(u8::try_from(band)?, hash, BucketPart::All)?);
        }
    }
    Ok(numbers)
}

/// Adds all articles that pairs connect with these.
fn add_connected(tables: &IndexTables, numbers: &mut HashSet<u32>) -> anyhow::Result<()> {
    let mut open: Vec<u32> = numbers.iter().copied().collect();
    while let Some(number) = open.pop() {
        let others = tables.pairs_of(number)?.into_iter().map(|(other, _)| other);
        open.extend(others.filter(|other| numbers.insert(*other)));
    }
    Ok(())
}
