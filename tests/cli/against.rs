//! `qingwen corpus dedup --against`: what earlier runs saw is seen, and the index survives what happens to it.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use redb::{Database, TableDefinition};
use serde_json::{Value, json};

use crate::support::{Folder, Run, of_type, records};

/// Stories, of which a part or all is in each text.
const SENTENCES: [&str; 12] = [
    "老街的夜市上個月搬到了河堤旁邊，攤販們說，新的地方比較寬，下雨的時候也有屋頂可以躲。",
    "只是離車站遠了一些，老客人要走上十分鐘才會到，市府說年底以前會加開兩班公車。",
    "賣豆花的阿婆今年七十三歲，她把推車漆成了藍色，說是孫女挑的顏色。",
    "河邊的舊書市集這個星期天是最後一次，明年要搬進室內，擺攤的人有一半不打算跟著去。",
    "太陽曬過的書才有味道，搬進去以後大概聞不到了，修書的老先生這樣說。",
    "他的攤子上有一本缺了封面的字典，二十年來沒有人問過價錢。",
    "山上的小學只剩下九個學生，校長自己開車接送，路上要經過三座吊橋。",
    "颱風過後橋面裂了一條縫，孩子們改在教會上課，黑板是從倉庫裡借來的。",
    "家長會決定自己湊錢修橋，木匠只收材料費，工錢用橘子抵。",
    "圖書館的貓生了四隻小貓，館員在櫃檯放了一張表，讓讀者投票取名字。",
    "得票最多的名字是索引，第二名是逾期，館長說兩個都很好。",
    "小貓滿兩個月以後會送給常來的讀者，條件是每個星期帶牠回來一次。",
];

/// A record of JSON Lines.
fn record(id: &str, text: &str) -> String {
    json!({"id": id, "text": text}).to_string() + "\n"
}

/// A text of the sentences in a range.
fn text(sentences: std::ops::Range<usize>) -> String {
    SENTENCES[sentences].concat()
}

/// The first day: two stories, and a revision of the first one.
fn first_day() -> String {
    record("a1", &text(0..3)) + &record("a2", &text(3..6)) + &record("a3", &(text(0..3) + "好。"))
}

/// The second day: a copy of an article of the first day, a new story, and a copy of that.
fn second_day() -> String {
    let copy = text(3..6).replace('，', ",");
    record("b1", &copy) + &record("b2", &text(6..9)) + &record("b3", &(text(6..9) + "好。"))
}

fn folder() -> Folder {
    Folder::with(&[("1.jsonl", &first_day()), ("2.jsonl", &second_day())])
}

/// The run over a day.
fn day<'a>(input: &'a str, index: &'a str, left: &'a str) -> [&'a str; 9] {
    ["corpus", "dedup", input, "--against", index, "-o", left, "--report", "r.jsonl"]
}

/// What a report says of copies, apart from what tells that an article is an earlier one.
fn copies(report: &[Value]) -> Vec<Value> {
    let mut copies: Vec<Value> = of_type(report, "duplicate").into_iter().cloned().collect();
    for copy in &mut copies {
        copy.as_object_mut().expect("a record").retain(|name, _| !name.ends_with("_earlier"));
    }
    copies
}

