//! `qingwen rules` and `qingwen explain`.

use serde_json::Value;

use crate::support::{qingwen, records};

const CATEGORIES: [&str; 11] =
    ["repeat", "share", "follow", "related", "nav", "legal", "ad", "residue", "metadata", "user", "corpus"];

fn rules() -> Vec<Value> {
    records(&qingwen(&["rules", "--json"]).exits(0).stdout)
}

fn field<'r>(rule: &'r Value, name: &str) -> &'r str {
    rule[name].as_str().unwrap_or_else(|| panic!("{name} of {rule}"))
}

#[test]
fn rules_are_sorted_by_category_and_id() {
    let rules = rules();
    let place = |rule: &Value| {
        CATEGORIES.iter().position(|category| rule["category"] == *category).expect("a category")
    };
    let keys: Vec<_> = rules.iter().map(|rule| (place(rule), field(rule, "id"))).collect();
    assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
    for category in CATEGORIES {
        assert!(rules.iter().any(|rule| rule["category"] == category), "no rule in {category}");
    }
    for rule in &rules {
        // The ids of the line model's rules start with its name, followed by their category.
        let id = field(rule, "id");
        assert_eq!(id.strip_prefix("model/").or(id.split('/').next()), Some(field(rule, "category")));
    }
}

#[test]
fn the_table_has_a_row_for_each_rule() {
    let run = qingwen(&["rules"]).exits(0);
    let expected: Vec<_> =
        rules().iter().map(|rule| format!("{:<28} {}", field(rule, "id"), field(rule, "title"))).collect();
    assert_eq!(run.stdout.lines().collect::<Vec<_>>(), expected);
    assert!(run.stdout.contains("share/bar                    A bar of sharing buttons\n"), "{}", run.stdout);
}

#[test]
fn every_rule_has_its_page() {
    for rule in rules() {
        let id = field(&rule, "id");
        let page = qingwen(&["explain", id]).exits(0).stdout;
        assert!(page.starts_with(&format!("{id}\n    {}\n\nWhy\n    ", field(&rule, "title"))), "{page}");
        let category = field(&rule, "category");
        let off = format!("To keep such lines: --keep {id}, or --keep {category} for the whole category");
        assert!(page.lines().last().is_some_and(|line| line.starts_with(&off)), "{page}");
        let (_, problems) = page.split_once("\nKnown problems\n    ").expect("known problems");
        assert!(problems.split_whitespace().next() == field(&rule, "problems").split_whitespace().next());
        let (removed, kept) = page.split_once("\nNot removed\n").expect("examples of both kinds");
        for (list, part) in [("matches", removed), ("spares", kept)] {
            let examples = rule[list].as_array().expect("examples");
            assert!(!examples.is_empty(), "{id} has no {list}");
            for example in examples.iter().filter_map(Value::as_str) {
                assert!(part.contains(&format!("    {example}\n")), "{example} in {page}");
            }
        }
    }
}

#[test]
fn a_category_is_told_from_a_rule() {
    let run = qingwen(&["explain", "share"]).exits(2).prints("");
    assert!(
        run.stderr.starts_with("qingwen: share is a category; its rules are model/share, share/bar, "),
        "{}",
        run.stderr
    );
}

#[test]
fn the_line_model_is_told_from_a_rule() {
    let run = qingwen(&["explain", "model"]).exits(2).prints("");
    assert!(run.stderr.contains("its rules are model/"), "{}", run.stderr);
    assert!(run.stderr.contains("model/nav") && !run.stderr.contains("share/bar"), "{}", run.stderr);
}

#[test]
fn an_unknown_rule_is_named() {
    for name in ["share/none", ""] {
        let run = qingwen(&["explain", name]).exits(2).prints("");
        assert_eq!(
            run.stderr,
            format!("qingwen: no category or rule named {name:?}; `qingwen rules` lists them\n")
        );
    }
}

