//! Texts that repeat by nature, made by a fixed recipe: the same number gives the same text. Traditional.

/// Kinds of text.
pub const KINDS: [&str; 7] = ["poem", "lyrics", "statute", "code", "table", "questions", "results"];

const NOUNS: &[&str] = &[
    "月光", "河水", "老街", "石橋", "燈火", "茶園", "渡船", "北風", "窗台", "梧桐", "稻田", "鐘聲", "小巷",
    "海浪", "炊煙", "故鄉", "雨夜", "山路", "螢火", "古井",
];
const VERBS: &[&str] = &[
    "照著", "等待", "經過", "忘記", "數著", "喚醒", "帶走", "留下", "聽見", "沿著", "靠近", "穿過", "望向",
    "記得",
];
const ENDS: &[&str] = &["的人", "的夢", "的路", "的歌", "的孩子", "的影子", "的船", "的秋天", "的名字"];
const TEAMS: &[&str] = &["老街", "河邊", "碼頭", "山下", "車站", "橋頭", "南門", "茶園"];
const PEOPLE: &[&str] = &["王大明", "李小琴", "陳志遠", "林秋月", "周國平", "許文心"];
const PROSE: &[&str] = &[
    "下面的文字由老街文史工作室整理，原件存在河邊的舊倉庫裡，讀者可以在開放日到現場查閱。",
    "編者在整理的時候保留了原來的格式，只改正了幾個明顯的錯字，並且在文末附上了說明。",
    "這份材料最早在十年前公開，後來有人把它放到網上，流傳的版本不止一種，這裡用的是最早的一種。",
];
const NUMERALS: &[&str] = &["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// A fixed sequence of numbers (SplitMix64).
pub struct Numbers(u64);

impl Numbers {
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) % end.max(1) as u64) as usize
    }

    fn between(&mut self, from: usize, to: usize) -> usize {
        from + self.below(to + 1 - from)
    }

    fn chance(&mut self, per_cent: usize) -> bool {
        self.below(100) < per_cent
    }

    fn of<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }
}

/// The text of a kind with a number.
pub fn text(kind: &str, number: u64) -> String {
    let numbers = &mut Numbers(number.wrapping_mul(31).wrapping_add(kind.len() as u64 * 1009));
    let body = match kind {
        "poem" => poem(numbers),
        "lyrics" => lyrics(numbers),
        "statute" => statute(numbers),
        "code" => code(numbers),
        "table" => table(numbers),
        "questions" => questions(numbers),
        _ => results(numbers),
    };
    let mut lines = vec![format!("{}{}與{}", numbers.of(NOUNS), numbers.of(VERBS), numbers.of(NOUNS))];
    if numbers.chance(50) {
        lines.push(numbers.of(PROSE).into());
    }
    lines.extend(body);
    let apart = if numbers.chance(50) { "\n\n" } else { "\n" };
    lines.join(apart) + "\n"
}

/// A clause of about so many characters.
fn clause(numbers: &mut Numbers, characters: usize) -> String {
    let mut clause = String::new();
    while clause.chars().count() + 4 <= characters {
        clause += numbers.of(NOUNS);
        clause += numbers.of(VERBS);
    }
    clause += numbers.of(NOUNS);
    if clause.chars().count() < characters {
        clause += numbers.of(ENDS);
    }
    clause
}

fn verses(
    numbers: &mut Numbers,
    lines: usize,
    (shortest, longest): (usize, usize),
    marks: bool,
) -> Vec<String> {
    let mut verse = |line: usize| {
        let characters = numbers.between(shortest, longest);
        let mark = if !marks {
            ""
        } else if line.is_multiple_of(2) {
            "，"
        } else {
            "。"
        };
        clause(numbers, characters) + mark
    };
    (0..lines).map(&mut verse).collect()
}

/// Stanzas whose last lines come again.
fn poem(numbers: &mut Numbers) -> Vec<String> {
    let lengths = [(5, 5), (7, 7), (5, 12), (8, 20), (12, 23)][numbers.below(5)];
    let marks = numbers.chance(50);
    let refrain_lines = numbers.between(1, 3);
    let refrain = verses(numbers, refrain_lines, lengths, marks);
    let mut lines = Vec::new();
    for _ in 0..numbers.between(3, 7) {
        let own = numbers.between(2, 5);
        lines.extend(verses(numbers, own, lengths, marks));
        lines.extend(refrain.clone());
    }
    lines
}

/// Verses and a chorus, with a line that comes again and again.
fn lyrics(numbers: &mut Numbers) -> Vec<String> {
    let lengths = [(4, 9), (6, 14), (8, 22)][numbers.below(3)];
    let chorus_lines = numbers.between(3, 7);
    let chorus = verses(numbers, chorus_lines, lengths, false);
    let hook = verses(numbers, 1, lengths, false);
    let label = ["", "副歌", "Chorus:", "（合唱）"][numbers.below(4)];
    let mut lines = Vec::new();
    for _ in 0..numbers.between(2, 4) {
        let own = numbers.between(3, 6);
        lines.extend(verses(numbers, own, lengths, false));
        lines.extend([label.to_owned()].into_iter().filter(|label| !label.is_empty()));
        lines.extend(chorus.clone());
        lines.extend(hook.iter().cycle().take(numbers.between(1, 3)).cloned());
    }
    lines
}

