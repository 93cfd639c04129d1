//! The conditions under which a line on many pages does not belong to the articles. All limits on its counts are here;
//! which lines of a page are near it, `companions.rs` and `enclosed.rs` say.
//!
//! Frequency alone is not enough: section names of a series, `註釋：` and the fields of a form are in many
//! articles too. The evidence is the result of cleaning on single pages. Cleaning finds a line of a site on
//! some pages and misses it on others, and never finds the name of a section.

use super::page_tally::PageTally;
use crate::detect::learned::{LineCounts, LineVerdict, is_on_most};

/// The share of its occurrences right above a line of the page's own that makes a line look like a heading.
const HEADING: f64 = 0.7;

/// The least frequency of a line on the pages of a source, and the conditions that it must meet there.
///
/// ```
/// use qingwen::corpus::{LearnThresholds, LearnOptions, learn};
/// let pages = ["老街夜市搬走了。\n分享到：\n", "街坊說好。\n分享到：\n"].map(|page| ("老街網", page));
/// let goes = |least| {
///     let thresholds = LearnThresholds { documents: least, few: least, ..LearnThresholds::default() };
///     let model = learn(pages, &LearnOptions { thresholds, ..LearnOptions::default() });
///     model.of_source(None).map_or(0, |source| source.lines().len())
/// };
/// assert_eq!((goes(2), goes(3)), (1, 0));
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LearnThresholds {
    /// The least number of pages that have the line. The default is 3: two pages may be versions of one article.
    pub documents: u64,
    /// The same number in a source of fewer than `small` pages. The default is 2.
    pub few: u64,
    /// The least number of pages of a source for which `documents` applies. The default is 16.
    pub small: u64,
    /// The least share of its occurrences in which cleaning removes the line, from 0 to 1. The default is 0.25.
    pub removed: f64,
    /// The same share for a line that is right above a line of the page's own on seven of ten occurrences. It is higher,
    /// because such a line may be a heading of the articles. The default is 0.6.
    pub heading_removed: f64,
    /// The least number of such occurrences, in a source of `small` pages or more. The default is 2: one may be an error.
    pub times: u64,
    /// The same share for a frame. It is higher, because more lines share a frame. The default is 0.5.
    pub frame_removed: f64,
    /// The least number of different lines in a frame. The default is 3.
    pub variants: usize,
    /// The least share of its occurrences that are between removed lines, for a line on `documents` pages or
    /// more. The default is 0.9.
    pub enclosed: f64,
    /// The least share of its occurrences below all of the page's own lines, for a line on most pages. The
    /// default is 0.9.
    pub tail: f64,
    /// The least share of removed lines among the lines that come with a line on `documents` pages or more. The default
    /// is 0.125: one in eight, which is the greatest number of such lines.
    pub company: f64,
    /// The least share of a source's pages that have a line in such company. The default is 0.02: one story in several
    /// articles brings its own paragraphs along, and a large source has many such stories.
    pub standing: f64,
    /// The greatest share of its occurrences right above a line of the page's own, for a line in such company. The
    /// default is 0.1: other lines may be headings.
    pub leads: f64,
    /// The greatest number of its occurrences on a page, on average, for a line in such company. The default is 1.2: a
    /// heading of bulletins stands on a page for each of them.
    pub per_page: f64,
    /// The least number of pages that have a line, so that it is listed although it is kept. The default is
    /// 10.
    pub listed: u64,
}

impl Default for LearnThresholds {
    fn default() -> Self {
        Self {
            documents: 3,
            few: 2,
            small: 16,
            removed: 0.25,
            heading_removed: 0.6,
            times: 2,
            frame_removed: 0.5,
            variants: 3,
            enclosed: 0.9,
            tail: 0.9,
            company: 0.125,
            standing: 0.02,
            leads: 0.1,
            per_page: 1.2,
            listed: 10,
        }
    }
}

impl LearnThresholds {
    /// The least number of pages that have a line, in a source with this number of pages.
    pub(super) fn least(&self, documents: u64) -> u64 {
        if documents < self.small { self.few } else { self.documents }
    }

    /// Whether a line always comes with lines that cleaning removes, and is no heading.
    pub(super) fn is_in_company(&self, counts: &LineCounts, is_frame: bool, documents: u64) -> bool {
        let has_many_pages = documents >= self.small;
        let least = self.standing * documents as f64;
        let LineCounts { documents, occurrences, company, company_removed, leads, .. } = *counts;
        !is_frame
            && has_many_pages
            && documents >= self.documents
            && documents as f64 >= least
            && company_removed > 0
            && company_removed as f64 >= self.company * company as f64
            && leads as f64 <= self.leads * occurrences as f64
            && occurrences as f64 <= self.per_page * documents as f64
    }

