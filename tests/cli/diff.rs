//! `qingwen diff`: the changes that `clean` would make, in the format of `patch`.

use std::process::Command;

use insta::assert_snapshot;

use crate::support::{ARTICLE, CLEAN, Folder, TERMINAL, installed};

/// An article with rules of several categories, and unchanged lines between its changes.
const LONG: &str = "\u{FEFF}老街夜市搬走了嗎?

夜市在上個月搬走,街坊說安靜了許多，也有人覺得可惜。
里長說，新的地方還沒有定案。
攤販說新的地方離車站太遠，客人也比從前少了一大半，大家都在想辦法。
這裡的說明會上個月開過一次。

老街夜市搬走了吗?

发起人說還有两千多人。

分享到:
微信
";

#[test]
fn a_clean_text_has_no_difference() {
    let folder = Folder::with(&[("a.txt", CLEAN)]);
    folder.run(&["diff", "a.txt"]).exits(0).prints("");
    folder.run(&["diff", "a.txt", "missing.txt"]).exits(2).prints("").says("missing.txt: ");
}

#[test]
fn differences_are_shown_plainly() {
    let source = format!("{ARTICLE}街坊說，好。\n老街很近。\n老街夜市很好。\n攤販也好,也多。\n老街很長。");
    let folder = Folder::with(&[("a.txt", &source)]);
    let run = folder.run(&["diff", "a.txt"]).exits(1);
    assert_snapshot!(run.stdout, @r#"
    --- a.txt
    +++ a.txt
    @@ -1,14 +1,11 @@ repeat/headline share/bar
    -老街夜市搬走了嗎?
    +老街夜市搬走了嗎？
     
    -夜市在上個月搬走,街坊說安靜了許多。
    -
    -老街夜市搬走了吗?
    +夜市在上個月搬走，街坊說安靜了許多。
     
    -這裡原有"三十年老攤"1、2號,租金去年漲了28.1%。
    +這裡原有“三十年老攤”1、2號，租金去年漲了28.1%。
     
    -分享到:
     街坊說，好。
     老街很近。
     老街夜市很好。
    -攤販也好,也多。
    +攤販也好，也多。
     老街很長。
    \ No newline at end of file
    "#);
    folder.run(&["diff", "--color", "never", "a.txt"]).exits(1).prints(&run.stdout);
    assert_eq!(folder.read("a.txt"), source);
}

#[test]
fn differences_are_shown_in_colour() {
    let folder = Folder::with(&[("a.txt", LONG), ("b.txt", CLEAN)]);
    let run = folder.run(&["diff", "--color", "always", "a.txt", "b.txt"]).exits(1);
    assert_snapshot!(run.stdout.replace('\u{1b}', "␛"), @r#"
    ␛[1ma.txt␛[0m
         1  ␛[2m-                    byte-order mark␛[0m
         1  ␛[31m-␛[0m 老街夜市搬走了嗎␛[1m␛[31m?␛[0m
            ␛[32m+␛[0m 老街夜市搬走了嗎␛[1m␛[32m？␛[0m
    ␛[2m     2␛[0m
         3  ␛[31m-␛[0m 夜市在上個月搬走␛[1m␛[31m,␛[0m街坊說安靜了許多，也有人覺得可惜。
            ␛[32m+␛[0m 夜市在上個月搬走␛[1m␛[32m，␛[0m街坊說安靜了許多，也有人覺得可惜。
    ␛[2m     4␛[0m    里長說，新的地方還沒有定案。
    ␛[2m     5␛[0m    攤販說新的地方離車站太遠，客人也比從前少了一大半，大家都在想辦法。
    ␛[2m     6␛[0m    這裡的說明會上個月開過一次。
    ␛[2m     7␛[0m
         8  ␛[33m-␛[0m ␛[9m␛[33m老街夜市搬走了吗?␛[0m  ␛[33mrepeat/headline␛[0m, as line 1
         9  ␛[2m-                    blank␛[0m
        10  ␛[31m-␛[0m ␛[1m␛[31m发␛[0m起人說還有␛[1m␛[31m两␛[0m千多人。
            ␛[32m+␛[0m ␛[1m␛[32m發␛[0m起人說還有␛[1m␛[32m兩␛[0m千多人。
        11  ␛[2m-                    blank␛[0m
        12  ␛[35m-␛[0m ␛[9m␛[35m分享到:␛[0m            ␛[35mshare/bar␛[0m
        13  ␛[35m-␛[0m ␛[9m␛[35m微信␛[0m               ␛[35mshare/bar␛[0m, under line 12

     lines  removed by
         2  ␛[35mshare/bar␛[0m        ␛[2mA bar of sharing buttons␛[0m
         1  ␛[33mrepeat/headline␛[0m  ␛[2mThe headline again: a caption, an image's alternative text,…␛[0m
    2 articles: 3 lines removed, 3 lines changed
    "#);
}

/// Runs `qingwen diff a.txt` in a terminal of its own.
fn on_terminal(source: &str, variables: &[(&str, &str)], args: &[&str]) -> Option<String> {
    let folder = Folder::with(&[("a.txt", source)]);
    let typed = [&[env!("CARGO_BIN_EXE_qingwen"), "diff", "a.txt"], args].concat().join(" ");
    let mut command = Command::new(installed("script")?);
    TERMINAL.iter().for_each(|variable| {
        command.env_remove(variable);
    });
    command.args(["-qec", &typed, "/dev/null"]).current_dir(folder.path(""));
    command.env("TERM", "xterm").envs(variables.iter().copied());
    let output = command.output().expect("script runs");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    Some(String::from_utf8(output.stdout).expect("UTF-8").replace("\r\n", "\n"))
}

#[test]
fn a_terminal_is_shown_what_colour_shows() {
    let Some(shown) = on_terminal(LONG, &[], &[]) else { return };
    let folder = Folder::with(&[("a.txt", LONG)]);
    folder.run(&["diff", "--color", "always", "a.txt"]).exits(1).prints(&shown);
}

#[test]
fn a_terminal_without_colour_is_shown_the_same_rows() {
    let Some(shown) = on_terminal(LONG, &[("NO_COLOR", "1")], &[]) else { return };
    assert_snapshot!(shown, @r#"
    a.txt
         1  -                    byte-order mark
         1  - 老街夜市搬走了嗎?
            + 老街夜市搬走了嗎？
         2
         3  - 夜市在上個月搬走,街坊說安靜了許多，也有人覺得可惜。
            + 夜市在上個月搬走，街坊說安靜了許多，也有人覺得可惜。
         4    里長說，新的地方還沒有定案。
         5    攤販說新的地方離車站太遠，客人也比從前少了一大半，大家都在想辦法。
         6    這裡的說明會上個月開過一次。
         7
         8  - 老街夜市搬走了吗?  repeat/headline, as line 1
         9  -                    blank
        10  - 发起人說還有两千多人。
            + 發起人說還有兩千多人。
        11  -                    blank
        12  - 分享到:            share/bar
        13  - 微信               share/bar, under line 12

     lines  removed by
         2  share/bar        A bar of sharing buttons
         1  repeat/headline  The headline again: a caption, an image's alternative text,…
    1 article: 3 lines removed, 3 lines changed
    "#);
    assert_eq!(on_terminal(LONG, &[], &["--color", "never"]), Some(shown));
}

#[test]
fn an_article_cannot_steer_the_terminal() {
    let source = "街坊說,好。\u{1b}[31m好。\u{202e}\n老街\u{7}很近。\n";
    let folder = Folder::with(&[("a.txt", source)]);
    let run = folder.run(&["diff", "--color", "always", "a.txt"]).exits(1);
    assert!(!run.stdout.contains(['\u{7}', '\u{202e}']), "{}", run.stdout);
    assert!(!run.stdout.contains("\u{1b}[31m好"), "{}", run.stdout);
    assert!(run.stdout.contains('␛') && run.stdout.contains('␇'), "{}", run.stdout);
}

/// Applies the difference to its source, and compares the result with the output of `clean`.
#[track_caller]
fn applies(source: &str) {
    let Some(patch) = installed("patch") else { return };
    let folder = Folder::with(&[("a.txt", source)]);
    let clean = folder.run(&["clean", "a.txt"]).exits(0).stdout;
    assert_ne!(clean, source);
    folder.write("a.patch", folder.run(&["diff", "a.txt"]).exits(1).stdout);
    let output = Command::new(patch)
        .args(["-p0", "--binary", "-i", "a.patch"])
        .current_dir(folder.path(""))
        .output()
        .expect("patch runs");
    let messages = String::from_utf8_lossy(&output.stdout).into_owned() + &folder.read("a.patch");
    assert!(output.status.success(), "{messages:?}");
    assert_eq!(folder.read("a.txt"), clean, "{messages:?}");
}

#[test]
fn patch_applies_the_difference() {
    applies(ARTICLE);
    applies(ARTICLE.trim_end());
    applies(&ARTICLE.replace('\n', "\r\n"));
    applies(&format!("\u{FEFF}{ARTICLE}"));
    applies(
        &(1..40)
            .map(|number| format!("第{number}段,老街。\n第{number}段老街。\n\n\n\n\n\n"))
            .collect::<String>(),
    );
}

#[test]
fn patch_applies_the_difference_where_a_line_holds_a_carriage_return() {
    applies("老街夜\r市很近。\n街坊說,好。\n老街\r很近,好。\n");
}

#[test]
fn patch_applies_the_difference_where_a_line_holds_control_characters() {
    applies("老街\u{1b}[31m夜市\u{7}很近,\u{1b}[0m好。\n街坊說,好。\n");
}

#[test]
fn no_colour_leaves_the_readable_view_without_colours() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let output =
        folder.command(&["diff", "--color", "always", "a.txt"]).env("NO_COLOR", "1").output().unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("  repeat/headline, as line 1\n") && !shown.contains('\u{1b}'), "{shown}");
}

#[test]
fn quiet_shows_no_difference() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    for option in ["-q", "--quiet"] {
        assert_eq!(folder.run(&["diff", option, "a.txt"]).exits(1).prints("").stderr, "");
    }
    folder.run(&["diff", "-q", "a.txt", "missing.txt"]).exits(2).prints("").says("missing.txt: ");
}

/// Applies the difference of a file with this name in the way of a program, and compares the result with the output of
/// `clean`.
#[track_caller]
fn applies_to(name: &str, program: &str, args: &[&str]) {
    let Some(program) = installed(program) else { return };
    let folder = Folder::with(&[(name, ARTICLE)]);
    for named in [name.to_owned(), folder.path(name).to_str().expect("UTF-8").to_owned()] {
        folder.write(name, ARTICLE);
        // The folder's own name may be a link.
        let difference = folder.run(&["diff", &named]).exits(1).stdout;
        folder.write("a.patch", &difference);
        let output =
            Command::new(&program).args(args).current_dir(folder.path("")).output().expect("it runs");
        assert!(output.status.success(), "{output:?}\n{difference}");
        assert_eq!(folder.read(name), CLEAN, "{named:?} {output:?}");
    }
}

#[test]
fn a_difference_names_its_file_as_other_programs_read_it() {
    for name in ["a.txt", "a b.txt", "老街 夜市.txt", "quo\"te.txt", "back\\slash.txt"] {
        applies_to(name, "patch", &["-p0", "--binary", "-i", "a.patch"]);
        applies_to(name, "git", &["apply", "-p0", "a.patch"]);
    }
}

/// git takes no name that begins with `./`.
#[test]
fn a_difference_names_files_below_the_working_folder_without_a_dot() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    std::fs::create_dir(folder.path("in")).expect("a folder");
    folder.write("in/b.txt", ARTICLE);
    for named in [&["."][..], &["./a.txt", "././in/b.txt"]] {
        let run = folder.run(&[&["diff"], named].concat()).exits(1);
        let headers: Vec<_> = run.stdout.lines().filter(|line| line.starts_with("+++ ")).collect();
        assert_eq!(headers, ["+++ a.txt", "+++ in/b.txt"], "{named:?}");
    }
}
