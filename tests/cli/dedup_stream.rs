//! `qingwen corpus dedup --stream`: decisions record by record, in a pipe.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::support::{CONVERTED, Folder, OTHER, Run, STORY, of_type};

fn record(id: &str, text: &str) -> String {
    json!({"id": id, "text": text}).to_string() + "\n"
}

fn stream<'a>(options: &[&'a str]) -> Vec<&'a str> {
    [&["corpus", "dedup", "--stream", "--format", "jsonl"], options].concat()
}

/// Each record of a report: its name, and what it is a copy of.
fn copies(report: &[Value]) -> Vec<[String; 4]> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let of = |copy: &&Value| ["doc", "of", "kept", "kind"].map(|name| text(&copy[name]));
    of_type(report, "duplicate").iter().map(of).collect()
}

#[test]
fn new_records_are_passed_on() {
    let folder = Folder::new();
    let longer = format!("{STORY}攤販會會長也說好。");
    let all = [record("a", STORY), record("b", OTHER), record("c", CONVERTED), record("d", &longer)];
    let run = folder.run_with(&stream(&["--report", "r.jsonl"]), all.concat()).exits(0);
    assert_eq!(run.stdout, all[..2].concat());
    assert_eq!(run.stderr, "4 articles: 2 copies (1 revision, 1 other-script), 2 left\n");
    let report = folder.records("r.jsonl");
    assert_eq!(copies(&report), [["c", "a", "a", "other-script"], ["d", "a", "a", "revision"]]);
    assert_eq!(folder.names(), ["r.jsonl"]);
}

/// The longer article comes later, so the excerpt was passed on, and the longer one is no copy of it.
#[test]
fn a_decision_depends_on_earlier_records_alone() {
    let folder = Folder::new();
    let [excerpt, whole] = [record("part", STORY), record("whole", &format!("{STORY}{OTHER}"))];
    let run = |records: [&String; 2]| {
        let all: String = records.into_iter().cloned().collect();
        folder.run_with(&stream(&["-q", "--report", "r.jsonl"]), all).exits(0).stdout
    };
    assert_eq!(run([&excerpt, &whole]), format!("{excerpt}{whole}"));
    assert_eq!(run([&whole, &excerpt]), whole);
    assert_eq!(copies(&folder.records("r.jsonl")), [["part", "whole", "whole", "excerpt"]]);
}

/// A copy of a copy names both: what it is a copy of, and what was passed on.
#[test]
fn a_copy_of_a_copy_names_what_was_passed_on() {
    let sentence = |n: usize| format!("第{n}封信說，山上的橘子紅了{n}棵，請帶{n}個籃子來。");
    let letters = |n: usize| (n * 3..n * 3 + 20).map(sentence).collect::<String>();
    let all: String = (0..3).map(|n| record(&n.to_string(), &letters(n))).collect();
    let folder = Folder::new();
    let run = folder.run_with(&stream(&["-q", "--report", "r.jsonl"]), all.clone()).exits(0);
    assert_eq!(run.stdout, record("0", &letters(0)));
    assert_eq!(
        copies(&folder.records("r.jsonl")),
        [["1", "0", "0", "revision"], ["2", "1", "0", "revision"]]
    );
}

/// A stream and a run over files use the same index.
#[test]
fn an_index_serves_both() {
    let folder = Folder::with(&[("b.jsonl", &(record("b1", CONVERTED) + &record("b2", OTHER)))]);
    let index = ["--against", "seen.qwi", "-q", "--report", "r.jsonl"];
    let first = folder.run_with(&stream(&index), record("a1", STORY)).exits(0);
    assert_eq!(first.stdout, record("a1", STORY));
    let second = [&["corpus", "dedup", "b.jsonl", "-o", "-"], &index[..]].concat();
    assert_eq!(folder.run(&second).exits(0).stdout, record("b2", OTHER));
    assert_eq!(folder.records("r.jsonl")[0]["kept_earlier"], true);
    let third = folder.run_with(&stream(&index), record("c1", OTHER) + &record("c2", STORY)).exits(0);
    assert_eq!(third.stdout, "");
    let report = folder.records("r.jsonl");
    assert_eq!(copies(&report), [["c1", "b2", "b2", "same"], ["c2", "a1", "a1", "same"]]);
    assert!(report[..2].iter().all(|copy| copy["of_earlier"] == true), "{report:?}");
}

#[test]
fn empty_and_short_texts() {
    let folder = Folder::new();
    let all = [record("1", ""), record("2", "夜市搬走了。"), record("3", "……"), record("4", "夜市搬走了！")];
    let run = folder.run_with(&stream(&["-q"]), all.concat()).exits(0);
    assert_eq!(run.stdout, all[..3].concat());
}

