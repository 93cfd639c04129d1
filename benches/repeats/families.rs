//! Documents that are built to be slow for the detection of repeats. Each gives a line by its number and the number of
//! lines.

/// The line with a number, in a document with a number of lines.
pub type Line = fn(usize, usize) -> String;

/// Kinds of document, and their lines.
pub const FAMILIES: &[(&str, Line)] = &[
    ("lines that differ in a number", numbered),
    ("lines that share nearly all pairs of characters", permuted),
    ("near repeats", near),
    ("one paragraph with a particle more, each elsewhere", particles),
    ("one line that holds all others", held),
    ("equal lines", |_, _| format!("{PROSE}也還沒有說好。")),
    ("blocks that break off", blocks),
    ("captions beside paragraphs", captions),
    ("headings and page titles", titles),
    ("equal short lines", |_, _| "說說說說".into()),
    ("short lines that differ in a number", |number, _| format!("首頁{number}")),
    ("lines of one letter", |_, _| "x".into()),
    ("buttons that an article shows", shown),
    ("buttons without an article", |number, _| format!("{}聯絡", "首頁登入訂閱".repeat(number % 2))),
];

const PROSE: &str = "住在老街兩旁的街坊都說晚上安靜了許多，但是攤主們還沒有找到新的地方";

fn numbered(number: usize, _: usize) -> String {
    format!("農場道路{number}號全長十二公里，通往北面的村莊和山下的車站。")
}

/// Ten words, in a different order for each number.
fn permuted(number: usize, _: usize) -> String {
    let mut words = vec!["月光", "河水", "老街", "石橋", "燈火", "茶園", "渡船", "北風", "窗台", "梧桐"];
    let (mut number, mut line) = (number, String::new());
    while !words.is_empty() {
        line += words.remove(number % words.len());
        number /= words.len() + 1;
    }
    line + "。"
}

/// Every second line is the previous one with an additional particle.
fn near(number: usize, _: usize) -> String {
    let particle = if number % 2 == 1 { "了" } else { "" };
    format!("街坊在{}說明會上說{particle}{PROSE}。", number / 2)
}

/// One paragraph with an additional particle, at a position that jumps from line to line.
fn particles(number: usize, _: usize) -> String {
    let mut characters: Vec<char> =
        format!("街坊在說明會上說{PROSE}，里長說要等到年底才能定案。").chars().collect();
    let particles = ['了', '的', '已', '也', '就'];
    characters.insert(1 + number * 31 % (characters.len() - 2), particles[number * 7 % particles.len()]);
    characters.into_iter().collect()
}

fn held(number: usize, size: usize) -> String {
    let sentence =
        |number: usize| format!("街坊在第{number}次說明會上說安靜了許多，攤主們卻還沒有找到新的地方。");
    match number {
        0 => "老街的夜市與街坊".into(),
        _ if number + 1 == size => (1..size).map(sentence).collect(),
        _ => sentence(number),
    }
}

/// Runs of seven lines, of which one differs each time.
fn blocks(number: usize, _: usize) -> String {
    match number % 7 {
        3 => format!("第{}次說明會", number / 7 / 2),
        5 => format!("街坊在第{number}次說明會上說{PROSE}。"),
        place => format!("{}街坊說{PROSE}。", "甲乙丙丁戊己庚".chars().nth(place).unwrap_or('辛')),
    }
}

fn captions(number: usize, _: usize) -> String {
    if number % 2 == 1 {
        format!("街坊在第{}次說明會上說安靜了許多。林小溪攝", number / 2)
    } else {
        format!("里長也在場。街坊在第{}次說明會上說，安靜了許多，{PROSE}。", number / 2)
    }
}

fn titles(number: usize, _: usize) -> String {
    match number {
        0 => "老街的夜市與街坊的椅子_老街网".into(),
        _ if number.is_multiple_of(3) => format!("老街的夜市與街坊的椅子 | 第{number}期"),
        _ if number % 3 == 1 => format!("第{number}期 | 老街的夜市與街坊的椅子"),
        _ => format!("老街的夜市與街坊的椅子{number}"),
    }
}

/// A list of buttons below a line that announces it, and prose behind it.
fn shown(number: usize, size: usize) -> String {
    match number {
        0 => "常見的按鈕有這些說法：".into(),
        last if last + 1 == size => format!("街坊在說明會上說{PROSE}。"),
        odd if odd % 2 == 1 => "- 登录".into(),
        _ => "- 注册".into(),
    }
}