    /// The verdict on a line of a source with this number of pages. `None` if the line is not worth an entry
    /// in the model.
    pub(super) fn verdict(&self, tally: &PageTally, is_frame: bool, documents: u64) -> Option<LineVerdict> {
        let counts = &tally.counts;
        if is_frame && tally.variants.len() < self.variants {
            return None;
        }
        let is_share =
            |count: u64, share: f64| count > 0 && count as f64 >= share * counts.occurrences as f64;
        let removed = match () {
            () if is_frame => self.frame_removed,
            () if is_share(counts.leads, HEADING) => self.heading_removed,
            () => self.removed,
        };
        let found = counts.removed + counts.metadata;
        let times = if documents < self.small { 1 } else { self.times };
        let is_on_most = is_on_most(counts.documents, documents);
        let is_at_end = is_on_most && !is_frame && is_share(counts.tail, self.tail);
        let is_enclosed =
            counts.documents >= self.documents && is_share(found + counts.enclosed, self.enclosed);
        Some(match () {
            () if is_share(found, removed) && counts.metadata > counts.removed => LineVerdict::Metadata,
            () if is_share(counts.removed, removed) && counts.removed >= times => LineVerdict::Goes,
            () if is_enclosed && counts.beside_metadata > 0 && !is_on_most => LineVerdict::Metadata,
            () if is_at_end => LineVerdict::Goes,
            () if is_enclosed => LineVerdict::Block,
            () if self.is_in_company(counts, is_frame, documents) => LineVerdict::Block,
            () if counts.documents >= self.listed && !is_frame => LineVerdict::Stays,
            () => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(counts: LineCounts, documents: u64) -> Option<LineVerdict> {
        let counts = LineCounts { documents: 12, occurrences: 12, ..counts };
        LearnThresholds::default().verdict(&PageTally { counts, ..PageTally::default() }, false, documents)
    }

    #[test]
    fn the_results_of_cleaning_on_single_pages_decide() {
        let none = LineCounts::default();
        for (counts, expected) in [
            (LineCounts { removed: 3, ..none }, LineVerdict::Goes),
            (LineCounts { removed: 2, ..none }, LineVerdict::Stays),
            (LineCounts { metadata: 3, ..none }, LineVerdict::Metadata),
            (LineCounts { metadata: 3, removed: 4, ..none }, LineVerdict::Goes),
            (LineCounts { enclosed: 11, ..none }, LineVerdict::Block),
            (LineCounts { enclosed: 9, removed: 2, ..none }, LineVerdict::Block),
            (LineCounts { enclosed: 11, beside_metadata: 1, ..none }, LineVerdict::Metadata),
            (LineCounts { enclosed: 10, ..none }, LineVerdict::Stays),
            (none, LineVerdict::Stays),
        ] {
            assert_eq!(verdict(counts, 40), Some(expected), "{counts:?}");
        }
    }

    #[test]
    fn lines_at_the_end_of_most_pages_are_removed() {
        let at_end = |tail| LineCounts { tail, ..LineCounts::default() };
        for (tail, documents, expected) in
            [(11, 18, LineVerdict::Goes), (11, 19, LineVerdict::Stays), (10, 18, LineVerdict::Stays)]
        {
            assert_eq!(verdict(at_end(tail), documents), Some(expected), "{tail} of {documents}");
        }
    }

    #[test]
    fn lines_in_company_go_unless_they_may_be_headings() {
        let company = LineCounts { company: 48, company_removed: 6, ..LineCounts::default() };
        for (counts, documents, expected) in [
            (company, 40, LineVerdict::Block),
            (company, 15, LineVerdict::Stays),
            (company, 600, LineVerdict::Block),
            (company, 601, LineVerdict::Stays),
            (LineCounts { company_removed: 5, ..company }, 40, LineVerdict::Stays),
            (LineCounts { leads: 1, ..company }, 40, LineVerdict::Block),
            (LineCounts { leads: 2, ..company }, 40, LineVerdict::Stays),
        ] {
            assert_eq!(verdict(counts, documents), Some(expected), "{counts:?}");
        }
        let often = LineCounts { documents: 12, occurrences: 15, ..company };
        assert!(!LearnThresholds::default().is_in_company(&often, false, 40));
        assert!(!LearnThresholds::default().is_in_company(
            &LineCounts { documents: 12, occurrences: 12, ..company },
            true,
            40
        ));
    }

    #[test]
    fn more_removals_are_needed_for_a_line_above_own_lines() {
        let heading = |leads, removed| LineCounts { leads, removed, ..LineCounts::default() };
        for (leads, removed, expected) in
            [(9, 8, LineVerdict::Goes), (9, 7, LineVerdict::Stays), (8, 3, LineVerdict::Goes)]
        {
            assert_eq!(verdict(heading(leads, removed), 40), Some(expected), "{leads} and {removed}");
        }
    }

    #[test]
    fn rare_kept_lines_and_frames_of_few_lines_are_not_listed() {
        let thresholds = LearnThresholds::default();
        let counts = LineCounts { documents: 9, occurrences: 9, ..LineCounts::default() };
        let mut tally = PageTally { counts, ..PageTally::default() };
        assert_eq!(thresholds.verdict(&tally, false, 40), None);
        tally.counts.removed = 9;
        assert_eq!(thresholds.verdict(&tally, true, 40), None);
        tally.variants = [1, 2, 3].into();
        assert_eq!(thresholds.verdict(&tally, true, 40), Some(LineVerdict::Goes));
    }
}
