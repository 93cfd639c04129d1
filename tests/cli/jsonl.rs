//! JSON Lines: one article per record. Everything except its text stays the same, byte for byte.

use serde_json::json;

use crate::support::{ARTICLE, CLEAN, Folder, of_type, qingwen_with, records};

#[track_caller]
fn gives(args: &[&str], source: &str, expected: &str) {
    qingwen_with(&[&["clean", "--format", "jsonl"], args].concat(), source).exits(0).prints(expected);
}

#[test]
fn records_keep_their_order() {
    let record = |number: usize, text: &str| json!({"id": number, "text": text}).to_string() + "\n";
    let source: String = (0..500).map(|number| record(number, &format!("第{number}位街坊說,好。"))).collect();
    let expected: String =
        (0..500).map(|number| record(number, &format!("第{number}位街坊說，好。"))).collect();
    gives(&[], &source, &expected);
}

#[test]
fn a_record_is_cleaned_as_a_file_is() {
    let (source, expected) = (json!({"text": ARTICLE}), json!({"text": CLEAN}));
    let folder = Folder::with(&[("a.jsonl", &source.to_string()), ("B.NDJSON", &source.to_string())]);
    for name in ["a.jsonl", "B.NDJSON"] {
        let run = folder.run(&["clean", name]).exits(0);
        assert_eq!(records(&run.stdout), std::slice::from_ref(&expected));
    }
    gives(&[], &source.to_string(), &expected.to_string());
}

