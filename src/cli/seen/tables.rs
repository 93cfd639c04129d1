//! What an index stores.
//!
//! Articles have numbers in the order in which they were seen. Of articles with the same key only the first one is stored.

use std::ops::RangeInclusive;

use anyhow::{Context, anyhow, ensure};
use redb::{ReadableTable, ReadableTableMetadata, Table, TableDefinition, WriteTransaction};

use crate::corpus::{BANDS, ComparedPair, Signature, StoredArticle};

/// The parts of the articles: the article's number, and the number of the part. The parts hold a checksum, and the article
/// as bytes.
const ARTICLES: TableDefinition<(u32, u32), &[u8]> = TableDefinition::new("articles");
/// The number of the article with a key: the hash of the key, and its characters.
const KEYS: TableDefinition<(u64, u32), u32> = TableDefinition::new("keys");
/// The articles that share a band: the band, its hash, and the number.
const BUCKETS: TableDefinition<&[u8; BUCKET], ()> = TableDefinition::new("buckets");
/// The number of shingles that two articles share which are copies, or of which one contains the other. Each pair stands
/// there twice, once from each side.
const PAIRS: TableDefinition<(u32, u32), u32> = TableDefinition::new("pairs");
/// The article that stayed instead of a copy.
const COPIES: TableDefinition<u32, u32> = TableDefinition::new("copies");

/// Bytes of a key of `BUCKETS`. Their order is that of the numbers that they hold.
const BUCKET: usize = 9;
/// Bytes of a part. A longer one would not share a page with others, and take a quarter more room.
const PART: usize = 1000;
/// Bytes of a checksum.
const CHECKSUM: usize = size_of::<u32>();

/// The tables of an index, open for one piece of work.
pub(in crate::cli) struct IndexTables<'a> {
    articles: Table<'a, (u32, u32), &'static [u8]>,
    keys: Table<'a, (u64, u32), u32>,
    buckets: Table<'a, &'static [u8; BUCKET], ()>,
    pairs: Table<'a, (u32, u32), u32>,
    copies: Table<'a, u32, u32>,
}

/// Which articles of a bucket are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum BucketPart {
    All,
    /// The first one, and so many of the last ones.
    Last(usize),
}

impl<'a> IndexTables<'a> {
    pub(super) fn open(adding: &'a WriteTransaction) -> anyhow::Result<Self> {
        Ok(Self {
            articles: adding.open_table(ARTICLES)?,
            keys: adding.open_table(KEYS)?,
            buckets: adding.open_table(BUCKETS)?,
            pairs: adding.open_table(PAIRS)?,
            copies: adding.open_table(COPIES)?,
        })
    }

    /// Whether nothing is stored.
    pub fn is_empty(&self) -> anyhow::Result<bool> {
        Ok(self.articles.is_empty()?)
    }

    /// The number that the next article gets.
    pub fn next_number(&self) -> anyhow::Result<u32> {
        let Some((last, _)) = self.articles.last()? else { return Ok(0) };
        last.value().0.checked_add(1).context("has no numbers left; begin a new one")
    }

    /// The article with the key of a signature. An empty key is that of none.
    pub fn with_key_of(&self, signature: &Signature) -> anyhow::Result<Option<u32>> {
        if signature.is_empty() {
            return Ok(None);
        }
        Ok(self.keys.get(key_of(signature))?.map(|number| number.value()))
    }

    /// The articles with this hash in a band.
    pub fn bucket(&self, band: u8, hash: u32, asked: BucketPart) -> anyhow::Result<Vec<u32>> {
        let bounds = [bucket(band, hash, 0), bucket(band, hash, u32::MAX)];
        let mut members = self.buckets.range::<&[u8; BUCKET]>(&bounds[0]..=&bounds[1])?;
        let mut numbers = Vec::new();
        if let BucketPart::Last(count) = asked {
            numbers.extend(members.next().transpose()?.map(|(key, _)| number_in(key.value())));
            for member in members.rev().take(count) {
                numbers.push(number_in(member?.0.value()));
            }
            return Ok(numbers);
        }
        for member in members {
            numbers.push(number_in(member?.0.value()));
        }
        Ok(numbers)
    }

