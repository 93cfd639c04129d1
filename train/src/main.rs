//! Trains the line model of qingwen, and measures it on sources that it was not trained on.

mod collections;
mod crf;
mod gold;
mod sample;
mod score;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use clap::Parser;
use qingwen::clean::Punctuation;
use qingwen::rules::rules;
use qingwen::training::{BUCKETS, Header, LABEL_COUNT, Model, schema, with_model};
use qingwen::{Cleaner, Target};

use crf::{Crf, Sequence, Settings};
use gold::Article;
use score::Score;

/// Collections in which all lines are content: collection, number of articles to train on, weight of each.
const CONTENT: &[(&str, usize, f32)] =
    &[("poetry", 300, 0.5), ("cn_laws", 60, 0.5), ("tw_laws", 60, 0.5), ("tw_wiki", 60, 0.5)];
/// Training uses one in this many articles of a collection. The tests use others.
const STRIDE: usize = 4;
/// Minimum number of lines of a source for a separate measure to be meaningful.
const SOURCE_LINES: usize = 100;
/// Maximum number of lines to use of an article of a collection.
const CONTENT_LINES: usize = 150;

#[derive(Parser)]
#[command(about)]
struct Args {
    /// Labelled articles and collections
    #[arg(long, default_value = "../shared")]
    shared: PathBuf,
    /// Labels of articles of the collections
    #[arg(long, default_value = "train/labels")]
    labels: PathBuf,
    /// How much an article of the collections counts in training
    #[arg(long, default_value_t = 0.5)]
    apart: f32,
    /// Where the model goes
    #[arg(long, default_value = "dictionaries/model")]
    out: PathBuf,
    /// Parts into which the sources are divided for measuring
    #[arg(long, default_value_t = 5)]
    folds: usize,
    #[arg(long, default_value_t = 12)]
    passes: usize,
    #[arg(long, default_value_t = 0.05)]
    step: f32,
    #[arg(long, default_value_t = 0.02)]
    decay: f32,
    /// Trainings whose weights are averaged
    #[arg(long, default_value_t = 6)]
    runs: u64,
    /// Share of the features that are left out while training
    #[arg(long, default_value_t = 0.5)]
    dropped: f32,
    /// Minimum number of sources that must have a feature
    #[arg(long, default_value_t = 2)]
    sources: usize,
    /// Minimum probability for the removal of a line of no length
    #[arg(long, default_value_t = 0.15)]
    threshold: f32,
    /// Number of characters at which the required odds are twice those of the threshold
    #[arg(long, default_value_t = 16.0)]
    short: f32,
    /// Share of the doubt that is allowed for a line of prose
    #[arg(long, default_value_t = 0.5)]
    prose: f32,
    /// How much a whole page counts in training
    #[arg(long, default_value_t = 0.7)]
    pages: f32,
    /// How much more the own features of prose must speak for content than for any other label to pass the gate, in
    /// natural logarithms of odds
    #[arg(long, default_value_t = 6.0)]
    sure: f32,
    /// Measure at these thresholds too, each with its own values of --short and --prose behind colons, if they
    /// differ
    #[arg(long, value_delimiter = ',')]
    at: Vec<String>,
    /// Only measure; write nothing
    #[arg(long)]
    measure: bool,
    /// Measure what learning from many pages adds (`corpus learn`), and write nothing
    #[arg(long)]
    collections: bool,
    /// Draw this number of lines that a model of collections removes, by a fixed seed, and write nothing
    #[arg(long)]
    sample: Option<usize>,
    /// Folder of the models of the parts. Models that are there are read, and no others are trained
    #[arg(long)]
    models: Option<PathBuf>,
    /// Print the lines that go wrong
    #[arg(long)]
    mistakes: bool,
    /// Print the measure of each source with a hundred lines or more, by their number
    #[arg(long)]
    by_source: bool,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let sets = sets(&args)?;
    let content = content(&args)?;
    if let Some(number) = args.sample {
        return sample::print(&args, &sets, number);
    }
    if args.collections {
        return collections::measure(&args, &sets, &content);
    }
    let score = measure(&args, &sets, &content);
    if args.measure {
        return Ok(());
    }
    let crf = train(&args, &sets.iter().flat_map(|set| &set.articles).collect::<Vec<_>>(), &content);
    let (header, table) = crf.quantised(header(&args, &format!("{score}, on other sources")));
    std::fs::write(args.out.join("model.toml"), toml::to_string(&header)?)?;
    std::fs::write(args.out.join("weights.bin"), table)?;
    Ok(())
}

