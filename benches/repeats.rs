//! Repeats in documents that are built to be slow. `cargo bench --bench repeats` prints the time per line in documents
//! of 1,000, 10,000 and 200,000 lines. If the time grows with the number of lines, something is not linear.
//!
//! The whole cleaner runs: first with only the rules that find repeats, then with everything.

#[path = "repeats/families.rs"]
mod families;

use std::time::{Duration, Instant};

use families::{FAMILIES, Line};
use qingwen::clean::{Profile, Punctuation};
use qingwen::rules::Certainty;
use qingwen::{Cleaner, Target};

const SIZES: [usize; 3] = [1_000, 10_000, 200_000];
/// Runs of each document. The fastest counts, because other work on the machine only adds time.
const RUNS: usize = 2;

fn main() {
    let only = std::env::args().skip(1).find(|argument| !argument.starts_with("--"));
    for (name, cleaner) in [("rules that find repeats", repeats()), ("everything", everything())] {
        println!("| {name} | {} | last to first |", SIZES.map(|size| format!("{size} lines")).join(" | "));
        println!("|---|---|---|---|---|");
        for (name, line) in
            FAMILIES.iter().filter(|(name, _)| only.as_ref().is_none_or(|only| name.contains(only)))
        {
            let times = SIZES.map(|size| per_line(&cleaner, size, *line));
            let cells = times.map(|time| format!("{time:.0} ns")).join(" | ");
            println!("| {name} | {cells} | {:.2} |", times[2] / times[0]);
        }
        println!();
    }
}

fn repeats() -> Cleaner {
    let builder = Cleaner::builder().profile(Profile::Light).certainty(Certainty::Sure);
    builder.target(Target::Keep).punctuation(Punctuation::Keep).build()
}

fn everything() -> Cleaner {
    Cleaner::builder().profile(Profile::Corpus).build()
}

/// Time per line of a document, in nanoseconds.
fn per_line(cleaner: &Cleaner, size: usize, line: Line) -> f64 {
    let lines: Vec<String> = (0..size).map(|number| line(number, size)).collect();
    let text = lines.join("\n");
    let run = || -> Duration {
        let start = Instant::now();
        std::hint::black_box(cleaner.clean(&text));
        start.elapsed()
    };
    let fastest = (0..RUNS).map(|_| run()).min().unwrap_or_default();
    fastest.as_nanos() as f64 / size as f64
}
