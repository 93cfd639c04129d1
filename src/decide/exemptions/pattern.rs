//! Lines that the patterns of rules must leave: the article speaks about such lines, or shows them.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::sync::LazyLock;

use typed_index_collections::TiVec;

use super::quotation::{Quotation, is_wholly_quoted, outside, quotations};
use super::spoken_of::SpokenOf;
use crate::analysis::{BodyText, Rank, Row, View, ViewLine};
use crate::detect::patterns::{RulePack, rules_of};
use crate::detect::{Because, Finding};
use crate::rules::{Category, Rule, RuleId, Scope};
use crate::text::is_han;
use crate::text::list_marker::starts_plain_item;

/// The findings without those on lines that stay, and these lines. `pack` has the user's rules.
pub(crate) fn exempt(
    view: &View,
    findings: Vec<Finding>,
    pack: Option<&RulePack>,
) -> (Vec<Finding>, SpokenOf) {
    if findings.iter().all(|finding| finding.rule.category == Category::Metadata) {
        return (findings, SpokenOf::default());
    }
    let page = MatchedView::of(view, &findings, pack);
    let (stay, mut go): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|finding| page.exempts(finding));
    let spoken_of = SpokenOf::of(view, &stay.iter().map(|finding| finding.row).collect::<Vec<_>>());
    let hangs = |finding: &Finding| match finding.because {
        Because::Section { heading } => spoken_of.holds(heading),
        _ => false,
    };
    go.retain(|finding| !hangs(finding));
    (go, spoken_of)
}

