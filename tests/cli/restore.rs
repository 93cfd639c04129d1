//! `qingwen restore`: puts removed lines back, into clean text too.

use serde_json::json;

use crate::support::{ARTICLE, CLEAN, Folder, qingwen};

/// [`ARTICLE`] with its lines, of which the kept ones are mended.
const RESTORED: &str = "\
老街夜市搬走了嗎？

夜市在上個月搬走，街坊說安靜了許多。

老街夜市搬走了吗?

這裡原有“三十年老攤”1、2號，租金去年漲了28.1%。

分享到:
";

/// A folder in which an article was cleaned into `clean.txt`.
fn cleaned() -> Folder {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&["clean", "a.txt", "--removed", "removed.jsonl", "-o", "clean.txt"]).exits(0);
    folder
}

#[test]
fn all_that_was_removed_comes_back_among_mended_text() {
    let folder = cleaned();
    let restore = ["restore", "clean.txt", "--removed", "removed.jsonl"];
    folder.run(&restore).exits(0).prints(RESTORED);
    folder.run(&[&restore[..], &["-o", "out.txt"]].concat()).exits(0).prints("");
    assert_eq!(folder.read("out.txt"), RESTORED);
    assert_eq!(folder.read("clean.txt"), CLEAN);
    folder.run_with(&["restore", "--removed", "removed.jsonl"], CLEAN).exits(0).prints(RESTORED);
}

#[test]
fn text_that_was_kept_as_it_is_becomes_the_source_again() {
    let windows = format!("\u{FEFF}{}", ARTICLE.replace('\n', "\r\n"));
    for source in [ARTICLE, &windows, "\n\n分享到:\n\n街坊說,好。\n \n微信\n\n\n分享到:"] {
        let folder = Folder::with(&[("a.txt", source)]);
        let keep = ["--to", "keep", "--punctuation", "keep"];
        folder.run(&[&["clean", "-i", "a.txt", "--removed", "removed.jsonl"][..], &keep].concat()).exits(0);
        assert_ne!(folder.read("a.txt"), source);
        folder.run(&["restore", "-i", "a.txt", "--removed", "removed.jsonl"]).exits(0);
        assert_eq!(folder.read("a.txt"), source);
    }
}

#[test]
fn a_line_comes_back_with_the_blank_line_that_went_with_it() {
    let folder = cleaned();
    let restore = ["restore", "clean.txt", "--removed", "removed.jsonl", "--line"];
    let headline = RESTORED.replace("\n分享到:\n", "");
    folder.run(&[&restore[..], &["5"]].concat()).exits(0).prints(&headline);
    folder.run(&[&restore[..], &["9"]].concat()).exits(0).prints(&format!("{CLEAN}\n分享到:\n"));
    folder.run(&[&restore[..], &["5,9"]].concat()).exits(0).prints(RESTORED);
    let run = folder.run(&[&restore[..], &["5", "--line", "3"]].concat()).exits(2).prints("");
    run.says("removed.jsonl: no line 3 was removed");
}

#[test]
fn lines_come_back_one_after_another() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&["clean", "-i", "a.txt", "--removed", "removed.jsonl"]).exits(0);
    for line in ["9", "5", "5"] {
        folder.run(&["restore", "-i", "a.txt", "--removed", "removed.jsonl", "--line", line]).exits(0);
    }
    assert_eq!(folder.read("a.txt"), RESTORED);
    // Under another name too.
    let folder = cleaned();
    for line in ["5", "9"] {
        folder.run(&["restore", "-i", "clean.txt", "--removed", "removed.jsonl", "--line", line]).exits(0);
    }
    assert_eq!(folder.read("clean.txt"), RESTORED);
}

#[test]
fn where_nothing_was_removed_nothing_comes_back() {
    let folder = Folder::with(&[("a.txt", "街坊說安靜了許多。\n")]);
    folder.run(&["clean", "-i", "a.txt", "--removed", "removed.jsonl"]).exits(0);
    folder.run(&["restore", "a.txt", "--removed", "removed.jsonl"]).exits(0).prints("街坊說安靜了許多。\n");
}

