//! Duplicates. Of the lines that say the same, one is kept: the first, or the one that [`KeepTwin`] chooses.
//! Each step examines the rows that the steps before it left.

mod lead;
mod survivor;
#[cfg(test)]
#[path = "../../../tests/support/worth.rs"]
mod worth;

use std::collections::{BTreeMap, HashSet};

use typed_index_collections::TiVec;

use super::exemptions::{RepeatPair, duplicate};
use super::{Decisions, JudgedPage};
use crate::analysis::{BodyText, Row, View};
use crate::detect::caption::ends_with_credit;
use crate::detect::duplicates::document_type::Genre;
use crate::detect::duplicates::near_duplicate::NearIndex;
use crate::detect::duplicates::page_title::{PageTitle, parts};
use crate::detect::duplicates::{block, contained_lines, core_text};
use crate::detect::headline::Titles;
use crate::detect::{Because, Finding, How};
use crate::rules::RuleId;
use crate::script::Script;
pub use survivor::KeepTwin;

/// Proposes to remove the rows that say the same as another row.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    let (keep, script) = (page.settings.keep, page.settings.script);
    decisions.findings.extend(find(page.view, page.titles(), page.genre(), keep, script));
}

/// Findings on lines that repeat another line or the title given with the input. `script` is the script that
/// the text is converted to.
pub(crate) fn find(
    view: &View,
    titles: Titles,
    genre: &Genre,
    keep: KeepTwin,
    script: Option<Script>,
) -> Vec<Finding> {
    let finder = DuplicateFinder::of(view, titles, genre);
    let mut findings: Vec<Finding> = finder.page_title().into_iter().collect();
    findings.extend(finder.blocks(keep, script));
    let of_blocks = rows_of(&findings);
    findings.extend(finder.with_survivors(keep, script, finder.equal_and_near(&of_blocks)));
    let removed = rows_of(&findings);
    let remaining: Vec<Row> = view.filled().filter(|row| !removed.contains(row)).collect();
    findings.extend(finder.contained(&remaining));
    findings.extend(finder.leads(&findings));
    findings
}

fn rows_of(findings: &[Finding]) -> HashSet<Row> {
    findings.iter().map(|finding| finding.row).collect()
}

struct DuplicateFinder<'v, 't> {
    view: &'v View<'t>,
    page_title: Option<PageTitle>,
    headline: Option<Row>,
    /// Keys of the parts of the headline. A line with such a key is a copy of the headline.
    parts: Vec<String>,
    genre: &'v Genre,
}

impl<'v, 't> DuplicateFinder<'v, 't> {
    fn of(view: &'v View<'t>, titles: Titles, genre: &'v Genre) -> Self {
        let page_title = titles.of_page.filter(|title| !genre.is_verse() || title.has_prose(view));
        let headline = titles.headline_or_first(view);
        let parts = headline.map(|row| parts(view.lines[row].text)).unwrap_or_default();
        Self { view, page_title, headline, parts, genre }
    }

    /// The finding on the page's title, which has the site's name after it and is above the headline.
    fn page_title(&self) -> Option<Finding> {
        let PageTitle { row, headline } = self.page_title?;
        self.finding(row, RuleId::REPEAT_PAGE_TITLE, Some(headline), How::Part, 1.0)
    }

    /// Findings on the lines of blocks that occur twice: those of the copy that the policy does not keep.
    fn blocks(&self, keep: KeepTwin, script: Option<Script>) -> Vec<Finding> {
        let excluded: Vec<Row> =
            self.headline.into_iter().chain(self.page_title.map(|title| title.row)).collect();
        let rule = RuleId::REPEAT_BLOCK.rule();
        let mut findings = BTreeMap::new();
        for block in block::find(self.view, self.genre, &excluded) {
            let (kept, removed) = self.survivors_and_duplicates(keep, script, block);
            let edge = |edge: Option<&Row>| edge.copied().unwrap_or_default();
            let block = [edge(kept.iter().min()), edge(kept.iter().max())];
            for (row, of) in removed.into_iter().zip(&kept) {
                let because = Because::Block { of: *of, block };
                findings.entry(row).or_insert(Finding { row, rule, because });
            }
        }
        findings.into_values().collect()
    }

