//! `qingwen corpus learn`, `corpus show`, `clean --corpus-model` and `clean --learn`.

use serde_json::{Value, json};

use crate::support::{Folder, of_type, qingwen};

const STORIES: [&str; 6] = [
    "夜市在上個月搬到了河堤旁邊，攤販們說新的地方比較寬，下雨的時候也有屋頂可以躲。",
    "擺攤二十年的張太太說，雨天不用再收攤了，可是太陽曬過的書才有味道。",
    "巷口的三盞路燈壞了半年，晚上回家的學生都拿手機照路。",
    "她在櫃檯後面站了四十年，每個客人喝什麼茶都記得。",
    "圍牆原本是灰色的，開學以前老師和學生一起畫了三十二隻貓。",
    "以前騎樓下有四個修鞋的攤子，現在只剩下老陳還在。",
];
/// What the site prints below each story. Cleaning finds the share bar by itself, and not the line above it.
const CALL: &str = "街坊相挺，讓老街的故事說下去";

fn page(story: &str) -> String {
    format!("{story}\n註釋：\n資料由里辦公室整理{}\n{CALL}\n分享到：\n", story.chars().count())
}

/// The pages as records, as far as they say something.
fn records(site: &str, count: usize) -> String {
    let record = |(at, story): (usize, &&str)| {
        json!({"id": format!("{site}{at}"), "site": site, "title": "", "text": page(story)}).to_string()
            + "\n"
    };
    STORIES.iter().cycle().take(count).enumerate().map(|(at, story)| record((at, story))).collect()
}

fn folder() -> Folder {
    // Six pages, of which one is there twice.
    Folder::with(&[("a.jsonl", &records("老街網", 7))])
}

fn rules(report: &[Value]) -> Vec<&str> {
    of_type(report, "removal").iter().filter_map(|removal| removal["rule"].as_str()).collect()
}

#[test]
fn a_site_is_learned_and_its_lines_go() {
    let folder = folder();
    let run = folder.run(&["corpus", "learn", "a.jsonl", "-o", "site.qwm"]).exits(0);
    assert_eq!(run.stdout, "");
    assert_eq!(
        run.stderr,
        "6 pages of 1 source: 2 lines go, 0 go in blocks, 0 are metadata, 0 stay\n",
        "{}",
        folder.read("site.qwm")
    );
    folder.run(&["clean", "a.jsonl", "-o", "b.jsonl", "--report", "r.jsonl", "-q"]).exits(0);
    assert!(folder.read("b.jsonl").contains(CALL));
    let with =
        ["clean", "a.jsonl", "--corpus-model", "site.qwm", "-o", "c.jsonl", "--report", "r.jsonl", "-q"];
    folder.run(&with).exits(0);
    let cleaned = folder.read("c.jsonl");
    assert!(!cleaned.contains(CALL) && cleaned.contains("註釋"), "{cleaned}");
    let report = folder.records("r.jsonl");
    let removal = &of_type(&report, "removal")[0];
    assert_eq!(removal["rule"], "corpus/line");
    assert_eq!(removal["evidence"], json!({"kind": "corpus", "source": "a.jsonl", "documents": 6, "of": 6}));
}

#[test]
fn check_and_diff_use_a_model_too() {
    let folder = Folder::with(&[("a.jsonl", &records("老街網", 7)), ("a.txt", &page("老街的貓回來了。"))]);
    folder.run(&["corpus", "learn", "a.jsonl", "-o", "site.qwm", "-q"]).exits(0).prints("");
    let check = folder.run(&["check", "a.txt", "--corpus-model", "site.qwm"]).exits(1);
    assert!(check.stdout.contains("a.txt:4:1: corpus/line: 街坊相挺"), "{}", check.stdout);
    let diff = folder.run(&["diff", "a.txt", "--corpus-model", "site.qwm"]).exits(1);
    assert!(diff.stdout.contains("corpus/line") && diff.stdout.contains("-街坊相挺"), "{}", diff.stdout);
    let kept = folder.run(&["diff", "a.txt", "--corpus-model", "site.qwm", "--keep", "corpus/line"]).exits(1);
    assert!(!kept.stdout.contains("-街坊相挺"), "{}", kept.stdout);
}

#[test]
fn a_configuration_file_names_a_model_for_a_source() {
    let folder = folder();
    folder.run(&["corpus", "learn", "a.jsonl", "-o", "site.qwm", "-q"]).exits(0);
    let section = "[source.\"老街網\"]\ncorpus-model = [\"site.qwm\"]\n";
    std::fs::write(folder.path("qingwen.toml"), section).unwrap();
    let cleaned = folder.run(&["clean", "a.jsonl", "--source-field", "site", "-o", "-", "-q"]).exits(0);
    assert!(!cleaned.stdout.contains(CALL), "{}", cleaned.stdout);
    let other = folder.run(&["clean", "a.jsonl", "-o", "-", "-q"]).exits(0);
    assert!(other.stdout.contains(CALL), "{}", other.stdout);
}

