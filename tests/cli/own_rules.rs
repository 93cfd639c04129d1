//! The user's own rules: `--rules`, `rules lint` and `rules new`.

use std::fs;

use serde_json::Value;

use crate::support::{Folder, of_type, qingwen, records};

const PAGE: &str = "老街夜市搬走了\n\n夜市在上個月搬走，街坊說安靜了許多。\n\n老街茶行祝您有個好心情！\n";

const RULES: &str = r#"
[[rule]]
id = "ad/tea"
title = "The greeting of a tea shop"
patterns = ["^老街茶行祝您"]
matches = ["老街茶行祝您有个好心情"]
spares = ["老街茶行今天開張"]
"#;

/// A folder with an article, and rules in `own/`.
fn folder(rules: &str) -> Folder {
    let folder = Folder::with(&[("a.txt", PAGE)]);
    fs::create_dir(folder.path("own")).expect("a folder");
    folder.write("own/tea.toml", rules);
    folder
}

#[test]
fn a_rule_removes_lines_and_every_report_names_it() {
    let folder = folder(RULES);
    let files = ["--report", "r.jsonl", "--report-html", "r.html"];
    let run = folder.run(&[&["clean", "a.txt", "--rules", "own", "-q"], &files[..]].concat()).exits(0);
    assert!(!run.stdout.contains("茶行"), "{}", run.stdout);
    let records = folder.records("r.jsonl");
    let [removal] = of_type(&records, "removal")[..] else { panic!("{records:?}") };
    assert_eq!((removal["rule"].as_str(), removal["category"].as_str()), (Some("ad/tea"), Some("ad")));
    assert_eq!(removal["evidence"]["pattern"], "^老街茶行祝您");
    assert!(folder.read("r.html").contains("The greeting of a tea shop"));
    let diff = folder.run(&["diff", "a.txt", "--rules", "own", "--color", "always"]).exits(1);
    assert!(diff.stdout.contains("The greeting of a tea shop"), "{}", diff.stdout);
    folder.run(&["check", "a.txt"]).exits(0);
}

#[test]
fn options_name_a_rule_of_the_users() {
    let folder = folder(&format!("{RULES}certainty = \"likely\"\n"));
    let clean = |more: &[&str]| folder.run(&[&["clean", "a.txt", "-q", "--rules", "own"], more].concat());
    assert!(clean(&["--keep", "ad/tea"]).exits(0).stdout.contains("茶行"));
    assert!(clean(&["--certainty", "sure"]).exits(0).stdout.contains("茶行"));
    clean(&["--certainty", "sure", "--remove", "ad/tea"])
        .exits(2)
        .says("--certainty sure leaves such rules out");
    clean(&["--keep", "ad/tee"]).exits(2).says("--keep ad/tee: no category or rule named \"ad/tee\"");
}

#[test]
fn a_section_takes_the_lines_that_the_rule_describes() {
    let rules = r#"
[[rule]]
id = "related/tea"
title = "Teas of a shop"
patterns = ["^本店茶單$"]
scope = "section"
members = "^茶"
unless = "^本店茶單舊"
matches = ["本店茶單"]
spares = ["本店茶單舊的不用了"]
"#;
    let folder = folder(rules);
    folder.write("b.txt", "老街夜市搬走了\n\n街坊說安靜了許多。\n\n本店茶单\n茶一號，三十元，買二送一。\n茶二號\n街坊都在等新的消息。\n");
    let run = folder.run(&["check", "b.txt", "--rules", "own"]).exits(1);
    let rules: Vec<&str> =
        run.stdout.lines().map(|line| line.split(' ').nth(1).unwrap_or_default()).collect();
    assert_eq!(rules, ["related/tea:"; 3], "{}", run.stdout);
}

#[test]
fn rules_and_explain_list_a_rule_of_the_users() {
    let folder = folder(RULES);
    let listed = folder.run(&["rules", "--rules", "own"]).exits(0);
    assert!(
        listed.stdout.contains("ad/tea                       The greeting of a tea shop\n"),
        "{}",
        listed.stdout
    );
    let json = records(&folder.run(&["rules", "--json", "--rules", "own"]).exits(0).stdout);
    assert!(json.iter().any(|rule: &Value| rule["id"] == "ad/tea"));
    let page = folder.run(&["explain", "ad/tea", "--rules", "own"]).exits(0).stdout;
    assert!(page.starts_with("ad/tea\n    The greeting of a tea shop\n\nRemoves the line"), "{page}");
    let line = folder.run(&["explain", "--line", "5", "a.txt", "--rules", "own"]).exits(0).stdout;
    assert!(line.contains("Removed by ad/tea."), "{line}");
    folder.run(&["explain", "ad/tea"]).exits(2);
}

