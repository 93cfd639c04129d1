//! Regional words. The rows of `tests/cases/words/<target>/*.tsv` are lines of a Simplified article, with the result
//! for each, and the reason.

#![allow(clippy::unwrap_used)] // A test that cannot continue must fail.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use qingwen::convert::{
    Conversion, ConversionOptions, Converter, Dictionary, Document, RegionalWords, Target,
};

const TARGETS: [Target; 2] = [Target::TwPhrases, Target::HkPhrases];

/// A line of the same article. It shows the article's script.
const BESIDE: &str = "村里的老师说这条路修好了。";

/// The lines of a target's case files, and their converted forms.
fn cases(target: Target) -> Vec<[String; 2]> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/words").join(target.to_string());
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let text = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect::<String>();
    let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let case = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 3, "{line}");
        [cells[0], cells[1]].map(String::from)
    };
    rows.map(case).collect()
}

fn check(target: Target) {
    let cases = cases(target);
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|[input, expected]| {
            let converted = Conversion::of(target, [BESIDE, input]).convert_line(1, input).into_owned();
            (converted != *expected).then(|| format!("{input}: {converted}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn words_of_taiwan_stand_where_they_are_meant() {
    check(Target::TwPhrases);
}

#[test]
fn words_of_hong_kong_stand_where_they_are_meant() {
    check(Target::HkPhrases);
}

#[test]
fn the_exact_engine_puts_them_everywhere() {
    let exact = Converter::new("s2twp").unwrap();
    assert_eq!(exact.convert("国内存款的程序"), "國記憶體款的程式");
}

#[test]
fn a_users_dictionary_wins() {
    let own = Dictionary::parse("国内存款\t國內存款額\n程序\t程式\n").unwrap();
    let options = ConversionOptions::default().dictionary(own).unwrap();
    let line = "国内存款按法律程序办理";
    let converted = Conversion::with(Target::TwPhrases, &options, [line]).convert(line).into_owned();
    assert_eq!(converted, "國內存款額按法律程式辦理");
}

#[test]
fn in_traditional_text_too() {
    let options = ConversionOptions::default().regional_words(RegionalWords::All);
    for (line, expected) in [
        ("國內存款不多，電腦內存不足", "國內存款不多，電腦記憶體不足"),
        ("電視頻道裡的視頻", "電視頻道裡的影片"),
        ("按照法律程序起訴", "按照法律程序起訴"),
        ("這個程序占用內存太多", "這個程式占用記憶體太多"),
        ("他在網吧打開了軟件", "他在網咖開啟了軟體"),
    ] {
        let converted = Conversion::with(Target::TwPhrases, &options, [line]).convert(line).into_owned();
        assert_eq!(converted, expected);
    }
}

fn convert(target: Target, options: &ConversionOptions, text: &str) -> String {
    let document = Document::new(text);
    Conversion::of_document(target, options, &document).convert_document(&document)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn converting_again_changes_nothing(
        pieces in prop::collection::vec(
            (prop::sample::select(TARGETS.into_iter().flat_map(cases).flatten().collect::<Vec<_>>()),
             prop::sample::select(&["，", "。", "", "\n", "\n\n", "、"][..])),
            0..8,
        ),
        target in prop::sample::select(&TARGETS[..]),
        all in any::<bool>(),
    ) {
        let text: String = pieces.iter().flat_map(|(line, end)| [line.as_str(), end]).collect();
        let words = if all { RegionalWords::All } else { RegionalWords::Converted };
        let options = ConversionOptions::default().regional_words(words);
        let once = convert(target, &options, &text);
        prop_assert_eq!(convert(target, &options, &once), once.clone());
        let document = Document::new(&text);
        let lines = || document.lines().iter();
        let conversion = Conversion::with(target, &options, lines().map(|line| document.text(line)));
        let by_line = lines().enumerate().map(|(index, line)| {
            conversion.convert_line(index, document.text(line)).into_owned() + document.terminator(line)
        });
        prop_assert_eq!(by_line.collect::<String>(), once);
    }
}
