//! What is learned from many pages: the cases in tests/cases/learning, and laws of learning.

#![allow(clippy::unwrap_used)] // A test that cannot continue must fail.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use qingwen::Cleaner;
use qingwen::clean::{CleanerBuilder, Profile, Punctuation};
use qingwen::convert::Target;
use qingwen::corpus::{
    CorpusModel, LearnOptions, LearnThresholds, Learner, LineVerdict, PageCounts, PageLines, PageReader,
    learn,
};
use serde::Deserialize;

/// The pages of a site.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    source: String,
    /// By line, what becomes of it.
    learned: BTreeMap<String, String>,
    page: Vec<Page>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    text: String,
    /// The lines that go only because of what was learned.
    goes: Vec<String>,
}

impl Case {
    fn model(&self) -> CorpusModel {
        learn(
            self.page.iter().map(|page| (self.source.as_str(), page.text.as_str())),
            &LearnOptions::default(),
        )
    }
}

fn cases() -> Vec<(PathBuf, Case)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/learning");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| {
        let case = toml::from_str(&fs::read_to_string(&path).unwrap());
        (path.clone(), case.unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    };
    let cases: Vec<_> = files.map(read).collect();
    assert!(!cases.is_empty());
    cases
}

fn unchanged() -> CleanerBuilder {
    Cleaner::builder().target(Target::Keep).punctuation(Punctuation::Keep)
}

/// The lines that a cleaner removes from a text, by their numbers.
fn removed(cleaner: &Cleaner, text: &str) -> BTreeMap<usize, String> {
    cleaner.clean(text).removals.into_iter().map(|removal| (removal.line, removal.text)).collect()
}

#[test]
fn what_many_pages_show_goes_and_nothing_else() {
    for (path, case) in cases() {
        let cleaner = unchanged().corpus_model(Arc::new(case.model())).build();
        for (number, page) in case.page.iter().enumerate() {
            let without = removed(&unchanged().build(), &page.text);
            let mut with = removed(&cleaner, &page.text);
            with.retain(|line, _| !without.contains_key(line));
            assert_eq!(
                with.into_values().collect::<Vec<_>>(),
                page.goes,
                "{}, page {}",
                path.display(),
                number + 1
            );
        }
    }
}

#[test]
fn the_model_says_what_becomes_of_a_line() {
    for (path, case) in cases() {
        let model = case.model();
        let source = model.of_source(Some(&case.source)).unwrap();
        for (line, expected) in &case.learned {
            let key = qingwen::fold(line);
            let digits = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).collect::<String>();
            let learned = source.lines().iter().find(|learned| {
                let other = qingwen::fold(&learned.line);
                other == key || learned.frame && digits(&other) == digits(&key)
            });
            let verdict = learned.map_or("none", |learned| learned.verdict.name());
            assert_eq!(verdict, expected, "{}: {line}", path.display());
        }
    }
}

/// Of the removals that were read by hand, nearly all are right.
#[test]
fn the_removals_that_were_judged_are_right() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/learned/judged.tsv");
    let judged = fs::read_to_string(path).unwrap();
    let rows: Vec<_> = judged.lines().filter(|row| !row.starts_with('#')).collect();
    let count = |name: &str| rows.iter().filter(|row| row.split('\t').next() == Some(name)).count();
    let (right, wrong, guarded) = (count("right"), count("wrong"), count("guarded"));
    assert_eq!(right + wrong + guarded, 200, "each row has one of three judgements");
    assert!(right * 100 >= (right + wrong) * 98, "{right} right, {wrong} wrong");
    // What a guard was written for has no frame any more.
    let guarded = rows.iter().filter(|row| row.starts_with("guarded\tcorpus/line"));
    for line in guarded.filter_map(|row| row.split('\t').nth(2)) {
        let pages: Vec<String> =
            (1..=20).map(|day| format!("{}\n", line.replace(char::is_numeric, &day.to_string()))).collect();
        let model = learn(pages.iter().map(|page| ("老街網", page.as_str())), &LearnOptions::default());
        assert!(model.sources().all(|source| source.lines().is_empty()), "{line}");
    }
}

/// A later sample, of accounts, sites and clips: at least 94 of 100 of the removals that the guide scores are right.
#[test]
fn the_removals_of_all_collections_that_were_judged_are_right() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/learned/collections.tsv");
    let judged = fs::read_to_string(path).unwrap();
    let judgements: Vec<&str> =
        judged.lines().filter(|row| !row.starts_with('#')).filter_map(|row| row.split('\t').next()).collect();
    let count = |name: &str| judgements.iter().filter(|judgement| **judgement == name).count();
    let (right, wrong, metadata) = (count("right"), count("wrong"), count("metadata"));
    assert_eq!(right + wrong + metadata, 200, "each row has one of three judgements");
    assert!(right * 100 >= (right + wrong) * 94, "{right} right, {wrong} wrong");
}

