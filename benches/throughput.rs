//! Throughput of the stages, in bytes of text per second on one thread: `cargo bench --bench throughput`.
//!
//! If `../shared/corpora` exists, each stage runs over two megabytes of real Traditional and Simplified articles;
//! otherwise over copies of the example article. Numbers belong into docs/performance.md only together with a
//! description of the machine.

use std::path::Path;
use std::sync::LazyLock;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use qingwen::clean::Punctuation;
use qingwen::{Cleaner, Converter, Target, fold};

const BYTES: usize = 2 << 20;

static HANT: LazyLock<Vec<String>> = LazyLock::new(|| articles("hant"));
static HANS: LazyLock<Vec<String>> = LazyLock::new(|| articles("hans"));

fn main() {
    divan::main();
}

/// About [`BYTES`] bytes of articles of a collection.
fn articles(corpus: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../shared/corpora/{corpus}.jsonl.zst"));
    let decoded = std::fs::File::open(path).and_then(zstd::decode_all).unwrap_or_default();
    let records = String::from_utf8(decoded).unwrap_or_default();
    let example = include_str!("../examples/article.txt").to_owned();
    let text =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(String::from);
    let mut bytes = 0;
    let texts = records.lines().filter_map(text).chain(std::iter::repeat(example));
    let enough = texts.take_while(|text| {
        bytes += text.len();
        bytes < BYTES
    });
    enough.collect()
}

fn run(bencher: Bencher, articles: &[String], stage: impl Fn(&str)) {
    let bytes: usize = articles.iter().map(String::len).sum();
    bencher
        .counter(BytesCount::new(bytes))
        .bench_local(|| articles.iter().for_each(|article| stage(article)));
}

#[divan::bench(args = ["hant", "hans"])]
fn folding(bencher: Bencher, corpus: &str) {
    run(bencher, of(corpus), |article| {
        article.lines().for_each(|line| drop(black_box(fold(line))));
    });
}

/// All detectors, until nothing more is found.
#[divan::bench(args = ["hant", "hans"])]
fn detect(bencher: Bencher, corpus: &str) {
    let cleaner = Cleaner::builder().target(Target::Keep).punctuation(Punctuation::Keep).build();
    run(bencher, of(corpus), |article| drop(black_box(cleaner.clean(article))));
}

#[divan::bench(args = [("hant", "t2s"), ("hans", "s2t"), ("hans", "s2twp"), ("hant", "tw2sp"), ("hans", "t2s")])]
fn convert(bencher: Bencher, (corpus, configuration): (&str, &str)) {
    let Ok(converter) = Converter::new(configuration) else { return };
    run(bencher, of(corpus), |article| drop(black_box(converter.convert(article))));
}

#[divan::bench(args = [("hant", Target::Auto), ("hans", Target::Auto), ("hans", Target::Tw)])]
fn clean(bencher: Bencher, (corpus, target): (&str, Target)) {
    let cleaner = Cleaner::builder().target(target).build();
    run(bencher, of(corpus), |article| drop(black_box(cleaner.clean(article))));
}

fn of(corpus: &str) -> &'static [String] {
    if corpus == "hant" { &HANT } else { &HANS }
}
