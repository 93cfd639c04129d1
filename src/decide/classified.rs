//! What the classifier takes for boilerplate, and what becomes of that.

use typed_index_collections::TiVec;

use super::lines::Lines;
use super::verdict::{LabelVerdict, Verdicts, threshold};
use super::{Decisions, JudgedPage, exemptions};
use crate::analysis::{Rank, Row};
use crate::detect::classifier::rule_of;
use crate::detect::{Because, Finding};
use crate::rules::Category;

/// Takes each line for what is probable enough. A line that another one repeats is no repeat itself: one of the two
/// stays.
pub(super) fn judge(page: &JudgedPage, decisions: &mut Decisions) {
    let Some(posteriors) = page.posteriors() else { return };
    let mut has_duplicate: TiVec<Row, bool> = vec![false; page.view.lines.len()].into();
    let by_row = decisions.named_rows(page.view.lines.len());
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
        let stays = is_refrain
            || decisions.exempts(page, *row, &verdict)
            || verdict.is_repeat() && has_duplicate[*row];
        (!stays).then_some(verdict)
    };
    decisions.verdicts = posteriors.rows().iter_enumerated().map(verdict).collect();
}

/// Whether lines that stand several times may be refrains: nearly all lines are short, as in a song, and no rule finds
/// what pages have around an article.
fn has_refrains(page: &JudgedPage, decisions: &Decisions) -> bool {
    let is_of_text = |category| matches!(category, Category::Repeat | Category::Metadata | Category::Residue);
    decisions.findings.iter().all(|finding| is_of_text(finding.rule.category)) && page.genre().is_verse()
}

/// Of two lines that are taken for repeats of each other the first stays. Then it is known which lines a rule names:
/// what repeats boilerplate is boilerplate too, and the classifier judges it.
pub(super) fn keep_one(page: &JudgedPage, decisions: &mut Decisions) {
    let Some(posteriors) = page.posteriors() else { return };
    let verdicts = &mut decisions.verdicts;
    for rank in verdicts.keys() {
        let is_repeat = |rank: Rank| verdicts[rank].is_some_and(|verdict| verdict.is_repeat());
        let other = is_repeat(rank).then(|| posteriors.duplicate_of(rank)).flatten();
        let behind = other.filter(|other| *other > rank && is_repeat(*other));
        if behind.is_some_and(|other| posteriors.duplicate_of(other) == Some(rank)) {
            verdicts[rank] = None;
        }
    }
    let rows = posteriors.rows();
    let by_row = decisions.named_rows(page.view.lines.len());
    let is_judged = |row: Row| rows.binary_search(&row).is_ok_and(|rank| decisions.verdicts[rank].is_some());
    let names = |finding: &&&Finding| {
        finding.rule.category != Category::Repeat || !finding.because.duplicate_of().is_some_and(is_judged)
    };
    let category = |row: &Row| by_row[*row].as_ref().filter(names).map(|finding| finding.rule.category);
    decisions.named = rows.iter().map(category).collect();
}