#[test]
fn lint_is_silent_about_good_rules() {
    folder(RULES).run(&["rules", "lint", "own"]).exits(0).prints("");
}

#[test]
fn lint_tells_each_failure_with_file_and_rule() {
    for (from, to, told) in [
        ("ad/tea", "tea", "own/tea.toml: tea: the id does not begin with a category\n"),
        ("ad/tea", "share/bar", "own/tea.toml: share/bar: a built-in rule has this id\n"),
        ("祝您\"]", "祝您(\"]", "own/tea.toml: ad/tea: regex parse error"),
        (
            "[\"老街茶行今天",
            "[\"老街茶行祝您今天",
            "own/tea.toml: ad/tea: must not match \"老街茶行祝您今天開張\"\n",
        ),
        ("[\"老街茶行祝您有", "[\"茶行祝您有", "own/tea.toml: ad/tea: must match \"茶行祝您有个好心情\"\n"),
        ("[\"老街茶行今天開張\"]", "[]", "own/tea.toml: ad/tea: `spares` is empty"),
        ("title", "titel", "own/tea.toml: TOML parse error at line 4"),
    ] {
        assert!(RULES.contains(from), "{from}");
        let run = folder(&RULES.replacen(from, to, 1)).run(&["rules", "lint", "own"]).exits(1);
        assert!(run.stdout.starts_with(told), "{told}: {}", run.stdout);
    }
    let twice = folder(&RULES.repeat(2)).run(&["rules", "lint", "own"]).exits(1);
    twice.prints("own/tea.toml: ad/tea: another rule has this id\n");
}

#[test]
fn a_pattern_that_is_too_large_is_refused() {
    let large = RULES.replacen("[\"^老街茶行祝您\"]", r"['(\w{200}){200}']", 1);
    let run = folder(&large).run(&["clean", "a.txt", "--rules", "own"]).exits(2).prints("");
    run.says("own/tea.toml: ad/tea: Compiled regex exceeds size limit");
}

#[test]
fn a_folder_without_rules_is_named() {
    let folder = folder(RULES);
    fs::create_dir(folder.path("empty")).expect("a folder");
    folder.run(&["clean", "a.txt", "--rules", "empty"]).exits(2).says("empty: has no rules");
    folder.run(&["clean", "a.txt", "--rules", "none"]).exits(2).says("none: ");
}

#[test]
fn a_new_rule_removes_the_line_for_which_it_is_written() {
    let folder = folder(RULES);
    let from = folder.run(&["rules", "new", "--from", "a.txt:5", "--id", "ad/greeting"]).exits(0).stdout;
    assert_eq!(from, folder.run(&["rules", "new", "老街茶行祝您有個好心情！", "--id", "ad/greeting"]).stdout);
    assert!(
        from.starts_with("[[rule]]\nid = \"ad/greeting\"\n") && from.ends_with("spares = []\n"),
        "{from}"
    );
    folder.write("own/tea.toml", &from);
    let run = folder.run(&["check", "a.txt", "--rules", "own"]).exits(1);
    run.prints("a.txt:5:1: ad/greeting: 老街茶行祝您有個好心情！\n");
    let lint = folder.run(&["rules", "lint", "own"]).exits(1);
    lint.prints("own/tea.toml: ad/greeting: `spares` is empty: it needs lines that stay\n");
}

#[test]
fn what_is_no_line_gets_no_rule() {
    let folder = folder(RULES);
    for place in ["a.txt", "a.txt:x", "a.txt:99", "none.txt:1", "a.txt:2"] {
        folder.run(&["rules", "new", "--from", place]).exits(2).prints("");
    }
    qingwen(&["rules", "new", "茶", "--id", "tea"]).exits(2).says("the id does not begin with a category");
    qingwen(&["rules", "new"]).exits(2);
}

#[test]
fn findings_name_and_describe_the_rule() {
    let folder = folder(RULES);
    let check = ["check", "a.txt", "--rules", "own", "--output-format", "sarif"];
    let log: Value = serde_json::from_str(&folder.run(&check).exits(1).stdout).expect("SARIF");
    let run = &log["runs"][0];
    assert_eq!(run["results"][0]["ruleId"], "ad/tea");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let rule = rules.iter().find(|rule| rule["id"] == "ad/tea").expect("the rule");
    assert_eq!(rule["shortDescription"]["text"], "The greeting of a tea shop");
    let colored = folder.run(&["check", "a.txt", "--rules", "own", "--color", "always"]).exits(1).stdout;
    assert!(colored.contains("\u{1b}[31mad/tea"), "{colored}");
}
