//! Collections of articles: which articles are copies of one another, and what a site prints on many pages.
//!
//! # Copies
//!
//! Two articles are compared by their keys ([`fold`](crate::fold)), so script, region, width and punctuation do not
//! count. The work has four steps, so that a collection need not fit into memory:
//!
//! 1. Each article gets a [`Signature`] of fixed size, and a [`Collection`] keeps it.
//! 2. A [`Comparison`] finds the pairs whose signatures agree somewhere. Most of them are copies.
//! 3. It gets the [`Shingles`] of these articles alone, in any order, and measures each pair.
//! 4. [`Comparison::duplicates`] says which articles are copies, and of which article.
//!
//! [`duplicates`] does all of this with texts in memory:
//!
//! ```
//! use qingwen::corpus::{DuplicateKind, DedupOptions, duplicates};
//! let story = "老街的夜市上個月搬到了河堤旁邊。攤販們說，新的地方比較寬，下雨的時候也有屋頂可以躲，只是離車站遠了一些，\
//!              老客人要走上十分鐘才會到。市府說，年底以前會加開兩班公車。";
//! let copy = "老街的夜市上个月搬到了河堤旁边。摊贩们说，新的地方比较宽，下雨的时候也有屋顶可以躲，只是离车站远了一些，\
//!             老客人要走上十分钟才会到。市府说，年底以前会加开两班公车！";
//! let found = duplicates([story, "別的文章。", copy], &DedupOptions::default());
//! assert_eq!((found.len(), found[0].article, found[0].of), (1, 2, 0));
//! assert_eq!((found[0].kind, found[0].similarity), (DuplicateKind::OtherScript, 1.0));
//! ```
//!
//! # What a site prints on many pages
//!
//! [`learn()`] finds the lines that are on many pages of a source and do not belong to the articles. A
//! [`CorpusModel`] holds them, and
//! [`CleanerBuilder::corpus_model`](crate::clean::CleanerBuilder::corpus_model) removes them. [`PageCounts`],
//! a [`PageReader`] and a [`Learner`] do the same for a collection that does not fit into memory.
//!
//! # In parts
//!
//! Several machines may read parts of a collection. The values that they produce have accessors, and can be
//! made again from the content of a file: [`Signature`], [`Shingles`] and [`CountedPage`].

mod candidates;
mod clusters;
mod collection;
mod compared_texts;
mod comparison;
mod disjoint_sets;
mod duplicate;
mod excerpts;
mod found_pairs;
mod key;
mod learn;
mod min_hash;
mod paragraphs;
mod shingles;
mod signature;
#[cfg(feature = "cli")]
mod stored;
mod survivor;

pub use crate::detect::learned::{
    CorpusModel, CorpusModelError, LearnedLine, LineCounts, LineVerdict, SourceLines,
};
pub use candidates::BUCKET_NEIGHBOURS;
pub use collection::Collection;
pub use compared_texts::ComparedTexts;
pub use comparison::{ComparedPair, Comparison, Thresholds};
pub use duplicate::{Duplicate, DuplicateKind};
pub use key::SHORTEST_KEY;
pub use learn::{
    CountedLine, CountedPage, CountedRow, LearnOptions, LearnThresholds, Learner, PageCounter, PageCounts,
    PageLines, PageReader, PageReading, RemovedAs, Review, learn,
};
pub use paragraphs::{
    ArticleParagraphs, ParagraphCounts, ParagraphOptions, RepeatedParagraph, RepeatedParagraphs,
};
pub use shingles::Shingles;
#[cfg(feature = "cli")]
pub(crate) use signature::BANDS;
pub use signature::Signature;
#[cfg(feature = "cli")]
pub(crate) use stored::StoredArticle;
pub use survivor::{Date, Keep};

#[cfg(feature = "cli")]
pub(crate) use {candidates::BucketPairs, clusters::ArticleFacts, found_pairs::FoundPairs};

/// The conditions for a copy, and the choice of the copy that is kept.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DedupOptions {
    /// The least similarity and containment of two articles that are copies.
    pub thresholds: Thresholds,
    /// The choice of the copy that is kept.
    pub keep: Keep,
}

/// The articles that are copies of others, in the order of the texts. Their numbers begin at 0.
///
/// The [module](self) has an example.
pub fn duplicates<'t>(texts: impl IntoIterator<Item = &'t str>, options: &DedupOptions) -> Vec<Duplicate> {
    let texts: Vec<&str> = texts.into_iter().collect();
    let mut collection = Collection::default();
    texts.iter().for_each(|text| collection.add(Signature::of(text)));
    let mut comparison = Comparison::new(collection, options.thresholds);
    for (number, text) in texts.iter().enumerate() {
        if comparison.needs(number) {
            comparison.add(number, Shingles::of(text));
        }
    }
    comparison.duplicates(options.keep)
}
