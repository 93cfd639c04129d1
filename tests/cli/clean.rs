//! `qingwen clean`: the source of the text, and the parts that are removed.

use crate::support::{ARTICLE, CLEAN, Folder, qingwen, qingwen_with};

/// A caption, a credit line and a sharing bar. Each of the profiles keeps another part of this.
const PAGE: &str = "\
老街夜市搬走了嗎？

夜市在上個月搬走，街坊說安靜了許多。

老街夜市搬走了吗？

（責任編輯：陳大樹）

分享到：
";

const BODY: &str = "老街夜市搬走了嗎？\n\n夜市在上個月搬走，街坊說安靜了許多。\n";
const CREDIT: &str = "\n（責任編輯：陳大樹）\n";
const SHARE: &str = "\n分享到：\n";

#[track_caller]
fn gives(args: &[&str], source: &str, expected: &str) {
    let run = qingwen_with(&[&["clean", "--quiet"], args].concat(), source).exits(0);
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), (expected, ""), "{args:?}");
}

#[test]
fn text_comes_from_standard_input_or_a_file() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    for args in [&["clean"][..], &["clean", "-"], &["clean", "a.txt"], &["clean", "-o", "-", "a.txt"]] {
        folder.run_with(args, ARTICLE).exits(0).prints(CLEAN);
    }
    assert_eq!(folder.read("a.txt"), ARTICLE);
    assert_eq!(folder.names(), ["a.txt"]);
}

#[test]
fn files_are_cleaned_one_by_one_in_the_order_given() {
    // The headline of one article is not a caption in another.
    let folder =
        Folder::with(&[("1.txt", "老街夜市搬走了嗎？\n"), ("2.txt", "老街夜市搬走了嗎？\n街坊說,好。\n")]);
    let expected = "老街夜市搬走了嗎？\n街坊說，好。\n老街夜市搬走了嗎？\n";
    folder.run(&["clean", "2.txt", "1.txt"]).exits(0).prints(expected);
}

#[test]
fn the_last_message_counts_what_was_done() {
    let run = qingwen_with(&["clean"], ARTICLE).exits(0);
    assert_eq!(run.stderr, "1 article: 2 lines removed, 3 lines changed\n");
    let run = qingwen_with(&["clean", "--quiet"], ARTICLE).exits(0);
    assert_eq!(run.stderr, "");
}

#[test]
fn quiet_still_names_errors() {
    let run = qingwen(&["clean", "--quiet", "missing.txt"]).exits(2).says("missing.txt: ");
    assert_eq!(run.stderr.lines().count(), 1);
}

#[test]
fn profiles_remove_more_or_less() {
    gives(&[], PAGE, &[BODY, CREDIT].concat());
    gives(&["--profile", "article"], PAGE, &[BODY, CREDIT].concat());
    gives(&["--profile", "corpus"], PAGE, BODY);
    gives(&["--profile", "light"], PAGE, &[BODY, CREDIT, SHARE].concat());
}

#[test]
fn categories_and_rules_are_kept() {
    for selector in ["share", "share/bar"] {
        gives(&["--keep", selector], PAGE, &[BODY, CREDIT, SHARE].concat());
    }
    gives(&["--profile", "corpus", "--keep", "share,metadata"], PAGE, &[BODY, CREDIT, SHARE].concat());
    gives(&["--keep", "share", "--keep", "repeat", "--to", "keep"], PAGE, PAGE);
    gives(&["--keep", "share/scan-code"], PAGE, &[BODY, CREDIT].concat());
}

#[test]
fn categories_and_rules_are_removed() {
    for selector in ["metadata", "metadata/editor"] {
        gives(&["--remove", selector], PAGE, BODY);
    }
    gives(&["--profile", "light", "--remove", "share,metadata/editor"], PAGE, BODY);
    gives(&["--remove", "metadata/photographer"], PAGE, &[BODY, CREDIT].concat());
}

#[test]
fn a_rule_named_wins_over_its_category() {
    gives(&["--remove", "metadata", "--keep", "metadata/editor"], PAGE, &[BODY, CREDIT].concat());
    gives(&["--keep", "share", "--remove", "share/bar"], PAGE, &[BODY, CREDIT].concat());
}

#[test]
fn one_selector_cannot_be_removed_and_kept() {
    for selector in ["share", "share/bar"] {
        let run = qingwen_with(&["clean", "--keep", selector, "--remove", selector], PAGE).exits(2);
        let message = format!("qingwen: {selector} is named by both --remove and --keep\n");
        assert_eq!((run.stdout.as_str(), run.stderr), ("", message));
    }
}

#[test]
fn a_rule_that_is_only_likely_cannot_be_asked_for_with_certainty() {
    let args = ["clean", "--certainty", "sure", "--remove", "model/nav"];
    qingwen_with(&args, PAGE).exits(2).prints("").says("--remove model/nav: the rule is only likely right");
    qingwen_with(&["clean", "--certainty", "sure", "--remove", "nav"], PAGE).exits(0);
}

#[test]
fn unknown_names_are_told() {
    for (args, name) in [
        (["--keep", "shares"], "\"shares\""),
        (["--keep", "share/barr"], "\"share/barr\""),
        (["--remove", "share,bar"], "\"bar\""),
        (["--profile", "heavy"], "'heavy'"),
        (["--punctuation", "mend"], "'mend'"),
        (["--format", "odt"], "'odt'"),
    ] {
        let run = qingwen_with(&["clean", args[0], args[1]], PAGE).exits(2).says(name).says(args[0]);
        assert_eq!(run.stdout, "");
    }
}

