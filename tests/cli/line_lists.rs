//! `--keep-lines` and `--remove-lines`.

use crate::support::{Folder, of_type};

const PAGE: &str =
    "老街夜市搬走了\n\n夜市在上個月搬走，街坊說安靜了許多。\n\n老街茶行祝您有個好心情！\n\n分享到：\n";

#[test]
fn a_listed_line_goes_in_either_script_and_the_report_names_the_list() {
    let folder = Folder::with(&[("a.txt", PAGE), ("no.txt", "# 茶行\n老街茶行祝您有个好心情\n")]);
    let run =
        folder.run(&["clean", "a.txt", "--remove-lines", "no.txt", "--report", "r.jsonl", "-q"]).exits(0);
    assert!(!run.stdout.contains("茶行") && run.stdout.contains("街坊"), "{}", run.stdout);
    let records = folder.records("r.jsonl");
    let removal = of_type(&records, "removal").into_iter().find(|record| record["rule"] == "user/line");
    let removal = removal.expect("a removal by the list");
    assert_eq!((removal["line"].as_u64(), removal["category"].as_str()), (Some(5), Some("user")));
    assert_eq!(removal["evidence"]["list"], "no.txt");
    assert_eq!(removal["evidence"]["list_line"], 2);
    assert!(folder.run(&["clean", "a.txt", "-q"]).stdout.contains("茶行"));
}

#[test]
fn every_profile_removes_a_listed_line_and_keep_spares_it() {
    let folder = Folder::with(&[("a.txt", PAGE), ("no.txt", "老街茶行祝您有個好心情\n")]);
    let clean = |more: &[&str]| {
        let args = [&["clean", "a.txt", "-q", "--remove-lines", "no.txt"], more].concat();
        folder.run(&args).exits(0).stdout
    };
    for profile in ["article", "corpus", "light"] {
        assert!(!clean(&["--profile", profile]).contains("茶行"), "{profile}");
    }
    assert!(clean(&["--keep", "user/line"]).contains("茶行"));
    assert!(clean(&["--keep", "user"]).contains("茶行"));
}

#[test]
fn a_line_to_keep_stays_whatever_speaks_against_it() {
    let page = format!("{PAGE}老街夜市搬走了\n");
    let folder = Folder::with(&[
        ("a.txt", page.as_str()),
        ("keep.txt", "分享到\n老街夜市搬走了\n老街茶行祝您有個好心情\n"),
        ("no.txt", "老街茶行祝您有個好心情\n"),
    ]);
    let run = folder.run(&["clean", "a.txt", "-q", "--keep-lines", "keep.txt", "--remove-lines", "no.txt"]);
    run.exits(0).prints(&page);
}

/// Mending changes the key of `&middot;`. The line is listed as it stands in the source.
#[test]
fn a_line_to_keep_is_known_as_it_stands_in_the_source_and_as_it_becomes() {
    let page = "老街夜市搬走了\n街坊說安靜了許多。\n分享到&middot;微博\n";
    for listed in ["分享到&middot;微博\n", "分享到·微博\n"] {
        let folder = Folder::with(&[("a.txt", page), ("keep.txt", listed)]);
        let run = folder.run(&["clean", "a.txt", "-q", "--keep-lines", "keep.txt"]).exits(0);
        assert!(run.stdout.contains("分享到·微博"), "{listed}: {}", run.stdout);
    }
    let folder = Folder::with(&[("a.txt", page)]);
    assert!(!folder.run(&["clean", "a.txt", "-q"]).stdout.contains("分享到"));
}

#[test]
fn check_and_diff_know_the_lists() {
    let folder =
        Folder::with(&[("a.txt", PAGE), ("no.txt", "老街茶行祝您有個好心情\n"), ("keep.txt", "分享到")]);
    let check =
        folder.run(&["check", "a.txt", "--remove-lines", "no.txt", "--keep-lines", "keep.txt"]).exits(1);
    check.prints("a.txt:5:1: user/line: 老街茶行祝您有個好心情！\n");
    let diff = folder.run(&["diff", "a.txt", "--remove-lines", "no.txt"]).exits(1);
    assert!(diff.stdout.contains("user/line") && diff.stdout.contains("-老街茶行"), "{}", diff.stdout);
}

#[test]
fn a_list_that_cannot_be_read_is_named() {
    let folder = Folder::with(&[("a.txt", PAGE)]);
    folder.run(&["clean", "a.txt", "--keep-lines", "none.txt"]).exits(2).prints("").says("none.txt: ");
}
