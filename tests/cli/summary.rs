//! The summary at the end of a run: by rule, by category and by source.

use serde_json::{Value, json};

use crate::support::{ARTICLE, Folder};

/// Records of two sources, of a host, and of none. Each loses lines.
const RECORDS: &str = r#"{"site": "晚報", "url": "https://a.example.com/1", "text": "街坊說好。\n分享到:\n微信"}
{"site": "晚報", "text": "街坊說好。\n掃描二維碼，關注我們的公眾號"}
{"url": "https://News.example.com/2", "text": "街坊說好。\n分享到:"}
{"text": "街坊說好。\n訂閱電子報"}
"#;

fn stats(folder: &Folder, args: &[&str]) -> Value {
    folder.run(&[&["clean", "-q", "--stats", "stats.json", "-o", "out"], args].concat()).exits(0);
    serde_json::from_str(&folder.read("stats.json")).expect("JSON")
}

#[test]
fn the_summary_counts_by_source() {
    let folder = Folder::with(&[("news.jsonl", RECORDS)]);
    let sources = &stats(&folder, &["--source-field", "site", "news.jsonl"])["sources"];
    let expected = json!({
        "news.example.com": {"documents": 1, "lines": 1, "bytes": 10},
        "news.jsonl": {"documents": 1, "lines": 1, "bytes": 15},
        "晚報": {"documents": 2, "lines": 3, "bytes": 58},
    });
    assert_eq!(*sources, expected);
}

/// What is converted is counted too, as records and piece by piece.
#[test]
fn the_summary_counts_what_is_converted() {
    let folder =
        Folder::with(&[("a.txt", "頭髮\n"), ("b.jsonl", "{\"text\":\"頭髮\"}\n{\"text\":\"说\"}\n")]);
    for how in [["-c", "t2s"], ["--to", "hans"]] {
        let args = ["convert", "a.txt", "b.jsonl", "-o", "out", "--stats", "stats.json"];
        folder.run(&[&args[..], &how].concat()).exits(0);
        let stats: Value = serde_json::from_str(&folder.read("stats.json")).expect("JSON");
        let sizes = (&stats["documents"], &stats["bytes_in"], &stats["bytes_out"]);
        assert_eq!(sizes, (&json!(3), &json!(16), &json!(16)), "{how:?}");
        assert_eq!(stats["sources"]["b.jsonl"]["documents"], 2);
    }
}

/// The source of a text is its folder.
#[test]
fn the_summary_counts_by_folder() {
    let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", ARTICLE)]);
    std::fs::create_dir(folder.path("more")).expect("a folder");
    folder.write("more/c.txt", "街坊說好。\n");
    let stats = stats(&folder, &["a.txt", "b.txt", "more"]);
    let expected = json!({
        ".": {"documents": 2, "lines": 4, "bytes": 70},
        "more": {"documents": 1, "lines": 0, "bytes": 0},
    });
    assert_eq!(stats["sources"], expected);
}

#[test]
fn the_report_and_the_findings_end_with_the_sources() {
    let folder = Folder::with(&[("news.jsonl", RECORDS)]);
    folder.run(&["clean", "-q", "--report", "report.jsonl", "-o", "out", "news.jsonl"]).exits(0);
    let last = folder.records("report.jsonl").pop().expect("a summary");
    assert_eq!(last["sources"]["news.example.com"]["lines"], 1);
    let run = folder.run(&["check", "--output-format", "json", "news.jsonl"]).exits(1);
    assert!(run.stdout.contains(r#""sources":{"a.example.com":{"documents":1,"#), "{}", run.stdout);
}

/// The terminal names the sources from which most was removed, and says how many others there are.
#[test]
fn the_terminal_sums_up_by_category_and_source() {
    let more = |number: usize| {
        format!("{{\"site\": \"{number}\", \"text\": \"街坊說好。\\n分享到:\\n微信\\n微博\"}}\n")
    };
    let records: String = (100..115).map(more).collect();
    let folder = Folder::with(&[("news.jsonl", &format!("{RECORDS}{records}"))]);
    let args = ["clean", "-v", "--source-field", "site", "-o", "out", "news.jsonl"];
    let run = folder.run(&args).exits(0);
    let shown = &run.stderr[run.stderr.find("\n lines  removed by").expect("a table") + 1..];
    insta::assert_snapshot!(shown, @r"
     lines  removed by
        48  share/bar          A bar of sharing buttons
         1  follow/newsletter  Subscribe to the newsletter
         1  follow/scan        Scan the code to follow, join or receive

     lines  removed of category
        48  share
         2  follow

     lines  removed from
         3  100              1 article
         3  101              1 article
         3  102              1 article
         3  103              1 article
         3  104              1 article
         3  105              1 article
         3  106              1 article
         3  107              1 article
         3  108              1 article
         3  109              1 article
        20  8 other sources  9 articles
    19 articles: 50 lines removed, 0 lines changed
    ");
    // A table of one source says nothing new.
    let run = folder.run(&["clean", "-v", "-o", "out", "--url-field", "none", "news.jsonl"]);
    assert!(!run.stderr.contains("removed from"), "{}", run.stderr);
}