#[test]
fn a_text_to_which_nothing_belongs_is_an_error() {
    let folder = cleaned();
    folder.write("other.txt", "別的文章。\n");
    let run = folder.run(&["restore", "other.txt", "--removed", "removed.jsonl", "-o", "out.txt"]).exits(2);
    run.says("other.txt: removed.jsonl holds nothing of this text");
    folder.write("a.txt", format!("{CLEAN}編輯加的一行。\n"));
    let run = folder.run(&["restore", "-i", "a.txt", "--removed", "removed.jsonl"]).exits(2);
    run.says("a.txt: is not the clean text to which removed.jsonl belongs").says("a.txt: left as it was");
    assert_eq!(folder.names(), ["a.txt", "clean.txt", "other.txt", "removed.jsonl"]);
    // The others are still processed.
    let both = ["restore", "other.txt", "clean.txt", "--removed", "removed.jsonl"];
    folder.run(&both).exits(2).prints(RESTORED);
}

/// The record does not say where one text ends and the next begins.
#[test]
fn texts_that_were_joined_are_an_error_that_says_what_to_do() {
    let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", "街坊說，好。\n分享到:\n")]);
    let clean = ["clean", "a.txt", "b.txt", "--removed", "removed.jsonl", "-o", "clean.txt"];
    folder
        .run(&clean)
        .exits(0)
        .says("--removed: results that are written into one output cannot be told apart");
    let quiet = folder.run(&[&clean[..], &["-q"]].concat()).exits(0);
    assert_eq!(quiet.stderr, "");
    let joined = folder.read("clean.txt");
    for args in [&["-o", "out.txt"][..], &["-i"], &["--record", "b.txt", "--line", "2"]] {
        let restore = ["restore", "clean.txt", "--removed", "removed.jsonl"];
        let run = folder.run(&[&restore[..], args].concat()).exits(2).prints("");
        run.says("clean.txt: removed.jsonl holds nothing of this text").says(
            "results that were written into one file cannot be told apart; clean with --output-dir or --in-place",
        );
    }
    assert_eq!(folder.read("clean.txt"), joined);
    assert_eq!(folder.names(), ["a.txt", "b.txt", "clean.txt", "removed.jsonl"]);
}

#[test]
fn records_are_restored_by_their_text_and_name() {
    let record = |id: &str, text: &str| json!({"id": id, "text": text}).to_string() + "\n";
    let texts = [("甲", ARTICLE), ("乙", "街坊說，好。"), ("丙", "街坊說，好。\n分享到:\n")];
    let records: String = texts.iter().map(|(id, text)| record(id, text)).collect();
    let folder = Folder::with(&[("a.jsonl", &records)]);
    folder.run(&["clean", "a.jsonl", "--removed", "removed.jsonl", "-o", "clean.jsonl"]).exits(0);
    let clean = folder.read("clean.jsonl");
    let restore = ["restore", "clean.jsonl", "--removed", "removed.jsonl"];
    let restored = [record("甲", RESTORED), record("乙", texts[1].1), record("丙", texts[2].1)];
    folder.run(&restore).exits(0).prints(&restored.concat());
    // One record, and one line of it.
    let one = [record("甲", CLEAN), record("乙", texts[1].1), record("丙", texts[2].1)];
    folder.run(&[&restore[..], &["--record", "丙"]].concat()).exits(0).prints(&one.concat());
    let line = record("甲", &format!("{CLEAN}\n分享到:\n")) + clean.split_once('\n').expect("lines").1;
    folder.run(&[&restore[..], &["--record", "甲", "--line", "9"]].concat()).exits(0).prints(&line);
    let run = folder.run(&[&restore[..], &["--record", "乙"]].concat()).exits(2).prints("");
    run.says("removed.jsonl: nothing was removed from \"乙\"");
    // Without a name, a line comes back in each record that lost it.
    let run = folder.run(&[&restore[..], &["--line", "2"]].concat()).exits(0);
    run.prints(&(record("甲", CLEAN) + &one[1..].concat()));
    // A record that was changed is named, and the others are processed.
    folder.write("clean.jsonl", clean.replace("安靜了許多", "很安靜"));
    folder.run(&restore).exits(2).prints(&restored[1..].concat()).says("甲: is not the clean text");
}

