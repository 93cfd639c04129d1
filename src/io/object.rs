//! An object of JSON as a record. One of its fields contains the text.
//!
//! A record is not parsed into a tree and written again. Instead the bytes of the text are replaced in place, so every
//! other byte of the record stays the same.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;

use serde_json::value::RawValue;

use super::fields::{FieldError, listed, missing, text_field};
use super::format::Writer;
use super::record::{Entry, Failure, Fields, InputRecord, RecordChange};
use super::site::Site;
use super::unique::Unique;

/// The record of an object that stands in `source` from byte `start` on. `name` is what it is called if it has no id,
/// and `place` names it in messages.
pub(super) fn entry(source: &str, start: usize, fields: &Fields, name: String, place: &str) -> Entry {
    match parse(source, start, fields) {
        Ok(Parsed { place, text, title, title_place, site, date, id }) => Entry::Record(InputRecord {
            has_id: id.is_some(),
            name: id.unwrap_or(name),
            line: None,
            title,
            title_place,
            site,
            date: date.map(String::into_boxed_str),
            text,
            repaired: false,
            page: None,
            source: source.to_owned(),
            place,
            row: None,
        }),
        Err(error) => Entry::Faulty(Failure {
            name,
            message: format!("{place}: {error}"),
            source: Some(source.as_bytes().to_vec()),
        }),
    }
}

/// The parsed parts of a record.
#[derive(Debug)]
struct Parsed {
    /// Byte range of the text's JSON string in the line.
    place: Range<usize>,
    text: String,
    title: Option<String>,
    /// Byte range of the title's JSON string in the line.
    title_place: Option<Range<usize>>,
    site: Site,
    date: Option<String>,
    /// The id in the form used in reports.
    id: Option<String>,
}

/// The reason why a record has no text that can be cleaned.
#[derive(Debug, thiserror::Error)]
pub(super) enum RecordError {
    #[error("not a JSON object{}", difference(.0))]
    NotAnObject(serde_json::Error),
    #[error(transparent)]
    Field(#[from] FieldError),
    #[error("field {name:?} is not a string{fields}")]
    NotAString { name: String, fields: String },
    #[error("field {name:?} is no valid string: {}", on_one_line(.error))]
    BrokenString { name: String, error: serde_json::Error },
    #[error("has the field {0:?} twice")]
    Twice(String),
    #[error("has a field {0:?} already, which would be lost")]
    HasField(String),
}

/// The fields of an object.
pub(super) type Object<'j> = HashMap<Cow<'j, str>, &'j RawValue>;

/// Reads the fields of a record that begins at byte `start`.
fn parse(line: &str, start: usize, fields: &Fields) -> Result<Parsed, RecordError> {
    let Unique { object, repeated } =
        serde_json::from_str(line[start..].trim_end()).map_err(RecordError::NotAnObject)?;
    let (name, raw) = text_of(&object, fields)?;
    if repeated.contains(&name) {
        return Err(RecordError::Twice(name));
    }
    let text = text(name, raw)?;
    if let Some(name) = fields.added.as_ref().filter(|name| object.contains_key(name.as_str())) {
        return Err(RecordError::HasField(name.clone()));
    }
    let place = position(line, raw.get());
    let raw_title = fields.title.as_deref().and_then(|name| field(&object, name));
    let title_place = raw_title.map(|raw| position(line, raw.get())).filter(|title| *title != place);
    let value =
        |name: &Option<String>| name.as_deref().and_then(|name| field(&object, name)).and_then(string);
    let written = |raw: &RawValue| string(raw).unwrap_or_else(|| raw.get().to_owned());
    Ok(Parsed {
        place,
        text,
        title: raw_title.and_then(string),
        title_place,
        site: Site::new(value(&fields.source), value(&fields.url).as_deref()),
        date: fields.date.as_deref().and_then(|name| field(&object, name)).map(written),
        id: field(&object, &fields.id).map(written),
    })
}

/// The name of the text's field, and its value.
pub(super) fn text_of<'j>(
    object: &Object<'j>,
    fields: &Fields,
) -> Result<(String, &'j RawValue), RecordError> {
    let named = fields.text.as_deref();
    if let Some((name, raw)) = named.and_then(|name| Some((name, field(object, name)?))) {
        return Ok((name.to_owned(), raw));
    }
    let names: Vec<&str> = fields_of(object).into_iter().map(|(name, _)| name).collect();
    let name = text_field(named, &names)?;
    let raw = object.get(name).ok_or_else(|| missing(name, &names))?;
    Ok((name.to_owned(), raw))
}

