//! `--threads`: the output is the same for any number of threads, byte for byte.

use serde_json::json;

use crate::support::{ARTICLE, Folder, Run, qingwen};

/// Records of all sizes. Some of them are broken.
fn records(count: usize) -> Vec<u8> {
    let mut lines = Vec::new();
    for number in 0..count {
        let text = format!("{ARTICLE}这里的第{number}位街坊說,好。\n").repeat(1 + number % 5);
        let record = json!({"id": number, "title": format!("第{number}篇"), "text": text});
        match number % 50 {
            7 => lines.extend(b"{\"text\":\"\n".to_vec()),
            17 => lines.extend(b"{\"head\":\"\"}\n".to_vec()),
            27 => lines.extend(b"{\"text\":\"\xFF\"}\n".to_vec()),
            37 => lines.extend(b"  \r\n".to_vec()),
            _ => lines.extend(format!("{record}\n").into_bytes()),
        }
    }
    lines
}

/// Files of each format, including a broken one and a missing one.
fn folder() -> (Folder, Vec<String>) {
    let folder = Folder::new();
    let mut names = Vec::new();
    for number in 0..24 {
        let name = format!("{number}.txt");
        folder.write(&name, format!("{ARTICLE}第{number}位街坊說,好。\n").repeat(1 + number % 7 * 4));
        names.push(name);
    }
    folder.write("broken.txt", b"\xE7\x94");
    folder.write("many.jsonl", records(180));
    folder.write("few.jsonl", records(5));
    names.insert(3, "broken.txt".into());
    names.insert(9, "missing.txt".into());
    names.insert(15, "many.jsonl".into());
    names.insert(22, "few.jsonl".into());
    (folder, names)
}

/// Everything that a run leaves: its output, and the files in its folder.
fn left(args: &[&str], threads: &str) -> (i32, String, String, Vec<(String, Vec<u8>)>) {
    let (folder, names) = folder();
    let inputs = names.iter().map(String::as_str);
    let all: Vec<&str> = args.iter().copied().chain(["--threads", threads]).chain(inputs).collect();
    let Run { code, stdout, stderr } = folder.run(&all);
    let files = folder.names().into_iter().map(|name| {
        let bytes = folder.bytes(&name);
        let timeless =
            if name == "report.jsonl" || name == "report.html" { without_time(bytes) } else { bytes };
        (name, timeless)
    });
    (code, stdout, stderr, files.collect())
}

/// The same without the duration of the run.
fn without_time(bytes: Vec<u8>) -> Vec<u8> {
    let text = String::from_utf8(bytes).expect("UTF-8");
    let (before, behind) = text.rsplit_once("\"seconds\":").expect("a summary");
    let (_, behind) = behind.split_once('}').expect("its end");
    [before, behind].concat().into_bytes()
}

#[test]
fn all_is_the_same_for_any_number_of_threads() {
    let reports = ["--report", "report.jsonl", "--report-html", "report.html", "--removed", "removed.jsonl"];
    let clean = [&["clean", "--metadata-field", "about", "-o", "out"][..], &reports].concat();
    for args in [
        &clean[..],
        &["clean", "--report", "-", "--title-field", "title"],
        &["clean", "-i", "--report", "report.jsonl"],
        &["convert", "--to", "hans"],
        &["convert", "-c", "t2s"],
        &["convert", "-c", "t2s", "-i"],
        &["check"],
        &["check", "--output-format", "github", "--title-field", "title"],
        &["clean", "--report", "report.jsonl", "--report-level", "article"],
        &["diff"],
        &["diff", "--color", "always"],
        &["inspect", "--to", "tw"],
        &["inspect", "--json"],
    ] {
        let one = left(args, "1");
        assert_eq!(one.0, 2, "{args:?}: {}", one.2);
        assert!(one.2.contains("many.jsonl:28: not UTF-8 at byte 9"), "{args:?}: {}", one.2);
        for threads in ["2", "5"] {
            assert!(left(args, threads) == one, "{args:?} with {threads} threads");
        }
    }
}

/// The second of two equal names reads the result of the first.
#[test]
fn a_file_that_is_named_twice_is_replaced_twice() {
    for threads in ["1", "4"] {
        let folder = Folder::with(&[("a.txt", ARTICLE), ("b.txt", ARTICLE)]);
        let run = folder.run(&["clean", "-i", "a.txt", "b.txt", "./a.txt", "--threads", threads]).exits(0);
        assert_eq!(run.stderr, "3 articles: 4 lines removed, 6 lines changed\n");
    }
}

#[test]
fn there_is_one_thread_at_least() {
    for number in ["0", "-1", "two"] {
        qingwen(&["check", &format!("--threads={number}")]).exits(2).says("--threads");
    }
}
