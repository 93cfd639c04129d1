//! Standard output that ends early or has no room: the first is no error, the second is one.

use std::io::Read;
use std::process::{Child, Command, Stdio};

use crate::support::Folder;

/// Every command that prints, with an input where it needs one.
const COMMANDS: [&[&str]; 9] = [
    &["clean", "big.txt"],
    &["clean", "big.jsonl"],
    &["convert", "--to", "hans", "big.txt"],
    &["check", "big.txt"],
    &["diff", "big.txt"],
    &["inspect", "big.txt"],
    &["inspect", "--json", "big.txt"],
    &["rules", "--json"],
    &["completions", "bash"],
];

/// More than a pipe holds, in what every command makes of it.
fn folder() -> Folder {
    let line = "老街的夜市在上個月搬走,街坊說安靜了許多。";
    let text: String = (0..4000).map(|number| format!("{number}.{line}\n")).collect();
    let records: String =
        (0..4000).map(|number| format!("{{\"id\":{number},\"text\":\"{line}\"}}\n")).collect();
    Folder::with(&[("big.txt", &text), ("big.jsonl", &records)])
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
        assert_eq!((code, messages.as_str()), (Some(0), ""), "{args:?}");
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
