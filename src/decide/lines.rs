//! The lines of a document that are not blank, for what reads verdicts together.

use super::verdict::Verdict;
use crate::analysis::{View, ViewLine};
use crate::detect::classifier::text::Facts;
use crate::rules::Category;

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

    /// The category of a line that goes for what pages have around an article. Metadata, repeats, residue
    /// and what the user names stand anywhere within one.
    pub fn furniture(&self, place: usize, verdicts: &[Option<Verdict>]) -> Option<Category> {
        let category = self.named[place].or_else(|| verdicts[place]?.category())?;
        let is_elsewhere =
            matches!(category, Category::Metadata | Category::Repeat | Category::Residue | Category::User);
        (!is_elsewhere).then_some(category)
    }
}

#[cfg(test)]
pub(super) mod example {
    use super::*;
    use crate::detect::classifier::schema::KnownRules;
    use crate::detect::classifier::{label, text};

    /// What a line is marked with that goes before a change, and how probably.
    const MARKS: [(char, f64); 2] = [('×', 0.9), ('！', 0.99)];

    /// The 1-based numbers of the lines of a text that go, of which those with a mark go as furniture before a change.
    pub fn going(text: &str, change: impl Fn(&Lines, &mut [Option<Verdict>])) -> Vec<usize> {
        going_with(Category::Share, text, change)
    }

    /// The same, where they go as one of a category.
    pub fn going_with(
        category: Category,
        text: &str,
        change: impl Fn(&Lines, &mut [Option<Verdict>]),
    ) -> Vec<usize> {
        let plain: Vec<(usize, &str)> = (1..)
            .zip(text.lines().map(|line| line.trim_start_matches(MARKS.map(|(mark, _)| mark))))
            .collect();
        let view = View::new(&plain, None);
        let lines: Vec<usize> = view.filled().collect();
        let facts: Vec<Facts> =
            lines.iter().map(|line| text::facts(&view.lines[*line], &KnownRules::all())).collect();
        let label = label::ALL.iter().position(|label| *label == Some(category)).expect("a label");
        let verdict = |line: &str| {
            let (_, probability) = MARKS.into_iter().find(|(mark, _)| line.starts_with(*mark))?;
            Some(Verdict { label, probability, between: None })
        };
        let marked: Vec<Option<Verdict>> = text.lines().map(verdict).collect();
        let mut verdicts: Vec<Option<Verdict>> = lines.iter().map(|line| marked[*line]).collect();
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
