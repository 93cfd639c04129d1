//! Encodings of results, and how often the encoding of real text is told right.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use encoding_rs::{BIG5, Encoding, GB18030, GBK, SHIFT_JIS};
use serde_json::Value;

use crate::support::Folder;

const HANS: &str = "老街夜市搬走了,街坊说,安静了许多。\n";
const HANT: &str = "老街夜市搬走了,街坊說,安靜了許多。\n";

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    let (bytes, _, bad) = encoding.encode(text);
    assert!(!bad, "{text}");
    bytes.into_owned()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn wide(text: &str) -> String {
    text.replace(',', "，")
}

#[test]
fn a_file_keeps_its_encoding_if_it_is_to() {
    let folder = Folder::new();
    folder.write("gbk.txt", encoded(HANS, GBK));
    folder.write("big5.txt", encoded(HANT, BIG5));
    folder.write("utf16.txt", utf16(&format!("\u{FEFF}{HANT}")));
    folder.write("big5.jsonl", encoded(&format!("{{\"text\":\"{}\"}}\n", HANT.trim()), BIG5));
    let files = ["gbk.txt", "big5.txt", "utf16.txt", "big5.jsonl"];
    folder.run(&[&["clean", "-i", "--output-encoding", "same"][..], &files].concat()).exits(0).prints("");
    assert_eq!(folder.bytes("gbk.txt"), encoded(&wide(HANS), GBK));
    assert_eq!(folder.bytes("big5.txt"), encoded(&wide(HANT), BIG5));
    assert_eq!(folder.bytes("utf16.txt"), utf16(&format!("\u{FEFF}{}", wide(HANT))));
    assert_eq!(
        folder.bytes("big5.jsonl"),
        encoded(&format!("{{\"text\":\"{}\"}}\n", wide(HANT).trim()), BIG5)
    );
    folder.run(&[&["clean", "-i"][..], &files].concat()).exits(0);
    assert_eq!(folder.read("gbk.txt"), wide(HANS));
}

#[test]
fn a_result_has_the_encoding_that_is_named() {
    let folder = Folder::with(&[("a.txt", HANT), ("b.txt", HANT.trim()), ("c.txt", HANT)]);
    let text = wide(HANT);
    let all = [text.as_str(), text.as_str(), text.as_str()].concat();
    for (name, expected) in [("big5", encoded(&all, BIG5)), ("utf-16le", utf16(&format!("\u{FEFF}{all}")))] {
        let args = ["clean", "--output-encoding", name, "-o", "out", "a.txt", "b.txt", "c.txt"];
        folder.run(&args).exits(0).prints("");
        assert_eq!(folder.bytes("out"), expected, "{name}");
        folder.run(&["convert", "-c", "hk2t", "--output-encoding", name, "-o", "out", "a.txt"]).exits(0);
        folder.run(&["clean", "--encoding", name, "out"]).exits(0).prints(&wide(HANT));
    }
}

/// Nothing is lost in silence.
#[test]
fn a_character_that_the_encoding_does_not_have_is_an_error_or_is_escaped() {
    let folder = Folder::with(&[
        ("a.txt", "街坊說,好。\n大家说,好。\n"),
        ("a.jsonl", "{\"id\":\"x\",\"text\":\"说,好。\"}\n{\"id\":\"y\",\"text\":\"說,好。\"}\n"),
    ]);
    let args = ["clean", "--to", "keep", "--output-encoding", "big5", "-o", "out"];
    folder.write("out", "an earlier result");
    let run = folder.run(&[&args[..], &["a.txt"]].concat()).exits(2);
    assert_eq!(folder.read("out"), "an earlier result");
    run.says("a.txt: 说 (U+8BF4), in line 2 of the result, is not in Big5; --unencodable escape writes a reference");
    folder.run(&[&args[..], &["a.jsonl"]].concat()).exits(2).says("a.jsonl: x: 说 (U+8BF4)");
    assert_eq!(folder.bytes("out"), encoded("{\"id\":\"y\",\"text\":\"說，好。\"}\n", BIG5));
    let run = folder.run(&["clean", "--to", "keep", "--output-encoding", "big5", "-i", "a.txt"]).exits(2);
    run.says("a.txt: left as it was");
    folder.run(&[&args[..], &["--unencodable", "escape", "a.txt"]].concat()).exits(0);
    assert_eq!(folder.bytes("out"), encoded("街坊說，好。\n大家&#x8BF4;，好。\n", BIG5));
    folder.run(&["clean", "--unencodable", "escape", "a.txt"]).exits(2).says("--output-encoding");
}

