//! The units that formats read and write: records.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;

use super::input::Input;
use super::parquet::ParquetRow;
use super::reading::Notice;
use super::site::Site;

/// The parts of an input, in order.
#[derive(Debug)]
pub(crate) enum Entry {
    /// A record that contains an article.
    Record(InputRecord),
    /// A record that contains no article. It is left out of the output.
    Faulty(Failure),
    /// Something that is told of the input.
    Notice(Notice),
    /// Bytes that do not belong to a record. They are copied unchanged.
    Verbatim(Vec<u8>),
}

/// A record: its data, and everything that is needed to write it back byte for byte.
#[derive(Debug)]
pub(crate) struct InputRecord {
    /// The name in reports: the record's id, else the input's path. If the input has many records, the line is added to
    /// the path.
    pub name: String,
    /// The line of the input in which the record begins, from 1; `None` if the input is one text, or is not read by
    /// lines.
    pub line: Option<u64>,
    /// Whether the name is an id from the record.
    pub has_id: bool,
    /// The title, if the record has one in addition to the text.
    pub title: Option<String>,
    /// Byte range of the title's value in `source`; `None` if it is not written back.
    pub title_place: Option<Range<usize>>,
    /// The source of the article.
    pub site: Site,
    /// The date of the article, as its field says.
    pub date: Option<Box<str>>,
    /// The article.
    pub text: String,
    /// Whether `text` is no longer what `source` holds, because it was repaired or read as HTML.
    pub repaired: bool,
    /// The HTML of the page whose text `text` is, if it is that of a page.
    pub page: Option<Box<str>>,
    /// The record as it was read; empty if it consists only of the text.
    pub source: String,
    /// Byte range of the text's value in `source`.
    pub place: Range<usize>,
    /// The row of a table as it was read, if the record is one. It has no `source`.
    pub row: Option<ParquetRow>,
}

/// The changes to a record.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RecordChange<'c> {
    /// The new text.
    pub text: &'c str,
    /// The new title, if the record has one.
    pub title: Option<&'c str>,
    /// The fields to add.
    pub added: &'c [AddedField],
}

impl InputRecord {
    /// A record that consists only of a text.
    pub fn of_text(name: String, text: String) -> Self {
        Self {
            name,
            line: None,
            has_id: false,
            title: None,
            title_place: None,
            site: Site::default(),
            date: None,
            text,
            repaired: false,
            page: None,
            source: String::new(),
            place: 0..0,
            row: None,
        }
    }

    /// Who published the article, as far as that is known: its source, else the host of its address, else the file of
    /// the record, or the folder of the text.
    pub fn publisher<'r>(&'r self, input: &'r Input) -> Cow<'r, str> {
        let site = self.site.name.as_deref().or(self.site.host.as_deref());
        let place = || if self.has_fields() { input.name().into() } else { publisher(input) };
        site.map_or_else(place, Cow::Borrowed)
    }

    /// Whether the text is a field of the record.
    pub fn has_fields(&self) -> bool {
        !self.source.is_empty() || self.row.is_some()
    }

    /// Whether the title is a field of the record, so that it is written back.
    pub fn has_title_field(&self) -> bool {
        self.title_place.is_some() || self.row.as_ref().is_some_and(ParquetRow::has_title)
    }

    /// The text that is written, unless it stays as it was read.
    pub fn new_text<'c>(&self, change: &RecordChange<'c>) -> Option<&'c str> {
        (self.repaired || change.text != self.text).then_some(change.text)
    }

    /// The title that is written, unless it stays as it was read.
    pub fn new_title<'c>(&self, change: &RecordChange<'c>) -> Option<&'c str> {
        change.title.filter(|title| self.has_title_field() && self.title.as_deref() != Some(*title))
    }

    /// What a change writes into the source: places, in order, and their new values.
    pub fn edits<'c>(&self, change: &RecordChange<'c>) -> Vec<(Range<usize>, &'c str)> {
        let text = self.new_text(change).map(|text| (self.place.clone(), text));
        let title = self.new_title(change).and_then(|title| Some((self.title_place.clone()?, title)));
        let mut edits: Vec<_> = text.into_iter().chain(title).collect();
        edits.sort_unstable_by_key(|(place, _)| place.start);
        edits
    }
}

/// Who published the only text of an input, as far as that is known: its folder.
pub(crate) fn publisher(input: &Input) -> Cow<'_, str> {
    let Some(path) = input.path() else { return input.name().into() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_string_lossy()
}

/// A field that is written in addition to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AddedField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub json: String,
}

/// The names of the fields to read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields {
    /// The field that contains the article. It is guessed if it is not named.
    pub text: Option<String>,
    /// The field that names the record in reports.
    pub id: String,
    /// The field that contains the article's title.
    pub title: Option<String>,
    /// The field that names the source of the article.
    pub source: Option<String>,
    /// The field that contains the address of the article, whose host is its source.
    pub url: Option<String>,
    /// The field that contains the date of the article.
    pub date: Option<String>,
    /// A field to add. Records must not have it already.
    pub added: Option<String>,
    /// The options that a configuration gives. What they name need not be in each input.
    pub configured: Vec<&'static str>,
}

impl Fields {
    /// The usual field that names a record.
    pub const ID: &'static str = "id";

    /// The usual field that contains the address of the article.
    pub const URL: &'static str = "url";

    /// The fields beside the text that the command line names, each with its option.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let id = Some(("--id-field", self.id.as_str())).filter(|(_, name)| *name != Self::ID);
        let named = id.into_iter().chain(self.title.as_deref().map(|name| ("--title-field", name)));
        let named = named.chain(self.date.as_deref().map(|name| ("--date-field", name)));
        named.filter(|(option, _)| !self.configured.contains(&option.trim_start_matches('-')))
    }
}

/// An input or a record that could not be processed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The name in reports.
    pub name: String,
    /// The error, and its place.
    pub message: String,
    /// The record as it was read. An input that could not be read has none.
    pub source: Option<Vec<u8>>,
}
