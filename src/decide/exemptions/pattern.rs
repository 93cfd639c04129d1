//! Lines that the patterns of rules must not remove: the article mentions such lines, or shows them.

use std::cell::OnceCell;
use std::collections::HashSet;

use typed_index_collections::TiVec;

use super::mentioned::MentionedBoilerplate;
use super::misread::is_misread;
use super::quotation::{Quotation, is_wholly_quoted, outside, quotations};
use super::word_lists::{CLOSINGS, LICENCES, NARRATORS, PUBLISHERS};
use crate::analysis::{BodyText, Rank, Row, View, ViewLine};
use crate::detect::patterns::{RulePack, rules_of};
use crate::detect::{Because, Finding};
use crate::rules::{Category, Rule, RuleId, Scope};
use crate::text::is_han;
use crate::text::list_marker::starts_plain_item;

/// The findings without those on exempt lines, and the exempt lines. `pack` has the user's rules.
pub(crate) fn exempt(
    view: &View,
    findings: Vec<Finding>,
    pack: Option<&RulePack>,
) -> (Vec<Finding>, MentionedBoilerplate) {
    if findings.iter().all(|finding| finding.rule.category == Category::Metadata) {
        return (findings, MentionedBoilerplate::default());
    }
    let page = MatchedView::of(view, &findings, pack);
    let (exempt, mut remaining): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|finding| page.exempts(finding));
    let mentioned =
        MentionedBoilerplate::of(view, &exempt.iter().map(|finding| finding.row).collect::<Vec<_>>());
    let is_under_mention = |finding: &Finding| match finding.because {
        Because::Section { heading } => mentioned.contains(heading),
        _ => false,
    };
    remaining.retain(|finding| !is_under_mention(finding));
    (remaining, mentioned)
}

/// A view, and the positions at which rules match it.
struct MatchedView<'v, 't> {
    view: &'v View<'t>,
    /// The rows that are not blank, in order.
    filled: TiVec<Rank, Row>,
    /// For each row, whether a rule matches it.
    matched: TiVec<Row, bool>,
    /// The last row of prose.
    last_prose: Row,
    /// The rules that match words in quotations of the article's prose.
    quoted: Vec<&'static Rule>,
    /// The rows of lines that report a quotation, each with the id of the rule that matches the quotation.
    reported: HashSet<(Row, &'static str)>,
    /// Whether the page has code that no rule matches.
    has_code: bool,
    /// Whether the article was read in the wrong encoding.
    is_misread: bool,
    /// For each line, whether it is in a list that another line announces. Computed at the first use.
    announced: OnceCell<TiVec<Rank, bool>>,
}

/// Minimum number of Han characters around a quotation, and minimum number in a headline on each side of a
/// question mark.
const MIN_NARRATION: usize = 2;
const MIN_HEADLINE: usize = 4;
/// Maximum number of characters in a heading that has the words of a button.
const MAX_HEADING: usize = 6;
/// Minimum number of characters in a line that introduces a list.
const MIN_INTRODUCTION: usize = 6;
/// Number of lines below a courtesy that are searched for the closing of a letter, and of lines above a
/// copyright line that are searched for a licence.
const LETTER_LINES: usize = 4;
const LICENCE_LINES: usize = 2;
/// Maximum number of characters in a line that has a speaker's name and the time.
const MAX_SPEAKER: usize = 24;
/// Number of lines under a heading that distinguish a list of sources from a list of articles.
const SOURCES: usize = 2;

impl<'v, 't> MatchedView<'v, 't> {
    fn of(view: &'v View<'t>, findings: &[Finding], pack: Option<&RulePack>) -> Self {
        let mut matched: TiVec<Row, bool> = vec![false; view.lines.len()].into();
        findings.iter().for_each(|finding| matched[finding.row] = true);
        let filled: TiVec<Rank, Row> = view.filled().collect();
        let is_unmatched = |row: &Row| !matched[*row];
        let is_prose = |row: &Row| {
            let shape = &view.lines[*row].shape;
            shape.is_body_text(BodyText::Sentence) && !shape.code
        };
        let is_reported =
            |finding: &&Finding| reports_quotation(view.lines[finding.row].text.trim(), finding.rule, pack);
        let reports = findings.iter().filter(is_reported);
        let reported: HashSet<_> = reports.map(|finding| (finding.row, finding.rule.id)).collect();
        // A line that reports a quotation is prose too, although a rule matches the quotation.
        let mut is_of_article: TiVec<Row, bool> = matched.iter().map(|matched| !matched).collect();
        reported.iter().for_each(|(row, _)| is_of_article[*row] = true);
        let prose: Vec<Row> =
            filled.iter().copied().filter(|row| is_of_article[*row] && is_prose(row)).collect();
        let last_prose = prose.last().copied().unwrap_or_default();
        let spans = prose.iter().flat_map(|row| quotations(view.lines[*row].text));
        let mut quoted: Vec<&Rule> = spans.flat_map(|span| rules_of(span.words, pack)).collect();
        quoted.sort_unstable_by_key(|rule| rule.id);
        quoted.dedup_by_key(|rule| rule.id);
        let has_code = filled.iter().filter(|row| is_unmatched(row)).any(|row| view.lines[*row].shape.code);
        let is_misread = is_misread(findings, filled.len());
        let announced = OnceCell::new();
        Self { view, filled, matched, last_prose, quoted, reported, has_code, is_misread, announced }
    }