#[test]
fn one_result_has_one_encoding() {
    let folder = Folder::new();
    folder.write("a.txt", encoded(HANT, BIG5));
    folder.write("b.txt", encoded(HANS, GBK));
    let run = folder.run(&["clean", "--output-encoding", "same", "-o", "out", "a.txt", "b.txt"]).exits(2);
    run.says("b.txt: is gb18030, and the result is Big5 already; --in-place keeps the encoding of each file");
    assert_eq!(folder.bytes("out"), encoded(&wide(HANT), BIG5));
}

#[test]
fn gzip_is_written_too() {
    use flate2::read::MultiGzDecoder;
    let unpacked = |bytes: Vec<u8>| {
        let mut text = String::new();
        MultiGzDecoder::new(&bytes[..]).read_to_string(&mut text).expect("gzip");
        text
    };
    let folder = Folder::with(&[("a.txt", HANT)]);
    folder.run(&["clean", "-o", "b.txt.gz", "a.txt"]).exits(0);
    assert_eq!(unpacked(folder.bytes("b.txt.gz")), wide(HANT));
    folder.run(&["convert", "-c", "t2s", "-i", "b.txt.gz"]).exits(0);
    assert_eq!(unpacked(folder.bytes("b.txt.gz")), wide(HANS));
    let before = folder.bytes("b.txt.gz");
    folder.run(&["clean", "-i", "b.txt.gz"]).exits(0);
    assert_eq!(folder.bytes("b.txt.gz"), before);
}

#[test]
fn zstandard_is_written_too() {
    let unpacked =
        |bytes: Vec<u8>| String::from_utf8(zstd::decode_all(&bytes[..]).expect("Zstandard")).expect("UTF-8");
    let folder = Folder::with(&[("a.txt", &HANT.repeat(50_000))]);
    folder.run(&["convert", "-c", "t2s", "-o", "b.txt.zst", "a.txt"]).exits(0);
    assert!(unpacked(folder.bytes("b.txt.zst")) == HANS.repeat(50_000), "frames follow one another");
    folder.write("c.txt", HANT);
    folder.run(&["clean", "-o", "c.txt.zst", "c.txt"]).exits(0);
    folder.run(&["convert", "-c", "t2s", "-i", "c.txt.zst"]).exits(0);
    assert_eq!(unpacked(folder.bytes("c.txt.zst")), wide(HANS));
}

/// A pipe may give its text in pieces of any size.
#[test]
fn the_encoding_of_a_pipe_is_told() {
    let folder = Folder::new();
    let record = |text: &str| format!("{{\"id\":\"a\",\"text\":\"{}\"}}\n", text.trim());
    let source =
        ["{\"id\":\"ascii\",\"text\":\"plain\"}\n".repeat(5000).into_bytes(), encoded(&record(HANS), GBK)]
            .concat();
    let run = folder
        .run_with(&["clean", "--format", "jsonl"], source)
        .exits(0)
        .says("standard input: read as gb18030");
    assert!(run.stdout.ends_with(&record(&wide(HANS))));
}

/// The texts of a collection that the table of frequent characters was not counted from.
fn texts(name: &str) -> Vec<String> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora").join(name);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = String::from_utf8(zstd::decode_all(&bytes[..]).expect("Zstandard")).expect("UTF-8");
    let record = |line: &str| {
        serde_json::from_str::<Value>(line).expect("JSON")["text"].as_str().expect("a text").to_owned()
    };
    lines.lines().step_by(3).map(record).collect()
}

