//! `qingwen convert`: conversion between scripts, and nothing else.

use crate::support::{Folder, qingwen_with};

const CONFIGURATIONS: &str =
    "hk2s, hk2sp, hk2t, jp2t, s2hk, s2hkp, s2t, s2tw, s2twp, t2hk, t2jp, t2s, t2tw, tw2s, tw2sp, tw2t";

#[track_caller]
fn gives(args: &[&str], source: &str, expected: &str) {
    let run = qingwen_with(&[&["convert"], args].concat(), source).exits(0).prints(expected);
    assert_eq!(run.stderr, "");
}

#[test]
fn a_configuration_converts_all_of_the_text() {
    gives(&["-c", "s2twp"], "鼠标里面的硅二极管坏了", "滑鼠裡面的矽二極體壞了");
    gives(&["--config", "s2t"], "鼠标里面的硅二极管坏了", "鼠標裏面的硅二極管壞了");
    gives(&["-c", "tw2sp"], "滑鼠裡面的矽二極體壞了\n", "鼠标里面的硅二极管坏了\n");
    gives(&["-c", "t2s"], "頭髮,皇后\n分享到:\n\n分享到:\n", "头发,皇后\n分享到:\n\n分享到:\n");
}

#[test]
fn every_configuration_runs() {
    for name in CONFIGURATIONS.split(", ") {
        gives(&["-c", name], "山水 abc 123\n", "山水 abc 123\n");
    }
}

#[test]
fn a_target_spares_what_is_in_its_script() {
    let mixed = "山上的頭髮,只有皇后與乾隆有。\n里面的头发干了。\n";
    gives(&["--to", "tw"], mixed, "山上的頭髮,只有皇后與乾隆有。\n裡面的頭髮乾了。\n");
    // Writers in Hong Kong use 裡 more often than the standard's 裏.
    gives(&["--to", "hk"], mixed, "山上的頭髮,只有皇后與乾隆有。\n裡面的頭髮乾了。\n");
    gives(&["--to", "hans"], mixed, "山上的头发,只有皇后与乾隆有。\n里面的头发干了。\n");
    gives(&["--to", "auto"], "里面的头发干了。\n裡面\n", "里面的头发干了。\n里面\n");
    gives(&["--to", "keep"], mixed, mixed);
}

/// Regional words are only replaced in lines that come from the other script.
#[test]
fn text_in_the_target_script_stays_to_the_byte() {
    let source = "這個社區的對象說明了信息網絡的質量。\n鼠標裡的軟件還沒有優化。\n";
    for target in ["auto", "hant", "tw", "hk", "twp", "hkp"] {
        gives(&["--to", target], source, source);
    }
    let simplified = "这个社区的对象说明了信息网络的质量。\n";
    gives(&["--to", "hans"], simplified, simplified);
}

/// Taiwan writes 群 and 峰, Hong Kong 户 and 温, although OpenCC's standard forms are others. Nothing in these lines is
/// Simplified, and conversion would turn 說明了 into 說明瞭.
#[test]
fn a_regions_own_form_does_not_make_a_line_simplified() {
    for (source, targets) in [
        ("這個社區的群眾說明了信息網絡的質量。\n", ["auto", "tw", "twp"]),
        ("他在山峰上說明了信息網絡的質量。\n", ["auto", "tw", "twp"]),
        ("這裏的住户説明了網絡與氣温。\n", ["auto", "hk", "hkp"]),
    ] {
        for target in targets {
            gives(&["--to", target], source, source);
            qingwen_with(&["clean", "--to", target], source).exits(0).prints(source);
        }
    }
}

#[test]
fn marks_and_line_ends_stay() {
    let source = "\u{FEFF}头发\r\n\r\n  鼠标 \r\n头\0发";
    let expected = "\u{FEFF}頭髮\r\n\r\n  滑鼠 \r\n頭\0發";
    gives(&["-c", "s2twp"], source, expected);
    gives(&["--to", "twp"], source, expected);
}

#[test]
fn one_of_configuration_and_target_is_needed() {
    qingwen_with(&["convert"], "头发").exits(2).prints("").says("--config").says("--to");
    qingwen_with(&["convert", "-c", "s2t", "--to", "tw"], "头发")
        .exits(2)
        .prints("")
        .says("--config")
        .says("--to");
}

#[test]
fn unknown_names_list_those_there_are() {
    qingwen_with(&["convert", "-c", "s2x"], "头发").exits(2).prints("").says("\"s2x\"").says(CONFIGURATIONS);
    let targets = "auto, keep, hans, hant, tw, hk, twp, hkp";
    qingwen_with(&["convert", "--to", "s2t"], "头发").exits(2).prints("").says("\"s2t\"").says(targets);
}

#[test]
fn records_are_converted_in_their_text_only() {
    let source = "{\"id\":\"头发\",\"text\":\"头发\",\"n\":1.50}\n{\"text\":\"山水\\u6c34\"}\n";
    gives(
        &["-c", "s2t", "--format", "jsonl"],
        source,
        "{\"id\":\"头发\",\"text\":\"頭髮\",\"n\":1.50}\n{\"text\":\"山水\\u6c34\"}\n",
    );
}

#[test]
fn files_are_converted_in_place_and_errors_passed_over() {
    let folder = Folder::with(&[("a.txt", "头发\n"), ("b.txt", "山水\n")]);
    folder
        .run(&["convert", "-c", "s2t", "-i", "missing.txt", "a.txt", "b.txt"])
        .exits(2)
        .prints("")
        .says("missing.txt: ");
    assert_eq!((folder.read("a.txt").as_str(), folder.read("b.txt").as_str()), ("頭髮\n", "山水\n"));
    folder.run(&["convert", "-c", "t2s", "a.txt", "-o", "c.txt"]).exits(0).prints("");
    assert_eq!((folder.read("a.txt").as_str(), folder.read("c.txt").as_str()), ("頭髮\n", "头发\n"));
}

#[test]
fn the_article_s_own_forms_win() {
    gives(
        &["--to", "hk"],
        "這是世衞的說法，臺灣也說。\n世卫说台湾。\n",
        "這是世衞的說法，臺灣也說。\n世衞說臺灣。\n",
    );
    gives(&["--to", "hk"], "世卫说台湾。\n", "世衛說台灣。\n");
}

#[test]
fn a_clause_that_only_its_neighbours_tell_is_found_in_a_mixed_article() {
    let mixed = "這個問題還沒解決，之后，他说过了，我們後來知道。\n";
    let converted = "這個問題還沒解決，之後，他說過了，我們後來知道。\n";
    gives(&["--to", "tw"], mixed, converted);
    gives(&["--to", "tw"], converted, converted);
}

#[test]
fn quiet_says_nothing_of_how_inputs_are_read() {
    let folder = Folder::with(&[("a.txt", "{\"text\":\"软件\"}\n")]);
    let said =
        |args: &[&str]| folder.run(&[&["convert", "-c", "s2t", "a.txt"], args].concat()).exits(0).stderr;
    assert!(said(&[]).contains("read as JSON Lines"), "{}", said(&[]));
    assert_eq!((said(&["-q"]), said(&["--quiet"])), (String::new(), String::new()));
}
