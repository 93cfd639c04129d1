//! Texts that repeat by nature: those in `tests/cases/repeating/<kind>.<script>.txt`, of which no line is a
//! repeat, and hundreds of every kind that are made by a fixed recipe, of which next to none is.
//!
//! `cargo test --test repeating -- --nocapture` prints the table of docs/quality.md.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

mod texts;

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::Path;

use insta::assert_snapshot;
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

/// What these texts hold, said twice between paragraphs of prose, goes: they do not stay because nothing would.
#[test]
fn what_stays_in_these_texts_goes_elsewhere() {
    let prose = include_str!("../cases/examples/repeat-line.txt");
    let goes = |piece: &&&str| !repeats(&prose.replace("{}", piece)).is_empty();
    let count = |kind, script| {
        let text = text(kind, script);
        // A label before a colon and the bars of a table are what those lines stay for.
        let pieces: BTreeSet<&str> = text.split(['\n', '：', '|', '\t']).map(str::trim).collect();
        format!("{} of {}", pieces.iter().filter(goes).count(), pieces.len())
    };
    let rows = KINDS.map(|kind| format!("{kind}: {}, {}", count(kind, "hant"), count(kind, "hans")));
    assert_snapshot!(rows.join("\n"), @"
    poem: 18 of 21, 18 of 21
    lyrics: 7 of 10, 7 of 10
    statute: 3 of 11, 3 of 11
    code: 5 of 12, 5 of 12
    table: 3 of 13, 3 of 13
    questions: 3 of 9, 3 of 9
    results: 9 of 10, 9 of 10
    ");
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
    let mut table =
        "| kind | texts | lines | that stood before | removed as repeats | rate | removed at all |\n\
         |---|---|---|---|---|---|---|\n"
            .to_owned();
    let mut examples = String::new();
    for kind in KINDS {
        let rate = Rate::of(kind);
        let Rate { lines, again, repeats, removed, .. } = rate;
        let per_cent = rate.per_cent();
        table +=
            &format!("| {kind} | {TEXTS} | {lines} | {again} | {repeats} | {per_cent:.2}% | {removed} |\n");
        examples += &format!("{kind}: {:?}\n", &rate.examples[..rate.examples.len().min(12)]);
    }
    println!("{table}\n{examples}");
    // The counts are exact; where they change, what is printed above names lines that go.
    assert_snapshot!(table, @"
    | kind | texts | lines | that stood before | removed as repeats | rate | removed at all |
    |---|---|---|---|---|---|---|
    | poem | 300 | 9048 | 2530 | 72 | 0.80% | 72 |
    | lyrics | 300 | 11708 | 5093 | 0 | 0.00% | 0 |
    | statute | 300 | 10045 | 3058 | 0 | 0.00% | 0 |
    | code | 300 | 7607 | 3481 | 5 | 0.07% | 5 |
    | table | 300 | 8205 | 2675 | 0 | 0.00% | 0 |
    | questions | 300 | 7618 | 3903 | 0 | 0.00% | 0 |
    | results | 300 | 7954 | 905 | 0 | 0.00% | 0 |
    ");
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
