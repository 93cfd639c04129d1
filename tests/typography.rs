//! The cases, which readers of Chinese can edit, and the laws of mending.

use std::borrow::Cow;
use std::collections::HashSet;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use qingwen::clean::{QuoteStyle, mend};

const CASES: [(&str, QuoteStyle, &str); 4] = [
    ("curly.tsv", QuoteStyle::Curly, include_str!("cases/punctuation/curly.tsv")),
    ("corner.tsv", QuoteStyle::Corner, include_str!("cases/punctuation/corner.tsv")),
    ("space.tsv", QuoteStyle::Curly, include_str!("cases/punctuation/space.tsv")),
    ("invisible.tsv", QuoteStyle::Curly, include_str!("cases/punctuation/invisible.tsv")),
];

#[test]
fn cases_hold() {
    let failures: Vec<String> =
        CASES.iter().flat_map(|&(file, style, rows)| failing_rows(file, style, rows)).collect();
    assert!(failures.is_empty(), "{} rows fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn there_are_cases_enough() {
    let rows = CASES.iter().flat_map(|(_, _, rows)| rows.lines()).filter(|line| !is_comment(line)).count();
    assert!(rows >= 120, "{rows} rows");
}

fn failing_rows(file: &str, style: QuoteStyle, rows: &str) -> Vec<String> {
    let numbered = rows.lines().zip(1..).filter(|(row, _)| !is_comment(row));
    numbered
        .filter_map(|(row, number)| failure(row, style).map(|why| format!("{file}:{number}: {why}")))
        .collect()
}

fn is_comment(line: &str) -> bool {
    line.is_empty() || line.starts_with('#')
}

fn failure(row: &str, style: QuoteStyle) -> Option<String> {
    let fields: Vec<&str> = row.split('\t').collect();
    let &[input, expected, why] = fields.as_slice() else {
        return Some(format!("three columns expected: {row:?}"));
    };
    let (input, expected) = (unescaped(input), unescaped(expected));
    let got = mend(&input, style);
    let again = mend(&got, style);
    if got != expected {
        Some(format!("{why}\n     input {input:?}\n  expected {expected:?}\n       got {got:?}"))
    } else {
        (again != got).then(|| format!("{why}: mending again gives {again:?}"))
    }
}

/// `{U+A0}` represents U+00A0. The same notation is used for every character that an editor hides.
fn unescaped(field: &str) -> String {
    let mut text = String::new();
    let mut rest = field;
    while let Some((before, tail)) = rest.split_once('{') {
        text.push_str(before);
        match tail.split_once('}').and_then(|(hex, after)| Some((named(hex)?, after))) {
            Some((c, after)) => {
                text.push(c);
                rest = after;
            }
            None => {
                text.push('{');
                rest = tail;
            }
        }
    }
    text + rest
}

fn named(hex: &str) -> Option<char> {
    let digits = hex.strip_prefix("U+")?;
    u32::from_str_radix(digits, 16).ok().and_then(char::from_u32)
}

#[test]
fn dictionaries_hold_each_entry_once() {
    let names = include_str!("../dictionaries/punctuation/transliteration.txt");
    let characters = entries(names).flat_map(str::chars).map(String::from);
    assert_eq!(repeated(characters), Vec::<String>::new());
    for words in [
        include_str!("../dictionaries/punctuation/brands.txt"),
        include_str!("../dictionaries/punctuation/extensions.txt"),
        include_str!("../dictionaries/punctuation/abbreviations.txt"),
    ] {
        assert_eq!(repeated(entries(words).map(String::from)), Vec::<String>::new());
    }
}

fn entries(data: &str) -> impl Iterator<Item = &str> {
    data.lines().filter(|line| !is_comment(line))
}

fn repeated(entries: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = HashSet::new();
    entries.filter(|entry| !seen.insert(entry.clone())).collect()
}

#[test]
fn unchanged_lines_are_borrowed() {
    for line in
        ["", "没有变化。", "no Han, \"at\" all!  ", "中文 English 混排，没有问题。", "比分 3:2，v1.4.2"]
    {
        assert!(matches!(mend(line, QuoteStyle::Curly), Cow::Borrowed(_)), "{line}");
    }
}

#[test]
fn the_majority_decides_the_quotes() {
    assert_eq!(QuoteStyle::of([]), QuoteStyle::Curly);
    assert_eq!(QuoteStyle::of(["“甲”「乙」"]), QuoteStyle::Curly);
    assert_eq!(QuoteStyle::of(["「甲」", "「乙」“丙”"]), QuoteStyle::Corner);
}

/// A megabyte of each pattern (a tenth of it in debug builds), enclosed by Han so that every step runs.
#[test]
fn time_is_linear() {
    let patterns = [
        "\"",
        "(",
        ")",
        ".",
        " ",
        "a.",
        "漢,",
        "漢.",
        "`",
        "``a`",
        "[](",
        "<a ",
        "&a",
        "?a",
        ":)",
        "a@",
        "a-",
        ".pdf",
        ").pdf",
        "(a_(",
        "“\"",
        "\"漢",
        "「\"",
        "，!",
        "漢 ",
        "\u{3000} ",
        "\u{200D}",
        "a\u{200C}",
        "http://",
        "www.",
        "漢\" (",
        "9.",
        "一.",
        "《",
        "( 漢 ) ",
        ", ",
        " ,a",
        "漢(a)",
        "![",
        "“ ” ",
        "{\"a\": ",
        "{\"a\": 1}",
        "[\"",
        "[{",
        ":a:",
        ":(",
        "\"A\"、",
        "[a](b)",
        "&amp;",
        ";(1)",
        "a,b",
        "漢a,",
        "a,b漢",
        "**!",
        "a:\\\\",
        "http://a?b=漢&",
        "(?:",
        "漢,a.",
    ];
    let (size, bound) = if cfg!(debug_assertions) {
        (100_000, Duration::from_secs(10))
    } else {
        (1_000_000, Duration::from_secs(1))
    };
    for pattern in patterns {
        let line = pattern.repeat(size / pattern.len()) + "漢";
        let start = Instant::now();
        std::hint::black_box(mend(&line, QuoteStyle::Corner));
        assert!(start.elapsed() < bound, "{pattern:?} took {:?}", start.elapsed());
    }
}

fn adversarial() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => "[漢字汉学一二史斯丶𠀀㐀]{1,3}",
        6 => "[,.;:!?，。、；：！？…—·]{1,3}",
        4 => "[\"'“”‘’「」『』()（）\\[\\]《》【】{}]{1,2}",
        3 => "[A-Za-z]{1,4}|[0-9]{1,3}%?|é|한|ひ|ア|ㄅ",
        3 => "[ \u{A0}\u{2003}\u{202F}\u{205F}\u{3000}\t]{1,3}",
        2 => "[\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}\u{AD}\u{200E}\u{202E}\u{2066}\u{0}\u{7F}\u{85}\u{FE0F}]",
        1 => "👩\u{200D}👧|❤\u{FE0F}|🇹🇼|नि\u{200D}|م\u{200C}",
        2 => "https://例\\.com/a,b|http://a\\.cn/x\\?y=1,|a@b\\.com|www\\.x\\.tw|報告\\.pdf|Yahoo!|v1\\.4\\.2|10:30|3,000",
        1 => "`[^`]{0,3}`|<a href=\"|>|</b>|&nbsp;|\\]\\(|!\\[|f\\(|a_b\\(\"|[|#>*_~=/@$-]{1,2}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat().replace(['\n', '\r'], ""))
}

