//! What the command says to a person at a terminal.

use std::process::Command;

use crate::support::installed;

/// Runs a program with a terminal as its standard input, on which the input ends at once, and prints its messages.
const TERMINAL: &str = "\
import os, pty, subprocess, sys
leader, follower = pty.openpty()
os.write(leader, b'\\x04')
run = subprocess.run(sys.argv[1:], stdin=follower, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
sys.stdout.buffer.write(run.stderr)
sys.exit(run.returncode)
";

/// The messages of the command with a terminal as its standard input.
fn messages(args: &[&str]) -> Option<String> {
    let mut python = Command::new(installed("python3")?);
    let command = python.args(["-c", TERMINAL]).arg(assert_cmd::cargo::cargo_bin!("qingwen")).args(args);
    let output = command.output().expect("python3 runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).expect("messages are UTF-8"))
}

#[test]
#[cfg(unix)]
fn a_command_without_a_path_says_that_it_reads_the_terminal() {
    let said = "qingwen: reads standard input, because no file is named; Ctrl-D ends it\n";
    for args in [&["clean"][..], &["check"], &["diff"], &["convert", "--to", "hans"], &["inspect"]] {
        let Some(messages) = messages(args) else { return };
        assert!(messages.starts_with(said), "{args:?}: {messages}");
    }
    for args in [&["clean", "-"][..], &["clean", "-q"], &["check", "-q"]] {
        let Some(messages) = messages(args) else { return };
        assert!(!messages.contains("reads standard input"), "{args:?}: {messages}");
    }
}
