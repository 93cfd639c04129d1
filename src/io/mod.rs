//! Reads articles and writes results. No other code touches files.

mod backup;
mod compression;
mod delimited;
mod encoding;
mod existing;
mod expansion;
mod fields;
mod format;
mod guarded;
mod html;
mod input;
mod json;
mod jsonl;
mod kinds;
mod limit;
mod misnamed;
mod mojibake;
mod object;
mod ordered;
mod output;
mod parquet;
mod partial;
mod reading;
mod record;
mod row;
mod scanner;
mod shown;
mod site;
mod sniff;
mod spill;
mod stream;
mod text;
mod unique;

pub(crate) use backup::back_up;
pub(crate) use compression::Compression;
#[cfg(test)]
pub(crate) use encoding::decode;
pub(crate) use encoding::{Encoding, UTF_8, UnencodableCharacter, by_label, encode, mark};
pub(crate) use existing::{beginning, existing_text};
pub(crate) use format::{BATCH, Batch, FORMATS, Format, Reader, Writer};
pub(crate) use guarded::guarded;
pub(crate) use html::{PagePart, SourceRanges};
pub(crate) use input::{Input, InputError, Stamp};
pub(crate) use limit::MaxRecord;
pub(crate) use mojibake::{found, repaired};
pub(crate) use ordered::in_order;
pub(crate) use output::{Output, Packed, replace_file};
pub(crate) use parquet::{Column, ColumnType, Table, TableForm, TableWriter};
pub(crate) use partial::{
    Opening, Partial, complete_partial_file, discard_partial_files, is_work_file, journal_of, locked,
};
pub(crate) use reading::{Notice, Notices, Reading};
pub(crate) use record::{AddedField, Entry, Failure, Fields, InputRecord, RecordChange, publisher};
pub(crate) use shown::ShownPath;
pub(crate) use site::Site;
pub(crate) use spill::{BytesFile, Row, RowFile, Rows, Sorter, SpillFolder, grouped, halves, whole};
pub(crate) use stream::OpenedInput;
pub(crate) use text::is_markdown;