    /// Findings on lines that equal an earlier line, the given title or a part of the headline, or that
    /// nearly equal an earlier line. `removed` are the lines that are found already.
    fn equal_and_near(&self, removed: &HashSet<Row>) -> Vec<Finding> {
        let title = self.page_title.map(|title| title.row);
        let has_key = |row: &Row| !self.view.lines[*row].key().is_empty();
        let remaining = self.view.filled().filter(|row| Some(*row) != title && !removed.contains(row));
        let remaining: Vec<Row> = remaining.filter(has_key).collect();
        // For the first line with a key, the first line with that key that is kept.
        let mut kept: TiVec<Row, Option<Row>> = vec![None; self.view.lines.len()].into();
        let mut near = NearIndex::new(self.view, &remaining);
        let mut findings = Vec::new();
        for row in remaining {
            let first = self.view.lines[row].first;
            let found = match kept[first] {
                // The headline is kept wherever it is, and the lines that say the same are removed.
                _ if self.headline == Some(row) => None,
                _ if self.equals_headline(row) => self.repeats(row, self.headline, How::Folded, 1.0),
                Some(original) => self.repeats(row, Some(original), How::Folded, 1.0),
                None if self.equals_given_title(row) => self.repeats(row, None, How::Title, 1.0),
                None if self.is_part_of_headline(row) => self.repeats(row, self.headline, How::Part, 1.0),
                None => near
                    .closest(self.view, row)
                    .into_iter()
                    .filter(|(original, _)| !self.is_shorter_headline(*original, row))
                    .find_map(|(original, similarity)| {
                        self.repeats(row, Some(original), How::Near, similarity)
                    }),
            };
            // Only a line that is kept can be an original, so that similarity does not drift from copy to
            // copy.
            if found.is_none() {
                kept[first].get_or_insert(row);
                near.add(self.view, row);
            }
            findings.extend(found);
        }
        findings
    }

    /// Findings on captions and sentences whose wording is contained in a paragraph.
    fn contained(&self, remaining: &[Row]) -> Vec<Finding> {
        let found = contained_lines::find(self.view, remaining, self.headline).into_iter();
        let unprotected = found.filter(|found| {
            // A line that a headline contains is not a copy of the headline.
            let pair = RepeatPair { of_headline: false, ..self.pair(found.row, Some(found.within)) };
            // A marked quotation is not a statement that the writer repeats.
            let quoted = core_text::is_quoted(&self.view.lines[found.row]);
            let is_protected =
                duplicate::protecting(&pair).any(|guard| !(quoted && guard == duplicate::ECHO));
            Some(found.row) != self.headline && !is_protected
        });
        let found: Vec<contained_lines::Contained> = unprotected.collect();
        // A line that is removed cannot be a container. The next round finds the container.
        let is_removed = |row: Row| found.binary_search_by_key(&row, |found| found.row).is_ok();
        let finding = |found: &contained_lines::Contained| {
            self.finding(found.row, found.rule, Some(found.within), How::Contained, found.covered)
        };
        found.iter().filter(|found| !is_removed(found.within)).filter_map(finding).collect()
    }

    fn pair(&self, row: Row, original: Option<Row>) -> RepeatPair<'_, 't> {
        let of_headline = original.is_none() || original == self.headline;
        RepeatPair { view: self.view, genre: self.genre, row, duplicate_of: original, of_headline }
    }

    fn finding(
        &self,
        row: Row,
        id: RuleId,
        original: Option<Row>,
        how: How,
        similarity: f64,
    ) -> Option<Finding> {
        Some(Finding { row, rule: id.rule(), because: Because::Duplicate { of: original, how, similarity } })
    }

    /// The finding that a line repeats its original, unless a guard protects the line.
    fn repeats(&self, row: Row, original: Option<Row>, how: How, similarity: f64) -> Option<Finding> {
        let pair = self.pair(row, original);
        if duplicate::exempts(&pair) {
            return None;
        }
        let id = if pair.of_headline { RuleId::REPEAT_HEADLINE } else { self.kind(row) };
        self.finding(row, id, original, how, similarity)
    }

    fn kind(&self, row: Row) -> RuleId {
        let line = &self.view.lines[row];
        if ends_with_credit(line.key()) {
            RuleId::REPEAT_CAPTION
        } else if line.shape.characters >= BodyText::Paragraph.characters() {
            RuleId::REPEAT_PARAGRAPH
        } else {
            RuleId::REPEAT_LINE
        }
    }

    fn equals_headline(&self, row: Row) -> bool {
        self.headline.is_some_and(|headline| self.view.lines[headline].first == self.view.lines[row].first)
    }

    /// Whether the line is the given title, and the document's own headline is another line or missing.
    fn equals_given_title(&self, row: Row) -> bool {
        self.headline != Some(row) && self.view.title.as_deref() == Some(self.view.lines[row].key())
    }

    /// Whether the line is a shorter form of the headline. Such a line is more often the headline itself,
    /// below a page's title.
    fn is_shorter_headline(&self, original: Row, row: Row) -> bool {
        let length = |row: Row| self.view.lines[row].key().len();
        self.headline == Some(original) && length(row) < length(original)
    }

    /// Whether the line is the headline without the column's name before it.
    fn is_part_of_headline(&self, row: Row) -> bool {
        let below = self.headline.is_some_and(|headline| headline < row);
        below && self.parts.iter().any(|part| part == self.view.lines[row].key())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Rule, rules};

