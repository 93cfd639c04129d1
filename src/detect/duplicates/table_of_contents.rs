//! Tables of contents: lines above an article that stand again below, in the same order, each as the heading of a part.

use typed_index_collections::TiVec;

use crate::analysis::{BodyText, Row, View, ViewLine};

/// Minimum number of entries that are headings below.
const ENTRIES: usize = 3;
/// Minimum number of headings that have a part below them, before the next heading.
const PARTS: usize = 2;
/// Maximum number of lines between two entries that are no headings below: their parts have other headings.
const BETWEEN: usize = 2;
/// Maximum number of characters of an entry.
const ENTRY_CHARACTERS: usize = 40;

/// The tables of contents of a page.
#[derive(Debug, Clone)]
pub(crate) struct TablesOfContents {
    /// For each row, whether it is an entry, or the heading that an entry names.
    rows: TiVec<Row, bool>,
}

/// The lines that can be entries or headings, in order.
struct LinesWithCopies<'v, 't> {
    view: &'v View<'t>,
    rows: Vec<Row>,
    /// For each line, the position of the next line with the same key.
    next: Vec<Option<usize>>,
}

impl TablesOfContents {
    pub fn of(view: &View) -> Self {
        let lines = LinesWithCopies::of(view);
        let mut tables = Self { rows: vec![false; view.lines.len()].into() };
        let mut start = 0;
        while start < lines.rows.len() {
            let entries = lines.entries(start);
            start = entries.last().map_or(start, |last| *last) + 1;
            if lines.heads_parts(&entries) {
                let headings = entries.iter().filter_map(|entry| lines.next[*entry]);
                entries.iter().copied().chain(headings).for_each(|at| tables.rows[lines.rows[at]] = true);
            }
        }
        tables
    }

    /// Whether a row is an entry, or the heading that an entry names.
    pub fn names(&self, row: Row) -> bool {
        self.rows.get(row).copied().unwrap_or_default()
    }
}

impl<'v, 't> LinesWithCopies<'v, 't> {
    fn of(view: &'v View<'t>) -> Self {
        let rows: Vec<Row> = view.filled().filter(|row| !view.lines[*row].key().is_empty()).collect();
        let mut below: TiVec<Row, Option<usize>> = vec![None; view.lines.len()].into();
        let mut next = vec![None; rows.len()];
        for (at, row) in rows.iter().enumerate().rev() {
            next[at] = below[view.lines[*row].first].replace(at);
        }
        Self { view, rows, next }
    }

    fn line(&self, at: usize) -> &'v ViewLine<'t> {
        &self.view.lines[self.rows[at]]
    }

    /// The entries of a table that begins at a position: lines one below the other that stand again below all of them,
    /// in their order.
    fn entries(&self, start: usize) -> Vec<usize> {
        let Some(first_part) = self.next[start].filter(|_| self.is_entry(start)) else { return Vec::new() };
        let (mut entries, mut part) = (vec![start], first_part);
        for at in start + 1..first_part {
            let last = entries.last().copied().unwrap_or(start);
            match self.next[at].filter(|next| *next > part && self.is_entry(at)) {
                Some(next) => {
                    entries.push(at);
                    part = next;
                }
                None if at - last > BETWEEN || !self.is_entry(at) => break,
                None => {}
            }
        }
        entries
    }

    /// Whether a line may be an entry: it is short and no sentence.
    fn is_entry(&self, at: usize) -> bool {
        let shape = self.line(at).shape;
        shape.characters <= ENTRY_CHARACTERS && !shape.is_body_text(BodyText::BeyondHeadings) && !shape.code
    }

    /// Whether enough entries name headings with a part below.
    fn heads_parts(&self, entries: &[usize]) -> bool {
        let headings: Vec<usize> = entries.iter().filter_map(|entry| self.next[*entry]).collect();
        let parts = headings.windows(2).filter(|pair| pair[1] > pair[0] + 1).count();
        entries.len() >= ENTRIES && parts >= PARTS && parts * 2 >= headings.len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PART: &str =
        "夜市在上個月搬走以後，住在老街兩旁的街坊都說晚上安靜了許多，攤主們還沒有找到新的地方。";

    /// The 1-based numbers of the lines that are entries or headings.
    fn named(text: &str) -> Vec<usize> {
        let lines: Vec<_> = (1..).zip(text.lines()).collect();
        let view = View::new(&lines, None);
        let tables = TablesOfContents::of(&view);
        view.lines.keys().filter(|row| tables.names(*row)).map(|row| view.lines[row].number.into()).collect()
    }

    #[test]
    fn entries_and_the_headings_that_they_name_are_found() {
        let page = format!("目錄\n甲區\n乙區\n丙區\n\n甲區\n{PART}\n乙區\n{PART}\n丙區\n{PART}");
        assert_eq!(named(&page), [2, 3, 4, 6, 8, 10]);
        let with_other_heading = page.replace("乙區\n丙區\n\n", "乙區\n丁區\n丙區\n\n");
        assert_eq!(named(&with_other_heading), [2, 3, 5, 7, 9, 11]);
        let with_chapter = format!("甲區\n乙區\n丙區\n丁區\n甲區\n乙區\n{PART}\n丙區\n{PART}\n丁區");
        assert_eq!(named(&with_chapter), [1, 2, 3, 4, 5, 6, 8, 10]);
    }

    #[test]
    fn lists_in_another_order_or_printed_twice_are_no_tables() {
        let order = format!("甲區\n乙區\n丙區\n丙區\n{PART}\n乙區\n{PART}\n甲區\n{PART}");
        assert_eq!(named(&order), [0; 0]);
        assert_eq!(named(&format!("甲區\n乙區\n丙區\n{PART}\n甲區\n乙區\n丙區")), [0; 0]);
        assert_eq!(named(&format!("甲區\n乙區\n{PART}\n甲區\n{PART}\n乙區")), [0; 0]);
    }

    #[test]
    fn thousands_of_equal_lines_are_read_once() {
        assert_eq!(named(&"甲區\n".repeat(50_000)), [0; 0]);
    }
}
