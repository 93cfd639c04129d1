//! Runs that are killed or interrupted, and the runs that go on with them.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::iter;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::support::{ARTICLE, Folder, TERMINAL};

/// How often each run is killed.
const KILLS: usize = 50;
/// How often a test tries to interrupt a run before its end.
const TRIES: usize = 50;
/// Articles of a large input.
const ARTICLES: usize = 200;

/// Numbers that look random and are the same in each run of the test (Knuth's MMIX generator).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end.max(1)
    }
}

/// An article that no other one is like.
fn article(number: usize) -> String {
    ARTICLE.replace("三十年", &format!("第{number}個")).replace('\n', &"\n".repeat(1 + number % 2))
}

/// A run of the command in a folder.
pub struct Case {
    pub name: &'static str,
    pub args: Vec<&'static str>,
    pub inputs: Vec<(String, Vec<u8>)>,
    /// Whether the run writes over its inputs.
    pub in_place: bool,
}

impl Case {
    pub fn folder(&self) -> Folder {
        let folder = Folder::new();
        for (name, content) in &self.inputs {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
            fs::write(path, content).expect("a file is written");
        }
        folder
    }

    pub fn start(&self, folder: &Folder, more: &[&str]) -> Child {
        let mut command = self.command(folder, more);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command starts")
    }

    pub fn command(&self, folder: &Folder, more: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingwen"));
        TERMINAL.iter().for_each(|variable| {
            command.env_remove(variable);
        });
        let args = ["clean", "--checkpoint", "2K", "--threads", "2"].iter().chain(&self.args).chain(more);
        command.args(args).current_dir(folder.path(""));
        command
    }

    /// What a run left, without the time that it took.
    pub fn results(&self, folder: &Folder) -> Vec<(String, String)> {
        let mut results = Vec::new();
        collect(&folder.path(""), "", &mut results);
        let is_input = |name: &str| !self.in_place && self.inputs.iter().any(|(input, _)| input == name);
        results.retain(|(name, _)| !is_input(name));
        results
    }

    /// Kills the run again and again, and lets the last run end. The result must be that of a run that is not killed.
    fn check(&self) {
        let undisturbed = self.folder();
        assert!(ended(self.start(&undisturbed, &[])).success(), "{}", self.name);
        let total = size(&undisturbed.path(""));
        let (folder, killed, has_ended) = in_time(|| {
            let (folder, killed, has_ended) = self.killed(total);
            (killed > 3).then_some((folder, killed, has_ended))
        });
        // In place, a run after the last one would find nothing to change.
        if !has_ended {
            let last = self.command(&folder, &["--resume"]).output().expect("the command runs");
            assert!(last.status.success(), "{}: {}", self.name, String::from_utf8_lossy(&last.stderr));
        }
        self.compare(&self.results(&folder), &self.results(&undisturbed), killed);
    }

    /// Kills the run at sizes of the folder that grow up to its size at the end. Returns how often it was killed, and
    /// whether it has ended by itself then.
    fn killed(&self, total: u64) -> (Folder, usize, bool) {
        let folder = self.folder();
        let start = size(&folder.path(""));
        let mut random = Random(7);
        let mut killed = 0;
        for kill in 0..KILLS as u64 {
            let mut child = self.start(&folder, &["--resume"]);
            let span = total.abs_diff(start) * 2;
            let until = (span * kill / KILLS as u64 + random.below(span / KILLS as u64)).min(span);
            while size(&folder.path("")).abs_diff(start) < until
                && child.try_wait().expect("a state").is_none()
            {
                sleep(Duration::from_millis(1));
            }
            child.kill().expect("it is killed");
            // It may have ended by itself before.
            if child.wait().expect("it has ended").success() {
                return (folder, killed, true);
            }
            killed += 1;
        }
        (folder, killed, false)
    }

    fn compare(&self, found: &[(String, String)], expected: &[(String, String)], killed: usize) {
        let names = |results: &[(String, String)]| results.iter().map(|(name, _)| name.clone()).collect();
        let (found_names, expected_names): (BTreeSet<String>, BTreeSet<String>) =
            (names(found), names(expected));
        let wrong: Vec<_> = found_names.symmetric_difference(&expected_names).collect();
        assert!(wrong.is_empty(), "{}: {wrong:?}", self.name);
        for ((name, found), (_, expected)) in found.iter().zip(expected) {
            assert!(found == expected, "{}: {name} differs after {killed} kills", self.name);
        }
    }
}

