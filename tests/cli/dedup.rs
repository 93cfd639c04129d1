//! `qingwen corpus dedup`: copies in files and records, and what is left.

use serde_json::{Value, json};

use crate::support::{CONVERTED, Folder, OTHER, STORY, of_type, qingwen};

/// A story, another one, and two copies of the first: a converted one, and one with other marks, another word and a
/// sentence more.
fn records() -> Vec<String> {
    let longer = format!("{}攤販會會長也說好。", STORY.replace('，', ",").replace("十分鐘", "一刻鐘"));
    let record = |(id, date, text): (&str, &str, &str)| {
        // The spaces and the number must come through as they are.
        format!("{{ \"id\": {}, \"n\":1.50, \"date\":\"{date}\", \"text\": {} }}\n", json!(id), json!(text))
    };
    [
        ("story", "2021-07-02", STORY),
        ("other", "2021-07-03", OTHER),
        ("hans", "2021-07-01", CONVERTED),
        ("longer", "2021-07-04", &longer),
    ]
    .map(record)
    .to_vec()
}

/// The copies in a report: name, of, kind.
fn copies(report: &[Value]) -> Vec<[String; 3]> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    of_type(report, "duplicate")
        .iter()
        .map(|copy| ["doc", "of", "kind"].map(|name| text(&copy[name])))
        .collect()
}

#[test]
fn copies_are_reported_and_the_others_are_left() {
    let records = records();
    let folder = Folder::with(&[("a.jsonl", &records.concat())]);
    let run = folder.run(&["corpus", "dedup", "a.jsonl", "--report", "r.jsonl", "-o", "u.jsonl"]).exits(0);
    assert_eq!(run.stdout, "");
    assert_eq!(run.stderr, "4 articles: 2 copies (1 revision, 1 other-script), 2 left\n");
    assert_eq!(folder.read("u.jsonl"), records[..2].concat());
    let report = folder.records("r.jsonl");
    assert_eq!(copies(&report), [["hans", "story", "other-script"], ["longer", "story", "revision"]]);
    assert_eq!(
        report[0],
        json!({"schema": 1, "type": "duplicate", "doc": "hans", "of": "story", "kept": "story",
               "kind": "other-script", "similarity": 1.0, "containment": 1.0})
    );
    let similarity = report[1]["similarity"].as_f64().unwrap_or_default();
    assert!(similarity > 0.7 && similarity < 1.0, "{report:?}");
    let summary = report.last().expect("a summary");
    assert_eq!(
        (&summary["type"], &summary["documents"], &summary["duplicates"]),
        (&json!("summary"), &json!(4), &json!(2))
    );
    assert_eq!(folder.names(), ["a.jsonl", "r.jsonl", "u.jsonl"]);
}

#[test]
fn without_files_the_report_goes_to_standard_output() {
    let folder = Folder::with(&[("a.jsonl", &records().concat())]);
    let all = folder.run(&["corpus", "dedup", "a.jsonl", "-q"]).exits(0);
    assert_eq!((crate::support::records(&all.stdout).len(), all.stderr.as_str()), (3, ""));
    let left = folder.run(&["corpus", "dedup", "a.jsonl", "-o", "-"]).exits(0);
    assert_eq!(left.stdout, records()[..2].concat());
}

#[test]
fn standard_input_is_read_as_often_as_a_file() {
    let folder = Folder::new();
    let run = folder.run_with(
        &["corpus", "dedup", "--format", "jsonl", "-o", "-", "--report", "r.jsonl"],
        records().concat(),
    );
    assert_eq!(run.exits(0).stdout, records()[..2].concat());
    assert_eq!(copies(&folder.records("r.jsonl")).len(), 2);
}

/// A pipe gives its content once.
#[test]
#[cfg(unix)]
fn a_pipe_is_refused() {
    let run = crate::support::qingwen(&["corpus", "dedup", "/dev/null"]);
    run.exits(2).says("/dev/null: is no regular file and cannot be read twice");
}

#[test]
fn another_copy_stays_on_request() {
    let folder = Folder::with(&[("a.jsonl", &records().concat())]);
    for (options, kept) in [
        (&["--keep", "longest"][..], "longer"),
        (&["--keep", "newest", "--date-field", "date"], "longer"),
        (&["--keep", "target-script", "--to", "hans"], "hans"),
        (&["--keep", "target-script", "--to", "tw"], "story"),
    ] {
        let run = folder.run(&[&["corpus", "dedup", "a.jsonl"], options].concat()).exits(0);
        let report = crate::support::records(&run.stdout);
        assert!(
            of_type(&report, "duplicate").iter().all(|copy| copy["kept"] == kept),
            "{options:?}: {report:?}"
        );
        assert_eq!(copies(&report).len(), 2, "{options:?}");
    }
}

