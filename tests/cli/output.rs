//! `-o` and `--in-place`: a file is either complete or not there.

use std::fs;
use std::process::Command;

use crate::support::{ARTICLE, CLEAN, Folder, installed};

/// A text with nothing to clean.
const DONE: &str = "街坊說安靜了許多。\n";

#[test]
fn a_new_file_is_written() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&["clean", "a.txt", "-o", "new.txt"]).exits(0).prints("");
    assert_eq!(folder.read("new.txt"), CLEAN);
    assert_eq!(folder.names(), ["a.txt", "new.txt"]);
}

#[test]
fn an_existing_file_is_replaced_whole() {
    let folder = Folder::with(&[("a.txt", ARTICLE), ("old.txt", &"舊".repeat(5000))]);
    folder.run(&["clean", "a.txt", "--output", "old.txt"]).exits(0).prints("");
    assert_eq!(folder.read("old.txt"), CLEAN);
    assert_eq!(folder.names(), ["a.txt", "old.txt"]);
}

#[test]
fn the_output_may_be_the_input() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&["clean", "a.txt", "-o", "a.txt"]).exits(0);
    assert_eq!(folder.read("a.txt"), CLEAN);
}

/// Records that could not be read would be lost for good.
#[test]
fn an_input_with_a_faulty_record_is_not_replaced_by_its_result() {
    let records = "{\"text\":\"街坊說,好。\"}\n{\"text\":\n";
    let folder = Folder::with(&[("a.jsonl", records)]);
    let run = folder.run(&["clean", "a.jsonl", "-o", "a.jsonl"]).exits(2);
    assert!(run.stderr.contains("a.jsonl: left as it was"), "{}", run.stderr);
    assert_eq!((folder.read("a.jsonl").as_str(), folder.names()), (records, vec!["a.jsonl".to_owned()]));
    folder.run(&["clean", "a.jsonl", "-o", "b.jsonl"]).exits(2);
    assert_eq!(folder.read("b.jsonl"), "{\"text\":\"街坊說，好。\"}\n");
}

#[test]
fn all_inputs_go_to_one_output() {
    let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", DONE)]);
    folder.run(&["clean", "b.txt", "a.txt", "-o", "new.txt"]).exits(0);
    assert_eq!(folder.read("new.txt"), [DONE, CLEAN].concat());
}

#[test]
fn files_are_cleaned_in_place() {
    let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", "街坊說,好。")]);
    let run = folder.run(&["clean", "--in-place", "a.txt", "b.txt"]).exits(0).prints("");
    assert_eq!(run.stderr, "2 articles: 2 lines removed, 4 lines changed\n");
    assert_eq!((folder.read("a.txt").as_str(), folder.read("b.txt").as_str()), (CLEAN, "街坊說，好。"));
    assert_eq!(folder.names(), ["a.txt", "b.txt"]);
}

#[test]
fn one_bad_file_among_good_ones_stays_as_it_is() {
    let folder = Folder::with(&[("a.txt", ARTICLE), ("c.txt", ARTICLE)]);
    folder.write("b.txt", b"\xE7\x94\xB2,\xFF\n");
    let run = folder.run(&["clean", "-i", "a.txt", "b.txt", "missing.txt", "c.txt"]).exits(2);
    run.says("b.txt: not UTF-8 at byte 4").says("b.txt: left as it was").says("missing.txt: No such file");
    assert_eq!(folder.bytes("b.txt"), b"\xE7\x94\xB2,\xFF\n");
    assert_eq!((folder.read("a.txt").as_str(), folder.read("c.txt").as_str()), (CLEAN, CLEAN));
    assert_eq!(folder.names(), ["a.txt", "b.txt", "c.txt"]);
}

#[test]
fn a_file_of_records_with_a_bad_one_stays_as_it_is() {
    let bad = "{\"text\":\"街坊說,好。\"}\n{\"body\":1}\n";
    let folder = Folder::with(&[("a.jsonl", bad), ("b.txt", ARTICLE)]);
    folder
        .run(&["clean", "-i", "a.jsonl", "b.txt"])
        .exits(2)
        .says("a.jsonl:2: ")
        .says("a.jsonl: left as it was");
    assert_eq!((folder.read("a.jsonl").as_str(), folder.read("b.txt").as_str()), (bad, CLEAN));
}

