//! The progress of a run. The runs here cannot end before the test has seen what they show, because no one reads their
//! output until then.

use std::process::Command;

use crate::support::{Folder, installed};

/// Runs a program. Its messages go to a terminal or a pipe. Its output is read when it has shown a text.
const WATCH: &str = "\
import os, pty, signal, subprocess, sys
signal.alarm(100)
kind, text, args = sys.argv[1], sys.argv[2].encode(), sys.argv[3:]
leader, follower = pty.openpty() if kind == 'terminal' else os.pipe()
run = subprocess.Popen(args, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=follower)
os.close(follower)
shown = b''
while text not in shown:
    shown += os.read(leader, 65536)
run.stdout.read()
try:
    while read := os.read(leader, 65536):
        shown += read
except OSError:
    pass
sys.stdout.buffer.write(shown)
sys.exit(run.wait())
";

/// What a run of `clean` shows, of which `text` is a part before its end.
fn watch(kind: &str, text: &str, args: &[&str]) -> Option<String> {
    let record = format!("{{\"text\":\"{}\\n分享到:\"}}\n", "街坊說,好。".repeat(100));
    watch_run(kind, text, &[&["clean", "a.jsonl"], args].concat(), &record.repeat(4000))
}

/// What a run over some records shows.
fn watch_run(kind: &str, text: &str, args: &[&str], records: &str) -> Option<String> {
    let folder = Folder::with(&[("a.jsonl", records)]);
    let mut python = Command::new(installed("python3")?);
    python.args(["-c", WATCH, kind, text]).arg(assert_cmd::cargo::cargo_bin!("qingwen"));
    python.args(args).current_dir(folder.path("")).env("TERM", "xterm");
    let output = python.output().expect("python3 runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

/// Rate, bytes, time left and counts; the bar goes at the end.
#[test]
fn a_terminal_has_a_bar() {
    let Some(shown) = watch("terminal", "lines removed", &[]) else { return };
    for part in ["/6.", "MiB", "/s, ", " left; ", " articles, "] {
        assert!(shown.contains(part), "{part}: {shown:?}");
    }
    let closing = "4000 articles: 4000 lines removed, 4000 lines changed\r\n";
    let (bar, end) = shown.split_at(shown.len().saturating_sub(closing.len()));
    assert!(end == closing && bar.ends_with("\u{1b}[2K"), "{shown:?}");
}

/// A line comes every ten seconds.
#[test]
fn a_log_has_a_line_now_and_then() {
    let Some(shown) = watch("pipe", "lines removed", &["--progress", "plain"]) else { return };
    let line = shown.lines().next().expect("a line");
    for part in ["qingwen: ", " of 6.", "/s, ", " left; ", " articles, "] {
        assert!(line.contains(part), "{part}: {line}");
    }
}

/// Each reading of a collection shows its own progress.
#[test]
fn a_reading_of_several_says_what_becomes_of_articles() {
    let words = |number: u32| {
        (0..300)
            .filter_map(move |place| char::from_u32(0x4E00 + (number * 7919 + place * (number + 1)) % 0x4000))
    };
    let record = |number: u32| format!("{{\"text\":\"{}\"}}\n", words(number).collect::<String>());
    let records: String = (0..4000).map(record).collect();
    let dedup = ["corpus", "dedup", "a.jsonl", "-o", "-", "--report", "r.jsonl"];
    let Some(shown) = watch_run("terminal", "articles written", &dedup, &records) else { return };
    assert!(shown.contains("/3.") && !shown.contains("lines removed"), "{shown:?}");
    assert!(shown.contains("4000 articles: ") && shown.ends_with(" left\r\n"), "{shown:?}");
}

/// Elsewhere nothing is shown, and on a terminal if it is asked for.
#[test]
fn nothing_is_shown_where_no_one_looks() {
    let closing = "4000 articles: 4000 lines removed, 4000 lines changed";
    for (kind, args) in [("pipe", &[][..]), ("terminal", &["--progress", "none"])] {
        let Some(shown) = watch(kind, "", args) else { return };
        assert_eq!(shown.trim_end(), closing);
    }
}
