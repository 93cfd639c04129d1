//! `qingwen inspect`: the script of each line, and how a conversion comes about.

use serde_json::json;

use crate::support::{Folder, qingwen_with, records, slice};

const MIXED: &str = "這裡的攤販\n这里的摊贩\n山水\n\n";

#[test]
fn each_line_shows_its_script() {
    let run = qingwen_with(&["inspect"], MIXED).exits(0);
    let expected = [
        "     1  hant    0:4    這裡的攤販",
        "     2  hans    3:0    这里的摊贩",
        "     3  -       0:0    山水",
        "     4  -       0:0    ",
    ];
    assert_eq!(run.stdout.lines().collect::<Vec<_>>(), expected);
    let colored = qingwen_with(&["inspect", "--color", "always"], "山水\n").exits(0).stdout;
    assert_eq!(colored, "     1  \u{1b}[2m-   \u{1b}[0m    0:0    山水\n");
}

#[test]
fn each_line_is_a_record() {
    let run = qingwen_with(&["inspect", "--json"], MIXED).exits(0);
    assert_eq!(
        records(&run.stdout),
        [
            json!({"doc": "-", "line": 1, "script": "hant", "hans": 0, "hant": 4, "text": "這裡的攤販"}),
            json!({"doc": "-", "line": 2, "script": "hans", "hans": 3, "hant": 0, "text": "这里的摊贩"}),
            json!({"doc": "-", "line": 3, "script": null, "hans": 0, "hant": 0, "text": "山水"}),
            json!({"doc": "-", "line": 4, "script": null, "hans": 0, "hant": 0, "text": ""}),
        ]
    );
}

#[test]
fn a_conversion_is_traced() {
    let run = qingwen_with(&["inspect", "-c", "s2twp"], "鼠标干了\n\n").exits(0);
    let expected = [
        "     1  hans    1:0    鼠标干了",
        "        segments  鼠标 / 干了",
        "        step 1    鼠標 / 幹了",
        "        step 2    滑鼠 / 幹了",
        "        ambiguous 干了 → 幹了 乾了",
        "     2  -       0:0    ",
    ];
    assert_eq!(run.stdout.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_trace_ends_in_what_convert_gives() {
    let text = "鼠标里面的硅二极管干了";
    let folder = Folder::with(&[("a.txt", text)]);
    for configuration in ["s2t", "s2tw", "s2twp", "s2hkp", "t2s"] {
        let run = folder.run(&["inspect", "--json", "-c", configuration, "a.txt"]).exits(0);
        let record = &records(&run.stdout)[0];
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
    let ambiguities = &records(&run.stdout)[0]["ambiguities"];
    let expected = json!([{"step": 1, "start": 6, "end": 12, "key": "干了", "candidates": ["幹了", "乾了"]}]);
    assert_eq!(*ambiguities, expected);
}

#[test]
fn errors_are_told() {
    qingwen_with(&["inspect", "-c", "s2x"], "山").exits(2).prints("").says("\"s2x\"").says("s2twp");
    let folder = Folder::with(&[("a.txt", "山\n")]);
    let run = folder.run(&["inspect", "missing.txt", "a.txt"]).exits(2).says("missing.txt: ");
    run.prints("     1  -       0:0    山\n");
}
