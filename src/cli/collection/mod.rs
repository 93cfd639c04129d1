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

/// The upper and the lower half of a number, as numbers of a row.
fn halves(number: u64) -> [u32; 2] {
    [(number >> 32) as u32, number as u32]
}

/// The number with these halves.
fn whole([upper, lower]: [u32; 2]) -> u64 {
    u64::from(upper) << 32 | u64::from(lower)
}
