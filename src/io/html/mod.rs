//! HTML: one article a page. The result is text.

mod charset;
mod element;
mod lines;
mod page;
mod source_ranges;
mod tags;
mod tree;
mod visible;

pub(crate) use page::PagePart;
pub(crate) use source_ranges::SourceRanges;

use super::encoding::Decoded;
use super::format::Format;
use super::input::Input;
use super::reading::{Notice, Reading};
use super::record::{Entry, Failure, InputRecord};
use super::sniff::Beginning;
use super::text::one_record;
use charset::decode_page;
use page::ReadPage;

/// The row of the table of formats.
pub(super) const FORMAT: Format = Format {
    name: "html",
    title: "HTML",
    help: "HTML: the article of a page; the result is text",
    endings: &["html", "htm", "xhtml"],
    has_fields: false,
    adds_fields: false,
    is_one_text: false,
    is_written: false,
    is_joinable: true,
    is_binary: false,
    fits: |beginning: &Beginning| is_page(beginning.text),
    reader: |stream| one_record(stream, entries),
};

/// The most bytes of a page. The parser counts them in 32 bits.
const LARGEST: usize = 1 << 30;

/// The record of a page, and what is told of it.
fn entries(bytes: &[u8], input: &Input, reading: &Reading) -> Vec<Entry> {
    let name = input.name();
    match decode_page(bytes, input, reading) {
        Ok(Decoded { text, notices }) => {
            let mut record = InputRecord::of_text(name.clone(), text);
            let remark = match record.read_page(reading.html.unwrap_or(PagePart::Main)) {
                Ok(remark) => remark.map(|remark| Notice::Remark(format!("{input}: {remark}"))),
                Err(reason) => {
                    return vec![Entry::Faulty(Failure {
                        name,
                        message: format!("{input}: {reason}"),
                        source: None,
                    })];
                }
            };
            let notices = notices.into_iter().chain(remark).map(Entry::Notice);
            notices.chain([Entry::Record(record)]).collect()
        }
        Err(error) => vec![Entry::Faulty(Failure { name, message: error.to_string(), source: None })],
    }
}

impl InputRecord {
    /// Replaces the text, which is HTML, by the text of its page. Returns what is to be said of it.
    ///
    /// # Errors
    /// If the page is too large for the parser.
    pub fn read_page(&mut self, part: PagePart) -> Result<Option<&'static str>, &'static str> {
        if self.text.len() > LARGEST {
            return Err("a page of more than 1 GB is not read as HTML");
        }
        let page = ReadPage::of(&self.text, part);
        self.title = self.title.take().or(page.title);
        self.page = Some(std::mem::replace(&mut self.text, page.text).into());
        self.repaired = true;
        Ok(page.remark)
    }

    /// Whether the text is obviously a page of HTML.
    pub fn holds_page(&self) -> bool {
        is_page(&self.text)
    }
}

/// Whether a text is a page, behind comments and the declaration of XML.
fn is_page(text: &str) -> bool {
    let mut text = text.trim_start_matches('\u{FEFF}').trim_start();
    while let Some((open, close)) =
        [("<!--", "-->"), ("<?xml", "?>")].into_iter().find(|(open, _)| text.starts_with(open))
    {
        let Some((_, behind)) = text[open.len()..].split_once(close) else { return false };
        text = behind.trim_start();
    }
    let beginnings = ["<!doctype html", "<html", "<head>", "<head ", "<body>", "<body "];
    beginnings
        .iter()
        .any(|known| text.get(..known.len()).is_some_and(|beginning| beginning.eq_ignore_ascii_case(known)))
}