/// The fields of an object in their order.
pub(super) fn fields_of<'o, 'j>(object: &'o Object<'j>) -> Vec<(&'o str, &'j RawValue)> {
    let mut all: Vec<(&str, &RawValue)> = object.iter().map(|(name, raw)| (name.as_ref(), *raw)).collect();
    all.sort_by_key(|(_, raw)| raw.get().as_ptr() as usize);
    all
}

/// The value of a field. A name with dots may name a field of an object in a field.
pub(super) fn field<'j>(object: &Object<'j>, name: &str) -> Option<&'j RawValue> {
    if let Some(raw) = object.get(name) {
        return Some(raw);
    }
    name.match_indices('.').find_map(|(dot, _)| {
        let inner: Object<'j> = serde_json::from_str(object.get(&name[..dot])?.get()).ok()?;
        field(&inner, &name[dot + 1..])
    })
}

/// What stands where an object is expected: another value, or what is no JSON.
fn difference(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let value = message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected"));
    match value {
        Some((value, _)) => format!(", but {}", value.replace("sequence", "an array")),
        None => format!(": {}", on_one_line(error)),
    }
}

/// The parser's message without the line number 1, which says nothing.
fn on_one_line(error: &serde_json::Error) -> String {
    let message = error.to_string().replace(" at line 1 column ", " at column ");
    message.replace("recursion limit exceeded", "nested more than 128 deep")
}

/// The text in the value of a field.
pub(super) fn text(name: String, raw: &RawValue) -> Result<String, RecordError> {
    serde_json::from_str(raw.get()).map_err(|error| match raw.get().starts_with('"') {
        true => RecordError::BrokenString { name, error },
        false => RecordError::NotAString { fields: within(&name, raw), name },
    })
}

