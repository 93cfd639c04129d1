//! Leads and pull quotes above the article, which repeats them far below, word for word.

use std::collections::{BTreeMap, HashSet};

use typed_index_collections::TiVec;

use super::super::exemptions::duplicate;
use super::{DuplicateFinder, rows_of};
use crate::analysis::{BodyText, Rank, Ranked, Row};
use crate::detect::duplicates::contained_lines;
use crate::detect::{Finding, How};

/// Number of lines at the document's start, without blank ones, that may be leads.
const HEAD_LINES: usize = 20;
/// Maximum number of characters in a heading.
const MAX_HEADING: usize = 24;

impl DuplicateFinder<'_, '_> {
    /// The leads of a page. An article that repeats its opening has the same two lines, so a lead is a
    /// paragraph, or is beside lines that are removed. Lines that are found already, and the lines that are
    /// kept for them, are not leads.
    pub(super) fn leads(&self, found: &[Finding]) -> Vec<Finding> {
        let lines = &self.view.lines;
        let removed = rows_of(found);
        let originals: HashSet<Row> =
            found.iter().filter_map(|finding| finding.because.duplicate_of()).collect();
        let again = lines.keys().filter(|row| lines[*row].first != *row && !removed.contains(row));
        let head: TiVec<Rank, Row> = self.view.filled().take(HEAD_LINES).collect();
        let mut leads = BTreeMap::new();
        for (lead, again) in again.map(|row| (lines[row].first, row)) {
            let is_free =
                !removed.contains(&lead) && !originals.contains(&lead) && !leads.contains_key(&lead);
            if is_free && self.is_lead(lead, again, &head, &removed) {
                leads.insert(lead, again);
            }
        }
        let finding =
            |(lead, again)| self.finding(lead, contained_lines::EXCERPT, Some(again), How::Folded, 1.0);
        leads.into_iter().filter_map(finding).collect()
    }

    /// Whether a line of the head is a lead that `again` repeats, and the guard of lines far below is the
    /// only guard that protects it.
    fn is_lead(&self, row: Row, again: Row, head: &Ranked<Row>, removed: &HashSet<Row>) -> bool {
        let Ok(rank) = head.binary_search(&row) else { return false };
        let beside = [rank.above(1), Some(rank.below(1))].into_iter().flatten();
        let among_excerpts = || beside.filter_map(|beside| head.get(beside)).any(|row| removed.contains(row));
        Some(row) != self.headline
            && !self.is_below_headings(row, again)
            && (self.view.lines[row].shape.characters >= BodyText::Paragraph.characters() || among_excerpts())
            && duplicate::protecting(&self.pair(again, Some(row))).eq([duplicate::ECHO])
    }

    /// Whether a heading is directly above both lines. Then both are the text of an entry.
    fn is_below_headings(&self, lead: Row, again: Row) -> bool {
        let is_heading = |row: Row| {
            let line = &self.view.lines[row];
            Some(row) != self.headline && !line.shape.sentence && line.shape.characters <= MAX_HEADING
        };
        let above =
            |row: Row| Row::all(Row::default()..row).rev().find(|above| !self.view.lines[*above].shape.blank);
        [lead, again].into_iter().all(|row| above(row).is_some_and(is_heading))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{KeepTwin, find};
    use crate::analysis::View;
    use crate::detect::duplicates::document_type::Genre;
    use crate::detect::headline::Titles;

    const PARAGRAPH: &str = "住在老街兩旁的街坊都說晚上安靜了許多，但是賣了三十年吃食的攤主們還沒有找到新的地方，年輕人也搬走了不少。";
    const SENTENCE: &str = "有一句話，老街的人不知當講不當講。";

    /// The removed rows of an article that begins with the lines of `first` and ends with those of `again`,
    /// far below.
    fn removed_rows(first: &[&str], again: &[&str]) -> Vec<usize> {
        let between = |number: usize| format!("第{number}位攤主說，他的客人有一半是從河的對岸過來的。");
        let between: Vec<String> = (0..30).map(between).collect();
        let lines =
            first.iter().copied().chain(between.iter().map(String::as_str)).chain(again.iter().copied());
        let numbered: Vec<_> = (1..).zip(["老街的夜市", "記者林小溪"].into_iter().chain(lines)).collect();
        let view = View::new(&numbered, None);
        let found = find(&view, Titles::of(&view), &Genre::of(&view), KeepTwin::First, None);
        found.iter().map(|finding| finding.row.into()).collect()
    }

    #[test]
    fn a_lead_is_removed_and_a_repeated_opening_is_kept() {
        assert_eq!(removed_rows(&[PARAGRAPH], &["他說完了。", PARAGRAPH, "老街的燈熄了。"]), [2]);
        assert!(removed_rows(&[SENTENCE], &["他說完了。", SENTENCE, "老街的燈熄了。"]).is_empty());
        assert!(removed_rows(&[SENTENCE], &["他說：", PARAGRAPH]).is_empty());
        assert!(
            removed_rows(&["河東的夜市", PARAGRAPH], &["河西的夜市", PARAGRAPH, "老街的燈熄了。"]).is_empty()
        );
    }

    #[test]
    fn a_sentence_beside_an_excerpt_is_removed_with_it() {
        let excerpt = "賣了三十年吃食的攤主們還沒有找到新的地方，街坊也都沒有辦法。";
        let sentence = "老街的人都知道這一件事，可是誰也不願意在里長面前先開口說。";
        let report = format!("里長說，{excerpt}他說完就走了。");
        assert_eq!(removed_rows(&[excerpt, sentence], &["他說完了。", &report, sentence]), [2, 3]);
        assert!(removed_rows(&[sentence], &["他說完了。", &report, sentence]).is_empty());
    }
}