    /// An article.
    ///
    /// # Errors
    /// If there is none with this number, or it is not what was written.
    pub fn article(&self, number: u32) -> anyhow::Result<StoredArticle> {
        let mut stored = Vec::new();
        for part in self.articles.range(all_of(number))? {
            stored.extend_from_slice(part?.1.value());
        }
        let damage = || anyhow!("is damaged: it has no article {number}, or another one there");
        opened(number, &stored).ok_or_else(damage)
    }

    /// The articles that are in pairs with an article, each with the number of shared shingles.
    pub fn pairs_of(&self, number: u32) -> anyhow::Result<Vec<(u32, u32)>> {
        let of = self.pairs.range(all_of(number))?;
        of.map(|pair| Ok(pair.map(|(key, shared)| (key.value().1, shared.value()))?)).collect()
    }

    /// The article that stayed instead of this one: itself, unless it is a copy.
    pub fn kept(&self, number: u32) -> anyhow::Result<u32> {
        Ok(self.copies.get(number)?.map_or(number, |kept| kept.value()))
    }

    /// Adds articles. Returns the number of the first one; the others follow it.
    pub fn add(&mut self, articles: &[StoredArticle]) -> anyhow::Result<u32> {
        let first = self.next_number()?;
        let last = first.checked_add(u32::try_from(articles.len())?).context("has no numbers left")?;
        for (number, article) in (first..last).zip(articles) {
            for (part, bytes) in (0..).zip(sealed(number, article).chunks(PART)) {
                self.articles.insert((number, part), bytes)?;
            }
            self.keys.insert(key_of(&article.signature), number)?;
        }
        self.add_to_buckets(first, articles)?;
        Ok(first)
    }

    /// Adds articles to their buckets, in the order of the table, because this touches each of its pages once.
    fn add_to_buckets(&mut self, first: u32, articles: &[StoredArticle]) -> anyhow::Result<()> {
        let compared = (first..).zip(articles).filter(|(_, article)| !article.signature.is_short());
        let buckets = compared.flat_map(|(number, article)| {
            let bands = (0..).zip(article.signature.bands);
            bands.map(move |(band, hash)| bucket(band, hash, number))
        });
        let mut buckets: Vec<_> = buckets.collect();
        buckets.sort_unstable();
        for bucket in &buckets {
            self.buckets.insert(bucket, ())?;
        }
        Ok(())
    }

    /// Adds a pair of stored articles.
    pub fn add_pair(&mut self, pair: &ComparedPair) -> anyhow::Result<()> {
        let ([a, b], shared) = (pair.articles, u32::try_from(pair.shared)?);
        self.pairs.insert((a, b), shared)?;
        self.pairs.insert((b, a), shared)?;
        Ok(())
    }

    /// Says which article stayed instead of a copy.
    pub fn add_copy(&mut self, number: u32, kept: u32) -> anyhow::Result<()> {
        ensure!(number != kept, "an article cannot stay instead of itself");
        self.copies.insert(number, kept)?;
        Ok(())
    }
}

fn key_of(signature: &Signature) -> (u64, u32) {
    let (key, characters) = signature.whole();
    (key.bits(), characters)
}

/// All rows of an article.
fn all_of(number: u32) -> RangeInclusive<(u32, u32)> {
    (number, 0)..=(number, u32::MAX)
}

fn bucket(band: u8, hash: u32, number: u32) -> [u8; BUCKET] {
    const { assert!(BANDS <= 1 << u8::BITS) };
    let mut bytes = [band; BUCKET];
    bytes[1..5].copy_from_slice(&hash.to_be_bytes());
    bytes[5..].copy_from_slice(&number.to_be_bytes());
    bytes
}

fn number_in(bucket: &[u8; BUCKET]) -> u32 {
    bucket[5..].iter().fold(0, |number, byte| number << u8::BITS | u32::from(*byte))
}

/// The bytes of an article, with a checksum of its number and of them.
fn sealed(number: u32, article: &StoredArticle) -> Vec<u8> {
    let bytes = article.to_bytes();
    [&checksum(number, &bytes)[..], &bytes].concat()
}