#[test]
fn options_that_say_nothing_are_refused() {
    for (options, message) in [
        (&["--keep", "newest"][..], "--keep newest needs --date-field"),
        (&["--date-field", "date"], "--date-field is for --keep newest"),
        (&["--to", "hans"], "--to is for --keep target-script"),
        (&["--keep", "target-script"], "needs a script"),
        (&["--keep", "target-script", "--to", "keep"], "needs a script"),
        (&["--similarity", "0.2"], "a number from 0.5 to 1"),
        (&["--containment", "x"], "a number from 0.5 to 1"),
    ] {
        qingwen(&[&["corpus", "dedup", "a.jsonl"], options].concat()).exits(2).says(message);
    }
}

/// The thresholds move what is a copy.
#[test]
fn thresholds_may_be_changed() {
    let folder = Folder::with(&[("a.jsonl", &records().concat())]);
    let run = folder
        .run(&["corpus", "dedup", "a.jsonl", "--similarity", "0.99", "--containment", "1", "-q"])
        .exits(0);
    let report = crate::support::records(&run.stdout);
    assert_eq!(copies(&report), [["hans", "story", "other-script"], ["longer", "story", "revision"]][..1]);
}

/// What `clean` removes does not count, if that is asked for.
#[test]
fn furniture_does_not_count_if_it_is_cleaned() {
    let bar = "分享到：\n微信\n微博\nQQ空间\n責任編輯：王小明\n相關文章：\n夜市搬家前的最後一晚\n河堤旁邊的新攤位長什麼樣子\n";
    let lines = format!("{STORY}\n{bar}版權所有，未經授權不得轉載\n請掃描二維碼關注我們的公眾號\n");
    let line = |id: u32, text: &str| json!({"id": id, "text": text}).to_string() + "\n";
    let folder = Folder::with(&[("a.jsonl", &(line(1, &lines) + &line(2, STORY)))]);
    let similarity = |options: &[&str]| {
        let run = folder.run(&[&["corpus", "dedup", "a.jsonl", "-q"], options].concat()).exits(0);
        crate::support::records(&run.stdout)[0]["similarity"].as_f64().unwrap_or_default()
    };
    assert!(similarity(&["--cleaned"]) > similarity(&[]) + 0.1, "{}", similarity(&["--cleaned"]));
}

/// Every reading sees the same records, however they are stored and cut into files.
#[test]
fn the_result_is_the_same_for_any_threads_and_files() {
    let mut records = records();
    for number in 0..300 {
        let text =
            format!("{number}號攤位賣的是第{number}種豆漿，攤主姓王。{}", OTHER.repeat(1 + number % 3));
        records.push(json!({"id": format!("n{number}"), "text": text}).to_string() + "\n");
    }
    let folder = Folder::with(&[("all.jsonl", &records.concat())]);
    let mut files = Vec::new();
    for (number, part) in records.chunks(37).enumerate() {
        let name = format!("part{number:02}.jsonl");
        folder.write(&name, part.concat());
        files.push(name);
    }
    let run = |inputs: &[&str], threads: &str| {
        let args =
            [&["corpus", "dedup", "--threads", threads, "--report", "r.jsonl", "-o", "u.jsonl"], inputs]
                .concat();
        folder.run(&args).exits(0);
        (copies(&folder.records("r.jsonl")), folder.read("u.jsonl"))
    };
    let whole = run(&["all.jsonl"], "1");
    assert!(whole.0.len() > 200, "{}", whole.0.len());
    let parts: Vec<&str> = files.iter().map(String::as_str).collect();
    for threads in ["1", "2", "5"] {
        assert!(run(&["all.jsonl"], threads) == whole, "{threads} threads");
        assert!(run(&parts, threads) == whole, "{threads} threads, many files");
    }
}

#[test]
fn all_formats_are_read_and_written() {
    let array =
        format!("[{}]\n", records().iter().map(|record| record.trim()).collect::<Vec<_>>().join(",\n "));
    let csv = format!("id,text\na,{STORY}\nb,{OTHER}\nc,{CONVERTED}\n");
    let folder = Folder::with(&[("a.json", &array), ("a.csv", &csv)]);
    folder
        .run(&["corpus", "dedup", "a.json", "-o", "u.json", "--keep", "target-script", "--to", "hans"])
        .exits(0);
    let left: Value =
        serde_json::from_str(&folder.read("u.json")).expect("an array without the first record");
    assert_eq!(left.as_array().map(Vec::len), Some(2));
    assert_eq!(left[1]["id"], "hans");
    folder.run(&["corpus", "dedup", "a.csv", "-o", "u.csv"]).exits(0);
    assert_eq!(folder.read("u.csv"), format!("id,text\na,{STORY}\nb,{OTHER}\n"));
    std::fs::create_dir(folder.path("texts")).expect("a folder");
    folder.write("texts/1.txt", STORY);
    folder.write("texts/2.txt", CONVERTED);
    let run = folder.run(&["corpus", "dedup", "texts"]).exits(0);
    assert_eq!(
        copies(&crate::support::records(&run.stdout)),
        [["texts/2.txt", "texts/1.txt", "other-script"]]
    );
}

