//! Configuration: qingwen.toml, `--config`, `QINGWEN_…`, the command line, and `--dump-config`.

use std::fs;

use crate::support::{ARTICLE, CLEAN, Folder, Run};

/// Three things that can be configured show in it: script, punctuation and a bar of buttons.
const PAGE: &str = "老街夜市搬走了\n\n夜市在上個月搬走,街坊說安靜了許多。\n\n分享到：\n";

/// A folder with an article in `site/news`, and configuration files.
fn folder(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    fs::create_dir_all(folder.path("site/news")).expect("a folder");
    folder.write("site/news/a.txt", PAGE);
    files.iter().for_each(|(name, text)| folder.write(name, text));
    folder
}

fn clean(folder: &Folder, more: &[&str]) -> String {
    folder.run(&[&["clean", "-q", "site/news/a.txt"], more].concat()).exits(0).stdout
}

/// A run with a variable in the environment.
fn run_with(folder: &Folder, variable: (&str, &str), args: &[&str]) -> Run {
    let output = folder.command(args).env(variable.0, variable.1).output().expect("the command runs");
    Run {
        code: output.status.code().expect("a code"),
        stdout: String::from_utf8(output.stdout).expect("UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

#[test]
fn the_nearest_file_at_or_above_the_input_counts() {
    let above = folder(&[("qingwen.toml", "keep = [\"share\"]\n")]);
    assert!(clean(&above, &[]).contains("分享到"));
    let nearest = folder(&[
        ("qingwen.toml", "keep = [\"share\"]\n"),
        ("site/qingwen.toml", "punctuation = \"keep\"\n"),
    ]);
    let text = clean(&nearest, &[]);
    assert!(!text.contains("分享到") && text.contains("搬走,街坊"), "{text}");
    assert!(!clean(&folder(&[]), &[]).contains("分享到"));
}

#[test]
fn for_standard_input_the_working_folder_counts() {
    let folder = folder(&[("qingwen.toml", "keep = [\"share\"]\n"), ("site/qingwen.toml", "strict = 1\n")]);
    for args in [&["clean", "-q"][..], &["clean", "-q", "-"]] {
        assert!(folder.run_with(args, PAGE).exits(0).stdout.contains("分享到"));
    }
}

#[test]
fn inputs_with_different_files_are_not_mixed() {
    let folder = folder(&[("b.txt", PAGE), ("site/qingwen.toml", "keep = [\"share\"]\n")]);
    let run = folder.run(&["clean", "-q", "site/news/a.txt", "b.txt"]).exits(2).prints("");
    run.says("has the configuration file site/qingwen.toml, and b.txt has no configuration file");
    folder.run(&["clean", "-q", "site/news/a.txt", "b.txt", "--no-config"]).exits(0);
    folder.run(&["clean", "-q", "site/news/a.txt", "b.txt", "--config", "site/qingwen.toml"]).exits(0);
}

#[test]
fn a_later_layer_wins_option_by_option() {
    let folder = folder(&[
        ("qingwen.toml", "keep = [\"share\"]\npunctuation = \"keep\"\nto = \"hant\"\n"),
        ("other.toml", "to = \"hans\"\n"),
    ]);
    let args = ["clean", "-q", "site/news/a.txt"];
    let text = run_with(&folder, ("QINGWEN_TO", "hans"), &args).exits(0).stdout;
    assert_eq!(text, "老街夜市搬走了\n\n夜市在上个月搬走,街坊说安静了许多。\n\n分享到：\n");
    let flag = [&args[..], &["--to", "keep"]].concat();
    let text = run_with(&folder, ("QINGWEN_TO", "hans"), &flag).exits(0).stdout;
    assert_eq!(text, PAGE);
    let named = clean(&folder, &["--config", "other.toml"]);
    assert!(named.contains("上个月搬走，街坊") && !named.contains("分享到"), "{named}");
    let variable = run_with(&folder, ("QINGWEN_CONFIG", "other.toml"), &args).exits(0).stdout;
    assert_eq!(variable, named);
    let none =
        run_with(&folder, ("QINGWEN_TO", "hans"), &[&args[..], &["--no-config"]].concat()).exits(0).stdout;
    assert!(none.contains("上個月搬走，街坊") && !none.contains("分享到"), "{none}");
}

#[test]
fn a_list_on_the_command_line_replaces_that_of_the_file() {
    let folder = folder(&[("qingwen.toml", "keep = [\"share\", \"repeat\"]\n")]);
    assert!(!clean(&folder, &["--keep", "nav"]).contains("分享到"));
    let run = run_with(&folder, ("QINGWEN_KEEP", "nav, legal"), &["clean", "-q", "site/news/a.txt"]);
    assert!(!run.exits(0).stdout.contains("分享到"));
}

#[test]
fn paths_are_relative_to_the_file() {
    let folder = folder(&[("site/qingwen.toml", "keep-lines = [\"lists/keep.txt\"]\nrules = \"rules\"\n")]);
    fs::create_dir(folder.path("site/lists")).expect("a folder");
    fs::create_dir(folder.path("site/rules")).expect("a folder");
    folder.write("site/lists/keep.txt", "分享到\n");
    let rule = folder.run(&["rules", "new", "老街夜市搬走了", "--id", "ad/street"]).stdout;
    folder.write("site/rules/street.toml", rule);
    let text = clean(&folder, &[]);
    assert!(text.contains("分享到") && !text.contains("老街夜市"), "{text}");
}

#[test]
fn other_commands_have_the_settings_that_they_know() {
    let folder = folder(&[("qingwen.toml", "to = \"hans\"\nprofile = \"corpus\"\n")]);
    let converted = folder.run(&["convert", "site/news/a.txt"]).exits(0).stdout;
    assert!(converted.contains("上个月搬走,街坊说"), "{converted}");
    // A configuration of OpenCC takes the place of a target.
    let exactly = folder.run(&["convert", "-c", "s2t", "site/news/a.txt"]).exits(0).stdout;
    assert_eq!(exactly, PAGE);
    folder.run(&["check", "site/news/a.txt"]).exits(1);
    folder.run(&["inspect", "site/news/a.txt"]).exits(0);
    folder.run(&["convert", "site/news/a.txt", "--no-config"]).exits(2).says("--to <TARGET>");
}

#[test]
fn rules_and_explain_know_configured_rules() {
    let folder = folder(&[("site/qingwen.toml", "rules = \"own\"\n")]);
    fs::create_dir(folder.path("site/own")).expect("a folder");
    let rule = folder.run(&["rules", "new", "老街夜市搬走了", "--id", "ad/street"]).stdout;
    folder.write("site/own/street.toml", rule);
    let told = folder.run(&["explain", "--line", "1", "site/news/a.txt"]).exits(0).stdout;
    assert!(told.contains("Removed by ad/street."), "{told}");
    let in_site = |args: &[&str]| {
        let output =
            folder.command(args).current_dir(folder.path("site")).output().expect("the command runs");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert!(in_site(&["rules"]).contains("ad/street"));
    assert!(in_site(&["explain", "ad/street"]).starts_with("ad/street\n"));
    assert!(!in_site(&["rules", "--no-config"]).contains("ad/street"));
    assert_eq!(
        in_site(&["rules", "lint", "own"]),
        "own/street.toml: ad/street: `spares` is empty: it needs lines that stay\n"
    );
}

#[test]
fn a_configured_field_is_no_error_for_a_text() {
    let folder = folder(&[
        ("qingwen.toml", "text-field = \"content\"\ntitle-field = \"head\"\n"),
        ("a.jsonl", "{\"text\":\"壹\",\"content\":\"圍觀!來看\"}\n"),
    ]);
    clean(&folder, &[]);
    folder.run(&["clean", "-q", "a.jsonl"]).exits(0).prints("{\"text\":\"壹\",\"content\":\"圍觀！來看\"}\n");
    clean(&folder, &["--title", "老街夜市搬走了"]);
    folder.run(&["clean", "-q", "site/news/a.txt", "--text-field", "content"]).exits(2);
}

#[test]
fn an_error_in_a_file_names_file_line_and_key() {
    for (text, told) in [
        ("too = \"tw\"\n", "qingwen.toml:1: too: no such setting; did you mean to?"),
        (
            "target = \"tw\"\n",
            "qingwen.toml:1: target: no such setting; --to TARGET says what the text becomes",
        ),
        ("\ndict = [\"no.txt\"]\n", "qingwen.toml:2: dict: no.txt: no such file"),
        ("remove = [\"headlin\"]\n", "qingwen.toml:1: remove: headlin: no category or rule named"),
        ("to = \"tw\"\nremov = []\n", "qingwen.toml:2: remov: no such setting; did you mean remove?"),
        ("\n\ntext_field = \"a\"\n", "qingwen.toml:3: text_field: no such setting; did you mean text-field?"),
        ("output = \"a\"\n", "qingwen.toml:1: output: no such setting"),
        ("to = \"zz\"\n", "qingwen.toml:1: invalid value 'zz' for '--to <TARGET>'"),
        ("profile = \"corpse\"\n", "qingwen.toml:1: invalid value 'corpse' for '--profile <PROFILE>'"),
        ("to = 3\n", "qingwen.toml:1: to: a text in quotation marks is expected"),
        ("strict = \"yes\"\n", "qingwen.toml:1: strict: true or false is expected"),
        ("threads = \"2\"\n", "qingwen.toml:1: threads: a number is expected"),
        ("threads = 0\n", "qingwen.toml:1: invalid value '0' for '--threads <N>'"),
        ("keep = [1]\n", "qingwen.toml:1: keep: a list of texts is expected"),
        ("keep = \n", "qingwen.toml: TOML parse error at line 1"),
        ("[profile]\na = 1\n", "qingwen.toml:1: profile: a text in quotation marks is expected"),
        ("source = 1\n", "qingwen.toml:1: source: a section [source.\"…\"] is expected"),
        ("[source.a]\nthreads = 2\n", "qingwen.toml:2: threads: a section cannot set this"),
        (
            "[source.a]\nprofil = \"corpus\"\n",
            "qingwen.toml:2: profil: no such setting; did you mean profile?",
        ),
        ("[source]\na = 2\n", "qingwen.toml:2: a: a section [source.\"…\"] is expected"),
    ] {
        let folder = folder(&[("qingwen.toml", text)]);
        let run = folder.run(&["clean", "site/news/a.txt"]).exits(2).prints("");
        assert!(run.stderr.starts_with(&format!("qingwen: {told}")), "{text}: {}", run.stderr);
    }
}

#[test]
fn an_error_in_the_environment_names_the_variable() {
    for (name, value, told) in [
        ("QINGWEN_PROFIL", "corpus", "QINGWEN_PROFIL: no such setting; did you mean QINGWEN_PROFILE?"),
        ("QINGWEN_PROFILE", "corpse", "QINGWEN_PROFILE: invalid value 'corpse'"),
        ("QINGWEN_STRICT", "1", "QINGWEN_STRICT: its value must be true or false"),
        ("QINGWEN_CONFIG", "none.toml", "none.toml: "),
    ] {
        let run = run_with(&folder(&[]), (name, value), &["clean", "site/news/a.txt"]).exits(2).prints("");
        assert!(run.stderr.starts_with(&format!("qingwen: {told}")), "{name}: {}", run.stderr);
    }
}

#[test]
fn a_named_file_that_is_missing_is_an_error() {
    folder(&[]).run(&["clean", "site/news/a.txt", "--config", "none.toml"]).exits(2).says("none.toml: ");
}

#[test]
fn the_dump_shows_each_value_with_its_origin_and_is_a_configuration() {
    let folder = folder(&[(
        "qingwen.toml",
        "to = \"tw\"\nprotect = [\"老\\\\w\", \"\\\"\"]\n\n[source.\"老街.example\"]\nprofile = \"corpus\"\n",
    )]);
    let args = ["clean", "site/news/a.txt", "--keep", "share,nav", "--strict", "--dump-config"];
    let dump = run_with(&folder, ("QINGWEN_THREADS", "3"), &args).exits(0);
    for row in [
        "to = \"tw\"  # qingwen.toml:1\n",
        "threads = 3  # QINGWEN_THREADS\n",
        "keep = [\"share\", \"nav\"]  # command line\n",
        "profile = \"article\"  # default\n",
        "strict = true  # command line\n",
        "keep-quotes = false  # default\n",
        "# text-field is not set\n",
        "\n[source.\"老街.example\"]\nprofile = \"corpus\"  # qingwen.toml:5\n",
    ] {
        assert!(dump.stdout.contains(row), "{row}{}", dump.stdout);
    }
    assert!(!dump.stdout.contains("搬走"), "{}", dump.stdout);
    folder.write("qingwen.toml", &dump.stdout);
    let again = folder.run(&["clean", "site/news/a.txt", "--dump-config"]).exits(0).stdout;
    let values = |dump: &str| -> Vec<String> {
        let rows = dump.lines().filter(|row| !row.starts_with('#'));
        rows.map(|row| row.split("  # ").next().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(values(&again), values(&dump.stdout));
}

/// Options of all commands may stand before the command.
#[test]
fn settings_stand_behind_the_command() {
    let folder = folder(&[("qingwen.toml", "punctuation = \"keep\"\n")]);
    for before in [&["-v"][..], &["--log-format", "json"], &["--log-format=json", "--verbose"]] {
        let run = folder.run(&[before, &["clean", "site/news/a.txt"]].concat()).exits(0);
        assert!(run.stdout.contains("搬走,街坊"), "{}", run.stdout);
    }
}

/// What becomes of characters that an encoding does not have is configured for the runs that choose an encoding.
#[test]
fn what_an_encoding_does_not_have_is_configured() {
    let folder = folder(&[("qingwen.toml", "unencodable = \"escape\"\n"), ("b.txt", "街坊說☕。\n")]);
    let in_big5 = ["clean", "-q", "b.txt", "-o", "c.txt", "--output-encoding", "big5"];
    folder.run(&in_big5).exits(0);
    assert!(folder.bytes("c.txt").windows(8).any(|bytes| bytes == b"&#x2615;"));
    run_with(&folder, ("QINGWEN_UNENCODABLE", "error"), &in_big5).exits(2).says("b.txt: ");
    folder.run(&["clean", "-q", "b.txt"]).exits(0).prints("街坊說☕。\n");
    folder.run(&["clean", "b.txt", "--unencodable", "escape"]).exits(2).says("--output-encoding <NAME>");
}

/// A configuration is for inputs and commands of all kinds.
#[test]
fn a_configured_field_or_silence_stops_no_command() {
    let folder = folder(&[("qingwen.toml", "quiet = true\ntitle-field = \"headline\"\n")]);
    folder.write("a.jsonl", "{\"text\":\"街坊說。\"}\n".repeat(3));
    folder.run(&["clean", "a.jsonl"]).exits(0).prints(&folder.read("a.jsonl"));
    folder.run(&["clean", "--title-field", "subject", "a.jsonl"]).exits(2).says("no record has such a field");
    let check = ["check", "site/news/a.txt"];
    folder.run(&check).exits(1).prints("");
    let found = folder.run(&[&check[..], &["--output-format", "github"]].concat()).exits(1).stdout;
    assert!(found.contains("::warning file=site/news/a.txt,line=5,"), "{found}");
}

/// Without an error, nobody would know that the settings do not hold.
#[cfg(unix)]
#[test]
fn a_configuration_that_is_a_link_to_no_file_is_an_error() {
    let folder = Folder::with(&[("a.txt", ARTICLE), ("real.toml", "punctuation = \"keep\"\n")]);
    std::os::unix::fs::symlink("missing.toml", folder.path("qingwen.toml")).expect("a link");
    folder.run(&["clean", "a.txt"]).exits(2).prints("").says("qingwen.toml: ");
    folder.run(&["clean", "--no-config", "a.txt"]).exits(0).prints(CLEAN);
    std::fs::remove_file(folder.path("qingwen.toml")).expect("it is removed");
    std::os::unix::fs::symlink("real.toml", folder.path("qingwen.toml")).expect("a link");
    let run = folder.run(&["clean", "a.txt"]).exits(0);
    assert!(run.stdout.contains("搬走了嗎?"), "{run:?}");
}
