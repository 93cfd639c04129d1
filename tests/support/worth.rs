//! Measures the benefit of each guard: in texts that repeat by nature, the number of lines that this guard alone
//! protects. This is a part of `src/decide/duplicates` in tests, because guards can only be asked one by one inside.
//!
//! `cargo test --lib worth -- --nocapture` prints the table of docs/quality.md.

use std::collections::{BTreeMap, HashMap};

use super::DuplicateFinder;
use super::duplicate::{names, protecting};
use crate::Converter;
use crate::analysis::{Row, View};
use crate::detect::duplicates::document_type::Genre;
use crate::detect::headline::Titles;

#[path = "../repeating/texts.rs"]
mod texts;

/// Number of texts of each kind. Half of them are in each script.
const TEXTS: u64 = 300;

/// Numbers of lines in a kind of text: those that occurred before, those that no guard protects, and those that a
/// single guard alone protects.
#[derive(Default)]
struct Worth {
    lines: usize,
    again: usize,
    unguarded: usize,
    alone: BTreeMap<&'static str, usize>,
}

impl Worth {
    fn of(kind: &str) -> Self {
        let t2s = Converter::new("t2s").expect("a configuration");
        let mut worth = Self::default();
        for number in 0..TEXTS {
            let text = texts::text(kind, number);
            worth.add(&if number % 2 == 0 { text } else { t2s.convert(&text).into_owned() });
        }
        worth
    }

    fn add(&mut self, text: &str) {
        let lines: Vec<_> = text.lines().enumerate().map(|(index, line)| (index + 1, line)).collect();
        let view = View::new(&lines, None);
        let genre = Genre::of(&view);
        let finder = DuplicateFinder::of(&view, Titles::of(&view), &genre);
        let mut first: HashMap<&str, Row> = HashMap::new();
        for row in view.filled() {
            self.lines += 1;
            let key = view.lines[row].key();
            let Some(twin) = first.get(key).copied() else {
                first.extend((!key.is_empty()).then_some((key, row)));
                continue;
            };
            self.again += 1;
            match protecting(&finder.pair(row, Some(twin))).collect::<Vec<_>>().as_slice() {
                [] => self.unguarded += 1,
                [guard] => *self.alone.entry(guard).or_default() += 1,
                _ => {}
            }
        }
    }

    fn per_cent(&self, lines: usize) -> f64 {
        100.0 * lines as f64 / self.lines as f64
    }
}

#[test]
fn without_guards_texts_that_repeat_by_nature_would_lose_lines() {
    let worths: Vec<Worth> = texts::KINDS.iter().map(|kind| Worth::of(kind)).collect();
    println!("{}", table(&worths, |worth, lines| format!("{:.2}%", worth.per_cent(lines))));
    insta::assert_snapshot!(table(&worths, |_, lines| lines.to_string()), @"
    | removed without | poem | lyrics | statute | code | table | questions | results |
    |---|---|---|---|---|---|---|---|
    | none (all guards speak) | 0 | 0 | 0 | 5 | 0 | 0 | 0 |
    | short | 0 | 0 | 0 | 5 | 0 | 1 | 0 |
    | code | 0 | 0 | 0 | 28 | 0 | 0 | 0 |
    | verse | 207 | 1003 | 0 | 166 | 110 | 60 | 20 |
    | part | 0 | 0 | 0 | 5 | 0 | 0 | 0 |
    | sentence | 0 | 0 | 0 | 5 | 0 | 0 | 0 |
    | contents | 0 | 0 | 0 | 5 | 0 | 0 | 0 |
    | statute | 0 | 0 | 1176 | 5 | 0 | 0 | 0 |
    | latin | 0 | 0 | 0 | 5 | 0 | 0 | 0 |
    | table | 0 | 0 | 0 | 5 | 0 | 0 | 0 |
    | item | 0 | 0 | 0 | 5 | 0 | 0 | 0 |
    | label | 0 | 0 | 0 | 5 | 0 | 16 | 0 |
    | parallel | 0 | 0 | 0 | 5 | 0 | 0 | 0 |
    | echo | 0 | 0 | 0 | 5 | 0 | 1 | 0 |
    | refrain | 0 | 0 | 0 | 9 | 0 | 0 | 0 |
    | question | 0 | 0 | 0 | 5 | 0 | 19 | 0 |
    | value | 0 | 0 | 0 | 5 | 0 | 0 | 0 |
    | piece | 0 | 0 | 0 | 5 | 0 | 0 | 0 |
    | lesson | 0 | 0 | 0 | 5 | 0 | 0 | 0 |
    | all guards | 2530 | 5093 | 3058 | 3481 | 2675 | 3903 | 905 |
    ");
}

/// By guard, what would go of each kind of text if it were silent.
fn table(worths: &[Worth], cell: impl Fn(&Worth, usize) -> String) -> String {
    let row = |name: &str, lines: &dyn Fn(&Worth) -> usize| {
        let cells: Vec<String> = worths.iter().map(|worth| cell(worth, lines(worth))).collect();
        format!("| {name} | {} |\n", cells.join(" | "))
    };
    let mut table = format!("| removed without | {} |\n", texts::KINDS.join(" | "));
    table += &format!("|---|{}\n", "---|".repeat(texts::KINDS.len()));
    table += &row("none (all guards speak)", &|worth| worth.unguarded);
    for name in names() {
        table += &row(name, &|worth| worth.unguarded + worth.alone.get(name).copied().unwrap_or_default());
    }
    table + &row("all guards", &|worth| worth.again)
}
