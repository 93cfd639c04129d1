//! Verdicts: the labels that lines get because of their posterior probabilities.

use crate::analysis::{Rank, Ranked, ViewLine};
use crate::detect::classifier::Header;
use crate::detect::classifier::label::{ALL, FIRST_REMOVED, LABELS, METADATA};
use crate::rules::Category;

/// The label of a line that probably does not belong to the article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LabelVerdict {
    pub label: usize,
    /// The probability that the line does not belong to the article.
    pub probability: f64,
    /// The ranks of the removed lines above and below, if the line is removed because it is between them.
    pub between: Option<[Rank; 2]>,
}

/// The verdict on each line. `None` if the line is kept.
pub(super) type Verdicts = Ranked<Option<LabelVerdict>>;

impl LabelVerdict {
    /// The verdict that follows from the posterior probabilities alone.
    pub fn of(probabilities: &[f32; LABELS], threshold: f32) -> Option<Self> {
        let verdict = |label, probability| Self { label, probability: f64::from(probability), between: None };
        let removed = removed(probabilities);
        if removed >= threshold {
            return Some(verdict(likeliest(probabilities, FIRST_REMOVED), removed));
        }
        let metadata = probabilities[METADATA];
        (metadata >= threshold.max(MIN_METADATA)).then(|| verdict(METADATA, metadata))
    }

    pub fn category(&self) -> Option<Category> {
        ALL[self.label]
    }

    pub fn is_repeat(&self) -> bool {
        self.category() == Some(Category::Repeat)
    }
}

/// The minimum probability for the removal of a line. The odds required for removal grow with the line's
/// length, because a wrong removal costs as much text as it deletes.
pub(crate) fn threshold(header: &Header, line: &ViewLine, prose: bool) -> f32 {
    let odds = header.threshold / (1.0 - header.threshold).max(f32::EPSILON);
    let length = line.shape.characters as f32 / header.short.max(1.0);
    let doubt = 1.0 / (1.0 + odds * (1.0 + length));
    1.0 - if prose { doubt * header.doubt_of_prose } else { doubt }
}

/// The probability that a line is neither content nor metadata.
pub(crate) fn removed(probabilities: &[f32; LABELS]) -> f32 {
    probabilities[FIRST_REMOVED..].iter().sum()
}

/// The most probable of the labels from `first` on.
pub(crate) fn likeliest(probabilities: &[f32; LABELS], first: usize) -> usize {
    (first..LABELS).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b])).unwrap_or(first)
}

/// Minimum probability of a line to be labelled as metadata, because metadata belongs to the article.
const MIN_METADATA: f32 = 0.5;
