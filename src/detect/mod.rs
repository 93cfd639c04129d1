//! Detectors find lines that match a rule, lines that repeat, and the probability that a line is boilerplate.
//! They give facts and numbers about an immutable view. No detector decides that a line goes: `decide` does.

pub(crate) mod caption;
pub(crate) mod classifier;
mod containment;
pub(crate) mod duplicates;
mod finding;
pub(crate) mod headline;
pub(crate) mod learned;
pub(crate) mod patterns;
pub(crate) mod residue;
mod words;

pub use finding::How;
pub(crate) use finding::{Because, Finding};

/// A counter of the steps of comparison. Only tests count.
#[cfg(not(test))]
mod work {
    #[inline]
    pub(super) fn count(_steps: usize) {}
}
#[cfg(test)]
#[path = "../../tests/support/work.rs"]
mod work;
