//! Guards: the reasons to keep a line that repeats another. A wrong removal is worse than a line that is
//! left.

use super::pair::{NEAR_LINES, RepeatPair, after, before};
use crate::analysis::{ViewLine, is_provision};
use crate::detect::caption::ends_with_credit;
use crate::detect::duplicates::document_type::VERSE_CHARACTERS;
use crate::detect::duplicates::line_kind::{begin_alike, is_field_name};
use crate::text::is_han;
use crate::text::numerals::is_numeral;

/// Minimum number of letters or Han characters in a key whose repetition means anything.
const MIN_LETTERS: usize = 7;
/// Minimum number of Han characters that distinguish prose from names, addresses and code.
const MIN_HAN: usize = 4;
/// Maximum number of other characters for each Han character in prose.
const MAX_OTHERS_PER_HAN: usize = 2;
/// Minimum number of letters in a copy of the headline. It is lower, because the headline is known.
const MIN_HEADLINE_LETTERS: usize = 4;
/// Maximum number of characters in the label before a colon, such as a speaker's name.
const MAX_LABEL: usize = 8;
/// Minimum number of characters in a labelled line that is prose.
const MIN_LABELLED_PROSE: usize = 40;

/// Maximum number of lines before two copies that are compared.
const PARALLEL_LINES: usize = 8;
/// Minimum number of lines that are not blank between a statement and a copy far below it.
const MIN_ECHO_LINES: usize = 20;
/// Minimum number of copies of a short line that is a refrain.
const MIN_REFRAIN_COPIES: usize = 4;
/// Characters in commands. Quotation marks may be mended, so Chinese ones count too.
const COMMAND_MARKS: &[char] = &['"', '“', '「', '\'', '`', '=', '$', ';', '\\'];
/// Maximum number of digits in the number of a part.
const MAX_PART_DIGITS: usize = 2;
/// Characters with which no sentence begins.
const INNER_MARKS: &[char] = &['，', ',', '。', '、', '；', ';', '！', '？', '）', ')'];

/// A guard: a named reason to keep a repeat.
struct NamedGuard {
    name: &'static str,
    /// Whether the guard protects a line.
    applies: fn(&RepeatPair) -> bool,
    /// Whether it also protects a line that is printed twice (`is_printed_twice`).
    always: bool,
}

impl NamedGuard {
    const fn new(name: &'static str, applies: fn(&RepeatPair) -> bool) -> Self {
        Self { name, applies, always: false }
    }

    const fn always(name: &'static str, applies: fn(&RepeatPair) -> bool) -> Self {
        Self { name, applies, always: true }
    }

    fn protects(&self, pair: &RepeatPair) -> bool {
        (self.applies)(pair) && (self.always || !is_printed_twice(pair))
    }
}

/// The guards of every line.
const GUARDS: &[NamedGuard] = &[
    NamedGuard::always("short", is_short),
    NamedGuard::always("code", is_code),
    NamedGuard::new("verse", is_verse),
    NamedGuard::always("part", is_part),
];
/// The name of the guard of statements that the article repeats far below.
pub(crate) const ECHO: &str = "echo";
/// The guards of lines that are not copies of the headline. Copies of the headline are known as such.
const LINE_GUARDS: &[NamedGuard] = &[
    NamedGuard::always("statute", is_statute),
    NamedGuard::always("latin", is_latin),
    NamedGuard::always("table", is_table),
    NamedGuard::new("item", is_item),
    NamedGuard::always("label", is_label),
    NamedGuard::new("parallel", is_parallel),
    NamedGuard::new(ECHO, is_echo),
    NamedGuard::new("refrain", is_refrain),
    NamedGuard::new("question", is_question),
    NamedGuard::new("value", is_value),
    NamedGuard::always("piece", is_piece),
    NamedGuard::always("lesson", is_lesson),
];

/// The names of all guards, in the order in which they are checked.
#[cfg(test)]
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    GUARDS.iter().chain(LINE_GUARDS).map(|guard| guard.name)
}

/// The names of all guards that protect a line.
pub(crate) fn protecting(pair: &RepeatPair) -> impl Iterator<Item = &'static str> {
    let for_lines = if pair.of_headline { &[] } else { LINE_GUARDS };
    GUARDS.iter().chain(for_lines).filter(|guard| guard.protects(pair)).map(|guard| guard.name)
}

