//! The companions of a line: the lines that always come with it.

use super::counted_page::CountedLine;

/// Maximum number of lines in a direction that are in a line's company.
const NEAR: usize = 4;
/// Two neighbours come together if the number of pages that have one of them is at least this share of the other number,
/// in hundredths.
const TOGETHER: u64 = 80;

/// The companions of a line on a page. The lines of a standing block are on the same pages, so nearly the same number of
/// pages has each of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Companions {
    /// The number of lines in its company.
    pub lines: u64,
    /// The number of those that cleaning removes.
    pub removed: u64,
}

impl Companions {
    /// The company of the line at a position. `pages` has the number of pages for each line, and lines on fewer than
    /// `least` pages are in no company.
    pub fn of(lines: &[CountedLine], pages: &[u64], least: u64, position: usize) -> Self {
        let mut company = Self::default();
        let mut add = |others: &mut dyn Iterator<Item = usize>| {
            let mut last = position;
            for other in others.take(NEAR) {
                if pages[other] < least || !come_together(pages[last], pages[other]) {
                    break;
                }
                company.lines += 1;
                company.removed += u64::from(lines[other].removed_as.is_some());
                last = other;
            }
        };
        add(&mut (0..position).rev());
        add(&mut (position + 1..lines.len()));
        company
    }
}

fn come_together(pages: u64, other: u64) -> bool {
    pages.min(other).saturating_mul(100) >= pages.max(other).saturating_mul(TOGETHER)
}

#[cfg(test)]
mod tests {
    use super::super::counted_page::RemovedAs;
    use super::*;

    /// The company of the line at a position: the number of its lines, and of those that go. For each line: the pages
    /// that have it, and whether it goes.
    fn company(lines: &[(u64, bool)], position: usize) -> (u64, u64) {
        let line = |(_, goes): &(u64, bool)| CountedLine {
            key: None,
            frame: None,
            removed_as: goes.then_some(RemovedAs::Furniture),
            text: String::new(),
        };
        let counted: Vec<CountedLine> = lines.iter().map(line).collect();
        let pages: Vec<u64> = lines.iter().map(|(pages, _)| *pages).collect();
        let Companions { lines, removed } = Companions::of(&counted, &pages, 3, position);
        (lines, removed)
    }

    #[test]
    fn neighbours_on_as_many_pages_come_with_a_line() {
        assert_eq!(company(&[(20, true), (20, false), (19, true)], 1), (2, 2));
        assert_eq!(company(&[(40, true), (20, false), (15, false)], 1), (0, 0));
        assert_eq!(company(&[(20, true), (1, false), (20, false)], 2), (0, 0));
        assert_eq!(company(&[(2, true), (2, false)], 1), (0, 0));
        assert_eq!(company(&[(20, false)], 0), (0, 0));
    }

    #[test]
    fn only_near_lines_count() {
        let lines: Vec<(u64, bool)> = (0..9).map(|line| (20, line < 2)).collect();
        assert_eq!([0, 4, 5, 6].map(|position| company(&lines, position)), [(4, 1), (8, 2), (7, 1), (6, 0)]);
    }
}
