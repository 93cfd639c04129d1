//! `qingwen corpus dedup --level paragraph`: paragraphs that stand in many articles.

use serde_json::{Value, json};

use crate::support::{Folder, of_type, records};

const STORIES: [&str; 5] = [
    "夜市在上個月搬到了河堤旁邊，攤販們說新的地方比較寬，下雨的時候也有屋頂可以躲。",
    "擺攤二十年的張太太說，雨天不用再收攤了，可是太陽曬過的書才有味道。",
    "巷口的三盞路燈壞了半年，晚上回家的學生都拿手機照路。",
    "她在櫃檯後面站了四十年，每個客人喝什麼茶都記得。",
    "圍牆原本是灰色的，開學以前老師和學生一起畫了三十二隻貓。",
];
const NOTICE: &str = "街坊通訊社的稿件，著作權歸通訊社所有，未經書面同意，請勿轉載、改作或作其他使用。";
const SIMPLIFIED: &str = "街坊通讯社的稿件,著作权归通讯社所有,未经书面同意,请勿转载、改作或作其他使用。";
const SHORT: &str = "記者林小溪採訪報導";

fn record(id: &str, text: &str) -> String {
    // The spaces and the number must come through as they are.
    format!("{{ \"id\": {}, \"n\":1.50, \"text\": {} }}\n", json!(id), json!(text))
}

/// Five articles. The notice stands in four of them, once in the other script and once twice. A short line stands in all.
fn articles(notices: [&str; 5]) -> String {
    let article = |(number, notice): (usize, &str)| {
        let text = format!("{SHORT}\n\n{}\n{notice}", STORIES[number]);
        record(&format!("a{number}"), &text)
    };
    notices.into_iter().enumerate().map(article).collect()
}

fn all() -> String {
    let twice = format!("\n{NOTICE}\n\n{NOTICE}\n");
    articles(["", &format!("\n{NOTICE}\n"), &format!("\n{SIMPLIFIED}\n"), &twice, &format!("\n{NOTICE}\n")])
}

fn paragraph_level<'a>(options: &[&'a str]) -> Vec<&'a str> {
    [&["corpus", "dedup", "a.jsonl", "--level", "paragraph"], options].concat()
}

#[test]
fn paragraphs_are_reported() {
    let folder = Folder::with(&[("a.jsonl", &all())]);
    let run = folder.run(&paragraph_level(&[])).exits(0);
    assert_eq!(run.stderr, "5 articles: 1 paragraph stands in many, 0 lines removed\n");
    let report = records(&run.stdout);
    let paragraph =
        json!({"schema": 1, "type": "paragraph", "doc": "a1", "line": 5, "articles": 4, "text": NOTICE});
    assert_eq!(report[0], paragraph);
    let summary = &report[1];
    assert_eq!((&summary["type"], &summary["paragraphs"]), (&json!("summary"), &json!(1)));
    assert_eq!(summary["bytes_in"], summary["bytes_out"]);
    assert_eq!(report.len(), 2);
}

/// The first article keeps a paragraph, or none does.
#[test]
fn paragraphs_are_removed_on_request() {
    let folder = Folder::with(&[("a.jsonl", &all())]);
    let removed = |options: &[&str]| {
        let run = folder.run(&paragraph_level(&[&["-o", "u.jsonl"], options].concat())).exits(0);
        (folder.read("u.jsonl"), run.stderr)
    };
    let later = articles(["", &format!("\n{NOTICE}\n"), "", "", ""]);
    let message = "5 articles: 1 paragraph stands in many, 4 lines removed\n".to_owned();
    assert_eq!(removed(&[]), (later.clone(), message.clone()));
    assert_eq!(removed(&["--remove-paragraphs", "later"]), (later, message));
    let (none, message) = removed(&["--remove-paragraphs", "all"]);
    assert_eq!(none, articles([""; 5]));
    assert!(message.ends_with("5 lines removed\n"), "{message}");
    let report = folder.run(&paragraph_level(&["-o", "-", "--report", "r.jsonl"])).exits(0);
    let summary = &folder.records("r.jsonl")[1];
    assert_eq!(summary["removed_lines"], 4);
    let bytes = |lines: &str| records(lines).iter().map(|r| r["text"].as_str().unwrap().len()).sum::<usize>();
    assert_eq!(summary["bytes_out"], bytes(&report.stdout));
}