/// Whether a guard protects a line.
pub(crate) fn exempts(pair: &RepeatPair) -> bool {
    protecting(pair).next().is_some()
}

/// Whether a line is short. Interjections, numbers and dates repeat by nature.
fn is_short(pair: &RepeatPair) -> bool {
    let letters = pair.line().key().chars().filter(|c| c.is_alphabetic()).count();
    letters < if pair.of_headline { MIN_HEADLINE_LETTERS } else { MIN_LETTERS }
}

fn is_code(pair: &RepeatPair) -> bool {
    pair.either(|line| line.shape.code)
}

fn is_table(pair: &RepeatPair) -> bool {
    pair.either(|line| line.shape.table)
}

/// Whether a line is part of a law or cites one: laws say the same of many things, and citations have reasons.
fn is_statute(pair: &RepeatPair) -> bool {
    let cited = pair.line().text.trim_start().strip_prefix('《').and_then(|law| law.split_once('》'));
    pair.genre.is_statute() || cited.is_some_and(|(_, provision)| is_provision(provision))
}

/// Whether a line is a name, an address or code: it has few Han characters, or most characters are others.
fn is_latin(pair: &RepeatPair) -> bool {
    let key = pair.line().key();
    let han = key.chars().filter(|c| is_han(*c)).count();
    let mostly = key.chars().count() - han > MAX_OTHERS_PER_HAN * han;
    han < MIN_HAN || mostly && !is_printed_twice(pair)
}

/// Whether a line is an item. The same step or item may belong to two lists.
fn is_item(pair: &RepeatPair) -> bool {
    pair.either(|line| line.shape.item)
}

/// Whether a line is a refrain of verse: it is in a run of short lines, in the same script as its original
/// (poets do not change the script in a refrain), and without a picture's credit. A copy of the headline is
/// guarded only if the whole document is verse.
fn is_verse(pair: &RepeatPair) -> bool {
    let verse = if pair.of_headline { pair.genre.is_verse() } else { pair.genre.in_verse(pair.row) };
    verse && !pair.changes_script() && !ends_with_credit(pair.line().key())
}

/// Whether a line is the heading of a part, below the part's number.
fn is_part(pair: &RepeatPair) -> bool {
    let above = before(pair.view, pair.row).next();
    above.is_some_and(is_part_number) && !ends_with_credit(pair.line().key()) && !pair.changes_script()
}

/// Whether a line is a short number and nothing else, as magazines print it above the heading of a part.
fn is_part_number(line: &ViewLine) -> bool {
    let digits = line.text.trim().trim_end_matches(['.', '、', '．']);
    (1..=MAX_PART_DIGITS).contains(&digits.chars().count()) && digits.chars().all(is_numeral)
}

/// Whether a line of words is directly below a line that says the same, in a document that is not verse.
/// Writers do not say the same twice in a row.
fn is_printed_twice(pair: &RepeatPair) -> bool {
    let (line, above) = (pair.line(), before(pair.view, pair.row).next());
    let (Some(row), Some(above)) = (pair.duplicate_of, above) else { return false };
    let original = &pair.view.lines[row];
    let is_same = above.key() == line.key() && original.key() == line.key();
    is_same && is_of_words(line.text.trim()) && !pair.genre.is_verse()
}

/// Whether a line consists of words. Comments and logs begin with marks, and commands contain them. Speech
/// does not count, because two people can say the same.
fn is_of_words(text: &str) -> bool {
    let begins_with_words = text.starts_with(|c: char| c.is_alphanumeric() || "《「“".contains(c));
    let is_command = text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.contains(COMMAND_MARKS);
    let is_speech = text.starts_with(['「', '“']) && text.ends_with(['」', '”']);
    begins_with_words && !is_command && !is_speech
}

/// Whether a line has a field name or a speaker before a colon or a bar, as in forms and interviews.
fn is_label(pair: &RepeatPair) -> bool {
    let text = pair.line().text.trim();
    let label = text.split([':', '：', '︰', '|', '｜']).next().unwrap_or_default().trim_end();
    let labelled = label.len() < text.len() && label.chars().count() <= MAX_LABEL;
    labelled && pair.line().shape.characters < MIN_LABELLED_PROSE
}

