//! Labelled articles in `../shared` beside the checkout, and the labels of `train/labels` with their texts from there.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use serde_json::Value;
use sha2::{Digest, Sha256};

/// Bytes of a digest by which labels name a text.
const DIGEST_BYTES: usize = 8;

/// A labelled article.
pub struct Labelled {
    pub text: String,
    pub title: Option<String>,
    /// The labels by 1-based line. Lines without one are content.
    pub labels: BTreeMap<usize, String>,
}

/// All labelled articles.
pub fn all() -> Vec<Labelled> {
    let gold = ["dev", "fresh.dev"].map(|name| records(&shared(&format!("gold/{name}.jsonl"))));
    let with_text = gold.iter().flatten().map(|record| labelled(record, record));
    with_text.chain(["hans", "pages"].into_iter().flat_map(labelled_apart)).collect()
}

/// The articles of a collection that are labelled in a file of their own.
fn labelled_apart(name: &str) -> Vec<Labelled> {
    let collection = records(&shared(&format!("corpora/{name}.jsonl.zst")));
    let digest = |text: &str| -> String {
        Sha256::digest(text).iter().take(DIGEST_BYTES).map(|byte| format!("{byte:02x}")).collect()
    };
    let by_digest: HashMap<String, &Value> =
        collection.iter().map(|record| (digest(record["text"].as_str().unwrap()), record)).collect();
    let labels = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("train/labels/{name}.jsonl"));
    let of_record = |labels: &Value| labelled(labels, by_digest[labels["sha256"].as_str().unwrap()]);
    records(&labels).iter().map(of_record).collect()
}

fn labelled(labels: &Value, record: &Value) -> Labelled {
    Labelled {
        text: record["text"].as_str().unwrap().to_owned(),
        title: record["title"].as_str().map(str::to_owned),
        labels: self::labels(labels),
    }
}

/// A file of the shared folder.
pub fn shared(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(file)
}

/// The records of a file of JSON Lines, compressed or not.
pub fn records(path: &Path) -> Vec<Value> {
    let bytes = std::fs::read(path).unwrap();
    let bytes = if path.extension().is_some_and(|e| e == "zst") {
        zstd::decode_all(&bytes[..]).unwrap()
    } else {
        bytes
    };
    String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The labels of a record, by line. Lines without one are content.
pub fn labels(record: &Value) -> BTreeMap<usize, String> {
    let mut labels = BTreeMap::new();
    for (lines, label) in record["labels"].as_object().unwrap() {
        let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
        for line in first.parse().unwrap()..=last.parse().unwrap() {
            labels.insert(line, label.as_str().unwrap().to_owned());
        }
    }
    labels
}
