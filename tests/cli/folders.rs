//! Folders of files, results in folders, and what could not be processed.

use std::fs;

use crate::support::{ARTICLE, CLEAN, Folder};

/// A folder `in` with articles and other files.
fn articles() -> Folder {
    let folder = Folder::new();
    for name in ["in/a.txt", "in/b/c.txt", "in/b/.hidden.txt", "in/p.png", "in/notes.log", "in/drafts/d.txt"]
    {
        let path = folder.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        fs::write(path, ARTICLE).expect("a file is written");
    }
    folder
}

fn exists(folder: &Folder, names: &[&str]) -> Vec<bool> {
    names.iter().map(|name| folder.path(name).exists()).collect()
}

#[test]
fn the_results_have_the_same_tree() {
    let folder = articles();
    folder.write("in/.qingwenignore", "drafts\n");
    folder
        .run(&["clean", "in", "--output-dir", "out"])
        .exits(0)
        .says("in: 2 files are left out, whose names tell no format that is read (1 with .log, 1 with .png)")
        .says("2 articles");
    assert_eq!((folder.read("out/a.txt"), folder.read("out/b/c.txt")), (CLEAN.to_owned(), CLEAN.to_owned()));
    assert_eq!(exists(&folder, &["out/drafts/d.txt", "out/b/.hidden.txt", "out/p.png"]), [false; 3]);
    assert_eq!(folder.names(), ["in", "out"]);
}

/// Neither reading nor replacing follows a link in a folder, wherever it leads.
#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_a_folder() {
    use std::os::unix::fs::symlink;

    let folder = Folder::with(&[("secret.txt", ARTICLE)]);
    for name in ["in", "other"] {
        fs::create_dir(folder.path(name)).expect("a folder");
    }
    folder.write("in/a.txt", ARTICLE);
    folder.write("other/b.txt", ARTICLE);
    symlink("../secret.txt", folder.path("in/link.txt")).expect("a link");
    symlink("../other", folder.path("in/folder")).expect("a link");
    folder.run(&["clean", "in", "--output-dir", "out", "--glob", "*"]).exits(0).says("1 article: ");
    assert_eq!(exists(&folder, &["out/a.txt", "out/link.txt", "out/folder"]), [true, false, false]);
    folder.run(&["clean", "-i", "in"]).exits(0);
    assert_eq!(folder.read("in/a.txt"), CLEAN);
    assert_eq!((folder.read("secret.txt"), folder.read("other/b.txt")), (ARTICLE.into(), ARTICLE.into()));
}

/// A path that leads upwards gives a result in the folder for results all the same.
#[test]
fn results_stand_in_their_folder() {
    let folder = articles();
    fs::create_dir(folder.path("work")).expect("a folder");
    let mut command = folder.command(&["clean", "../in", "../in/notes.log", "--output-dir", "out"]);
    command.current_dir(folder.path("work")).assert().success();
    assert_eq!(exists(&folder, &["work/out/b/c.txt", "work/out/notes.log"]), [true, true]);
    assert_eq!(folder.names(), ["in", "work"]);
}

#[test]
fn globs_choose_files() {
    let folder = articles();
    folder.run(&["clean", "in", "--output-dir", "out", "--glob", "*.log", "--glob", "a.txt"]).exits(0);
    assert_eq!(exists(&folder, &["out/a.txt", "out/notes.log", "out/b/c.txt"]), [true, true, false]);
    folder.run(&["clean", "in", "--output-dir", "other", "--glob", "!b", "-q"]).exits(0);
    assert_eq!(exists(&folder, &["other/a.txt", "other/drafts/d.txt", "other/b"]), [true, true, false]);
    folder.run(&["clean", "in", "--glob", "{a"]).exits(2).says("--glob {a:");
}

/// What a run has written into the folder is no input of the next run.
#[test]
fn results_are_no_inputs() {
    let folder = articles();
    for _ in 0..2 {
        folder
            .run(&["clean", "in", "--output-dir", "in/out", "--report", "in/report.jsonl"])
            .says("3 articles");
    }
    assert_eq!(exists(&folder, &["in/out/a.txt", "in/out/out", "in/out/report.jsonl"]), [true, false, false]);
}

#[test]
fn two_inputs_never_have_one_result() {
    let folder = articles();
    folder
        .run(&["clean", "in/a.txt", "in", "--output-dir", "out"])
        .exits(2)
        .says("out/a.txt: would be the result of in/a.txt and of in/a.txt");
    folder
        .run(&["clean", "in", "--output-dir", "in"])
        .exits(2)
        .says("is an input; --in-place replaces inputs");
    assert_eq!(folder.read("in/a.txt"), ARTICLE);
}

