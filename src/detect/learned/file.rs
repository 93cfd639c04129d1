//! The file of a model: JSON Lines. The first line is the head, with a checksum of all others. Then come the
//! sources, each followed by its lines.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::line::LearnedLine;
use super::model::{CorpusModel, SourceLines};
use crate::text::TextHash;

/// The version of the form. A newer one is refused, because its counts may mean something else. Version 1 has no counts
/// of the lines that come with a line, and is read as if none did.
const VERSION: u32 = 2;
/// The oldest version that is read.
const OLDEST: u32 = 1;

/// The reason why a text is no model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CorpusModelError {
    /// The text does not begin as a model does.
    #[error("is no model of a collection; `qingwen corpus learn` writes one")]
    NoModel,
    /// The model is of another version.
    #[error(
        "is a model of version {0}, and this program reads versions {OLDEST} to {VERSION}; learn it again"
    )]
    Version(u32),
    /// The text is not the one that was written.
    #[error("is damaged: its checksum is {found}, and the first line says {expected}")]
    Damaged {
        /// The checksum in the first line.
        expected: TextHash,
        /// The checksum of the text.
        found: TextHash,
    },
    /// A line of the text does not have the form of its kind.
    #[error("line {line}: {reason}")]
    Line {
        /// 1-based number of the line.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
}

/// The first line.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ModelHead {
    /// The version of the form.
    qingwen_corpus_model: u32,
    checksum: TextHash,
}

/// The first line of any version.
#[derive(Deserialize)]
struct AnyHead {
    qingwen_corpus_model: u32,
}

/// The line of a source.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceHead {
    source: String,
    documents: u64,
    lines: usize,
}

impl CorpusModel {
    /// The first bytes of the file of a model.
    #[cfg(feature = "cli")]
    pub(crate) const BEGINNING: &[u8] = br#"{"qingwen_corpus_model":"#;

    /// The model in a text that [`to_text`](Self::to_text) gave.
    ///
    /// ```
    /// use qingwen::corpus::{CorpusModel, CorpusModelError, LearnOptions, learn};
    /// let model = learn([("老街網", "老街夜市搬走了。")], &LearnOptions::default());
    /// assert_eq!(CorpusModel::parse(&model.to_text()), Ok(model));
    /// assert_eq!(CorpusModel::parse("老街"), Err(CorpusModelError::NoModel));
    /// ```
    ///
    /// # Errors
    /// If the text is no model, is of another version, or is damaged.
    pub fn parse(text: &str) -> Result<Self, CorpusModelError> {
        let (head, body) = text.split_once('\n').unwrap_or((text, ""));
        let any: Option<AnyHead> = serde_json::from_str(head).ok().filter(|_| head.starts_with('{'));
        let any = any.ok_or(CorpusModelError::NoModel)?;
        if !(OLDEST..=VERSION).contains(&any.qingwen_corpus_model) {
            return Err(CorpusModelError::Version(any.qingwen_corpus_model));
        }
        let ModelHead { checksum: expected, .. } = json(1, head)?;
        let found = TextHash::of(body);
        if found != expected {
            return Err(CorpusModelError::Damaged { expected, found });
        }
        sources(body).map(Self::new)
    }

    /// The model as a text: the content of its file. The same model gives the same text.
    pub fn to_text(&self) -> String {
        let mut body = String::new();
        for source in self.sources() {
            let (name, documents, lines) = (source.name().to_owned(), source.documents(), source.lines());
            push(&mut body, &SourceHead { source: name, documents, lines: lines.len() });
            lines.iter().for_each(|line| push(&mut body, line));
        }
        let mut text = String::with_capacity(body.len());
        push(&mut text, &ModelHead { qingwen_corpus_model: VERSION, checksum: TextHash::of(&body) });
        text + &body
    }
}

/// The sources in the lines after the first one.
fn sources(body: &str) -> Result<Vec<SourceLines>, CorpusModelError> {
    let mut rows = (2..).zip(body.lines());
    let mut sources = Vec::new();
    while let Some((number, row)) = rows.next() {
        let SourceHead { source, documents, lines: count } = json(number, row)?;
        let lines = rows.by_ref().take(count).map(|(number, row)| json(number, row));
        let lines: Vec<LearnedLine> = lines.collect::<Result<_, _>>()?;
        if lines.len() < count {
            let reason = format!("{} of {count} lines follow", lines.len());
            return Err(CorpusModelError::Line { line: number, reason });
        }
        sources.push(SourceLines::new(source, documents, lines));
    }
    Ok(sources)
}

