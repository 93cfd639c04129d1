//! Help, version, completions and the manual page.

use std::process::Command;

use insta::assert_snapshot;

use crate::support::{Folder, installed, qingwen};

const COMMANDS: [&str; 12] = [
    "clean",
    "convert",
    "check",
    "diff",
    "keep",
    "restore",
    "corpus",
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
      corpus       Work on a collection of articles: find copies, and what sites print on many pages
      inspect      Show the script of each line, the steps of a conversion, and its ambiguous characters
      rules        List all rules, or check and write rules of your own
      explain      Print the manual page of a rule or a guard, or what was decided of a line
      completions  Print a completion script for a shell, or write the scripts of all shells
      man          Print the manual page of a command, for `man -l -`, or write all pages
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help
      -V, --version  Print version

    Messages:
          --log-format <LOG_FORMAT>  The form of messages: text, or json for JSON Lines with timestamp,
                                     level and message [default: text] [possible values: text, json]
      -v, --verbose                  Also say how each input is read, and sum up by rule, category and
                                     source

    Text goes to standard output, messages to standard error.
    Exit code: 0 done; 1 `check` or `diff` found something, or `check --fix` changed something; 2 an
    error happened (other inputs are still processed).
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
        "--no-config",
        "--dump-config",
        "[PATHS]...",
    ];
    let cleaning = [
        "--source-field",
        "--url-field",
        "--title-field",
        "--title",
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
            [
                &input[..],
                &cleaning,
                &output,
                &["--report", "--report-level", "--removed", "--force", "--quiet", "--color"],
            ]
            .concat(),
        ),
        ("convert", [&input[..], &output, &["--config", "--dict", "--engine", "--to", "--quiet"]].concat()),
        ("check", [&input[..], &cleaning, &["--fix", "--output-format", "--quiet", "--color"]].concat()),
        ("diff", [&input[..], &cleaning, &["--quiet", "--color"]].concat()),
        ("keep", vec!["<FILE[:[RECORD:]LINE]>...", "--text-field", "--id-field"]),
        (
            "restore",
            [
                &output[..],
                &["--format", "--text-field", "--id-field", "--removed", "--line", "--record", "--keep"],
            ]
            .concat(),
        ),
        ("corpus", vec!["dedup", "learn", "show", "sign", "count", "merge"]),
        ("inspect", [&input[..], &["--config", "--dict", "--json", "--color"]].concat()),
        ("rules", vec!["--json", "--rules", "lint", "new"]),
        ("explain", vec!["<RULE|FILE>", "--line", "--title", "--rules"]),
        ("completions", vec!["[SHELL]", "bash", "elvish", "fish", "nushell", "powershell", "zsh", "--dir"]),
        ("man", vec!["[COMMAND]", "--dir"]),
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
        ("nushell", "export extern qingwen"),
        ("powershell", "Register-ArgumentCompleter"),
        ("zsh", "#compdef qingwen"),
    ] {
        let run = qingwen(&["completions", shell]).exits(0);
        assert!(run.stdout.contains(sign), "{shell}: {}", run.stdout);
        for word in COMMANDS.iter().chain(&["in-place", "punctuation", "text-field"]) {
            assert!(run.stdout.contains(word), "{word} for {shell}");
        }
    }
    qingwen(&["completions"]).exits(2).prints("").says("--dir");
    qingwen(&["completions", "csh"]).exits(2).prints("").says("'csh'");
}

