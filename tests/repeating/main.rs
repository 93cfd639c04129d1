//! Texts that repeat by nature: those in `tests/cases/repeating/<kind>.<script>.txt`, of which no line is a
//! repeat, and hundreds of every kind that are made by a fixed recipe, of which next to none is.
//!
//! `cargo test --test repeating -- --nocapture` prints the table of docs/quality.md.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

mod texts;

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use qingwen::clean::KeepTwin;
use qingwen::rules::Category;
use qingwen::{Cleaner, Converter, fold};
use texts::KINDS;

/// Texts of each kind that are made, half of them in either script.
const TEXTS: u64 = 300;

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

/// What goes of the texts of a kind.
#[derive(Default)]
struct Rate {
    lines: usize,
    /// Lines whose key stood before.
    again: usize,
    /// Lines removed as repeats.
    repeats: usize,
    /// Lines removed for any reason.
    removed: usize,
    examples: Vec<String>,
}

impl Rate {
    fn of(kind: &str) -> Self {
        let (cleaner, t2s) = (Cleaner::default(), Converter::new("t2s").unwrap());
        let mut rate = Self::default();
        for number in 0..TEXTS {
            let text = texts::text(kind, number);
            let text = if number % 2 == 0 { text } else { t2s.convert(&text).into_owned() };
            rate.add(&cleaner, &text);
        }
        rate
    }

    fn add(&mut self, cleaner: &Cleaner, text: &str) {
        let keys: Vec<String> = text.lines().map(fold).filter(|key| !key.is_empty()).collect();
        self.lines += keys.len();
        self.again += keys.len() - keys.iter().collect::<HashSet<_>>().len();
        let removals = cleaner.clean(text).removals;
        self.removed += removals.len();
        let repeats = removals.iter().filter(|removal| removal.category == Category::Repeat);
        let told: Vec<String> =
            repeats.map(|removal| format!("{} ({})", removal.text, removal.rule)).collect();
        self.repeats += told.len();
        self.examples.extend(told);
    }

    fn per_cent(&self) -> f64 {
        100.0 * self.repeats as f64 / self.lines as f64
    }
}

#[test]
fn of_what_repeats_by_nature_next_to_nothing_goes() {
    println!("| kind | texts | lines | that stood before | removed as repeats | rate | removed at all |");
    println!("|---|---|---|---|---|---|---|");
    let mut wrong = Vec::new();
    for kind in KINDS {
        let rate = Rate::of(kind);
        let Rate { lines, again, repeats, removed, .. } = rate;
        println!(
            "| {kind} | {TEXTS} | {lines} | {again} | {repeats} | {:.2}% | {removed} |",
            rate.per_cent()
        );
        assert!(again * 10 > lines, "{kind} does not repeat");
        if rate.per_cent() > 1.0 {
            wrong.push(format!("{kind}: {:?}", &rate.examples[..rate.examples.len().min(12)]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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
