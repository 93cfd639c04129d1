//! Measures on labelled and real articles, if they exist (`../shared` beside the checkout).
//!
//! Counts are exact, so a change for the better shows too: read it, and write the new numbers into the test.

#![allow(clippy::unwrap_used)] // A test that cannot continue must fail.

#[path = "support/labelled_sets.rs"]
#[allow(dead_code, reason = "another test uses the rest")]
mod labelled_sets;

use std::collections::{BTreeMap, BTreeSet};

use insta::assert_snapshot;
use labelled_sets::{labels, records, shared};
use qingwen::clean::{Document, Profile, Punctuation};
use qingwen::identify::ScriptCount;
use qingwen::rules::Category;
use qingwen::{Cleaner, Conversion, Converter, Target};
use serde_json::Value;

fn keeping() -> Cleaner {
    Cleaner::builder().target(Target::Keep).punctuation(Punctuation::Keep).build()
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn captions_in_the_other_script_are_found() {
    let path = shared("gold/inject.dev.jsonl");
    let (mut found, mut all, mut lost, mut content) = (0, 0, 0, 0);
    for record in records(&path) {
        let (text, labels) = (record["text"].as_str().unwrap(), labels(&record));
        let cleaned = keeping().clean(text);
        let removed = |line: usize| cleaned.removals.iter().find(|removal| removal.line == line);
        for (line, text) in text.lines().enumerate().map(|(index, text)| (index + 1, text)) {
            let label = labels.get(&line).map(String::as_str);
            if label == Some("D") {
                all += 1;
                found += usize::from(removed(line).is_some());
            } else if label.is_none_or(|label| label == "H") {
                // The articles' own share bars and notices are not labelled. Only repeats can be judged.
                content += text.chars().count();
                // Captions and sentences that the articles themselves repeat are not labelled either.
                let told = |rule: &str| matches!(rule, "repeat/told-caption" | "repeat/excerpt");
                let repeat = removed(line)
                    .is_some_and(|removal| removal.category == Category::Repeat && !told(&removal.rule));
                lost += if repeat { text.chars().count() } else { 0 };
            }
        }
    }
    assert_snapshot!(
        format!("{found} of {all} captions found, {lost} of {content} characters lost to repeats"),
        @"470 of 470 captions found, 123 of 236840 characters lost to repeats"
    );
}

/// What becomes of lines, in the order in which it is told.
const OUTCOMES: [&str; 7] = [
    "furniture and repeats removed",
    "furniture left",
    "repeats left",
    "content removed",
    "characters of content removed",
    "headlines removed",
    "not judged, removed",
];

/// What becomes of a line with a label.
fn outcome(label: Option<&str>, removed: bool) -> Option<&'static str> {
    let outcome = match (label.unwrap_or("K"), removed) {
        ("K", true) => 3,
        ("H", true) => 5,
        ("M" | "U", true) => 6,
        ("K" | "H" | "M" | "U", false) => return None,
        (_, true) => 0,
        ("D", false) => 2,
        (_, false) => 1,
    };
    Some(OUTCOMES[outcome])
}

