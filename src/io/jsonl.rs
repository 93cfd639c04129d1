//! JSON Lines: one record a line, of which one field holds the text.
//!
//! A record is not parsed into a tree and written again: the text's bytes are replaced where they stand, so
//! every other byte of the record comes through as it was.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use serde_json::value::RawValue;

/// The names of the fields that are read.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    pub text: String,
    pub id: Option<String>,
    pub title: Option<String>,
    /// The field that is written beside the text, which records must not have.
    pub extra: Option<String>,
}

/// A record, and where its text stands in the line.
#[derive(Debug)]
pub(crate) struct Record<'l> {
    line: &'l str,
    /// Bytes of the text's JSON string in the line.
    value: Range<usize>,
    pub text: String,
    pub title: Option<String>,
    /// The id as it is written in reports, where the record has one.
    pub id: Option<String>,
}

/// Why a line is not a record that can be cleaned.
#[derive(Debug, thiserror::Error)]
pub(crate) enum RecordError {
    #[error("not a JSON object: {}", on_one_line(.0))]
    NotAnObject(serde_json::Error),
    #[error("has no field {0:?}")]
    NoField(String),
    #[error("field {0:?} is not a string")]
    NotAString(String),
    #[error("has a field {0:?} already, which would be lost")]
    HasField(String),
}

impl<'l> Record<'l> {
    /// Reads the fields of a line of JSON Lines.
    pub fn parse(line: &'l str, fields: &Fields) -> Result<Self, RecordError> {
        let object: HashMap<Cow<str>, &'l RawValue> =
            serde_json::from_str(line.trim_end()).map_err(RecordError::NotAnObject)?;
        let raw =
            object.get(fields.text.as_str()).ok_or_else(|| RecordError::NoField(fields.text.clone()))?;
        let text = string(raw).ok_or_else(|| RecordError::NotAString(fields.text.clone()))?;
        let field = |name: &Option<String>| object.get(name.as_deref()?).copied();
        if let Some(name) = fields.extra.as_ref().filter(|name| object.contains_key(name.as_str())) {
            return Err(RecordError::HasField(name.clone()));
        }
        Ok(Self {
            line,
            value: position(line, raw.get()),
            text,
            title: field(&fields.title).and_then(string),
            id: field(&fields.id).map(|raw| string(raw).unwrap_or_else(|| raw.get().to_owned())),
        })
    }

    /// The line with another text, and with a value for one more field, by name and as JSON; unchanged to the
    /// byte where there is nothing new.
    pub fn with(&self, text: &str, extra: Option<(&str, &str)>) -> Cow<'l, str> {
        let mut edits = Vec::new();
        if text != self.text {
            edits.push((self.value.clone(), serde_json::Value::from(text).to_string()));
        }
        if let Some((name, json)) = extra {
            // The object holds the text, so a comma goes before what is added at its end.
            let end = self.line.trim_end().len().saturating_sub(1);
            edits.push((end..end, format!(",{}:{json}", serde_json::Value::from(name))));
        }
        self.edited(edits)
    }

    fn edited(&self, edits: Vec<(Range<usize>, String)>) -> Cow<'l, str> {
        if edits.is_empty() {
            return Cow::Borrowed(self.line);
        }
        let mut line = String::with_capacity(self.line.len());
        let mut done = 0;
        for (place, value) in edits {
            line.push_str(&self.line[done..place.start]);
            line.push_str(&value);
            done = place.end;
        }
        line.push_str(&self.line[done..]);
        Cow::Owned(line)
    }
}

/// The parser's message without its line number, which is always 1 here.
fn on_one_line(error: &serde_json::Error) -> String {
    error.to_string().replace(" at line 1 column ", " at column ")
}

fn string(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}

/// Byte range of a part of `line` that was borrowed from it.
fn position(line: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    start..start + part.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields() -> Fields {
        Fields { text: "text".into(), id: Some("id".into()), title: None, extra: Some("about".into()) }
    }

    #[test]
    fn only_the_text_changes() {
        let line = r#" { "n": 1.50e3, "text" : "\u7532\n" , "\u0069d":7, "text2": "乙", "x":[1, 2] }"#;
        let record = Record::parse(line, &fields()).unwrap();
        assert_eq!((record.text.as_str(), record.id.as_deref()), ("甲\n", Some("7")));
        assert_eq!(record.with("甲\n", None), line);
        let changed = r#" { "n": 1.50e3, "text" : "丙\"" , "\u0069d":7, "text2": "乙", "x":[1, 2] }"#;
        assert_eq!(record.with("丙\"", None), changed);
    }

    #[test]
    fn a_field_is_added_and_none_replaced() {
        let extra = Some(("about", r#"{"byline":["丙"]}"#));
        let record = Record::parse(r#"{"text":"甲" } "#, &fields()).unwrap();
        assert_eq!(record.with("乙", extra), r#"{"text":"乙" ,"about":{"byline":["丙"]}} "#);
        let error = Record::parse(r#"{"about":1, "text":"甲"}"#, &fields()).unwrap_err();
        assert_eq!(error.to_string(), "has a field \"about\" already, which would be lost");
    }

    #[test]
    fn what_is_no_record_says_why() {
        for (line, reason) in [
            ("[1]", "not a JSON object"),
            ("{", "not a JSON object"),
            ("{\n", "EOF while parsing an object at column 1"),
            (r#"{"body":"x"}"#, "no field \"text\""),
            (r#"{"text":3}"#, "is not a string"),
            (r#"{"text":"\ud800"}"#, "is not a string"),
        ] {
            let error = Record::parse(line, &fields()).unwrap_err().to_string();
            assert!(error.contains(reason), "{line}: {error}");
        }
    }
}