/// A part of a text with as many characters, of which the encoding has all, and of which a third at least are not ASCII.
fn part(text: &str, length: usize, offset: usize, encoding: Option<&'static Encoding>) -> Option<String> {
    let has = |c: &char| encoding.is_none_or(|encoding| !encoding.encode(c.encode_utf8(&mut [0; 4])).2);
    let part: String = text.chars().filter(has).skip(offset).take(length).collect();
    let beyond_ascii = part.chars().filter(|c| !c.is_ascii()).count();
    (part.chars().count() == length && beyond_ascii * 3 >= length).then_some(part)
}

/// Texts of a length that an encoding has, from all collections in turn.
fn sample(collections: &[Vec<String>], length: usize, encoding: Option<&'static Encoding>) -> Vec<String> {
    const COUNT: usize = 200;
    let mut found = Vec::new();
    for round in 0.. {
        for texts in collections {
            let Some(text) = texts.get(round * 7 % texts.len()) else { continue };
            found.extend(part(text, length, round * 13 % 97, encoding));
        }
        if found.len() >= COUNT || round > 5000 {
            break;
        }
    }
    found.truncate(COUNT);
    found
}

/// How many of some files are read as the text that they hold.
fn right(samples: &[String], bytes: impl Fn(&str) -> Vec<u8>) -> usize {
    let folder = Folder::new();
    let names: Vec<String> = (0..samples.len()).map(|number| format!("{number}.txt")).collect();
    for (name, text) in names.iter().zip(samples) {
        folder.write(name, bytes(text));
    }
    let args = ["convert", "--to", "keep", "-i", "--format", "text"].into_iter();
    folder.run(&args.chain(names.iter().map(String::as_str)).collect::<Vec<_>>());
    names.iter().zip(samples).filter(|(name, text)| folder.bytes(name) == text.as_bytes()).count()
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn the_encoding_of_real_text_is_told() {
    let hans = ["hans.jsonl.zst", "cn_broadcast.jsonl.zst", "cn_laws.jsonl.zst"].map(texts);
    let hant = [
        "hant.jsonl.zst",
        "tw_news.jsonl.zst",
        "tw_finance.jsonl.zst",
        "tw_wiki.jsonl.zst",
        "poetry.jsonl.zst",
    ]
    .map(texts);
    let both = [&hans[..], &hant[..]].concat();
    let mark = |text: &str| format!("\u{FEFF}{text}");
    let be = |text: &str| mark(text).encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    type Row<'r> = (&'r str, &'r [Vec<String>], Option<&'static Encoding>, Box<dyn Fn(&str) -> Vec<u8> + 'r>);
    let rows: [Row; 8] = [
        ("GB18030", &hans, None, Box::new(|text: &str| encoded(text, GB18030))),
        ("GBK, Simplified", &hans, Some(GBK), Box::new(|text: &str| encoded(text, GBK))),
        ("GBK, Traditional", &hant, Some(GBK), Box::new(|text: &str| encoded(text, GBK))),
        ("Big5", &hant, Some(BIG5), Box::new(|text: &str| encoded(text, BIG5))),
        ("Shift_JIS", &hant, Some(SHIFT_JIS), Box::new(|text: &str| encoded(text, SHIFT_JIS))),
        ("UTF-8", &both, None, Box::new(|text: &str| text.as_bytes().to_vec())),
        ("UTF-16LE", &both, None, Box::new(move |text: &str| utf16(&mark(text)))),
        ("UTF-16BE", &both, None, Box::new(be)),
    ];
    let mut table: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (name, collections, encoding, bytes) in &rows {
        for length in [10, 20, 40, 60, 100, 300, 1000] {
            let samples = sample(collections, length, *encoding);
            let right = right(&samples, bytes);
            table.entry(length).or_default().push(format!("{name} {right}/{}", samples.len()));
            assert!(
                length < 60 || right * 1000 >= samples.len() * 995,
                "{name}, {length}: {right}/{}",
                samples.len()
            );
        }
    }
    table.iter().for_each(|(length, row)| println!("{length:>5} {}", row.join(" · ")));
}