/// An error is told once, although the inputs are read three times.
#[test]
fn faulty_records_are_named_and_the_rest_is_compared() {
    let records = records();
    let folder =
        Folder::with(&[("a.jsonl", &[&records[0], "{\"text\":\n", &records[1], &records[2]].concat())]);
    let args = ["corpus", "dedup", "a.jsonl", "missing.jsonl", "--report", "r.jsonl", "-o", "u.jsonl"];
    let run = folder.run(&args).exits(2).says("a.jsonl:2: not a JSON object").says("missing.jsonl: ");
    assert_eq!(run.stderr.matches("a.jsonl:2").count(), 1, "{}", run.stderr);
    assert!(
        run.stderr.ends_with("3 articles: 1 copy (1 other-script), 2 left, 2 not read\n"),
        "{}",
        run.stderr
    );
    assert_eq!(of_type(&folder.records("r.jsonl"), "error").len(), 2);
    assert_eq!(folder.read("u.jsonl"), [&*records[0], &records[1]].concat());
}

/// What cannot be read is kept for later, once, although the inputs are read several times.
#[test]
fn rejects_are_written() {
    let folder = Folder::with(&[("a.jsonl", &[&records()[0], "{\"text\":\n", &records()[1]].concat())]);
    let tables: &[&[&str]] =
        if cfg!(feature = "parquet") { &[&["sign", "-o", "s"], &["count", "-o", "c"]] } else { &[] };
    let commands = [
        &["dedup", "-o", "u.jsonl"][..],
        &["dedup", "--stream"],
        &["dedup", "--level", "paragraph"],
        &["learn", "-o", "site.qwm"],
    ];
    for command in commands.iter().chain(tables) {
        folder.run(&[&["corpus"], *command, &["a.jsonl", "--rejects", "r.jsonl", "-q"]].concat()).exits(2);
        let rejects = folder.records("r.jsonl");
        assert_eq!((rejects.len(), &rejects[0]["doc"]), (1, &json!("a.jsonl:2")), "{command:?}");
        let same = folder.run(&[&["corpus"], *command, &["a.jsonl", "--rejects", "a.jsonl"]].concat());
        same.exits(2).says("a.jsonl: --rejects names the same file as an input");
    }
}

#[test]
fn no_file_is_lost() {
    let folder = Folder::with(&[("a.jsonl", &records().concat()), ("notes.txt", "筆記")]);
    folder
        .run(&["corpus", "dedup", "a.jsonl", "--report", "notes.txt"])
        .exits(2)
        .says("is not a report of qingwen");
    folder
        .run(&["corpus", "dedup", "a.jsonl", "--report", "a.jsonl"])
        .exits(2)
        .says("the same file as an input");
    folder
        .run(&["corpus", "dedup", "a.jsonl", "-o", "x", "--report", "x"])
        .exits(2)
        .says("the same file as --output");
    folder
        .run(&["corpus", "dedup", "a.jsonl", "-o", "-", "--report", "-"])
        .exits(2)
        .says("--report needs a file");
    folder.run(&["corpus", "dedup", "missing.jsonl", "--report", "r.jsonl", "-o", "u.jsonl"]).exits(2);
    assert_eq!(folder.names(), ["a.jsonl", "notes.txt"]);
    folder.run(&["corpus", "dedup", "a.jsonl", "-o", "a.jsonl"]).exits(0);
    assert_eq!(folder.read("a.jsonl"), records()[..2].concat());
}

#[test]
fn a_named_field_that_no_record_has_is_an_error() {
    let folder = Folder::with(&[("a.jsonl", &records().concat())]);
    let args = ["corpus", "dedup", "a.jsonl", "--keep", "newest", "--date-field", "day"];
    folder.run(&args).exits(2).says("--date-field day: no record has such a field");
}

