//! The conversion engine: chains of dictionaries compiled into flat tables, and the loop that runs them.
//!
//! The build script compiles OpenCC's configurations with these very modules and embeds the tables; at run
//! time they compile users' dictionaries. So nothing here refers to the rest of the crate but its parsers.

mod block;
mod compile;
mod cut;
mod hash;
mod image;
mod images;
mod marks;
mod notes;
mod plan;
mod scan;
mod sink;
mod tables;
mod traits;

pub(crate) use compile::{Dictionaries, winning_keys};
pub(crate) use image::Aligned;
#[allow(unused_imports)] // The build script's.
pub(crate) use images::Images;
#[allow(unused_imports)] // Not the build script's.
pub(crate) use marks::{Four, place_in_plane, place_of_three};
pub(crate) use notes::Note;
pub(crate) use plan::{Plan, Scratch};
pub(crate) use scan::Token;
pub(crate) use tables::{Found, Tables};
