//! Tells what an input is, by its content and its name.

use super::format::{FORMATS, Format};
use super::kinds::{self, BINARY, ContentKind, NOT_JSON, UNMARKED};
use super::{html, json, jsonl};

/// What an input is.
pub(super) enum Seen {
    /// An input that is read.
    Format(&'static Format),
    /// An input that is not read.
    Kind(&'static ContentKind),
}

/// The beginning of an input.
pub(crate) struct Beginning<'b> {
    /// The ending of the file's name without that of its compression, in lower case.
    pub ending: Option<&'b str>,
    /// The bytes.
    pub bytes: &'b [u8],
    /// The same as text.
    pub text: &'b str,
    /// Whether it is all of the input.
    pub complete: bool,
    /// Whether its encoding is given.
    pub encoded: bool,
}

impl Beginning<'_> {
    /// What the input is. Content decides where its form is certain, else the name.
    pub(super) fn seen(&self) -> Seen {
        if self.text.trim_start_matches('\u{FEFF}').trim().is_empty() {
            return Seen::Format(self.by_name().unwrap_or(Format::text()));
        }
        if let Some(format) = FORMATS.iter().find(|format| format.is_binary && (format.fits)(self)) {
            return Seen::Format(format);
        }
        if let Some(kind) = self.binary() {
            return Seen::Kind(kind);
        }
        match self.by_name() {
            // A page or a PDF under such a name is no record.
            Some(format) if format.has_fields && !self.is_page() => {
                match kinds::by_content(self.bytes, self.text) {
                    Some(kind) => Seen::Kind(kind),
                    None => self.of_json(format),
                }
            }
            _ => self.by_content(),
        }
    }

    fn by_name(&self) -> Option<&'static Format> {
        Format::by_ending(self.ending?)
    }

    fn is_page(&self) -> bool {
        (html::FORMAT.fits)(self)
    }

    fn by_content(&self) -> Seen {
        if self.is_page() {
            return Seen::Format(Format::html());
        }
        if let Some(kind) = kinds::by_content(self.bytes, self.text) {
            return Seen::Kind(kind);
        }
        if let Some(format) = FORMATS.iter().find(|format| (format.fits)(self)) {
            return Seen::Format(format);
        }
        match self.ending.and_then(kinds::by_ending) {
            Some(kind) => Seen::Kind(kind),
            None => Seen::Format(self.by_name().unwrap_or(Format::text())),
        }
    }

    /// A file named .json may hold JSON Lines.
    fn of_json(&self, format: &'static Format) -> Seen {
        if format.name != json::FORMAT.name {
            return Seen::Format(format);
        }
        match Format::by_name(jsonl::FORMAT.name).filter(|lines| (lines.fits)(self)) {
            Some(lines) => Seen::Format(lines),
            None if self.text.trim_start_matches('\u{FEFF}').trim_start().starts_with(['[', '{']) => {
                Seen::Format(format)
            }
            None => Seen::Kind(&NOT_JSON),
        }
    }

    /// Kinds that are no text. A few NUL characters in a text are none.
    fn binary(&self) -> Option<&'static ContentKind> {
        const FEW: usize = 4;
        const SHARE: usize = 16;
        if self.encoded
            || self.by_name().is_some_and(|format| format.is_binary)
            || super::encoding::Encoding::for_bom(self.bytes).is_some()
            || kinds::by_content(self.bytes, self.text).is_some()
        {
            return None;
        }
        let nul = |place: usize| self.bytes.iter().skip(place).step_by(2).filter(|byte| **byte == 0).count();
        let (even, odd) = (nul(0), nul(1));
        match even + odd {
            few if few < FEW || few * SHARE < self.bytes.len() => None,
            _ if even.max(odd) > 8 * even.min(odd) => Some(&UNMARKED),
            _ => Some(&BINARY),
        }
    }
}