    fn exempts(&self, finding: &Finding) -> bool {
        let (row, rule) = (finding.row, finding.rule);
        if rule.category == Category::Metadata || matches!(finding.because, Because::Section { .. }) {
            return false;
        }
        let text = self.line(row).text.trim();
        match rule.category {
            Category::Residue => {
                self.has_code && is_of_code(rule)
                    || is(rule, RuleId::RESIDUE_MOJIBAKE) && self.is_misread
                    || is(rule, RuleId::RESIDUE_IMAGE_WORD) && self.is_message(row)
            }
            _ => {
                self.reported.contains(&(row, rule.id))
                    || self.filled.first() == Some(&row) && asks_and_answers(text)
                    || row < self.last_prose
                        && (self.is_subject(row, rule)
                            || self.is_example(row)
                            || rule.category == Category::Nav && self.is_heading_of_prose(row))
                    || rule.scope == Scope::Section
                        && rule.category == Category::Related
                        && self.is_heading_of_sources(row)
                    || is(rule, RuleId::SHARE_THANKS_FOR_READING) && self.is_in_letter(row)
                    || is(rule, RuleId::LEGAL_COPYRIGHT_LINE) && self.is_licence(row)
                    || is(rule, RuleId::NAV_LOADING) && self.has_code && !text.contains(is_han)
            }
        }
    }

    fn line(&self, row: Row) -> &'v ViewLine<'t> {
        &self.view.lines[row]
    }

    /// The rows above a row that are not blank, the nearest first.
    fn above(&self, row: Row) -> impl Iterator<Item = Row> + '_ {
        self.filled[..self.line(row).rank].iter().rev().copied()
    }

    /// The rows below a row that are not blank.
    fn below(&self, row: Row) -> impl Iterator<Item = Row> + '_ {
        let line = self.line(row);
        self.filled[line.rank.below(usize::from(!line.shape.blank))..].iter().copied()
    }

    /// Whether the article's prose quotes words that the same rule matches. If prose follows directly, words
    /// that a rule of the same category matches count too: then the line is a heading of the article.
    fn is_subject(&self, row: Row, rule: &Rule) -> bool {
        let is_heading = || self.below(row).next().is_some_and(|below| self.is_unmatched_sentence(below));
        let alike =
            |other: &&'static Rule| other.id == rule.id || other.category == rule.category && is_heading();
        self.quoted.iter().any(alike)
    }

    /// Whether a row is a sentence that no rule matches.
    fn is_unmatched_sentence(&self, row: Row) -> bool {
        !self.matched[row] && self.line(row).shape.is_body_text(BodyText::Sentence)
    }

    /// Whether a line is a heading: one or two words alone, above prose that repeats them, and no button
    /// below another button. Only navigation is exempt in this way, because the headings of offers are above
    /// prose about the offer too.
    fn is_heading_of_prose(&self, row: Row) -> bool {
        let key = self.line(row).key();
        let is_word = (2..=MAX_HEADING).contains(&key.chars().count()) && key.chars().all(is_han);
        let repeats_word = |row: Row| self.is_unmatched_sentence(row) && self.line(row).key().contains(key);
        let stands_alone = || self.above(row).next().is_none_or(|above| !self.matched[above]);
        is_word && self.below(row).next().is_some_and(repeats_word) && stands_alone()
    }

    /// Whether a line is an example. It is below a line that announces an example, or it is an item or a
    /// quotation in a list that such a line announces.
    fn is_example(&self, row: Row) -> bool {
        let Some(above) = self.above(row).next() else { return false };
        let is_labelled = self.line(above).text.trim_start().starts_with(['例', '譬']);
        is_labelled && self.announces(above, 2)
            || self.announced.get_or_init(|| self.announced()).get(self.line(row).rank) == Some(&true)
    }

    /// Whether a line of at least this length announces what follows it, and no rule matches it.
    fn announces(&self, row: Row, characters: usize) -> bool {
        let line = self.line(row);
        let is_announcement = line.text.trim_end().ends_with(['：', ':']);
        !self.matched[row] && is_announcement && line.shape.characters >= characters
    }

    /// For each line, whether it is an item or a quotation in a list that the line above the list announces.
    fn announced(&self) -> TiVec<Rank, bool> {
        let mut is_announced = false;
        let of_row = |row: &Row| {
            let text = self.line(*row).text;
            let is_shown = starts_plain_item(text) && !text.contains("](") || is_wholly_quoted(text);
            if !is_shown {
                is_announced = self.announces(*row, MIN_INTRODUCTION);
            }
            is_shown && is_announced
        };
        self.filled.iter().map(of_row).collect()
    }

    /// Whether a line is below a name and a time, as in a chat.
    fn is_message(&self, row: Row) -> bool {
        self.above(row).next().is_some_and(|above| {
            let line = self.line(above);
            line.shape.characters <= MAX_SPEAKER && ends_with_time(line.text)
        })
    }

    /// Whether the list under a heading has books and papers.
    fn is_heading_of_sources(&self, row: Row) -> bool {
        self.below(row).take(SOURCES).any(|row| names_work(self.line(row).text))
    }

    fn is_in_letter(&self, row: Row) -> bool {
        self.below(row).take(LETTER_LINES).any(|row| {
            let text = self.line(row).text.trim();
            CLOSINGS.iter().any(|closing| text.starts_with(*closing) || text.ends_with(*closing))
        })
    }

    fn is_licence(&self, row: Row) -> bool {
        let named = |row: Row| LICENCES.iter().any(|name| self.line(row).text.contains(*name));
        self.above(row).take(LICENCE_LINES).any(named)
    }
}