    const PROSE: [&str; 3] = [
        "夜市在上個月搬走以後，住在老街兩旁的街坊都說晚上安靜了許多，但是賣了三十年吃食的攤主們還沒有找到新的地方。",
        "里長在說明會上表示，新的場地要等到年底才能定案，在那以前攤主可以先到河邊的停車場擺攤，每一攤收一樣的租金。",
        "年輕人希望把空下來的街屋改成小小的書店和工作室，老人家則希望那裡有一張椅子，可以坐下來看一看來來往往的人。",
    ];

    /// The rules that find the last of `lines`, which are among prose below a headline.
    fn found(headline: &str, lines: &[&str]) -> Vec<&'static str> {
        let mut text = vec![headline];
        for (line, prose) in lines.iter().zip(PROSE) {
            text.extend([prose, line]);
        }
        let numbered: Vec<_> = text.iter().enumerate().map(|(index, line)| (index + 1, *line)).collect();
        rules_of(&View::new(&numbered, None), text.len() - 1)
    }

    /// The rules that find a line of a view.
    fn rules_of(view: &View, line: usize) -> Vec<&'static str> {
        let findings = find(view, Titles::of(view), &Genre::of(view), KeepTwin::First, None)
            .into_iter()
            .filter(|finding| finding.row == Row::from(line));
        findings.map(|finding| finding.rule.id).collect()
    }

    /// The rules that find a line that is the first or the second line of a page with a headline and prose.
    fn found_on_page(rule: &str, line: &str) -> Vec<&'static str> {
        let headline = "河邊老屋要拆了嗎？";
        let (head, row) =
            if rule == "repeat/page-title" { ([line, headline], 0) } else { ([headline, line], 1) };
        let text = [head.as_slice(), PROSE.as_slice(), &["他們都說好。"]].concat();
        let numbered: Vec<_> = text.iter().enumerate().map(|(index, line)| (index + 1, *line)).collect();
        rules_of(&View::new(&numbered, None), row)
    }

    /// The rules whose lines this module finds.
    fn of_this_detector() -> impl Iterator<Item = &'static Rule> {
        rules().iter().filter(|rule| rule.id.starts_with("repeat/"))
    }

    /// The rules of lines that differ from their originals.
    const OF_PARTS: [&str; 3] = ["repeat/page-title", "repeat/told-caption", "repeat/excerpt"];

    #[test]
    fn the_pages_examples_of_parts_are_found_and_their_counterexamples_are_not() {
        for rule in of_this_detector().filter(|rule| OF_PARTS.contains(&rule.id)) {
            for line in rule.matches {
                assert_eq!(found_on_page(rule.id, line), [rule.id], "{line}");
            }
            for line in rule.spares {
                assert!(found_on_page(rule.id, line).is_empty(), "{line}");
            }
        }
    }

    #[test]
    fn a_pages_title_is_removed_also_above_a_long_menu() {
        let menu = ["首頁", "社會", "生活", "副刊", "影音", "地方", "登入", "註冊", "搜尋", "訂閱"];
        let prose = PROSE[0];
        let text = [&["河邊老屋要拆了嗎_老街网"], menu.as_slice(), &["河邊老屋要拆了嗎", prose]].concat();
        let numbered: Vec<_> = text.iter().enumerate().map(|(index, line)| (index + 1, *line)).collect();
        assert_eq!(rules_of(&View::new(&numbered, None), 0), ["repeat/page-title"]);
    }

    #[test]
    fn a_headline_after_a_columns_name_is_a_part_of_the_headline() {
        let found = |line| found("老街生活 | 河邊老屋要拆了嗎？", &[line]);
        assert_eq!(found("河边老屋要拆了吗?"), ["repeat/headline"]);
        assert!(found("河邊老屋拆了").is_empty());
    }

    #[test]
    fn the_pages_examples_are_found_and_their_counterexamples_are_not() {
        let of_lines = |rule: &Rule| !OF_PARTS.contains(&rule.id) && rule.id != "repeat/block";
        for rule in of_this_detector().filter(|rule| of_lines(rule)) {
            let of_headline = rule.id == "repeat/headline";
            let headline = if of_headline { rule.matches[1] } else { "老街的夜市與街坊的椅子" };
            for line in rule.matches {
                let lines = if of_headline { vec![*line] } else { vec![*line; 2] };
                assert_eq!(found(headline, &lines), [rule.id], "{line}");
            }
            for line in rule.spares {
                assert!(found(headline, &[rule.matches[0], line]).is_empty(), "{line}");
                let twice = rule.id == "repeat/line";
                assert!(!twice || found(headline, &[line, line]).is_empty(), "{line} twice");
            }
        }
    }
}
