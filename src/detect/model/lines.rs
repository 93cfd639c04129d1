//! The lines of a document that are not blank, as those look at them who read verdicts together.

use super::Verdict;
use super::text::Facts;
use crate::detect::Category;
use crate::document::{View, ViewLine};

/// The lines that are not blank, and what is known of each.
pub(super) struct Lines<'l, 'v> {
    pub view: &'l View<'v>,
    /// Indices of the lines in the view.
    pub lines: &'l [usize],
    pub facts: &'l [&'l Facts],
    /// The category of a rule that has spoken on the line.
    pub named: &'l [Option<Category>],
}

impl<'l, 'v> Lines<'l, 'v> {
    pub fn at(&self, place: usize) -> &'l ViewLine<'v> {
        &self.view.lines[self.lines[place]]
    }

    /// Whether neither a rule nor the model speaks against a line that is there.
    pub fn stays(&self, place: usize, verdicts: &[Option<Verdict>]) -> bool {
        self.named.get(place) == Some(&None) && verdicts[place].is_none()
    }
}

#[cfg(test)]
pub(super) mod example {
    use super::*;
    use crate::detect::model::{label, text};

    /// The 1-based numbers of the lines of a text that go, of which those behind `×` go as furniture before a change.
    pub fn going(text: &str, change: impl Fn(&Lines, &mut [Option<Verdict>])) -> Vec<usize> {
        let plain: Vec<(usize, &str)> =
            (1..).zip(text.lines().map(|line| line.trim_start_matches('×'))).collect();
        let view = View::new(&plain, None);
        let lines: Vec<usize> = view.filled().collect();
        let facts: Vec<Facts> = lines.iter().map(|line| text::facts(&view.lines[*line])).collect();
        let furniture = Verdict { label: label::FIRST_OF_PAGE, probability: 0.9, between: None };
        let marked: Vec<bool> = text.lines().map(|line| line.starts_with('×')).collect();
        let mut verdicts: Vec<Option<Verdict>> =
            lines.iter().map(|line| marked[*line].then_some(furniture)).collect();
        let lines = Lines {
            view: &view,
            lines: &lines,
            facts: &facts.iter().collect::<Vec<_>>(),
            named: &vec![None; lines.len()],
        };
        change(&lines, &mut verdicts);
        (0..verdicts.len())
            .filter(|place| verdicts[*place].is_some())
            .map(|place| lines.at(place).number)
            .collect()
    }
}
