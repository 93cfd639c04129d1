//! Help, version, completions and the manual page.

use std::process::Command;

use insta::assert_snapshot;

use crate::support::{Folder, installed, qingwen};

const COMMANDS: [&str; 11] = [
    "clean",
    "convert",
    "check",
    "diff",
    "keep",
    "restore",
    "inspect",
    "rules",
    "explain",
    "completions",
    "man",
];

#[test]
fn the_commands_are_listed() {
    let run = qingwen(&["--help"]).exits(0);
    assert_eq!(run.stderr, "");
    assert_snapshot!(run.stdout, @r"
    Turns scraped Chinese articles that mix scripts, repeat captions and carry boilerplate into clean
    text

    Usage: qingwen [OPTIONS] <COMMAND>

    Commands:
      clean        Clean articles: remove repeats and boilerplate, unite the script, mend the
                   punctuation
      convert      Convert between scripts, and nothing else
      check        Exit with 1 if `clean` would change something, and say what
      diff         Show what `clean` would do: rule and twin beside removed lines on a terminal or in
                   colour, else a unified diff for `patch`
      keep         Keep lines or files: write exceptions into .qingwen-keep beside them, which clean,
                   check and diff follow
      restore      Put back what `clean` removed, all or some lines, also into text that was converted
                   and mended
      inspect      Show the script of each line, the steps of a conversion, and its ambiguous characters
      rules        List all rules, or check and write rules of your own
      explain      Print the manual page of a rule or a guard, or what was decided of a line
      completions  Print a completion script for a shell
      man          Print the manual page, for `man -l -`
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help
      -V, --version  Print version

    Messages:
          --log-format <LOG_FORMAT>  The form of messages: text, or json for JSON Lines with timestamp,
                                     level and message [default: text] [possible values: text, json]
      -v, --verbose                  Also say how each input is read, and sum up what each rule removed

    Text goes to standard output, messages to standard error.
    Exit code: 0 done; 1 `check` or `diff` found something; 2 an error happened (other inputs are still
    processed).
    ");
}

#[test]
fn every_command_has_its_help() {
    for command in COMMANDS {
        let run = qingwen(&[command, "--help"]).exits(0);
        assert!(run.stdout.contains(&format!("\nUsage: qingwen {command}")), "{}", run.stdout);
        assert_eq!(run.stderr, "");
        qingwen(&["help", command]).exits(0).prints(&run.stdout);
    }
}

#[test]
fn the_help_names_every_option() {
    let input = [
        "--format",
        "--html",
        "--max-record",
        "--text-field",
        "--id-field",
        "--title-field",
        "--source-field",
        "--url-field",
        "--title",
        "--no-config",
        "--dump-config",
        "[PATHS]...",
    ];
    let cleaning = [
        "--to",
        "--punctuation",
        "--entities",
        "--radicals",
        "--profile",
        "--remove",
        "--keep",
        "--certainty",
        "--keep-twin",
        "--rules",
        "--keep-lines",
        "--remove-lines",
        "--config",
    ];
    let output = ["--output", "--in-place", "--backup"];
    for (command, options) in [
        (
            "clean",
            [&input[..], &cleaning, &output, &["--report", "--removed", "--force", "--quiet", "--color"]]
                .concat(),
        ),
        ("convert", [&input[..], &output, &["--config", "--dict", "--engine", "--to"]].concat()),
        ("check", [&input[..], &cleaning, &["--quiet"]].concat()),
        ("diff", [&input[..], &cleaning, &["--color"]].concat()),
        ("keep", vec!["<FILE[:[RECORD:]LINE]>...", "--text-field", "--id-field"]),
        (
            "restore",
            [
                &output[..],
                &["--format", "--text-field", "--id-field", "--removed", "--line", "--record", "--keep"],
            ]
            .concat(),
        ),
        ("inspect", [&input[..], &["--config", "--dict", "--json", "--color"]].concat()),
        ("rules", vec!["--json", "--rules", "lint", "new"]),
        ("explain", vec!["<RULE|FILE>", "--line", "--title", "--rules"]),
        ("completions", vec!["<SHELL>", "bash, elvish, fish, powershell, zsh"]),
    ] {
        let help = qingwen(&[command, "--help"]).exits(0).stdout;
        for option in options {
            assert!(help.contains(option), "{option} in {help}");
        }
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    for option in ["--version", "-V"] {
        qingwen(&[option]).exits(0).prints(concat!("qingwen ", env!("CARGO_PKG_VERSION"), "\n"));
    }
}

#[test]
fn a_command_line_that_says_nothing_is_an_error() {
    qingwen(&[]).exits(2).prints("").says("Usage: qingwen [OPTIONS] <COMMAND>");
    qingwen(&["tidy"]).exits(2).prints("").says("'tidy'");
    qingwen(&["clean", "--frobnicate"]).exits(2).prints("").says("'--frobnicate'");
}

#[test]
fn every_shell_has_completions() {
    for (shell, sign) in [
        ("bash", "complete -F _qingwen"),
        ("elvish", "set edit:completion:arg-completer[qingwen]"),
        ("fish", "complete -c qingwen"),
        ("powershell", "Register-ArgumentCompleter"),
        ("zsh", "#compdef qingwen"),
    ] {
        let run = qingwen(&["completions", shell]).exits(0);
        assert!(run.stdout.contains(sign), "{shell}: {}", run.stdout);
        for word in COMMANDS.iter().chain(&["in-place", "punctuation", "text-field"]) {
            assert!(run.stdout.contains(word), "{word} for {shell}");
        }
    }
    qingwen(&["completions", "csh"]).exits(2).prints("").says("'csh'");
}

#[test]
fn shells_read_their_completions() {
    for shell in ["bash", "zsh", "fish"] {
        let Some(program) = installed(shell) else { continue };
        let folder = Folder::with(&[("script", &qingwen(&["completions", shell]).exits(0).stdout)]);
        let output =
            Command::new(program).arg("-n").arg(folder.path("script")).output().expect("the shell runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn the_manual_page_names_every_command() {
    let page = qingwen(&["man"]).exits(0).stdout;
    assert!(page.contains(".TH qingwen 1"), "{page}");
    for command in COMMANDS {
        assert!(page.contains(&format!("qingwen\\-{command}(1)")), "{command} in {page}");
    }
}