#[test]
fn standard_input_cannot_be_replaced() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run_with(&["clean", "-i", "-", "a.txt"], ARTICLE).exits(2).says("standard input").prints("");
    assert_eq!(folder.read("a.txt"), CLEAN);
    folder.run_with(&["clean", "-i"], ARTICLE).exits(2).says("<PATHS>");
}

#[test]
fn one_cannot_have_both_an_output_and_in_place() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    for command in ["clean", "convert"] {
        let run = folder.run(&[command, "a.txt", "--to", "hans", "-i", "-o", "new.txt"]).exits(2);
        run.says("--in-place").says("--output");
    }
    assert_eq!(folder.names(), ["a.txt"]);
    assert_eq!(folder.read("a.txt"), ARTICLE);
}

#[test]
fn an_output_that_cannot_be_made_is_named() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    fs::create_dir(folder.path("folder")).expect("a folder");
    for output in ["none/new.txt", "folder"] {
        folder.run(&["clean", "a.txt", "-o", output]).exits(2).says(output).prints("");
        folder.run(&["clean", "a.txt", "--report", output]).exits(2).says(output);
        folder.run(&["clean", "a.txt", "--removed", output]).exits(2).says(output);
    }
    assert_eq!(folder.names(), ["a.txt", "folder"]);
}

/// An incomplete result, even an empty one, does not replace an existing file.
#[test]
fn an_output_stays_where_no_input_could_be_read() {
    let folder = Folder::with(&[("old.txt", DONE)]);
    folder.run(&["clean", "missing.txt", "-o", "old.txt"]).exits(2).says("missing.txt: ");
    assert_eq!(folder.read("old.txt"), DONE);
    assert_eq!(folder.names(), ["old.txt"]);
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    fn mode(folder: &Folder, name: &str) -> u32 {
        fs::metadata(folder.path(name)).expect("a file").permissions().mode() & 0o777
    }

    fn set_mode(folder: &Folder, name: &str, mode: u32) {
        fs::set_permissions(folder.path(name), fs::Permissions::from_mode(mode)).expect("permissions");
    }

    #[test]
    fn permissions_carry_over() {
        for bits in [0o600, 0o640, 0o755] {
            let folder = Folder::with(&[("a.txt", ARTICLE), ("old.txt", "舊")]);
            set_mode(&folder, "old.txt", bits);
            set_mode(&folder, "a.txt", bits);
            folder.run(&["clean", "a.txt", "-o", "old.txt"]).exits(0);
            folder.run(&["clean", "a.txt", "-i"]).exits(0);
            assert_eq!((mode(&folder, "old.txt"), mode(&folder, "a.txt")), (bits, bits));
            assert_eq!((folder.read("old.txt").as_str(), folder.read("a.txt").as_str()), (CLEAN, CLEAN));
        }
    }

    #[test]
    fn a_new_file_has_the_permissions_of_any_new_file() {
        let folder = Folder::with(&[("a.txt", ARTICLE)]);
        folder.run(&["clean", "a.txt", "-o", "new.txt"]).exits(0);
        assert_eq!(mode(&folder, "new.txt"), mode(&folder, "a.txt"));
    }

    #[test]
    fn a_link_is_followed() {
        let folder = Folder::with(&[("a.txt", ARTICLE), ("target.txt", "舊"), ("b.txt", ARTICLE)]);
        symlink("target.txt", folder.path("link")).expect("a link");
        symlink("b.txt", folder.path("link to b")).expect("a link");
        folder.run(&["clean", "a.txt", "-o", "link"]).exits(0);
        folder.run(&["clean", "-i", "link to b"]).exits(0);
        for (link, target) in [("link", "target.txt"), ("link to b", "b.txt")] {
            assert_eq!(fs::read_link(folder.path(link)).expect("still a link").to_str(), Some(target));
            assert_eq!(folder.read(target), CLEAN);
        }
    }

    #[test]
    fn a_file_with_nothing_to_clean_is_not_rewritten() {
        let folder = Folder::with(&[("a.txt", DONE), ("b.txt", "街坊說,好。\n")]);
        let state = |name: &str| {
            let metadata = fs::metadata(folder.path(name)).expect("a file");
            (metadata.ino(), metadata.mtime(), metadata.mtime_nsec())
        };
        let before = [state("a.txt"), state("b.txt")];
        folder.run(&["clean", "-i", "a.txt", "b.txt"]).exits(0);
        assert_eq!(state("a.txt"), before[0]);
        assert_ne!(state("b.txt"), before[1]);
        assert_eq!(folder.read("a.txt"), DONE);
    }

    #[test]
    fn a_device_is_written_and_not_replaced() {
        let folder = Folder::with(&[("a.txt", ARTICLE)]);
        folder.run(&["clean", "a.txt", "-o", "/dev/null"]).exits(0).prints("");
        assert!(!fs::metadata("/dev/null").expect("a device").is_file());
    }

    /// The shell limits the size of files, so the write fails half-way, as on a full disk.
    #[test]
    fn a_write_that_fails_leaves_the_old_file() {
        let Some(shell) = installed("sh") else { return };
        let folder = Folder::with(&[("old.txt", DONE), ("big.txt", &"街坊說,好。\n".repeat(50_000))]);
        let limited = "trap '' XFSZ; ulimit -f 8; exec \"$@\"";
        for args in [&["clean", "big.txt", "-o", "old.txt"][..], &["clean", "-i", "big.txt"]] {
            let output = Command::new(&shell)
                .args([
                    "-c",
                    limited,
                    "sh",
                    assert_cmd::cargo::cargo_bin!("qingwen").to_str().expect("UTF-8"),
                ])
                .args(args)
                .current_dir(folder.path(""))
                .output()
                .expect("the shell runs");
            let message = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{message}");
            assert!(message.contains("File too large"), "{message}");
            assert_eq!(folder.read("old.txt"), DONE);
            assert_eq!(folder.read("big.txt").len(), "街坊說,好。\n".len() * 50_000);
            assert_eq!(folder.names(), ["big.txt", "old.txt"]);
        }
    }
}

