//! Relations between lines that say the same, in either script and with any punctuation: equal lines,
//! near-duplicates, lines whose wording another line contains, blocks that occur twice, and the page's title
//! above the headline.

mod added_text;
pub(crate) mod block;
mod caption_alignment;
pub(crate) mod contained_lines;
pub(crate) mod core_text;
pub(crate) mod document_type;
pub(crate) mod line_kind;
mod match_boundary;
pub(crate) mod near_duplicate;
pub(crate) mod page_title;
mod table_of_contents;
pub(crate) mod verse;
mod wrapping;

use super::work;