/// Cards of authors go where metadata goes.
#[test]
fn metadata_goes_with_the_profile_that_removes_it() {
    let (_, case) = cases().swap_remove(0);
    let model = Arc::new(case.model());
    let text = &case.page[0].text;
    let cards = |profile| {
        let cleaner = unchanged().profile(profile).corpus_model(Arc::clone(&model)).build();
        cleaner.clean(text).removals.iter().filter(|removal| removal.rule == "metadata/standing").count()
    };
    assert_eq!(cards(Profile::Article), 0);
    assert!(cards(Profile::Corpus) > 0);
}

/// The order of the pages, pages that come again and the way in which the work is divided do not change a byte.
#[test]
fn the_model_is_the_same_in_any_order_and_any_division() {
    let (_, case) = cases().swap_remove(0);
    let expected = case.model().to_text();
    let source = case.source.as_str();
    let pages: Vec<&str> = case.page.iter().map(|page| page.text.as_str()).collect();
    for step in [1, 3, 5, 7] {
        // A step that has no divisor in common with the number of pages meets each page once.
        let order: Vec<&str> = (0..pages.len()).map(|at| pages[(at * step + 2) % pages.len()]).collect();
        let twice = order.iter().chain(&order).map(|page| (source, *page));
        assert_eq!(learn(twice, &LearnOptions::default()).to_text(), expected, "{step}");
    }
    let mut counts = PageCounts::default();
    pages.iter().rev().for_each(|page| counts.add(&PageLines::of(source, page, None)));
    let reader = PageReader::new(counts, LearnThresholds::default());
    let readings: Vec<_> = std::thread::scope(|scope| {
        let (reader, halves) = (&reader, pages.chunks(3).rev());
        let threads = halves.map(|half| {
            scope.spawn(move || half.iter().map(|page| reader.read(source, page, None)).collect::<Vec<_>>())
        });
        threads.collect::<Vec<_>>().into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    let mut learner = Learner::default();
    readings.iter().for_each(|reading| learner.add(reading));
    assert_eq!(learner.finish(&reader).to_text(), expected);
}

/// Cleaning with a model twice gives the same as cleaning once.
#[test]
fn cleaning_with_a_model_is_done_after_one_time() {
    for (path, case) in cases() {
        let cleaner = Cleaner::builder().corpus_model(Arc::new(case.model())).build();
        for page in &case.page {
            let cleaned = cleaner.clean(&page.text).text;
            assert_eq!(cleaner.clean(&cleaned).text, cleaned, "{}", path.display());
        }
    }
}

/// Sentences that stand in many articles and that nothing takes for furniture: a refrain, the name of a column, notes, and
/// the words of a form.
#[test]
fn frequent_content_stays() {
    let stories = [
        "夜市在上個月搬到了河堤旁邊，攤販們說新的地方比較寬，下雨的時候也有屋頂可以躲。",
        "擺攤二十年的張太太說，雨天不用再收攤了，可是太陽曬過的書才有味道。",
        "巷口的三盞路燈壞了半年，晚上回家的學生都拿手機照路。",
        "她在櫃檯後面站了四十年，每個客人喝什麼茶都記得。",
        "圍牆原本是灰色的，開學以前老師和學生一起畫了三十二隻貓。",
        "師傅每天半夜十二點起來磨豆子，天還沒亮就有計程車司機來排隊。",
        "以前騎樓下有四個修鞋的攤子，現在只剩下老陳還在。",
        "颱風把榕樹吹倒了一半，居民用繩子和木樁把它撐了起來。",
    ];
    let pages: Vec<String> = stories
        .iter()
        .enumerate()
        .map(|(at, story)| {
            let other = stories[(at + 3) % stories.len()];
            format!(
                "老街手記之{at}\n\n一、經過\n\n{story}\n\n月光照在老街上\n我們走了一遍又一遍\n\n二、影響\n\n{other}\n\n\
                 月光照在老街上\n我們走了一遍又一遍\n\n註釋：\n\n資料由里辦公室第{at}號檔案整理，原件存在老街的圖書室裡。\n"
            )
        })
        .collect();
    let model = learn(pages.iter().map(|page| ("老街網", page.as_str())), &LearnOptions::default());
    let goes: Vec<_> = model.sources().flat_map(|source| source.lines()).collect();
    assert!(goes.iter().all(|line| line.verdict == LineVerdict::Stays), "{goes:?}");
    let cleaner = unchanged().corpus_model(Arc::new(model)).build();
    for page in &pages {
        assert_eq!(cleaner.clean(page).text, unchanged().build().clean(page).text);
    }
}
