//! `--report`: one record per removal with its evidence, and totals; or a page to read.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::support::{ARTICLE, CLEAN, Folder, of_type, records, slice};

const SHARE_PATTERN: &str = "^(一键|点击|点此)?分享(到|至|给|本文|此文|文章|链接|按钮|这篇文章)?[0-9]{0,4}$";

/// A folder in which the article was cleaned with a report.
fn reported(args: &[&str]) -> (Folder, Vec<Value>) {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&[&["clean", "a.txt", "--report", "report.jsonl"], args].concat()).exits(0).prints(CLEAN);
    let records = folder.records("report.jsonl");
    (folder, records)
}

#[test]
fn a_removal_says_where_and_why() {
    let (_, records) = reported(&[]);
    assert_eq!(
        records[0],
        json!({
            "schema": 1, "type": "removal", "doc": "a.txt", "line": 5, "start": 81, "end": 106,
            "category": "repeat", "rule": "repeat/headline", "certainty": "sure", "text": "老街夜市搬走了吗?",
            "evidence": {"kind": "twin", "twin_line": 1, "how": "folded", "similarity": 1.0},
        })
    );
    assert_eq!(
        records[1],
        json!({
            "schema": 1, "type": "removal", "doc": "a.txt", "line": 9, "start": 174, "end": 184,
            "category": "share", "rule": "share/bar", "certainty": "sure", "text": "分享到:",
            "evidence": {"kind": "pattern", "pattern": SHARE_PATTERN},
        })
    );
}

#[test]
fn the_offsets_slice_the_source() {
    let marked = format!("\u{FEFF}{}", ARTICLE.replace('\n', "\r\n"));
    for source in [ARTICLE, marked.as_str(), ARTICLE.trim_end()] {
        let folder = Folder::with(&[("a.txt", source)]);
        folder.run(&["clean", "a.txt", "--report", "report.jsonl"]).exits(0);
        let records = folder.records("report.jsonl");
        let removals = of_type(&records, "removal");
        let texts: Vec<_> = removals.iter().map(|record| slice(source, record)).collect();
        assert_eq!(texts, ["老街夜市搬走了吗?", "分享到:"]);
        for record in removals {
            assert_eq!(record["text"], slice(source, record));
            let line = record["line"].as_u64().expect("a line number") as usize;
            assert_eq!(source.lines().nth(line - 1), record["text"].as_str());
        }
    }
}

#[test]
fn a_conversion_and_a_summary_close_the_report() {
    let source = "街坊說這裡安靜了許多。\n發起人說還有两千多人。\n";
    let folder = Folder::with(&[("a.txt", source), ("b.txt", ARTICLE)]);
    folder.run(&["clean", "a.txt", "b.txt", "--report", "report.jsonl"]).exits(0);
    let records = folder.records("report.jsonl");
    assert_eq!(
        records[0],
        json!({
            "schema": 1, "type": "conversion", "doc": "a.txt", "target": "hant", "configuration": "s2tw",
            "hans_lines": 0, "hant_lines": 2, "characters_changed": 1,
        })
    );
    let types: Vec<_> = records.iter().map(|record| record["type"].as_str().unwrap_or_default()).collect();
    assert_eq!(types, ["conversion", "removal", "removal", "conversion", "summary"]);
    let mut summary = records[4].clone();
    for measured in ["seconds", "bytes_per_second"] {
        assert!(summary[measured].as_f64().is_some_and(|value| value > 0.0), "{measured}: {summary}");
        summary.as_object_mut().expect("an object").remove(measured);
    }
    assert_eq!(
        summary,
        json!({
            "schema": 1, "type": "summary", "documents": 2, "errors": 0,
            "bytes_in": source.len() + ARTICLE.len(), "bytes_out": source.len() + CLEAN.len(),
            "removed_lines": 2, "rewritten_lines": 4, "characters_converted": 1,
            "rules": {"repeat/headline": {"lines": 1, "bytes": 25}, "share/bar": {"lines": 1, "bytes": 10}},
            "categories": {"repeat": {"lines": 1, "bytes": 25}, "share": {"lines": 1, "bytes": 10}},
            "sources": {".": {"documents": 2, "lines": 2, "bytes": 35}},
        })
    );
}