#[test]
fn the_files_of_a_folder_are_left_in_a_folder() {
    let [story, other, hans, _] = [STORY, OTHER, CONVERTED, ""];
    let folder = Folder::new();
    for place in ["in/a", "in/b"] {
        std::fs::create_dir_all(folder.path(place)).expect("a folder");
    }
    folder.write("in/a/1.txt", story);
    folder.write("in/b/1.txt", format!("{hans}\r\n"));
    // The others stay as they are, byte for byte.
    let other = encoding_rs::GBK.encode(&format!("{other}\r\n")).0.into_owned();
    folder.write("in/b/2.txt", &other);
    let records = records().concat();
    folder.write("in/c.jsonl", &records);
    let left = "7 articles: 5 copies (2 same, 1 revision, 2 other-script), 2 left\n";
    let args = ["corpus", "dedup", "in", "--report", "r.jsonl", "--output-dir"];
    folder.run(&[&args[..], &["out"]].concat()).exits(0).says(left);
    assert_eq!(folder.read("out/a/1.txt"), story);
    assert_eq!(folder.bytes("out/b/2.txt"), other);
    assert_eq!(folder.read("out/c.jsonl"), "");
    assert!(!folder.path("out/b/1.txt").exists());
    assert_eq!(folder.names(), ["in", "out", "r.jsonl"]);
    // What the encoding does not have is told, although the file was read twice before.
    folder.write("in/b/2.txt", [&other[..], b"\xFF\r\n"].concat());
    folder
        .run(&[&args[..], &["lossy", "--encoding", "gbk", "--glob", "2.txt"]].concat())
        .exits(2)
        .says("is not in GBK\n");
    folder.write("in/b/2.txt", &other);
    // A folder in the folder is no input of the next run.
    for _ in 0..2 {
        folder.run(&[&args[..], &["in/out"]].concat()).exits(0).says(left);
    }
}

#[test]
fn a_result_has_the_name_of_no_input() {
    let folder = Folder::with(&[("a.txt", STORY), ("b.txt", CONVERTED)]);
    folder
        .run(&["corpus", "dedup", "a.txt", "b.txt", "--output-dir", "."])
        .exits(2)
        .says("a.txt: is an input");
    assert_eq!((folder.read("a.txt"), folder.read("b.txt")), (STORY.into(), CONVERTED.into()));
    folder
        .run(&["corpus", "dedup", "--output-dir", "out"])
        .exits(2)
        .says("the following required arguments were not provided");
}

#[test]
fn files_that_begin_or_end_once_are_not_joined() {
    let (array, rows) =
        (|text: &str| json!([{"text": text}]).to_string(), |text: &str| format!("text\n{text}\n"));
    let files = [
        ("a.json", array(STORY)),
        ("b.json", array(CONVERTED)),
        ("a.csv", rows(STORY)),
        ("b.csv", rows(OTHER)),
    ];
    let folder = Folder::with(&files.each_ref().map(|(name, content)| (*name, content.as_str())));
    for (ending, title) in [("json", "JSON"), ("csv", "comma-separated values")] {
        let [a, b] = ["a", "b"].map(|name| format!("{name}.{ending}"));
        let message = format!(
            "{b}: {title} cannot stand in one output with other results; --output-dir keeps them apart"
        );
        folder.run(&["corpus", "dedup", &a, &b, "-o", "u"]).exits(2).says(&message);
        folder.run(&["corpus", "dedup", &a, &b, "--stream"]).exits(2).says(&message).prints("");
        folder.run(&["corpus", "dedup", &a, &b, "--level", "paragraph", "-o", "u"]).exits(2).says(&message);
        folder.run(&["clean", &a, &b, "-o", "u"]).exits(2).says(&message);
        assert!(!folder.path("u").exists());
        folder.run(&["corpus", "dedup", &a, &b, "--output-dir", "out"]).exits(0);
        folder.run(&["corpus", "dedup", &a, &b]).exits(0);
    }
    assert_eq!((folder.read("out/a.json"), folder.read("out/b.json")), (files[0].1.clone(), "[]".into()));
    assert_eq!(
        (folder.read("out/a.csv"), folder.read("out/b.csv")),
        (files[2].1.clone(), files[3].1.clone())
    );
}

#[test]
fn paragraphs_are_removed_from_the_files_of_a_folder() {
    let folder = Folder::with(&[("a.txt", STORY), ("b.txt", &format!("{OTHER}\n{STORY}\n"))]);
    let args = ["corpus", "dedup", "a.txt", "b.txt", "--level", "paragraph", "--min-articles", "2"];
    folder.run(&[&args[..], &["--output-dir", "out", "--remove-paragraphs", "later"]].concat()).exits(0);
    assert_eq!((folder.read("out/a.txt"), folder.read("out/b.txt")), (STORY.into(), format!("{OTHER}\n")));
}