#[test]
fn each_source_has_its_own_lines() {
    let other = records("河邊網", 6).replace(CALL, "河邊的風，吹過每一個人");
    let folder = Folder::with(&[("a.jsonl", &(records("老街網", 6) + &other))]);
    let learn = ["corpus", "learn", "a.jsonl", "--source-field", "site", "-o", "sites.qwm"];
    folder.run(&learn).exits(0).says("12 pages of 2 sources");
    let shown = folder.run(&["corpus", "show", "sites.qwm"]).exits(0).stdout;
    assert!(
        shown.starts_with("河邊網: pages 6\nverdict     pages  share  removed  place   line\n"),
        "{shown}"
    );
    assert!(shown.contains("\n\n老街網: pages 6\n"), "{shown}");
    let text = json!({"id": 1, "site": "河邊網", "text": page("老街的貓回來了。")}).to_string() + "\n";
    std::fs::write(folder.path("b.jsonl"), text).unwrap();
    let clean = |field: &str| {
        let options =
            ["clean", "b.jsonl", "--corpus-model", "sites.qwm", "-o", "-", "-q", "--source-field", field];
        folder.run(&options).exits(0).stdout
    };
    assert!(clean("site").contains(CALL));
    std::fs::write(folder.path("b.jsonl"), folder.read("b.jsonl").replace("河邊網", "老街網")).unwrap();
    assert!(!clean("site").contains(CALL));
}

/// Two passes in one command give what two commands give, also from standard input.
#[test]
fn learning_and_cleaning_in_one_command() {
    let folder = folder();
    folder.run(&["corpus", "learn", "a.jsonl", "-o", "site.qwm", "-q"]).exits(0);
    let two = folder.run(&["clean", "a.jsonl", "--corpus-model", "site.qwm", "-o", "-", "-q"]).exits(0);
    let one = folder.run(&["clean", "a.jsonl", "--learn", "-o", "-", "-q"]).exits(0);
    assert_eq!(one.stdout, two.stdout);
    let piped = ["clean", "--learn", "--format", "jsonl", "-o", "-", "-q"];
    assert_eq!(folder.run_with(&piped, records("老街網", 7)).exits(0).stdout, two.stdout);
    folder.run(&["clean", "a.jsonl", "--learn", "--in-place", "-q"]).exits(0);
    assert_eq!(folder.read("a.jsonl"), two.stdout);
}

/// A record that cannot be read is named once, and the others are learned and cleaned.
#[test]
fn a_faulty_record_is_named_and_the_rest_is_done() {
    let folder = Folder::with(&[("a.jsonl", &(records("老街網", 6) + "{\"id\":7}\n"))]);
    let learn = folder.run(&["corpus", "learn", "a.jsonl", "-o", "site.qwm"]).exits(2);
    assert_eq!(learn.stderr.matches("a.jsonl:7").count(), 1, "{}", learn.stderr);
    assert!(learn.stderr.contains("6 pages of 1 source"), "{}", learn.stderr);
    let clean =
        folder.run(&["clean", "a.jsonl", "--learn", "-o", "b.jsonl", "--report", "r.jsonl", "-q"]).exits(2);
    assert_eq!(clean.stderr.matches("a.jsonl:7").count(), 1, "{}", clean.stderr);
    let report = folder.records("r.jsonl");
    assert_eq!(of_type(&report, "error").len(), 1);
    assert!(rules(&report).contains(&"corpus/line"));
    let none = Folder::with(&[("a.jsonl", "{}\n"), ("site.qwm", &folder.read("site.qwm"))]);
    none.run(&["corpus", "learn", "a.jsonl", "-o", "site.qwm"]).exits(2);
    assert_eq!(none.read("site.qwm"), folder.read("site.qwm"));
}

/// The model does not depend on threads, on the order of records, and on how they are divided into files.
#[test]
fn the_model_is_the_same_for_any_threads_order_and_files() {
    let all = records("老街網", 7);
    let lines: Vec<&str> = all.lines().collect();
    let part = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    let reversed: Vec<&str> = lines.iter().rev().copied().collect();
    let folder = Folder::with(&[
        ("a.jsonl", &all),
        ("r.jsonl", &part(&reversed)),
        ("1.jsonl", &part(&lines[..2])),
        ("2.jsonl", &part(&lines[2..])),
    ]);
    let learn = |inputs: &[&str], options: &[&str]| {
        let line =
            [&["corpus", "learn"], inputs, &["--source-field", "site", "-o", "-", "-q"], options].concat();
        folder.run(&line).exits(0).stdout
    };
    let expected = learn(&["a.jsonl"], &[]);
    for (inputs, threads) in
        [(&["a.jsonl"][..], "1"), (&["a.jsonl"], "4"), (&["r.jsonl"], "2"), (&["2.jsonl", "1.jsonl"], "3")]
    {
        assert_eq!(learn(inputs, &["--threads", threads]), expected, "{inputs:?} {threads}");
    }
}

