//! Measures on labelled and real articles, if they exist (`../shared` beside the checkout).

#![allow(clippy::unwrap_used)] // A test that cannot continue must fail.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use qingwen::clean::{Document, Profile, Punctuation};
use qingwen::identify::ScriptCount;
use qingwen::rules::Category;
use qingwen::{Cleaner, Conversion, Converter, Target};
use serde_json::Value;

/// A file of the shared folder.
fn shared(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(file)
}

fn records(path: &Path) -> Vec<Value> {
    let bytes = std::fs::read(path).unwrap();
    let bytes = if path.extension().is_some_and(|e| e == "zst") {
        zstd::decode_all(&bytes[..]).unwrap()
    } else {
        bytes
    };
    String::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The labels of a record, by line. Lines without one are content.
fn labels(record: &Value) -> BTreeMap<usize, String> {
    let mut labels = BTreeMap::new();
    for (lines, label) in record["labels"].as_object().unwrap() {
        let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
        for line in first.parse().unwrap()..=last.parse().unwrap() {
            labels.insert(line, label.as_str().unwrap().to_owned());
        }
    }
    labels
}

fn keeping() -> Cleaner {
    Cleaner::builder().target(Target::Keep).punctuation(Punctuation::Keep).build()
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn captions_in_the_other_script_are_found() {
    let path = shared("gold/inject.dev.jsonl");
    let (mut found, mut all, mut lost, mut content) = (0, 0, 0, 0);
    for record in records(&path) {
        let (text, labels) = (record["text"].as_str().unwrap(), labels(&record));
        let cleaned = keeping().clean(text);
        let removed = |line: usize| cleaned.removals.iter().find(|removal| removal.line == line);
        for (line, text) in text.lines().enumerate().map(|(index, text)| (index + 1, text)) {
            let label = labels.get(&line).map(String::as_str);
            if label == Some("D") {
                all += 1;
                found += usize::from(removed(line).is_some());
            } else if label.is_none_or(|label| label == "H") {
                // The articles' own share bars and notices are not labelled. Only repeats can be judged.
                content += text.chars().count();
                // Captions and sentences that the articles themselves repeat are not labelled either.
                let told = |rule: &str| matches!(rule, "repeat/told-caption" | "repeat/excerpt");
                let repeat = removed(line)
                    .is_some_and(|removal| removal.category == Category::Repeat && !told(removal.rule));
                lost += if repeat { text.chars().count() } else { 0 };
            }
        }
    }
    assert!(found * 100 >= all * 99, "{found} of {all} captions");
    assert!(lost * 1000 <= content, "{lost} of {content} characters lost to repeats");
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn what_is_removed_is_hardly_ever_content() {
    let path = shared("gold/dev.jsonl");
    let (mut right, mut wrong) = (0, 0);
    for record in records(&path) {
        let labels = labels(&record);
        for removal in keeping().clean(record["text"].as_str().unwrap()).removals {
            match labels.get(&removal.line).map(String::as_str) {
                None | Some("K" | "H") => wrong += 1,
                Some("M" | "U") => {}
                Some(_) => right += 1,
            }
        }
    }
    assert!(right > 1500 && wrong * 100 <= right * 3, "{right} right, {wrong} wrong");
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn cleaning_real_articles_again_changes_nothing() {
    for file in ["gold/inject.dev.jsonl", "gold/dev.jsonl", "corpora/tw_news.jsonl.zst"] {
        let path = shared(file);
        for (index, record) in records(&path).iter().enumerate().step_by(2) {
            let (_, target) = Target::NAMES[index / 2 % Target::NAMES.len()];
            let cleaner = Cleaner::builder().target(target).profile(Profile::Corpus).build();
            let once = cleaner.clean(record["text"].as_str().unwrap()).text;
            let twice = cleaner.clean(&once).text;
            assert!(once == twice, "{file} record {} towards {target}", index + 1);
        }
    }
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn laws_poems_and_encyclopedias_lose_next_to_nothing() {
    for (file, per_million) in [
        ("corpora/cn_laws.jsonl.zst", 500),
        ("corpora/tw_laws.jsonl.zst", 500),
        ("corpora/poetry.jsonl.zst", 500),
        ("corpora/tw_wiki.jsonl.zst", 0),
    ] {
        let path = shared(file);
        let (mut bytes, mut removed) = (0, 0);
        for record in records(&path).iter().step_by(4) {
            let text = record["text"].as_str().unwrap();
            bytes += text.len();
            removed += keeping().clean(text).removals.iter().map(|removal| removal.text.len()).sum::<usize>();
        }
        assert!(removed * 1_000_000 <= bytes * per_million, "{file}: {removed} of {bytes} bytes");
    }
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn traditional_articles_are_not_changed_by_conversion() {
    let path = shared("gold/mixed.dev.jsonl.zst");
    for record in records(&path).iter().filter(|record| record["kind"] == "pure") {
        let target: Target = record["target"].as_str().unwrap().parse().unwrap();
        let cleaner =
            Cleaner::builder().target(target).profile(Profile::Light).punctuation(Punctuation::Keep).build();
        let text = record["text"].as_str().unwrap();
        assert_eq!(cleaner.clean(text).conversion.characters_changed, 0, "{}", record["gid"]);
    }
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn traditional_lines_become_what_the_exact_conversion_makes_of_them() {
    let path = shared("corpora/hant.jsonl.zst");
    let mut lines_by_configuration: BTreeMap<&str, usize> = BTreeMap::new();
    for record in records(&path).iter().take(600) {
        let document = Document::new(record["text"].as_str().unwrap());
        let lines: Vec<&str> = document.lines().iter().map(|line| document.text(line)).collect();
        let conversion = Conversion::of(Target::Hans, lines.iter().copied());
        let Some(configuration) = conversion.configuration() else { continue };
        let exact = Converter::new(configuration).unwrap();
        for (index, line) in lines.into_iter().enumerate().filter(|(_, line)| is_plainly_traditional(line)) {
            assert_eq!(conversion.convert_line(index, line), exact.convert(line), "{configuration}");
            *lines_by_configuration.entry(configuration).or_default() += 1;
        }
    }
    eprintln!("lines: {lines_by_configuration:?}");
    assert!(["tw2s", "hk2s"].iter().all(|name| lines_by_configuration.get(name).is_some_and(|n| *n > 400)));
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn simplified_articles_stay_byte_for_byte() {
    let path = shared("corpora/hans.jsonl.zst");
    let mut simplified = 0;
    for record in records(&path).iter().take(600) {
        let text = record["text"].as_str().unwrap();
        if ScriptCount::of(text).hant > 0 {
            continue;
        }
        let document = Document::new(text);
        let conversion =
            Conversion::of(Target::Hans, document.lines().iter().map(|line| document.text(line)));
        assert_eq!(conversion.convert_document(&document), text);
        simplified += 1;
    }
    eprintln!("{simplified} articles");
    assert!(simplified > 100);
}

/// Whether a line is Traditional and contains nothing that conversion towards a target leaves unchanged (addresses,
/// code, Japanese) or decides by itself (`dictionaries/variants/hans.txt`).
fn is_plainly_traditional(line: &str) -> bool {
    let count = ScriptCount::of(line);
    let is_kana = |character| matches!(character, 'ぁ'..='ゖ' | 'ァ'..='ヺ');
    count.hant > 0
        && count.hans == 0
        && !line.contains(['`', '@', '/', '著', '乾', '噁', '揹'])
        && !line.chars().any(is_kana)
}
