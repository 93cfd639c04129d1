//! Compares the whole program, over files and pipes, with the engine in process, on the same text and in one run:
//! `cargo bench --bench streams`, or only for some rows: `cargo bench --bench streams -- hant-t2s hans-s2twp`.
//!
//! Prints megabytes of text per second, as the median of rounds in which all take turns, and their share of the
//! engine's speed. The rows `copy` do the same reads and writes with only a check of the UTF-8 between them, so no
//! program can be faster. If `../shared/corpora` exists, the text consists of its Traditional and Simplified articles,
//! repeated up to 64 MB; otherwise of the example article. Peak memory is measured for the text itself and for ten
//! times the text (on Linux).

use std::fs::{self, File};
use std::hint::black_box;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use qingwen::Converter;

const BYTES: usize = 64_000_000;
const BLOCK: usize = 64 << 10;
const ROUNDS: usize = 9;
const CONFIGURATIONS: [&str; 3] = ["t2s", "s2t", "s2twp"];

fn main() -> io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    println!(
        "{:<6} {:<6} {:>8}  {:>12}  {:>12}  {:>12}  peak memory",
        "text", "", "engine", "> FILE", "-o FILE", "| |"
    );
    for corpus in ["hant", "hans"] {
        let source = Source::new(corpus)?;
        let is_asked = |row: &str| words.is_empty() || words.contains(&format!("{corpus}-{row}"));
        for configuration in CONFIGURATIONS.into_iter().filter(|name| is_asked(name)) {
            row(corpus, &source, configuration)?;
        }
        if is_asked("copy") {
            copy_row(corpus, &source)?;
        }
        source.remove()?;
    }
    Ok(())
}

/// A text in memory and in files.
struct Source {
    articles: Vec<String>,
    text: String,
    short: PathBuf,
    long: PathBuf,
    output: PathBuf,
}

impl Source {
    fn new(corpus: &str) -> io::Result<Self> {
        let articles = articles(corpus);
        let text = articles.concat();
        let [short, long, output] = ["short", "long", "output"]
            .map(|name| Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("streams-{corpus}-{name}.txt")));
        fs::write(&short, &text)?;
        let mut file = File::create(&long)?;
        (0..10).try_for_each(|_| file.write_all(text.as_bytes()))?;
        Ok(Self { articles, text, short, long, output })
    }

    fn remove(&self) -> io::Result<()> {
        fs::remove_file(&self.short).and(fs::remove_file(&self.long))
    }
}

/// Articles of a collection, repeated up to [`BYTES`].
fn articles(corpus: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../shared/corpora/{corpus}.jsonl.zst"));
    let decoded = File::open(path).and_then(zstd::decode_all).unwrap_or_default();
    let records = String::from_utf8(decoded).unwrap_or_default();
    let text =
        |line: &str| serde_json::from_str::<serde_json::Value>(line).ok()?["text"].as_str().map(String::from);
    let mut articles: Vec<String> = records.lines().filter_map(text).collect();
    if articles.is_empty() {
        articles.push(include_str!("../examples/article.txt").to_owned());
    }
    articles.iter_mut().for_each(|article| article.push('\n'));
    let mut bytes = 0;
    let enough = articles.iter().cycle().take_while(|article| {
        bytes += article.len();
        bytes < BYTES
    });
    enough.cloned().collect()
}

fn row(corpus: &str, source: &Source, configuration: &str) -> io::Result<()> {
    let worker = Converter::new(configuration).map_err(io::Error::other)?.worker();
    let in_process = || {
        for article in &source.articles {
            let mut output = String::with_capacity(article.len());
            worker.convert_into(article, &mut output);
            black_box(&output);
        }
        Ok(())
    };
    let mut rounds: [Vec<Duration>; 4] = Default::default();
    for _ in 0..=ROUNDS {
        rounds[0].push(timed(in_process)?);
        rounds[1].push(timed(|| to_file(source, configuration))?);
        fs::remove_file(&source.output)?;
        rounds[2].push(timed(|| as_output(source, configuration))?);
        fs::remove_file(&source.output)?;
        rounds[3].push(timed(|| through_pipes(source, configuration))?);
    }
    let [engine, programs @ ..] = rounds.map(|times| speed(source, times));
    let cells: Vec<String> =
        programs.iter().map(|speed| format!("{speed:>6.0} {:>3.0} %", 100.0 * speed / engine)).collect();
    let peaks = [peak(&source.short, configuration)?, peak(&source.long, configuration)?];
    println!("{corpus:<6} {configuration:<6} {engine:>8.0}  {}  {}", cells.join("  "), peaks.join(", "));
    Ok(())
}

