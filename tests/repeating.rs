//! Texts that repeat by nature, in `tests/cases/repeating/<kind>.<script>.txt`: no line of them is a repeat.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

use std::fs;
use std::path::Path;

use qingwen::{Category, Cleaner, KeepTwin};

/// Kinds of text, each in two scripts.
const KINDS: [&str; 7] = ["poem", "lyrics", "statute", "code", "table", "questions", "results"];

fn text(kind: &str, script: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/repeating");
    fs::read_to_string(folder.join(format!("{kind}.{script}.txt"))).unwrap()
}

/// The lines removed as repeats, by any policy.
fn repeats(text: &str) -> Vec<String> {
    let policies = [KeepTwin::First, KeepTwin::TargetScript, KeepTwin::Longest];
    let cleaned = policies.map(|policy| Cleaner::builder().keep_twin(policy).build().clean(text).removals);
    let repeats = cleaned.into_iter().flatten().filter(|removal| removal.category == Category::Repeat);
    repeats.map(|removal| format!("{} ({})", removal.text, removal.rule)).collect()
}

#[test]
fn what_repeats_by_nature_stays() {
    for kind in KINDS {
        for script in ["hant", "hans"] {
            assert_eq!(repeats(&text(kind, script)), Vec::<String>::new(), "{kind} {script}");
        }
    }
}

#[test]
fn a_copy_of_the_headline_goes_from_these_texts_too() {
    for kind in ["statute", "code", "questions", "results"] {
        let (hant, hans) = (text(kind, "hant"), text(kind, "hans"));
        let headline = hans.lines().next().unwrap();
        let page = format!("{hant}\n{headline}\n");
        assert!(!repeats(&page).is_empty(), "{kind}");
    }
}