fn is(rule: &Rule, id: RuleId) -> bool {
    rule.id == id.rule().id
}

/// Whether a rule is about code of the page, which an article about code may show.
fn is_of_code(rule: &Rule) -> bool {
    [RuleId::RESIDUE_STYLE_SHEET, RuleId::RESIDUE_PAGE_SCRIPT, RuleId::RESIDUE_LONE_TAG]
        .into_iter()
        .any(|id| is(rule, id))
}

/// Whether a line quotes words that the rule matches, and reports the quotation in its other words.
fn reports_quotation(text: &str, rule: &Rule, pack: Option<&RulePack>) -> bool {
    let quotations = quotations(text);
    if quotations.is_empty() {
        return false;
    }
    let outside = outside(text, &quotations);
    if outside.chars().filter(|c| is_han(*c)).count() < MIN_NARRATION {
        return false;
    }
    let is_speech = |quotation: &Quotation| {
        let after = &text[quotation.range.end..];
        quotation.words.ends_with(['。', '！', '？', '…', '!', '?', '，']) && after.starts_with(is_han)
    };
    let is_reported = NARRATORS.iter().any(|word| outside.contains(*word));
    let is_about = |words: &str| rules_of(words, pack).iter().any(|other| other.id == rule.id);
    quotations.iter().any(|quotation| (is_reported || is_speech(quotation)) && is_about(quotation.words))
        && !is_about(&outside)
}

/// Whether a headline asks a question and continues. Sites do not ask their readers to subscribe in this way.
fn asks_and_answers(text: &str) -> bool {
    let han = |part: &str| part.chars().filter(|c| is_han(*c)).count();
    text.split_once(['？', '?'])
        .is_some_and(|(question, answer)| han(question) >= MIN_HEADLINE && han(answer) >= MIN_HEADLINE)
}

/// Whether a line ends with the hour and the minute, after a name.
fn ends_with_time(text: &str) -> bool {
    let Some((before, minute)) = text.trim_end().rsplit_once([':', '：']) else { return false };
    let name = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_number =
        |digits: &str| digits.len() <= 2 && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number(minute)
        && minute.len() == 2
        && is_number(&before[name.len()..])
        && name.contains(char::is_alphabetic)
}

