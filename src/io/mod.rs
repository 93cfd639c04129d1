//! Reading articles and writing results: the only code that touches files.

mod input;
mod jsonl;
mod output;
mod pump;

pub(crate) use input::Input;
pub(crate) use jsonl::{Fields, Record};
pub(crate) use output::{Output, replace_file};
pub(crate) use pump::{Stopped, pump};
