//! Documents that are in one script throughout: a single look at all of their text spares the looks at their lines.

use std::ops::Range;

use super::super::classes::Class;
use super::super::identify::{ScriptCount, Tally, is_japanese, tally, tally_with};
use super::options::ConversionOptions;
use super::protect;
use super::setting::LineTally;
use crate::document::Document;

/// What is known of such a document.
#[derive(Debug, Clone)]
pub(super) struct Uniform {
    /// Its deciding characters.
    pub count: ScriptCount,
    /// The lines, in order, that may hold what is never converted.
    fixed: Vec<usize>,
    /// Of a Simplified document, where the characters start whose form is chosen.
    choices: Vec<usize>,
}

impl Uniform {
    /// `None` where lines must be judged one by one: some of the text is in the other script, is Japanese or describes
    /// characters, nothing but what is never converted tells the script, or options ask for more than built-in
    /// patterns do.
    pub fn of(document: &Document, options: &ConversionOptions) -> Option<Self> {
        if options.look_at_lines() {
            return None;
        }
        let text = document.source();
        let (mut choices, mut marks) = (Vec::with_capacity(text.len() / 64), Vec::new());
        let mut is_traditional = false;
        let Tally { count, japanese, has_operator, .. } = tally_with(text, |at, four, is_path| {
            is_traditional |= Class::HANT.is_among(four);
            if !is_traditional {
                Class::CHOICE.those_among(four, |behind| choices.push(at + behind));
            }
            if is_path {
                marks.push(at);
            }
        });
        let is_one = (count.hans > 0) != (count.hant > 0);
        if !is_one || has_operator || is_japanese(japanese) {
            return None;
        }
        marks.extend(protect::marks(text));
        let mut fixed: Vec<usize> = marks.into_iter().map(|at| line_at(document, at)).collect();
        fixed.sort_unstable();
        fixed.dedup();
        let count = free(document, &fixed, count, options);
        count.majority().is_some().then_some(Self { count, fixed, choices })
    }

    /// Whether nothing is fixed in any line.
    pub fn is_all_plain(&self) -> bool {
        self.fixed.is_empty()
    }

    /// Whether nothing is fixed in the line of the document with an index.
    pub fn is_plain(&self, index: usize) -> bool {
        self.fixed.binary_search(&index).is_err()
    }

    /// Where in a range of a Simplified document the characters start whose form is chosen.
    pub fn choices(&self, range: Range<usize>) -> Option<&[usize]> {
        let place = |at: usize| self.choices.partition_point(|choice| *choice < at);
        if self.count.hans > 0 { self.choices.get(place(range.start)..place(range.end)) } else { None }
    }
}

/// The index of the line that holds a byte.
fn line_at(document: &Document, at: usize) -> usize {
    document.lines().partition_point(|line| line.next <= at)
}

/// The deciding characters of a document in one script, of all `count` of them, that are not fixed; all that are stand
/// in some lines.
fn free(
    document: &Document,
    lines: &[usize],
    count: ScriptCount,
    options: &ConversionOptions,
) -> ScriptCount {
    let all = |count: ScriptCount| count.hans + count.hant;
    let texts = lines.iter().filter_map(|line| document.lines().get(*line)).map(|line| document.text(line));
    let fixed = texts.map(|line| all(tally(line).count) - all(LineTally::of(line, options).count()));
    let fixed: usize = fixed.sum();
    ScriptCount { hans: count.hans.saturating_sub(fixed), hant: count.hant.saturating_sub(fixed) }
}