fn json<'t, T: Deserialize<'t>>(line: usize, text: &'t str) -> Result<T, CorpusModelError> {
    serde_json::from_str(text).map_err(|error| CorpusModelError::Line { line, reason: error.to_string() })
}

/// Adds a line. Values of these types always have a form in JSON.
fn push(text: &mut String, value: &impl Serialize) {
    if let Ok(json) = serde_json::to_string(value) {
        let _ = writeln!(text, "{json}");
    }
}

#[cfg(test)]
mod tests {
    use super::super::line::{LineCounts, LineVerdict};
    use super::*;

    fn model() -> CorpusModel {
        let line = |line: &str, frame, verdict| LearnedLine {
            line: line.to_owned(),
            frame,
            verdict,
            in_company: frame,
            reviewed: frame,
            counts: LineCounts { documents: 3, occurrences: 4, ..LineCounts::default() },
        };
        let lines = vec![
            line("老街網\u{2028}會員 \"專區\"", false, LineVerdict::Goes),
            line("19小時前", true, LineVerdict::Block),
        ];
        CorpusModel::new([
            SourceLines::new("b".into(), 5, lines),
            SourceLines::new("a".into(), 9, Vec::new()),
        ])
    }

    #[test]
    fn a_model_is_read_as_it_was_written() {
        let text = model().to_text();
        assert_eq!(CorpusModel::parse(&text), Ok(model()), "{text}");
        assert!(text.lines().nth(1).is_some_and(|line| line == r#"{"source":"a","documents":9,"lines":0}"#));
        assert_eq!(CorpusModel::parse(&CorpusModel::default().to_text()), Ok(CorpusModel::default()));
    }

    #[test]
    fn a_model_of_the_first_version_is_read() {
        let body = "{\"source\":\"a\",\"documents\":9,\"lines\":1}\n{\"line\":\"老街網\",\"verdict\":\"goes\",\"counts\":\
                    {\"documents\":3,\"occurrences\":4,\"removed\":4,\"metadata\":0,\"enclosed\":0,\"beside_metadata\":0,\
                    \"head\":0,\"middle\":0,\"tail\":4}}\n";
        let text = format!("{{\"qingwen_corpus_model\":1,\"checksum\":\"{}\"}}\n{body}", TextHash::of(body));
        let model = CorpusModel::parse(&text).expect("a model");
        let line = &model.of_source(Some("a")).expect("a source").lines()[0];
        assert!(!line.in_company && line.counts.company == 0 && line.counts.tail == 4);
    }

    #[test]
    fn every_change_of_a_byte_is_an_error() {
        let text = model().to_text();
        for at in 0..text.len() {
            if text.is_char_boundary(at) && text.is_char_boundary(at + 1) {
                let changed = format!("{}~{}", &text[..at], &text[at + 1..]);
                assert!(CorpusModel::parse(&changed).is_err(), "{at}");
            }
            if text.is_char_boundary(at) {
                assert!(CorpusModel::parse(&text[..at]).is_err(), "{at}");
            }
        }
    }

    #[test]
    fn errors_say_what_is_wrong() {
        let newer = model().to_text().replace("_model\":2,", "_model\":3,");
        assert_eq!(CorpusModel::parse(&newer), Err(CorpusModelError::Version(3)));
        let sealed = |body: &str| {
            let mut text = String::new();
            push(&mut text, &ModelHead { qingwen_corpus_model: VERSION, checksum: TextHash::of(body) });
            CorpusModel::parse(&(text + body)).expect_err("no model").to_string()
        };
        let missing = sealed("{\"source\":\"a\",\"documents\":9,\"lines\":18446744073709551615}\n");
        assert_eq!(missing, "line 2: 0 of 18446744073709551615 lines follow");
        assert!(
            sealed("{\"source\":\"a\",\"documents\":9,\"lines\":1}\n{}\n")
                .starts_with("line 3: missing field")
        );
        for text in ["", "{}", "[1]", "null"] {
            assert_eq!(CorpusModel::parse(text), Err(CorpusModelError::NoModel), "{text}");
        }
    }
}
