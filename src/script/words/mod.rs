//! Where a region's word stands in a text as that word, in the sense in which the region has another: clauses are cut
//! into words, and words with several senses are told by their company (`dictionaries/words`).

mod company;
#[cfg(test)]
mod compile;
mod layout;
mod lexicon;
mod regional;
mod segment;
mod senses;

pub(crate) use company::{Company, Within};
pub(crate) use regional::{Found, RegionalWords};
pub(crate) use segment::stands;
