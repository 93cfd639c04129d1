//! `qingwen keep` and `.qingwen-keep`: what an editor keeps stays, in `clean`, `check` and `diff`.

use crate::support::{ARTICLE, CLEAN, Folder, qingwen};

/// The head of a new file of exceptions.
const HEAD: &str = "# Lines and files that stay as they are said here: see `qingwen explain guard/kept`.\n\n";

/// The rows of the file of exceptions in a folder.
fn rows(folder: &Folder) -> String {
    folder.read(".qingwen-keep").strip_prefix(HEAD).expect("the head").to_owned()
}

#[test]
fn a_kept_line_stays_and_others_go() {
    let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", ARTICLE)]);
    folder.run(&["keep", "a.txt:9"]).exits(0).prints("").says("a.txt:9: kept: 分享到:");
    assert_eq!(rows(&folder), "a.txt\t分享到:\n");
    let kept = format!("{CLEAN}\n分享到：\n");
    folder.run(&["clean", "a.txt"]).exits(0).prints(&kept);
    folder.run(&["clean", "b.txt"]).exits(0).prints(CLEAN);
    let found = folder.run(&["check", "a.txt"]).exits(1).stdout;
    assert!(found.contains("a.txt:5:1: repeat/headline") && !found.contains("share/bar"), "{found}");
    let diff = folder.run(&["diff", "a.txt"]).exits(1).stdout;
    assert!(diff.contains("-老街夜市搬走了吗?") && diff.contains("+分享到：\n"), "{diff}");
}

#[test]
fn a_kept_line_stays_where_check_fixes() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&["keep", "a.txt:9"]).exits(0);
    folder.run(&["check", "--fix", "a.txt"]).exits(1);
    assert_eq!(folder.read("a.txt"), format!("{CLEAN}\n分享到：\n"));
    folder.run(&["check", "--fix", "a.txt"]).exits(0).prints("");
}

#[test]
fn what_stays_stays_known_after_it_was_converted_and_mended() {
    let article =
        "老街夜市搬走了\n\n街坊說，晚上安靜了許多，也有人說太安靜了。\n\n扫描&nbsp;二维码,关注我们的公众号\n";
    let clean =
        "老街夜市搬走了\n\n街坊說，晚上安靜了許多，也有人說太安靜了。\n\n掃描 二維碼，關注我們的公眾號\n";
    let folder = Folder::with(&[("a.txt", article)]);
    folder.run(&["check", "a.txt"]).exits(1);
    folder.run(&["keep", "a.txt:5"]).exits(0);
    folder.run(&["clean", "--to", "tw", "-i", "a.txt"]).exits(0);
    assert_eq!(folder.read("a.txt"), clean);
    folder.run(&["check", "--to", "tw", "a.txt"]).exits(0).prints("");
    folder.run(&["diff", "--to", "tw", "a.txt"]).exits(0).prints("");
}

#[test]
fn a_kept_file_loses_no_line_and_is_mended() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&["keep", "a.txt"]).exits(0).says("a.txt: kept: all lines");
    assert_eq!(rows(&folder), "a.txt\n");
    let cleaned = folder.run(&["clean", "a.txt"]).exits(0).stdout;
    assert_eq!(cleaned.lines().count(), ARTICLE.lines().count());
    assert!(cleaned.starts_with("老街夜市搬走了嗎？\n") && cleaned.ends_with("\n\n分享到：\n"), "{cleaned}");
}

#[test]
fn exceptions_are_sorted_and_comments_stay() {
    let written = "# 編輯部\n\n# 作者要留\nb.txt\t分享到：\n";
    let folder = Folder::with(&[(".qingwen-keep", written), ("a.txt", ARTICLE), ("b.txt", ARTICLE)]);
    folder.run(&["keep", "b.txt:5", "b.txt:9", "a.txt"]).exits(0).says("b.txt:9: is kept already");
    let expected = "# 編輯部\n\na.txt\n# 作者要留\nb.txt\t分享到：\nb.txt\t老街夜市搬走了吗?\n";
    assert_eq!(folder.read(".qingwen-keep"), expected);
    // A row that an editor deletes no longer holds.
    folder.write(".qingwen-keep", "");
    folder.run(&["clean", "b.txt"]).exits(0).prints(CLEAN);
}