/// The fields of an object that stands where a text is expected.
fn within(name: &str, raw: &RawValue) -> String {
    let Ok(object) = serde_json::from_str::<Object>(raw.get()) else { return String::new() };
    let names: Vec<String> = fields_of(&object).iter().map(|(inner, _)| format!("{name}.{inner}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    format!("; it has the fields {}: name the one with the text by --text-field", listed(&names))
}

fn string(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

/// Byte range of a part of `line` that was borrowed from it.
fn position(line: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    start..start + part.len()
}

/// Writes lines in which the old text is replaced by another, with additional fields at the end of the object.
#[derive(Default)]
pub(super) struct Splicer {
    /// A changed line. It is assembled here so that the output gets it in one piece.
    line: Vec<u8>,
}

impl Splicer {
    /// The record with its changes, from byte `start` of its source on.
    pub fn changed<'l>(
        &'l mut self,
        record: &'l InputRecord,
        start: usize,
        change: &RecordChange,
    ) -> io::Result<&'l [u8]> {
        let source = record.source.as_bytes();
        let edits = record.edits(change);
        if edits.is_empty() && change.added.is_empty() {
            return Ok(&source[start..]);
        }
        self.line.clear();
        let mut done = start;
        for (place, value) in edits {
            self.line.extend(&source[done..place.start]);
            serde_json::to_writer(&mut self.line, value)?;
            done = place.end;
        }
        if !change.added.is_empty() {
            // The object contains the text, so a comma is needed before the fields added at its end.
            let end = record.source.trim_end().len().saturating_sub(1);
            self.line.extend(&source[done..end]);
            for field in change.added {
                write!(self.line, ",{}:{}", serde_json::Value::from(field.name.as_str()), field.json)?;
            }
            done = end;
        }
        self.line.extend(&source[done..]);
        Ok(&self.line)
    }
}

impl Writer for Splicer {
    fn record(&mut self, out: &mut dyn Write, record: &InputRecord, change: &RecordChange) -> io::Result<()> {
        out.write_all(self.changed(record, 0, change)?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::record::AddedField;
    use super::*;

    fn fields() -> Fields {
        Fields { id: "id".into(), added: Some("about".into()), ..Fields::default() }
    }

    fn record(line: &str) -> InputRecord {
        let start = if line.starts_with('\u{FEFF}') { 3 } else { 0 };
        match entry(line, start, &fields(), "-".into(), "-") {
            Entry::Record(record) => record,
            entry => panic!("{line}: {entry:?}"),
        }
    }

    /// The line with another text and with additional fields.
    fn with(record: &InputRecord, text: &str, added: &[AddedField]) -> String {
        let mut out = Vec::new();
        Splicer::default().record(&mut out, record, &RecordChange { text, title: None, added }).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn only_the_text_changes() {
        for mark in ["", "\u{FEFF}"] {
            let line = |text: &str| {
                format!(
                    r#"{mark} {{ "n": 1.50e3, "text" : {text} , "\u0069d":7, "text2": "乙", "x":[1, 2] }}"#
                )
            };
            let original = line(r#""\u7532\n""#);
            let record = record(&original);
            assert_eq!((record.text.as_str(), record.name.as_str(), record.has_id), ("甲\n", "7", true));
            assert_eq!(with(&record, "甲\n", &[]), original);
            assert_eq!(with(&record, "丙\"", &[]), line(r#""丙\"""#));
        }
    }

    #[test]
    fn a_field_is_added_and_none_replaced() {
        let added = [AddedField { name: "about".into(), json: r#"{"byline":["丙"]}"#.into() }];
        let record = record(r#"{"text":"甲" } "#);
        assert_eq!(with(&record, "乙", &added), r#"{"text":"乙" ,"about":{"byline":["丙"]}} "#);
        assert_eq!(with(&record, "甲", &added), r#"{"text":"甲" ,"about":{"byline":["丙"]}} "#);
        let error = parse(r#"{"about":1, "text":"甲"}"#, 0, &fields()).unwrap_err();
        assert_eq!(error.to_string(), "has a field \"about\" already, which would be lost");
    }

    #[test]
    fn what_is_no_record_says_why() {
        for (line, reason) in [
            ("[1]", "not a JSON object"),
            ("{", "not a JSON object"),
            ("{\n", "EOF while parsing an object at column 1"),
            (r#"{"head":"x"}"#, "no field \"text\""),
            (r#"{"text":3}"#, "is not a string"),
            (r#"{"text":"\ud800"}"#, "is no valid string"),
        ] {
            let error = parse(line, 0, &fields()).unwrap_err().to_string();
            assert!(error.contains(reason), "{line}: {error}");
        }
    }

    #[test]
    fn a_field_of_a_field_is_found() {
        let nested = Fields { text: Some("a.b.c".into()), added: None, ..fields() };
        for line in [r#"{"a":{"b":{"c":"甲"}}}"#, r#"{"a.b":{"c":"甲"},"a":1}"#, r#"{"a":{"b.c":"甲"}}"#] {
            let parsed = parse(line, 0, &nested).unwrap();
            assert_eq!((parsed.text.as_str(), &line[parsed.place]), ("甲", "\"甲\""));
        }
        assert!(parse(r#"{"a":{"b":1}}"#, 0, &nested).is_err());
    }
}
