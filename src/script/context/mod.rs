//! Which Traditional form a Simplified character has beside its neighbours: chosen by counts of what writers
//! of a region use (`dictionaries/context`), the article's own usage, and the phrase dictionaries.

mod choice;
#[cfg(test)]
mod compile;
mod explain;
mod forms;
mod image;
mod index;
mod lean;
mod neighbours;
mod table;
mod told;
mod usage;
mod weights;

pub(crate) use choice::{Place, choose, chosen};
pub(crate) use explain::{Reason, Source, explain};
pub(crate) use forms::Region;
pub(crate) use lean::{LeaningForm, leaning_forms, region_numbers};
pub(crate) use table::{counted, only_form};
pub(crate) use usage::Usage;
pub(crate) use weights::weights;
