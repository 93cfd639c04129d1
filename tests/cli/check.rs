//! `qingwen check`: for hooks and continuous integration.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{ARTICLE, CLEAN, Folder, of_type, qingwen_with, records, slice};

#[test]
fn a_clean_text_passes() {
    let folder = Folder::with(&[("a.txt", CLEAN), ("b.jsonl", "{\"text\":\"街坊說，好。\"}\n")]);
    let run = folder.run(&["check", "a.txt", "b.jsonl"]).exits(0).prints("");
    assert_eq!(run.stderr, "");
}

#[test]
fn findings_name_file_line_rule_and_text() {
    let folder = Folder::with(&[
        ("a.txt", ARTICLE),
        ("b.txt", "這裡的頭髮與皇后說了許多。\n这里的头发,干了。\n\t头发干了，皇后。\n"),
    ]);
    let run = folder.run(&["check", "a.txt", "b.txt"]).exits(1);
    assert_snapshot!(run.stdout, @r#"
    a.txt:1:9: punctuation: 老街夜市搬走了嗎? → 老街夜市搬走了嗎？
    a.txt:3:9: punctuation: 夜市在上個月搬走,街坊說安靜了許多。 → 夜市在上個月搬走，街坊說安靜了許多。
    a.txt:5:1: repeat/headline: 老街夜市搬走了吗?
    a.txt:7:5: punctuation: 這裡原有"三十年老攤"1、2號,租金去年漲了28.1… → 這裡原有“三十年老攤”1、2號，租金去年漲了28.1…
    a.txt:9:1: share/bar: 分享到:
    b.txt:2:1: script, punctuation: 这里的头发,干了。 → 這裡的頭髮，幹了。
    b.txt:3:2: script: 头发干了，皇后。 → 頭髮乾了，皇后。
    "#);
    assert_eq!(run.stderr, "2 articles: `qingwen clean` would remove 2 lines and change 5 lines\n");
    assert_eq!(folder.read("a.txt"), ARTICLE);
    assert_eq!(folder.names(), ["a.txt", "b.txt"]);
}

#[test]
fn findings_in_records_name_record_and_line() {
    let records = "{\"id\":\"n7\",\"text\":\"街坊說，好。\\n分享到:\"}\n{\"text\":\"街坊說,好。\"}\n";
    let folder = Folder::with(&[("a.jsonl", records)]);
    let run = folder.run(&["check", "a.jsonl"]).exits(1);
    run.prints("n7:2:1: share/bar: 分享到:\na.jsonl:2:1:4: punctuation: 街坊說,好。 → 街坊說，好。\n");
}

#[test]
fn options_decide_what_is_found() {
    let text = "街坊說,好。\n分享到:\n";
    for (options, code, expected) in [
        (&["--quiet"][..], 1, ""),
        (&["--punctuation", "keep"], 1, "-:2:1: share/bar: 分享到:\n"),
        (&["--punctuation", "keep", "--keep", "share"], 0, ""),
        (&["--profile", "light", "--punctuation", "keep"], 0, ""),
        (
            &["--to", "hans", "--punctuation", "keep", "--keep", "share"],
            1,
            "-:1:3: script: 街坊說,好。 → 街坊说,好。\n",
        ),
    ] {
        qingwen_with(&[&["check"], options].concat(), text).exits(code).prints(expected);
    }
}

#[test]
fn what_is_replaced_is_named_and_can_be_kept() {
    let text = "街坊說&ldquo;好。\n⽂字,多。\n";
    for (options, code, expected) in [
        (
            &[][..],
            1,
            "-:1:4: entity: 街坊說&ldquo;好。 → 街坊說“好。\n-:2:1: radical, punctuation: ⽂字,多。 → 文字，多。\n",
        ),
        (&["--entities", "keep", "--radicals", "keep"], 1, "-:2:3: punctuation: ⽂字,多。 → ⽂字，多。\n"),
        (&["--punctuation", "keep"], 0, ""),
    ] {
        let light = ["check", "--profile", "light"];
        qingwen_with(&[&light, options].concat(), text).exits(code).prints(expected);
    }
}

#[test]
fn the_output_of_clean_passes() {
    for options in
        [&[][..], &["--to", "hans"], &["--to", "hk"], &["--profile", "corpus"], &["--punctuation", "keep"]]
    {
        let clean = qingwen_with(&[&["clean"], options].concat(), ARTICLE).exits(0).stdout;
        qingwen_with(&[&["check"], options].concat(), clean).exits(0).prints("");
    }
}

#[test]
fn an_error_outweighs_findings() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let run = folder.run(&["check", "missing.txt", "a.txt"]).exits(2).says("missing.txt: ");
    assert!(run.stdout.contains("a.txt:9:1: share/bar: 分享到:\n"), "{}", run.stdout);
    folder.run(&["check", "missing.txt"]).exits(2).prints("");
    folder.run(&["check", "--keep", "none", "a.txt"]).exits(2).prints("").says("\"none\"");
}

