//! `qingwen inspect`: the script of each line, and how a conversion comes about.

use serde_json::json;

use crate::support::{Folder, qingwen_with, records, slice};

const MIXED: &str = "這裡的攤販\n这里的摊贩\n山水\n\n";

#[test]
fn each_line_shows_its_script() {
    let run = qingwen_with(&["inspect"], MIXED).exits(0);
    let expected = [
        "hant     56%    3:4     -",
        "     1  hant     83%    0:4    這裡的攤販",
        "     2  hans     80%    3:0    这里的摊贩",
        "     3  shared   50%    0:0    山水",
        "     4  unknown  50%    0:0    ",
    ];
    assert_eq!(run.stdout.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn deciding_characters_are_coloured_where_colour_is_wanted() {
    let colored = qingwen_with(&["inspect", "--color", "always"], "头山後\n").exits(0).stdout;
    assert!(colored.contains("\u{1b}[33m头\u{1b}[0m山\u{1b}[36m後\u{1b}[0m"), "{colored:?}");
    let folder = Folder::with(&[("a.txt", "头山後\n")]);
    let mut command = folder.command(&["inspect", "a.txt"]);
    let plain = command.env("NO_COLOR", "1").output().expect("it runs").stdout;
    assert!(!plain.contains(&0x1b));
}

#[test]
fn each_line_is_a_record() {
    let run = qingwen_with(&["inspect", "--json"], "街坊看著，头发。\n山水\n").exits(0);
    let records = records(&run.stdout);
    assert_eq!(
        (&records[0]["level"], &records[0]["script"], &records[0]["hans"]),
        (&json!("document"), &json!("hans"), &json!(2))
    );
    let line = &records[1];
    assert_eq!((&line["level"], &line["line"], &line["shared"]), (&json!("line"), &json!(1), &json!(4)));
    let scripts: Vec<_> = line["clauses"].as_array().expect("clauses").iter().map(|c| &c["script"]).collect();
    assert_eq!(scripts, ["shared", "hans"]);
    assert_eq!(
        line["characters"],
        json!([
            {"start": 15, "character": "头", "script": "hans"},
            {"start": 18, "character": "发", "script": "hans"},
        ])
    );
    assert_eq!((&records[2]["script"], &records[2]["confidence"]), (&json!("shared"), &json!(0.5)));
}

#[test]
fn choices_are_explained() {
    let run = qingwen_with(&["inspect", "--to", "tw"], "每周一，台湾。\n樓臺，臺灣人說。\n").exits(0);
    assert!(run.stdout.contains("        周→週 because "), "{}", run.stdout);
    assert!(run.stdout.contains("        台→臺 because the article: 2 to 0"), "{}", run.stdout);
    let json = qingwen_with(&["inspect", "--to", "tw", "--json"], "每周一说\n").exits(0);
    let choice = &records(&json.stdout)[1]["choices"][0];
    assert_eq!(
        (&choice["start"], &choice["character"], &choice["form"]),
        (&json!(3), &json!("周"), &json!("週"))
    );
    assert!(choice["uses"].as_u64() > choice["others"].as_u64(), "{choice}");
}

#[test]
fn a_conversion_is_traced() {
    let run = qingwen_with(&["inspect", "-c", "s2twp"], "鼠标干了\n\n").exits(0);
    let expected = [
        "hans     67%    1:0     -",
        "     1  hans     67%    1:0    鼠标干了",
        "        segments  鼠标 / 干了",
        "        step 1    鼠標 / 幹了",
        "        step 2    滑鼠 / 幹了",
        "        ambiguous 干了 → 幹了 乾了",
        "     2  unknown  50%    0:0    ",
    ];
    assert_eq!(run.stdout.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_trace_ends_in_what_convert_gives() {
    let text = "鼠标里面的硅二极管干了";
    let folder = Folder::with(&[("a.txt", text)]);
    for configuration in ["s2t", "s2tw", "s2twp", "s2hkp", "t2s"] {
        let run = folder.run(&["inspect", "--json", "-c", configuration, "a.txt"]).exits(0);
        let record = &records(&run.stdout)[1];
        let trace = &record["trace"];
        let joined = |segments: &serde_json::Value| -> String {
            segments.as_array().expect("segments").iter().filter_map(|segment| segment.as_str()).collect()
        };
        assert_eq!((record["doc"].as_str(), joined(&trace["segments"]).as_str()), (Some("a.txt"), text));
        let converted = folder.run(&["convert", "-c", configuration, "a.txt"]).exits(0).stdout;
        assert_eq!(trace["output"], converted);
        assert_eq!(joined(trace["steps"].as_array().expect("steps").last().expect("a step")), converted);
        for ambiguity in record["ambiguities"].as_array().into_iter().flatten() {
            assert_eq!(ambiguity["key"], slice(text, ambiguity));
            assert!(ambiguity["candidates"].as_array().is_some_and(|list| list.len() > 1), "{ambiguity}");
        }
    }
}

#[test]
fn a_candidate_that_is_taken_comes_first() {
    let run = qingwen_with(&["inspect", "--json", "-c", "s2t"], "头发干了").exits(0);
    let ambiguities = &records(&run.stdout)[1]["ambiguities"];
    let expected = json!([{"step": 1, "start": 6, "end": 12, "key": "干了", "candidates": ["幹了", "乾了"]}]);
    assert_eq!(*ambiguities, expected);
}

#[test]
fn errors_are_told() {
    qingwen_with(&["inspect", "-c", "s2x"], "山").exits(2).prints("").says("\"s2x\"").says("s2twp");
    let folder = Folder::with(&[("a.txt", "山\n")]);
    let run = folder.run(&["inspect", "missing.txt", "a.txt"]).exits(2).says("missing.txt: ");
    run.prints("shared   50%    0:0     a.txt\n     1  shared   50%    0:0    山\n");
}
