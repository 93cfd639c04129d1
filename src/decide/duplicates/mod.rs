//! Duplicates: of lines that say the same one stays, the first or the one that [`KeepTwin`] chooses. Each step looks at
//! the rows that the steps before it left.

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

/// Finds the rows that go because another row says the same.
pub(super) fn decide(page: &JudgedPage, decisions: &mut Decisions) {
    let (keep, script) = (page.settings.keep, page.settings.script);
    decisions.findings.extend(find(page.view, page.titles(), page.genre(), keep, script));
}

/// Lines that repeat another line or the title that came with the input; `script` is the one that the text is
/// converted to.
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
    findings.extend(finder.keeping(keep, script, finder.equal_and_near(&of_blocks)));
    let gone = rows_of(&findings);
    let standing: Vec<Row> = view.filled().filter(|row| !gone.contains(row)).collect();
    findings.extend(finder.contained(&standing));
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
    /// Keys of the parts that can stand for the headline.
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

    /// The page's title, with the site's name behind it, above the headline.
    fn page_title(&self) -> Option<Finding> {
        let PageTitle { row, headline } = self.page_title?;
        self.finding(row, RuleId::REPEAT_PAGE_TITLE, Some(headline), How::Part, 1.0)
    }

    /// Lines of blocks that stand twice: those of the copy that the policy does not keep.
    fn blocks(&self, keep: KeepTwin, script: Option<Script>) -> Vec<Finding> {
        let apart: Vec<Row> =
            self.headline.into_iter().chain(self.page_title.map(|title| title.row)).collect();
        let rule = RuleId::REPEAT_BLOCK.rule();
        let mut findings = BTreeMap::new();
        for block in block::find(self.view, self.genre, &apart) {
            let (kept, gone) = self.kept_and_gone(keep, script, block);
            let edge = |edge: Option<&Row>| edge.copied().unwrap_or_default();
            let block = [edge(kept.iter().min()), edge(kept.iter().max())];
            for (row, of) in gone.into_iter().zip(&kept) {
                let because = Because::Block { of: *of, block };
                findings.entry(row).or_insert(Finding { row, rule, because });
            }
        }
        findings.into_values().collect()
    }

    /// Lines that equal an earlier one, the title given or a part of the headline, or nearly equal an earlier
    /// one; `gone` are lines that are found already.
    fn equal_and_near(&self, gone: &HashSet<Row>) -> Vec<Finding> {
        let title = self.page_title.map(|title| title.row);
        let speaks = |row: &Row| !self.view.lines[*row].key().is_empty();
        let standing = self.view.filled().filter(|row| Some(*row) != title && !gone.contains(row));
        let standing: Vec<Row> = standing.filter(speaks).collect();
        // By the first line with a key, the first that stays.
        let mut staying: TiVec<Row, Option<Row>> = vec![None; self.view.lines.len()].into();
        let mut near = NearIndex::new(self.view, &standing);
        let mut findings = Vec::new();
        for row in standing {
            let first = self.view.lines[row].first;
            let found = match staying[first] {
                // Of lines that say what the headline says, the headline stays, wherever it stands.
                _ if self.headline == Some(row) => None,
                _ if self.says_headline(row) => self.repeats(row, self.headline, How::Folded, 1.0),
                Some(twin) => self.repeats(row, Some(twin), How::Folded, 1.0),
                None if self.is_title_again(row) => self.repeats(row, None, How::Title, 1.0),
                None if self.is_part_of_headline(row) => self.repeats(row, self.headline, How::Part, 1.0),
                None => near
                    .closest(self.view, row)
                    .into_iter()
                    .filter(|(twin, _)| !self.is_shorter_headline(*twin, row))
                    .find_map(|(twin, similarity)| self.repeats(row, Some(twin), How::Near, similarity)),
            };
            // Only what stays can be a twin, so that likeness does not drift from copy to copy.
            if found.is_none() {
                staying[first].get_or_insert(row);
                near.add(self.view, row);
            }
            findings.extend(found);
        }
        findings
    }

    /// Captions and sentences whose wording stands inside a paragraph.
    fn contained(&self, standing: &[Row]) -> Vec<Finding> {
        let found = contained_lines::find(self.view, standing, self.headline).into_iter();
        let unguarded = found.filter(|found| {
            // What a first line holds is not a copy of the headline.
            let pair = RepeatPair { of_headline: false, ..self.pair(found.row, Some(found.within)) };
            // Who marks a quotation does not take it up.
            let quoted = core_text::is_quoted(&self.view.lines[found.row]);
            let guarded = duplicate::speaking(&pair).any(|guard| !(quoted && guard == duplicate::ECHO));
            Some(found.row) != self.headline && !guarded
        });
        let found: Vec<contained_lines::Contained> = unguarded.collect();
        // What goes holds nothing; the next round will tell who does.
        let goes = |row: Row| found.binary_search_by_key(&row, |found| found.row).is_ok();
        let finding = |found: &contained_lines::Contained| {
            self.finding(found.row, found.rule, Some(found.within), How::Contained, found.covered)
        };
        found.iter().filter(|found| !goes(found.within)).filter_map(finding).collect()
    }

    fn pair(&self, row: Row, twin: Option<Row>) -> RepeatPair<'_, 't> {
        let of_headline = twin.is_none() || twin == self.headline;
        RepeatPair { view: self.view, genre: self.genre, row, twin, of_headline }
    }

    fn finding(&self, row: Row, id: RuleId, twin: Option<Row>, how: How, similarity: f64) -> Option<Finding> {
        Some(Finding { row, rule: id.rule(), because: Because::Duplicate { of: twin, how, similarity } })
    }

    /// The finding that a line repeats its twin, unless a guard speaks for the line.
    fn repeats(&self, row: Row, twin: Option<Row>, how: How, similarity: f64) -> Option<Finding> {
        let pair = self.pair(row, twin);
        if duplicate::exempts(&pair) {
            return None;
        }
        let id = if pair.of_headline { RuleId::REPEAT_HEADLINE } else { self.kind(row) };
        self.finding(row, id, twin, how, similarity)
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

    fn says_headline(&self, row: Row) -> bool {
        self.headline.is_some_and(|headline| self.view.lines[headline].first == self.view.lines[row].first)
    }

    /// The line is the given title, and the document's own headline stands elsewhere or nowhere.
    fn is_title_again(&self, row: Row) -> bool {
        self.headline != Some(row) && self.view.title.as_deref() == Some(self.view.lines[row].key())
    }

    /// A shorter form of the headline is more often the headline itself, below a page's title.
    fn is_shorter_headline(&self, twin: Row, row: Row) -> bool {
        let length = |row: Row| self.view.lines[row].key().len();
        self.headline == Some(twin) && length(row) < length(twin)
    }

    /// The line is the headline without the column's name before it.
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

    /// The rules that find the last of `lines`, which stand among prose below a headline.
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

    /// The rules that find a line that stands first or second on a page with a headline and prose.
    fn found_on_page(rule: &str, line: &str) -> Vec<&'static str> {
        let headline = "河邊老屋要拆了嗎？";
        let (head, place) =
            if rule == "repeat/page-title" { ([line, headline], 0) } else { ([headline, line], 1) };
        let text = [head.as_slice(), PROSE.as_slice(), &["他們都說好。"]].concat();
        let numbered: Vec<_> = text.iter().enumerate().map(|(index, line)| (index + 1, *line)).collect();
        rules_of(&View::new(&numbered, None), place)
    }

    /// The rules whose lines are found here.
    fn of_this_detector() -> impl Iterator<Item = &'static Rule> {
        rules().iter().filter(|rule| rule.id.starts_with("repeat/"))
    }

    /// Rules of lines that differ from their twins.
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
    fn a_pages_title_goes_also_above_a_long_menu() {
        let menu = ["首頁", "社會", "生活", "副刊", "影音", "地方", "登入", "註冊", "搜尋", "訂閱"];
        let prose = PROSE[0];
        let text = [&["河邊老屋要拆了嗎_老街网"], menu.as_slice(), &["河邊老屋要拆了嗎", prose]].concat();
        let numbered: Vec<_> = text.iter().enumerate().map(|(index, line)| (index + 1, *line)).collect();
        assert_eq!(rules_of(&View::new(&numbered, None), 0), ["repeat/page-title"]);
    }

    #[test]
    fn a_headline_behind_a_columns_name_is_a_part_of_the_headline() {
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