/// Provisions that say the same of different things.
fn statute(numbers: &mut Numbers) -> Vec<String> {
    const SAME: &[&str] = &[
        "前項規定，於主管機關委託其他機關辦理時準用之。",
        "違反前項規定者，處新臺幣三千元以上一萬五千元以下罰鍰。",
        "前項申請的程序、應備文件及其他應遵行事項的辦法，由主管機關定之。",
        "主管機關為前項處分前，應給予當事人陳述意見的機會。",
    ];
    let form = numbers.below(4);
    let mut lines = Vec::new();
    for article in 1..=numbers.between(6, 16) {
        let han = NUMERALS[(article - 1) % 10];
        let number = match form {
            0 => format!("第{han}條"),
            1 => format!("第 {article} 條"),
            2 => format!("第 {han} 條"),
            _ => format!("第{article}條"),
        };
        let length = numbers.between(12, 40);
        let said = clause(numbers, length);
        if numbers.chance(50) {
            lines.extend([number, format!("{said}。")]);
        } else {
            lines.push(format!("{number}　{said}。"));
        }
        for _ in 0..numbers.between(0, 2) {
            lines.push(numbers.of(SAME).into());
        }
        if numbers.chance(20) {
            lines.extend(["一、經主管機關核准者。".into(), "二、其他經主管機關公告者。".into()]);
        }
    }
    lines
}

/// Programs, commands and logs, three quarters of them in a fence.
fn code(numbers: &mut Numbers) -> Vec<String> {
    const LINES: &[&str] = &[
        "let mut total = 0;",
        "    if result.is_err() {",
        "        return Err(error);",
        "    }",
        "for item in items {",
        "$ cargo build --release",
        "printf(\"%d\\n\", value);",
        "    // 檢查輸入參數是否為空值",
        "    # 釋放記憶體並關閉連線",
        "SELECT name FROM users WHERE id = 1;",
        "[INFO] 連線成功，開始傳送資料",
        "echo \"開始備份資料庫檔案\"",
        "}",
    ];
    let fenced = numbers.chance(75);
    let fence = |lines: &mut Vec<String>, mark: &str| lines.extend(fenced.then(|| mark.to_owned()));
    let mut lines = Vec::new();
    for _ in 0..numbers.between(2, 4) {
        lines.push(format!("{}。", clause(numbers, 30)));
        fence(&mut lines, "```");
        for _ in 0..numbers.between(4, 12) {
            lines.push(numbers.of(LINES).into());
        }
        fence(&mut lines, "```");
    }
    lines
}

/// Rows with tabs or bars, and tables whose cells each became a line.
fn table(numbers: &mut Numbers) -> Vec<String> {
    const CELLS: &[&str] = &[
        "晚上六點到十二點",
        "每月第一個星期一休息",
        "尚未公布",
        "已經完成驗收程序",
        "需要重新申請執照",
        "無",
    ];
    let form = numbers.below(3);
    let mut lines = Vec::new();
    for row in 1..=numbers.between(6, 20) {
        let name = numbers.of(TEAMS);
        let (a, b) = (numbers.of(CELLS), numbers.of(CELLS));
        match form {
            0 => lines.push(format!("{name}\t{a}\t{b}")),
            1 => lines.push(format!("| {name} | {a} | {b} |")),
            _ => lines.extend([format!("{row}"), name.into(), a.into(), b.into()]),
        }
    }
    lines
}

/// Questions and answers, with speakers or without.
fn questions(numbers: &mut Numbers) -> Vec<String> {
    const ASKED: &[&str] = &[
        "你是否同意這個說法？",
        "你當天晚上有沒有到過現場？",
        "接下來還有什麼計劃嗎？",
        "這筆錢後來交給了誰？",
    ];
    const ANSWERED: &[&str] = &[
        "是的，我同意。",
        "我不記得了。",
        "這個問題我現在沒有辦法回答。",
        "目前沒有，有的話會再向大家說明。",
    ];
    let speakers = [("問：", "答："), ("記者：", "局長："), ("Q: ", "A: "), ("法官：", "證人："), ("", "")]
        [numbers.below(5)];
    let mut lines = Vec::new();
    for _ in 0..numbers.between(6, 18) {
        lines.push(format!("{}{}", speakers.0, numbers.of(ASKED)));
        if numbers.chance(30) {
            let length = numbers.between(20, 60);
            lines.push(format!("{}{}。", speakers.1, clause(numbers, length)));
        } else {
            lines.push(format!("{}{}", speakers.1, numbers.of(ANSWERED)));
        }
    }
    lines
}

/// Results of matches, round by round.
fn results(numbers: &mut Numbers) -> Vec<String> {
    let form = numbers.below(3);
    let mut lines = Vec::new();
    for round in 0..numbers.between(3, 6) {
        lines.push(format!("第{}輪", NUMERALS[round % 10]));
        for _ in 0..numbers.between(2, 5) {
            let (home, away) = (numbers.of(TEAMS), numbers.of(TEAMS));
            let (a, b) = (numbers.between(60, 66), numbers.between(60, 66));
            match form {
                0 => lines.push(format!("{home}隊 {a} 比 {b} {away}隊")),
                1 => lines.push(format!("{home}隊主場勝{away}隊，最佳球員為{}", numbers.of(PEOPLE))),
                _ => lines
                    .extend([format!("{home} {a}:{b} {away}"), format!("最佳球員：{}", numbers.of(PEOPLE))]),
            }
        }
    }
    lines
}
