//! Pages of HTML. `tests/cases/pages` has the pages, each with what is read of it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{Folder, records};

/// The folders of the cases.
fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/pages");
    let entries = fs::read_dir(folder).expect("cases").map(|entry| entry.expect("an entry").path());
    let mut cases: Vec<_> = entries.collect();
    cases.sort();
    cases
}

/// `main.txt` is the text of `--html main`, `whole.txt` that of `--html whole`, and `clean.txt` the result of cleaning.
/// `UPDATE=1` writes them again.
#[test]
fn every_page_is_read_as_expected() {
    let mut differences = Vec::new();
    for case in cases() {
        let folder = Folder::new();
        folder.write("page.html", fs::read(case.join("page.html")).expect("a page"));
        for (file, args) in [
            ("main.txt", &["convert", "--to", "auto"][..]),
            ("whole.txt", &["convert", "--to", "auto", "--html", "whole"]),
            ("clean.txt", &["clean", "-q"]),
        ] {
            let found = folder.run(&[args, &["page.html"]].concat()).exits(0).stdout;
            let path = case.join(file);
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&path, &found).expect("the file is written");
            }
            let expected = fs::read_to_string(&path).unwrap_or_default();
            if found != expected {
                differences.push(format!("{}\n{found}", path.display()));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// The beginning of a page whose article has a headline and three paragraphs.
fn page(headline: &str, title: &str) -> String {
    let paragraph =
        "<p>老街的夜市在上個月搬到河口,街坊說安靜了許多,也有人覺得可惜,因為老客人要多走很遠的路。</p>";
    let others = "<p>里長說,新的地點離車站比較近。</p><p>賣豆花的林太太說,租金去年漲了兩成。</p>";
    format!("<!doctype html><title>{title}</title><h1>{headline}</h1><article>{paragraph}{others}</article>")
}

const HEADLINE: &str = "老街夜市搬走了";

#[test]
fn the_title_of_a_page_is_that_of_its_article() {
    let caption = "<p>老街夜市搬走了</p>";
    let folder = Folder::with(&[("a.html", &(page(HEADLINE, "老街夜市搬走了_河口日報") + caption))]);
    let run = folder.run(&["clean", "a.html", "--html", "whole", "--report", "r.jsonl"]).exits(0);
    assert_eq!(run.stdout.matches(HEADLINE).count(), 1, "{}", run.stdout);
    let removal = &folder.records("r.jsonl")[0];
    assert_eq!(removal["rule"], "repeat/headline");
    assert_eq!((&removal["line"], &removal["text"]), (&Value::from(9), &Value::from(HEADLINE)));
}

#[test]
fn a_given_title_wins() {
    let html = "<!doctype html><title>河口日報</title><p>老街夜市搬走了</p><p>街坊說,安靜了許多。</p>";
    let folder = Folder::with(&[("a.html", html)]);
    let removed = |args: &[&str]| {
        let run = folder.run(&[&["clean", "a.html", "--title", "別的"], args].concat()).exits(0);
        !run.stdout.contains("老街夜市")
    };
    assert!(!removed(&[]));
}

#[test]
fn a_page_is_not_replaced_by_its_text() {
    let page = page(HEADLINE, HEADLINE);
    let folder = Folder::with(&[("a.html", &page)]);
    for command in [&["clean", "-i"][..], &["convert", "--to", "hans", "-i"]] {
        folder.run(&[command, &["a.html"]].concat()).exits(2).says(
            "qingwen: a.html: HTML is read and not written, and its text would replace the page; write to another file with --output\n",
        );
        assert_eq!(folder.read("a.html"), page);
    }
    folder.run(&["clean", "-q", "a.html", "-o", "a.txt"]).exits(0);
    assert!(folder.read("a.txt").starts_with("老街夜市搬走了\n\n老街的夜市在上個月搬到河口，"));
}

#[test]
fn check_diff_inspect_and_explain_see_the_text() {
    let folder = Folder::with(&[("a.html", &page(HEADLINE, HEADLINE))]);
    let check = folder.run(&["check", "a.html"]).exits(1);
    assert!(check.stdout.starts_with("a.html:3:14: punctuation: …夜市"), "{}", check.stdout);
    let diff = folder.run(&["diff", "a.html"]).exits(1);
    assert!(diff.stdout.starts_with("--- a.html (text of the page)\t\n"), "{}", diff.stdout);
    let inspect = folder.run(&["inspect", "a.html"]).exits(0);
    assert_eq!(inspect.stdout.lines().count(), 8, "{}", inspect.stdout);
    let explain = folder.run(&["explain", "--line", "1", "a.html"]).exits(0);
    assert!(explain.stdout.starts_with("line 1: 老街夜市搬走了\n"), "{}", explain.stdout);
}

#[test]
fn fields_of_records_hold_pages_where_that_is_said() {
    let field = Value::from(page(HEADLINE, HEADLINE));
    let (jsonl, json) = (format!("{{\"text\":{field}}}\n").repeat(2), format!("[{{\"text\":{field}}}]"));
    let csv = format!("id,text\n1,\"{}\"\n2,甲\n", page(HEADLINE, HEADLINE));
    let folder = Folder::with(&[("a.jsonl", &jsonl), ("a.json", &json), ("a.csv", &csv)]);
    for name in ["a.jsonl", "a.json", "a.csv"] {
        let run = folder.run(&["clean", "--html", "main", name]).exits(0);
        assert!(!run.stdout.contains('<') && run.stdout.contains("河口，街坊說"), "{}", run.stdout);
        let run = folder.run(&["clean", "-q", name]).exits(0);
        assert!(run.stdout.contains("<article>"), "{}", run.stdout);
        assert_eq!(
            run.stderr.matches("the text is a page of HTML; --html main reads").count(),
            1,
            "{}",
            run.stderr
        );
    }
    let run = folder.run(&["clean", "--html", "whole", "-i", "a.jsonl"]).exits(0);
    assert_eq!(run.stdout, "");
    assert!(
        records(&folder.read("a.jsonl"))[1]["text"].as_str().is_some_and(|text| text.starts_with(HEADLINE))
    );
}

/// Comments are no part of the main text, also where they are a third of the page.
#[test]
fn a_long_main_text_stands_without_comments() {
    let paragraph =
        "老街的夜市在上個月搬到河口，街坊說安靜了許多，也有人覺得可惜，因為老客人要多走很遠的路。";
    let article: String = (1..=16).map(|n| format!("<p>第{n}段，{paragraph}</p>")).collect();
    let comments: String =
        (1..=20).map(|n| format!("<li>讀者{n}：我家附近的夜市也搬走了，很想念。</li>")).collect();
    let html = format!(
        "<!doctype html><body><article>{article}</article><ul class=comment-list id=comments>{comments}</ul></body>"
    );
    let folder = Folder::with(&[("a.html", &html)]);
    let run = folder.run(&["convert", "--to", "keep", "a.html"]).exits(0);
    assert!(run.stdout.contains("第16段") && !run.stdout.contains("讀者"), "{} {}", run.stderr, run.stdout);
    let run = folder.run(&["convert", "--to", "keep", "--html", "whole", "a.html"]).exits(0);
    assert!(run.stdout.contains("第16段") && run.stdout.contains("讀者20"), "{}", run.stdout);
}

#[test]
fn an_encoding_that_the_page_says_rightly_is_not_told() {
    let folder = Folder::new();
    for (name, remarks) in [("gb2312", 0), ("GB18030", 0), ("big5", 1), ("utf-8", 1)] {
        let html = format!(
            "<html><meta charset={name}><body><p>老街夜市在上个月搬走,街坊说安静了许多。</p></body></html>"
        );
        folder.write("a.html", encoding_rs::GBK.encode(&html).0);
        let run =
            folder.run(&["clean", "a.html"]).exits(0).prints("老街夜市在上个月搬走，街坊说安静了许多。\n");
        assert_eq!(
            run.stderr.matches("a.html: read as gb18030\n").count(),
            remarks,
            "{name}: {}",
            run.stderr
        );
    }
}

#[test]
fn text_is_no_page() {
    let folder = Folder::with(&[("a.txt", "街坊說,好。\n"), ("b.txt", "<p>街坊說,好。</p>\n")]);
    folder
        .run(&["clean", "--html", "main", "a.txt"])
        .exits(2)
        .says("a.txt: --html reads HTML, and this is read as text");
    folder.run(&["clean", "--format", "html", "b.txt"]).exits(0).prints("街坊說，好。\n");
    folder.run(&["clean", "--format", "text", "b.txt"]).exits(0).prints("<p>街坊說，好。</p>\n");
}

/// Neither deep nesting, nor unclosed formatting, nor many elements take time or memory that grows faster than the page.
#[test]
fn hostile_pages_come_through() {
    let many = 100_000;
    let bold: String = (0..500).map(|id| format!("<b id={id}>")).collect();
    for (name, html) in [
        ("deep", format!("{}街坊說,好。", "<div>".repeat(many))),
        ("tables", format!("{}街坊說,好。", "<table><tr><td>".repeat(many / 2))),
        ("lists", format!("{}街坊說,好。", "<ul><li>".repeat(many))),
        ("formatting", format!("<p>{bold}</p>{}街坊說,好。", "<p>甲</p>".repeat(many))),
        ("wide", format!("{}街坊說,好。", "<p>甲<img src=x></p>".repeat(many))),
        ("spans", format!("{}街坊說,好。", "<span class=a>甲,<a href=x>乙</a></span>".repeat(many))),
        ("breaks", format!("<div>{}街坊說,好。", "甲<br> <br>".repeat(many))),
        (
            "attributes",
            format!("<p {}>街坊說,好。", (0..many).map(|n| format!(" a{n}=1")).collect::<String>()),
        ),
        ("unclosed", format!("街坊說,好。{}", "<a href=\"".repeat(many))),
        ("comment", format!("街坊說,好。<!--{}", "<!--".repeat(many))),
    ] {
        for part in ["main", "whole"] {
            let run = Folder::new()
                .run_with(&["clean", "--format", "html", "--html", part], html.as_str())
                .exits(0);
            assert!(run.stdout.contains("街坊說，好。"), "{name}, {part}: {}", run.stderr);
        }
    }
}

/// The report says where a removed line stands in the page, if only one element has its text.
#[test]
fn the_report_says_where_a_line_stands_in_the_page() {
    let tail = "<footer><p>分享到：</p><p>下一<b>篇</b>：賣豆花的林太太</p></footer>";
    let html = page(HEADLINE, HEADLINE).replace("<article>", "<p>老街夜市搬走了</p><article>") + tail;
    let record = serde_json::json!({ "text": html }).to_string();
    let folder = Folder::with(&[("a.html", &html), ("a.jsonl", &record)]);
    for file in ["a.html", "a.jsonl"] {
        folder.run(&["clean", file, "--html", "whole", "--report", "r.jsonl", "--force"]).exits(0);
        let removals = records(&folder.read("r.jsonl"));
        let removals: Vec<_> = removals.iter().filter(|record| record["type"] == "removal").collect();
        let source = |line: &str| {
            let removal = removals.iter().find(|removal| removal["text"] == line).expect(line);
            let byte = |name: &str| removal["html"][name].as_u64().map(|byte| byte as usize);
            Some(&html[byte("start")?..byte("end")?])
        };
        assert_eq!(source("分享到："), Some("分享到："), "{file}");
        assert_eq!([source("老街夜市搬走了"), source("下一篇：賣豆花的林太太")], [None, None], "{file}");
    }
}
