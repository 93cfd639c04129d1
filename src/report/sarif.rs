//! Findings as SARIF 2.1.0, the format of results that code hosts and editors read.
//!
//! Results are written as they come, so memory does not grow with their number.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::names::names;
use super::terminal::excerpt;
use super::{CheckFinding, DocumentPlace};
use crate::rules::{Certainty, Rule, rules};

/// Maximum number of messages about articles that could not be cleaned.
const MESSAGES: usize = 1000;

/// Writes the log of a run.
#[derive(Debug, Default)]
pub(crate) struct Sarif {
    any: bool,
    messages: Vec<Value>,
}

impl Sarif {
    /// Writes the part before the results.
    ///
    /// # Errors
    /// Errors of the stream.
    pub fn begin(&self, out: &mut impl Write) -> io::Result<()> {
        write!(
            out,
            r#"{{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{{"columnKind":"unicodeCodePoints","results":["#
        )
    }

    /// Writes the findings of an article, one result for each rule of a finding.
    ///
    /// # Errors
    /// Errors of the stream.
    pub fn article(
        &mut self,
        out: &mut impl Write,
        doc: &str,
        place: &DocumentPlace,
        findings: &[CheckFinding],
    ) -> io::Result<()> {
        let mut fingerprints = Fingerprints::default();
        for finding in findings {
            for rule in &finding.rules {
                let comma = if std::mem::replace(&mut self.any, true) { "," } else { "" };
                let fingerprint = fingerprints.of(rule, &finding.text);
                write!(out, "{comma}\n{}", result(doc, place, finding, rule, &fingerprint))?;
            }
        }
        Ok(())
    }

    /// Records a message about an article that could not be cleaned.
    pub fn error(&mut self, message: &str) {
        if self.messages.len() < MESSAGES {
            self.messages.push(json!({ "level": "error", "message": { "text": message } }));
        }
    }

    /// Writes the part after the results: the messages, and the descriptions of the rules. `own` are the user's.
    ///
    /// # Errors
    /// Errors of the stream.
    pub fn finish(&self, out: &mut impl Write, own: &[&Rule]) -> io::Result<()> {
        let invocation = json!({
            "executionSuccessful": self.messages.is_empty(),
            "toolExecutionNotifications": self.messages,
        });
        let driver = json!({
            "name": env!("CARGO_PKG_NAME"),
            "version": env!("CARGO_PKG_VERSION"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": descriptions(own),
        });
        writeln!(out, "\n],\"invocations\":[{invocation}],\"tool\":{{\"driver\":{driver}}}}}]}}")
    }
}

fn result(doc: &str, place: &DocumentPlace, finding: &CheckFinding, rule: &str, fingerprint: &str) -> Value {
    let is_record = doc != place.file;
    let name = if is_record { format!("{doc}:{}: ", finding.place()) } else { String::new() };
    let mut location = json!({});
    if place.file != "-" {
        location["physicalLocation"] = physical(place, finding, is_record);
    }
    if is_record || place.file == "-" {
        let name = json!({ "name": doc, "fullyQualifiedName": format!("{doc}:{}", finding.place()) });
        location["logicalLocations"] = json!([name]);
    }
    json!({
        "ruleId": rule,
        "level": "warning",
        "message": { "text": format!("{name}{}", excerpt(finding)) },
        "locations": [location],
        "partialFingerprints": { "primaryLocationLineHash": fingerprint },
    })
}

/// The file and the region. The region of a line of a record is that of the record.
fn physical(place: &DocumentPlace, finding: &CheckFinding, is_record: bool) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(place.file) } });
    let CheckFinding { line, column, end_column, .. } = finding;
    match place.file_line {
        _ if !is_record => {
            physical["region"] = json!({
                "startLine": line, "startColumn": column, "endLine": line, "endColumn": end_column,
            });
        }
        Some(line) => physical["region"] = json!({ "startLine": line }),
        None => {}
    }
    physical
}

/// A path as a URI. A relative path stays relative.
fn uri(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path).replace('\\', "/");
    let scheme = if path.starts_with('/') { "file://" } else { "" };
    let escaped = path.bytes().map(|byte| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'.' | b'_' | b'~' | b'/' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    format!("{scheme}{}", escaped.collect::<String>())
}

/// The descriptions of all rules, and of the names of changes.
fn descriptions(own: &[&Rule]) -> Vec<Value> {
    let names = names().unwrap_or_default();
    let name = |name: super::names::Name| json!({ "id": name.name, "fullDescription": { "text": name.text.trim() } });
    let all = rules().iter().chain(own.iter().copied());
    all.map(description).chain(names.into_iter().map(name)).collect()
}

fn description(rule: &Rule) -> Value {
    let precision = match rule.certainty {
        Certainty::Sure => "very-high",
        Certainty::Likely => "medium",
    };
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": rule.why.trim() },
        "help": { "text": format!("To keep such lines: --keep {}", rule.id) },
        "properties": { "tags": [rule.category.name()], "precision": precision },
    })
}

/// Fingerprints of the results of an article. They stay the same when other lines are added or removed.
#[derive(Default)]
struct Fingerprints {
    /// The number of times that each hash was seen.
    seen: HashMap<String, usize>,
}

impl Fingerprints {
    fn of(&mut self, rule: &str, text: &str) -> String {
        let digest = Sha256::digest(format!("{rule}\n{}", text.trim()));
        let hash: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let count = self.seen.entry(hash.clone()).or_default();
        *count += 1;
        format!("{hash}:{count}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_uri() {
        assert_eq!(uri("a b/老.txt"), "a%20b/%E8%80%81.txt");
        assert_eq!(uri("./a.txt"), "a.txt");
        assert_eq!(uri("/a/b.txt"), "file:///a/b.txt");
    }

    #[test]
    fn equal_lines_have_different_fingerprints() {
        let mut fingerprints = Fingerprints::default();
        let first = fingerprints.of("share/bar", "微信");
        assert!(first.ends_with(":1"), "{first}");
        assert_ne!(fingerprints.of("share/bar", "微信"), first);
        assert_ne!(fingerprints.of("share/bar", "微博"), first);
        assert_eq!(Fingerprints::default().of("share/bar", " 微信 "), first);
    }
}