#[test]
fn thresholds_may_be_changed() {
    let folder = Folder::with(&[("a.jsonl", &all())]);
    let found = |options: &[&str]| {
        let run = folder.run(&paragraph_level(&[&["-q"], options].concat())).exits(0);
        let report = records(&run.stdout);
        of_type(&report, "paragraph").into_iter().map(|p| p["text"].clone()).collect::<Vec<Value>>()
    };
    assert_eq!(found(&["--min-articles", "5"]), [json!(SHORT)][..0]);
    assert_eq!(found(&["--min-characters", "9", "--min-articles", "5"]), [SHORT]);
    assert_eq!(found(&["--min-characters", "9"]), [SHORT, NOTICE]);
    assert_eq!(found(&["--min-characters", "10"]), [NOTICE]);
    assert_eq!(found(&["--min-characters", "40"]), [json!(NOTICE)][..0]);
}

/// The order of the files decides which article is the first one, and nothing else makes a difference.
#[test]
fn threads_and_files_make_no_difference() {
    let folder = Folder::new();
    let mut names = Vec::new();
    for number in 0..40 {
        let name = format!("a{number:02}.jsonl");
        folder.write(&name, all().replace("\"a", &format!("\"{number}-")));
        names.push(name);
    }
    folder.write("all.jsonl", names.iter().map(|name| folder.read(name)).collect::<String>());
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let run = |inputs: &[&str], threads: &str| {
        let args = [
            "corpus",
            "dedup",
            "--level",
            "paragraph",
            "-q",
            "--threads",
            threads,
            "-o",
            "u",
            "--report",
            "r",
        ];
        folder.run(&[&args, inputs].concat()).exits(0);
        let found: Vec<Value> = of_type(&folder.records("r"), "paragraph").into_iter().cloned().collect();
        (found, folder.read("u"))
    };
    let whole = run(&["all.jsonl"], "1");
    // The notice, and two stories that are long enough.
    assert_eq!((whole.0.len(), whole.1.matches(NOTICE).count()), (3, 1));
    for threads in ["1", "2", "5"] {
        assert!(run(&["all.jsonl"], threads) == whole && run(&names, threads) == whole, "{threads}");
    }
}

#[test]
fn standard_input_and_other_formats() {
    let folder = Folder::new();
    let args = ["corpus", "dedup", "--level", "paragraph", "--format", "jsonl", "-o", "-", "-q"];
    let run = folder.run_with(&args, all()).exits(0);
    assert_eq!(run.stdout.matches("通訊社的稿件").count(), 1);
    std::fs::create_dir(folder.path("texts")).expect("a folder");
    for (number, story) in STORIES.iter().enumerate() {
        folder.write(&format!("texts/{number}.txt"), format!("{story}\n\n{NOTICE}\n"));
    }
    let run = folder.run(&["corpus", "dedup", "--level", "paragraph", "texts", "-q"]).exits(0);
    let report = records(&run.stdout);
    assert_eq!((&report[0]["doc"], &report[0]["articles"]), (&json!("texts/0.txt"), &json!(5)));
}

/// A faulty record is named once, and the others are counted.
#[test]
fn faulty_records_are_named_and_the_rest_is_done() {
    let folder = Folder::with(&[("a.jsonl", &(all() + "{\"text\":\n"))]);
    let run = folder.run(&paragraph_level(&["-o", "u.jsonl", "--report", "r.jsonl"])).exits(2);
    assert_eq!(run.stderr.matches("a.jsonl:6: ").count(), 1, "{}", run.stderr);
    assert!(run.stderr.ends_with("4 lines removed, 1 not read\n"), "{}", run.stderr);
    assert_eq!(of_type(&folder.records("r.jsonl"), "error").len(), 1);
    assert_eq!(folder.read("u.jsonl").lines().count(), 5);
    let none = Folder::with(&[("a.jsonl", "{}\n")]);
    none.run(&paragraph_level(&["-o", "u.jsonl", "--report", "r.jsonl"])).exits(2);
    assert_eq!(none.names(), ["a.jsonl"]);
}

#[test]
fn options_of_another_level_are_refused() {
    let folder = Folder::with(&[("a.jsonl", &all())]);
    for options in [
        &["--against", "s.qwi"][..],
        &["--stream"],
        &["--keep", "longest"],
        &["--date-field", "date"],
        &["--to", "hans"],
        &["--cleaned"],
        &["--similarity", "0.7"],
        &["--containment", "0.9"],
    ] {
        let message = format!("{} compares articles; leave it out with --level paragraph", options[0]);
        folder.run(&paragraph_level(options)).exits(2).says(&message);
    }
    let args = paragraph_level(&["--remove-paragraphs", "all"]);
    folder.run(&args).exits(2).says("--remove-paragraphs needs --output");
    for options in [["--min-characters", "9"], ["--min-articles", "9"], ["--remove-paragraphs", "all"]] {
        let args = [&["corpus", "dedup", "a.jsonl"], &options[..]].concat();
        folder.run(&args).exits(2).says(&format!("{} is for --level paragraph", options[0]));
    }
    for options in [["--min-characters", "0"], ["--min-articles", "1"]] {
        folder.run(&paragraph_level(&options)).exits(2);
    }
}
