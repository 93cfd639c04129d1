//! What is known of the articles of a collection, in bounded memory: numbers and names stand in temporary files, and what is
//! compared is sorted there. It gives what `corpus::Comparison` gives for a collection that fits into memory.

mod articles;
mod comparing;
mod partners;
mod signing;
#[cfg(test)]
mod tests;
mod waiting;

pub(super) use articles::Articles;
pub(super) use comparing::{Comparing, Found};
pub(super) use partners::NeededTexts;
pub(super) use signing::Signing;
