//! Verdicts: what a line is taken for by its posterior probabilities.

use crate::analysis::{Rank, Ranked, ViewLine};
use crate::detect::classifier::Header;
use crate::detect::classifier::label::{ALL, FIRST_REMOVED, LABELS, METADATA};
use crate::rules::Category;

/// What a line is taken for that is hardly the article's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LabelVerdict {
    pub label: usize,
    /// How probable it is that the line is not the article's.
    pub probability: f64,
    /// The ranks of the lines before and behind that go, where the line goes because it stands between them.
    pub between: Option<[Rank; 2]>,
}

/// What each line is taken for.
pub(super) type Verdicts = Ranked<Option<LabelVerdict>>;

impl LabelVerdict {
    /// The verdict that posterior probabilities come to by themselves.
    pub fn of(probabilities: &[f32; LABELS], threshold: f32) -> Option<Self> {
        let verdict = |label, probability| Self { label, probability: f64::from(probability), between: None };
        let removed = removed(probabilities);
        if removed >= threshold {
            return Some(verdict(likeliest(probabilities, FIRST_REMOVED), removed));
        }
        let metadata = probabilities[METADATA];
        (metadata >= threshold.max(METADATA_LEAST)).then(|| verdict(METADATA, metadata))
    }

    pub fn category(&self) -> Option<Category> {
        ALL[self.label]
    }

    pub fn is_repeat(&self) -> bool {
        self.category() == Some(Category::Repeat)
    }
}

/// The probability from which on a line is removed. The odds required for removal grow with the line's length, because a
/// wrong removal costs as much text as it deletes.
pub(crate) fn threshold(header: &Header, line: &ViewLine, prose: bool) -> f32 {
    let odds = header.threshold / (1.0 - header.threshold).max(f32::EPSILON);
    let length = line.shape.characters as f32 / header.short.max(1.0);
    let doubt = 1.0 / (1.0 + odds * (1.0 + length));
    1.0 - if prose { doubt * header.doubt_of_prose } else { doubt }
}

/// How probable it is that a line is neither content nor metadata.
pub(crate) fn removed(probabilities: &[f32; LABELS]) -> f32 {
    probabilities[FIRST_REMOVED..].iter().sum()
}

/// The most probable of the labels from one on.
pub(crate) fn likeliest(probabilities: &[f32; LABELS], first: usize) -> usize {
    (first..LABELS).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b])).unwrap_or(first)
}

/// How probable it must be at least that a line is metadata: what is removed with it is the article's own.
const METADATA_LEAST: f32 = 0.5;