/// Turns the verdicts on lines that no rule names into findings.
pub(super) fn conclude(page: &JudgedPage, decisions: &mut Decisions) {
    let Some(posteriors) = page.posteriors() else { return };
    let rows = posteriors.rows();
    for rank in rows.keys().filter(|rank| decisions.named[*rank].is_none()) {
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
    /// By row, the last finding of a rule.
    fn named_rows(&self, rows: usize) -> TiVec<Row, Option<&Finding>> {
        let mut named: TiVec<Row, _> = vec![None; rows].into();
        self.findings.iter().for_each(|finding| named[finding.row] = Some(finding));
        named
    }

    /// Whether a row stays, whatever it is taken for: by itself, because an editor keeps it, because a title tells that
    /// it is the headline, however it stands among menus, or because the article speaks of such lines.
    pub(super) fn exempts(&self, page: &JudgedPage, row: Row, verdict: &LabelVerdict) -> bool {
        let is_menu = || matches!(verdict.category(), Some(Category::Nav | Category::Related));
        (page.settings.kept)(row)
            || page.titles().headline == Some(row)
            || self.spoken_of.exempts(page.view, row)
            || is_menu() && !page.has_body_text()
            || exemptions::classifier::exempts(&page.view.lines[row], verdict)
    }

    /// The lines as verdicts on them are read together, and those verdicts.
    pub(super) fn lines<'l, 'v>(
        &'l mut self,
        page: &'l JudgedPage<'_, 'v>,
    ) -> Option<(Lines<'l, 'v>, &'l mut Verdicts)> {
        let posteriors = page.posteriors()?;
        let (view, rows, facts) = (page.view, posteriors.rows(), posteriors.facts());
        Some((Lines { view, rows, facts, named: &self.named }, &mut self.verdicts))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{KeepTwin, Settings, removals};
    use crate::analysis::{Row, View};
    use crate::detect::classifier::is_of_model;

    /// All removals are wanted.
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

    /// The foot of a page with lines in its midst, where the classifier takes nearly any short line for furniture.
    fn foot(lines: &str) -> String {
        format!(
            "老街的夜市搬走了\n夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方。\n\
             上一頁\n下一頁\n回到頁首\n{lines}\n聯絡客服\n網站地圖\n隱私權政策\n關於我們\n徵才"
        )
    }

    /// How many of some lines go at the foot of a page.
    fn go_at_the_foot(lines: &str) -> usize {
        const ABOVE: usize = 5;
        let rows = ABOVE..ABOVE + lines.lines().count();
        found(&foot(lines)).iter().filter(|(row, _)| rows.contains(row)).count()
    }

    #[test]
    fn code_between_fences_stays_and_the_same_words_without_fences_go() {
        assert_eq!(go_at_the_foot("```\nlogin\n```"), 0);
        assert_eq!(go_at_the_foot("login"), 1);
        assert_eq!(found("```\nfollow us!\nlogin\nint 關注 = 1;\n```"), []);
    }

    #[test]
    fn texts_without_furniture_stay_and_their_lines_among_furniture_go() {
        let verse = "月光\n\n床前的月光照在地上\n好像是秋天的霜\n抬起頭看著月亮\n低下頭想著故鄉";
        for text in [verse, "甲", ""] {
            assert_eq!(found(text), [], "{text}");
        }
        assert_eq!(go_at_the_foot("抬起頭看著月亮"), 1);
    }

    #[test]
    fn the_headline_that_a_title_tells_stays() {
        let page = "首頁\n登录\n扫码关注本号\n点个在看\n夜市在上個月搬走，街坊都說晚上安靜了許多，攤主還沒有找到新的地方。";
        let numbered: Vec<_> = page.lines().enumerate().map(|(at, line)| (at + 1, line)).collect();
        let goes = |title: Option<&str>| {
            let found = removals(&View::new(&numbered, title), EVERYTHING);
            found.iter().any(|finding| finding.row == Row::from(2))
        };
        assert!(goes(None));
        assert!(!goes(Some("扫码关注本号_老街网")));
    }

    #[test]
    fn digests_stay_and_what_is_nearly_one_goes() {
        assert_eq!(go_at_the_foot(&("abcdef".repeat(5) + "ab")), 0);
        assert_eq!(go_at_the_foot(&("abcdef".repeat(5) + "ag")), 1);
    }

    #[test]
    fn captions_stay_and_the_same_words_without_a_credit_go() {
        assert_eq!(go_at_the_foot("老街的燈火。林小溪攝"), 0);
        assert_eq!(go_at_the_foot("老街的燈火。林小溪"), 1);
    }

    #[test]
    fn numbered_sources_stay_and_the_same_words_behind_another_mark_go() {
        assert_eq!(go_at_the_foot("[1] 老街的燈火"), 0);
        assert_eq!(go_at_the_foot("[甲] 老街的燈火"), 1);
    }

    #[test]
    fn drawn_tables_stay_and_the_same_words_without_frames_go() {
        assert_eq!(go_at_the_foot("│茂林區、桃源區│"), 0);
        assert_eq!(go_at_the_foot("　茂林區、桃源區　"), 1);
    }

    #[test]
    fn laws_stay_and_the_same_lines_under_other_numbers_go() {
        let law = "第一條　意見反映\n第二條　常見問題\n第三條　服務條款";
        assert_eq!(found(&foot(law)), []);
        assert_eq!(go_at_the_foot(&law.replace('條', "位")), 3);
        // Two provisions make no law.
        assert_eq!(go_at_the_foot("第一條　意見反映\n第二條　常見問題"), 2);
    }

    #[test]
    fn blank_lines_have_no_say() {
        let text = &foot("意見反映");
        let spaced = &text.replace('\n', "\n\n");
        let rules = |text: &str| found(text).into_iter().map(|(_, rule)| rule).collect::<Vec<_>>();
        assert_eq!(rules(text).len(), 5);
        assert_eq!(rules(text), rules(spaced));
    }
}