#[test]
fn an_unknown_target_lists_those_there_are() {
    let run = qingwen_with(&["clean", "--to", "cn"], PAGE).exits(2).says("\"cn\"");
    run.prints("").says("auto, keep, hans, hant, tw, hk, twp, hkp");
}

#[test]
fn the_title_need_not_be_in_the_text() {
    let text = "夜市在上個月搬走了。\n老街夜市搬走了吗？\n街坊說安靜了許多。\n";
    let converted = "夜市在上個月搬走了。\n老街夜市搬走了嗎？\n街坊說安靜了許多。\n";
    gives(&[], text, converted);
    gives(&["--title", "另有其事"], text, converted);
    gives(&["--title", "老街夜市搬走了嗎?"], text, "夜市在上個月搬走了。\n街坊說安靜了許多。\n");
}

#[test]
fn lines_in_the_other_script_are_converted() {
    let source = "這裡的頭髮與皇后\n这里的头发与皇后\n";
    for (target, expected) in [
        ("auto", "這裡的頭髮與皇后\n這裡的頭髮與皇后\n"),
        ("keep", source),
        ("hans", "这里的头发与皇后\n这里的头发与皇后\n"),
        ("tw", "這裡的頭髮與皇后\n這裡的頭髮與皇后\n"),
        // The article itself writes 裡, which takes precedence over Hong Kong's 裏.
        ("hk", "這裡的頭髮與皇后\n這裡的頭髮與皇后\n"),
    ] {
        gives(&["--to", target, "--keep", "repeat"], source, expected);
    }
    gives(&["--to", "twp"], "鼠标里的软件\n", "滑鼠裡的軟體\n");
    gives(&["--to", "hant"], "鼠标里的软件\n", "鼠標裏的軟件\n");
}

#[test]
fn a_simplified_article_stays_simplified() {
    let source = "老街夜市搬走了吗?\n街坊说这里安静了许多,也有人觉得可惜。\n老街夜市搬走了嗎？\n";
    gives(&[], source, "老街夜市搬走了吗？\n街坊说这里安静了许多，也有人觉得可惜。\n");
}

#[test]
fn punctuation_can_be_kept() {
    let kept = "老街夜市搬走了嗎?\n\n夜市在上個月搬走,街坊說安靜了許多。\n\n\
                這裡原有\"三十年老攤\"1、2號,租金去年漲了28.1%。\n";
    gives(&["--punctuation", "keep"], ARTICLE, kept);
}

#[test]
fn cleaning_the_result_again_changes_nothing() {
    for options in
        [&[][..], &["--to", "hans"], &["--to", "hkp", "--profile", "corpus"], &["--profile", "light"]]
    {
        let args = [&["clean", "--quiet"], options].concat();
        let once = qingwen_with(&args, ARTICLE).exits(0).stdout;
        assert_ne!(once, ARTICLE);
        qingwen_with(&args, once.as_str()).exits(0).prints(&once);
    }
}

#[test]
fn blank_lines_of_the_author_stay_and_those_left_behind_go() {
    let source =
        "老街夜市搬走了嗎？\n\n\n夜市搬走了，街坊說安靜。\n\n老街夜市搬走了吗？\n\n\n可惜攤販沒有去處了。\n";
    gives(&[], source, "老街夜市搬走了嗎？\n\n\n夜市搬走了，街坊說安靜。\n\n可惜攤販沒有去處了。\n");
}

#[test]
fn the_line_that_stays_is_chosen() {
    let prose = "街坊說，他們想把河邊的老屋改成一間圖書館，讓孩子放學以後有一個可以寫功課的地方。";
    let (hans, hant) = ("老街的灯火在午夜之后才慢慢熄灭", "老街的燈火在午夜之後才慢慢熄滅！");
    let page = format!(
        "河邊老屋\n{prose}\n{hans}\n里長說，新的場地要等到年底才能定案，在那以前攤主先到停車場去擺攤。\n{hant}\n"
    );
    let kept = |line: &str| page.replace(&format!("{line}\n"), "");
    for (policy, goes) in [("first", hant), ("target-script", hans), ("longest", hans)] {
        gives(&["--to", "keep", "--punctuation", "keep", "--keep-twin", policy], &page, &kept(goes));
    }
    gives(&["--to", "keep", "--punctuation", "keep"], &page, &kept(hant));
}

#[test]
fn one_title_is_for_one_article() {
    let folder = Folder::with(&[("a.txt", "甲\n"), ("b.txt", "乙\n"), ("a.jsonl", "{\"text\":\"甲\"}\n")]);
    let run = folder.run(&["clean", "--title", "甲", "a.txt", "b.txt"]).exits(2).prints("");
    run.says("--title is the title of one article, and there are 2 inputs");
    let run = folder.run(&["clean", "--title", "甲", "a.jsonl"]).exits(2).prints("");
    run.says("a.jsonl: --title is the title of one article, and this is read as JSON Lines");
    folder.run(&["check", "--title", "甲", "a.txt"]).exits(0).prints("");
}