#[test]
fn lines_of_records_are_kept() {
    let records =
        "{\"id\":\"n7\",\"text\":\"街坊說，好。\\n分享到:\"}\n{\"text\":\"街坊說，好。\\n分享到:\\n微信\"}\n";
    let folder = Folder::with(&[("a.jsonl", records)]);
    folder.run(&["keep", "a.jsonl:n7:2"]).exits(0);
    assert_eq!(rows(&folder), "a.jsonl\t分享到:\n");
    folder.run(&["keep", "a.jsonl:2:3"]).exits(0);
    assert_eq!(rows(&folder), "a.jsonl\t分享到:\na.jsonl\t微信\n");
    folder.run(&["clean", "a.jsonl"]).exits(0).prints(&records.replace("分享到:", "分享到："));
    folder.run(&["keep", "a.jsonl:2"]).exits(2).says("JSON Lines has records: write a.jsonl:RECORD:LINE");
    folder.run(&["keep", "a.jsonl:n8:2"]).exits(2).says("no record \"n8\"");
    folder.write("b.jsonl", "{\"nr\":\"x\",\"wen\":\"街坊說，好。\\n分享到:\"}\n");
    folder.run(&["keep", "b.jsonl:x:2", "--id-field", "nr", "--text-field", "wen"]).exits(0);
    assert!(rows(&folder).ends_with("b.jsonl\t分享到:\n"));
}

#[test]
fn a_place_that_does_not_exist_does_not_stop_the_others() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let run = folder.run(&["keep", "none.txt:1", "a.txt:99", "a.txt:2", "a.txt:x", "a.txt:n:1", "a.txt:9"]);
    let run = run.exits(2).says("none.txt:1: no such file").says("a.txt:99: no line 99; it has 9");
    let run = run.says("a.txt:2: the line is blank").says("a.txt:x: \"x\" is no number of a line");
    run.says("a.txt:n:1: a.txt has no records, such as \"n\": write a.txt:LINE");
    assert_eq!(rows(&folder), "a.txt\t分享到:\n");
    folder.run(&["keep", ".:3"]).exits(2).says(".:3: is a folder: name a file in it");
    qingwen(&["keep"]).exits(2).says("FILE[:[RECORD:]LINE]");
}

#[test]
fn exceptions_without_the_form_are_an_error_that_names_the_row() {
    let folder = Folder::with(&[("a.txt", ARTICLE), (".qingwen-keep", "# 說明\nnews/a.txt\t分享到\n")]);
    for command in ["clean", "check", "diff"] {
        let run = folder.run_with(&[command, "a.txt", "-"], "街坊說，好。\n").exits(2);
        run.says("a.txt: .qingwen-keep:2: names a file in another folder");
    }
    folder.run(&["clean", "-i", "a.txt"]).exits(2).says("a.txt: left as it was");
    folder.run(&["keep", "a.txt:9"]).exits(2).says(".qingwen-keep:2: ");
    // What removes nothing asks for no exceptions.
    folder.run(&["convert", "--to", "hans", "a.txt"]).exits(0);
}

#[test]
fn explain_names_the_exception() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&["keep", "a.txt:9"]).exits(0);
    let told = folder.run(&["explain", "--line", "9", "a.txt"]).exits(0).stdout;
    assert!(told.contains("kept lines        it stays\n"), "{told}");
    assert!(
        told.ends_with("The line stays. An exception keeps it: see qingwen explain guard/kept.\n"),
        "{told}"
    );
}
