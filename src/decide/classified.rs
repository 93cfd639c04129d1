//! The classifier's verdicts, and the findings that they become.

use typed_index_collections::TiVec;

use super::lines::Lines;
use super::verdict::{LabelVerdict, Verdicts, threshold};
use super::{Decisions, JudgedPage, exemptions};
use crate::analysis::{Rank, Row};
use crate::detect::classifier::rule_of;
use crate::detect::{Because, Finding};
use crate::rules::Category;

/// Gives each line the verdict that is probable enough. If a rule finds that another line repeats this one,
/// the verdict that this line is a repeat is dropped: one of the two is kept.
pub(super) fn judge(page: &JudgedPage, decisions: &mut Decisions) {
    let Some(posteriors) = page.posteriors() else { return };
    let mut has_duplicate: TiVec<Row, bool> = vec![false; page.view.lines.len()].into();
    let by_row = decisions.findings_by_row(page.view.lines.len());
    by_row
        .iter()
        .flatten()
        .filter_map(|finding| finding.because.duplicate_of())
        .for_each(|row| has_duplicate[row] = true);
    let has_refrains = has_refrains(page, decisions);
    let verdict = |(rank, row): (Rank, &Row)| {
        let line = &page.view.lines[*row];
        let threshold = threshold(posteriors.header(), line, posteriors.facts()[rank].prose);
        let verdict = LabelVerdict::of(&posteriors.probabilities[rank], threshold)?;
        let is_refrain = has_refrains && page.view.copies(*row) > 1;
        let is_kept = is_refrain
            || decisions.exempts(page, *row, &verdict)
            || verdict.is_repeat() && (has_duplicate[*row] || page.genre().is_in_contents(page.view, *row));
        (!is_kept).then_some(verdict)
    };
    decisions.verdicts = posteriors.rows().iter_enumerated().map(verdict).collect();
}

/// Whether lines that occur several times may be refrains: nearly all lines are short, as in a song, and no
/// rule finds boilerplate around the article.
fn has_refrains(page: &JudgedPage, decisions: &Decisions) -> bool {
    let is_of_text = |category| matches!(category, Category::Repeat | Category::Metadata | Category::Residue);
    decisions.findings.iter().all(|finding| is_of_text(finding.rule.category)) && page.genre().is_verse()
}

/// Keeps the first of two lines that have verdicts as repeats of each other. Then it sets the category of the
/// rule that applies to each line. If a line repeats boilerplate, that line is boilerplate too, and the
/// classifier judges it.
pub(super) fn keep_one(page: &JudgedPage, decisions: &mut Decisions) {
    let Some(posteriors) = page.posteriors() else { return };
    let verdicts = &mut decisions.verdicts;
    for rank in verdicts.keys() {
        let is_repeat = |rank: Rank| verdicts[rank].is_some_and(|verdict| verdict.is_repeat());
        let other = is_repeat(rank).then(|| posteriors.duplicate_of(rank)).flatten();
        let later = other.filter(|other| *other > rank && is_repeat(*other));
        if later.is_some_and(|other| posteriors.duplicate_of(other) == Some(rank)) {
            verdicts[rank] = None;
        }
    }
    let rows = posteriors.rows();
    let by_row = decisions.findings_by_row(page.view.lines.len());
    let is_judged = |row: Row| rows.binary_search(&row).is_ok_and(|rank| decisions.verdicts[rank].is_some());
    let applies = |finding: &&&Finding| {
        finding.rule.category != Category::Repeat || !finding.because.duplicate_of().is_some_and(is_judged)
    };
    let category = |row: &Row| by_row[*row].as_ref().filter(applies).map(|finding| finding.rule.category);
    decisions.rule_category = rows.iter().map(category).collect();
}

/// Turns the verdicts on lines to which no rule applies into findings.
pub(super) fn conclude(page: &JudgedPage, decisions: &mut Decisions) {
    let Some(posteriors) = page.posteriors() else { return };
    let rows = posteriors.rows();
    for rank in rows.keys().filter(|rank| decisions.rule_category[*rank].is_none()) {
        let Some(verdict) = decisions.verdicts[rank] else { continue };
        let Some(category) = verdict.category() else { continue };
        let duplicate = if category == Category::Repeat { posteriors.duplicate_of(rank) } else { None };
        let because = Because::Classified {
            probability: (verdict.probability * 1000.0).round() / 1000.0,
            features: posteriors.contributions(rank, verdict.label),
            of: duplicate.map(|rank| rows[rank]),
            between: verdict.between.map(|ranks| ranks.map(|rank| rows[rank])),
        };
        decisions.findings.push(Finding { row: rows[rank], rule: rule_of(category).rule(), because });
    }
}

impl Decisions {
    /// For each row, the last finding of a rule.
    fn findings_by_row(&self, rows: usize) -> TiVec<Row, Option<&Finding>> {
        let mut by_row: TiVec<Row, _> = vec![None; rows].into();
        self.findings.iter().for_each(|finding| by_row[finding.row] = Some(finding));
        by_row
    }

    /// Whether a row is kept whatever its verdict is. The reason may be the line itself, an editor's
    /// exception, a title that identifies the line as the headline (even among menus), or that the article is
    /// about such lines.
    pub(super) fn exempts(&self, page: &JudgedPage, row: Row, verdict: &LabelVerdict) -> bool {
        let is_menu = || matches!(verdict.category(), Some(Category::Nav | Category::Related));
        (page.settings.kept)(row)
            || page.titles().headline == Some(row)
            || self.mentioned.exempts(page.view, row)
            || is_menu() && !page.has_body_text()
            || exemptions::classifier::exempts(&page.view.lines[row], verdict)
    }