#[test]
fn other_fields_come_through_to_the_byte() {
    let deep = format!("{}1{}", "[".repeat(300), "]".repeat(300));
    for (before, behind) in [
        (r#"{"text":"#, "}"),
        (
            r#"  {  "n" : 1.50e3 ,"m":-0.0,"big":123456789012345678901234567890,   "text"  :  "#,
            "\t, \"z\":1E5 }  ",
        ),
        (r#"{"s":"\u8001\u8857\/,\ud83d\ude00 \"text\":\"分享到:\"","text":"#, r#","e":"","t":"\t"}"#),
        (
            r#"{"Text":"甲,乙","text ":"甲,乙","text2":"甲,乙"," text":"甲,乙","text":"#,
            r#","texts":["甲,乙"]}"#,
        ),
        (r#"{"inner":{"text":"甲,乙","a":[1, 2,{"text":"丙,丁"}]},"text":"#, r#","tail":{"text":null}}"#),
        (r#"{"half":"\ud800","a":1,"a":2,"null":null,"text":"#, r#","b":[ ],"c":{ }}"#),
        (&format!(r#"{{"deep":{deep},"text":"#), "}"),
    ] {
        let record = |text: &str| format!("{before}{text}{behind}\n");
        gives(&[], &record(r#""街坊說,好。""#), &record(r#""街坊說，好。""#));
        let unchanged = record(r#""\u8857\u574a說，\u597d。\n""#);
        gives(&[], &unchanged, &unchanged);
    }
}

#[test]
fn escapes_in_the_text_are_read_and_written() {
    gives(&[], r#"{"text":"\u8857\u574a說,\"好\"。\n分享到:\n"}"#, r#"{"text":"街坊說，“好”。\n"}"#);
    gives(&["--punctuation", "keep"], r#"{"text":"街坊\t\\\"\n分享到:"}"#, r#"{"text":"街坊\t\\\"\n"}"#);
}

#[test]
fn a_field_named_by_escapes_is_the_same_field() {
    gives(&[], r#"{"\u0074ext":"街坊說,好。"}"#, r#"{"\u0074ext":"街坊說，好。"}"#);
}

#[test]
fn the_fields_can_be_named() {
    let folder = Folder::with(&[(
        "a.jsonl",
        "{\"正文\":\"街坊說,好。\\n老街夜市搬走了吗?\\n可惜,可惜。\",\"標題\":\"老街夜市搬走了嗎\",\"nr\":\"x7\",\"text\":\"甲,乙\",\"id\":1}\n",
    )]);
    let fields =
        ["--text-field", "正文", "--id-field", "nr", "--title-field", "標題", "--report", "report.jsonl"];
    let expected = "{\"正文\":\"街坊說，好。\\n可惜，可惜。\",\"標題\":\"老街夜市搬走了嗎\",\"nr\":\"x7\",\"text\":\"甲,乙\",\"id\":1}\n";
    folder.run(&[&["clean", "a.jsonl"][..], &fields].concat()).exits(0).prints(expected);
    let removal = &folder.records("report.jsonl")[0];
    assert_eq!((&removal["doc"], &removal["line"]), (&json!("x7"), &json!(2)));
    assert_eq!(removal["evidence"]["how"], "title");
}

#[test]
fn without_an_id_a_record_is_named_by_its_line() {
    let folder = Folder::with(&[(
        "a.jsonl",
        "{\"id\":7,\"text\":\"甲\"}\n\n{\"text\":\"乙\"}\n{\"id\":\"n\",\"text\":\"丙\"}\n",
    )]);
    folder.run(&["clean", "a.jsonl", "--report", "report.jsonl"]).exits(0);
    let records = folder.records("report.jsonl");
    let names: Vec<_> = of_type(&records, "conversion").iter().map(|record| record["doc"].clone()).collect();
    assert_eq!(names, ["7", "a.jsonl:3", "n"]);
}

#[test]
fn a_title_field_and_a_title_exclude_each_other() {
    qingwen_with(&["clean", "--format", "jsonl", "--title", "甲", "--title-field", "t"], "")
        .exits(2)
        .says("--title-field");
}

#[test]
fn naming_a_field_of_text_is_an_error() {
    for option in ["--text-field", "--id-field", "--title-field", "--metadata-field"] {
        let run = qingwen_with(&["clean", option, "正文"], "甲").exits(2).prints("");
        run.says(&format!(
            "qingwen: standard input: {option} names a field of records, and this is read as text"
        ));
        qingwen_with(&["clean", "--format", "jsonl", option, ""], "").exits(2).says(option);
    }
    let folder = Folder::with(&[("a.txt", "甲\n"), ("a.jsonl", "{\"text\":\"乙\",\"nr\":1}\n")]);
    folder.run(&["clean", "a.txt", "a.jsonl", "--id-field", "nr"]).exits(0);
}

#[test]
fn a_field_that_no_record_has_is_told_once() {
    let records = "{\"text\":\"甲\"}\n{\"text\":\"乙\",\"t\":\"丙\"}\n".repeat(1500);
    let array = format!("[{}]", records.trim().replace('\n', ","));
    let csv = "text,t\n甲,1\n乙,2\n";
    let folder =
        Folder::with(&[("a.jsonl", &records), ("b.jsonl", &records), ("a.json", &array), ("a.csv", csv)]);
    for name in ["a.jsonl", "a.json", "a.csv"] {
        let said = |option| {
            folder.run(&["clean", name, "b.jsonl", "--output-dir", "out", option, "nr"]).exits(2).stderr
        };
        let fields = if name == "a.csv" { "\"text\", \"t\"" } else { "\"text\"" };
        for option in ["--title-field", "--id-field"] {
            let line = format!(
                "qingwen: {name}: {option} nr: no record has such a field; the fields are {fields}\n"
            );
            assert!(said(option).starts_with(&line), "{}", said(option));
            assert_eq!(said(option).lines().count(), 2, "{}", said(option));
        }
    }
    let said = folder.run(&["clean", "a.jsonl", "--text-field", "nr"]).exits(2).prints("").stderr;
    let line = "qingwen: a.jsonl: no text in the first 3000 records: the first one has no field \"nr\"; its fields are \"text\"";
    assert!(said.starts_with(line), "{said}");
    folder.run(&["clean", "-q", "a.jsonl", "--title-field", "t"]).exits(0);
}

#[test]
fn text_that_is_named_as_json_lines_is_one_error() {
    let folder = Folder::with(&[
        ("a.txt", "老街夜市搬走了。\n街坊說，好。\n里長說，也好。\n"),
        ("b.jsonl", "甲\n乙\n"),
    ]);
    let run = folder.run(&["clean", "--format", "jsonl", "a.txt"]).exits(2).prints("");
    let said = "qingwen: a.txt: no JSON Lines: none of the first 3 lines is an object; without --format it is read as";
    assert!(run.stderr.starts_with(said), "{}", run.stderr);
    folder.write("c.json", "{\n  \"id\": 1,\n  \"text\": \"甲\"\n}\n");
    let run = folder.run(&["clean", "--format", "jsonl", "c.json"]).exits(2).prints("");
    assert!(run.stderr.starts_with("qingwen: c.json: no JSON Lines: "), "{}", run.stderr);
    folder
        .run(&["clean", "b.jsonl"])
        .exits(2)
        .prints("")
        .says("2 lines is an object; --format text reads it as text");
}

#[test]
fn ids_that_stand_twice_are_told() {
    let record = |id: &str| format!("{{\"id\":\"{id}\",\"text\":\"甲\"}}\n");
    let folder = Folder::with(&[
        ("a.jsonl", &(record("n1") + &record("n2") + &record("n1"))),
        ("b.jsonl", &record("n2")),
    ]);
    folder
        .run(&["clean", "a.jsonl"])
        .exits(0)
        .says("1 record has the id of an earlier record, and reports name both so: \"n1\"\n");
    folder.run(&["clean", "a.jsonl", "b.jsonl"]).exits(0).says("2 records have the id of an earlier record");
    assert_eq!(folder.run(&["check", "b.jsonl"]).exits(0).stderr, "");
}

#[test]
fn the_title_is_converted_and_mended_like_the_text() {
    let title = |title: &str, text: &str| format!("{{\"t\":\"{title}\", \"text\":\"{text}\", \"n\": 1}}\n");
    let (before, after) =
        (title("老街夜市搬走了吗?", "街坊說,好。"), title("老街夜市搬走了嗎？", "街坊說，好。"));
    let folder = Folder::with(&[
        ("a.jsonl", &before),
        ("a.json", &format!("[{}]", before.trim())),
        ("a.csv", "t,text,n\n老街夜市搬走了吗?,\"街坊說,好。\",1\n"),
        ("same.jsonl", &title("老街夜市", "老街夜市")),
    ]);
    let with = ["--title-field", "t"];
    folder.run(&[&["clean", "a.jsonl"], &with[..]].concat()).exits(0).prints(&after);
    folder.run(&[&["clean", "a.json"], &with[..]].concat()).exits(0).prints(&format!("[{}]", after.trim()));
    let csv = "t,text,n\n老街夜市搬走了嗎？,\"街坊說，好。\",1\n";
    folder.run(&[&["clean", "a.csv"], &with[..]].concat()).exits(0).prints(csv);
    let keep = ["clean", "a.jsonl", "--to", "keep", "--punctuation", "keep", "--title-field", "t"];
    folder.run(&keep).exits(0).prints(&before);
    let checked = folder.run(&["check", "a.jsonl", "--title-field", "t"]).exits(1);
    let first = checked.stdout.lines().next().unwrap();
    assert_eq!(first, "a.jsonl:1:title:8: script, punctuation: 老街夜市搬走了吗? → 老街夜市搬走了嗎？");
    folder.write("a.jsonl", &after);
    folder.run(&["check", "a.jsonl", "--title-field", "t"]).exits(0).prints("");
}

#[test]
fn records_that_are_none_are_named_and_the_others_done() {
    let folder = Folder::new();
    let mut source =
        "{\"text\":\"甲,乙說。\"}\n{\"text\":\"甲,\n{\"head\":\"甲\"}\n{\"text\":3}\n".as_bytes().to_vec();
    source.extend(b"{\"text\":\"\xE7\x94\xB2\xFF\"}\n[\"text\"]\n{\"text\":null}\n");
    source.extend("{\"text\":\"丙,丁說。\"}\n".as_bytes());
    folder.write("a.jsonl", source);
    let run = folder.run(&["clean", "a.jsonl", "--strict", "--report", "report.jsonl"]).exits(2);
    let run = run.prints("{\"text\":\"甲，乙說。\"}\n{\"text\":\"丙，丁說。\"}\n");
    let expected = [
        ("a.jsonl:2", "not a JSON object: "),
        ("a.jsonl:3", "has no field \"text\""),
        ("a.jsonl:4", "field \"text\" is not a string"),
        ("a.jsonl:5", "not UTF-8 at byte 12"),
        ("a.jsonl:6", "not a JSON object, but an array"),
        ("a.jsonl:7", "field \"text\" is not a string"),
    ];
    let records = folder.records("report.jsonl");
    let errors = of_type(&records, "error");
    assert_eq!(errors.len(), expected.len());
    for (error, (name, reason)) in errors.iter().zip(expected) {
        let message = error["message"].as_str().expect("a message");
        assert!(message.starts_with(&format!("{name}: {reason}")), "{message}");
        assert_eq!(error["doc"], name);
        assert!(run.stderr.contains(&format!("qingwen: {message}\n")), "{}", run.stderr);
    }
    let summary = records.last().expect("a summary");
    assert_eq!((&summary["documents"], &summary["errors"]), (&json!(2), &json!(6)));
}

#[test]
fn bad_records_of_standard_input_are_named_too() {
    let run = qingwen_with(&["clean", "--format", "jsonl"], "{}\n").exits(2).prints("");
    let (error, summary) = run.stderr.split_once('\n').expect("two lines");
    assert_eq!(error, "qingwen: standard input:1: has no field \"text\"");
    assert_eq!(summary, "0 articles: 0 lines removed, 0 lines changed, 1 not cleaned\n");
}

#[test]
fn empty_lines_and_line_ends_come_through() {
    for (end, last) in [("\n", "\n"), ("\r\n", "\r\n"), ("\n", ""), ("\r\n", ""), ("\n", "\n\n \n")] {
        let lines = |text: &str| {
            format!("{end}{{\"text\":\"{text}\"}}{end}{end}  {end}{{\"text\":\"{text}\"}}{last}")
        };
        gives(&[], &lines("街坊說,好。"), &lines("街坊說，好。"));
        gives(&[], &lines("街坊說，好。"), &lines("街坊說，好。"));
    }
}

/// A byte-order mark does not belong to any record, and every byte outside a record's text stays.
#[test]
fn a_byte_order_mark_stays() {
    let file = |text: &str| format!("\u{FEFF}{{\"text\":\"{text}\"}}\r\n");
    gives(&[], &file("街坊說,好。"), &file("街坊說，好。"));
    gives(&[], &file("街坊說，好。"), &file("街坊說，好。"));
    gives(&[], "\u{FEFF}\n", "\u{FEFF}\n");
    let folder = Folder::with(&[("a.jsonl", &file("头发"))]);
    folder.run(&["convert", "-c", "s2t", "a.jsonl"]).exits(0).prints(&file("頭髮"));
}

/// If `check` finds nothing, `clean` changes nothing.
#[test]
fn a_byte_order_mark_is_treated_alike_by_check_and_clean() {
    let source = "\u{FEFF}{\"text\":\"街坊說，好。\"}\n";
    let folder = Folder::with(&[("a.jsonl", source)]);
    folder.run(&["clean", "-i", "a.jsonl"]).exits(0);
    let found = folder.read("a.jsonl") != source;
    folder.write("a.jsonl", source);
    folder.run(&["check", "a.jsonl"]).exits(i32::from(found));
}

#[test]
fn the_format_can_be_forced() {
    let record = "{\"text\":\"街坊說,好。\"}\n";
    let folder = Folder::with(&[("a.txt", record), ("b.jsonl", "街坊說,好。\n")]);
    folder.run(&["clean", "--format", "jsonl", "a.txt"]).exits(0).prints("{\"text\":\"街坊說，好。\"}\n");
    folder.run(&["clean", "--format", "text", "b.jsonl"]).exits(0).prints("街坊說，好。\n");
    folder.run(&["clean", "b.jsonl"]).exits(2).says("b.jsonl:1: not a JSON object").prints("");
}

#[test]
fn a_record_does_not_depend_on_those_beside_it() {
    let records: Vec<_> = [ARTICLE, "这里的头发,干了。", "街坊說,好。\n分享到:", ""]
        .map(|text| json!({"text": text}).to_string() + "\n")
        .into();
    let alone: String = records
        .iter()
        .map(|record| qingwen_with(&["clean", "--format", "jsonl"], record.as_str()).exits(0).stdout)
        .collect();
    gives(&[], &records.concat(), &alone);
}

#[test]
fn metadata_is_a_field_of_its_own_and_the_lines_stay() {
    let record =
        r#"{"id":"a","text":"老街夜市搬走了。\n記者 王小明／台北報導\n街坊說安靜了許多。","n":1.50}"#;
    let folder = Folder::with(&[("a.jsonl", &format!("{record}\n"))]);
    let args = ["clean", "a.jsonl", "--metadata-field", "metadata"];
    let kept = record.replace("1.50}", "1.50,\"metadata\":{\"byline\":[\"王小明\"]}}\n");
    folder.run(&args).exits(0).prints(&kept);
    let corpus = kept.replace(r"記者 王小明／台北報導\n", "");
    folder.run(&[&args[..], &["--profile", "corpus"]].concat()).exits(0).prints(&corpus);
    folder.run(&["clean", "a.jsonl", "--metadata-field", "text"]).exits(2).says("a field that is read");
}