/// The time for reading, checking and writing alone: into a new file, and including the wait for the disk.
fn copy_row(corpus: &str, source: &Source) -> io::Result<()> {
    let mut rounds: [Vec<Duration>; 2] = Default::default();
    for _ in 0..=ROUNDS {
        for (times, is_synced) in rounds.iter_mut().zip([false, true]) {
            times.push(timed(|| copy(source, is_synced))?);
            fs::remove_file(&source.output)?;
        }
    }
    let [plain, synced] = rounds.map(|times| speed(source, times));
    println!("{corpus:<6} {:<6} {:>8}  {plain:>6.0}        {synced:>6.0}", "copy", "");
    Ok(())
}

/// Megabytes per second. The first round, which brings files and tables into memory, does not count.
fn speed(source: &Source, mut times: Vec<Duration>) -> f64 {
    times.remove(0);
    times.sort();
    source.text.len() as f64 / times[times.len() / 2].as_secs_f64() / 1e6
}

fn timed(run: impl FnOnce() -> io::Result<()>) -> io::Result<Duration> {
    let started = Instant::now();
    run()?;
    Ok(started.elapsed())
}

fn program(configuration: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qingwen"));
    command.args(["convert", "-c", configuration]);
    command
}

fn ended(mut child: Child) -> io::Result<()> {
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(status.to_string())) }
}

fn to_file(source: &Source, configuration: &str) -> io::Result<()> {
    let output = File::create(&source.output)?;
    ended(program(configuration).arg(&source.short).stdout(output).spawn()?)
}

fn as_output(source: &Source, configuration: &str) -> io::Result<()> {
    ended(program(configuration).arg(&source.short).arg("-o").arg(&source.output).spawn()?)
}

fn through_pipes(source: &Source, configuration: &str) -> io::Result<()> {
    let mut child = program(configuration).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    thread::scope(|scope| {
        let feeder = scope.spawn(|| {
            let mut stdin = stdin.ok_or(io::ErrorKind::BrokenPipe)?;
            source.text.as_bytes().chunks(BLOCK).try_for_each(|block| stdin.write_all(block))
        });
        let mut block = vec![0; BLOCK];
        let mut stdout = stdout.ok_or(io::ErrorKind::BrokenPipe)?;
        while stdout.read(&mut block)? > 0 {}
        feeder.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })?;
    ended(child)
}

fn copy(source: &Source, is_synced: bool) -> io::Result<()> {
    let (mut input, mut output) = (File::open(&source.short)?, File::create(&source.output)?);
    let mut block = vec![0; BLOCK];
    loop {
        let length = input.read(&mut block)?;
        // Characters are cut here, so the check ends early or reports an error. It reads the same bytes anyway.
        let _ = black_box(simdutf8::basic::from_utf8(&block[..length]));
        output.write_all(&block[..length])?;
        if length == 0 {
            return if is_synced { output.sync_all() } else { Ok(()) };
        }
    }
}

/// The peak memory of the program, as the system reports it while the program runs.
fn peak(input: &Path, configuration: &str) -> io::Result<String> {
    let mut child = program(configuration).arg(input).stdout(Stdio::null()).spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut peak = String::from("–");
    while child.try_wait()?.is_none() {
        let now = fs::read_to_string(&status).unwrap_or_default();
        let line = now.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.map_or(peak, |line| line.trim().to_owned());
        thread::sleep(Duration::from_millis(2));
    }
    Ok(peak)
}