/// Whether a line names a book or a paper: an author, the year in brackets, and the title after it.
fn names_work(text: &str) -> bool {
    let text = text.trim();
    let year = |open: char, close: char| {
        let (author, rest) = text.split_once(open)?;
        let (year, title) = rest.split_once(close)?;
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        Some(is_year && !author.trim().is_empty() && title.chars().count() >= MIN_HEADLINE)
    };
    let published = PUBLISHERS.iter().any(|word| text.contains(*word));
    year('(', ')') == Some(true) || year('（', '）') == Some(true) || published && text.contains(['《', '〈'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::patterns::find;

    /// The 1-based numbers of the lines of a text that are removed.
    fn removed(text: &str) -> Vec<usize> {
        let numbered: Vec<_> = (1..).zip(text.lines()).collect();
        let view = View::new(&numbered, None);
        let (findings, _) = exempt(&view, find(&view, None), None);
        let mut rows: Vec<usize> = findings.iter().map(|finding| finding.row.below(1).into()).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    const PROSE: &str = "老街的攤商說，生意比去年差了許多，大家都在等新的消息。";

    #[test]
    fn reported_quotations_are_kept() {
        for line in [
            "「掃碼領好禮。」喇叭換了一句。",
            "“点个赞吧。”她笑着说。",
            "很多人在文末写“版权所有，侵权必究”，但这八个字没有用。",
            "墙上写着“版权所有，翻印必究”，字已经褪色。",
            "一是以“关注后回复关键词领取资料”为由诱导关注。",
        ] {
            assert_eq!(removed(&format!("老街\n{PROSE}\n{line}\n{PROSE}")), [0; 0], "{line}");
        }
        for line in
            ["点击左下角“阅读原文”获取", "覺得不錯，就點個「在看」吧", "公众号后台回复“手册”获取下载链接。"]
        {
            assert_eq!(removed(&format!("老街\n{PROSE}\n{line}")), [3], "{line}");
        }
    }

    #[test]
    fn a_headline_that_asks_and_answers_is_kept() {
        assert_eq!(removed(&format!("掃碼領好禮？警方提醒：多半是詐騙\n{PROSE}")), [0; 0]);
        assert_eq!(removed(&format!("掃碼領好禮\n{PROSE}")), [1]);
    }

    #[test]
    fn examples_are_kept_if_a_line_announces_them_and_prose_follows() {
        assert_eq!(removed(&format!("按鈕\n常見的按鈕有這些：\n- 登錄\n- 註冊\n{PROSE}")), [0; 0]);
        assert_eq!(removed(&format!("按鈕\n{PROSE}\n- 登錄\n- 註冊\n{PROSE}")), [3, 4]);
        assert_eq!(removed("按鈕\n常見的按鈕有這些：\n- 登錄\n- 註冊"), [3, 4]);
        assert_eq!(removed(&format!("声明\n例一：\n未经授权，禁止转载。\n{PROSE}")), [0; 0]);
        assert_eq!(removed(&format!("文案\n引导语大致有这两类：\n“点击上方蓝字关注我们”\n{PROSE}")), [0; 0]);
    }

    #[test]
    fn boilerplate_that_the_prose_quotes_is_kept() {
        let about = "只有不到百分之一的读者会点“阅读原文”，平台也知道这一点。";
        assert_eq!(removed(&format!("文案\n阅读原文\n{about}\n{PROSE}")), [0; 0]);
        assert_eq!(removed(&format!("文案\n{about}\n{PROSE}\n阅读原文")), [4]);
    }

    #[test]
    fn a_word_above_prose_that_repeats_it_is_a_heading() {
        assert_eq!(removed(&format!("河边\n{PROSE}\n倍速\n听书的时候他总是开两倍速，从来不停。")), [0; 0]);
        assert_eq!(removed(&format!("河边\n{PROSE}\n倍速\n{PROSE}")), [3]);
        assert_eq!(
            removed(&format!("河边\n{PROSE}\n登录\n倍速\n听书的时候他总是开两倍速，从来不停。")),
            [3, 4]
        );
    }

    #[test]
    fn sources_letters_licences_messages_and_programs_are_kept() {
        assert_eq!(
            removed(&format!("懷錶\n{PROSE}\n延伸閱讀\nSmith, J. (2015). A History of Watches.")),
            [0; 0]
        );
        assert_eq!(removed(&format!("懷錶\n{PROSE}\n延伸閱讀\n老街攤商拒絕搬遷")), [3, 4]);
        assert_eq!(
            removed(&format!("給里長的一封信\n{PROSE}\n感謝您的閱讀！\n祝　安康\n居民　敬上")),
            [0; 0]
        );
        assert_eq!(removed(&format!("懷錶\n{PROSE}\n感謝您的閱讀！")), [3]);
        assert_eq!(removed("# 笔记\n## 许可证\nMIT License\nCopyright (c) 2021 王小明"), [0; 0]);
        assert_eq!(removed("# 笔记\nCopyright (c) 2021 王小明"), [2]);
        assert_eq!(removed("业主群\n王小明 20:02\n[图片]\n李小红 20:03\n收到"), [0; 0]);
        assert_eq!(removed("业主群\n停水了\n[图片]"), [3]);
        assert_eq!(removed("int main(void) {\n./list\nLoading..."), [0; 0]);
        assert_eq!(removed(&format!("懷錶\n{PROSE}\n.title {{ color: red; }}")), [3]);
        assert_eq!(removed("懷錶\nint x = 1;\n.title { color: red; }"), [0; 0]);
    }
}