#[test]
fn a_reviewer_strikes_and_pins_lines() {
    let review = "# 老街網\n- 街坊相挺，让老街的故事说下去\n+ 註釋\n也許\n- 沒有的一行\n";
    let folder = Folder::with(&[("a.jsonl", &records("老街網", 6)), ("review.txt", review)]);
    let learn = ["corpus", "learn", "a.jsonl", "-o", "site.qwm", "--review", "review.txt"];
    let run = folder.run(&learn).exits(2);
    assert!(run.stderr.contains("review.txt:4: begins with neither + nor -"), "{}", run.stderr);
    assert!(run.stderr.contains("review.txt:5: the model has no such line"), "{}", run.stderr);
    let shown = folder.run(&["corpus", "show", "site.qwm"]).exits(0).stdout;
    assert!(shown.contains(&format!("tail    {CALL} (reviewed)\n")), "{shown}");
    let cleaned = folder.run(&["clean", "a.jsonl", "--corpus-model", "site.qwm", "-o", "-", "-q"]).exits(0);
    assert!(cleaned.stdout.contains(CALL), "{}", cleaned.stdout);
}

#[test]
fn a_file_that_is_no_model_is_refused() {
    let folder = folder();
    folder.run(&["corpus", "learn", "a.jsonl", "-o", "site.qwm", "-q"]).exits(0);
    let model = folder.read("site.qwm");
    for (text, message) in [
        ("老街\n".to_owned(), "is no model of a collection"),
        (model.replace("_model\":2", "_model\":3"), "is a model of version 3"),
        (model.replace("街坊相挺", "街坊相廷"), "is damaged: its checksum is"),
        (model[..model.len() - 1].to_owned(), "is damaged"),
        (String::new(), "is no model of a collection"),
    ] {
        std::fs::write(folder.path("bad.qwm"), &text).unwrap();
        for command in [&["corpus", "show"][..], &["clean", "a.jsonl", "-o", "-", "--corpus-model"]] {
            let run = folder.run(&[command, &["bad.qwm"]].concat()).exits(2).says(message);
            assert!(run.stderr.contains("bad.qwm: "), "{}", run.stderr);
        }
    }
    qingwen(&["corpus", "show", "none.qwm"]).exits(2).says("none.qwm");
}

#[test]
fn a_model_replaces_only_a_model() {
    let folder = Folder::with(&[("a.jsonl", &records("老街網", 6)), ("b.txt", "老街\n")]);
    let learn = |options: &[&str]| folder.run(&[&["corpus", "learn", "a.jsonl", "-q"], options].concat());
    learn(&["-o", "b.txt"])
        .exits(2)
        .says("b.txt: is not a model of a collection; --force lets --output replace it");
    learn(&["-o", "a.jsonl", "--force"]).exits(2).says("--output names the same file as an input");
    learn(&["-o", "site.qwm"]).exits(0);
    learn(&["-o", "site.qwm"]).exits(0);
    learn(&["-o", "b.txt", "--force"]).exits(0);
    assert_eq!(folder.read("b.txt"), folder.read("site.qwm"));
    qingwen(&["corpus", "learn", "a.jsonl"]).exits(2).says("--output <FILE>");
    qingwen(&["clean", "a.jsonl", "--learn", "--resume", "-o", "b.jsonl"])
        .exits(2)
        .says("cannot be used with");
}

/// What was learned is also a page, which holds the lines as text.
#[test]
fn what_was_learned_is_a_page() {
    let folder = folder();
    let markup = records("<b>老街網</b>", 7);
    folder.write("b.jsonl", &markup);
    folder.run(&["corpus", "learn", "b.jsonl", "--source-field", "site", "-o", "site.qwm", "-q"]).exits(0);
    folder.run(&["corpus", "show", "site.qwm", "--html", "p.html"]).exits(0).prints("");
    let page = folder.read("p.html");
    assert!(page.starts_with("<!doctype html>") && page.ends_with("</html>\n"), "{page}");
    assert!(
        page.contains(CALL) && page.contains("&lt;b&gt;老街網&lt;/b&gt;") && !page.contains("<b>"),
        "{page}"
    );
    assert!(!page.contains("<script") && page.contains("default-src 'none'"), "{page}");
    assert_eq!(page.matches("<tr>").count(), 3, "{page}");
    folder.run(&["corpus", "show", "site.qwm", "--html", "-"]).exits(0).prints(&page);
    folder.run(&["corpus", "show", "site.qwm", "--html", "p.html"]).exits(0);
    folder.write("notes.txt", "筆記");
    let other = ["corpus", "show", "site.qwm", "--html", "notes.txt"];
    folder.run(&other).exits(2).says("is not a page of qingwen");
    folder.run(&[&other[..], &["--force"]].concat()).exits(0);
    assert_eq!(folder.read("notes.txt"), page);
    let same = ["corpus", "show", "site.qwm", "--html", "site.qwm", "--force"];
    folder.run(&same).exits(2).says("--html names the same file as an input");
}
