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

#[cfg(not(feature = "parquet"))]
#[test]
fn tables_need_a_feature() {
    let folder = Folder::with(&[("a.jsonl", "{\"text\":\"說,好。\"}\n")]);
    for args in [
        &["sign", "a.jsonl", "-o", "a.parquet"][..],
        &["count", "a.jsonl", "-o", "a.parquet"],
        &["merge", "a.parquet", "--report", "r.jsonl"],
    ] {
        let run = folder.run(&[&["corpus"], args].concat()).exits(2).prints("");
        run.says("a.parquet: ").says("build qingwen with --features parquet");
        assert_eq!(folder.names(), ["a.jsonl"]);
    }
}

#[test]
fn a_folder_without_articles_is_told() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    for name in ["folder", "folder.jsonl"] {
        fs::create_dir(folder.path(name)).expect("a folder");
        let run = folder.run(&["clean", name, "a.txt"]).exits(0).prints(CLEAN);
        run.says(&format!("qingwen: {name}: holds no file that is read"));
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

/// A service that reads messages would take a line of its own for a command.
#[cfg(unix)]
#[test]
fn a_name_with_a_line_break_begins_no_new_message() {
    let name = "a\n::error::b.txt";
    let folder = Folder::with(&[(name, "街坊說,好。\n"), ("c\n::d.jsonl", "{\n")]);
    fs::create_dir(folder.path("e\n::f")).expect("a folder");
    for args in [
        &["clean", "missing\n::g.txt", "c\n::d.jsonl", "e\n::f"][..],
        &["clean", name, "-o", "h\n::i/j"],
        &["convert", "--to", "tw", name, "--dict", "k\n::l"],
    ] {
        let run = folder.run(args).exits(2);
        assert!(!run.stderr.lines().any(|line| line.starts_with("::")), "{}", run.stderr);
    }
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

/// A line of spaces or of brackets is read once and not once for each of them.
#[test]
fn lines_of_spaces_and_of_brackets_come_through() {
    for line in [
        format!("老{}街", " ".repeat(200_000)),
        format!("{}老街", " ".repeat(200_000)),
        "[](http://".repeat(50_000),
        "![](".repeat(50_000),
        "[老](".repeat(50_000),
    ] {
        qingwen_with(&["clean", "--punctuation", "keep"], format!("{line}\n"))
            .exits(0)
            .prints(&format!("{line}\n"));
    }
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

/// A record that is too large is named with its size, and the others are processed.
#[test]
fn a_record_that_is_too_large_is_named() {
    let long = "街坊說好。".repeat(30_000);
    let records = [
        "{\"text\":\"甲,乙\"}".to_owned(),
        format!("{{\"text\":\"{long}\"}}"),
        "{\"text\":\"丙,丁\"}".into(),
    ];
    let (jsonl, json) = (records.join("\n"), format!("[{}]", records.join(", ")));
    let csv = format!("id,text\n1,\"甲,乙\"\n2,{long}\n3,\"丙,丁\"\n");
    let folder = Folder::with(&[("a.jsonl", &jsonl), ("a.json", &json), ("a.csv", &csv)]);
    for (name, message) in [
        ("a.jsonl", "a.jsonl:2: the record has 450012 bytes, and --max-record allows 102400\n"),
        ("a.json", "a.json: record 2: the record has 450013 bytes, and --max-record allows 102400\n"),
        ("a.csv", "a.csv:3: the record has 450003 bytes, and --max-record allows 102400\n"),
    ] {
        for threads in ["1", "3"] {
            let run = folder
                .run(&["clean", "--max-record", "100K", "--threads", threads, name])
                .exits(2)
                .says(message);
            assert!(run.stdout.contains("甲，乙") && run.stdout.contains("丙，丁"), "{}", run.stdout);
            assert!(run.stdout.len() < 1000);
        }
        folder.run(&["clean", "-q", name]).exits(0);
    }
    // A record at the end has no end of its own.
    let last = records[..2].join("\n");
    let run = folder.run_with(&["clean", "--max-record", "100K", "--format", "jsonl"], last).exits(2);
    run.says("standard input:2: the record has 450011 bytes");
}

#[test]
fn a_text_that_is_too_large_is_named() {
    let folder =
        Folder::with(&[("a.txt", ARTICLE), ("b.html", &"甲".repeat(1000)), ("c.txt", &"甲".repeat(1000))]);
    let run = folder.run(&["clean", "--max-record", "1K", "b.html", "c.txt", "a.txt"]).exits(2).prints(CLEAN);
    run.says("qingwen: b.html: the text has more bytes than the 1024 that --max-record allows\n")
        .says("qingwen: c.txt: ");
    // A line takes memory, however short it is.
    folder.write("lines.txt", "\n".repeat(70_000));
    let run = folder.run(&["clean", "--max-record", "1M", "lines.txt", "a.txt"]).exits(2).prints(CLEAN);
    run.says(
        "qingwen: lines.txt: the text has more than 65536 lines, and --max-record 1048576 allows no more\n",
    );
    folder.run(&["clean", "--max-record", "1X", "a.txt"]).exits(2).says("such as 64M");
}

#[test]
fn deep_nesting_beside_the_text_comes_through() {
    let deep = format!("{{\"text\":\"甲,乙\",\"x\":{}{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
    let run = qingwen_with(&["clean", "--format", "jsonl"], deep.as_str()).exits(0);
    assert_eq!(run.stdout, deep.replace(',', "，").replacen("，\"x\"", ",\"x\"", 1));
}

/// A small file that holds a gigabyte is refused, and the next file is cleaned.
#[test]
fn a_decompression_bomb_is_refused() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    let zeros = std::io::Read::take(std::io::repeat(b'\n'), 200 << 20);
    folder.write("bomb.zst", zstd::encode_all(zeros, 3).expect("memory"));
    let run = folder.run(&["clean", "--max-record", "1G", "bomb.zst", "a.txt"]).exits(2).prints(CLEAN);
    run.says("bomb.zst: looks like a decompression bomb: ").says("unpack it first");
}

#[test]
fn a_regular_expression_cannot_run_away() {
    let run = qingwen_with(&["convert", "--to", "tw", "--protect", "((a{100}){100}){100}"], "甲").exits(2);
    run.says("--protect").says("size limit");
    qingwen_with(&["convert", "--to", "tw", "--protect", "(a*)*b"], "a".repeat(100_000)).exits(0);
}

/// What an article or a name holds does not control the terminal.
#[test]
fn control_characters_are_shown_and_not_sent() {
    let article = "老街夜市搬走了\n\n街坊說,\u{1b}[31m好\u{7}。\n\n分享到:\u{1b}[2J\n";
    let folder = Folder::with(&[("a\u{1b}[1m.txt", article)]);
    let name = "a\u{1b}[1m.txt";
    for args in [
        &["clean", "--report", "-", "-o", "out", name][..],
        &["check", name],
        &["diff", "--color", "always", name],
        &["inspect", "--color", "always", name],
        &["inspect", "-c", "s2t", name],
        &["explain", "--line", "3", name],
        &["clean", "missing\u{1b}[1m.txt", "-o", "out"],
    ] {
        let run = folder.run(args);
        let shown = format!("{}{}", run.stdout, run.stderr);
        for sent in ["\u{1b}[31m好", "\u{7}", "\u{1b}[2J", "a\u{1b}[1m", "missing\u{1b}"] {
            assert!(!shown.contains(sent), "{args:?}: {shown:?}");
        }
        assert!(shown.contains('␛'), "{args:?}: {shown:?}");
    }
}

/// Linux has file names that are no text.
#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_a_name() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    let folder = Folder::with(&[]);
    let name = OsStr::from_bytes(b"a\xFF.txt");
    fs::write(folder.path("").join(name), ARTICLE).expect("a file is written");
    let output = folder.command(&["clean", "-o", "b.txt"]).arg(name).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(folder.read("b.txt"), CLEAN);
}
