//! Labelled articles, and articles that contain only content.
//!
//! Labels come with their articles, or separately: `labels/` contains labels of articles whose text is in a collection
//! that we may not copy.

use std::collections::HashMap;
use std::path::Path;

use anyhow::Context;
use qingwen::training::{LABELS, features};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::crf::{FIRST_REMOVED, Sequence};

/// Number of bytes of a digest that identify a text.
const DIGEST_BYTES: usize = 8;

/// A collection of clips of many accounts.
const CLIPS: &str = "terminus2049";

/// A labelled article.
pub struct Article {
    pub text: String,
    /// The title that came with it.
    pub title: Option<String>,
    /// Its site or account. All articles of a source belong to the same part of a division.
    pub source: String,
    /// The collection that it is from.
    origin: String,
    /// The labels as written, by 1-based line. Lines without one are content.
    pub written: Vec<String>,
    /// The training data: the whole article, and the article with only its content.
    pub sequences: Vec<Sequence>,
}

impl Article {
    /// The source whose pages print the same lines: a collection of clips prints its own lines around the articles of all
    /// accounts.
    pub fn site(&self) -> &str {
        if self.origin == CLIPS { &self.origin } else { &self.source }
    }
}

/// The records of a JSON Lines file, compressed or not.
pub fn records(path: &Path) -> anyhow::Result<Vec<Value>> {
    let bytes = std::fs::read(path).with_context(|| path.display().to_string())?;
    let bytes =
        if path.extension().is_some_and(|e| e == "zst") { zstd::decode_all(&bytes[..])? } else { bytes };
    let text = String::from_utf8(bytes)?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

/// The labelled articles of a file. `weight` is the weight of each of them in training.
pub fn articles(path: &Path, weight: f32) -> anyhow::Result<Vec<Article>> {
    records(path)?
        .iter()
        .map(|record| article(record, record, text(record)?, source_of(record), weight))
        .collect()
}

/// The articles of a collection for which a file contains labels. `weight` is the weight of each of them in training.
/// `source` is their common source; without it, each has the source and the title that the collection gives.
pub fn labelled_apart(
    labels: &Path,
    collection: &Path,
    source: Option<&str>,
    weight: f32,
) -> anyhow::Result<Vec<Article>> {
    let collected = records(collection)?;
    let by_digest: HashMap<String, &Value> =
        collected.iter().filter_map(|record| Some((digest(record["text"].as_str()?), record))).collect();
    let of_record = |labels: &Value| {
        let digest = labels["sha256"].as_str().context("labels without a digest")?;
        let record =
            by_digest.get(digest).with_context(|| format!("{digest}: not in {}", collection.display()))?;
        match source {
            Some(source) => article(labels, labels, text(record)?, source, weight),
            None => article(labels, record, text(record)?, source_of(record), weight),
        }
    };
    records(labels)?.iter().map(of_record).collect()
}

/// The start of a text's SHA-256. Labels name the text by it.
fn digest(text: &str) -> String {
    Sha256::digest(text).iter().take(DIGEST_BYTES).map(|byte| format!("{byte:02x}")).collect()
}

fn text(record: &Value) -> anyhow::Result<&str> {
    record["text"].as_str().context("a record without text")
}

fn source_of(record: &Value) -> &str {
    record["source"].as_str().unwrap_or_default()
}

/// An article with the labels of one record and the title of another.
fn article(labels: &Value, titled: &Value, text: &str, origin: &str, weight: f32) -> anyhow::Result<Article> {
    let mut written = vec!["K".to_owned(); text.split('\n').count() + 1];
    for (lines, label) in labels["labels"].as_object().context("a record without labels")? {
        let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
        let label = label.as_str().context("a label that is no word")?;
        let labelled =
            written.get_mut(first.parse()?..=last.parse()?).context("a label behind the text's end")?;
        labelled.fill(label.to_owned());
    }
    let title = titled["title"].as_str().filter(|title| !title.is_empty());
    let whole = sequence(text, title, &written, weight, |_| true);
    let keeps = |line: usize| label(&written[line]) < FIRST_REMOVED;
    let content = sequence(text, title, &written, weight / 2.0, keeps);
    let source = source(origin, text);
    let mut sequences = vec![whole, content];
    if title.is_some() {
        // Pages come without their titles too.
        sequences.push(sequence(text, None, &written, weight / 2.0, |_| true));
    }
    Ok(Article {
        source,
        origin: origin.to_owned(),
        written,
        sequences,
        text: text.to_owned(),
        title: title.map(str::to_owned),
    })
}

fn sequence(
    text: &str,
    title: Option<&str>,
    written: &[String],
    weight: f32,
    keeps: impl Fn(usize) -> bool,
) -> Sequence {
    let lines = features(text, title, keeps);
    let labels = lines.iter().map(|(line, _)| label(&written[*line])).collect();
    Sequence { rows: lines.into_iter().map(|(_, rows)| rows).collect(), labels, weight }
}

/// An article in which all lines are content.
pub fn content(text: &str, weight: f32) -> Sequence {
    let rows: Vec<_> = features(text, None, |_| true).into_iter().map(|(_, rows)| rows).collect();
    Sequence { labels: vec![0; rows.len()], rows, weight }
}

/// The index of a label among the model's labels.
fn label(written: &str) -> usize {
    let name = match written {
        "M" => "metadata",
        "D" => "repeat",
        other => other,
    };
    LABELS.iter().position(|label| label.is_some_and(|category| category.name() == name)).unwrap_or(0)
}

/// The source of an article: the account that the first lines name, the site at the end of the title, or the given
/// source.
pub fn source(source: &str, text: &str) -> String {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let title = lines.next().unwrap_or_default();
    let second = lines.next().unwrap_or_default();
    let words: Vec<&str> = second.split_whitespace().collect();
    let dated =
        words.iter().position(|word| word.len() == 10 && word.starts_with("20") && word.contains('-'));
    if let Some(dated) = dated.filter(|_| source.starts_with("wechat")) {
        // The account stands before the date, after two spaces.
        let before = second.split(words[dated]).next().unwrap_or_default().trim();
        return before.rsplit("  ").next().unwrap_or(before).trim().to_owned();
    }
    if let Some((_, account)) = second.split_once("原文来自") {
        let account = account.trim_start_matches(['「', '公', '号', '微', '信', '：', ':']);
        return account.split(['」', '：', ':']).next().unwrap_or(account).to_owned();
    }
    let site = title.rsplit(['_', '|', '｜', '-']).next().filter(|site| site.len() < title.len());
    match site.filter(|_| source.contains('/')) {
        Some(site) => site.trim().to_owned(),
        None if source.contains('/') || source == CLIPS => title.to_owned(),
        None => source.to_owned(),
    }
}
