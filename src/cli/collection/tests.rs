//! What does not fit into memory gives what a collection in memory gives.

use super::super::memory::Memory;
use super::{Found, Signing};
use crate::clean::TextHash;
use crate::corpus::{Collection, Comparison, Date, Duplicate, Keep, Shingles, Signature, Thresholds};
use crate::identify::Script;

/// Articles that tell the same, one behind the other.
const COPIES: u32 = 6;

/// An article: a story of its own, which the next ones tell again with changes.
fn text(number: u32) -> String {
    let mut seed = u64::from(number / COPIES);
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from_u32(0x4E00 + (seed >> 33) as u32 % 0x4000).unwrap_or('一')
    };
    let story: String = (0..120).map(|_| next()).collect();
    match number % COPIES {
        0 if number.is_multiple_of(5) => String::new(),
        1 => format!("這裡說：{story}"),
        2 => format!("这里说：{story}"),
        3 => story.chars().take(75).collect(),
        4 if number.is_multiple_of(4) => format!("{story}街坊也說好。{number}"),
        _ => story,
    }
}

fn date(number: usize) -> Option<Date> {
    (!number.is_multiple_of(5))
        .then(|| Date::parse(&format!("2021-07-{:02}", number * 11 % 28 + 1)))
        .flatten()
}

/// The copies, found in memory.
fn in_memory(texts: &[String], keep: Keep) -> Vec<Duplicate> {
    let mut collection = Collection::default();
    for (number, text) in texts.iter().enumerate() {
        collection.add_dated(Signature::of(text), date(number));
    }
    let mut comparison = Comparison::new(collection, Thresholds::default());
    for (number, text) in texts.iter().enumerate() {
        if comparison.needs(number) {
            comparison.add(number, Shingles::of(text));
        }
    }
    comparison.duplicates(keep)
}

/// The copies, found with so many bytes of memory, and so many for sorting.
fn bounded(texts: &[String], keep: Keep, bytes: u64, sorting: u64) -> anyhow::Result<Found> {
    let memory = Memory::small(bytes, sorting);
    let mut signing = Signing::new(&memory)?;
    for (number, text) in texts.iter().enumerate() {
        let (name, date) = (format!("第{number}篇"), date(number));
        signing.add(&name, 9, TextHash::of(text), &Signature::of(text), date.as_ref())?;
    }
    let mut comparing = signing.finish(Thresholds::default())?;
    for text in texts {
        let hash = TextHash::of(text);
        comparing.check("a.jsonl", Some(hash))?;
        comparing.add(comparing.needed().may_hold(hash).then(|| Shingles::of(text)).as_ref())?;
    }
    comparing.finish(keep)
}

#[test]
fn the_copies_are_those_of_a_collection_in_memory() {
    let texts: Vec<String> = (0..1800).map(text).collect();
    for keep in [Keep::First, Keep::Longest, Keep::Newest, Keep::Script(Script::Hans)] {
        let expected = in_memory(&texts, keep);
        assert!(expected.len() > 1000 && expected.len() < 1600, "{}", expected.len());
        // Without memory for sorting, all rows but the last stand in files, and all shingles.
        for sorting in [0, 1 << 20, 1 << 30] {
            let mut found = bounded(&texts, keep, 1 << 30, sorting).expect("temporary files");
            assert_eq!(found.duplicates, expected, "{keep:?} {sorting}");
            assert_eq!(found.articles.name(7).expect("a temporary file"), "第7篇");
        }
    }
}

#[test]
fn what_must_be_in_memory_and_is_not_is_an_error() {
    let texts: Vec<String> = (0..300).map(text).collect();
    let error = |bytes| bounded(&texts, Keep::First, bytes, 1 << 20).err().map(|error| error.to_string());
    assert_eq!(error(1 << 10).as_deref(), Some("so many articles need more memory; --memory 32M is enough"));
    assert_eq!(error(1 << 13).as_deref(), Some("so many copies need more memory; --memory 32M is enough"));
    assert_eq!(error(1 << 24), None);
}

#[test]
fn an_article_that_has_changed_is_an_error() {
    let memory = Memory::small(1 << 20, 1 << 20);
    let mut signing = Signing::new(&memory).expect("temporary files");
    let text = text(1);
    let signature = Signature::of(&text);
    for name in ["a", "b"] {
        signing.add(name, 9, TextHash::of(&text), &signature, None).expect("temporary files");
    }
    let mut comparing = signing.finish(Thresholds::default()).expect("temporary files");
    assert!(comparing.check("a.jsonl", Some(TextHash::of(&text))).is_ok());
    let changed = comparing.check("a.jsonl", Some(TextHash::of("別的"))).expect_err("another text");
    assert_eq!(changed.to_string(), "a.jsonl: the input changed while it was read");
}