/// Whether the same is said about two things. Of the lines before the two copies, the nearest two that differ
/// are items of a list or begin alike, like the headings of two entries of a bulletin.
fn is_parallel(pair: &RepeatPair) -> bool {
    let Some(original) = pair.duplicate_of else { return false };
    let pairs = before(pair.view, pair.row).zip(before(pair.view, original)).take(PARALLEL_LINES);
    let differing = pairs.into_iter().find(|(own, other)| own.key() != other.key());
    differing.is_some_and(|(own, other)| own.shape.item && other.shape.item || begin_alike(own, other))
}

/// Whether an article repeats a statement far below: a lead, or a figure of speech. If the line before or
/// after it is repeated too, a whole passage is.
fn is_echo(pair: &RepeatPair) -> bool {
    let Some(original) = pair.duplicate_of else { return false };
    let (start, end) = (original.min(pair.row), original.max(pair.row));
    let between = pair.view.lines[start..end].iter().take(NEAR_LINES).filter(|line| !line.shape.blank);
    let far = start.distance(end) > NEAR_LINES || between.count() >= MIN_ECHO_LINES;
    let same = |pair: Option<(&ViewLine, &ViewLine)>| pair.is_some_and(|(a, b)| a.key() == b.key());
    let passage = same(before(pair.view, pair.row).zip(before(pair.view, original)).next())
        || same(after(pair.view, pair.row).zip(after(pair.view, original)).next());
    far && pair.line().shape.sentence && !passage
}

/// Whether a short line occurs again and again: the heading of entries in a list, or a refrain in prose.
fn is_refrain(pair: &RepeatPair) -> bool {
    let line = pair.line();
    line.shape.characters <= VERSE_CHARACTERS
        && pair.view.copies(pair.row) >= MIN_REFRAIN_COPIES
        && !pair.changes_script()
        && !ends_with_credit(line.key())
}

/// Whether a line is a question. It may be asked again, of somebody else or because it was not answered.
fn is_question(pair: &RepeatPair) -> bool {
    let line = pair.line();
    line.text.trim_end().ends_with(['？', '?'])
        && line.shape.characters < MIN_LABELLED_PROSE
        && !pair.changes_script()
}

/// Whether a line is the value below a field's name. Forms are filled in alike.
fn is_value(pair: &RepeatPair) -> bool {
    let above = before(pair.view, pair.row).next();
    above.is_some_and(is_field_name) && !ends_with_credit(pair.line().key()) && !pair.changes_script()
}

/// Whether a sentence is directly below the same one in the other script, as in lessons in both scripts.
fn is_lesson(pair: &RepeatPair) -> bool {
    let rank = pair.line().rank;
    let beside = pair.duplicate_of.is_some_and(|row| pair.view.lines[row].rank.distance(rank) == 1);
    beside && pair.genre.is_lesson(pair.view)
}

