//! Evidence of the classifier in words: the features that weigh most for a label, and the meaning of each.

mod contributions;
mod terms;
mod wording;

pub(super) use contributions::strongest;