/// A finding must say what is wrong.
#[test]
fn a_byte_order_mark_alone_is_a_finding_with_its_line() {
    let folder = Folder::with(&[("a.txt", "\u{FEFF}街坊說，好。\n")]);
    folder.run(&["clean", "a.txt"]).exits(0).prints("街坊說，好。\n");
    let run = folder.run(&["check", "a.txt"]).exits(1);
    assert!(run.stdout.starts_with("a.txt:1:1: byte-order-mark"), "{:?}", run.stdout);
}

#[test]
fn a_long_line_is_shown_around_its_change() {
    let line = format!("{}攤販說,好。{}\n", "老街夜市很近。".repeat(30), "街坊說安靜了許多。".repeat(30));
    let folder = Folder::with(&[("a.txt", &line)]);
    let expected = "a.txt:1:214: punctuation: …老街夜市很近。攤販說,好。街坊說安靜了許多… → …老街夜市很近。攤販說，好。街坊說安靜了許多…\n";
    folder.run(&["check", "a.txt"]).exits(1).prints(expected);
}

#[test]
fn findings_are_shown_in_colour() {
    let folder = Folder::with(&[("a.txt", "老街夜市搬走了嗎?\n街坊說,好。\n分享到:\n")]);
    let run = folder.run(&["check", "--color", "always", "a.txt"]).exits(1);
    assert_snapshot!(run.stdout.replace('\u{1b}', "␛"), @r#"
    ␛[1ma.txt:1:9␛[0m: punctuation: 老街夜市搬走了嗎␛[1m␛[31m?␛[0m → 老街夜市搬走了嗎␛[1m␛[32m？␛[0m
    ␛[1ma.txt:2:4␛[0m: punctuation: 街坊說␛[1m␛[31m,␛[0m好。 → 街坊說␛[1m␛[32m，␛[0m好。
    ␛[1ma.txt:3:1␛[0m: ␛[35mshare/bar␛[0m: ␛[9m␛[35m分享到:␛[0m
    "#);
    let plain = folder.run(&["check", "a.txt"]).stdout;
    assert!(!plain.contains('\u{1b}'), "{plain}");
    let refused =
        folder.command(&["check", "--color", "always", "a.txt"]).env("NO_COLOR", "1").output().unwrap();
    assert_eq!(String::from_utf8(refused.stdout).unwrap(), plain);
}

/// What an article contains cannot steer the terminal.
#[test]
fn control_characters_are_shown_as_pictures() {
    let run = qingwen_with(&["check", "--color", "always"], "街坊說\u{1b}[31m,好。\n").exits(1);
    assert!(run.stdout.contains("␛[31m,") && !run.stdout.contains("\u{1b}[31m,好"), "{}", run.stdout);
}

#[test]
fn fixed_files_are_clean() {
    let record = |text: &str| format!("{{\"id\":1,\"text\":\"{text}\"}}\n");
    let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", CLEAN), ("c.jsonl", &record("街坊說,好。"))]);
    let run = folder.run(&["check", "--fix", "a.txt", "b.txt", "c.jsonl"]).exits(1);
    assert!(run.stdout.starts_with("a.txt:1:9: punctuation: "), "{}", run.stdout);
    assert_eq!(run.stderr, "3 articles: 2 lines removed, 4 lines changed\n");
    assert_eq!(folder.read("a.txt"), CLEAN);
    assert_eq!(folder.read("c.jsonl"), record("街坊說，好。"));
    assert_eq!(folder.names(), ["a.txt", "b.txt", "c.jsonl"]);
    folder.run(&["check", "--fix", "a.txt", "b.txt", "c.jsonl"]).exits(0).prints("");
}

#[test]
fn a_fixed_file_keeps_its_encoding() {
    let folder = Folder::new();
    let gbk = |text: &str| encoding_rs::GBK.encode(text).0.into_owned();
    folder.write("a.txt", gbk("老街的夜市搬走了吗,街坊都说现在安静了许多。\n"));
    folder.run(&["check", "--fix", "a.txt"]).exits(1);
    assert_eq!(folder.bytes("a.txt"), gbk("老街的夜市搬走了吗，街坊都说现在安静了许多。\n"));
}

#[test]
fn what_cannot_be_fixed_stays() {
    let folder = Folder::with(&[("a.jsonl", "{\"text\":\"街坊說,好。\"}\n3\n"), ("b.txt", ARTICLE)]);
    let run = folder.run(&["check", "--fix", "a.jsonl", "b.txt"]).exits(2);
    run.says("a.jsonl: left as it was");
    assert_eq!(folder.read("a.jsonl"), "{\"text\":\"街坊說,好。\"}\n3\n");
    assert_eq!(folder.read("b.txt"), CLEAN);
    qingwen_with(&["check", "--fix"], ARTICLE).exits(2).prints("").says("PATHS");
}

#[test]
fn findings_are_json_lines() {
    let folder =
        Folder::with(&[("a.txt", ARTICLE), ("b.jsonl", "\n{\"id\":\"n\",\"text\":\"街坊說,好。\"}\n")]);
    let run = folder.run(&["check", "--output-format", "json", "a.txt", "b.jsonl", "c.txt"]).exits(2);
    let records = records(&run.stdout);
    let findings = of_type(&records, "finding");
    let removed = findings.iter().find(|finding| finding["line"] == 5).unwrap();
    assert_eq!((&removed["file"], &removed["rules"][0]), (&"a.txt".into(), &"repeat/headline".into()));
    assert_eq!((slice(ARTICLE, removed), &removed["becomes"]), ("老街夜市搬走了吗?", &Value::Null));
    let last = findings.last().unwrap();
    assert_eq!(
        (&last["doc"], &last["file"], &last["file_line"]),
        (&"n".into(), &"b.jsonl".into(), &2.into())
    );
    assert_eq!((&last["column"], &last["becomes"]), (&4.into(), &"街坊說，好。".into()));
    assert_eq!(of_type(&records, "error")[0]["doc"], "c.txt");
    assert_eq!(records.last().unwrap()["type"], "summary");
}

#[test]
fn findings_are_a_sarif_log() {
    let record = "{\"id\":\"n\",\"text\":\"街坊說,好。\"}\n";
    let folder = Folder::with(&[("a b.txt", ARTICLE), ("b.jsonl", record)]);
    let run = folder.run(&["check", "--output-format", "sarif", "a b.txt", "b.jsonl", "c.txt"]).exits(2);
    let log: Value = serde_json::from_str(&run.stdout).unwrap();
    let run = &log["runs"][0];
    assert_eq!((&log["version"], &run["tool"]["driver"]["name"]), (&"2.1.0".into(), &"qingwen".into()));
    let results = run["results"].as_array().unwrap();
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for result in results {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
        assert!(result["partialFingerprints"]["primaryLocationLineHash"].is_string(), "{result}");
    }
    let removed = results.iter().find(|result| result["ruleId"] == "repeat/headline").unwrap();
    let place = &removed["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b.txt");
    let region = serde_json::json!({ "startLine": 5, "startColumn": 1, "endLine": 5, "endColumn": 10 });
    assert_eq!(place["region"], region);
    let record = &results.last().unwrap()["locations"][0];
    assert_eq!(record["physicalLocation"]["region"]["startLine"], 1);
    assert_eq!(record["logicalLocations"][0]["fullyQualifiedName"], "n:1");
    let messages = &run["invocations"][0]["toolExecutionNotifications"];
    assert!(messages[0]["message"]["text"].as_str().unwrap().starts_with("c.txt: "), "{messages}");
    let nothing = qingwen_with(&["check", "--output-format", "sarif"], CLEAN).exits(0).stdout;
    assert_eq!(serde_json::from_str::<Value>(&nothing).unwrap()["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn findings_are_workflow_commands() {
    let record = "{\"id\":\"n\",\"text\":\"漲了28%\\n街坊說,好。\"}\n";
    let folder = Folder::with(&[("a,b.txt", "分享到:\n"), ("b.jsonl", record)]);
    folder.run(&["check", "--output-format", "github", "b.jsonl", "a,b.txt"]).exits(1).prints(
        "::warning file=b.jsonl,line=1,title=punctuation::n:2: 街坊說,好。 → 街坊說，好。\n\
         ::warning file=a%2Cb.txt,line=1,col=1,endColumn=5,title=share/bar::分享到:\n",
    );
    let run = folder.run(&["check", "--output-format", "github", "c.txt"]).exits(2);
    assert!(run.stdout.starts_with("::error::c.txt: "), "{}", run.stdout);
    folder.run(&["check", "-q", "--output-format", "github", "b.jsonl"]).exits(2).says("--output-format");
}
