//! Exemptions: lines that stay, whatever a detector takes them for. A line wrongly removed is worse than one left.

pub(crate) mod classifier;
pub(crate) mod duplicate;
pub(super) mod kept;
mod pair;
pub(crate) mod pattern;
mod quotation;
mod spoken_of;

pub(crate) use pair::RepeatPair;
pub(crate) use spoken_of::SpokenOf;