/// How many lines of a file have each outcome.
fn outcomes(file: &str) -> String {
    let mut counts = BTreeMap::from(OUTCOMES.map(|outcome| (outcome, 0)));
    for record in records(&shared(file)) {
        let (text, labels) = (record["text"].as_str().unwrap(), labels(&record));
        let removals = keeping().clean_titled(text, record["title"].as_str()).removals;
        let removed: BTreeSet<usize> = removals.iter().map(|removal| removal.line).collect();
        for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
            let label = labels.get(&line).map(String::as_str);
            let Some(outcome) = outcome(label, removed.contains(&line)) else { continue };
            *counts.entry(outcome).or_default() += 1;
            if outcome == "content removed" {
                *counts.entry("characters of content removed").or_default() += text.trim().chars().count();
            }
        }
    }
    OUTCOMES.map(|outcome| format!("{outcome}: {}", counts[outcome])).join("\n")
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn what_is_removed_is_hardly_ever_content() {
    assert_snapshot!(outcomes("gold/dev.jsonl"), @"
    furniture and repeats removed: 5370
    furniture left: 112
    repeats left: 21
    content removed: 23
    characters of content removed: 477
    headlines removed: 0
    not judged, removed: 10
    ");
    assert_snapshot!(outcomes("gold/fresh.dev.jsonl"), @"
    furniture and repeats removed: 7727
    furniture left: 38
    repeats left: 13
    content removed: 3
    characters of content removed: 167
    headlines removed: 0
    not judged, removed: 15
    ");
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn cleaning_real_articles_again_changes_nothing() {
    let mut articles = 0;
    for file in ["gold/inject.dev.jsonl", "gold/dev.jsonl", "corpora/tw_news.jsonl.zst"] {
        let path = shared(file);
        for (index, record) in records(&path).iter().enumerate().step_by(2) {
            let (_, target) = Target::NAMES[index / 2 % Target::NAMES.len()];
            let cleaner = Cleaner::builder().target(target).profile(Profile::Corpus).build();
            let once = cleaner.clean(record["text"].as_str().unwrap()).text;
            let twice = cleaner.clean(&once).text;
            assert!(once == twice, "{file} record {} towards {target}", index + 1);
            articles += 1;
        }
    }
    assert_eq!(articles, 971);
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn laws_poems_and_encyclopedias_lose_next_to_nothing() {
    let removed = |file: &str| {
        let (mut bytes, mut removed) = (0, 0);
        for record in records(&shared(file)).iter().step_by(4) {
            let text = record["text"].as_str().unwrap();
            bytes += text.len();
            removed += keeping().clean(text).removals.iter().map(|removal| removal.text.len()).sum::<usize>();
        }
        format!("{removed} of {bytes} bytes")
    };
    assert_snapshot!(removed("corpora/cn_laws.jsonl.zst"), @"3391 of 2867983 bytes");
    assert_snapshot!(removed("corpora/tw_laws.jsonl.zst"), @"75 of 4127893 bytes");
    assert_snapshot!(removed("corpora/poetry.jsonl.zst"), @"0 of 2140434 bytes");
    assert_snapshot!(removed("corpora/tw_wiki.jsonl.zst"), @"0 of 732340 bytes");
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn traditional_articles_are_not_changed_by_conversion() {
    let path = shared("gold/mixed.dev.jsonl.zst");
    let mut articles = 0;
    for record in records(&path).iter().filter(|record| record["kind"] == "pure") {
        let target: Target = record["target"].as_str().unwrap().parse().unwrap();
        let cleaner =
            Cleaner::builder().target(target).profile(Profile::Light).punctuation(Punctuation::Keep).build();
        let text = record["text"].as_str().unwrap();
        assert_eq!(cleaner.clean(text).conversion.characters_changed, 0, "{}", record["gid"]);
        articles += 1;
    }
    assert_eq!(articles, 150);
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn traditional_lines_become_what_the_exact_conversion_makes_of_them() {
    let path = shared("corpora/hant.jsonl.zst");
    let mut lines_by_configuration: BTreeMap<&str, usize> = BTreeMap::new();
    for record in records(&path).iter().take(600) {
        let document = Document::new(record["text"].as_str().unwrap());
        let lines: Vec<&str> = document.lines().iter().map(|line| document.text(line)).collect();
        let conversion = Conversion::of(Target::Hans, lines.iter().copied());
        let Some(configuration) = conversion.configuration() else { continue };
        let exact = Converter::new(configuration).unwrap();
        for (index, line) in lines.into_iter().enumerate().filter(|(_, line)| is_plainly_traditional(line)) {
            assert_eq!(conversion.convert_line(index, line), exact.convert(line), "{configuration}");
            *lines_by_configuration.entry(configuration).or_default() += 1;
        }
    }
    assert_eq!(lines_by_configuration, BTreeMap::from([("hk2s", 9967), ("tw2s", 485)]));
}

#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn simplified_articles_stay_byte_for_byte() {
    let path = shared("corpora/hans.jsonl.zst");
    let mut simplified = 0;
    for record in records(&path).iter().take(600) {
        let text = record["text"].as_str().unwrap();
        if ScriptCount::of(text).hant > 0 {
            continue;
        }
        let document = Document::new(text);
        let conversion =
            Conversion::of(Target::Hans, document.lines().iter().map(|line| document.text(line)));
        assert_eq!(conversion.convert_document(&document), text);
        simplified += 1;
    }
    assert_eq!(simplified, 596);
}

/// Whether a line is Traditional and contains nothing that conversion towards a target leaves unchanged (addresses,
/// code, Japanese) or decides by itself (`dictionaries/variants/hans.txt`).
fn is_plainly_traditional(line: &str) -> bool {
    let count = ScriptCount::of(line);
    let is_kana = |character| matches!(character, 'ぁ'..='ゖ' | 'ァ'..='ヺ');
    count.hant > 0
        && count.hans == 0
        && !line.contains(['`', '@', '/', '著', '乾', '噁', '揹'])
        && !line.chars().any(is_kana)
}

/// The pairs of articles that are in one set.
fn pairs(sets: &[usize]) -> BTreeSet<(usize, usize)> {
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    sets.iter().enumerate().for_each(|(article, set)| members.entry(*set).or_default().push(article));
    let all = |members: &Vec<usize>| {
        let members = members.clone();
        (0..members.len()).flat_map(move |b| (0..b).map(|a| (members[a], members[b])).collect::<Vec<_>>())
    };
    members.values().flat_map(all).collect()
}

/// What the labels call unrelated is often a copy in truth. `docs/quality.md` names these pairs.
#[test]
#[cfg_attr(not(shared), ignore = "needs the collections in ../shared")]
fn copies_of_articles_are_found() {
    let articles = records(&shared("gold/neardup.dev.jsonl.zst"));
    let texts = articles.iter().map(|article| article["text"].as_str().unwrap());
    let mut found: Vec<usize> = (0..articles.len()).collect();
    qingwen::corpus::duplicates(texts, &Default::default())
        .iter()
        .for_each(|copy| found[copy.article] = copy.kept);
    let mut clusters = BTreeMap::new();
    let number = |(number, article): (usize, &Value)| {
        *clusters.entry(article["cluster"].to_string()).or_insert(number)
    };
    let labelled: Vec<usize> = articles.iter().enumerate().map(number).collect();
    let (found, labelled) = (pairs(&found), pairs(&labelled));
    let is_across = |article: usize| articles[article]["kind"] == "other-script";
    let across: Vec<_> = labelled.iter().filter(|(a, b)| is_across(*a) || is_across(*b)).collect();
    assert_snapshot!(
        format!(
            "{} pairs found, {} of {} pairs right, {} of {} across scripts",
            found.len(),
            found.intersection(&labelled).count(),
            labelled.len(),
            across.iter().filter(|pair| found.contains(pair)).count(),
            across.len()
        ),
        @"4311 pairs found, 4210 of 4214 pairs right, 701 of 702 across scripts"
    );
}