#[test]
fn a_misspelt_name_is_answered_with_the_one_that_is_meant() {
    for (name, meant) in
        [("share/barr", "share/bar"), ("repeat/captions", "repeat/caption"), ("shares", "share")]
    {
        qingwen(&["explain", name]).exits(2).says(&format!("; did you mean {meant}?"));
    }
}

#[test]
fn names_in_reports_that_are_no_rules_are_explained_too() {
    for name in ["guard/kept", "script", "punctuation", "blank", "byte-order-mark"] {
        let page = qingwen(&["explain", name]).exits(0).stdout;
        assert!(page.starts_with(&format!("{name}\n    ")), "{page}");
    }
}

/// The names of the guards, as listed on the page of a rule to which they apply.
fn guards() -> Vec<String> {
    let page = qingwen(&["explain", "repeat/line"]).exits(0).stdout;
    let (_, list) = page.split_once("\nSpared by\n    ").expect("guards");
    list.lines().next().unwrap_or_default().split(", ").map(str::to_owned).collect()
}

#[test]
fn every_guard_has_its_page() {
    let guards = guards();
    assert!(guards.len() >= 8, "{guards:?}");
    for id in guards {
        let page = qingwen(&["explain", &id]).exits(0).stdout;
        assert!(
            page.starts_with(&format!("{id}\n    ")) && page.contains("\nKnown problems\n    "),
            "{page}"
        );
    }
    let run = qingwen(&["explain", "guard/none"]).exits(2).prints("");
    assert!(
        run.stderr.starts_with("qingwen: no guard named \"none\"; the guards are guard/short, "),
        "{}",
        run.stderr
    );
}

/// docs/rules.md contains the output of `explain` for every rule. `UPDATE=1 cargo test --test cli rules` rewrites it.
#[test]
fn the_manual_holds_every_page() {
    let mut manual =
        "# Rules\n\nWhat `qingwen explain RULE` prints, for every rule, every guard and every other name in reports. Written by \
                      `UPDATE=1 cargo test --test cli rules` from `dictionaries/`; not by hand.\n"
            .to_owned();
    let rules = rules();
    let ids = rules.iter().map(|rule| field(rule, "id").to_owned());
    let names = ["guard/kept", "script", "punctuation", "blank", "byte-order-mark"].map(str::to_owned);
    for id in ids.chain(guards()).chain(names) {
        let page = qingwen(&["explain", &id]).exits(0).stdout;
        manual.push_str(&format!("\n## {id}\n\n```text\n{}\n```\n", page.trim_end()));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &manual).expect("docs/rules.md is written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == manual, "docs/rules.md is not in step: UPDATE=1 cargo test --test cli rules");
}

/// `explain --line` tells which policies spoke of a line, and how to keep it.
#[test]
fn the_history_of_a_line_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    let text = "老街夜市搬走了\n夜市在上個月搬走，街坊說安靜了許多。\n老街夜市搬走了\n分享到：\n";
    std::fs::write(&file, text).unwrap();
    let path = file.to_str().unwrap();
    let told = qingwen(&["explain", "--line", "4", path]).exits(0);
    let told = told.stdout;
    assert!(told.starts_with("line 4: 分享到：\n  round 1  patterns          share/bar\n"), "{told}");
    assert!(told.contains("Removed by share/bar.\nTo keep such lines: --keep share/bar"), "{told}");
    let told = qingwen(&["explain", "--line", "2", path]).exits(0);
    assert!(told.stdout.ends_with("The line stays.\n"));
    std::fs::write(
        &file,
        b"\xC0\xCF\xBD\xD6\xD2\xB9\xCA\xD0\xB0\xE1\xD7\xDF\xC1\xCB\n\xB7\xD6\xCF\xED\xB5\xBD\xA3\xBA\n",
    )
    .unwrap();
    let told = qingwen(&["explain", "--line", "1", path]).exits(0);
    assert!(told.stdout.starts_with("line 1: 老街夜市搬走了\n"), "{}", told.stdout);
    std::fs::write(&file, text).unwrap();
    let failed = qingwen(&["explain", "--line", "9", path]).exits(2);
    assert!(failed.stderr.contains("no line 9; it has 4"));
}
