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
    let verse =
        ["月光光照地堂前院", "蝦仔你乖乖瞓落床", "月光光照地堂前院", "聽朝阿媽要趕插秧", "阿嫲織網織到天光"];
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
