//! The decisions of a reviewer about learned lines.

use crate::analysis::fold;
use crate::detect::learned::{CorpusModel, LearnedLine, LineVerdict, SourceLines};

/// The decisions of a reviewer, one on each line: `+` before a line to remove, and `-` before a line to keep.
/// Lines are compared by their keys, so script, width and punctuation do not count. Blank lines and lines
/// that begin with `#` are comments.
///
/// ```
/// use qingwen::corpus::{LearnOptions, Review, learn};
/// let pages = ["老街夜市搬走了。\n分享到：\n", "街坊說好。\n分享到：\n"].map(|page| ("老街網", page));
/// let (review, _) = Review::parse("# 老街網\n- 分享到\n");
/// let mut model = learn(pages, &LearnOptions::default());
/// assert!(model.review(&review).is_empty());
/// assert_eq!(model.of_source(None).unwrap().lines()[0].verdict.name(), "stays");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    decisions: Vec<ReviewedLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct ReviewedLine {
    /// 1-based number of the line of the review.
    number: usize,
    key: String,
    verdict: LineVerdict,
}

impl Review {
    /// The review in a text, and the 1-based numbers of the lines that are not decisions.
    pub fn parse(text: &str) -> (Self, Vec<usize>) {
        let mut review = Self::default();
        let mut faults = Vec::new();
        for (number, line) in (1..).zip(text.trim_start_matches('\u{FEFF}').lines()) {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match decision(number, line) {
                Some(decision) => review.decisions.push(decision),
                None => faults.push(number),
            }
        }
        (review, faults)
    }
}

fn decision(number: usize, line: &str) -> Option<ReviewedLine> {
    let verdict = match line.chars().next()? {
        '+' => LineVerdict::Goes,
        '-' => LineVerdict::Stays,
        _ => return None,
    };
    let key = fold(&line[1..]);
    (!key.is_empty()).then_some(ReviewedLine { number, key, verdict })
}

impl CorpusModel {
    /// Applies a review. Returns the 1-based numbers of the review's lines that no learned line equals. A
    /// later line of the review wins over an earlier one.
    pub fn review(&mut self, review: &Review) -> Vec<usize> {
        let mut used = vec![false; review.decisions.len()];
        let sources: Vec<SourceLines> =
            self.sources().map(|source| reviewed(source, review, &mut used)).collect();
        *self = Self::new(sources);
        let unused = review.decisions.iter().zip(used).filter(|(_, used)| !used);
        unused.map(|(decision, _)| decision.number).collect()
    }
}

/// A source with the decisions of a review.
fn reviewed(source: &SourceLines, review: &Review, used: &mut [bool]) -> SourceLines {
    let reviewed = |line: &LearnedLine| {
        let key = fold(&line.line);
        let mut line = line.clone();
        for (decision, used) in review.decisions.iter().zip(used.iter_mut()) {
            if decision.key == key {
                (line.verdict, line.reviewed, *used) = (decision.verdict, true, true);
            }
        }
        line
    };
    let lines = source.lines().iter().map(reviewed).collect();
    SourceLines::new(source.name().to_owned(), source.documents(), lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_not_decisions_are_returned() {
        let (review, faults) = Review::parse("\u{FEFF}# 註\n+ 甲乙\n丙\n\n-\n-丁戊\n");
        assert_eq!(faults, [3, 5]);
        let decisions = review.decisions.iter().map(|decision| (decision.number, decision.verdict));
        assert_eq!(decisions.collect::<Vec<_>>(), [(2, LineVerdict::Goes), (6, LineVerdict::Stays)]);
        assert_eq!(CorpusModel::default().review(&review), [2, 6]);
    }
}
