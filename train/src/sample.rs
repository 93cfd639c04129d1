//! Draws lines that go only because of a model of the collections, so that somebody can judge them. The line model is the
//! built-in one.

use std::collections::{BTreeMap, BTreeSet};

use qingwen::clean::Punctuation;
use qingwen::{Cleaner, Target};

use crate::collections::{Page, learn, pages, shared_out};
use crate::{Args, Set};

/// A line that goes, with the lines around it.
struct Removed {
    rule: String,
    line: String,
    context: String,
}

/// Prints a number of different lines: rule, line, source and the lines around, separated by tabs.
pub fn print(args: &Args, sets: &[Set], number: usize) -> anyhow::Result<()> {
    let mut different = BTreeMap::<String, Removed>::new();
    let mut by_rule = BTreeMap::<String, usize>::new();
    let pages = pages(args, sets)?;
    for (source, pages) in &pages {
        let pages: Vec<&Page> = pages.iter().collect();
        for removed in of_source(source, &pages) {
            *by_rule.entry(removed.rule.clone()).or_default() += 1;
            different.entry(qingwen::fold(&removed.line)).or_insert(removed);
        }
    }
    let count = pages.values().map(BTreeSet::len).sum::<usize>();
    println!("# {count} pages of {} sources; {} different lines; {by_rule:?}", pages.len(), different.len());
    let mut drawn: Vec<(u64, Removed)> =
        different.into_iter().map(|(key, removed)| (hash(&key), removed)).collect();
    drawn.sort_by_key(|(hash, _)| *hash);
    for (_, Removed { rule, line, context }) in drawn.into_iter().take(number) {
        println!("{rule}\t{line}\t{context}");
    }
    Ok(())
}

/// The lines that go from pages of a source because of a model learned from them, and not without it.
fn of_source(source: &str, pages: &[&Page]) -> Vec<Removed> {
    let builder = || Cleaner::builder().target(Target::Keep).punctuation(Punctuation::Keep);
    let model = learn(source, pages, builder());
    let (single, learned) = (builder().build(), builder().corpus_model(model.into()).build());
    let of_page = |page: &&Page| {
        let removed = |cleaner: &Cleaner| cleaner.clean_titled(&page.text, page.title.as_deref()).removals;
        let without: BTreeSet<usize> = removed(&single).iter().map(|removal| removal.line).collect();
        let lines: Vec<&str> = page.text.split('\n').filter(|line| !line.trim().is_empty()).collect();
        let with = removed(&learned).into_iter().filter(|removal| !without.contains(&removal.line));
        let with = with.filter(|removal| removal.rule.starts_with("corpus/"));
        let removed = with.map(|removal| {
            let at = page.text.split('\n').take(removal.line).filter(|line| !line.trim().is_empty()).count();
            let around = (at.saturating_sub(4)..(at + 3).min(lines.len())).map(|other| lines[other].trim());
            Removed {
                rule: removal.rule.to_string(),
                line: removal.text.trim().to_owned(),
                context: format!("{source}\t{}", around.collect::<Vec<_>>().join(" ¶ ")),
            }
        });
        removed.collect::<Vec<_>>()
    };
    shared_out(pages, &of_page).into_iter().flatten().collect()
}

/// A number for a key, which looks random and is the same in each run.
fn hash(key: &str) -> u64 {
    let hash = key.bytes().fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3)
    });
    (hash ^ hash >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9)
}
