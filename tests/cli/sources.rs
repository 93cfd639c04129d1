//! Sections of the configuration file: settings by source.

use std::fs;

use crate::support::{Folder, of_type};

/// The line by which a section is told: what the page has at its end.
const END: &str = "分享到：";
const BODY: &str = "夜市在上個月搬走，街坊說安靜了許多。";

/// A record with fields besides the text.
fn record(fields: &str) -> String {
    format!("{{{fields},\"text\":\"{BODY}\\n{END}\"}}\n")
}

/// For each record, whether its last line stays.
fn kept(config: &str, records: &[String], more: &[&str]) -> Vec<bool> {
    let folder = Folder::with(&[("qingwen.toml", config), ("a.jsonl", &records.concat())]);
    let run = folder.run(&[&["clean", "-q", "a.jsonl"], more].concat()).exits(0);
    run.stdout.lines().map(|line| line.contains(END)).collect()
}

#[test]
fn a_section_is_chosen_by_a_field_or_by_the_host_of_an_address() {
    let config = "source-field = \"site\"\n[source.\"163.com\"]\nkeep = [\"share\"]\n";
    let records = [
        record(r#""site":"163.com""#),
        record(r#""url":"https://news.163.com/a""#),
        record(r#""url":"https://163.com""#),
        record(r#""url":"https://x163.com/""#),
        record(r#""site":"news.163.com""#),
        record(r#""site":1,"url":"163.com""#),
        record(r#""n":1"#),
    ];
    assert_eq!(kept(config, &records, &[]), [true, true, true, false, false, false, false]);
}

#[test]
fn the_fields_can_be_named() {
    let config = "[source.\"163.com\"]\nkeep = [\"share\"]\n";
    let records = [record(r#""link":"http://163.com/""#), record(r#""from":"163.com""#)];
    let options = ["--url-field", "link", "--source-field", "from"];
    assert_eq!(kept(config, &records, &options), [true, true]);
    assert_eq!(kept(config, &records, &[]), [false, false]);
    let folder = Folder::with(&[("a.jsonl", &records[0])]);
    folder
        .run(&["clean", "-q", "a.jsonl", "--source-field", "form"])
        .exits(0)
        .says("--source-field form: no record has");
}

#[test]
fn columns_of_a_table_name_the_source_too() {
    let folder = Folder::with(&[
        ("qingwen.toml", "[source.\"163.com\"]\nkeep = [\"share\"]\n"),
        (
            "a.csv",
            "url,text\nhttps://163.com/a,\"街坊都來了。\n分享到：\"\nhttps://a.com,\"街坊都來了。\n分享到：\"\n",
        ),
    ]);
    let run = folder.run(&["clean", "-q", "a.csv"]).exits(0);
    run.prints("url,text\nhttps://163.com/a,\"街坊都來了。\n分享到：\"\nhttps://a.com,\"街坊都來了。\n\"\n");
}

#[test]
fn a_section_is_chosen_by_the_path_as_seen_from_the_file() {
    let page = format!("{BODY}\n{END}\n");
    let folder = Folder::with(&[("qingwen.toml", "[source.\"blogs/**\"]\nkeep = [\"share\"]\n")]);
    for path in ["blogs/a/b", "news"] {
        fs::create_dir_all(folder.path(path)).expect("a folder");
    }
    for path in ["blogs/a/b/c.txt", "news/blogs.txt"] {
        folder.write(path, &page);
    }
    let clean = |path: &str| folder.run(&["clean", "-q", path]).exits(0).stdout.contains(END);
    assert!(clean("blogs/a/b/c.txt") && clean("./news/../blogs/a/b/c.txt"));
    assert!(!clean("news/blogs.txt"));
    let above =
        folder.command(&["clean", "-q", "../blogs/a/b/c.txt"]).current_dir(folder.path("news")).output();
    assert!(String::from_utf8_lossy(&above.expect("the command runs").stdout).contains(END));
}

/// A name wins over a host, a host over a path, and the longer one of two of a kind.
#[test]
fn the_most_specific_section_wins() {
    let keeps = |sections: &[(&str, bool)], fields: &str| {
        let section = |(name, keeps): &(&str, bool)| {
            format!("[source.{name:?}]\nkeep = [{}]\n", if *keeps { "\"share\"" } else { "" })
        };
        let sections: String = sections.iter().map(section).collect();
        kept(&format!("source-field = \"site\"\n{sections}"), &[record(fields)], &[])[0]
    };
    let url = r#""site":"老街","url":"https://news.163.com/""#;
    for first in [true, false] {
        assert_eq!(keeps(&[("老街", first), ("news.163.com", !first)], url), first);
        assert_eq!(keeps(&[("163.com", !first), ("news.163.com", first)], url), first);
        assert_eq!(keeps(&[("163.com", first), ("*.jsonl", !first)], url), first);
        assert_eq!(keeps(&[("*", !first), ("a.*", first)], r#""n":1"#), first);
    }
}

#[test]
fn a_section_replaces_values_and_adds_to_lists() {
    let config = "keep = [\"share\"]\nprofile = \"light\"\nremove = [\"metadata\"]\n\
                  [source.\"a.com\"]\nprofile = \"corpus\"\nremove = [\"share\"]\nkeep = [\"metadata\"]\n";
    let text = format!("老街夜市\\n作者：林小溪\\n{BODY}\\n{END}\\n下一篇：老街的燈");
    let record = |host: &str| format!("{{\"url\":\"https://{host}/\",\"text\":\"{text}\"}}\n");
    let folder =
        Folder::with(&[("qingwen.toml", config), ("a.jsonl", &(record("a.com") + &record("b.com")))]);
    let run = folder.run(&["clean", "-q", "a.jsonl"]).exits(0);
    let holds =
        |line: &str| -> Vec<bool> { run.stdout.lines().map(|record| record.contains(line)).collect() };
    assert_eq!(holds("作者"), [true, false], "{}", run.stdout);
    assert_eq!(holds(END), [false, true], "{}", run.stdout);
    assert_eq!(holds("下一篇"), [false, true], "{}", run.stdout);
}

#[test]
fn the_command_line_and_the_environment_win_over_sections() {
    let config = "[source.\"a.com\"]\nto = \"hans\"\nremove = [\"share\"]\n";
    let folder = Folder::with(&[
        ("qingwen.toml", config),
        ("a.jsonl", &format!("{{\"url\":\"https://a.com/\",\"text\":\"{BODY}\\n{END}\"}}\n")),
    ]);
    let clean = |more: &[&str]| folder.run(&[&["clean", "-q", "a.jsonl"], more].concat()).exits(0).stdout;
    assert!(clean(&[]).contains("夜市在上个月"));
    let typed = clean(&["--to", "keep", "--keep", "share"]);
    assert!(typed.contains(BODY) && typed.contains(END), "{typed}");
    let output = folder.command(&["clean", "-q", "a.jsonl"]).env("QINGWEN_TO", "keep").output();
    assert!(String::from_utf8_lossy(&output.expect("the command runs").stdout).contains(BODY));
}

#[test]
fn the_rules_and_lists_of_a_section_are_for_its_source() {
    let folder = Folder::with(&[
        (
            "qingwen.toml",
            "certainty = \"sure\"\nrules = [\"all\"]\n[source.\"a.com\"]\nrules = [\"own\"]\nkeep-lines = \"keep.txt\"\nremove-lines = \"no.txt\"\n",
        ),
        ("keep.txt", END),
        ("no.txt", "茶行二號"),
    ]);
    for (name, line) in [("all", "茶行零號"), ("own", "茶行一號")] {
        fs::create_dir(folder.path(name)).expect("a folder");
        let rule = folder.run(&["rules", "new", line, "--id", &format!("ad/{name}")]).exits(0).stdout;
        folder.write(&format!("{name}/tea.toml"), rule);
    }
    let text = format!("{BODY}\\n茶行零號\\n茶行一號\\n茶行二號\\n{END}");
    let record = |host: &str| format!("{{\"url\":\"https://{host}/\",\"text\":\"{text}\"}}\n");
    folder.write("a.jsonl", record("a.com") + &record("b.com"));
    let files = ["--report", "r.jsonl", "--report-html", "r.html", "--threads", "2"];
    let run = folder.run(&[&["clean", "-q", "a.jsonl"], &files[..]].concat()).exits(0);
    let [first, second] = run.stdout.lines().collect::<Vec<_>>()[..] else { panic!("{}", run.stdout) };
    assert!(!first.contains("茶行") && first.contains(END), "{first}");
    assert!(
        !second.contains("零號") && second.contains("一號\\n茶行二號") && !second.contains(END),
        "{second}"
    );
    let report = folder.records("r.jsonl");
    let rules: Vec<_> =
        of_type(&report, "removal").into_iter().map(|record| record["rule"].clone()).collect();
    assert_eq!(rules, ["ad/all", "ad/own", "user/line", "ad/all", "share/bar"]);
    assert!(folder.read("r.html").contains("茶行一號"));
}

#[test]
fn check_and_diff_follow_sections() {
    let page = format!("{BODY}\n{END}\n");
    let folder =
        Folder::with(&[("qingwen.toml", "[source.\"*.txt\"]\nkeep = [\"share\"]\n"), ("a.txt", &page)]);
    for command in ["check", "diff"] {
        folder.run(&[command, "a.txt"]).exits(0);
        folder.run(&[command, "a.txt", "--no-config"]).exits(1);
    }
}

#[test]
fn an_error_in_a_section_names_it() {
    for (section, told) in [
        ("keep = [\"none\"]", "qingwen.toml:2: source \"a.com\": --keep none: no category or rule"),
        ("to = \"zz\"", "qingwen.toml:3: invalid value 'zz' for '--to <TARGET>'"),
        ("keep-lines = \"none.txt\"", "qingwen.toml:2: source \"a.com\": none.txt: "),
    ] {
        let config = format!("\n[source.\"a.com\"]\n{section}\n");
        let folder = Folder::with(&[("qingwen.toml", config.as_str()), ("a.txt", BODY)]);
        let run = folder.run(&["clean", "a.txt"]).exits(2).prints("");
        assert!(run.stderr.starts_with(&format!("qingwen: {told}")), "{}", run.stderr);
    }
    let outside = "keep = [\"none\"]\n[source.\"a.com\"]\nto = \"tw\"\n";
    let folder = Folder::with(&[("qingwen.toml", outside), ("a.txt", BODY)]);
    folder.run(&["clean", "a.txt"]).exits(2).says("qingwen: qingwen.toml:1: keep: none: no category or rule");
    let folder = Folder::with(&[("qingwen.toml", "[source.\"a[\"]\nto = \"tw\"\n"), ("a.txt", BODY)]);
    folder.run(&["clean", "a.txt"]).exits(2).says("qingwen.toml:1: source \"a[\": error parsing glob");
}
