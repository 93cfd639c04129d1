//! `-c` with users' dictionaries, configuration files and engines, and texts of any size.

use crate::support::{Folder, qingwen_with};

const CONFIGURATION: &str = r#"{
    "name": "ours",
    "segmentation": {"type": "mmseg", "dict": {"type": "text", "file": "ours.txt"}},
    "conversion_chain": [{"dict": {"type": "group", "match_policy": "short_circuit", "dicts": [
        {"type": "text", "file": "ours.txt"},
        {"type": "ocd2", "file": "TSPhrases.ocd2"},
        {"type": "inline", "entries": {"體": "体"}}
    ]}}]
}"#;

#[test]
fn a_dictionary_wins_and_is_final() {
    let folder = Folder::with(&[
        ("a.txt", "# names\n鼠标\t滑鼠器\n周杰伦\t周傑倫\n只\t祇\n"),
        ("b.txt", "周杰伦\t周杰倫\n"),
    ]);
    let convert =
        |args: &[&str], source: &str| folder.run_with(&[&["convert", "-c", "s2twp"], args].concat(), source);
    convert(&[], "周杰伦的鼠标软件").exits(0).prints("周杰倫的滑鼠軟體");
    convert(&["--dict", "a.txt"], "周杰伦只有鼠标软件").exits(0).prints("周傑倫祇有滑鼠器軟體");
    convert(&["--dict", "a.txt", "--dict", "b.txt"], "周杰伦").exits(0).prints("周杰倫");
    convert(&["--dict", "b.txt", "--dict", "a.txt"], "周杰伦").exits(0).prints("周傑倫");
}

/// Whole words, single characters, ASCII, and characters beyond the basic plane can all be keys.
#[test]
fn any_text_is_a_key() {
    let folder = Folder::with(&[("a.txt", "OpenAI\t開放\nA\t甲\n·\t•\n𠮷野家\t吉野家\n更\t變\n")]);
    let run = |source: &str| folder.run_with(&["convert", "-c", "s2t", "--dict", "a.txt"], source).exits(0);
    run("xOpenAI A·B 𠮷野家𠮷 \u{F901}").prints("x開放 甲•B 吉野家𠮷 變");
}

#[test]
fn a_bad_line_is_told_with_file_line_and_reason() {
    let folder = Folder::with(&[("a.txt", "甲\t乙\n\n丙 丁\n"), ("b.txt", "甲\t乙\n甲\t丙\n")]);
    let run =
        |file: &str| folder.run_with(&["convert", "-c", "s2t", "--dict", file], "甲").exits(2).prints("");
    run("a.txt").says("a.txt:3: no tab between the key and what it becomes");
    run("b.txt").says("b.txt:2: the key 甲 stands in line 1 already");
    let missing = run("none.txt").says("none.txt: ");
    assert_eq!(missing.stderr.matches("os error").count(), 1, "{}", missing.stderr);
    folder.write("long.txt", format!("{}\t长\n", "国".repeat(5_461)).as_bytes());
    run("long.txt").says("long.txt:1: longer than 16,000 bytes");
    folder.write("c.txt", b"a\tb\n\xFF");
    run("c.txt").says("c.txt: not UTF-8 at byte 4, in line 2");
    folder
        .run_with(&["convert", "--to", "tw", "--dict", "a.txt"], "甲")
        .exits(2)
        .prints("")
        .says("a.txt:3: ");
}

#[test]
fn a_configuration_file_is_read_with_what_stands_beside_it() {
    let folder = Folder::with(&[("ours.json", CONFIGURATION), ("ours.txt", "軟體\t软件\n")]);
    folder.run_with(&["convert", "-c", "ours.json"], "軟體與體會，乾紅").exits(0).prints("软件與体會，干红");
    let trace = folder.run_with(&["inspect", "-c", "ours.json"], "軟體與體會").exits(0);
    assert!(trace.stdout.contains("segments  軟體 / 與體會"), "{}", trace.stdout);
}

/// Normalisation may apply to any text, including keys of other dictionaries.
#[test]
fn a_configuration_normalises_with_dictionaries_of_its_own() {
    let dict = |file: &str| format!(r#"{{"dict": {{"type": "text", "file": "{file}"}}}}"#);
    let json = format!(
        r#"{{"normalization": [{}], "segmentation": {{"type": "mmseg", {} , "conversion_chain": [{}]}}"#,
        dict("n.txt"),
        &dict("s.txt")[1..],
        dict("c.txt")
    );
    let folder = Folder::with(&[
        ("ours.json", &json),
        ("n.txt", "甲\t乙\nab\tX\n"),
        ("s.txt", "丁\td\n"),
        ("c.txt", "乙\tYI\n甲\tJIA\nb\tY\n"),
    ]);
    let run = |source: &str| folder.run_with(&["convert", "-c", "ours.json"], source).exits(0);
    run("甲ab").prints("YIX");
    let long = "甲ab，\n".repeat(30_000);
    run(&long).prints(&"YIX，\n".repeat(30_000));
}

/// A step may produce a description sequence. The next step then leaves it alone.
#[test]
fn a_step_may_make_a_description_sequence() {
    let json = r#"{"conversion_chain": [{"dict": {"type": "inline", "entries": {"标": "⿰"}}},
        {"dict": {"type": "inline", "entries": {"鼠": "M"}}}]}"#;
    let folder = Folder::with(&[("ours.json", json)]);
    folder.run_with(&["convert", "-c", "ours.json"], "标鼠鼠鼠").exits(0).prints("⿰鼠鼠M");
}

