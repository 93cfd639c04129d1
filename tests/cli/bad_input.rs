//! Bad input. It is reported, or it is copied; nothing panics and nothing hangs.

use std::fs;

use crate::support::{ARTICLE, CLEAN, Folder, qingwen_with};

#[test]
fn a_missing_file_is_named_and_the_others_are_done() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let run = folder.run(&["clean", "missing.txt", "a.txt", "none.jsonl"]).exits(2).prints(CLEAN);
    assert!(run.stderr.starts_with("qingwen: missing.txt: No such file or directory"), "{}", run.stderr);
    run.says("qingwen: none.jsonl: No such file or directory").says("1 article: ").says("2 not cleaned");
}

#[test]
fn a_folder_is_named() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    for name in ["folder", "folder.jsonl"] {
        fs::create_dir(folder.path(name)).expect("a folder");
        let run = folder.run(&["clean", name, "a.txt"]).exits(2).prints(CLEAN);
        run.says(&format!("qingwen: {name}: is a folder"));
    }
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_named() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::with(&[("secret.txt", ARTICLE), ("a.txt", ARTICLE)]);
    fs::set_permissions(folder.path("secret.txt"), fs::Permissions::from_mode(0o000)).expect("permissions");
    if fs::read(folder.path("secret.txt")).is_ok() {
        eprintln!("note: this user may read every file, so this test is skipped");
        return;
    }
    folder
        .run(&["clean", "secret.txt", "a.txt"])
        .exits(2)
        .prints(CLEAN)
        .says("secret.txt: Permission denied");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_name_need_not_be_utf8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = Folder::new();
    let name = OsStr::from_bytes(b"\xFF.txt");
    fs::write(folder.path("").join(name), ARTICLE).expect("a file");
    folder.command(&["clean"]).arg(name).assert().code(0).stdout(CLEAN);
}

#[test]
fn bytes_that_are_not_utf8_are_named() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    for (bytes, offset) in [
        (&b"\xE7\x94\xB2\n\xFF\n"[..], 4),
        (b"\xE7\x94", 0),
        (b"\xEF\xBB\xBF\xE7\x94\xB2\xC0\x80", 6),
        (b"\xED\xA0\x80", 0),
    ] {
        folder.write("bad.txt", bytes);
        let message = format!("bad.txt: not UTF-8 at byte {offset}");
        folder.run(&["clean", "--strict", "bad.txt"]).exits(2).prints("").says(&message);
        folder.run(&["clean", "--strict", "bad.txt", "a.txt"]).exits(2).prints(CLEAN).says(&message);
        qingwen_with(&["clean", "--strict"], bytes)
            .exits(2)
            .prints("")
            .says(&format!("standard input: not UTF-8 at byte {offset}"));
    }
}

#[test]
fn nothing_gives_nothing() {
    let folder = Folder::with(&[("a.txt", ""), ("a.jsonl", "")]);
    for name in ["a.txt", "a.jsonl", "-"] {
        for command in [&["clean"][..], &["check"], &["diff"], &["inspect"], &["convert", "-c", "s2t"]] {
            folder.run(&[command, &[name]].concat()).exits(0).prints("");
        }
    }
}

#[test]
fn white_space_alone_comes_through() {
    for text in ["\n", "\n\n\n", "\r\n"] {
        qingwen_with(&["clean"], text).exits(0).prints(text);
    }
}

#[test]
fn one_enormous_line_comes_through() {
    let source = "老街夜市搬走了嗎,".repeat(420_000);
    assert!(source.len() > 10_000_000);
    let run = qingwen_with(&["clean"], source.as_str()).exits(0);
    assert!(run.stdout == source.replace(',', "，"), "{} bytes", run.stdout.len());
}

#[test]
fn two_hundred_thousand_lines_come_through() {
    let lines =
        (0..200_000).map(|number| format!("第{number}個攤位在老街,租金漲了{}元。\n", number * 7 % 1000));
    let source: String = lines.collect();
    let run = qingwen_with(&["clean"], source.as_str()).exits(0);
    assert!(run.stdout == source.replace(',', "，"), "{} lines", run.stdout.lines().count());
}

/// Copies of one line are the worst case for an algorithm that compares every line with every other.
#[test]
fn two_hundred_thousand_copies_come_to_one() {
    let copy = "老街的夜市在上個月搬走，街坊說安靜了許多，也有人覺得可惜。\n";
    let source = format!("老街夜市\n{}", copy.repeat(200_000));
    let run = qingwen_with(&["clean"], source).exits(0).prints(&format!("老街夜市\n{copy}"));
    assert_eq!(run.stderr, "1 article: 199999 lines removed, 0 lines changed\n");
}

#[test]
fn control_characters_go_and_stay_where_all_is_kept() {
    let source = "老街\0夜市,很\u{7}近\u{1b}。\n";
    qingwen_with(&["clean"], source).exits(0).prints("老街夜市，很近。\n");
    qingwen_with(&["clean", "--punctuation", "keep"], source).exits(0).prints(source);
    qingwen_with(&["convert", "-c", "t2s"], "頭\0髮\n").exits(0).prints("头\0发\n");
}

#[test]
fn every_terminator_ends_a_line_and_stays() {
    for end in ["\r", "\u{2028}", "\u{2029}", "\u{85}", "\r\n"] {
        let lines = |text: &str| text.replace('\n', end);
        qingwen_with(&["clean"], lines(ARTICLE)).exits(0).prints(&lines(CLEAN));
        qingwen_with(&["convert", "--to", "hans"], lines("頭髮\n后来\n"))
            .exits(0)
            .prints(&lines("头发\n后来\n"));
    }
}

#[test]
fn line_ends_and_a_missing_last_one_stay() {
    let windows = |text: &str| text.replace('\n', "\r\n");
    qingwen_with(&["clean"], windows(ARTICLE)).exits(0).prints(&windows(CLEAN));
    qingwen_with(&["clean"], "街坊說,好。").exits(0).prints("街坊說，好。");
    qingwen_with(&["clean"], "街坊說,好。\r\n老街近,\n好。")
        .exits(0)
        .prints("街坊說，好。\r\n老街近，\n好。");
}

#[test]
fn a_byte_order_mark_goes() {
    qingwen_with(&["clean"], format!("\u{FEFF}{ARTICLE}")).exits(0).prints(CLEAN);
}

#[test]
fn characters_beyond_the_first_plane_come_through() {
    let text = "𠮷野家的𨋢壞了👨‍👩‍👧，é́\u{2F800}。\n";
    qingwen_with(&["clean", "--to", "keep"], text).exits(0).prints(text);
}
