//! The conversion engine: chains of dictionaries compiled into flat tables, and the loop that runs them.
//!
//! The build script compiles OpenCC's configurations with these same modules and embeds the tables. At run time the
//! modules compile users' dictionaries. So nothing here refers to the rest of the crate except its parsers.

mod block;
mod char_table;
mod compile;
mod cut;
mod hash;
mod image;
mod notes;
mod output_buffer;
mod plan;
mod scan;
mod serialize;
mod table_properties;
mod tables;
mod token;

#[allow(unused_imports)] // Not used by the build script.
pub(crate) use char_table::{Four, place_in_plane, place_of_three};
pub(crate) use compile::{Dictionaries, winning_keys};
pub(crate) use image::Aligned;
pub(crate) use notes::Note;
pub(crate) use plan::{ChainPlan, Scratch};
#[allow(unused_imports)] // Only used by the build script.
pub(crate) use serialize::Images;
pub(crate) use tables::{FoundKey, Tables};
pub(crate) use token::Token;