/// Makes sure that the second day is what it is behind the first one.
#[track_caller]
fn second_day_is_right(folder: &Folder) {
    folder.run(&day("2.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    assert_eq!(folder.read("u.jsonl"), record("b2", &text(6..9)));
    assert_eq!(copies(&folder.records("r.jsonl")).len(), 2);
}

#[test]
fn articles_of_earlier_runs_are_seen() {
    let folder = folder();
    let run = folder.run(&day("1.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    assert_eq!(run.stderr, "3 articles: 1 copy (1 revision), 2 left\n");
    let run = folder.run(&day("2.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    assert_eq!(run.stderr, "3 articles: 2 copies (1 same, 1 revision), 1 of earlier articles, 1 left\n");
    assert_eq!(folder.read("u.jsonl"), record("b2", &text(6..9)));
    let report = folder.records("r.jsonl");
    assert_eq!(
        report[0],
        json!({"schema": 1, "type": "duplicate", "doc": "b1", "of": "a2", "of_earlier": true, "kept": "a2",
               "kept_earlier": true, "kind": "same", "similarity": 1.0, "containment": 1.0})
    );
    assert_eq!((&report[1]["of"], report[1].get("of_earlier")), (&json!("b2"), None));
    assert_eq!(report[2]["earlier"], 1);
    assert_eq!(folder.names(), ["1.jsonl", "2.jsonl", "r.jsonl", "seen.qwi", "u.jsonl"]);
}

/// A day that is run again is seen as a whole, and adds nothing.
#[test]
fn the_same_day_is_seen() {
    let folder = folder();
    for (run, left) in [(0, 2), (1, 0), (2, 0)] {
        folder.run(&day("1.jsonl", "seen.qwi", "u.jsonl")).exits(0);
        assert_eq!(folder.read("u.jsonl").lines().count(), left, "run {run}");
    }
    let report = folder.records("r.jsonl");
    assert!(of_type(&report, "duplicate").iter().all(|copy| copy["kept_earlier"] == true), "{report:?}");
    second_day_is_right(&folder);
}

/// An empty text is like no other one. A short one is compared as a whole.
#[test]
fn empty_and_short_texts() {
    let short = |text: &str| record("", text) + &record("s", "老街夜市搬走了。") + &record("e", "……");
    let folder = Folder::with(&[("1.jsonl", &short("")), ("2.jsonl", &short("夜市搬走了。"))]);
    let run = |input| {
        folder.run(&["corpus", "dedup", input, "--against", "s.qwi", "-o", "-", "-q"]).exits(0).stdout
    };
    assert_eq!(run("1.jsonl").lines().count(), 3);
    assert_eq!(run("2.jsonl"), record("", "夜市搬走了。") + &record("e", "……"));
}

/// Days one after another give for each day what one run over all days gives for its articles. The texts are such that
/// copies stand in chains, and excerpts in one another.
#[test]
fn days_give_what_one_run_gives() {
    let piece = (0..SENTENCES.len() - 1, 1..5_usize, any::<bool>()).prop_map(|(first, count, marked)| {
        let text = text(first..(first + count).min(SENTENCES.len()));
        if marked { text.replace('，', ",") } else { text }
    });
    let texts = proptest::collection::vec((piece, 0..3_usize), 1..14);
    let config = Config { cases: 16, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(
        config,
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    let holds = |texts: Vec<(String, usize)>| {
        let folder = Folder::new();
        let mut days = [String::new(), String::new(), String::new()];
        for (number, (text, day)) in texts.iter().enumerate() {
            days[*day].push_str(&record(&format!("d{day}-{number}"), text));
        }
        for (number, content) in days.iter().enumerate() {
            let of_day = |record: &Value, name: &str| {
                record[name].as_str().is_some_and(|id| id.starts_with(&format!("d{number}")))
            };
            folder.write("day.jsonl", content);
            folder.run(&day("day.jsonl", "seen.qwi", "u.jsonl")).exits(0);
            let found = copies(&folder.records("r.jsonl"));
            folder.write("all.jsonl", days[..=number].concat());
            let whole = ["corpus", "dedup", "all.jsonl", "-o", "all.left", "--report", "all.report", "-q"];
            folder.run(&whole).exits(0);
            let all: Vec<Value> = copies(&folder.records("all.report"))
                .into_iter()
                .filter(|copy| of_day(copy, "doc"))
                .collect();
            prop_assert_eq!(found, all);
            let left: Vec<Value> =
                folder.records("all.left").into_iter().filter(|record| of_day(record, "id")).collect();
            prop_assert_eq!(folder.records("u.jsonl"), left);
        }
        Ok(())
    };
    runner.run(&texts, holds).expect("days are like one run");
}

#[test]
fn threads_make_no_difference() {
    let folder = Folder::new();
    let story = |n: usize| format!("{}第{n}號攤位賣第{n}種豆漿。", text(n % 9..n % 9 + 3));
    let all: Vec<String> = (0..400).map(|n| record(&n.to_string(), &story(n))).collect();
    folder.write("1.jsonl", all[..200].concat());
    folder.write("2.jsonl", all[150..].concat());
    let run = |threads: &str| {
        let index = format!("{threads}.qwi");
        ["1.jsonl", "2.jsonl"].map(|input| {
            folder.run(&[&day(input, &index, "u.jsonl")[..], &["--threads", threads]].concat()).exits(0);
            (copies(&folder.records("r.jsonl")), folder.read("u.jsonl"))
        })
    };
    let one = run("1");
    assert!(one.iter().all(|(copies, _)| copies.len() > 100));
    assert!(run("2") == one && run("5") == one);
}

/// Only an index is taken for one, and nothing is written into another file.
#[test]
fn a_file_of_another_kind_is_refused() {
    let folder = folder();
    folder.write("notes.txt", "筆記");
    let args = day("1.jsonl", "notes.txt", "u.jsonl");
    folder.run(&args).exits(2).says("notes.txt: is no index of seen articles");
    assert_eq!(folder.read("notes.txt"), "筆記");
    folder
        .run(&day("1.jsonl", "1.jsonl", "u.jsonl"))
        .exits(2)
        .says("--against names the same file as an input");
    folder.run(&day("1.jsonl", "x", "x")).exits(2).says("--against names the same file as --output");
    folder.run(&day("1.jsonl", ".", "u.jsonl")).exits(2).says(".: is no regular file");
    folder.run(&day("1.jsonl", "none/x.qwi", "u.jsonl")).exits(2).says("none/x.qwi: cannot be written");
    assert_eq!(folder.names(), ["1.jsonl", "2.jsonl", "notes.txt"]);
}

#[test]
fn options_that_do_not_go_with_an_index_are_refused() {
    let folder = folder();
    for options in [&["--keep", "longest"][..], &["--keep", "newest", "--date-field", "date"]] {
        let args = [&day("1.jsonl", "seen.qwi", "u.jsonl")[..], options].concat();
        folder.run(&args).exits(2).says("--against keeps the first copy");
    }
    folder.run(&day("1.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    for (options, message) in [
        (&["--similarity", "0.8"][..], "seen.qwi: was made with --similarity 0.7"),
        (&["--containment", "0.95"], "seen.qwi: was made with --containment 0.9"),
        (&["--cleaned"], "seen.qwi: was made without --cleaned"),
    ] {
        folder.run(&[&day("2.jsonl", "seen.qwi", "u.jsonl")[..], options].concat()).exits(2).says(message);
    }
    second_day_is_right(&folder);
}

#[test]
fn an_index_of_another_version_is_refused() {
    const SETTINGS: TableDefinition<&str, &str> = TableDefinition::new("settings");
    let folder = folder();
    folder.run(&day("1.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    for name in ["form", "keys"] {
        fs::copy(folder.path("seen.qwi"), folder.path("other.qwi")).expect("a copy");
        let database = Database::open(folder.path("other.qwi")).expect("a database");
        let change = database.begin_write().expect("a transaction");
        change.open_table(SETTINGS).expect("settings").insert(name, "999").expect("an insertion");
        change.commit().expect("a commit");
        drop(database);
        let run = folder.run(&day("2.jsonl", "other.qwi", "u.jsonl"));
        run.exits(2).says("other.qwi: was made by another version of the program (999)");
    }
    let other = Database::create(folder.path("none.qwi")).expect("a database");
    drop(other);
    folder.run(&day("2.jsonl", "none.qwi", "u.jsonl")).exits(0);
}

#[test]
fn a_file_that_is_read_only_is_refused() {
    let folder = folder();
    folder.run(&day("1.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    let set = |readonly| {
        let mut permissions = fs::metadata(folder.path("seen.qwi")).expect("a file").permissions();
        permissions.set_readonly(readonly);
        fs::set_permissions(folder.path("seen.qwi"), permissions).expect("permissions");
    };
    set(true);
    folder.run(&day("2.jsonl", "seen.qwi", "u.jsonl")).exits(2).says("seen.qwi: is read-only");
    set(false);
    second_day_is_right(&folder);
}

/// A damaged index is an error that names it, and no panic, wherever the damage is.
#[test]
fn a_damaged_index_is_named() {
    let folder = folder();
    folder.run(&day("1.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    let whole = folder.bytes("seen.qwi");
    let run = |bytes: &[u8]| {
        folder.write("seen.qwi", bytes);
        let run = folder.run(&day("2.jsonl", "seen.qwi", "u.jsonl"));
        assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
        assert!(run.code == 0 || run.stderr.contains("seen.qwi: "), "{}", run.stderr);
        run.code
    };
    let cut = [1, 2, 3].map(|quarter| run(&whole[..whole.len() * quarter / 4]));
    assert_eq!(cut, [2; 3]);
    let part = whole.len() / 40;
    let damaged = (0..40).map(|at| {
        let mut bytes = whole.clone();
        bytes[at * part..][..part].iter_mut().for_each(|byte| *byte ^= 0x55);
        run(&bytes)
    });
    assert!(damaged.filter(|code| *code == 2).count() >= 5);
}

fn start(folder: &Folder, args: &[&str]) -> Child {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingwen"));
    command.args(args).current_dir(folder.path("")).stdin(Stdio::piped());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the command starts")
}

/// Waits until a file is there.
fn wait_for(folder: &Folder, name: &str) {
    let started = Instant::now();
    while !folder.path(name).exists() {
        assert!(started.elapsed() < crate::support::TIMEOUT, "{name}");
        sleep(Duration::from_millis(5));
    }
}

/// An index that another run uses is left alone, be it new or not.
#[test]
fn one_run_uses_an_index_at_a_time() {
    let folder = folder();
    let other = |folder: &Folder| -> Run { folder.run(&day("2.jsonl", "seen.qwi", "u.jsonl")).exits(2) };
    let waiting = |report| {
        let args =
            ["corpus", "dedup", "--against", "seen.qwi", "--format", "jsonl", "-o", "-", "--report", report];
        let child = start(&folder, &args);
        // The index is locked before the report is begun.
        wait_for(&folder, &format!("{report}.qingwen-partial"));
        child
    };
    let mut first = waiting("1.report");
    other(&folder).says("seen.qwi: cannot be written: another run is writing it");
    first.kill().and_then(|()| first.wait()).expect("it ends");
    folder.run(&day("1.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    let mut second = waiting("2.report");
    other(&folder).says("seen.qwi: another run is using it");
    second.kill().and_then(|()| second.wait()).expect("it ends");
    second_day_is_right(&folder);
}

/// A run that is killed leaves the index as it was, or is complete. Then the same command writes what it would have written.
#[test]
fn a_killed_run_leaves_the_index_as_it_was() {
    let folder = folder();
    folder.run(&day("1.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    let many: String =
        (0..3000).map(|n| record(&n.to_string(), &format!("{}{n}", text(n % 9..n % 9 + 3)))).collect();
    folder.write("many.jsonl", &many);
    let before = folder.bytes("seen.qwi");
    let started = Instant::now();
    folder.run(&day("many.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    let span = started.elapsed();
    let (left, report) = (folder.read("u.jsonl"), copies(&folder.records("r.jsonl")));
    for part in 0..8 {
        folder.write("seen.qwi", &before);
        // The run before may have been killed before this file.
        let _ = fs::remove_file(folder.path("u.jsonl"));
        let mut run = start(&folder, &day("many.jsonl", "seen.qwi", "u.jsonl"));
        drop(run.stdin.take());
        sleep(span * part / 8);
        run.kill().and_then(|()| run.wait()).expect("it ends");
        folder.run(&day("many.jsonl", "seen.qwi", "v.jsonl")).exits(0);
        let is_complete = folder.read("v.jsonl").is_empty();
        assert_eq!(folder.read(if is_complete { "u.jsonl" } else { "v.jsonl" }), left, "{part}");
        assert!(is_complete || copies(&folder.records("r.jsonl")) == report, "{part}");
        folder.run(&day("many.jsonl", "seen.qwi", "v.jsonl")).exits(0);
        assert_eq!(folder.read("v.jsonl"), "", "{part}");
    }
}

/// Between the outputs and the index: the outputs are complete, and the same command writes the same again.
#[test]
fn a_kill_behind_the_outputs_neither_loses_nor_doubles() {
    let folder = folder();
    folder.run(&day("1.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    let before = folder.bytes("seen.qwi");
    folder.run(&day("2.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    let left = folder.read("u.jsonl");
    // This is what such a kill leaves.
    folder.write("seen.qwi", &before);
    folder.run(&day("2.jsonl", "seen.qwi", "u.jsonl")).exits(0);
    assert_eq!(folder.read("u.jsonl"), left);
}

/// Faulty records are named, and the others are seen.
#[test]
fn faulty_records_leave_the_others() {
    let folder = folder();
    folder.write("1.jsonl", first_day() + "{\"text\":\n");
    folder.run(&day("1.jsonl", "seen.qwi", "u.jsonl")).exits(2).says("1.jsonl:4: ");
    second_day_is_right(&folder);
    let empty = Folder::with(&[("1.jsonl", "{}\n")]);
    empty.run(&day("missing.jsonl", "seen.qwi", "u.jsonl")).exits(2);
    assert!(!empty.names().contains(&"seen.qwi.qingwen-partial".to_owned()));
}

/// The report alone is enough.
#[test]
fn the_report_is_enough() {
    let folder = folder();
    folder.run(&["corpus", "dedup", "1.jsonl", "--against", "seen.qwi", "-q"]).exits(0);
    let run = folder.run(&["corpus", "dedup", "2.jsonl", "--against", "seen.qwi", "-q"]).exits(0);
    assert_eq!(of_type(&records(&run.stdout), "duplicate").len(), 2);
}