    /// The lines for policies that read verdicts together, and those verdicts.
    pub(super) fn lines<'l, 'v>(
        &'l mut self,
        page: &'l JudgedPage<'_, 'v>,
    ) -> Option<(Lines<'l, 'v>, &'l mut Verdicts)> {
        let posteriors = page.posteriors()?;
        let (view, rows, facts) = (page.view, posteriors.rows(), posteriors.facts());
        Some((Lines { view, rows, facts, rule_category: &self.rule_category }, &mut self.verdicts))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{KeepTwin, Settings, removals};
    use crate::analysis::{Row, View};
    use crate::detect::classifier::is_of_model;

    /// Settings with which all removals are wanted.
    const EVERYTHING: Settings = Settings {
        model: None,
        keep: KeepTwin::First,
        script: None,
        pack: None,
        remove_lines: &[],
        learned: None,
        wanted: &|_| true,
        kept: &|_| false,
    };

    /// The rows of a text that the classifier's rules remove, with their rules.
    fn found(text: &str) -> Vec<(usize, &'static str)> {
        let numbered: Vec<_> = text.lines().enumerate().map(|(at, line)| (at + 1, line)).collect();
        let settings = Settings { wanted: &|rule| is_of_model(rule), ..EVERYTHING };
        let found = removals(&View::new(&numbered, None), settings);
        found.into_iter().map(|finding| (finding.row.into(), finding.rule.id)).collect()
    }

    /// The foot of a page around some lines. There the classifier labels nearly any short line as
    /// boilerplate.
    fn foot(lines: &str) -> String {
        format!(
            "老街的夜市搬走了\n夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方。\n\
             上一頁\n下一頁\n回到頁首\n{lines}\n聯絡客服\n網站地圖\n隱私權政策\n關於我們\n徵才"
        )
    }

    /// The number of these lines that are removed at the foot of a page.
    fn removed_at_the_foot(lines: &str) -> usize {
        const ABOVE: usize = 5;
        let rows = ABOVE..ABOVE + lines.lines().count();
        found(&foot(lines)).iter().filter(|(row, _)| rows.contains(row)).count()
    }

    #[test]
    fn code_between_fences_is_kept_and_the_same_words_without_fences_are_removed() {
        assert_eq!(removed_at_the_foot("```\nlogin\n```"), 0);
        assert_eq!(removed_at_the_foot("login"), 1);
        assert_eq!(found("```\nfollow us!\nlogin\nint 關注 = 1;\n```"), []);
    }

    #[test]
    fn texts_without_boilerplate_are_kept_and_their_lines_among_boilerplate_are_removed() {
        let verse = "月光\n\n床前的月光照在地上\n好像是秋天的霜\n抬起頭看著月亮\n低下頭想著故鄉";
        for text in [verse, "甲", ""] {
            assert_eq!(found(text), [], "{text}");
        }
        assert_eq!(removed_at_the_foot("抬起頭看著月亮"), 1);
    }

    #[test]
    fn the_headline_that_a_title_identifies_is_kept() {
        let page = "首頁\n登录\n扫码关注本号\n点个在看\n夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方。";
        let numbered: Vec<_> = page.lines().enumerate().map(|(at, line)| (at + 1, line)).collect();
        let is_removed = |title: Option<&str>| {
            let found = removals(&View::new(&numbered, title), EVERYTHING);
            found.iter().any(|finding| finding.row == Row::from(2))
        };
        assert!(is_removed(None));
        assert!(!is_removed(Some("扫码关注本号_老街网")));
    }

    #[test]
    fn digests_are_kept_and_almost_digests_are_removed() {
        assert_eq!(removed_at_the_foot(&("abcdef".repeat(5) + "ab")), 0);
        assert_eq!(removed_at_the_foot(&("abcdef".repeat(5) + "ag")), 1);
    }

    #[test]
    fn captions_are_kept_and_the_same_words_without_a_credit_are_removed() {
        assert_eq!(removed_at_the_foot("老街的燈火。林小溪攝"), 0);
        assert_eq!(removed_at_the_foot("老街的燈火。林小溪"), 1);
    }

    #[test]
    fn numbered_sources_are_kept_and_the_same_words_after_another_mark_are_removed() {
        assert_eq!(removed_at_the_foot("[1] 老街的燈火"), 0);
        assert_eq!(removed_at_the_foot("[甲] 老街的燈火"), 1);
    }

    #[test]
    fn drawn_tables_are_kept_and_the_same_words_without_frames_are_removed() {
        assert_eq!(removed_at_the_foot("│茂林區、桃源區│"), 0);
        assert_eq!(removed_at_the_foot("　茂林區、桃源區　"), 1);
    }

    #[test]
    fn laws_are_kept_and_the_same_lines_under_other_numbers_are_removed() {
        let law = "第一條　意見反映\n第二條　常見問題\n第三條　服務條款";
        assert_eq!(found(&foot(law)), []);
        assert_eq!(removed_at_the_foot(&law.replace('條', "位")), 3);
        // Two provisions are not a law.
        assert_eq!(removed_at_the_foot("第一條　意見反映\n第二條　常見問題"), 2);
    }

    #[test]
    fn blank_lines_change_no_verdict() {
        let text = &foot("意見反映");
        let spaced = &text.replace('\n', "\n\n");
        let rules = |text: &str| found(text).into_iter().map(|(_, rule)| rule).collect::<Vec<_>>();
        assert_eq!(rules(text).len(), 5);
        assert_eq!(rules(text), rules(spaced));
    }
}
