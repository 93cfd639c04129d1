//! Standard output that is closed early or has no room. The first is not an error, the second is.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};

use crate::support::Folder;

/// Every command that prints, with an input if it needs one.
const COMMANDS: [&[&str]; 10] = [
    &["clean", "big.txt"],
    &["clean", "big.jsonl"],
    &["convert", "--to", "hans", "big.txt"],
    &["convert", "-c", "t2s", "huge.txt"],
    &["check", "big.txt"],
    &["diff", "big.txt"],
    &["inspect", "big.txt"],
    &["inspect", "--json", "big.txt"],
    &["rules", "--json"],
    &["completions", "bash"],
];

/// A folder whose files give more output than a pipe holds, with every command.
fn folder() -> Folder {
    let line = "老街的夜市在上個月搬走,街坊說安靜了許多。";
    let text: String = (0..4000).map(|number| format!("{number}.{line}\n")).collect();
    let records: String =
        (0..4000).map(|number| format!("{{\"id\":{number},\"text\":\"{line}\"}}\n")).collect();
    Folder::with(&[("big.txt", &text), ("huge.txt", &text.repeat(20)), ("big.jsonl", &records)])
}

fn spawn(folder: &Folder, args: &[&str], stdout: Stdio) -> Child {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingwen"));
    command
        .args(args)
        .current_dir(folder.path(""))
        .stdin(Stdio::null())
        .stdout(stdout)
        .stderr(Stdio::piped());
    command.spawn().expect("the command starts")
}

/// The exit code and the messages.
fn ended(child: Child) -> (Option<i32>, String) {
    let output = child.wait_with_output().expect("the command ends");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

#[test]
fn a_reader_that_has_had_enough_is_no_error() {
    let folder = folder();
    for args in COMMANDS {
        let mut child = spawn(&folder, args, Stdio::piped());
        let mut stdout = child.stdout.take().expect("a pipe");
        let mut start = [0; 10];
        stdout.read_exact(&mut start).expect("some output");
        drop(stdout);
        let (code, messages) = ended(child);
        // What was found up to there, was found.
        let expected = i32::from(matches!(args[0], "check" | "diff"));
        assert_eq!((code, messages.as_str()), (Some(expected), ""), "{args:?}");
    }
}

/// Where files are written too, they would lack what follows.
#[test]
#[cfg(unix)]
fn a_closed_reader_is_an_error_where_files_are_written_too() {
    let folder = folder();
    for args in [
        &["clean", "-i", "--report", "/dev/stdout", "big.jsonl"][..],
        &["clean", "big.txt", "-o", "out.txt", "--report", "/dev/stdout"],
        &["clean", "big.jsonl", "--report", "report.jsonl"],
    ] {
        let before = folder.bytes("big.jsonl");
        let mut child = spawn(&folder, args, Stdio::piped());
        drop(child.stdout.take());
        let (code, messages) = ended(child);
        assert_eq!(code, Some(2), "{args:?}: {messages}");
        assert!(messages.contains("the reader of the output closed it"), "{args:?}: {messages}");
        assert_eq!(folder.names(), ["big.jsonl", "big.txt", "huge.txt"], "{args:?}");
        assert!(folder.bytes("big.jsonl") == before, "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = folder();
    folder.write("a.txt", "街坊說,好。\n");
    let more: [&[&str]; 6] = [
        &["clean", "a.txt"],
        &["check", "a.txt"],
        &["diff", "a.txt"],
        &["inspect", "a.txt"],
        &["explain", "share/bar"],
        &["man"],
    ];
    for args in COMMANDS.into_iter().chain(more) {
        let full = std::fs::File::options().write(true).open("/dev/full").expect("a full device");
        let (code, messages) = ended(spawn(&folder, args, full.into()));
        assert_eq!(code, Some(2), "{args:?}: {messages}");
        assert!(
            messages.starts_with("qingwen: ") && messages.contains("No space left"),
            "{args:?}: {messages}"
        );
    }
}

/// Several blocks of a text with a configuration, from files and a pipe, into a file and a pipe.
#[test]
fn a_configuration_gives_the_same_through_files_and_pipes() {
    let folder = Folder::with(&[]);
    let source = "后面的头发，干燥的程序。\n".repeat(40_000);
    let expected = "後面的頭髮，乾燥的程式。\n".repeat(40_000);
    folder.write("a.txt", &source);
    folder.run(&["convert", "-c", "s2twp", "a.txt"]).exits(0).prints(&expected);
    folder.run(&["convert", "-c", "s2twp", "a.txt", "-o", "b.txt"]).exits(0).prints("");
    assert!(folder.read("b.txt") == expected);
    folder.run_with(&["convert", "-c", "s2twp", "-o", "c.txt"], source.as_str()).exits(0).prints("");
    assert!(folder.read("c.txt") == expected);
    folder.run(&["convert", "-c", "s2twp", "--in-place", "a.txt"]).exits(0).prints("");
    assert!(folder.read("a.txt") == expected);
}

/// The text before the block with the bad bytes has been written. A file does not appear.
#[test]
fn a_configuration_writes_what_is_before_bad_bytes() {
    let folder = Folder::with(&[]);
    let source = [b"\xE5\xA4\xB4\n".repeat(300_000), b"\xFF\n".to_vec()].concat();
    folder.write("bad.txt", &source);
    let child = spawn(&folder, &["convert", "-c", "s2t", "--strict", "bad.txt"], Stdio::piped());
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(output.status.code(), Some(2));
    assert!("頭\n".repeat(300_000).as_bytes().starts_with(&output.stdout));
    assert_eq!(output.stdout.len(), 1_200_000 / 65_536 * 65_536);
    folder
        .run(&["convert", "-c", "s2t", "--strict", "bad.txt", "-o", "out.txt"])
        .exits(2)
        .says("not UTF-8 at byte 1200000");
    assert!(!folder.path("out.txt").exists());
}

/// The program ends when its reader does, although its own input continues.
#[test]
fn a_closed_pipe_ends_conversion_before_the_input_ends() {
    let folder = Folder::with(&[]);
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("qingwen"));
    command.args(["convert", "-c", "t2s"]).current_dir(folder.path(""));
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the command starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let mut stdout = child.stdout.take().expect("a pipe");
    let feeder = std::thread::spawn(move || {
        let line = "頭髮\n".repeat(10_000);
        while stdin.write_all(line.as_bytes()).is_ok() {}
    });
    stdout.read_exact(&mut [0; 10]).expect("some output");
    drop(stdout);
    assert_eq!(child.wait().expect("the command ends").code(), Some(0));
    feeder.join().expect("the feeder ends");
}