/// Tries until a run is interrupted in time: on a busy machine, it may end before the test looks at it.
fn in_time<T>(attempt: impl FnMut() -> Option<T>) -> T {
    iter::repeat_with(attempt).take(TRIES).flatten().next().expect("no run was interrupted in time")
}

pub fn ended(mut child: Child) -> ExitStatus {
    child.wait().expect("the run ends")
}

/// The bytes of all files below a folder.
fn size(folder: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(folder) else { return 0 };
    entries
        .filter_map(Result::ok)
        .map(|entry| match entry.metadata() {
            Ok(metadata) if metadata.is_dir() => size(&entry.path()),
            Ok(metadata) => metadata.len(),
            Err(_) => 0,
        })
        .sum()
}

fn collect(folder: &Path, prefix: &str, results: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry");
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), results);
            continue;
        }
        let content = fs::read(entry.path()).expect("a file");
        results.push((name, timeless(&String::from_utf8_lossy(&content))));
    }
    results.sort();
}

/// A text without the numbers behind `"seconds":` and `"bytes_per_second":`.
fn timeless(text: &str) -> String {
    let mut parts = text.split("seconds\":").chain([]);
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        result.push_str("seconds\":");
        result.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit() || "+-.e".contains(c)));
    }
    result
        .split("bytes_per_second\":")
        .map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'))
        .collect::<Vec<_>>()
        .join("bytes_per_second\":")
}

/// Options for all files that a run can write in addition.
pub const REPORTS: [&str; 8] = [
    "--report",
    "report.jsonl",
    "--removed",
    "removed.jsonl",
    "--rejects",
    "rejects.jsonl",
    "--report-html",
    "page.html",
];

pub fn records() -> String {
    let record =
        |number: usize| serde_json::json!({"id": number, "text": article(number)}).to_string() + "\n";
    (0..ARTICLES).map(record).collect()
}

fn large(name: &'static str, input: &str, output: &'static str, content: Vec<u8>) -> Case {
    let input: &'static str = input.to_owned().leak();
    let args = [&[input, "-o", output][..], &REPORTS].concat();
    Case { name, args, inputs: vec![(input.to_owned(), content)], in_place: false }
}

#[test]
fn one_large_file_of_json_lines() {
    large("jsonl", "in.jsonl", "out.jsonl", records().into()).check();
}

#[test]
fn one_large_file_of_json() {
    let content = format!("[\n{}\n]\n", records().trim_end().replace('\n', ",\n"));
    large("json", "in.json", "out.json", content.into()).check();
}

#[test]
fn one_large_table() {
    let row = |number: usize| format!("{number},\"{}\"\n", article(number).replace('"', "\"\""));
    let content = format!("id,text\n{}", (0..ARTICLES).map(row).collect::<String>());
    large("csv", "in.csv", "out.csv", content.into()).check();
}

#[test]
fn compressed_files() {
    let compressed = |name: &str| {
        let folder = Folder::with(&[("in.jsonl", &records())]);
        folder
            .run(&[
                "clean",
                "--to",
                "keep",
                "--punctuation",
                "keep",
                "--profile",
                "light",
                "in.jsonl",
                "-o",
                name,
            ])
            .exits(0);
        folder.bytes(name)
    };
    large("gz", "in.jsonl.gz", "out.jsonl.gz", compressed("in.jsonl.gz")).check();
    large("zst", "in.jsonl.zst", "out.jsonl.zst", compressed("in.jsonl.zst")).check();
}

fn many_files() -> Vec<(String, Vec<u8>)> {
    let file = |number: usize| (format!("in/{}/{number}.txt", number % 7), article(number).into_bytes());
    (0..ARTICLES).map(file).collect()
}

#[test]
fn many_files_into_a_folder() {
    let args = [&["in", "--output-dir", "out"][..], &REPORTS].concat();
    Case { name: "folder", args, inputs: many_files(), in_place: false }.check();
}

#[test]
fn many_files_in_place() {
    let args = [&["in", "--in-place"][..], &REPORTS].concat();
    Case { name: "in place", args, inputs: many_files(), in_place: true }.check();
}

#[test]
fn many_files_into_one() {
    let args = [&["in", "-o", "out.txt"][..], &REPORTS].concat();
    Case { name: "one file", args, inputs: many_files(), in_place: false }.check();
}