/// The scripts of elvish and PowerShell complete no values, and that of fish only those of options.
#[test]
fn shells_complete_targets_configurations_and_rules() {
    for (shell, values) in [
        ("bash", &["twp", "s2hkp", "repeat/headline", "guard/verse"][..]),
        ("zsh", &["twp", "s2hkp", "repeat/headline", "guard/verse"]),
        ("nushell", &["twp", "s2hkp", "repeat/headline"]),
        ("fish", &["twp", "s2hkp", "repeat/headline"]),
    ] {
        let script = qingwen(&["completions", shell]).exits(0).stdout;
        values.iter().for_each(|value| assert!(script.contains(value), "{value} for {shell}"));
    }
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

#[test]
fn every_command_has_a_manual_page_with_its_options() {
    for (command, option) in [
        ("clean", "report\\-level"),
        ("convert", "regional\\-words"),
        ("check", "output\\-format"),
        ("diff", "color"),
        ("corpus-dedup", "date\\-field"),
        ("corpus-learn", "review"),
        ("corpus-show", "FILE"),
        ("corpus-sign", "cleaned"),
        ("corpus-count", "title\\-field"),
        ("corpus-merge", "containment"),
        ("completions", "dir"),
    ] {
        let page = qingwen(&["man", command]).exits(0).stdout;
        assert!(page.contains(&format!(".TH qingwen-{command} 1")), "{page}");
        assert!(page.contains(option), "{option} in {page}");
    }
    for command in [&["rules-lint"][..], &["rules", "lint"], &["qingwen-rules-lint"]] {
        let page = qingwen(&[&["man"], command].concat()).exits(0).stdout;
        assert!(page.contains(".TH qingwen-rules-lint 1"), "{page}");
    }
    qingwen(&["man", "tidy"]).exits(2).prints("").says("no command named \"tidy\"");
}

#[test]
fn pages_and_completions_are_installed() {
    let folder = Folder::new();
    folder.run(&["man", "--dir", "share/man1"]).exits(0).prints("");
    for command in COMMANDS {
        let name = format!("share/man1/qingwen-{command}.1");
        assert_eq!(folder.read(&name), qingwen(&["man", command]).stdout, "{name}");
    }
    assert_eq!(folder.read("share/man1/qingwen.1"), qingwen(&["man"]).stdout);
    folder.run(&["completions", "--dir", "shells"]).exits(0).prints("");
    assert_eq!(folder.read("shells/_qingwen"), qingwen(&["completions", "zsh"]).stdout);
    let names = ["_qingwen", "_qingwen.ps1", "qingwen.bash", "qingwen.elv", "qingwen.fish", "qingwen.nu"];
    names.iter().for_each(|name| assert!(!folder.read(&format!("shells/{name}")).is_empty(), "{name}"));
    folder.run(&["completions", "fish", "--dir", "fish"]).exits(0);
    assert_eq!(folder.read("fish/qingwen.fish"), folder.read("shells/qingwen.fish"));
    folder.write("file", "");
    folder.run(&["man", "--dir", "file"]).exits(2).says("file: ");
}

#[test]
fn what_users_of_other_programs_write_has_a_hint() {
    for (args, hint) in [
        (&["clean", "--fix", "a.txt"][..], "`qingwen check --fix`"),
        (&["clean", "--dry-run", "a.txt"], "`qingwen diff` shows what `clean` would change"),
        (&["check", "--jobs=4"], "--threads N"),
        (&["clean", "--text-field", "title", "--text-field", "body"], "--title-field names the title"),
        (&["clean", "-j", "4"], "--threads N"),
        (&["clean", "--threads", "0"], "a number of threads is 1 or more"),
        (&["clean", "--recursive", "in"], "a folder is read with everything below it"),
        (&["clean", "--overwrite", "a.txt"], "--in-place (-i) replaces"),
        (&["convert", "-c", "zh-TW"], "did you mean --to tw, or twp with Taiwan's words?"),
        (&["convert", "-c", "tw"], "did you mean --to tw?"),
        (&["convert", "--to", "tw", "--title", "甲"], "compare the text with the title"),
        (&["clean", "--to", "zh-TW"], "did you mean tw, or twp with Taiwan's words?"),
        (&["convert", "--to", "TW"], "did you mean tw?"),
        (&["inspect", "--to", "taiwan"], "did you mean tw, or twp"),
        (&["clean", "--to", "s2twp"], "-c s2twp"),
        (&["explain", "list"], "`qingwen rules` lists all rules"),
    ] {
        qingwen(args).exits(2).prints("").says(hint);
    }
}
