//! `--report-html`: one page for a browser. tests/browser checks what the page does there.

use serde_json::{Value, json};

use crate::support::{ARTICLE, CLEAN, Folder};

/// The data that a page holds in one of its elements.
#[track_caller]
fn data(page: &str, id: &str) -> Value {
    let start = format!("<script type=\"application/json\" id=\"{id}\">");
    let (_, rest) = page.split_once(&start).unwrap_or_else(|| panic!("no {id} in the page"));
    let (text, _) = rest.split_once("</script>").expect("the element ends");
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn names(articles: &Value) -> Vec<&str> {
    articles.as_array().expect("articles").iter().filter_map(|article| article["name"].as_str()).collect()
}

#[test]
fn a_page_holds_the_article_and_what_was_done_to_it() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&["clean", "a.txt", "--report-html", "page.html"]).exits(0).prints(CLEAN);
    let page = folder.read("page.html");
    let article = &data(&page, "articles")[0];
    assert_eq!(article["removed"], json!({"repeat": 1, "share": 1}));
    assert_eq!((&article["name"], &article["headline"]), (&json!("a.txt"), &json!("老街夜市搬走了嗎？")));
    let removal = &article["lines"][4]["removal"];
    assert_eq!((&removal["rule"], &removal["evidence"]["twin_line"]), (&json!("repeat/headline"), &json!(1)));
    let change = &article["lines"][0]["change"];
    assert_eq!(*change, json!(["老街夜市搬走了嗎", ["mend", "?", "？"]]));
    let run = data(&page, "run");
    assert_eq!((&run["summary"]["removed_lines"], &run["unlisted"]), (&json!(2), &json!(0)));
    assert_eq!(run["rules"]["share/bar"]["samples"][0]["text"], "分享到:");
}

#[test]
fn a_page_needs_a_file() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let run = folder.run(&["clean", "a.txt", "--report-html", "-"]).exits(2).prints("");
    assert_eq!(run.stderr, "qingwen: --report-html needs a file: standard output holds the text\n");
    assert_eq!(folder.names(), ["a.txt"]);
}

#[test]
fn a_page_shares_no_file_with_another_output_or_an_input() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    for (option, what) in [("--report", "--report"), ("--removed", "--report-html"), ("-o", "--output")] {
        let run = folder.run(&["clean", "a.txt", "--report-html", "p", option, "./p"]).exits(2).prints("");
        assert!(run.stderr.contains("names the same file as"), "{}", run.stderr);
        assert!(run.stderr.contains(what), "{}", run.stderr);
    }
    folder.run(&["clean", "a.txt", "--report-html", "a.txt"]).exits(2).prints("").says("an input");
    assert_eq!(folder.names(), ["a.txt"]);
    assert_eq!(folder.read("a.txt"), ARTICLE);
}

#[test]
fn a_page_that_cannot_be_written_is_an_error() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&["clean", "a.txt", "--report-html", "none/page.html"]).exits(2).says("none/page.html");
}

#[test]
fn several_inputs_stand_in_one_page_and_in_order() {
    let records = "{\"id\":\"n7\",\"text\":\"街坊說，好。\\n分享到:\"}\n{\"text\":\"街坊說,好。\"}\n";
    let folder = Folder::with(&[("a.txt", ARTICLE), ("b.jsonl", records), ("c.txt", CLEAN)]);
    let args = ["clean", "-q", "a.txt", "b.jsonl", "missing.txt", "c.txt", "--report-html", "page.html"];
    folder.run(&args).exits(2).says("missing.txt");
    let page = folder.read("page.html");
    assert_eq!(names(&data(&page, "articles")), ["a.txt", "n7", "b.jsonl:2", "c.txt"]);
    let summary = &data(&page, "run")["summary"];
    assert_eq!((&summary["documents"], &summary["errors"]), (&json!(4), &json!(1)));
}

#[test]
fn markup_of_an_article_is_text() {
    let hostile = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)> &amp; \u{2028}";
    let source = format!("老街夜市搬走了。\n{hostile}\n分享到:\n");
    let record = json!({"id": hostile, "text": source}).to_string();
    let folder = Folder::with(&[("a.jsonl", &record)]);
    folder.run(&["clean", "-q", "a.jsonl", "--report-html", "page.html"]).exits(0);
    let page = folder.read("page.html");
    assert_eq!(page.matches("<script").count(), 3, "the page's own elements");
    assert_eq!((page.matches("</script").count(), page.matches("<!--").count()), (3, 0));
    assert!(!page.contains("<img"));
    let articles = data(&page, "articles");
    // U+2028 ends a line.
    let line = hostile.trim_end_matches('\u{2028}');
    assert_eq!((&articles[0]["name"], &articles[0]["lines"][1]["text"]), (&json!(hostile), &json!(line)));
}

#[test]
fn a_page_loads_nothing() {
    let folder = Folder::with(&[("a.txt", CLEAN)]);
    folder.run(&["clean", "-q", "a.txt", "--report-html", "page.html"]).exits(0);
    // The name of SVG's elements is not an address.
    let page = folder.read("page.html").replace("http://www.w3.org/2000/svg", "");
    assert!(page.contains("default-src 'none'"));
    for reference in ["http:", "https:", "src=", "<link", "@import", "url("] {
        assert!(!page.contains(reference), "{reference}");
    }
}
