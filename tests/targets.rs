//! Laws of conversion towards a target, on texts that are composed of clauses of both scripts.

use proptest::prelude::*;
use qingwen::convert::{CollectionUsage, Conversion, ConversionOptions, Converter, Document, Target};

const HANT: &[&str] = &[
    "街坊說安靜了許多",
    "他看著這裡的群眾",
    "臺灣的樓臺",
    "皇后與乾隆",
    "後面的頭髮乾了",
    "每週一發佈",
    "于右任的書",
];
const HANS: &[&str] = &[
    "里面的头发干了",
    "台湾的周刊",
    "他们说了解系统",
    "后来的几面旗",
    "每周发布",
    "鼠标与软件",
    "只是一只表",
];
const SHARED: &[&str] = &["山水", "之后", "后面", "abc 123", "東京です", "一只", "`头`", "《山》"];
/// Text that is never converted, or that looks similar.
const MARKED: &[&str] = &["http://a.b/头", "见/头", "a@头.后", "\n```\n", "```", "`头`", "a=头"];
const ENDS: &[&str] = &["，", "。", "\n", "\n\n", "", "；"];

fn text(pools: &'static [&'static [&'static str]]) -> impl Strategy<Value = String> {
    let clauses: Vec<&'static str> = pools.iter().flat_map(|pool| pool.iter().copied()).collect();
    let piece = (prop::sample::select(clauses), prop::sample::select(ENDS));
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.iter().flat_map(|(a, b)| [*a, *b]).collect())
}

fn convert(target: Target, options: &ConversionOptions, text: &str) -> String {
    let document = Document::new(text);
    Conversion::of_document(target, options, &document).convert_document(&document)
}

fn by_line(target: Target, text: &str) -> String {
    let document = Document::new(text);
    let lines = || document.lines().iter();
    let conversion = Conversion::of(target, lines().map(|line| document.text(line)));
    let line = |(index, line)| {
        conversion.convert_line(index, document.text(line)).into_owned() + document.terminator(line)
    };
    lines().enumerate().map(line).collect()
}

fn with_usage() -> ConversionOptions {
    let mut usage = CollectionUsage::default();
    usage.add("臺灣的樓臺說，每週發佈。");
    ConversionOptions::default().usage(usage)
}

const TARGETS: &[Target] =
    &[Target::Hans, Target::Hant, Target::Tw, Target::Hk, Target::TwPhrases, Target::HkPhrases, Target::Auto];
const REGIONS: &[Target] = &[Target::Tw, Target::Hk, Target::TwPhrases, Target::HkPhrases];

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn converting_twice_gives_what_converting_once_gives(
        text in text(&[HANT, HANS, SHARED]), target in prop::sample::select(TARGETS),
    ) {
        let once = convert(target, &ConversionOptions::default(), &text);
        prop_assert_eq!(convert(target, &ConversionOptions::default(), &once), once);
    }

    #[test]
    fn text_in_the_target_script_is_unchanged(
        text in text(&[HANT]), target in prop::sample::select(&TARGETS[1..]),
    ) {
        prop_assert_eq!(convert(target, &ConversionOptions::default(), &text), text);
    }

    #[test]
    fn simplified_text_is_unchanged(text in text(&[HANS])) {
        prop_assert_eq!(convert(Target::Hans, &ConversionOptions::default(), &text), text);
    }

    /// 每週 and 臺灣 have a choice of forms. These clauses have none.
    #[test]
    fn traditional_text_comes_back_from_simplified(
        clauses in prop::collection::vec(prop::sample::select(&["電腦與網絡", "書報難買", "觀眾鼓掌", "鄉鎮醫院"][..]), 1..8),
        target in prop::sample::select(&[Target::Tw, Target::Hk][..]),
    ) {
        let text = clauses.join("，");
        let hans = convert(Target::Hans, &ConversionOptions::default(), &text);
        prop_assert_ne!(&hans, &text);
        prop_assert_eq!(convert(target, &ConversionOptions::default(), &hans), text);
    }

    #[test]
    fn parts_between_blank_lines_convert_as_the_whole_does(
        parts in prop::collection::vec(text(&[HANT, HANS, SHARED]), 1..4), target in prop::sample::select(REGIONS),
    ) {
        let options = with_usage();
        let whole = convert(target, &options, &parts.join("\n\n"));
        let converted: Vec<String> = parts.iter().map(|part| convert(target, &options, part)).collect();
        prop_assert_eq!(whole, converted.join("\n\n"));
    }

    #[test]
    fn a_document_converts_as_its_lines_do(
        text in text(&[HANT, HANS, SHARED]), target in prop::sample::select(TARGETS),
    ) {
        prop_assert_eq!(convert(target, &ConversionOptions::default(), &text), by_line(target, &text));
    }

    #[test]
    fn a_document_in_one_script_converts_as_its_lines_do(
        hans in text(&[HANS, SHARED, MARKED]), hant in text(&[HANT, SHARED, MARKED]),
        target in prop::sample::select(TARGETS),
    ) {
        for text in [hans, hant] {
            prop_assert_eq!(convert(target, &ConversionOptions::default(), &text), by_line(target, &text));
        }
    }

    #[test]
    fn no_text_is_too_odd(text in any::<String>(), target in prop::sample::select(TARGETS)) {
        let options = with_usage().keep_quotes(true);
        convert(target, &options, &text);
        prop_assert_eq!(convert(target, &ConversionOptions::default(), &text), by_line(target, &text));
    }
}

/// Clauses that are entirely Traditional: `hans` gives the exact engine's result for the region that they show.
#[test]
fn traditional_spans_become_simplified_as_the_region_has_it() {
    for (text, configuration) in
        [("他看著臺灣的街坊，接著說起衞生", "tw2s"), ("他看着這裏的羣眾，喺度食嘢，著名的衞生", "hk2s")]
    {
        let mixed = format!("{text}\n只是一只表。\n");
        let exact = Converter::new(configuration).expect("a configuration").convert(text).into_owned();
        let converted = convert(Target::Hans, &ConversionOptions::default(), &mixed);
        assert_eq!(converted, format!("{exact}\n只是一只表。\n"));
    }
}
