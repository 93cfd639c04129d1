//! The weights of counts (`dictionaries/variants/weights.toml`), and the sums that use them.

use std::sync::LazyLock;

use super::super::region::Region;
use super::image::MOST_FORMS;
use super::variant_counts::Counted;

/// By the index of a form.
pub(super) type Weights = [f64; MOST_FORMS];

/// The numbers of `weights.toml`, which explains each.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Numbers {
    pub other_context: f64,
    pub other_habit: f64,
    pub own: f64,
    pub near: f64,
    pub far: f64,
    pub phrase: u32,
    pub even: f64,
    pub habit: f64,
    pub likely: f64,
    pub used: f64,
    pub attested: f64,
    pub attested_beside_one: f64,
    pub attested_ratio: f64,
    pub attested_elsewhere: f64,
    pub overwhelming: f64,
    pub function_words: String,
    pub doubt: f64,
    pub doubt_between: f64,
    pub doubt_in_phrase: f64,
    pub doubt_unknown: f64,
}

static NUMBERS: LazyLock<Numbers> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../dictionaries/variants/weights.toml")).unwrap_or_default()
});

/// The weights.
pub(crate) fn weights() -> &'static Numbers {
    &NUMBERS
}

/// The distribution that counts give, smoothed by that of a `shorter` context. The counts of the other region are
/// multiplied by `other`.
pub(super) fn smoothed(
    shorter: Weights,
    counts: impl Iterator<Item = Counted>,
    region: Region,
    smoothing: f64,
    other: f64,
) -> Weights {
    let mut weights = shorter.map(|share| share * smoothing);
    let mut sum = smoothing;
    for (form, counts) in counts {
        let own = region as usize;
        let uses = f64::from(counts[own]) + other * f64::from(counts[1 - own]);
        weights[form] += uses;
        sum += uses;
    }
    weights.map(|weight| weight / sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_read() {
        assert!(weights().own > 1.0 && weights().doubt < weights().doubt_between);
    }
}
