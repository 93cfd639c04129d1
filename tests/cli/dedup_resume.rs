//! `corpus dedup --resume`: a run goes on with the readings that a killed one has completed.

use std::io::Read;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::support::Folder;

const JOURNAL: &str = "r.jsonl.qingwen-journal";
const DEDUP: [&str; 7] = ["corpus", "dedup", "a.jsonl", "-o", "-", "--report", "r.jsonl"];

/// Records of which a half are copies, more than a pipe holds, and one that is none.
fn records() -> String {
    let record = |number: usize| {
        let story = number as u32 / 2;
        // Characters in an order that no other story has.
        let character =
            |at: u32| char::from_u32(0x4E00 + (story * 97 + at * (story + 7)) % 0x4000).unwrap_or('一');
        let text: String = (0..120).map(character).collect();
        let own = if number % 2 == 1 { "里長也說好。" } else { "" };
        json!({"id": number, "text": format!("{text}{own}")}).to_string() + "\n"
    };
    (0..400).map(record).collect::<String>() + "{\"id\":400}\n"
}

/// The records that are left, and the report without what differs from run to run.
fn result(folder: &Folder, args: &[&str]) -> (String, Vec<Value>) {
    let run = folder.run(&[&DEDUP[..], args].concat()).exits(2);
    let mut report = folder.records("r.jsonl");
    let summary = report.last_mut().and_then(Value::as_object_mut).expect("a summary");
    assert!(summary.remove("seconds").is_some() && summary.remove("bytes_per_second").is_some());
    (run.stdout, report)
}

/// A folder in which a run was killed in its last reading: no one reads what it writes.
fn killed() -> Folder {
    let folder = Folder::with(&[("a.jsonl", &records()), ("r.jsonl", "")]);
    let mut run = Command::new(assert_cmd::cargo::cargo_bin!("qingwen"));
    let run = run.args(DEDUP).current_dir(folder.path("")).stdin(Stdio::null()).stderr(Stdio::null());
    let mut run = run.stdout(Stdio::piped()).spawn().expect("the command starts");
    run.stdout.as_mut().expect("a pipe").read_exact(&mut [0]).expect("the last reading has begun");
    run.kill().expect("it is killed");
    run.wait().expect("it ends");
    folder
}

/// Wherever the run was killed, the result is that of a run without interruption.
#[test]
fn a_killed_run_goes_on_wherever_it_was() {
    let folder = killed();
    let journal = folder.read(JOURNAL);
    let undisturbed = result(&folder, &[]);
    assert!(!folder.path(JOURNAL).exists());
    let whole = |line: &str| journal.find(line).map(|at| at + line.len() + 1).expect(line);
    let (signed, compared) = (whole("{\"signed\":true}"), whole("\n\"compared\""));
    assert!(signed < compared && compared == journal.len());
    for end in [
        0,
        10,
        journal.find('\n').expect("a line") + 1,
        signed - 100,
        signed,
        signed + 9,
        compared - 3,
        compared,
    ] {
        folder.write(JOURNAL, &journal[..end]);
        assert!(result(&folder, &["--resume"]) == undisturbed, "{end} of {} bytes", journal.len());
        assert!(!folder.path(JOURNAL).exists(), "{end}");
    }
    assert!(result(&folder, &["--resume"]) == undisturbed, "without an interrupted run it begins anew");
}

/// The rows of the file count, and not what a reading would find.
#[test]
fn a_complete_reading_is_not_done_again() {
    let folder = killed();
    let journal = folder.read(JOURNAL);
    let pair = journal.lines().find(|line| line.starts_with("{\"pair\"")).expect("a pair");
    folder.write(JOURNAL, journal.replace(&format!("{pair}\n"), ""));
    let (_, report) = result(&folder, &["--resume"]);
    assert_eq!(report.last().expect("a summary")["duplicates"], 199);
}

#[test]
fn another_run_does_not_go_on_with_it() {
    let folder = killed();
    let journal = folder.read(JOURNAL);
    let run = folder.run(&[&DEDUP[..], &["--resume", "--similarity", "0.9"]].concat()).exits(2).prints("");
    run.says("r.jsonl.qingwen-journal: the interrupted run was another one: it was: qingwen corpus dedup");
    folder.write("a.jsonl", records() + "{\"id\":401,\"text\":\"街坊說好。\"}\n");
    let run = folder.run(&[&DEDUP[..], &["--resume"]].concat()).exits(2).prints("");
    run.says("the inputs have changed since; without --resume it begins anew");
    assert_eq!(folder.read(JOURNAL), journal);
    folder.run(&DEDUP).exits(2);
    assert_eq!(folder.names(), ["a.jsonl", "r.jsonl"]);
}

#[test]
fn what_cannot_go_on_is_an_error() {
    let folder = Folder::with(&[("a.jsonl", &records())]);
    let needs = "--resume needs named inputs, and a file for the records or the report";
    folder
        .run_with(&["corpus", "dedup", "--format", "jsonl", "-o", "b.jsonl", "--resume"], "")
        .exits(2)
        .says(needs);
    folder.run(&["corpus", "dedup", "a.jsonl", "--resume"]).exits(2).says(needs);
    for args in [&["--stream"][..], &["--level", "paragraph"]] {
        let dedup = ["corpus", "dedup", "a.jsonl", "-o", "b.jsonl", "--resume"];
        folder.run(&[&dedup[..], args].concat()).exits(2).says("--resume");
    }
}

#[test]
fn a_damaged_file_is_an_error_that_says_what_to_do() {
    let folder = killed();
    let journal = folder.read(JOURNAL);
    let (first, rest) = journal.split_once('\n').expect("lines");
    for damaged in [format!("?\n{rest}"), format!("{first}\n?\n{rest}")] {
        folder.write(JOURNAL, &damaged);
        let run = folder.run(&[&DEDUP[..], &["--resume"]].concat()).exits(2).prints("");
        run.says("r.jsonl.qingwen-journal: cannot be read; without --resume the run begins anew: ");
        assert_eq!(folder.read(JOURNAL), damaged);
    }
}