#[test]
fn check_and_diff_take_folders() {
    let folder = articles();
    let checked = folder.run(&["check", "in"]).exits(1);
    assert!(
        checked.stdout.contains("in/b/c.txt:") && checked.stdout.contains("in/drafts/d.txt:"),
        "{checked:?}"
    );
    let shown = folder.run(&["diff", "in"]).exits(1);
    assert!(shown.stdout.contains("+++ in/b/c.txt"), "{shown:?}");
}

/// An input that cannot be read has no result, and the others have theirs.
#[test]
fn what_cannot_be_processed_goes_to_the_rejects() {
    let folder = articles();
    folder.write("in/page.txt", [0xFF, 0x00, 0x01, 0x02]);
    folder.write("in/records.jsonl", "{\"id\":\"甲\",\"text\":\"好。\"}\n{\"id\":\"乙\"\n{\"text\":3}\n");
    folder.run(&["clean", "in", "--output-dir", "out", "--rejects", "rejects.jsonl", "-q"]).exits(2);
    assert_eq!(exists(&folder, &["out/a.txt", "out/page.txt", "out/records.jsonl"]), [true, false, true]);
    let rejects = folder.records("rejects.jsonl");
    let of = |doc: &str| {
        rejects.iter().find(|reject| reject["doc"] == doc).unwrap_or_else(|| panic!("{rejects:?}"))
    };
    assert_eq!(rejects.len(), 3, "{rejects:?}");
    assert!(of("in/page.txt")["source"].is_null());
    assert_eq!(of("in/records.jsonl:2")["source"], "{\"id\":\"乙\"\n");
    assert!(of("in/records.jsonl:3")["message"].as_str().expect("a message").contains("is not a string"));
}

/// A record that is not UTF-8 comes back from Base64.
#[test]
fn bytes_of_rejects_are_exact() {
    let folder = Folder::new();
    folder.write("a.jsonl", b"{\"text\":\"\xE5\xA5\xBD\"}\n{\"text\":\"\xFF\"}\n");
    let args = ["clean", "a.jsonl", "--strict", "--rejects", "r.jsonl", "-o", "b.jsonl", "-q"];
    folder.run(&args).exits(2);
    assert_eq!(folder.records("r.jsonl")[0]["source_base64"], "eyJ0ZXh0Ijoi/yJ9Cg==");
}

#[test]
fn the_summary_is_written_as_json() {
    let folder = articles();
    folder.run(&["clean", "in", "--output-dir", "out", "--stats", "stats.json", "-q"]).exits(0);
    let stats: serde_json::Value = serde_json::from_str(&folder.read("stats.json")).expect("JSON");
    assert_eq!((&stats["documents"], &stats["categories"]["share"]["lines"]), (&3.into(), &3.into()));
}

#[test]
fn messages_are_json_lines_if_asked() {
    let folder = Folder::with(&[("a.jsonl", "{\n"), ("b.txt", ARTICLE)]);
    let run = folder.run(&["clean", "-q", "--log-format", "json", "--verbose", "a.jsonl", "b.txt"]).exits(2);
    let messages: Vec<serde_json::Value> =
        run.stderr.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let levels: Vec<&str> = messages.iter().filter_map(|message| message["level"].as_str()).collect();
    assert!(levels.contains(&"ERROR") && levels.contains(&"DEBUG"), "{messages:?}");
    assert!(messages.iter().any(|message| message["message"] == "b.txt: text"), "{messages:?}");
}

/// The links name files and folders that nobody named on the command line.
#[cfg(unix)]
#[test]
fn no_result_is_written_through_a_link_out_of_the_folder() {
    use std::os::unix::fs::symlink;

    for (link, target) in
        [("a.txt", "../secret.txt"), ("b", "../other"), ("b", "../other/none"), ("a.txt", "none")]
    {
        let folder = Folder::with(&[("secret.txt", "甲\n")]);
        for name in ["in/b", "out", "other"] {
            std::fs::create_dir_all(folder.path(name)).expect("a folder");
        }
        folder.write("in/a.txt", ARTICLE);
        folder.write("in/b/c.txt", ARTICLE);
        symlink(target, folder.path("out").join(link)).expect("a link");
        let run = folder.run(&["clean", "--output-dir", "out", "in"]).exits(2);
        assert!(run.stderr.contains("cannot be written"), "{link} → {target}: {}", run.stderr);
        assert_eq!(folder.read("secret.txt"), "甲\n");
        assert_eq!(std::fs::read_dir(folder.path("other")).expect("a folder").count(), 0);
    }
    // Within the folder a link may lead where it likes, and the folder itself may be one.
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    std::fs::create_dir_all(folder.path("real/in")).expect("a folder");
    symlink("real", folder.path("out")).expect("a link");
    symlink("in/b.txt", folder.path("real/a.txt")).expect("a link");
    folder.write("real/in/b.txt", "甲\n");
    folder.run(&["clean", "--output-dir", "out", "a.txt"]).exits(0);
    assert_eq!(folder.read("real/in/b.txt"), CLEAN);
}