/// Whether a line is the rest of a sentence that the page broke into lines. It belongs to the line above.
fn is_piece(pair: &RepeatPair) -> bool {
    pair.line().text.trim_start().starts_with(INNER_MARKS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::View;
    use crate::detect::duplicates::document_type::Genre;
    use crate::rules::guards;

    /// The first guard that protects the line in a row, whose original is another line.
    fn guard(lines: &[&str], original: usize, row: usize, of_headline: bool) -> Option<&'static str> {
        let numbered: Vec<_> = lines.iter().enumerate().map(|(i, line)| (i + 1, *line)).collect();
        let view = View::new(&numbered, None);
        let (genre, row, duplicate_of) = (&Genre::of(&view), row.into(), Some(original.into()));
        protecting(&RepeatPair { view: &view, genre, row, duplicate_of, of_headline }).next()
    }

    const LONG: &str = "這是一個夠長的段落，長得不會被當成詩句，因為它有許多字，也有標點，而且說了一些事情。";

    #[test]
    fn each_guard_protects_its_lines_and_no_others() {
        for (name, line, other) in [
            ("short", "謝謝大家", "謝謝老街的大家"),
            ("latin", "https://example.org/laojie/index.html", "老街的網頁是 example.org，大家都在看"),
            ("short", "2019-08-13 14:07", "二〇一九年八月十三日星期二"),
            ("code", "let total = 0;", "總數一開始是零個攤位"),
            ("table", "甲隊\t乙隊\t勝負結果", "甲隊乙隊的勝負結果"),
            ("item", "1、按下電源按鈕三秒", "按下電源按鈕三秒"),
            ("label", "法官：你是否同意這個說法？", "法官說你是同意這個說法的"),
            ("label", "申請人的通訊地址：", "申請人的通訊地址"),
            ("label", "專欄 | 老街的看門人", "專欄裡老街的看門人"),
            (
                "statute",
                "《老街市場法》第二十五條：攤位每年抽籤一次。",
                "《老街市場法》的辦法是：攤位每年抽籤一次。",
            ),
        ] {
            let guard = |line| guard(&[LONG, line, LONG, line, LONG], 1, 3, false);
            assert_eq!(guard(line), Some(name), "{line}");
            assert_eq!(guard(other), None, "{other}");
        }
    }

    const OTHER: &str = "里長在說明會上表示，新的場地要等到年底才能定案，在那以前攤主可以先到河邊去擺攤。";

    #[test]
    fn lines_that_two_entries_share_are_guarded() {
        let same = "老街電器行的電暖器在通電時可能過熱。";
        let bulletin = ["一、電暖器甲型的缺陷", LONG, same, "二、電暖器乙型的缺陷", LONG, same];
        assert_eq!(guard(&bulletin, 2, 5, false), Some("parallel"));
        assert_eq!(guard(&["老街", LONG, same, OTHER, LONG, same], 2, 5, false), None);
    }

    #[test]
    fn a_statement_repeated_far_below_is_guarded_unless_a_passage_is_repeated() {
        let said = "有一句話，老街的人不知當講不當講。";
        let mut lines = vec![OTHER, said];
        lines.extend([LONG; 30]);
        lines.extend([said, OTHER]);
        assert_eq!(guard(&lines, 1, 32, false), Some("echo"));
        lines[31] = OTHER;
        assert_eq!(guard(&lines, 1, 32, false), None);
        assert_eq!(guard(&lines[..3], 1, 1, false), None);
    }

    #[test]
    fn sentences_in_both_scripts_are_a_lesson_where_there_are_several() {
        let pairs = "我們明天去買書。|我们明天去买书。|這條魚很新鮮呢。|这条鱼很新鲜呢。|學生在操場上跑步。|学生在操场上跑步。";
        let lesson: Vec<&str> = pairs.split('|').collect();
        assert_eq!(guard(&[[LONG; 6].as_slice(), &lesson].concat(), 10, 11, false), Some("lesson"));
        assert_ne!(guard(&[[LONG; 4].as_slice(), &lesson[..4]].concat(), 6, 7, false), Some("lesson"));
    }

    #[test]
    fn a_short_line_that_occurs_again_and_again_is_guarded() {
        let heading = "老街小吃的評審團推薦";
        let mut lines = vec![LONG, heading, OTHER, heading, LONG, heading, OTHER];
        assert_eq!(guard(&lines, 1, 3, false), None);
        lines.push(heading);
        assert_eq!(guard(&lines, 1, 3, false), Some("refrain"));
    }

    #[test]
    fn the_heading_of_a_part_and_the_rest_of_a_sentence_are_guarded() {
        let heading = "老街的夜市在上個月搬走了";
        for number in ["1", "08", "三、"] {
            assert_eq!(guard(&[heading, LONG, number, heading, OTHER], 0, 3, true), Some("part"), "{number}");
        }
        for other in ["2024", "6.21", "老街"] {
            assert_eq!(guard(&[heading, LONG, other, heading, OTHER], 0, 3, true), None, "{other}");
        }
        let rest = "，軟體從此可以一直使用下去。";
        assert_eq!(guard(&[LONG, rest, OTHER, rest, LONG], 1, 3, false), Some("piece"));
        let whole = "軟體從此可以一直使用下去。";
        assert_eq!(guard(&[LONG, whole, OTHER, whole, LONG], 1, 3, false), None);
    }

    #[test]
    fn a_question_asked_again_and_a_fields_value_are_guarded() {
        let asked = "你在老街住了多久，還想再住多久？";
        assert_eq!(guard(&[LONG, asked, OTHER, asked, LONG], 1, 3, false), Some("question"));
        assert_eq!(guard(&[LONG, asked, OTHER, asked, LONG], 1, 3, true), None);
        let value = "老街電器行的電暖器在通電時可能過熱。";
        assert_eq!(guard(&[LONG, "影響：", value, OTHER, "影響：", value, LONG], 2, 5, false), Some("value"));
        assert_eq!(guard(&[LONG, value, OTHER, value, LONG], 1, 3, false), None);
    }

    #[test]
    fn words_directly_below_their_original_are_no_refrain() {
        let caption = "老街夜市燈火的分布圖";
        let among = |line: &'static str| ["首頁", "社會", line, line, "中時", LONG];
        assert_eq!(guard(&among(caption), 2, 3, false), None);
        assert_eq!(guard(&["首頁", caption, "社會", caption, "中時", LONG], 1, 3, false), Some("verse"));
        assert_eq!(guard(&among("// 檢查輸入參數是否為空值"), 2, 3, false), Some("verse"));
        assert_eq!(guard(&among("echo \"開始備份資料庫檔案\""), 2, 3, false), Some("verse"));
        assert_eq!(guard(&among("法官：你是否同意這個說法？"), 2, 3, false), Some("label"));
        let work = "《灯火，河水》(Lights and Waters) 2020-2021. Lin Siu-kai";
        assert_eq!(guard(&[LONG, work, work, LONG], 1, 2, false), None);
        assert_eq!(guard(&[LONG, work, LONG, work, LONG], 1, 3, false), Some("latin"));
        assert_eq!(guard(&[LONG, caption, OTHER, "首頁", "社會", caption, caption, LONG], 1, 6, false), None);
        let song = [caption, caption, "蝦仔你乖乖瞓落床", "聽朝阿媽要趕插秧", "阿嫲織網織到天光"];
        assert_eq!(guard(&song, 0, 1, false), Some("verse"));
    }

    #[test]
    fn a_law_is_guarded() {
        let law = ["第 一 條", LONG, "第 二 條", LONG, "第三条 本法所稱市場如下。"];
        assert_eq!(guard(&law, 1, 3, false), Some("statute"));
        let other = ["第 一 位", LONG, "第 二 位", LONG, "第三位 老街的市場如下。"];
        assert_ne!(guard(&law[..4], 1, 3, false), Some("statute"));
        assert_ne!(guard(&other, 1, 3, false), Some("statute"));
    }

    #[test]
    fn a_refrain_is_guarded_and_a_caption_between_paragraphs_is_not() {
        let verse = [
            "月光光照地堂前院",
            "蝦仔你乖乖瞓落床",
            "月光光照地堂前院",
            "聽朝阿媽要趕插秧",
            "阿嫲織網織到天光",
        ];
        assert_eq!(guard(&verse, 0, 2, false), Some("verse"));
        assert_eq!(guard(&verse, 0, 2, true), Some("verse"));
        let boilerplate =
            ["首頁", "社會", "街坊約好下個月在老街再聚。", "街坊約好下個月在老街再聚。", "中時", LONG];
        assert_eq!(guard(&boilerplate, 2, 3, false), None);
        assert_eq!(guard(&[LONG, "月光光照地堂前院", LONG, "月光光照地堂前院", LONG], 1, 3, false), None);
    }

    #[test]
    fn every_guard_has_its_page() {
        let mut pages: Vec<&str> = guards().iter().map(|guard| guard.name.as_str()).collect();
        // The user's list is a policy of its own (listed.rs).
        let mut names: Vec<&str> = names().chain(["keep-lines"]).collect();
        names.sort_unstable();
        pages.sort_unstable();
        assert_eq!(pages, names);
        for guard in guards() {
            assert!(!guard.problems.trim().is_empty() && !guard.guarded.is_empty(), "{}", guard.name);
        }
    }
}
