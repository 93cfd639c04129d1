//! The Traditional form of a Simplified character beside its neighbours. The choice uses counts of what writers of a
//! region use (`dictionaries/variants`), the article's own usage, and the phrase dictionaries.

mod cantonese;
#[cfg(test)]
mod compile;
mod covering;
mod decision;
mod explain;
mod image;
mod index;
mod neighbours;
mod phrases;
mod posterior;
mod precomputed;
mod region_evidence;
mod styles;
mod table;
mod telling_words;
mod usage;
mod variant_counts;
mod weights;

pub(crate) use decision::Case;
pub(crate) use explain::{ChoiceSource, Reason, explain};
pub(crate) use phrases::{decided_by_phrases, simplified_by_phrases, simplified_in_phrase};
pub(crate) use posterior::{CharacterPlace, choose};
pub(crate) use region_evidence::{LeaningForm, leaning_forms, region_numbers, strength};
pub(crate) use styles::are_one_word;
pub(crate) use table::{counted, only_form};
pub(crate) use telling_words::TellingWords;
pub(crate) use usage::Usage;
pub(crate) use weights::weights;
