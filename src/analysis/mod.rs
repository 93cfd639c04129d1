//! The analysis of each line by itself: its comparison key, its shape, and the counts of its characters. The
//! view has all lines of a document with their analysis.

mod bigrams;
mod body_text;
mod character;
mod fold;
mod line_list;
mod markup;
mod position;
mod rejoin;
mod shape;
mod survey;
mod view;

pub(crate) use body_text::{BodyText, SURELY_BODY_TEXT};
pub use fold::{FOLD_VERSION, fold};
pub(crate) use fold::{fold_character, fold_onto};
pub use line_list::LineList;
pub(crate) use position::{LineNo, Rank, Ranked, Row};
pub(crate) use rejoin::whole_lines;
pub(crate) use shape::{code_lines, is_provision};
pub(crate) use survey::{Kinds, Survey};
pub(crate) use view::{Folded, View, ViewLine};
