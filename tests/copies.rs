//! Copies in a collection: the pairs of `tests/cases/copies`, and what holds for every collection.

#![allow(clippy::unwrap_used)] // A test that cannot continue must fail.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use proptest::prelude::*;
use qingwen::corpus::{Collection, Comparison, Thresholds};
use qingwen::corpus::{Date, DedupOptions, Duplicate, DuplicateKind, Keep, Shingles, Signature, duplicates};
use qingwen::identify::Script;
use serde::Deserialize;

/// A file of cases.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    pair: Vec<Case>,
}

/// Two texts.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    why: String,
    first: String,
    second: String,
}

/// The pairs, each with the name of its file, which says what the second text is.
fn cases() -> Vec<(String, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/copies");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let cases: Cases = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        cases.pair.into_iter().map(move |case| (name.clone(), case)).collect::<Vec<_>>()
    };
    files.iter().flat_map(read).collect()
}

/// All texts of the cases. None is a copy of a text of another case.
fn texts() -> Vec<String> {
    cases().into_iter().flat_map(|(_, case)| [case.first, case.second]).collect()
}

fn found<T: AsRef<str>>(texts: &[T], keep: Keep) -> Vec<Duplicate> {
    duplicates(texts.iter().map(AsRef::as_ref), &DedupOptions { keep, ..DedupOptions::default() })
}

/// The sets of texts that are copies of one another.
fn clusters(texts: &[&str]) -> BTreeSet<BTreeSet<String>> {
    let mut clusters: BTreeMap<usize, BTreeSet<String>> = BTreeMap::new();
    for Duplicate { article, kept, .. } in found(texts, Keep::First) {
        let cluster = clusters.entry(kept).or_default();
        cluster.extend([texts[kept].to_owned(), texts[article].to_owned()]);
    }
    clusters.into_values().collect()
}

