//! The lines of a document that are not blank, for what reads verdicts together.

use super::verdict::Verdicts;
use crate::analysis::{Rank, Ranked, Row, View, ViewLine};
use crate::detect::classifier::text::Facts;
use crate::rules::Category;

/// The lines that are not blank, and what is known of each.
pub(super) struct Lines<'l, 'v> {
    pub view: &'l View<'v>,
    /// The rows of the lines.
    pub rows: &'l Ranked<Row>,
    pub facts: &'l Ranked<&'l Facts>,
    /// The category of a rule that has spoken on the line.
    pub named: &'l Ranked<Option<Category>>,
}

impl<'l, 'v> Lines<'l, 'v> {
    pub fn at(&self, rank: Rank) -> &'l ViewLine<'v> {
        &self.view.lines[self.rows[rank]]
    }

    /// Whether neither a rule nor the model speaks against a line that is there.
    pub fn stays(&self, rank: Rank, verdicts: &Verdicts) -> bool {
        self.named.get(rank) == Some(&None) && verdicts[rank].is_none()
    }

    /// The category of a line that goes for what pages have around an article. Metadata, repeats, residue
    /// and what the user names stand anywhere within one.
    pub fn furniture(&self, rank: Rank, verdicts: &Verdicts) -> Option<Category> {
        let category = self.named[rank].or_else(|| verdicts[rank]?.category())?;
        let is_elsewhere =
            matches!(category, Category::Metadata | Category::Repeat | Category::Residue | Category::User);
        (!is_elsewhere).then_some(category)
    }
}

#[cfg(test)]
pub(super) mod example {
    use typed_index_collections::TiVec;

    use super::super::verdict::LabelVerdict;
    use super::*;
    use crate::detect::classifier::schema::KnownRules;
    use crate::detect::classifier::{label, text};

    /// What a line is marked with that goes before a change, and how probably.
    const MARKS: [(char, f64); 2] = [('×', 0.9), ('！', 0.99)];

    /// The 1-based numbers of the lines of a text that go, of which those with a mark go as furniture before a change.
    pub fn going(text: &str, change: impl Fn(&Lines, &mut Verdicts)) -> Vec<usize> {
        going_with(Category::Share, text, change)
    }

    /// The same, where they go as one of a category.
    pub fn going_with(category: Category, text: &str, change: impl Fn(&Lines, &mut Verdicts)) -> Vec<usize> {
        let plain: Vec<(usize, &str)> = (1..)
            .zip(text.lines().map(|line| line.trim_start_matches(MARKS.map(|(mark, _)| mark))))
            .collect();
        let view = View::new(&plain, None);
        let rows: TiVec<Rank, Row> = view.filled().collect();
        let facts: Vec<Facts> =
            rows.iter().map(|row| text::facts(&view.lines[*row], &KnownRules::all())).collect();
        let label = label::ALL.iter().position(|label| *label == Some(category)).expect("a label");
        let verdict = |line: &str| {
            let (_, probability) = MARKS.into_iter().find(|(mark, _)| line.starts_with(*mark))?;
            Some(LabelVerdict { label, probability, between: None })
        };
        let marked: TiVec<Row, Option<LabelVerdict>> = text.lines().map(verdict).collect();
        let mut verdicts: TiVec<Rank, Option<LabelVerdict>> = rows.iter().map(|row| marked[*row]).collect();
        let lines = Lines {
            view: &view,
            rows: &rows,
            facts: &facts.iter().collect::<TiVec<_, _>>(),
            named: &TiVec::from(vec![None; rows.len()]),
        };
        change(&lines, &mut verdicts);
        let going = verdicts.keys().filter(|rank| verdicts[*rank].is_some());
        going.map(|rank| lines.at(rank).number.into()).collect()
    }
}
