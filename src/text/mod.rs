//! The ground floor: text, its lines and spans, and what is known of characters without any dictionary.

mod character_table;
mod document;
mod fence;
mod han;
pub(crate) mod hash;

pub(crate) use character_table::CharacterTable;
pub use document::{Document, Line, Span};
pub(crate) use fence::{CodeBlocks, FENCE, marks};
pub(crate) use han::{is_han, is_han_numeral};
