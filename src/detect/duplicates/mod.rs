//! Relations between lines: which say the same as others, whichever script and punctuation they use. Equal lines, near
//! duplicates, lines whose wording another line holds, blocks that stand twice, and the page's title above the headline.

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

use super::work;