/// Labelled articles that are measured together.
struct Set {
    name: &'static str,
    articles: Vec<Article>,
}

/// The labelled articles, and those of collections that are labelled separately from their text.
fn sets(args: &Args) -> anyhow::Result<[Set; 4]> {
    let apart = |name: &str, source, weight| {
        let collection = args.shared.join(format!("corpora/{name}.jsonl.zst"));
        gold::labelled_apart(&args.labels.join(format!("{name}.jsonl")), &collection, source, weight)
    };
    Ok([
        Set {
            name: "labelled articles",
            articles: gold::articles(&args.shared.join("gold/dev.jsonl"), 1.0)?,
        },
        Set { name: "articles of hans", articles: apart("hans", Some("wechat"), args.apart)? },
        Set {
            name: "whole pages",
            articles: gold::articles(&args.shared.join("gold/fresh.dev.jsonl"), args.pages)?,
        },
        Set { name: "further pages", articles: apart("pages", None, args.pages)? },
    ])
}

fn content(args: &Args) -> anyhow::Result<Vec<Sequence>> {
    let mut sequences = Vec::new();
    for (name, number, weight) in CONTENT {
        let records = gold::records(&args.shared.join(format!("corpora/{name}.jsonl.zst")))?;
        for record in records.iter().skip(1).step_by(STRIDE).take(*number) {
            let text = record["text"].as_str().unwrap_or_default();
            let lines: Vec<&str> = text.lines().take(CONTENT_LINES).collect();
            sequences.push(gold::content(&lines.join("\n"), *weight));
        }
    }
    Ok(sequences)
}

fn header(args: &Args, score: &str) -> Header {
    Header {
        command: "cargo run --release --manifest-path train/Cargo.toml".into(),
        score: score.into(),
        schema: schema(),
        rules: rules().iter().map(|rule| rule.id.to_owned()).collect(),
        scale: 0.0,
        threshold: args.threshold,
        short: args.short,
        doubt_of_prose: args.prose,
        sure: args.sure,
        start: [0.0; LABEL_COUNT],
        end: [0.0; LABEL_COUNT],
        transitions: [[0.0; LABEL_COUNT]; LABEL_COUNT],
    }
}

/// The header with the strictness that an item of --at gives.
fn strictness(args: &Args, at: &str) -> Header {
    let values: Vec<Option<f32>> = at.split(':').map(|value| value.parse().ok()).collect();
    let value = |index: usize, default| values.get(index).copied().flatten().unwrap_or(default);
    Header {
        threshold: value(0, args.threshold),
        short: value(1, args.short),
        doubt_of_prose: value(2, args.prose),
        ..header(args, "")
    }
}

fn train(args: &Args, articles: &[&Article], content: &[Sequence]) -> Crf {
    let mut sources: BTreeMap<u16, BTreeSet<&str>> = BTreeMap::new();
    for article in articles {
        let rows: BTreeSet<u16> = article.sequences[0].rows.iter().flatten().copied().collect();
        for row in rows {
            let sources = sources.entry(row).or_default();
            if sources.len() < args.sources {
                sources.insert(&article.source);
            }
        }
    }
    let used: Vec<bool> = (0..BUCKETS)
        .map(|row| sources.get(&(row as u16)).is_some_and(|sources| sources.len() >= args.sources))
        .collect();
    let sequences: Vec<&Sequence> =
        articles.iter().flat_map(|article| &article.sequences).chain(content).collect();
    Crf::train(
        &sequences,
        &used,
        Settings {
            passes: args.passes,
            step: args.step,
            decay: args.decay,
            runs: args.runs,
            dropped: args.dropped,
        },
    )
}

/// Cross-validation: for each part, trains on all other parts and measures that part. Prints the results, and returns
/// the score of the first set.
fn measure(args: &Args, sets: &[Set], content: &[Sequence]) -> Score {
    let parts = parts(sets, args.folds);
    let crfs = trained_without_each_part(args, sets, content, &parts);
    let measured = sets.iter().map(|set| measure_set(args, set, &crfs, |source| parts[source]));
    measured.collect::<Vec<_>>().swap_remove(0)
}

