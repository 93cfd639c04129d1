//! Exemptions: lines that are kept, whatever a detector says about them. The wrong removal of a line is worse
//! than a line that is left.

mod amid_sentence;
pub(crate) mod classifier;
pub(crate) mod duplicate;
pub(super) mod kept;
mod mentioned;
mod misread;
mod pair;
pub(crate) mod pattern;
mod quotation;
pub(super) mod telephone;
mod word_lists;

pub(crate) use mentioned::MentionedBoilerplate;
pub(crate) use pair::RepeatPair;
