//! No option eats a file: reports replace only reports, and nothing appears where nothing was read.

use crate::support::{ARTICLE, CLEAN, Folder};

/// The options that write files beside the texts.
const OPTIONS: [&str; 3] = ["--report", "--report-html", "--removed"];

#[test]
fn a_report_does_not_replace_a_file_that_is_none() {
    for option in OPTIONS {
        let folder = Folder::with(&[("a.txt", ARTICLE), ("other.txt", "別的文章。\n")]);
        let run = folder.run(&["clean", "a.txt", option, "other.txt"]).exits(2).prints("");
        run.says("other.txt: is not").says(&format!("--force lets {option} replace it"));
        assert_eq!(folder.read("other.txt"), "別的文章。\n");
        assert_eq!(folder.names(), ["a.txt", "other.txt"]);
    }
}

#[test]
fn force_replaces_any_file() {
    for option in OPTIONS {
        let folder = Folder::with(&[("a.txt", ARTICLE), ("other.txt", "別的文章。\n")]);
        folder.run(&["clean", "a.txt", "--force", option, "other.txt"]).exits(0).prints(CLEAN);
        assert!(!folder.read("other.txt").contains("別的文章"), "{option}");
    }
}

#[test]
fn a_report_replaces_a_report_of_its_kind_and_an_empty_file() {
    for option in OPTIONS {
        let folder = Folder::with(&[("a.txt", ARTICLE), ("out", ""), ("b.txt", "街坊說安靜。\n分享到:\n")]);
        folder.run(&["clean", "a.txt", option, "out"]).exits(0);
        let first = folder.read("out");
        folder.run(&["clean", "b.txt", option, "out"]).exits(0);
        assert_ne!(folder.read("out"), first, "{option}");
        for other in OPTIONS.iter().filter(|other| **other != option) {
            folder.run(&["clean", "a.txt", other, "out"]).exits(2).says("out: is not");
        }
    }
}

#[test]
fn no_file_appears_where_nothing_was_read() {
    for option in OPTIONS {
        let folder = Folder::with(&[("a.txt", ARTICLE)]);
        folder.run(&["clean", "missing.txt", option, "out"]).exits(2).says("missing.txt");
        assert_eq!(folder.names(), ["a.txt"], "{option}");
        folder.run(&["clean", "a.txt", option, "out"]).exits(0);
        let before = folder.read("out");
        folder.run(&["clean", "missing.txt", option, "out"]).exits(2);
        assert_eq!(folder.read("out"), before, "{option}");
    }
}

#[test]
fn a_report_says_what_is_wrong_with_all_records() {
    let folder = Folder::with(&[("a.jsonl", "{\"text\":\n")]);
    folder.run(&["clean", "a.jsonl", "--report", "out"]).exits(2);
    assert_eq!(folder.records("out")[0]["type"], "error");
}

/// A list of words is a file like any other for `--output`, and it would be gone.
#[test]
fn an_output_does_not_replace_a_file_that_the_run_reads() {
    let words = "老街\t老街\n";
    let folder = Folder::with(&[("a.txt", ARTICLE), ("words.txt", words), ("lines.txt", "街坊\n")]);
    folder.write("qingwen.toml", "keep-lines = [\"lines.txt\"]\n");
    for (args, file) in [
        (&["clean", "a.txt", "--dict", "words.txt", "-o", "words.txt"][..], "words.txt"),
        (&["convert", "--to", "tw", "a.txt", "--dict", "words.txt", "-o", "./words.txt"], "words.txt"),
        (&["clean", "a.txt", "-o", "lines.txt"], "lines.txt"),
        (&["clean", "a.txt", "-o", "qingwen.toml"], "qingwen.toml"),
    ] {
        let before = folder.read(file);
        folder.run(args).exits(2).prints("").says("this run reads it, and its output would replace it");
        assert_eq!(folder.read(file), before, "{args:?}");
    }
}