#[test]
fn every_line_of_a_block_has_its_record() {
    let source =
        "老街的路燈昨夜修好了。\n街坊說這裡亮了許多。\n相關文章：\n老屋的屋頂還在漏水\n圖書館的貓找到新家\n";
    let folder = Folder::with(&[("a.txt", source)]);
    let clean = "老街的路燈昨夜修好了。\n街坊說這裡亮了許多。\n";
    folder.run(&["clean", "a.txt", "--report", "report.jsonl"]).exits(0).prints(clean);
    let records = folder.records("report.jsonl");
    let removals: Vec<_> =
        of_type(&records, "removal").iter().map(|r| (r["line"].clone(), r["rule"].clone())).collect();
    let rule = json!("related/list");
    assert_eq!(removals, [(json!(3), rule.clone()), (json!(4), rule.clone()), (json!(5), rule)]);
    let evidence: Vec<_> = of_type(&records, "removal").iter().map(|r| r["evidence"].clone()).collect();
    assert!(evidence[0]["pattern"].is_string());
    assert_eq!(
        evidence[1..],
        [json!({"kind": "section", "heading_line": 3}), json!({"kind": "section", "heading_line": 3})]
    );
}

#[test]
fn standard_input_is_named_by_a_dash() {
    let folder = Folder::new();
    folder.run_with(&["clean", "--report", "report.jsonl"], ARTICLE).exits(0).prints(CLEAN);
    let records = folder.records("report.jsonl");
    assert!(records[..3].iter().all(|record| record["doc"] == "-"), "{records:?}");
}

#[test]
fn a_title_that_came_with_the_input_is_evidence_too() {
    let folder = Folder::with(&[("a.txt", "夜市在上個月搬走了。\n老街夜市搬走了吗？\n街坊說安靜了許多。\n")]);
    folder.run(&["clean", "a.txt", "--title", "老街夜市搬走了嗎", "--report", "report.jsonl"]).exits(0);
    let evidence = &folder.records("report.jsonl")[0]["evidence"];
    assert_eq!(*evidence, json!({"kind": "twin", "twin_line": null, "how": "title", "similarity": 1.0}));
}

#[test]
fn errors_are_reported() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&["clean", "missing.txt", "a.txt", "--report", "report.jsonl"]).exits(2).prints(CLEAN);
    let records = folder.records("report.jsonl");
    let message = "missing.txt: No such file or directory (os error 2)";
    assert_eq!(records[0], json!({"schema": 1, "type": "error", "doc": "missing.txt", "message": message}));
    let summary = records.last().expect("a summary");
    assert_eq!((&summary["documents"], &summary["errors"]), (&json!(1), &json!(1)));
}

#[test]
fn a_report_can_be_read() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let args = ["clean", "a.txt", "--report", "-", "--color"];
    let run = folder.run(&[&args[..], &["never"]].concat()).exits(0).prints(CLEAN);
    assert_snapshot!(run.stderr, @r#"
    a.txt: 2 lines removed, 3 lines changed
         5  老街夜市搬走了吗?  repeat/headline, as line 1
         9  分享到:            share/bar

     lines  removed by
         1  repeat/headline  The headline again: a caption, an image's alternative text,…
         1  share/bar        A bar of sharing buttons
    1 article: 2 lines removed, 3 lines changed
    "#);
    let automatic = folder.run(&[&args[..], &["auto"]].concat()).exits(0).stderr;
    assert_eq!(automatic, run.stderr);
}