/// A view, and where rules match it.
struct MatchedView<'v, 't> {
    view: &'v View<'t>,
    /// The rows that are not blank, in order.
    filled: TiVec<Rank, Row>,
    /// By row, whether a rule matches it.
    matched: TiVec<Row, bool>,
    /// The last row of prose.
    last_prose: Row,
    /// The rules that match words which the article's prose quotes.
    quoted: Vec<&'static Rule>,
    /// The rows and rules of lines that tell of a quotation which the rule matches.
    narrated: HashSet<(Row, &'static str)>,
    /// There is code that no rule takes for the page's.
    has_code: bool,
    /// Whether a line announces the list in which each line stands; found when it is first asked for.
    announced: OnceCell<TiVec<Rank, bool>>,
}

/// Han characters around a quotation at least, and in a headline before a question mark and behind it.
const NARRATION: usize = 2;
const HEADLINE: usize = 4;
/// Characters of a heading that is a button's word at most.
const HEADING: usize = 6;
/// Characters of a line that introduces a list at least.
const INTRODUCTION: usize = 6;
/// Lines below a courtesy in which a letter closes, and lines above a copyright line in which a licence is named.
const LETTER_LINES: usize = 4;
const LICENCE_LINES: usize = 2;
/// Characters of a line that names who speaks and when at most.
const SPEAKER: usize = 24;
/// Lines under a heading that tell a list of sources from a list of articles.
const SOURCES: usize = 2;

/// Words of somebody who tells what others said or wrote.
static NARRATORS: WordLines =
    WordLines::new(|| words(include_str!("../../../dictionaries/exemptions/narrators.txt")));
/// Words with which a letter closes.
static CLOSINGS: WordLines =
    WordLines::new(|| words(include_str!("../../../dictionaries/exemptions/closings.txt")));
/// Words that name a licence.
static LICENCES: WordLines =
    WordLines::new(|| words(include_str!("../../../dictionaries/exemptions/licences.txt")));

/// Words in the names of publishers.
static PUBLISHERS: WordLines =
    WordLines::new(|| words(include_str!("../../../dictionaries/exemptions/publishers.txt")));

type WordLines = LazyLock<Vec<&'static str>>;

fn words(data: &'static str) -> Vec<&'static str> {
    data.lines().filter(|line| !line.starts_with('#')).collect()
}

impl<'v, 't> MatchedView<'v, 't> {
    fn of(view: &'v View<'t>, findings: &[Finding], pack: Option<&RulePack>) -> Self {
        let mut matched: TiVec<Row, bool> = vec![false; view.lines.len()].into();
        findings.iter().for_each(|finding| matched[finding.row] = true);
        let filled: TiVec<Rank, Row> = view.filled().collect();
        let free = |row: &Row| !matched[*row];
        let is_prose = |row: &Row| {
            let shape = &view.lines[*row].shape;
            shape.is_body_text(BodyText::Sentence) && !shape.code
        };
        let is_told =
            |finding: &&Finding| is_narrated(view.lines[finding.row].text.trim(), finding.rule, pack);
        let tells = findings.iter().filter(is_told);
        let narrated: HashSet<_> = tells.map(|finding| (finding.row, finding.rule.id)).collect();
        // A line that tells of a quotation is prose too, although a rule takes it for what it quotes.
        let mut speaks: TiVec<Row, bool> = matched.iter().map(|matched| !matched).collect();
        narrated.iter().for_each(|(row, _)| speaks[*row] = true);
        let prose: Vec<Row> = filled.iter().copied().filter(|row| speaks[*row] && is_prose(row)).collect();
        let last_prose = prose.last().copied().unwrap_or_default();
        let spans = prose.iter().flat_map(|row| quotations(view.lines[*row].text));
        let mut quoted: Vec<&Rule> = spans.flat_map(|span| rules_of(span.words, pack)).collect();
        quoted.sort_unstable_by_key(|rule| rule.id);
        quoted.dedup_by_key(|rule| rule.id);
        let has_code = filled.iter().filter(|row| free(row)).any(|row| view.lines[*row].shape.code);
        Self { view, filled, matched, last_prose, quoted, narrated, has_code, announced: OnceCell::new() }
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
                    || is(rule, RuleId::RESIDUE_IMAGE_WORD) && self.is_message(row)
            }
            _ => {
                self.narrated.contains(&(row, rule.id))
                    || self.filled.first() == Some(&row) && asks_and_answers(text)
                    || row < self.last_prose
                        && (self.is_subject(row, rule)
                            || self.is_example(row)
                            || rule.category == Category::Nav && self.heads_prose(row))
                    || rule.scope == Scope::Section
                        && rule.category == Category::Related
                        && self.heads_sources(row)
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

    /// Whether the article's prose quotes words of the same rule, or of the same category where prose follows at once:
    /// so a heading of the article stands.
    fn is_subject(&self, row: Row, rule: &Rule) -> bool {
        let heads = || self.below(row).next().is_some_and(|below| self.is_free_sentence(below));
        let alike = |other: &&'static Rule| other.id == rule.id || other.category == rule.category && heads();
        self.quoted.iter().any(alike)
    }

    /// Whether a row is a sentence that no rule matches.
    fn is_free_sentence(&self, row: Row) -> bool {
        !self.matched[row] && self.line(row).shape.is_body_text(BodyText::Sentence)
    }

    /// Whether a line is a heading: a word or two alone, over prose that takes them up, and no button below another.
    /// Only buttons are asked: the headings of offers stand over prose about the offer too.
    fn heads_prose(&self, row: Row) -> bool {
        let key = self.line(row).key();
        let is_word = (2..=HEADING).contains(&key.chars().count()) && key.chars().all(is_han);
        let takes_up = |row: Row| self.is_free_sentence(row) && self.line(row).key().contains(key);
        let stands_alone = || self.above(row).next().is_none_or(|above| !self.matched[above]);
        is_word && self.below(row).next().is_some_and(takes_up) && stands_alone()
    }

    /// Whether a line is shown as an example: below a line that announces one, or an item or a quotation in a list that
    /// such a line announces.
    fn is_example(&self, row: Row) -> bool {
        let Some(above) = self.above(row).next() else { return false };
        let is_labelled = self.line(above).text.trim_start().starts_with(['例', '譬']);
        is_labelled && self.announces(above, 2)
            || self.announced.get_or_init(|| self.announced()).get(self.line(row).rank) == Some(&true)
    }

    /// Whether a line of so many characters announces what stands below it, and no rule matches it.
    fn announces(&self, row: Row, characters: usize) -> bool {
        let line = self.line(row);
        let is_announcement = line.text.trim_end().ends_with(['：', ':']);
        !self.matched[row] && is_announcement && line.shape.characters >= characters
    }

    /// Whether each line is an item or a quotation in a list that the line above the list announces.
    fn announced(&self) -> TiVec<Rank, bool> {
        let mut is_announced = false;
        let of_row = |row: &Row| {
            let text = self.line(*row).text;
            let is_shown = starts_plain_item(text) && !text.contains("](") || is_wholly_quoted(text);
            if !is_shown {
                is_announced = self.announces(*row, INTRODUCTION);
            }
            is_shown && is_announced
        };
        self.filled.iter().map(of_row).collect()
    }

    /// Whether a line stands under somebody's name and the time, as messages do.
    fn is_message(&self, row: Row) -> bool {
        self.above(row).next().is_some_and(|above| {
            let line = self.line(above);
            line.shape.characters <= SPEAKER && ends_with_time(line.text)
        })
    }

    /// Whether a list under a heading is one of books and papers.
    fn heads_sources(&self, row: Row) -> bool {
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

/// Whether the words that a rule is about are quoted in a line, and somebody tells of them around the quotation.
fn is_narrated(text: &str, rule: &Rule, pack: Option<&RulePack>) -> bool {
    let quotations = quotations(text);
    if quotations.is_empty() {
        return false;
    }
    let outside = outside(text, &quotations);
    if outside.chars().filter(|c| is_han(*c)).count() < NARRATION {
        return false;
    }
    let is_spoken = |quotation: &Quotation| {
        let behind = &text[quotation.range.end..];
        quotation.words.ends_with(['。', '！', '？', '…', '!', '?', '，']) && behind.starts_with(is_han)
    };
    let is_told = NARRATORS.iter().any(|word| outside.contains(*word));
    let is_about = |words: &str| rules_of(words, pack).iter().any(|other| other.id == rule.id);
    quotations.iter().any(|quotation| (is_told || is_spoken(quotation)) && is_about(quotation.words))
        && !is_about(&outside)
}

/// Whether a headline asks something and goes on: no site asks its readers to subscribe so.
fn asks_and_answers(text: &str) -> bool {
    let han = |part: &str| part.chars().filter(|c| is_han(*c)).count();
    text.split_once(['？', '?'])
        .is_some_and(|(question, answer)| han(question) >= HEADLINE && han(answer) >= HEADLINE)
}

/// Whether a line ends with the hour and the minute, behind a name.
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

/// Whether a line names a book or a paper: an author, the year in brackets, and the title behind it.
fn names_work(text: &str) -> bool {
    let text = text.trim();
    let year = |open: char, close: char| {
        let (author, rest) = text.split_once(open)?;
        let (year, title) = rest.split_once(close)?;
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        Some(is_year && !author.trim().is_empty() && title.chars().count() >= HEADLINE)
    };
    let published = PUBLISHERS.iter().any(|word| text.contains(*word));
    year('(', ')') == Some(true) || year('（', '）') == Some(true) || published && text.contains(['《', '〈'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::patterns::find;

    /// The lines of a text that go, by their numbers.
    fn going(text: &str) -> Vec<usize> {
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
    fn what_somebody_tells_of_a_quotation_stays() {
        for line in [
            "「掃碼領好禮。」喇叭換了一句。",
            "“点个赞吧。”她笑着说。",
            "很多人在文末写“版权所有，侵权必究”，但这八个字没有用。",
            "墙上写着“版权所有，翻印必究”，字已经褪色。",
            "一是以“关注后回复关键词领取资料”为由诱导关注。",
        ] {
            assert_eq!(going(&format!("老街\n{PROSE}\n{line}\n{PROSE}")), [0; 0], "{line}");
        }
        for line in
            ["点击左下角“阅读原文”获取", "覺得不錯，就點個「在看」吧", "公众号后台回复“手册”获取下载链接。"]
        {
            assert_eq!(going(&format!("老街\n{PROSE}\n{line}")), [3], "{line}");
        }
    }

    #[test]
    fn a_headline_that_asks_and_answers_stays() {
        assert_eq!(going(&format!("掃碼領好禮？警方提醒：多半是詐騙\n{PROSE}")), [0; 0]);
        assert_eq!(going(&format!("掃碼領好禮\n{PROSE}")), [1]);
    }

    #[test]
    fn examples_stay_where_a_line_announces_them_and_prose_follows() {
        assert_eq!(going(&format!("按鈕\n常見的按鈕有這些：\n- 登錄\n- 註冊\n{PROSE}")), [0; 0]);
        assert_eq!(going(&format!("按鈕\n{PROSE}\n- 登錄\n- 註冊\n{PROSE}")), [3, 4]);
        assert_eq!(going("按鈕\n常見的按鈕有這些：\n- 登錄\n- 註冊"), [3, 4]);
        assert_eq!(going(&format!("声明\n例一：\n未经授权，禁止转载。\n{PROSE}")), [0; 0]);
        assert_eq!(going(&format!("文案\n引导语大致有这两类：\n“点击上方蓝字关注我们”\n{PROSE}")), [0; 0]);
    }

    #[test]
    fn what_the_prose_quotes_is_its_subject() {
        let about = "只有不到百分之一的读者会点“阅读原文”，平台也知道这一点。";
        assert_eq!(going(&format!("文案\n阅读原文\n{about}\n{PROSE}")), [0; 0]);
        assert_eq!(going(&format!("文案\n{about}\n{PROSE}\n阅读原文")), [4]);
    }

    #[test]
    fn a_word_over_prose_that_takes_it_up_is_a_heading() {
        assert_eq!(going(&format!("河边\n{PROSE}\n倍速\n听书的时候他总是开两倍速，从来不停。")), [0; 0]);
        assert_eq!(going(&format!("河边\n{PROSE}\n倍速\n{PROSE}")), [3]);
        assert_eq!(
            going(&format!("河边\n{PROSE}\n登录\n倍速\n听书的时候他总是开两倍速，从来不停。")),
            [3, 4]
        );
    }

    #[test]
    fn sources_letters_licences_messages_and_programs_stay() {
        assert_eq!(
            going(&format!("懷錶\n{PROSE}\n延伸閱讀\nSmith, J. (2015). A History of Watches.")),
            [0; 0]
        );
        assert_eq!(going(&format!("懷錶\n{PROSE}\n延伸閱讀\n老街攤商拒絕搬遷")), [3, 4]);
        assert_eq!(going(&format!("給里長的一封信\n{PROSE}\n感謝您的閱讀！\n祝　安康\n居民　敬上")), [0; 0]);
        assert_eq!(going(&format!("懷錶\n{PROSE}\n感謝您的閱讀！")), [3]);
        assert_eq!(going("# 笔记\n## 许可证\nMIT License\nCopyright (c) 2021 王小明"), [0; 0]);
        assert_eq!(going("# 笔记\nCopyright (c) 2021 王小明"), [2]);
        assert_eq!(going("业主群\n王小明 20:02\n[图片]\n李小红 20:03\n收到"), [0; 0]);
        assert_eq!(going("业主群\n停水了\n[图片]"), [3]);
        assert_eq!(going("int main(void) {\n./list\nLoading..."), [0; 0]);
        assert_eq!(going(&format!("懷錶\n{PROSE}\n.title {{ color: red; }}")), [3]);
        assert_eq!(going("懷錶\nint x = 1;\n.title { color: red; }"), [0; 0]);
    }
}