/// OpenCC reads it in this way: a group without a policy is a short circuit, a name is not required, and unknown fields
/// are ignored.
#[test]
fn a_configuration_may_leave_out_or_add_what_opencc_lets_it() {
    let json = r#"{"comment": "", "conversion_chain": [{"dict": {"type": "group", "dicts": [
        {"type": "inline", "entries": {"甲": "A"}}, {"type": "inline", "entries": {"甲乙": "AB", "甲": "C"}}]}}]}"#;
    let folder = Folder::with(&[("ours.json", json)]);
    folder.run_with(&["convert", "-c", "ours.json"], "甲乙").exits(0).prints("A乙");
}

/// OpenCC's parser ignores comments and commas before a closing bracket. Text in strings stays.
#[test]
fn a_configuration_may_hold_comments() {
    let json = r#"// ours
        {"conversion_chain": [ /* one step */ {"dict": {"type": "inline", "entries": {"甲": "http://乙/*", }}}, ]}"#;
    let folder = Folder::with(&[("ours.json", json)]);
    folder.run_with(&["convert", "-c", "ours.json"], "甲").exits(0).prints("http://乙/*");
}

/// OpenCC accepts this too: keys and values of an inline dictionary are any text, and a value is not a list.
#[test]
fn an_inline_dictionary_holds_any_text() {
    let entries = r##"{"甲\t丙": "乙", "丁": "一 二", "戊\n己": "庚", "#": "辛\n壬"}"##;
    let json = format!(r#"{{"conversion_chain": [{{"dict": {{"type": "inline", "entries": {entries}}}}}]}}"#);
    let folder = Folder::with(&[("ours.json", &json)]);
    folder.run_with(&["convert", "-c", "ours.json"], "甲\t丙丁戊\n己#").exits(0).prints("乙一 二庚辛\n壬");
}

#[test]
fn inspect_keeps_every_character_in_json() {
    let run = qingwen_with(&["inspect", "-c", "s2t", "--json"], "a\u{7F}台").exits(0);
    assert!(run.stdout.contains("a\u{7F}台"), "{}", run.stdout);
}

#[test]
fn a_bad_configuration_is_told() {
    let bad = |json: &str| {
        let folder = Folder::with(&[("a.json", json), ("bad.txt", "甲乙\n")]);
        folder.run_with(&["convert", "-c", "a.json"], "甲").exits(2).prints("").says("a.json")
    };
    let step = |dict: &str| format!(r#"{{"name": "a", "conversion_chain": [{{"dict": {dict}}}]}}"#);
    bad("{").says("line 1");
    bad("{ /* no end").says("a.json");
    bad(&step(r#"{"type": "inline", "entries": {"": "甲"}}"#))
        .says("an inline dictionary's key or value is empty");
    bad(&step(r#"{"type": "inline", "entries": {"甲": ""}}"#))
        .says("an inline dictionary's key or value is empty");
    bad(r#"{"name": "a"}"#).says("conversion_chain");
    bad(&step(r#"{"type": "text", "file": "none.txt"}"#)).says("none.txt is not beside the configuration");
    bad(&step(r#"{"type": "ocd2", "file": "own.ocd2"}"#)).says("own.ocd2").says("the engine `opencc`");
    let plugin = r#"{"name": "a", "segmentation": {"type": "jieba"}, "conversion_chain": []}"#;
    bad(plugin).says("\"jieba\"");
    bad(&step(&r#"{"type": "group", "match_policy": "union", "dicts": ["#.repeat(5_000))).says("recursion");
    let folder =
        Folder::with(&[("a.json", &step(r#"{"type": "text", "file": "bad.txt"}"#)), ("bad.txt", "甲乙\n")]);
    folder.run_with(&["convert", "-c", "a.json"], "甲").exits(2).says("bad.txt:1: no tab");
}

#[test]
fn the_engine_is_opencc_or_the_error_says_how_to_have_it() {
    let run = qingwen_with(&["convert", "-c", "s2twp", "--engine", "opencc"], "鼠标里面");
    if cfg!(feature = "opencc") {
        run.exits(0).prints("滑鼠裡面");
        let folder = Folder::with(&[("ours.json", CONFIGURATION), ("ours.txt", "軟體\t软件\n")]);
        let args = ["convert", "--engine", "opencc", "-c", "none.json"];
        folder.run_with(&args, "甲").exits(2).says("OpenCC cannot open the configuration");
        let args = ["convert", "--engine", "opencc", "-c", "s2t", "--dict", "ours.txt"];
        folder.run_with(&args, "甲").exits(2).says("--dict needs the engine qingwen");
    } else {
        run.exits(2).prints("").says("cargo build --release --features opencc");
    }
    qingwen_with(&["convert", "-c", "s2t", "--engine", "icu"], "甲").exits(2).says("icu");
}

/// A text longer than one read, with words at every seam.
#[test]
fn a_long_text_is_converted_piece_by_piece() {
    let source = "后面的头发，干燥的程序。".repeat(20_000);
    let expected = "後面的頭髮，乾燥的程式。".repeat(20_000);
    qingwen_with(&["convert", "-c", "s2twp"], source).exits(0).prints(&expected);
    let broken = [b"\xE5\xA4\xB4\n".repeat(50_000), b"\xFF\n".to_vec()].concat();
    qingwen_with(&["convert", "-c", "s2t", "--strict"], broken)
        .exits(2)
        .says("standard input: not UTF-8 at byte 200000");
}
