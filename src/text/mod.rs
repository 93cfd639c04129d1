//! The lowest layer: text, its lines and spans, and properties of characters that need no dictionary.

mod bloom;
mod character_table;
mod document;
mod fence;
mod front_matter;
mod han;
pub(crate) mod hash;
pub(crate) mod list_marker;
pub(crate) mod numerals;
mod text_hash;
mod word_list;

pub(crate) use bloom::{BloomFilter, FixedBloomFilter};
pub(crate) use character_table::CharacterTable;
#[cfg(feature = "cli")]
pub(crate) use document::has_more_lines;
pub use document::{Document, Line, Span};
pub(crate) use fence::{CodeBlocks, FENCE, marks};
pub(crate) use front_matter::FrontMatter;
pub(crate) use han::is_han;
pub use text_hash::TextHash;
pub(crate) use word_list::list_entries;
