//! The region of a Traditional article, if conversion depends on it.

use super::super::identify::{Leaning, RegionalForms};
use super::super::region::Region;
use super::super::target::Target;
use super::super::variants::region_numbers;

/// The region whose forms an article uses, given all lines and the Traditional lines. If its words and forms are not
/// sufficient evidence, the forms of the regions' standards decide. If it uses no region's forms, the result is
/// OpenCC's own standard.
pub(super) fn of_article<'t>(
    lines: impl Iterator<Item = &'t str>,
    traditional: impl Iterator<Item = &'t str>,
) -> Target {
    let region = leaning(traditional).region();
    region.map_or_else(|| RegionalForms::of(lines).target(), |region| region.row().target)
}

/// OpenCC's configuration that turns an article's Traditional lines into Simplified text. Without evidence for a region
/// Hong Kong's is used, because its table is nearest to the standard's.
pub(super) fn to_simplified<'t>(traditional: impl Iterator<Item = &'t str>) -> &'static str {
    leaning(traditional).region().unwrap_or(Region::Hk).row().to_simplified
}

/// The region to which the forms and words of Traditional lines point. Lines are read until the region is certain.
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

/// The first lines, up to a number of bytes.
fn first<'t>(lines: impl Iterator<Item = &'t str>, bytes: usize) -> impl Iterator<Item = &'t str> {
    let mut read = 0;
    lines.take_while(move |line| {
        let goes_on = read < bytes;
        read += line.len();
        goes_on
    })
}
