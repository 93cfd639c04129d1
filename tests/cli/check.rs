//! `qingwen check`: for hooks and continuous integration.

use insta::assert_snapshot;

use crate::support::{ARTICLE, CLEAN, Folder, qingwen_with};

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
    a.txt:1: punctuation: 老街夜市搬走了嗎?
    a.txt:3: punctuation: 夜市在上個月搬走,街坊說安靜了許多。
    a.txt:5: repeat/headline: 老街夜市搬走了吗?
    a.txt:7: punctuation: 這裡原有"三十年老攤"1、2號,租金去年漲了28.1%。
    a.txt:9: share/bar: 分享到:
    b.txt:2: script, punctuation: 这里的头发,干了。
    b.txt:3: script: 头发干了，皇后。
    "#);
    assert_eq!(folder.read("a.txt"), ARTICLE);
    assert_eq!(folder.names(), ["a.txt", "b.txt"]);
}

#[test]
fn findings_in_records_name_record_and_line() {
    let records = "{\"id\":\"n7\",\"text\":\"街坊說，好。\\n分享到:\"}\n{\"text\":\"街坊說,好。\"}\n";
    let folder = Folder::with(&[("a.jsonl", records)]);
    let run = folder.run(&["check", "a.jsonl"]).exits(1);
    run.prints("n7:2: share/bar: 分享到:\na.jsonl:2:1: punctuation: 街坊說,好。\n");
}

#[test]
fn options_decide_what_is_found() {
    let text = "街坊說,好。\n分享到:\n";
    for (options, code, expected) in [
        (&["--quiet"][..], 1, ""),
        (&["--punctuation", "keep"], 1, "-:2: share/bar: 分享到:\n"),
        (&["--punctuation", "keep", "--keep", "share"], 0, ""),
        (&["--profile", "light", "--punctuation", "keep"], 0, ""),
        (&["--to", "hans", "--punctuation", "keep", "--keep", "share"], 1, "-:1: script: 街坊說,好。\n"),
    ] {
        qingwen_with(&[&["check"], options].concat(), text).exits(code).prints(expected);
    }
}

#[test]
fn what_is_replaced_is_named_and_can_be_kept() {
    let text = "街坊說&ldquo;好。\n⽂字,多。\n";
    for (options, code, expected) in [
        (&[][..], 1, "-:1: entity: 街坊說&ldquo;好。\n-:2: radical, punctuation: ⽂字,多。\n"),
        (&["--entities", "keep", "--radicals", "keep"], 1, "-:2: punctuation: ⽂字,多。\n"),
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
    assert!(run.stdout.contains("a.txt:9: share/bar: 分享到:\n"), "{}", run.stdout);
    folder.run(&["check", "missing.txt"]).exits(2).prints("");
    folder.run(&["check", "--keep", "none", "a.txt"]).exits(2).prints("").says("\"none\"");
}

/// A finding must say what is wrong.
#[test]
fn a_byte_order_mark_alone_is_a_finding_with_its_line() {
    let folder = Folder::with(&[("a.txt", "\u{FEFF}街坊說，好。\n")]);
    folder.run(&["clean", "a.txt"]).exits(0).prints("街坊說，好。\n");
    let run = folder.run(&["check", "a.txt"]).exits(1);
    assert!(run.stdout.starts_with("a.txt:1: byte-order-mark"), "{:?}", run.stdout);
}
