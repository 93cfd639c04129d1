//! The region of a Traditional article, where conversion depends on it.

use super::super::context::Region;
use super::super::identify::{Leaning, RegionalForms, Script};
use super::super::target::Target;
use super::setting::LineTally;

/// How much of an article is read at most, in bytes: its region shows early.
const ENOUGH_FORMS: usize = 1 << 14;
const ENOUGH_WORDS: usize = 1 << 12;

/// The region whose forms an article uses. Where its words and forms do not tell, the standard's forms do that
/// it uses; OpenCC's own standard where it uses no region's.
pub(super) fn of_article(lines: &[&str], tallies: &[LineTally]) -> Target {
    match leaning(lines, tallies).region() {
        Some(Region::Tw) => Target::Tw,
        Some(Region::Hk) => Target::Hk,
        None => RegionalForms::of(lines).target(),
    }
}

/// OpenCC's configuration that turns the article's Traditional text into Simplified. Of the regions' tables
/// Hong Kong's is nearest to the standard's, so that it is taken where nothing tells the region.
pub(super) fn to_simplified(lines: &[&str], tallies: &[LineTally]) -> &'static str {
    let is_taiwan = leaning(lines, tallies).region() == Some(Region::Tw);
    if is_taiwan { "tw2s" } else { "hk2s" }
}

/// Which region the Traditional lines lean to, read until it is clear: their forms, and where those do not tell
/// their words.
fn leaning(lines: &[&str], tallies: &[LineTally]) -> Leaning {
    let mut leaning = Leaning::default();
    let traditional =
        lines.iter().zip(tallies).filter(|(_, tally)| tally.count().majority() == Some(Script::Hant));
    let traditional: Vec<&str> = first(traditional.map(|(line, _)| *line), ENOUGH_FORMS).collect();
    for line in &traditional {
        leaning.add_forms(line);
        if leaning.is_certain() {
            return leaning;
        }
    }
    if leaning.region().is_none() {
        first(traditional.into_iter(), ENOUGH_WORDS).for_each(|line| leaning.add_words(line));
    }
    leaning
}

/// The first lines, of so many bytes.
fn first<'t>(lines: impl Iterator<Item = &'t str>, bytes: usize) -> impl Iterator<Item = &'t str> {
    let mut read = 0;
    lines.take_while(move |line| {
        let goes_on = read < bytes;
        read += line.len();
        goes_on
    })
}
