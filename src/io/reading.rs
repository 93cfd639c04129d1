//! How inputs are read, and what is told of reading them.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::encoding::Encoding;
use super::format::Format;
use super::html::PagePart;
use super::limit::MaxRecord;
use super::record::Fields;

/// How inputs are read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reading {
    /// The format, if it is given.
    pub format: Option<&'static Format>,
    /// The encoding, if it is given.
    pub encoding: Option<&'static Encoding>,
    /// Whether a byte that cannot be decoded is an error. Otherwise it is replaced by U+FFFD.
    pub strict: bool,
    /// Whether text in formats that are not known is taken as it is. It is, if characters are only converted.
    pub literal: bool,
    /// Whether text that was decoded in a wrong encoding is repaired.
    pub repair_mojibake: bool,
    /// The part of pages that is read, if it is given. Then the text's field of a record holds a page too.
    pub html: Option<PagePart>,
    /// The most bytes of a record.
    pub max_record: MaxRecord,
    /// The names of the fields of records.
    pub fields: Fields,
    /// Counts the bytes that are read, as they stand in files.
    pub read: Arc<AtomicU64>,
}

/// Something that is told of an input, and is no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Notice {
    /// The encoding of what follows.
    Encoding(&'static Encoding),
    /// How the input is read. It may be left out.
    Remark(String),
    /// How the input may be read better. It is told once for an input.
    Advice(String),
    /// What is wrong with the input.
    Warning(String),
}

/// Collects notices while an input is read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Notices(Rc<RefCell<Vec<Notice>>>);

impl Notices {
    /// Adds a notice.
    pub fn add(&self, notice: Notice) {
        self.0.borrow_mut().push(notice);
    }

    /// Takes all notices.
    pub fn take(&self) -> Vec<Notice> {
        self.0.take()
    }
}
