//! What formats read and write: records.

use std::ops::Range;

/// What stands in an input, in order.
#[derive(Debug)]
pub(crate) enum Entry {
    /// A record that holds an article.
    Record(Record),
    /// A record that does not. It is left out of the output.
    Faulty(Failure),
    /// Bytes that belong to no record, and come through as they are.
    Verbatim(Vec<u8>),
}

/// A record: what is to be known of it, and what it takes to write it back byte for byte.
#[derive(Debug)]
pub(crate) struct Record {
    /// What reports call it: its id, else the input's path, with the line where the input has many records.
    pub name: String,
    /// The name is an id that the record has.
    pub has_id: bool,
    /// The title, where the record has one beside the text.
    pub title: Option<String>,
    /// The article.
    pub text: String,
    /// The record as it was read; empty where it is the text and nothing else.
    pub source: String,
    /// Where the text's value stands in `source`.
    pub place: Range<usize>,
}

/// What changes in a record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Change<'c> {
    /// The text that it gets.
    pub text: &'c str,
    /// The fields that it gets as well.
    pub added: &'c [AddedField],
}

/// A field that is written beside the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AddedField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub json: String,
}

/// The names of the fields that are read.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// The field that holds the article.
    pub text: String,
    /// The field that names the record in reports.
    pub id: String,
    /// The field that holds the article's title.
    pub title: Option<String>,
    /// A field that is added, and that records must not have.
    pub added: Option<String>,
}

/// An input or a record that could not be processed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// What reports call it.
    pub name: String,
    /// What is wrong, and where.
    pub message: String,
}