/// A file of Parquet begins again, and the files before it do not.
#[cfg(feature = "parquet")]
#[test]
fn files_of_parquet() {
    let file = |number: usize| {
        let texts = (number..number + ARTICLES / 20).map(article);
        (format!("in/{number}.parquet"), crate::parquet::of_texts(texts))
    };
    let inputs: Vec<_> = (0..ARTICLES / 4).map(file).collect();
    let args = |more: &[&'static str]| [more, &REPORTS].concat();
    let (folder, in_place) = (args(&["in", "--output-dir", "out"]), args(&["in", "--in-place"]));
    Case { name: "Parquet in a folder", args: folder, inputs: inputs.clone(), in_place: false }.check();
    Case { name: "Parquet in place", args: in_place, inputs, in_place: true }.check();
    let large_file = crate::parquet::of_texts((0..ARTICLES).map(article));
    large("Parquet", "in.parquet", "out.parquet", large_file).check();
}

/// Waits until a run has written something, and asks it to end.
#[cfg(unix)]
fn interrupt(child: &mut Child, written: impl Fn() -> bool) -> Option<i32> {
    while !written() && child.try_wait().expect("a state").is_none() {
        sleep(Duration::from_millis(1));
    }
    let _ = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    child.wait().expect("it ends").code()
}

#[test]
#[cfg(unix)]
fn an_interrupted_run_ends_at_an_article_and_goes_on_later() {
    let case = large("jsonl", "in.jsonl", "out.jsonl", records().repeat(5).into());
    let undisturbed = case.folder();
    assert!(ended(case.start(&undisturbed, &[])).success());
    let (folder, said) = in_time(|| {
        let folder = case.folder();
        let partial = folder.path("out.jsonl.qingwen-partial");
        let mut command = case.command(&folder, &[]);
        command.stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command starts");
        let code = interrupt(&mut child, || fs::metadata(&partial).is_ok_and(|partial| partial.len() > 0));
        let mut said = String::new();
        child.stderr.take().expect("messages").read_to_string(&mut said).expect("UTF-8");
        assert!(matches!(code, Some(0 | 130)), "{code:?}: {said}");
        (code == Some(130)).then_some((folder, said))
    });
    assert!(said.contains("interrupted; the same command with --resume goes on"), "{said}");
    assert!(!folder.path("out.jsonl").exists() && folder.path("out.jsonl.qingwen-partial").exists());
    let mut command = case.command(&folder, &["--resume"]);
    assert!(command.status().expect("it runs").success());
    assert!(case.results(&folder) == case.results(&undisturbed));
}

/// A run that waits for standard input ends at once, and leaves nothing.
#[test]
#[cfg(unix)]
fn an_interrupted_run_on_standard_input_leaves_nothing() {
    let folder = Folder::new();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingwen"));
    command.args(["clean", "-o", "out.txt"]).current_dir(folder.path(""));
    let mut child = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the command starts");
    let code = interrupt(&mut child, || folder.path("out.txt.qingwen-partial").exists());
    assert_eq!((code, folder.names()), (Some(130), Vec::new()));
}

/// A pipe may never give a record. The run does not wait for it for ever.
#[test]
#[cfg(unix)]
fn an_interrupted_run_does_not_wait_for_a_pipe() {
    let folder = Folder::new();
    assert!(Command::new("mkfifo").arg(folder.path("in.txt")).status().expect("mkfifo").success());
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingwen"));
    command.args(["clean", "in.txt", "-o", "out.txt"]).current_dir(folder.path(""));
    let mut child = command.stderr(Stdio::piped()).spawn().expect("the command starts");
    let code = interrupt(&mut child, || folder.path("out.txt.qingwen-partial").exists());
    let mut said = String::new();
    child.stderr.take().expect("messages").read_to_string(&mut said).expect("UTF-8");
    assert!(said.contains("another interrupt ends the run at once"), "{said}");
    assert_eq!((code, folder.names()), (Some(130), vec!["in.txt".to_owned()]));
}

#[test]
fn two_runs_do_not_write_one_file() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingwen"));
    command.args(["clean", "-o", "out.txt"]).current_dir(folder.path(""));
    let mut first = command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the command starts");
    while !folder.path("out.txt.qingwen-partial").exists() {
        sleep(Duration::from_millis(1));
    }
    folder
        .run(&["clean", "a.txt", "-o", "out.txt"])
        .exits(2)
        .says("out.txt: cannot be written: another run is writing it");
    drop(first.stdin.take());
    assert!(ended(first).success());
    assert_eq!(folder.names(), ["a.txt", "out.txt"]);
}

