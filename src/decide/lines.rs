//! The lines of a document that are not blank, for policies that read verdicts together.

use super::verdict::Verdicts;
use crate::analysis::{Rank, Ranked, Row, View, ViewLine};
use crate::detect::classifier::text::Facts;
use crate::rules::Category;

/// The lines that are not blank, with facts about each of them.
pub(super) struct Lines<'l, 'v> {
    pub view: &'l View<'v>,
    /// The rows of the lines.
    pub rows: &'l Ranked<Row>,
    pub facts: &'l Ranked<&'l Facts>,
    /// The category of the rule that applies to each line, if one does.
    pub rule_category: &'l Ranked<Option<Category>>,
}

impl<'l, 'v> Lines<'l, 'v> {
    pub fn at(&self, rank: Rank) -> &'l ViewLine<'v> {
        &self.view.lines[self.rows[rank]]
    }

    /// Whether a line is kept so far: the line exists, no rule applies to it, and it has no verdict.
    pub fn stays(&self, rank: Rank, verdicts: &Verdicts) -> bool {
        self.rule_category.get(rank) == Some(&None) && verdicts[rank].is_none()
    }

    /// The category of a line that is removed as boilerplate around an article. Metadata, repeats, residue
    /// and lines that the user names do not count, because they occur anywhere inside an article.
    pub fn boilerplate(&self, rank: Rank, verdicts: &Verdicts) -> Option<Category> {
        let category = self.rule_category[rank].or_else(|| verdicts[rank]?.category())?;
        let is_of_article =
            matches!(category, Category::Metadata | Category::Repeat | Category::Residue | Category::User);
        (!is_of_article).then_some(category)
    }
}

#[cfg(test)]
pub(super) mod example {
    use typed_index_collections::TiVec;

    use super::super::verdict::LabelVerdict;
    use super::*;
    use crate::detect::classifier::schema::KnownRules;
    use crate::detect::classifier::{label, text};

    /// The marks at the start of lines that have a verdict before a change, each with the verdict's
    /// probability.
    const MARKS: [(char, f64); 2] = [('×', 0.9), ('！', 0.99)];

    /// The 1-based numbers of the lines of a text that have a verdict after a change. Before it, the lines
    /// with a mark have a verdict as boilerplate.
    pub fn removed_lines(text: &str, change: impl Fn(&Lines, &mut Verdicts)) -> Vec<usize> {
        removed_lines_of(Category::Share, text, change)
    }

    /// The same, with verdicts of this category.
    pub fn removed_lines_of(
        category: Category,
        text: &str,
        change: impl Fn(&Lines, &mut Verdicts),
    ) -> Vec<usize> {
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
            rule_category: &TiVec::from(vec![None; rows.len()]),
        };
        change(&lines, &mut verdicts);
        let removed = verdicts.keys().filter(|rank| verdicts[*rank].is_some());
        removed.map(|rank| lines.at(rank).number.into()).collect()
    }
}
