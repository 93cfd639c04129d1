//! The region of a Traditional article, where conversion depends on it.

use super::super::context::Region;
use super::super::identify::{Leaning, RegionalForms, Script, ScriptCount};
use super::super::target::Target;
use super::setting::Setting;

/// How much of an article is read at most, in bytes: its region shows early.
const ENOUGH: usize = 1 << 14;

/// The region whose forms an article uses. Where its words and forms do not tell, the standard's forms do that
/// it uses; OpenCC's own standard where it uses no region's.
pub(super) fn of_article(lines: &[&str]) -> Target {
    match leaning(lines).region() {
        Some(Region::Tw) => Target::Tw,
        Some(Region::Hk) => Target::Hk,
        None => RegionalForms::of(lines).target(),
    }
}

/// OpenCC's configuration that turns the article's Traditional text into Simplified. Of the regions' tables
/// Hong Kong's is nearest to the standard's, so that it is taken where nothing tells the region.
pub(super) fn to_simplified(lines: &[&str], whole: Setting) -> &'static str {
    let is_taiwan = whole.count.hant > 0 && leaning(lines).region() == Some(Region::Tw);
    if is_taiwan { "tw2s" } else { "hk2s" }
}

/// Which region the Traditional lines lean to, read until it is clear: their forms, and where those do not tell
/// their words.
fn leaning(lines: &[&str]) -> Leaning {
    let mut leaning = Leaning::default();
    let mut read = 0;
    let enough = |line: &&&str| {
        read += line.len();
        read < ENOUGH
    };
    let lines: Vec<&str> = lines.iter().take_while(enough).copied().collect();
    for line in lines.iter().filter(|line| ScriptCount::of(line).majority() == Some(Script::Hant)) {
        leaning.add_forms(line);
        if leaning.is_certain() {
            return leaning;
        }
    }
    if leaning.region().is_none() {
        lines.iter().for_each(|line| leaning.add_words(line));
    }
    leaning
}
