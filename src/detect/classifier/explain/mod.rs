//! Evidence of the classifier in words: the features that speak most for a label, and what each of them stands for.

mod contributions;
mod terms;
mod wording;

pub(super) use contributions::strongest;
