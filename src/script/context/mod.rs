//! Which Traditional form a Simplified character has beside its neighbours: chosen by counts of what writers
//! of a region use (`dictionaries/context`), the article's own usage, and the phrase dictionaries.

mod cantonese;
mod choice;
#[cfg(test)]
mod compile;
mod covering;
mod decision;
mod explain;
mod forms;
mod image;
mod index;
mod lean;
mod neighbours;
mod phrases;
mod styles;
mod table;
mod told;
mod usage;
mod weights;

pub(crate) use choice::{Place, choose};
pub(crate) use decision::Case;
pub(crate) use explain::{Reason, Source, explain};
pub(crate) use forms::Region;
pub(crate) use lean::{LeaningForm, leaning_forms, region_numbers};
pub(crate) use phrases::{decided_by_phrases, simplified_by_phrases, simplified_in_phrase};
pub(crate) use styles::are_one_word;
pub(crate) use table::{counted, only_form};
pub(crate) use usage::Usage;
pub(crate) use weights::weights;
