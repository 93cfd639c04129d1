//! Fuzzing: inputs that nobody thought of. It runs on stable Rust, as a part of the crate's unit tests, because the readers
//! are no public items.
//!
//! `targets.rs` is the table of what is tried, `mutation.rs` makes inputs, `corpus.rs` keeps those that showed something new.
//! A short run with a fixed seed is a part of every test run. A long run goes on for a time that is given:
//!
//! ```sh
//! FUZZ_SECONDS=3600 cargo test --release --lib fuzz::long -- --ignored --nocapture
//! FUZZ_TARGET=html FUZZ_SECONDS=600 cargo test --release --lib fuzz::long -- --ignored --nocapture
//! ```
//!
//! It adds inputs that showed something new to `tests/fuzz/corpus`, and writes what fails, as short as it becomes, to
//! `tests/fuzz/findings`. Move a finding into the corpus when it is mended: each test run tries the whole corpus.

mod corpus;
mod mutation;
mod targets;

use std::collections::HashSet;
use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use corpus::Corpus;
use mutation::Mutator;
use targets::{TARGETS, Target};

/// Inputs for each target in a short run.
const FEW: usize = 150;

/// The seed of a short run.
const SEED: u64 = 20_240_506;

/// Attempts to make a finding shorter.
const ATTEMPTS: usize = 2_000;

/// What a target says of an input, or why it failed.
fn outcome(target: &Target, input: &[u8]) -> Result<String, String> {
    catch_unwind(AssertUnwindSafe(|| (target.run)(input))).unwrap_or_else(|panic| {
        let message = panic.downcast_ref::<String>().cloned();
        let message = message.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
        Err(format!("panicked: {}", message.unwrap_or_default()))
    })
}

/// A shorter input that fails too.
fn minimised(target: &Target, mut input: Vec<u8>) -> Vec<u8> {
    let mut length = input.len() / 2;
    let mut attempts = ATTEMPTS;
    while length > 0 {
        let mut start = 0;
        while start < input.len() && attempts > 0 {
            attempts -= 1;
            let mut shorter = input.clone();
            shorter.drain(start..(start + length).min(input.len()));
            if outcome(target, &shorter).is_err() {
                input = shorter;
            } else {
                start += length;
            }
        }
        length /= 2;
    }
    input
}

/// Every input that was kept, and a few that are made from them.
#[test]
fn short_run() {
    let mut failures = Vec::new();
    for target in TARGETS {
        let corpus = Corpus::read(target.name);
        let mut mutator = Mutator::new(SEED, target.pieces);
        let made = (0..FEW).map(|_| mutator.make(&corpus.inputs)).collect::<Vec<_>>();
        for input in corpus.inputs.iter().chain(&made) {
            if let Err(reason) = outcome(target, input) {
                let shown = String::from_utf8_lossy(&input[..input.len().min(300)]).into_owned();
                failures.push(format!("{}: {reason}\n  {shown:?}", target.name));
            }
        }
    }
    assert!(failures.is_empty(), "{} failures\n{}", failures.len(), failures.join("\n"));
}

/// Inputs without end, until the time is up. It fails if it found something.
#[test]
#[ignore = "takes as long as FUZZ_SECONDS says, for each target"]
fn long() {
    let seconds = env::var("FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(60);
    let only = env::var("FUZZ_TARGET").ok();
    let mut found = 0;
    for target in TARGETS.iter().filter(|target| only.as_deref().is_none_or(|only| only == target.name)) {
        found += run_for(target, Duration::from_secs(seconds));
    }
    assert_eq!(found, 0, "findings; see tests/fuzz/findings");
}

/// Tries a target for a time. Returns the number of findings.
fn run_for(target: &Target, time: Duration) -> usize {
    let began = Instant::now();
    let mut corpus = Corpus::read(target.name);
    let mut known: HashSet<String> =
        corpus.inputs.iter().filter_map(|input| outcome(target, input).ok()).collect();
    let mut mutator = Mutator::new(u64::from(std::process::id()) ^ SEED, target.pieces);
    let (mut tried, mut slowest, mut findings) = (0_u64, Duration::ZERO, HashSet::new());
    while began.elapsed() < time {
        let input = mutator.make(&corpus.inputs);
        // A stack overflow ends the process. Then this file holds its input.
        corpus.write_current(&input);
        let start = Instant::now();
        let outcome = outcome(target, &input);
        if start.elapsed() > slowest {
            slowest = start.elapsed();
            corpus.write_slowest(&input);
        }
        tried += 1;
        match outcome {
            Ok(new) if !known.contains(&new) => {
                known.insert(new);
                corpus.keep(input);
            }
            Ok(_) => {}
            Err(reason) if findings.contains(&reason) => {}
            Err(reason) => {
                eprintln!("{}: {reason}", target.name);
                corpus.write_finding(&minimised(target, input));
                findings.insert(reason);
            }
        }
    }
    eprintln!(
        "{}: {tried} inputs, {} kept, {} findings, the slowest took {slowest:?}",
        target.name,
        corpus.inputs.len(),
        findings.len()
    );
    findings.len()
}
