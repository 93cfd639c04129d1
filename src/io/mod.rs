//! Reads articles and writes results. No other code touches files.

mod backup;
mod compression;
mod delimited;
mod encoding;
mod existing;
mod fields;
mod format;
mod input;
mod json;
mod jsonl;
mod kinds;
mod mojibake;
mod object;
mod ordered;
mod output;
mod reading;
mod record;
mod row;
mod sniff;
mod stream;
mod text;

pub(crate) use backup::back_up;
pub(crate) use compression::Compression;
pub(crate) use encoding::{Encoding, UTF_8, Unencodable, by_label, encode, mark};
pub(crate) use existing::{beginning, existing_text};
pub(crate) use format::{BATCH, Batch, FORMATS, Format, Reader, Writer};
pub(crate) use input::Input;
pub(crate) use mojibake::{found, repaired};
pub(crate) use ordered::in_order;
pub(crate) use output::{Output, Packed, replace_file};
pub(crate) use reading::{Notice, Notices, Reading};
pub(crate) use record::{AddedField, Change, Entry, Failure, Fields, Record};
pub(crate) use stream::Opened;
