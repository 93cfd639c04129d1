//! `--removed`: nothing is lost. The removed text and the kept text together give the source.

use serde_json::{Value, json};

use crate::support::{ARTICLE, Folder, records};

/// Puts the removed pieces back into place. It is written again here, so that the test covers the file's format and not
/// the library's own reading of it.
fn merged(kept: &str, removed: &[&Value]) -> String {
    let (mut source, mut rest) = (String::new(), kept);
    for piece in removed {
        let at = |name: &str| piece[name].as_u64().expect("an offset") as usize;
        let (before, behind) = rest.split_at(at("start") - source.len());
        source.push_str(before);
        source.push_str(piece["text"].as_str().expect("a text"));
        assert_eq!(source.len(), at("end"), "{piece}");
        rest = behind;
    }
    source + rest
}

const KEEP: [&str; 6] = ["--to", "keep", "--punctuation", "keep", "--removed", "removed.jsonl"];

#[test]
fn kept_and_removed_give_the_source_back() {
    let windows = format!("\u{FEFF}{}", ARTICLE.replace('\n', "\r\n"));
    let without_end = ARTICLE.trim_end();
    let gaps = "\n\n分享到:\n\n\n老街夜市搬走了嗎?\n　\n夜市搬走了,街坊說安靜。\n\n\n老街夜市搬走了吗?\n\n分享到:\n\n\n";
    for source in
        [ARTICLE, &windows, without_end, gaps, "分享到:", "\u{FEFF}", "\u{FEFF}分享到:\r\n", "\n", ""]
    {
        for profile in ["article", "corpus", "light"] {
            let folder = Folder::with(&[("a.txt", source)]);
            let kept =
                folder.run(&[&["clean", "a.txt", "--profile", profile][..], &KEEP].concat()).exits(0).stdout;
            let removed = folder.records("removed.jsonl");
            assert_eq!(merged(&kept, &removed.iter().collect::<Vec<_>>()), source, "{profile}");
        }
    }
}

#[test]
fn removed_text_names_what_removed_it() {
    let folder = Folder::with(&[("a.txt", ARTICLE)]);
    folder.run(&["clean", "a.txt", "--removed", "removed.jsonl"]).exits(0);
    let clean = "8fa0f2949c62e421";
    assert_eq!(
        folder.records("removed.jsonl"),
        [
            json!({"doc": "a.txt", "start": 81, "end": 107, "rule": "repeat/headline", "line": 5, "at": 85, "clean": clean, "text": "老街夜市搬走了吗?\n"}),
            json!({"doc": "a.txt", "start": 107, "end": 108, "rule": "blank", "line": 6, "at": 85, "clean": clean, "text": "\n"}),
            json!({"doc": "a.txt", "start": 173, "end": 174, "rule": "blank", "line": 8, "at": 156, "clean": clean, "text": "\n"}),
            json!({"doc": "a.txt", "start": 174, "end": 185, "rule": "share/bar", "line": 9, "at": 156, "clean": clean, "text": "分享到:\n"}),
        ]
    );
}

#[test]
fn nothing_removed_leaves_an_empty_file() {
    let folder = Folder::with(&[("a.txt", "街坊說安靜了許多。\n")]);
    folder.run(&["clean", "a.txt", "--removed", "removed.jsonl"]).exits(0);
    assert_eq!(folder.read("removed.jsonl"), "");
}

#[test]
fn each_record_is_given_back_by_its_id() {
    let texts = [("甲", ARTICLE), ("乙", "街坊說,好。"), ("丙", "分享到:\r\n街坊說,好。\r\n")];
    let lines: String =
        texts.iter().map(|(id, text)| json!({"id": id, "text": text}).to_string() + "\n").collect();
    let folder = Folder::with(&[("a.jsonl", &lines)]);
    let kept = folder.run(&[&["clean", "a.jsonl"][..], &KEEP].concat()).exits(0).stdout;
    let removed = folder.records("removed.jsonl");
    for (record, (id, source)) in records(&kept).iter().zip(texts) {
        let pieces: Vec<_> = removed.iter().filter(|piece| piece["doc"] == id).collect();
        assert_eq!(merged(record["text"].as_str().expect("a text"), &pieces), source);
    }
    assert_eq!(removed.iter().filter(|piece| piece["doc"] == "乙").count(), 0);
}
