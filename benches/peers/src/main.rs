//! Measures converters on the same texts, on one thread, in one process: `benches/peers/run`.
//!
//! Read the ratios. Machines are noisy, but all engines take turns within a round. `=` means that an engine's output
//! equals OpenCC's on every text.

mod engines;

use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use clap::Parser;

use engines::{Convert, ENGINES, OPENCC, QINGWEN};

const CONFIGURATIONS: [&str; 8] = ["t2s", "s2t", "s2tw", "s2twp", "tw2sp", "s2hk", "hk2s", "t2jp"];

/// Measures converters on the same texts
#[derive(Parser)]
struct Args {
    /// Measured rounds, after one that is not measured
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Megabytes of each collection
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    megabytes: usize,
    /// Collections of ../shared/corpora
    #[arg(long, num_args = 1.., default_values = ["hant", "hans"])]
    corpora: Vec<String>,
    /// Configurations
    #[arg(long, num_args = 1.., default_values = CONFIGURATIONS)]
    configurations: Vec<String>,
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    for corpus in &args.corpora {
        let texts = texts(corpus, args.megabytes.saturating_mul(1_000_000))?;
        println!("\n{corpus}, megabytes of text a second, medians of {} rounds\n", args.rounds);
        println!(
            "| | {} | ÷ fastest peer | ÷ OpenCC | as OpenCC |",
            ENGINES.map(|(name, _)| name).join(" | ")
        );
        println!("|---{}", "|---".repeat(ENGINES.len() + 3) + "|");
        for configuration in &args.configurations {
            println!("{}", row(configuration, &texts, args.rounds)?);
        }
    }
    Ok(())
}

/// Texts of a collection, up to a number of bytes.
fn texts(corpus: &str, bytes: usize) -> anyhow::Result<Vec<String>> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../../shared/corpora/{corpus}.jsonl.zst"));
    let file = std::fs::File::open(&path).with_context(|| path.display().to_string())?;
    let records = String::from_utf8(zstd::decode_all(file)?)?;
    let mut left = bytes;
    let mut texts = Vec::new();
    for line in records.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        // OpenCC's binding does not accept a NUL.
        let text = record["text"].as_str().unwrap_or_default().replace('\0', "");
        let Some(rest) = left.checked_sub(text.len()) else { break };
        left = rest;
        texts.push(text);
    }
    Ok(texts)
}

/// The row of a configuration.
fn row(configuration: &str, texts: &[String], rounds: usize) -> anyhow::Result<String> {
    let engines: Vec<Option<Convert>> =
        ENGINES.iter().map(|(_, open)| open(configuration)).collect::<anyhow::Result<_>>()?;
    let mut seconds = vec![Vec::new(); engines.len()];
    for round in 0..=rounds {
        for turn in 0..engines.len() {
            // Each round begins with another engine.
            let engine = (turn + round) % engines.len();
            let Some(convert) = &engines[engine] else { continue };
            let start = Instant::now();
            texts.iter().for_each(|text| drop(std::hint::black_box(convert(text))));
            if round > 0 {
                seconds[engine].push(start.elapsed().as_secs_f64());
            }
        }
    }
    let bytes: usize = texts.iter().map(String::len).sum();
    let speeds: Vec<Option<f64>> =
        seconds.into_iter().map(|seconds| Some(bytes as f64 / 1e6 / median(seconds)?)).collect();
    Ok(format!("| {configuration} | {} | {} |", cells(&speeds), same_as_opencc(&engines, texts).join(", ")))
}

fn median(mut seconds: Vec<f64>) -> Option<f64> {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied()
}

/// The speeds, and the two ratios.
fn cells(speeds: &[Option<f64>]) -> String {
    let ours = speeds[QINGWEN].unwrap_or_default();
    let peers = speeds.iter().enumerate().filter(|(engine, _)| *engine != QINGWEN);
    let fastest = peers.filter_map(|(_, speed)| *speed).fold(0.0, f64::max);
    let speeds_cells = speeds.iter().map(|speed| speed.map_or("–".into(), |speed| format!("{speed:.0}")));
    let ratios = [fastest, speeds[OPENCC].unwrap_or_default()].map(|peer| format!("{:.1}", ours / peer));
    speeds_cells.chain(ratios).collect::<Vec<_>>().join(" | ")
}

/// For each engine, whether it gives OpenCC's output on all texts, and if not, on how many texts it differs.
fn same_as_opencc(engines: &[Option<Convert>], texts: &[String]) -> Vec<String> {
    let Some(opencc) = &engines[OPENCC] else { return Vec::new() };
    let expected: Vec<String> = texts.iter().map(|text| opencc(text)).collect();
    let others = ENGINES.iter().zip(engines).enumerate().filter(|(engine, _)| *engine != OPENCC);
    let verdict = |(_, ((name, _), convert)): (usize, (&(&str, _), &Option<Convert>))| {
        let differing = texts
            .iter()
            .zip(&expected)
            .filter(|(text, expected)| convert.as_ref().is_some_and(|convert| convert(text) != **expected));
        match (convert, differing.count()) {
            (None, _) => None,
            (_, 0) => Some(format!("{name} =")),
            (_, differing) => Some(format!("{name} {differing} of {} differ", texts.len())),
        }
    };
    others.filter_map(verdict).collect()
}