#[test]
fn a_report_can_be_read_in_colour() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let run = folder.run(&["clean", "a.txt", "--report", "-", "--color", "always"]).exits(0).prints(CLEAN);
    assert_snapshot!(run.stderr.replace('\u{1b}', "␛"), @r#"
    ␛[1ma.txt␛[0m: 2 lines removed, 3 lines changed
         5  ␛[9m␛[33m老街夜市搬走了吗?␛[0m  ␛[33mrepeat/headline␛[0m, as line 1
         9  ␛[9m␛[35m分享到:␛[0m            ␛[35mshare/bar␛[0m

     lines  removed by
         1  ␛[33mrepeat/headline␛[0m  ␛[2mThe headline again: a caption, an image's alternative text,…␛[0m
         1  ␛[35mshare/bar␛[0m        ␛[2mA bar of sharing buttons␛[0m
    1 article: 2 lines removed, 3 lines changed
    "#);
}

#[test]
fn the_report_to_read_names_the_evidence() {
    let near = "老街的夜市在上個月搬走，攤販說新的地方離車站太遠，客人也比從前少了一大半，大家都在想辦法。";
    let source = format!(
        "老街夜市搬走了嗎？\n{near}\n街坊說安靜了許多，也有人覺得可惜。\n{}\n",
        near.replace("客人也比", "客人比")
    );
    let folder = Folder::with(&[("a.txt", &source)]);
    let run = folder.run(&["clean", "a.txt", "--report", "-"]).exits(0);
    assert!(run.stderr.contains("repeat/line, like line 2 (0.98)\n"), "{}", run.stderr);
}

/// Programs read JSON Lines from any file, including the standard error. `-` is only for people.
#[test]
fn a_report_for_programs_can_be_piped() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let run = folder.run(&["clean", "-q", "a.txt", "--report", "/dev/stderr"]).exits(0).prints(CLEAN);
    assert_eq!(of_type(&records(&run.stderr), "removal").len(), 2);
}

#[test]
fn what_was_replaced_is_a_record() {
    let source = "街坊說&ldquo;好&rdquo;,走了。\n⽂字&nbsp;多。\nprint(\"&nbsp;\")\n";
    let folder = Folder::with(&[("a.txt", source)]);
    folder
        .run(&["clean", "a.txt", "--report", "report.jsonl"])
        .exits(0)
        .prints("街坊說“好”，走了。\n文字 多。\nprint(\"&nbsp;\")\n");
    let records = folder.records("report.jsonl");
    let replacements = of_type(&records, "replacement");
    assert_eq!(
        *replacements[0],
        json!({
            "schema": 1, "type": "replacement", "doc": "a.txt", "line": 1, "start": 9, "end": 16,
            "rule": "entity", "text": "&ldquo;", "becomes": "“",
        })
    );
    let rules: Vec<_> = replacements.iter().map(|record| &record["rule"]).collect();
    assert_eq!(rules, ["entity", "entity", "radical", "entity"]);
    assert!(replacements.iter().all(|record| record["text"] == slice(source, record)));
    assert_eq!(records.last().expect("a summary")["replaced"], json!({"entity": 3, "radical": 1}));
}

#[test]
fn what_was_replaced_is_read_on_the_terminal() {
    let folder = Folder::with(&[("a.txt", "⽂字&nbsp;多。\n")]);
    let run = folder.run(&["clean", "a.txt", "--report", "-"]).exits(0);
    for shown in
        ["     1  ⽂ → 文 (U+6587)  radical\n", "(U+00A0)  entity\n", "     1  entity\n     1  radical\n"]
    {
        assert!(run.stderr.contains(shown), "{shown} in {}", run.stderr);
    }
}

#[test]
fn a_report_tells_as_much_as_is_asked_for() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let types = |level: &str| {
        let args = ["clean", "a.txt", "missing.txt", "--report", "report.jsonl", "--report-level", level];
        folder.run(&args).exits(2);
        folder.records("report.jsonl")
    };
    let names = |level| types(level).iter().map(|record| record["type"].clone()).collect::<Vec<_>>();
    assert_eq!(names("summary"), ["error", "summary"]);
    assert_eq!(names("article"), ["article", "error", "summary"]);
    assert_eq!(names("line"), ["removal", "removal", "conversion", "error", "summary"]);
    let article = &types("article")[0];
    assert_eq!(
        (&article["doc"], &article["removed_lines"], &article["rewritten_lines"]),
        (&json!("a.txt"), &json!(2), &json!(3))
    );
    assert_eq!(article["rules"], json!({"repeat/headline": 1, "share/bar": 1}));
    assert_eq!((&article["bytes_in"], &article["bytes_out"]), (&json!(ARTICLE.len()), &json!(CLEAN.len())));
    assert_eq!(article["target"], "hant");
    folder.run(&["clean", "a.txt", "--report-level", "line"]).exits(2).says("--report");
}

#[test]
fn the_readable_report_tells_as_much_as_is_asked_for() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let said = |level| {
        folder.run(&["clean", "-q", "a.txt", "--report", "-", "--report-level", level]).exits(0).stderr
    };
    assert!(!said("summary").contains("a.txt") && said("summary").contains("removed by"));
    assert!(
        said("article").starts_with("a.txt: 2 lines removed, 3 lines changed\n\n"),
        "{}",
        said("article")
    );
    assert!(said("line").contains("  repeat/headline, as line 1\n"));
}
