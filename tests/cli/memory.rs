//! `--memory` and `--temp-dir` of `corpus dedup`: the result is the same, and temporary files go.

#[cfg(unix)]
use std::io::Read;
#[cfg(unix)]
use std::path::Path;
#[cfg(unix)]
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::Folder;
#[cfg(unix)]
use crate::support::installed;

/// Records of which a quarter are copies. The bands of all of them do not fit into the least memory.
fn records() -> String {
    let record = |number: u32| {
        let story = if number % 4 == 3 { number - 3 } else { number };
        let mut seed = u64::from(story);
        let mut next = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from_u32(0x4E00 + (seed >> 33) as u32 % 0x4000).unwrap_or('一')
        };
        let text: String = (0..70).map(|_| next()).collect();
        let own = if number % 4 == 3 { "街坊也說好。" } else { "" };
        json!({"id": number, "text": format!("{text}{own}")}).to_string() + "\n"
    };
    (0..24_000).map(record).collect()
}

/// A report without what differs from run to run.
fn report(folder: &Folder, name: &str) -> Vec<Value> {
    let mut records = folder.records(name);
    let summary = records.last_mut().and_then(Value::as_object_mut).expect("a summary");
    assert!(summary.remove("seconds").is_some() && summary.remove("bytes_per_second").is_some());
    records
}

#[test]
fn the_result_is_the_same_with_the_least_memory() {
    let folder = Folder::with(&[("a.jsonl", &records())]);
    std::fs::create_dir(folder.path("temporary")).expect("a folder");
    let dedup = ["corpus", "dedup", "a.jsonl", "--threads", "1"];
    let much = ["--memory", "4G", "--report", "much.jsonl", "-o", "much"];
    folder.run(&[&dedup[..], &much].concat()).exits(0);
    let least = ["--memory", "160M", "--temp-dir", "temporary", "--report", "least.jsonl", "-o", "least"];
    folder.run(&[&dedup[..], &least].concat()).exits(0).says("24000 articles: 6000 copies");
    assert_eq!(report(&folder, "least.jsonl"), report(&folder, "much.jsonl"));
    assert!(folder.read("least") == folder.read("much"));
    assert_eq!(std::fs::read_dir(folder.path("temporary")).expect("a folder").count(), 0);
}

#[test]
fn too_little_memory_and_a_missing_folder_are_named() {
    let folder = Folder::with(&[("a.jsonl", "{\"text\":\"說,好。\"}\n"), ("r.jsonl", "")]);
    for (options, message) in [
        (&["--memory", "159M"][..], "--memory 159M is too little: with --threads 1, the least is 160M"),
        (&["--memory", "much"], "a size is a number of bytes"),
        (&["--temp-dir", "none"], "none: cannot hold temporary files: "),
        (&["--temp-dir", "a.jsonl"], "a.jsonl: cannot hold temporary files: "),
    ] {
        let dedup = ["corpus", "dedup", "a.jsonl", "--threads", "1", "--report", "r.jsonl"];
        folder.run(&[&dedup[..], options].concat()).exits(2).says(message);
        assert_eq!(folder.read("r.jsonl"), "", "{options:?}");
    }
    folder.run(&["corpus", "dedup", "a.jsonl", "--threads", "1", "--memory", "160M"]).exits(0);
}

/// Blank lines are no records, but bytes of the input.
/// The other commands that count a whole collection keep within the same memory.
#[test]
fn lines_and_paragraphs_are_counted_in_the_same_memory() {
    let folder = Folder::with(&[("a.jsonl", &records())]);
    for command in [&["learn", "-o"][..], &["dedup", "--level", "paragraph", "--report"]] {
        let run = |output: &str, args: &[&str]| {
            folder.run(&[&["corpus"], command, &[output, "a.jsonl", "--threads", "1"], args].concat())
        };
        let told = "--memory 159M is too little: with --threads 1, the least is 160M";
        run("least", &["--memory", "159M"]).exits(2).says(told);
        run("much", &[]).exits(0);
        run("least", &["--memory", "160M", "--temp-dir", "."]).exits(0);
        assert_eq!(without_seconds(&folder.read("least")), without_seconds(&folder.read("much")));
        for name in ["least", "much"] {
            std::fs::remove_file(folder.path(name)).expect("the output");
        }
        assert_eq!(folder.names(), ["a.jsonl"]);
    }
}

/// A report without the time that its run took.
fn without_seconds(report: &str) -> String {
    report.lines().filter(|line| !line.contains("\"seconds\"")).collect::<Vec<_>>().join("\n")
}

#[test]
fn large_temporary_files_are_told_before() {
    let folder = Folder::with(&[(
        "a.jsonl",
        &format!("{}{{\"text\":\"說,好。\"}}\n", format!("{}\n", " ".repeat(1 << 20)).repeat(70)),
    )]);
    let dedup = |options: &[&str]| {
        let dedup = ["corpus", "dedup", "a.jsonl", "--threads", "1", "--temp-dir", "."];
        folder.run(&[&dedup[..], options].concat()).exits(0).stderr
    };
    let told = "temporary files may take 35.00 MiB in .; --temp-dir names another folder";
    assert!(dedup(&["--memory", "160M"]).contains(told));
    assert!(!dedup(&["--memory", "160M", "-q"]).contains("temporary"));
    assert!(!dedup(&["--memory", "1G"]).contains("temporary"));
}

/// The regular files below a folder.
#[cfg(unix)]
fn files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries.map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
}

/// The run waits in its last reading, because no one reads what it writes. Whatever ends it then, the earlier report stays
/// as it was, and the next run gives the whole result.
#[test]
#[cfg(unix)]
fn a_run_that_is_killed_or_interrupted_loses_nothing() {
    let Some(kill) = installed("kill") else { return };
    let folder = Folder::with(&[("a.jsonl", &records()), ("r.jsonl", "")]);
    let temporary = folder.path("temporary");
    std::fs::create_dir(&temporary).expect("a folder");
    let args = ["corpus", "dedup", "a.jsonl", "-o", "-", "--report", "r.jsonl", "--temp-dir", "temporary"];
    for (signal, code) in [("KILL", None), ("INT", Some(130))] {
        let mut run = Command::new(assert_cmd::cargo::cargo_bin!("qingwen"));
        let run = run.args(args).current_dir(folder.path("")).stdin(Stdio::null()).stderr(Stdio::null());
        let mut run = run.stdout(Stdio::piped()).spawn().expect("the command starts");
        let mut written = run.stdout.take().expect("a pipe");
        written.read_exact(&mut [0]).expect("the last reading has begun");
        let sent = Command::new(&kill).args(["-s", signal, &run.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
        let _ = std::io::copy(&mut written, &mut std::io::sink());
        assert_eq!(run.wait().expect("it ends").code(), code, "{signal}");
        // A killed run cannot remove its folder, in which only the lock has a name.
        let left = usize::from(signal == "KILL");
        assert_eq!((folder.read("r.jsonl").as_str(), files(&temporary)), ("", left), "{signal}");
    }
    let whole = folder.run(&args).exits(0).says("24000 articles: 6000 copies");
    assert_eq!(whole.stdout.lines().count(), 18_000);
    assert_eq!(folder.names(), ["a.jsonl", "r.jsonl", "temporary"]);
    assert_eq!(std::fs::read_dir(&temporary).expect("a folder").count(), 0);
}