#[cfg(target_os = "linux")]
mod linux {
    use super::*;

    #[test]
    fn a_full_device_is_an_error_that_names_it() {
        let records = "{\"text\":\"街坊說,好。\\n分享到:\"}\n{}\n";
        let folder = Folder::with(&[("a.jsonl", records)]);
        for option in ["-o", "--report", "--removed", "--report-html", "--rejects", "--stats"] {
            folder
                .run(&["clean", "a.jsonl", option, "/dev/full"])
                .exits(2)
                .says("No space left")
                .says("/dev/full");
        }
        assert_eq!(folder.read("a.jsonl"), records);
        assert_eq!(folder.names(), ["a.jsonl"]);
    }

    /// No one can create a file beside a process's command line, which can be read like any other file.
    #[test]
    fn a_file_that_cannot_be_replaced_does_not_stop_the_others() {
        let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", ARTICLE)]);
        let text = "老街夜市\n分享到:\n";
        let args = ["clean", "-i", "a.txt", "/proc/self/cmdline", "b.txt", "--protect", text];
        folder.run(&args).exits(2).says("/proc/self/cmdline: ");
        assert_eq!((folder.read("a.txt").as_str(), folder.read("b.txt").as_str()), (CLEAN, CLEAN));
    }
}

#[test]
fn two_outputs_never_share_a_file() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    for args in [
        &["clean", "-i", "a.txt", "--removed", "a.txt"][..],
        &["clean", "a.txt", "-o", "z", "--report", "./z"],
        &["clean", "a.txt", "--report", "z", "--removed", "z"],
    ] {
        folder.run(args).exits(2).prints("").says("names the same file as");
        assert_eq!(folder.read("a.txt"), ARTICLE);
        assert_eq!(folder.names(), ["a.txt"]);
    }
    folder.run(&["clean", "a.txt", "--report", "/dev/null", "--removed", "/dev/null"]).exits(0).prints(CLEAN);
}

#[test]
fn inputs_do_not_run_together_in_one_line() {
    let folder = Folder::with(&[("a.jsonl", r#"{"text":"甲甲甲"}"#), ("b.jsonl", r#"{"text":"乙乙乙"}"#)]);
    let expected = "{\"text\":\"甲甲甲\"}\n{\"text\":\"乙乙乙\"}";
    folder.run(&["clean", "a.jsonl", "b.jsonl", "-q"]).exits(0).prints(expected);
}

#[test]
fn a_long_line_that_grows_is_converted_in_linear_time() {
    let line = "电脑的内存坏了软件质量都有问题".repeat(20_000);
    let folder = Folder::with(&[("a.txt", &line)]);
    folder.run(&["clean", "--to", "twp", "a.txt", "-o", "b.txt"]).exits(0);
    assert!(folder.read("b.txt").starts_with("電腦的記憶體壞了軟體"));
}