#[test]
fn each_pair_is_what_its_file_says() {
    let mut wrong = Vec::new();
    for (expected, case) in cases() {
        for texts in [[&case.first, &case.second], [&case.second, &case.first]] {
            let copies = found(&texts, Keep::Longest);
            let kind = copies.first().map_or("unrelated", |copy| copy.kind.name());
            if kind != expected {
                let (a, b) = (Shingles::of(&case.first), Shingles::of(&case.second));
                let (similarity, containment) = (a.similarity(&b), a.containment(&b));
                wrong.push(format!(
                    "{kind}, not {expected} ({similarity:.3}, {containment:.3}): {}",
                    case.why
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pairs_are_the_same_among_all_texts() {
    let texts = texts();
    let copies = found(&texts, Keep::First);
    let related = cases().iter().filter(|(kind, _)| kind != "unrelated").count();
    assert_eq!(copies.len(), related);
    assert!(copies.iter().all(|copy| copy.article == copy.of + 1 && copy.kept == copy.of), "{copies:?}");
}

#[test]
fn the_policy_says_which_copy_stays() {
    let texts = texts();
    let at = cases().iter().position(|(kind, _)| kind == "other-script").unwrap() * 2;
    let (hant, hans) = (&texts[at], &texts[at + 1]);
    let kept = |keep| found(&[hant.as_str(), hans, "別的"], keep)[0].kept;
    assert_eq!(
        (kept(Keep::First), kept(Keep::Script(Script::Hans)), kept(Keep::Script(Script::Hant))),
        (0, 1, 0)
    );
    let (longer, part) = (format!("{hant}市府說，年底以前會加開兩班公車。"), hant.as_str());
    let stays = |keep| found(&[part, &longer], keep)[0].kept;
    assert_eq!((stays(Keep::First), stays(Keep::Longest)), (0, 1));
}

#[test]
fn the_newest_copy_stays() {
    let texts = texts();
    for (dates, newest) in [
        (["2021-07-02", "2021年7月12日 05:30", ""], 1),
        (["2021-07-12", "2021/7/12", "2021-07-02"], 0),
        (["1626070000", "1626069999", "1626070001"], 2),
    ] {
        let mut collection = Collection::default();
        dates.iter().for_each(|date| collection.add_dated(Signature::of(&texts[0]), Date::parse(date)));
        let comparison = Comparison::new(collection, Thresholds::default());
        let copies = comparison.duplicates(Keep::Newest);
        assert!(copies.len() == 2 && copies.iter().all(|copy| copy.of == newest), "{dates:?}: {copies:?}");
    }
}

/// A digest holds two articles. They are excerpts of it, and it is no copy of them: nothing of it is lost.
#[test]
fn a_longer_article_never_goes_for_an_excerpt() {
    let sentence =
        |n: usize| format!("第{n}天的早上，修錶店的老闆把第{n}個齒輪放進{n}號抽屜裡，再把燈關上。");
    let text = |days: std::ops::Range<usize>| days.map(sentence).collect::<String>();
    let (first, second, digest) = (text(100..120), text(200..220), text(100..120) + &text(200..220));
    for texts in [[&first, &second, &digest], [&digest, &second, &first], [&first, &digest, &second]] {
        let copies = found(&texts, Keep::First);
        let digest = texts.iter().position(|text| *text == &digest).unwrap();
        let kinds: Vec<_> = copies.iter().map(|copy| (copy.of, copy.kept, copy.kind)).collect();
        assert_eq!(kinds, [(digest, digest, DuplicateKind::Excerpt); 2]);
    }
}

/// A chain of revisions is one cluster. Each one names its neighbour, and the one that stays.
#[test]
fn revisions_of_revisions_are_one_cluster() {
    let sentence = |n: usize| format!("第{n}封信說，山上的橘子紅了{n}棵，請帶{n}個籃子來。");
    let texts: Vec<String> = (0..5).map(|n| (n * 3..n * 3 + 20).map(sentence).collect()).collect();
    let copies = found(&texts, Keep::First);
    let relations: Vec<_> = copies.iter().map(|copy| (copy.article, copy.of, copy.kept)).collect();
    assert_eq!(relations, [(1, 0, 0), (2, 1, 0), (3, 2, 0), (4, 3, 0)]);
    assert!(copies.iter().all(|copy| copy.similarity >= Thresholds::default().similarity));
}

/// Very many copies, each with another word, are one cluster, although only some of their pairs are compared.
#[test]
fn very_many_copies_are_one_cluster() {
    let body = texts().concat();
    let copies: Vec<String> = (0..500).map(|n| format!("{body}這是第{n}份。")).collect();
    let found = found(&copies, Keep::First);
    assert_eq!(found.len(), 499);
    assert!(found.iter().all(|copy| copy.kept == 0));
}

/// An equal key alone makes a short text a copy.
#[test]
fn short_texts_are_compared_as_a_whole() {
    let text = "南河路因埋設水管，明天上午九點到下午四點封閉。";
    assert_eq!(Shingles::of(text).count(), 0);
    assert_eq!(
        found(&[text, "南河路因埋设水管,明天上午九点到下午四点封闭", "南河路因埋設水管。"], Keep::First)
            .len(),
        1
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The order of the texts does not change which ones are copies of one another.
    #[test]
    fn clusters_are_the_same_in_any_order(order in Just((0..26).collect::<Vec<usize>>()).prop_shuffle()) {
        let texts = texts();
        prop_assert_eq!(order.len(), texts.len());
        let all: Vec<&str> = texts.iter().map(String::as_str).collect();
        let shuffled: Vec<&str> = order.iter().map(|at| all[*at]).collect();
        prop_assert_eq!(clusters(&shuffled), clusters(&all));
    }

    /// Pieces of two texts: similarity is the same from both sides, from 0 to 1, and not above containment.
    #[test]
    fn similarity_is_symmetric(a in 0usize..26, b in 0usize..26, from in 0usize..80, until in 80usize..400) {
        let texts = texts();
        let piece: String = texts[b].chars().skip(from).take(until - from).collect();
        let (one, other) = (Shingles::of(&texts[a]), Shingles::of(&piece));
        let (similarity, containment) = (one.similarity(&other), one.containment(&other));
        prop_assert_eq!(similarity, other.similarity(&one));
        prop_assert_eq!(containment, other.containment(&one));
        prop_assert!((0.0..=1.0).contains(&similarity) && similarity <= containment && containment <= 1.0);
    }

    /// Any texts at all.
    #[test]
    fn no_text_makes_it_fail(texts in proptest::collection::vec(".{0,80}", 0..6)) {
        for copy in found(&texts, Keep::Longest) {
            prop_assert!(copy.article != copy.of && copy.article != copy.kept && copy.article < texts.len());
        }
    }
}