/// Without an answer, a run does not begin where another one was interrupted.
#[test]
fn a_run_over_an_interrupted_one_is_refused() {
    let case = large("jsonl", "in.jsonl", "out.jsonl", records().into());
    let folder = killed_after_first_point(&case, "out.jsonl.qingwen-journal");
    let again = ["clean", "in.jsonl", "-o", "out.jsonl"];
    folder
        .run(&again)
        .exits(2)
        .says("out.jsonl.qingwen-journal: a run was interrupted here; --resume goes on with it");
    folder
        .run(&[&again[..], &["--resume"]].concat())
        .exits(2)
        .says("the interrupted run was another one: it was: qingwen clean --checkpoint 2K");
    folder.run(&[&again[..], &["--restart"]].concat()).exits(0);
    assert!(!folder.path("out.jsonl.qingwen-journal").exists());
}

#[test]
fn a_damaged_journal_is_an_error_that_says_what_to_do() {
    let folder = Folder::with(&[("in.jsonl", &records()), ("out.jsonl.qingwen-journal", "?\n")]);
    let again = ["clean", "in.jsonl", "-o", "out.jsonl"];
    let run = folder.run(&[&again[..], &["--resume"]].concat()).exits(2);
    run.says("out.jsonl.qingwen-journal: cannot be read; --restart begins anew: ");
    folder.run(&[&again[..], &["--restart"]].concat()).exits(0);
}

/// A run that cannot go on with an interrupted one leaves what that one wrote.
#[test]
fn a_refused_run_loses_nothing() {
    let case = large("jsonl", "in.jsonl", "out.jsonl", records().into());
    let undisturbed = case.folder();
    assert!(ended(case.start(&undisturbed, &[])).success());
    let folder = killed_after_first_point(&case, "out.jsonl.qingwen-journal");
    let written = folder.bytes("out.jsonl.qingwen-partial");
    folder.run(&["clean", "in.jsonl", "-o", "out.jsonl", "--resume"]).exits(2).says("was another one");
    assert!(folder.bytes("out.jsonl.qingwen-partial") == written);
    assert!(ended(case.start(&folder, &["--resume"])).success());
    assert!(case.results(&folder) == case.results(&undisturbed));
}

/// A run that goes on may be interrupted before it has read anything.
#[test]
#[cfg(unix)]
fn a_run_that_goes_on_may_be_interrupted_at_once() {
    let to_folder = [&["in.jsonl", "--output-dir", "out"][..], &REPORTS].concat();
    let inputs = vec![("in.jsonl".to_owned(), records().into_bytes())];
    let cases = [
        (large("file", "in.jsonl", "out.jsonl", records().into()), "out.jsonl.qingwen-journal"),
        (Case { name: "folder", args: to_folder, inputs, in_place: false }, "out/.qingwen-journal"),
    ];
    for (case, journal) in cases {
        let undisturbed = case.folder();
        assert!(ended(case.start(&undisturbed, &[])).success());
        let folder = killed_after_first_point(&case, journal);
        for wait in [0, 5, 10, 20, 40] {
            let mut child = case.start(&folder, &["--resume"]);
            sleep(Duration::from_millis(wait));
            interrupt(&mut child, || true);
        }
        assert!(ended(case.start(&folder, &["--resume"])).success(), "{}", case.name);
        assert!(case.results(&folder) == case.results(&undisturbed), "{}", case.name);
    }
}

/// The folder of a run that is killed when its journal has a point.
pub fn killed_after_first_point(case: &Case, journal: &str) -> Folder {
    in_time(|| {
        let folder = case.folder();
        let mut child = case.start(&folder, &[]);
        let points = || fs::read_to_string(folder.path(journal)).map_or(0, |journal| journal.lines().count());
        while points() < 2 && child.try_wait().expect("a state").is_none() {
            sleep(Duration::from_millis(1));
        }
        child.kill().expect("it is killed");
        child.wait().expect("it has ended");
        // A run whose journal holds its end is complete but for the names of its files.
        let left = fs::read_to_string(folder.path(journal)).ok()?;
        (!left.contains("\n{\"files\":")).then_some(folder)
    })
}

/// Where no record can be processed, nothing is left of the result.
#[test]
fn a_run_without_a_result_leaves_no_partial_file() {
    let folder = Folder::with(&[("in.jsonl", &"{\"id\":1}\n".repeat(20_000))]);
    for output in [["-o", "out.jsonl"], ["--output-dir", "out"]] {
        let args = [&["clean", "in.jsonl", "--checkpoint", "1K", "--text-field", "id"][..], &output].concat();
        folder.run(&args).exits(2);
        assert!(!folder.names().iter().any(|name| name.contains("qingwen")), "{:?}", folder.names());
    }
    assert_eq!(fs::read_dir(folder.path("out")).expect("a folder").count(), 0);
}
