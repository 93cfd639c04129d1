//! Reads articles and writes results. No other code touches files.

mod format;
mod input;
mod jsonl;
mod ordered;
mod output;
mod record;
mod text;

pub(crate) use format::{BATCH, Batch, FORMATS, Format, Reader, Writer};
pub(crate) use input::Input;
pub(crate) use ordered::in_order;
pub(crate) use output::{Output, replace_file};
pub(crate) use record::{AddedField, Change, Entry, Failure, Fields, Record};
