//! Reading articles and writing results: the only code that touches files.

mod input;
mod jsonl;
mod ordered;
mod output;

pub(crate) use input::Input;
pub(crate) use jsonl::{Fields, Record};
pub(crate) use ordered::in_order;
pub(crate) use output::{Output, replace_file};
