//! The article of the original problem report, if it exists here. The requested behaviour holds for it.

use std::collections::HashSet;

use serde_json::json;

use crate::support::{Folder, of_type, qingwen_with, reported_article};

const CAPTION: &str = "围观!来看广州扫黑除恶“大合唱”都有谁?";
const BYLINE: &str = "廣州日報全媒體文字記者 章程 通訊員政法宣廣州日報全媒體編輯 唐歡";

fn clean(options: &[&str], source: &str) -> String {
    qingwen_with(&[&["clean"], options].concat(), source).exits(0).stdout
}

/// The non-blank lines of a source that are not in its clean text, both unconverted.
fn removed(options: &[&str], source: &str) -> Vec<String> {
    let kept = clean(&[&["--to", "keep", "--punctuation", "keep"], options].concat(), source);
    let kept: HashSet<&str> = kept.lines().collect();
    source.lines().filter(|line| !line.is_empty() && !kept.contains(line)).map(str::to_owned).collect()
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the article in ../shared")]
fn exactly_five_lines_go() {
    let source = reported_article();
    let folder = Folder::with(&[("a.txt", &source)]);
    folder.run(&["clean", "a.txt", "--report", "report.jsonl"]).exits(0);
    let records = folder.records("report.jsonl");
    let removals: Vec<_> =
        of_type(&records, "removal").iter().map(|r| (r["rule"].clone(), r["text"].clone())).collect();
    let caption = (json!("repeat/headline"), json!(CAPTION));
    let tail = [("share/bar", "分享到:"), ("related/list", "相關文章:")]
        .map(|(rule, text)| (json!(rule), json!(text)));
    assert_eq!(removals, [&[caption.clone(), caption.clone(), caption][..], &tail].concat());
    for caption in of_type(&records, "removal").iter().take(3) {
        assert_eq!(
            caption["evidence"],
            json!({"kind": "twin", "twin_line": 1, "how": "folded", "similarity": 1.0})
        );
    }
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the article in ../shared")]
fn lines_that_stay_are_not_touched_where_all_is_kept() {
    let source = reported_article();
    let result = clean(&["--to", "auto", "--punctuation", "keep"], &source);
    let lines: HashSet<&str> = source.lines().collect();
    let altered: Vec<_> = result.lines().filter(|line| !lines.contains(line)).collect();
    assert!(altered.is_empty(), "{altered:#?}");
    let filled = |text: &str| text.lines().filter(|line| !line.is_empty()).count();
    assert_eq!(filled(&result) + 5, filled(&source));
    let mut rest = source.lines();
    assert!(result.lines().all(|line| rest.any(|other| other == line)), "the order changed");
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the article in ../shared")]
fn punctuation_is_mended_and_numbers_are_left() {
    let source = reported_article();
    let result = clean(&[], &source);
    assert!(result.starts_with("圍觀！來看廣州掃黑除惡“大合唱”都有誰？\n\n掃黑除惡專項鬥爭開展一年多來，廣州市堅持標本兼治，源頭治理，"));
    for expected in [
        "今天，一起來看看在廣州市掃黑除惡“大合唱”中都有哪些基層力量參與？\n",
        "2、百萬“廣州街坊”守護羊城平安\n",
        "1、基層黨建力量助力掃黑除惡\n",
        "該村警情同比下降28.1%。\n",
        "培訓黨員群眾9.74萬人次。",
    ] {
        assert!(result.contains(expected), "{expected}");
    }
    assert!(!result.contains([',', '!', '?', '"']), "{result}");
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the article in ../shared")]
fn profiles_decide_about_the_byline() {
    let source = reported_article();
    let captions = [CAPTION; 3];
    assert_eq!(removed(&["--profile", "light"], &source), captions);
    let article = [&captions[..], &["分享到:", "相關文章:"]].concat();
    assert_eq!(removed(&[], &source), article);
    assert_eq!(removed(&["--profile", "article"], &source), article);
    let corpus = [&captions[..], &[BYLINE, "分享到:", "相關文章:"]].concat();
    assert_eq!(removed(&["--profile", "corpus"], &source), corpus);
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the article in ../shared")]
fn cleaning_again_changes_nothing() {
    let source = reported_article();
    for target in ["auto", "keep", "hans", "hant", "tw", "hk", "twp", "hkp"] {
        let once = clean(&["--to", target], &source);
        assert!(once == clean(&["--to", target], &once), "{target}");
        qingwen_with(&["check", "--to", target], once).exits(0).prints("");
    }
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the article in ../shared")]
fn text_in_the_target_script_keeps_its_characters() {
    let source = reported_article();
    let result = clean(&[], &source);
    assert!(!result.contains('围'));
    assert!(clean(&["--to", "tw"], &source) == result);
    // No region has other words for these, and no target loses or joins lines.
    for target in ["hant", "hk", "twp", "hkp"] {
        let regional = clean(&["--to", target], &source);
        assert!(
            regional.starts_with("圍觀！來看廣州掃黑除惡“大合唱”都有誰？\n\n掃黑除惡專項鬥爭開展一年多來，")
        );
        assert!(regional.ends_with(&format!("\n{BYLINE}\n")), "{target}");
        assert_eq!(regional.lines().count(), result.lines().count(), "{target}");
    }
    let simplified = clean(&["--to", "hans"], &source);
    assert!(
        simplified.starts_with("围观！来看广州扫黑除恶“大合唱”都有谁？\n\n扫黑除恶专项斗争开展一年多来，"),
        "{simplified}"
    );
}