/// The article in bytes, if they are what was written for this number.
fn opened(number: u32, stored: &[u8]) -> Option<StoredArticle> {
    let (sum, bytes) = stored.split_first_chunk::<CHECKSUM>()?;
    if *sum == checksum(number, bytes) { StoredArticle::from_bytes(bytes) } else { None }
}

fn checksum(number: u32, bytes: &[u8]) -> [u8; CHECKSUM] {
    let mut sum = crc32fast::Hasher::new();
    sum.update(&number.to_le_bytes());
    sum.update(bytes);
    sum.finalize().to_le_bytes()
}

#[cfg(test)]
mod tests {
    use redb::Database;
    use redb::backends::InMemoryBackend;

    use super::*;
    use crate::corpus::Shingles;

    /// An article that has nothing in common with the others.
    fn article(number: u32) -> StoredArticle {
        let text: String =
            (0..100).map(|line| format!("{number}年{line}月，{}號攤位。", number * line)).collect();
        StoredArticle { name: "n".into(), signature: Signature::of(&text), shingles: Shingles::of(&text) }
    }

    fn database() -> Database {
        Database::builder().create_with_backend(InMemoryBackend::new()).unwrap()
    }

    #[test]
    fn what_is_added_is_found() {
        let database = database();
        let adding = database.begin_write().unwrap();
        let mut tables = IndexTables::open(&adding).unwrap();
        let articles: Vec<StoredArticle> = (0..20).map(article).collect();
        assert!(tables.is_empty().unwrap());
        assert_eq!(tables.add(&articles[..7]).unwrap(), 0);
        assert_eq!(tables.add(&articles[7..]).unwrap(), 7);
        for (number, article) in (0..).zip(&articles) {
            assert_eq!(&tables.article(number).unwrap(), article);
            assert_eq!(tables.with_key_of(&article.signature).unwrap(), Some(number));
            let asked = |asked| tables.bucket(31, article.signature.bands[31], asked).unwrap();
            assert_eq!((asked(BucketPart::All), asked(BucketPart::Last(8))), (vec![number], vec![number]));
        }
        assert!(tables.article(20).is_err());
        tables.add_pair(&ComparedPair { articles: [3, 5], counts: [9, 9], shared: 8 }).unwrap();
        tables.add_copy(5, 3).unwrap();
        assert_eq!((tables.pairs_of(3).unwrap(), tables.pairs_of(5).unwrap()), (vec![(5, 8)], vec![(3, 8)]));
        assert_eq!((tables.kept(3).unwrap(), tables.kept(5).unwrap()), (3, 3));
    }

    #[test]
    fn a_large_bucket_gives_its_first_and_its_last_articles() {
        let database = database();
        let adding = database.begin_write().unwrap();
        let mut tables = IndexTables::open(&adding).unwrap();
        let same = article(1);
        tables.add(&vec![same.clone(); 300]).unwrap();
        let hash = same.signature.bands[0];
        assert_eq!(tables.bucket(0, hash, BucketPart::Last(3)).unwrap(), [0, 299, 298, 297]);
        assert_eq!(tables.bucket(0, hash, BucketPart::All).unwrap(), (0..300).collect::<Vec<u32>>());
        assert_eq!(tables.bucket(1, hash, BucketPart::All).unwrap(), [0; 0]);
    }

    /// The size that docs/scale.md tells.
    #[test]
    fn an_article_takes_little_room() {
        const ARTICLES: u32 = 500;
        let database = database();
        let adding = database.begin_write().unwrap();
        let articles: Vec<StoredArticle> = (0..ARTICLES).map(article).collect();
        IndexTables::open(&adding).unwrap().add(&articles).unwrap();
        let stats = adding.stats().unwrap();
        let shingles: usize = articles.iter().map(|article| article.shingles.count()).sum();
        let pages = stats.allocated_pages() * stats.page_size() as u64;
        let rest = pages as f64 - shingles as f64 * 3.1;
        let each = rest / f64::from(ARTICLES);
        assert!((100.0..900.0).contains(&each), "{each} bytes, {shingles} shingles, {stats:?}");
    }
}
