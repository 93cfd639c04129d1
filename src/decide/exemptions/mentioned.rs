//! Boilerplate that an article mentions or shows: lines that rules match and that are kept.

use std::ops::RangeInclusive;

use typed_index_collections::TiVec;

use crate::analysis::{LineNo, Row, View};

/// Minimum number of such lines in an article that is about boilerplate.
const MIN_LINES: usize = 3;
/// Number of lines before the first and after the last of them that are about boilerplate too.
const AROUND: usize = 3;

/// The lines of a page that rules match and that are kept.
#[derive(Debug, Default)]
pub(crate) struct MentionedBoilerplate {
    /// For each row, whether it is such a line. Empty if there are none.
    rows: TiVec<Row, bool>,
    /// The numbers of the lines that are about boilerplate. `None` if the article is not about it.
    between: Option<RangeInclusive<LineNo>>,
}

impl MentionedBoilerplate {
    /// The mentioned boilerplate in these rows of a view.
    pub fn of(view: &View, mentioned: &[Row]) -> Self {
        let (Some(first), Some(last)) = (mentioned.iter().min(), mentioned.iter().max()) else {
            return Self::default();
        };
        let mut rows = TiVec::from(vec![false; view.lines.len()]);
        mentioned.iter().for_each(|row| rows[*row] = true);
        let number = |row: &Row| view.lines[*row].number;
        let between = number(first).above_or_first(AROUND)..=number(last).below(AROUND);
        Self { rows, between: Some(between).filter(|_| mentioned.len() >= MIN_LINES) }
    }

    /// Whether a row is such a line.
    pub fn contains(&self, row: Row) -> bool {
        self.rows.get(row) == Some(&true)
    }

    /// Whether the classifier must keep a row: the row is such a line, or it is in the part that is about
    /// boilerplate.
    pub fn exempts(&self, view: &View, row: Row) -> bool {
        let is_between = |range: &RangeInclusive<LineNo>| range.contains(&view.lines[row].number);
        self.contains(row) || self.between.as_ref().is_some_and(is_between)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_with_three_such_lines_is_about_boilerplate() {
        let numbered: Vec<_> = (1..=20).map(|number| (number, "老街")).collect();
        let view = View::new(&numbered, None);
        let exempt = |rows: &[usize]| {
            let mentioned =
                MentionedBoilerplate::of(&view, &rows.iter().copied().map(Row::from).collect::<Vec<_>>());
            (0..20).filter(|row| mentioned.exempts(&view, Row::from(*row))).collect::<Vec<_>>()
        };
        assert_eq!(exempt(&[]), [0; 0]);
        assert_eq!(exempt(&[5, 8]), [5, 8]);
        assert_eq!(exempt(&[8, 5, 6]), (2..=11).collect::<Vec<_>>());
    }
}