fn style() -> impl Strategy<Value = QuoteStyle> {
    prop_oneof![Just(QuoteStyle::Curly), Just(QuoteStyle::Corner)]
}

/// Everything except the marks, quotes, brackets, spaces and invisible characters that mending may change.
fn content(line: &str) -> String {
    line.chars().filter(|&c| !may_change(c)).collect()
}

fn may_change(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || ",.;:!?()\"，。；：！？（）“”‘’「」『』".contains(c)
        || matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn mending_twice_is_mending_once(line in adversarial(), quotes in style()) {
        let once = mend(&line, quotes).into_owned();
        prop_assert_eq!(mend(&once, quotes), once.as_str(), "from {:?}", line);
    }

    #[test]
    fn content_survives(line in adversarial(), quotes in style()) {
        prop_assert_eq!(content(&mend(&line, quotes)), content(&line));
    }

    #[test]
    fn marks_neither_come_nor_go(line in adversarial(), quotes in style()) {
        let visible = |text: &str| text.chars().filter(|&c| ",.;:!?()\"，。；：！？（）“”‘’「」『』".contains(c)).count();
        prop_assert_eq!(visible(&mend(&line, quotes)), visible(&line));
    }

    #[test]
    fn lines_without_han_lose_only_the_invisible(line in "[a-z0-9,.;:!?()\"“” \u{A0}\u{200B}\u{3000}\t、，é한]{0,30}") {
        prop_assert_eq!(mend(&line, QuoteStyle::Curly), line.replace('\u{200B}', ""));
    }

    #[test]
    fn any_text_is_safe(line in ".*", quotes in style()) {
        let once = mend(&line, quotes).into_owned();
        prop_assert_eq!(mend(&once, quotes), once.as_str());
    }
}
