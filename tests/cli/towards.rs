//! The options of conversion towards a target. `clean` and `convert` share them.

use crate::support::{Folder, qingwen_with, reported_article};

#[track_caller]
fn gives(args: &[&str], source: &str, expected: &str) {
    qingwen_with(&[&["convert"], args].concat(), source).exits(0).prints(expected);
    let clean = [&["clean", "--quiet", "--punctuation", "keep", "--profile", "light"], args].concat();
    qingwen_with(&clean, source).exits(0).prints(expected);
}

#[test]
fn the_standard_s_variants_can_be_asked_for() {
    let source = "卫生里说。\n";
    gives(&["--to", "hk"], source, "衛生裡說。\n");
    gives(&["--to", "hk", "--variants", "standard"], source, "衞生裏説。\n");
    let traditional = "衛生裡說。\n";
    gives(&["--to", "hk", "--variants", "standard"], traditional, traditional);
}

#[test]
fn a_collection_s_usage_decides() {
    let folder = Folder::with(&[
        ("usage.txt", "臺灣的樓臺說。\n"),
        ("usage.jsonl", "{\"text\": \"臺灣的樓臺說。\"}\n"),
        ("none.txt", "山水\n"),
        ("bad.jsonl", "{\"text\": 1}\n"),
        ("a.txt", "台湾说。\n"),
    ]);
    folder.run(&["convert", "--to", "tw", "a.txt"]).exits(0).prints("台灣說。\n");
    for usage in ["usage.txt", "usage.jsonl"] {
        folder.run(&["convert", "--to", "tw", "--usage", usage, "a.txt"]).exits(0).prints("臺灣說。\n");
    }
    folder
        .run(&["convert", "--to", "tw", "--usage", "none.txt", "a.txt"])
        .exits(2)
        .prints("")
        .says("none.txt");
    folder
        .run(&["convert", "--to", "tw", "--usage", "bad.jsonl", "a.txt"])
        .exits(2)
        .prints("")
        .says("bad.jsonl:1");
    folder.run(&["convert", "--to", "tw", "--usage", "no.txt", "a.txt"]).exits(2).prints("").says("no.txt");
}

#[test]
fn regional_words_can_be_asked_for_in_all_text() {
    let source = "鼠標裡的軟件。\n鼠标坏了。\n";
    gives(&["--to", "twp"], source, "鼠標裡的軟件。\n滑鼠壞了。\n");
    let all = "滑鼠裡的軟體。\n滑鼠裡的軟體。\n";
    gives(
        &["--to", "twp", "--regional-words", "all"],
        "鼠標裡的軟件。\n\n鼠标里的软件坏了。\n",
        "滑鼠裡的軟體。\n\n滑鼠裡的軟體壞了。\n",
    );
    qingwen_with(&["convert", "--to", "twp", "--regional-words", "all"], all).exits(0).prints(all);
}

#[test]
fn what_is_protected_stays() {
    gives(
        &["--to", "tw", "--protect", "周杰伦", "--protect", "[A-Z]\\p{Han}"],
        "周杰伦说A发发。\n",
        "周杰伦說A发發。\n",
    );
    gives(
        &["--to", "tw"],
        "见 https://example.com/wiki/头发 或`头发`说。\n",
        "見 https://example.com/wiki/头发 或`头发`說。\n",
    );
    gives(&["--to", "tw"], "说明：\n```\n// 头发\n```\n头发。\n", "說明：\n```\n// 头发\n```\n頭髮。\n");
    qingwen_with(&["convert", "--to", "tw", "--protect", "("], "头发")
        .exits(2)
        .prints("")
        .says("\"(\"")
        .says("regular expression");
}

#[test]
fn foreign_titles_can_be_kept() {
    let source = "我們讀了《红楼梦》，又說“头发”。\n";
    gives(&["--to", "tw"], source, "我們讀了《紅樓夢》，又說“頭髮”。\n");
    gives(&["--to", "tw", "--keep-quotes"], source, source);
    gives(&["--to", "hans", "--keep-quotes"], "我们读《紅樓夢》說。\n", "我们读《紅樓夢》说。\n");
    // If everything is in the other script, no title is foreign.
    gives(&["--to", "tw", "--keep-quotes"], "我们读《红楼梦》。\n", "我們讀《紅樓夢》。\n");
}

#[test]
fn what_is_protected_stays_even_where_a_dictionary_has_it() {
    let folder = Folder::with(&[("a.txt", "鼠标\tX\n标坏\tY\n")]);
    let args = ["convert", "--to", "tw", "--dict", "a.txt", "--protect", "鼠标"];
    folder.run_with(&args, "鼠标坏了软件").exits(0).prints("鼠标壞了軟件");
}

#[test]
fn a_user_s_entries_win_and_protect_names() {
    let folder = Folder::with(&[
        ("names.txt", "于右任\t于右任\n软件\t軟體\n周杰伦\t周杰倫\n"),
        ("a.txt", "于右任说软件，于是周杰伦说。\n"),
    ]);
    let expected = "于右任說軟體，於是周杰倫說。\n";
    folder.run(&["convert", "--to", "hk", "--dict", "names.txt", "a.txt"]).exits(0).prints(expected);
    folder.run(&["clean", "--quiet", "--to", "hk", "--dict", "names.txt", "a.txt"]).exits(0).prints(expected);
    folder.write("b.txt", expected);
    folder.run(&["convert", "--to", "hk", "--dict", "names.txt", "b.txt"]).exits(0).prints(expected);
}

#[test]
fn options_that_a_target_has_no_use_for_are_refused() {
    let folder = Folder::with(&[("u.txt", "臺灣說。\n"), ("d.txt", "甲\t乙\n")]);
    for (args, needs) in [
        (&["--to", "hans", "--usage", "u.txt"][..], "tw, hk, twp or hkp"),
        (&["--to", "hans", "--variants", "standard"], "auto, tw, hk, twp or hkp"),
        (&["--to", "tw", "--regional-words", "all"], "twp or hkp"),
        (&["--to", "keep", "--protect", "a"], "any but keep"),
        (&["--to", "keep", "--dict", "d.txt"], "any but keep"),
        (&["--to", "tw", "--usage", "u.txt", "--variants", "standard"], "contradict"),
        (&["-c", "s2t", "--protect", "a"], "--to"),
        (&["-c", "s2t", "--keep-quotes"], "--to"),
    ] {
        folder.run_with(&[&["convert"], args].concat(), "头发").exits(2).prints("").says(needs);
    }
}

/// The cleaned form of the reported article is entirely in its script, and its captions equal its headline.
#[test]
#[cfg_attr(not(shared), ignore = "needs the article in ../shared")]
fn the_reported_article_needs_no_more_conversion() {
    let article = reported_article();
    let cleaned = qingwen_with(&["clean", "--quiet"], article.clone()).exits(0).stdout;
    qingwen_with(&["convert", "--to", "tw"], cleaned.clone()).exits(0).prints(&cleaned);
    let converted = qingwen_with(&["convert", "--to", "tw"], article.clone()).exits(0).stdout;
    let bare = |line: &str| line.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let headline = bare(article.lines().find(|line| !line.trim().is_empty()).expect("a headline"));
    let copies = |text: &str| text.lines().filter(|line| bare(line) == headline).count();
    assert_eq!(copies(&converted), copies(&article) + 3);
}