/// For each part, a training on all other parts.
fn trained_without_each_part(
    args: &Args,
    sets: &[Set],
    content: &[Sequence],
    parts: &BTreeMap<&str, usize>,
) -> Vec<Crf> {
    let all: Vec<&Article> = sets.iter().flat_map(|set| &set.articles).collect();
    let without = |part: usize| {
        let others = all.iter().filter(|article| parts[article.source.as_str()] != part);
        train(args, &others.copied().collect::<Vec<_>>(), content)
    };
    in_parallel(args.folds, &without)
}

/// The results of a function for the numbers below `count`, in order. Each is computed on a thread of its own.
fn in_parallel<T: Send>(count: usize, result: &(impl Fn(usize) -> T + Sync)) -> Vec<T> {
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..count).map(|number| scope.spawn(move || result(number))).collect();
        running.into_iter().map(|thread| thread.join().expect("a training that ends")).collect()
    })
}

/// Measures a set. The articles of each part are measured with the training that did not see them. Prints the results,
/// and returns the score at the requested strictness.
fn measure_set(args: &Args, set: &Set, crfs: &[Crf], part_of: impl Fn(&str) -> usize) -> Score {
    println!("{}, {}:", set.name, set.articles.len());
    let mut first = None;
    for at in std::iter::once("").chain(args.at.iter().map(String::as_str)) {
        let strictness = strictness(args, at);
        let cleaners: Vec<Cleaner> = crfs.iter().map(|crf| cleaner(crf.model(strictness.clone()))).collect();
        let mut score = Score::default();
        for article in &set.articles {
            score.add(&cleaners[part_of(&article.source)], article);
        }
        let Header { threshold, short, doubt_of_prose, .. } = strictness;
        println!("threshold {threshold}:{short}:{doubt_of_prose}: {score}");
        first.get_or_insert((score, cleaners));
    }
    let Some((score, cleaners)) = first else { return Score::default() };
    let mut by_source = BTreeMap::<String, Score>::new();
    for article in set.articles.iter().filter(|_| args.by_source) {
        let cleaner = &cleaners[part_of(&article.source)];
        by_source.entry(article.source.clone()).or_default().add(cleaner, article);
    }
    print(args, &score, &by_source);
    score
}

fn cleaner(model: Model) -> Cleaner {
    let builder = Cleaner::builder().target(Target::Keep).punctuation(Punctuation::Keep);
    with_model(builder, model).build()
}

fn print(args: &Args, score: &Score, by_source: &BTreeMap<String, Score>) {
    let (right, all) = score.repeats;
    println!("precision of repeats: {right}/{all}");
    for (label, (found, all)) in &score.by_label {
        println!("{label:10} {found:5}/{all:<5} {:.3}", *found as f64 / (*all).max(1) as f64);
    }
    let mut sources: Vec<(&String, &Score)> =
        by_source.iter().filter(|(_, score)| score.lines >= SOURCE_LINES).collect();
    sources.sort_by_key(|(_, score)| std::cmp::Reverse(score.lines));
    for (source, score) in sources {
        println!("{source:30} {:5} lines  {score}", score.lines);
    }
    if args.mistakes {
        score.mistakes.iter().for_each(|mistake| println!("{mistake}"));
    }
}

/// For each source, the part in which it is measured. The sources of a set are assigned in order of size, the largest
/// first, each to the smallest part.
fn parts(sets: &[Set], folds: usize) -> BTreeMap<&str, usize> {
    let mut of = BTreeMap::new();
    for set in sets {
        let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
        for article in &set.articles {
            *sources.entry(&article.source).or_default() += article.written.len();
        }
        let mut sizes = vec![0; folds];
        let mut order: Vec<(&str, usize)> = sources.into_iter().collect();
        order.sort_by_key(|(source, lines)| (std::cmp::Reverse(*lines), *source));
        for (source, lines) in order {
            let smallest = (0..folds).min_by_key(|part| sizes[*part]).unwrap_or_default();
            let part = *of.entry(source).or_insert(smallest);
            sizes[part] += lines;
        }
    }
    of
}