#[test]
fn threads_make_no_difference() {
    let folder = Folder::new();
    let all: String =
        (0..600).map(|n| record(&n.to_string(), &format!("{n}{}", OTHER.repeat(1 + n % 3)))).collect();
    let run = |threads: &str| {
        let args = stream(&["-q", "--report", "r.jsonl", "--threads", threads]);
        let run = folder.run_with(&args, all.clone()).exits(0);
        (run.stdout, copies(&folder.records("r.jsonl")))
    };
    let one = run("1");
    assert!(one.1.len() > 300, "{}", one.1.len());
    assert!(run("2") == one && run("5") == one);
}

/// A file appears when the stream has ended. Faulty records are named.
#[test]
fn records_go_to_a_file_too() {
    let folder = Folder::with(&[("a.jsonl", &(record("a", STORY) + "[]\n" + &record("b", CONVERTED)))]);
    let args = ["corpus", "dedup", "--stream", "a.jsonl", "-o", "u.jsonl", "--report", "-"];
    let run = folder.run(&args).exits(2).says("a.jsonl:2: ");
    assert_eq!(folder.read("u.jsonl"), record("a", STORY));
    let report = crate::support::records(&run.stdout);
    assert_eq!((of_type(&report, "error").len(), copies(&report).len()), (1, 1));
    let args = ["corpus", "dedup", "--stream", "a.jsonl", "--report", "-"];
    folder.run(&args).exits(2).says("--report needs a file");
    let args = ["corpus", "dedup", "--stream", "a.jsonl", "--keep", "longest"];
    folder.run(&args).exits(2).says("--stream keeps the first copy");
}

/// A stream that runs.
struct Pipe {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Pipe {
    fn start(folder: &Folder, options: &[&str]) -> Self {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingwen"));
        command.args(stream(options)).current_dir(folder.path(""));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command starts");
        let stdin = child.stdin.take().expect("a pipe");
        let stdout = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, stdin, stdout }
    }

    /// Gives a record that is new, and waits until it is passed on.
    fn pass(&mut self, record: &str) {
        self.stdin.write_all(record.as_bytes()).expect("it is read");
        let mut passed = String::new();
        self.stdout.read_line(&mut passed).expect("it is written");
        assert_eq!(passed, record);
    }

    fn kill(mut self) {
        self.child.kill().and_then(|()| self.child.wait()).expect("it ends");
    }

    /// Ends the input. Returns what is passed on after that, and how the run ends.
    fn end(self) -> Run {
        let Self { mut child, stdin, mut stdout } = self;
        drop(stdin);
        let mut rest = String::new();
        stdout.read_to_string(&mut rest).expect("UTF-8");
        let mut stderr = String::new();
        child.stderr.take().expect("a pipe").read_to_string(&mut stderr).expect("UTF-8");
        let code = child.wait().expect("it ends").code().unwrap_or_default();
        Run { code, stdout: rest, stderr }
    }
}

/// Each record is passed on before the next one comes.
#[test]
fn a_record_is_passed_on_at_once() {
    for threads in ["1", "3"] {
        let folder = Folder::new();
        let mut pipe = Pipe::start(&folder, &["--threads", threads, "-q"]);
        pipe.pass(&record("a", STORY));
        pipe.pass(&record("b", OTHER));
        pipe.stdin.write_all(record("c", CONVERTED).as_bytes()).expect("it is read");
        pipe.pass(&record("d", "夜市搬走了。"));
        pipe.end().exits(0).prints("");
    }
}

/// A stream that is killed loses no record: what was not passed on is new for the next one. The index stays whole.
#[test]
fn a_killed_stream_loses_nothing() {
    let folder = Folder::new();
    // None of these is a copy of another one.
    let text = |n: usize| record(&n.to_string(), &format!("第{n}號"));
    let mut passed = 0;
    for part in 1..5 {
        let mut pipe = Pipe::start(&folder, &["--against", "seen.qwi", "-q"]);
        for _ in 0..part * 400 {
            pipe.pass(&text(passed));
            passed += 1;
        }
        pipe.kill();
    }
    let all: String = (0..passed + 3).map(text).collect();
    let run = folder.run_with(&stream(&["--against", "seen.qwi", "-q"]), all.clone()).exits(0);
    // What was passed on and not taken by the index comes once more. The index takes 1,000 at a time, so it took as many of
    // the third and of the last run.
    let again = run.stdout.lines().count();
    assert!(again <= passed - 2000 + 3, "{again}");
    let last: Vec<String> = (passed..passed + 3).map(text).collect();
    assert!(run.stdout.ends_with(&last.concat()));
    let run = folder.run_with(&stream(&["--against", "seen.qwi", "-q"]), all).exits(0);
    assert_eq!(run.stdout, "");
}

/// A reader that has enough closes the pipe. This is no error.
#[test]
fn a_reader_that_closes_early_is_no_error() {
    let folder = Folder::new();
    let mut pipe = Pipe::start(&folder, &["--against", "seen.qwi"]);
    pipe.pass(&record("a", STORY));
    let Pipe { mut child, mut stdin, stdout } = pipe;
    drop(stdout);
    // The write may fail, because the run may have ended.
    let _ = (0..1000).try_for_each(|n| stdin.write_all(record("b", &format!("第{n}號")).as_bytes()));
    drop(stdin);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
