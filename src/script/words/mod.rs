//! Finds where a region's word occurs in a text as a word, in the sense that the region expresses by another word.
//! Clauses are cut into words, and the sense of words with several senses is decided by their company
//! (`dictionaries/words`).

mod company;
#[cfg(test)]
mod compile;
mod layout;
mod lexicon;
mod regional;
mod segment;
mod senses;

pub(crate) use company::{Company, Within};
pub(crate) use regional::{FoundWord, RegionalLexicon};
pub(crate) use segment::stands;
