//! Collections: copies of articles, and what a site prints on many pages. The values of each article or line are columns, so
//! that an engine can group them.

mod copies;
mod learning;
mod rows;
mod signing;

pub use copies::{duplicates, shared};
pub use learning::{count_lines, join_models, learn};
pub use signing::sign;
