//! Boilerplate that an article speaks of, or shows: lines that rules match and that stay.

use std::ops::RangeInclusive;

use typed_index_collections::TiVec;

use crate::analysis::{LineNo, Row, View};

/// Such lines of an article at least, so that it is about boilerplate.
const LINES: usize = 3;
/// Lines before the first and behind the last of them that are about it too.
const AROUND: usize = 3;

/// The lines of a page that rules match and that stay.
#[derive(Debug, Default)]
pub(crate) struct SpokenOf {
    /// By row; empty where there are none.
    rows: TiVec<Row, bool>,
    /// The numbers of the lines between which the article is about boilerplate.
    between: Option<RangeInclusive<LineNo>>,
}

impl SpokenOf {
    /// Those in these rows of a view.
    pub fn of(view: &View, spoken_of: &[Row]) -> Self {
        let (Some(first), Some(last)) = (spoken_of.iter().min(), spoken_of.iter().max()) else {
            return Self::default();
        };
        let mut rows = TiVec::from(vec![false; view.lines.len()]);
        spoken_of.iter().for_each(|row| rows[*row] = true);
        let number = |row: &Row| view.lines[*row].number;
        let between = number(first).above_or_first(AROUND)..=number(last).below(AROUND);
        Self { rows, between: Some(between).filter(|_| spoken_of.len() >= LINES) }
    }

    /// Whether a row is one of them.
    pub fn holds(&self, row: Row) -> bool {
        self.rows.get(row) == Some(&true)
    }

    /// Whether the classifier leaves a row too: one of them, or one between them.
    pub fn exempts(&self, view: &View, row: Row) -> bool {
        let is_between = |range: &RangeInclusive<LineNo>| range.contains(&view.lines[row].number);
        self.holds(row) || self.between.as_ref().is_some_and(is_between)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_about_boilerplate_from_three_such_lines_on() {
        let numbered: Vec<_> = (1..=20).map(|number| (number, "老街")).collect();
        let view = View::new(&numbered, None);
        let exempt = |rows: &[usize]| {
            let spoken_of = SpokenOf::of(&view, &rows.iter().copied().map(Row::from).collect::<Vec<_>>());
            (0..20).filter(|row| spoken_of.exempts(&view, Row::from(*row))).collect::<Vec<_>>()
        };
        assert_eq!(exempt(&[]), [0; 0]);
        assert_eq!(exempt(&[5, 8]), [5, 8]);
        assert_eq!(exempt(&[8, 5, 6]), (2..=11).collect::<Vec<_>>());
    }
}
