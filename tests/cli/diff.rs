//! `qingwen diff`: what `clean` would do, in the form that `patch` reads.

use std::process::Command;

use insta::assert_snapshot;

use crate::support::{ARTICLE, CLEAN, Folder, installed};

#[test]
fn a_clean_text_has_no_difference() {
    let folder = Folder::with(&[("a.txt", CLEAN)]);
    folder.run(&["diff", "a.txt"]).exits(0).prints("");
    folder.run(&["diff", "a.txt", "missing.txt"]).exits(2).prints("").says("missing.txt: ");
}

#[test]
fn differences_are_shown_plainly() {
    let source = format!("{ARTICLE}街坊說，好。\n老街很近。\n老街夜市很好。\n攤販也好,也多。\n老街很長。");
    let folder = Folder::with(&[("a.txt", &source)]);
    let run = folder.run(&["diff", "a.txt"]).exits(1);
    assert_snapshot!(run.stdout, @r#"
    --- a.txt
    +++ a.txt
    @@ -1,14 +1,11 @@
    -老街夜市搬走了嗎?
    +老街夜市搬走了嗎？
     
    -夜市在上個月搬走,街坊說安靜了許多。
    -
    -老街夜市搬走了吗?
    +夜市在上個月搬走，街坊說安靜了許多。
     
    -這裡原有"三十年老攤"1、2號,租金去年漲了28.1%。
    +這裡原有“三十年老攤”1、2號，租金去年漲了28.1%。
     
    -分享到:
     街坊說，好。
     老街很近。
     老街夜市很好。
    -攤販也好,也多。
    +攤販也好，也多。
     老街很長。
    \ No newline at end of file
    "#);
    folder.run(&["diff", "--color", "never", "a.txt"]).exits(1).prints(&run.stdout);
    assert_eq!(folder.read("a.txt"), source);
}

#[test]
fn differences_are_shown_in_colour() {
    let folder = Folder::with(&[("a.txt", "街坊說,好。\n老街很近。\n")]);
    let run = folder.run(&["diff", "--color", "always", "a.txt"]).exits(1);
    assert_snapshot!(run.stdout.replace('\u{1b}', "␛"), @r"
    ␛[1m--- a.txt
    +++ a.txt␛[0m
    ␛[36m@@ -1,2 +1,2 @@␛[0m
    ␛[31m-街坊說,好。␛[0m
    ␛[32m+街坊說，好。␛[0m
     老街很近。
    ");
}

/// Applies the difference of a source to it, and compares with what `clean` gives.
#[track_caller]
fn applies(source: &str) {
    let Some(patch) = installed("patch") else { return };
    let folder = Folder::with(&[("a.txt", source)]);
    let clean = folder.run(&["clean", "a.txt"]).exits(0).stdout;
    assert_ne!(clean, source);
    folder.write("a.patch", folder.run(&["diff", "a.txt"]).exits(1).stdout);
    let output = Command::new(patch)
        .args(["-p0", "--binary", "-i", "a.patch"])
        .current_dir(folder.path(""))
        .output()
        .expect("patch runs");
    let messages = String::from_utf8_lossy(&output.stdout).into_owned() + &folder.read("a.patch");
    assert!(output.status.success(), "{messages:?}");
    assert_eq!(folder.read("a.txt"), clean, "{messages:?}");
}

#[test]
fn patch_applies_the_difference() {
    applies(ARTICLE);
    applies(ARTICLE.trim_end());
    applies(&ARTICLE.replace('\n', "\r\n"));
    applies(&format!("\u{FEFF}{ARTICLE}"));
    applies(
        &(1..40)
            .map(|number| format!("第{number}段,老街。\n第{number}段老街。\n\n\n\n\n\n"))
            .collect::<String>(),
    );
}

#[test]
fn patch_applies_the_difference_where_a_line_holds_a_carriage_return() {
    applies("老街夜\r市很近。\n街坊說,好。\n老街\r很近,好。\n");
}

#[test]
fn patch_applies_the_difference_where_a_line_holds_control_characters() {
    applies("老街\u{1b}[31m夜市\u{7}很近,\u{1b}[0m好。\n街坊說,好。\n");
}
