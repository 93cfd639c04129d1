//! Compares the output with that of OpenCC's library, on random and on real text.

use std::path::PathBuf;

use qingwen::Converter;

use crate::oracle;
use crate::random::{Random, calm_text, random_text, words};
use opencc_rust::OpenCC;

/// Characters of random text for each configuration. `ORACLE_DIFFERENTIAL` sets a larger number.
const CHARACTERS: usize = 150_000;

/// The first difference between two texts, with some text around it.
fn first_difference(input: &str, ours: &str, theirs: &str) -> String {
    let same = ours.chars().zip(theirs.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| text.chars().skip(same.saturating_sub(12)).take(32).collect::<String>();
    format!(
        "near character {same}: {:?}\n ours {:?}\n theirs {:?}",
        around(input),
        around(ours),
        around(theirs)
    )
}

fn assert_same(texts: &[String]) {
    let Some(folder) = oracle() else { return };
    for configuration in Converter::configurations() {
        let file = folder.join(format!("opencc/clib/share/opencc/{configuration}.json"));
        let theirs = OpenCC::new(file).unwrap();
        let ours = Converter::new(configuration).unwrap();
        for text in texts {
            let (ours, theirs) = (ours.convert(text), theirs.convert(text).unwrap());
            assert!(ours == theirs, "{configuration} {}", first_difference(text, &ours, &theirs));
        }
    }
}

#[test]
fn random_text_converts_as_opencc_converts_it() {
    let asked = std::env::var("ORACLE_DIFFERENTIAL").ok().and_then(|n| n.parse().ok());
    let (mut random, words) = (Random(20_261_123), words());
    let mut left: usize = asked.unwrap_or(CHARACTERS);
    while left > 0 {
        let characters = left.min(500_000);
        left -= characters;
        // Short texts end inside keys more often. Long texts contain sequences of keys.
        let mut texts = vec![random_text(&mut random, &words, characters / 3)];
        texts.extend((0..characters / 300).map(|_| random_text(&mut random, &words, 100)));
        texts.extend((0..characters / 3000).map(|_| calm_text(&mut random, &words, 1000)));
        assert_same(&texts);
    }
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn real_text_converts_as_opencc_converts_it() {
    let shared = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
    let whole = std::env::var_os("ORACLE_DIFFERENTIAL").is_some();
    let (bytes, articles) = if whole { (usize::MAX, usize::MAX) } else { (400_000, 60) };
    let mut texts = vec![std::fs::read_to_string(shared.join("seed/article.txt")).unwrap()];
    for corpus in ["hant", "hans", "tw_news", "poetry", "tw_wiki"] {
        texts.extend(corpus_texts(&shared.join(format!("corpora/{corpus}.jsonl.zst")), bytes));
    }
    if whole {
        for corpus in ["cn_broadcast", "cn_laws", "tw_finance", "tw_laws"] {
            texts.extend(corpus_texts(&shared.join(format!("corpora/{corpus}.jsonl.zst")), bytes));
        }
    }
    for gold in ["dev", "inject.dev"] {
        let text = std::fs::read_to_string(shared.join(format!("gold/{gold}.jsonl"))).unwrap();
        texts.extend(text.lines().take(articles).map(article));
    }
    assert_same(&texts);
}

/// Articles of a compressed collection, up to a number of bytes.
fn corpus_texts(path: &std::path::Path, bytes: usize) -> Vec<String> {
    let text = zstd::decode_all(std::fs::File::open(path).unwrap()).unwrap();
    let text = String::from_utf8(text).unwrap();
    let mut left = bytes;
    let within = text.lines().map(article).take_while(|article| {
        left = left.saturating_sub(article.len());
        left > 0
    });
    within.collect()
}

/// The text of a record. OpenCC's binding does not accept a NUL.
fn article(line: &str) -> String {
    let record: serde_json::Value = serde_json::from_str(line).unwrap();
    record["text"].as_str().unwrap().replace('\0', "")
}
