//! Compares conversion towards a target with the exact engine for the matching configuration, in one run on one thread:
//! `cargo bench --bench mixed`, or only for some lines: `cargo bench --bench mixed -- hans-tw hant-hans`.
//!
//! Prints megabytes of text per second, as the median of rounds in which the two take turns, and their ratio. If
//! `../shared/corpora` exists, it runs over eight megabytes of its Traditional and its Simplified articles; otherwise
//! over copies of the example article.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use qingwen::convert::{Conversion, ConversionOptions, Converter, Document, Target};

const BYTES: usize = 8 << 20;
const ROUNDS: usize = 7;

const PAIRS: [(Target, &str); 5] = [
    (Target::Tw, "s2tw"),
    (Target::Hk, "s2hk"),
    (Target::TwPhrases, "s2twp"),
    (Target::HkPhrases, "s2hkp"),
    (Target::Hans, "hk2s"),
];

fn main() {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    println!("{:<6} {:<6} {:>10} {:>10} {:>6}", "text", "target", "mixed MB/s", "exact MB/s", "ratio");
    for corpus in ["hans", "hant"] {
        let articles = articles(corpus);
        let bytes: usize = articles.iter().map(String::len).sum();
        for (target, configuration) in PAIRS {
            if !words.is_empty() && !words.contains(&format!("{corpus}-{target}")) {
                continue;
            }
            let Ok(converter) = Converter::new(configuration) else { continue };
            let worker = converter.worker();
            let mut rounds: [Vec<Duration>; 2] = Default::default();
            for _ in 0..=ROUNDS {
                rounds[0].push(timed(&articles, |article| towards(target, article)));
                rounds[1].push(timed(&articles, |article| worker.convert(article).into_owned()));
            }
            let [mixed, exact] = rounds.map(|times| bytes as f64 / median(times).as_secs_f64() / 1e6);
            println!("{corpus:<6} {target:<6} {mixed:>10.1} {exact:>10.1} {:>6.2}", mixed / exact);
        }
    }
}

fn towards(target: Target, article: &str) -> String {
    let document = Document::new(article);
    Conversion::of_document(target, &ConversionOptions::default(), &document).convert_document(&document)
}

fn timed(articles: &[String], convert: impl Fn(&str) -> String) -> Duration {
    let started = Instant::now();
    articles.iter().for_each(|article| drop(black_box(convert(article))));
    started.elapsed()
}

/// The median of the times. The first round, which reads tables, does not count.
fn median(mut times: Vec<Duration>) -> Duration {
    times.remove(0);
    times.sort();
    times[times.len() / 2]
}

fn articles(corpus: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../shared/corpora/{corpus}.jsonl.zst"));
    let decoded = std::fs::File::open(path).and_then(zstd::decode_all).unwrap_or_default();
    let records = String::from_utf8(decoded).unwrap_or_default();
    let text =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(String::from);
    let example = include_str!("../examples/article.txt").to_owned();
    let mut bytes = 0;
    let texts = records.lines().filter_map(text).chain(std::iter::repeat(example));
    texts
        .take_while(|text| {
            bytes += text.len();
            bytes < BYTES
        })
        .collect()
}
