//! The region of a Traditional article, where conversion depends on it.

use super::super::identify::{Leaning, RegionalForms};
use super::super::target::Target;
use super::super::variants::{Region, region_numbers};

/// The region whose forms an article uses, given all lines and those that are Traditional. Where its words and forms do not tell, the standard's forms do that
/// it uses; OpenCC's own standard where it uses no region's.
pub(super) fn of_article<'t>(
    lines: impl Iterator<Item = &'t str>,
    traditional: impl Iterator<Item = &'t str>,
) -> Target {
    match leaning(traditional).region() {
        Some(Region::Tw) => Target::Tw,
        Some(Region::Hk) => Target::Hk,
        None => RegionalForms::of(lines).target(),
    }
}

/// OpenCC's configuration that turns an article's Traditional lines into Simplified text. Of the regions' tables
/// Hong Kong's is nearest to the standard's, so that it is taken where nothing tells the region.
pub(super) fn to_simplified<'t>(traditional: impl Iterator<Item = &'t str>) -> &'static str {
    let is_taiwan = leaning(traditional).region() == Some(Region::Tw);
    if is_taiwan { "tw2s" } else { "hk2s" }
}

/// Which region Traditional lines lean to, by their forms and words, read until it is clear.
fn leaning<'t>(traditional: impl Iterator<Item = &'t str>) -> Leaning {
    let mut leaning = Leaning::default();
    for line in first(traditional, region_numbers().within) {
        leaning.add(line);
        if leaning.is_certain() {
            break;
        }
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