#[test]
fn what_was_put_back_stays_if_it_is_kept() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&["clean", "-i", "a.txt", "--removed", "removed.jsonl"]).exits(0);
    let restore = ["restore", "-i", "a.txt", "--removed", "removed.jsonl", "--line", "9", "--keep"];
    folder.run(&restore).exits(0);
    assert!(folder.read(".qingwen-keep").ends_with("\n\na.txt\t分享到:\n"));
    folder.run(&["clean", "-i", "a.txt"]).exits(0);
    assert_eq!(folder.read("a.txt"), format!("{CLEAN}\n分享到：\n"));
    folder.run(&["restore", "a.txt", "--removed", "removed.jsonl", "--keep"]).exits(2).says("--in-place");
}

#[test]
fn texts_that_came_to_the_same_are_told_by_their_names() {
    let folder =
        Folder::with(&[("a.txt", "街坊說，好。\n分享到:\n"), ("b.txt", "街坊說，好。\n分享到:\n微信\n")]);
    folder.run(&["clean", "-i", "a.txt", "b.txt", "--removed", "removed.jsonl"]).exits(0);
    assert_eq!(folder.read("a.txt"), folder.read("b.txt"));
    folder
        .run(&["restore", "a.txt", "--removed", "removed.jsonl"])
        .exits(0)
        .prints("街坊說，好。\n分享到:\n");
    let stdin = |args: &[&str]| {
        let restore = ["restore", "--removed", "removed.jsonl"];
        folder.run_with(&[&restore[..], args].concat(), "街坊說，好。\n")
    };
    stdin(&[]).exits(2).says("-: a.txt and b.txt in removed.jsonl have this clean text");
    stdin(&["--record", "b.txt"]).exits(0).prints("街坊說，好。\n分享到:\n微信\n");
    stdin(&["--record", "a.txt", "--line", "3"]).exits(2).says("no line 3 was removed");
    let run = folder.run(&["restore", "a.txt", "--removed", "removed.jsonl", "--line", "3"]).exits(2);
    run.says("a.txt: line 3 was not removed from it");
}

#[test]
fn what_is_no_removed_text_is_an_error_that_names_the_row() {
    let folder = cleaned();
    let removed = folder.read("removed.jsonl");
    folder.write("bad.jsonl", format!("{}\n{{\"doc\":\"a.txt\"}}\n", removed.lines().next().expect("a row")));
    let run = folder.run(&["restore", "clean.txt", "--removed", "bad.jsonl"]).exits(2).prints("");
    run.says("bad.jsonl:2: is no removed text of qingwen: missing field");
    folder.run(&["restore", "clean.txt", "--removed", "none.jsonl"]).exits(2).says("none.jsonl");
    qingwen(&["restore", "clean.txt"]).exits(2).says("--removed <FILE>");
}

/// The record would be lost, and with it the lines that were not put back.
#[test]
fn the_record_is_not_replaced_by_the_text() {
    let folder = Folder::with(&[("a.txt", "老街夜市搬走了\n\n街坊說安靜了許多。\n分享到：\n微信\n")]);
    folder.run(&["clean", "-q", "a.txt", "-o", "clean.txt", "--removed", "removed.jsonl"]).exits(0);
    let record = folder.read("removed.jsonl");
    let args = ["restore", "--removed", "removed.jsonl", "--line", "4", "-o", "removed.jsonl", "clean.txt"];
    folder.run(&args).exits(2).says("removed.jsonl: --removed names the same file as --output");
    assert_eq!(folder.read("removed.jsonl"), record);
}
