//! Lines that the model must leave, whatever they look like.

use super::super::verdict::LabelVerdict;
use crate::analysis::{SURELY_BODY_TEXT, ViewLine};
use crate::detect::caption::Caption;
use crate::rules::Category;
use crate::text::is_han;

/// Whether a line stays, whatever the model takes it for in this verdict.
pub(crate) fn exempts(line: &ViewLine, verdict: &LabelVerdict) -> bool {
    let as_what = if verdict.is_repeat() { is_short_repeat(line) } else { is_caption(line) };
    is_guarded(line) || as_what || is_too_long(line, verdict)
}

/// Hexadecimal digits of a digest at least.
const DIGEST: usize = 32;

/// Code, drawn tables, digests of files, numbered sources and long prose are never furniture of a page, whatever they
/// look like. A fence around Chinese sentences is a box of the editor's.
pub(crate) fn is_guarded(line: &ViewLine) -> bool {
    let text = line.text.trim();
    let digest = text.len() >= DIGEST && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    line.shape.fenced && !is_chinese(line.key())
        || digest
        || is_source(text)
        || is_full_table(line)
        || line.shape.characters >= SURELY_BODY_TEXT
        || is_drawn(text)
        || is_telephone(text)
}

/// Whether a line belongs to a drawn table. A bar between words alone may divide the links of a menu.
fn is_drawn(text: &str) -> bool {
    text.contains(['├', '┤', '┼']) || text.starts_with('│') || text.ends_with('│')
}

/// Digits of a telephone number's parts: of the area, and of the rest.
const AREA: std::ops::RangeInclusive<usize> = 3..=4;
const NUMBER: std::ops::RangeInclusive<usize> = 7..=8;

/// A telephone number at the start of a line, such as a body's list of helplines has. A date has no area.
fn is_telephone(text: &str) -> bool {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let Some((area, rest)) = text.split_once('-') else { return false };
    area.starts_with('0')
        && AREA.contains(&area.len())
        && digits(area) == area.len()
        && NUMBER.contains(&digits(rest))
}

/// Letters of a caption's wording at least.
const CAPTION: usize = 4;

/// A caption that tells something before its credit can say again what another line says, but is no furniture of a page.
fn is_caption(line: &ViewLine) -> bool {
    let wording = Caption::of(line).map(|caption| caption.wording);
    wording.is_some_and(|wording| wording.chars().filter(|c| c.is_alphabetic()).nth(CAPTION - 1).is_some())
}

/// Characters of a table from which on it holds more than a frame: of its words where it is the whole line, else of
/// its markup too.
const TABLE: usize = 200;

/// A table in one line of markup may hold all that an article is about.
fn is_full_table(line: &ViewLine) -> bool {
    line.shape.characters >= TABLE && ["<table", "<tr", "<td"].iter().any(|tag| line.text.contains(tag))
}

/// Characters of a line from which on its repetition means anything to the model.
const REPEATED: usize = 7;

/// A short line is said again for many reasons: a name, a heading.
fn is_short_repeat(line: &ViewLine) -> bool {
    line.key().chars().nth(REPEATED - 1).is_none()
}

/// Characters from which on a line is no button, link or menu: in 1,282 labelled articles one of 6,600 such lines is.
const LABEL: usize = 100;

/// Navigation and share bars are labels and lists of them, not prose.
fn is_too_long(line: &ViewLine, verdict: &LabelVerdict) -> bool {
    matches!(verdict.category(), Some(Category::Nav | Category::Share)) && line.shape.characters >= LABEL
}

/// A number in square brackets and what it stands for: an entry of a list of sources.
fn is_source(text: &str) -> bool {
    let numbered = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    numbered.is_some_and(|(number, source)| {
        !source.trim().is_empty() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Most of a key's characters are Han.
fn is_chinese(key: &str) -> bool {
    let han = key.chars().filter(|c| is_han(*c)).count();
    han * 4 >= key.chars().count() * 3 && han > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::View;
    use crate::detect::classifier::label::ALL;

    /// Whether the last line of a text that is no fence stays, taken for something.
    fn stays(category: Category, text: &str) -> bool {
        let numbered: Vec<_> = (1..).zip(text.lines()).collect();
        let view = View::new(&numbered, None);
        let label = ALL.iter().position(|label| *label == Some(category)).expect("a label");
        let verdict = LabelVerdict { label, probability: 0.99, between: None };
        let line = view.lines.iter().rfind(|line| line.text != "```").expect("a line");
        exempts(line, &verdict)
    }

    /// Each exemption, and the same line without what it asks for.
    #[test]
    fn what_is_exempted_stays_and_what_just_fails_to_be_does_not() {
        let prose = |characters: usize| "街".repeat(characters);
        let table = |characters: usize| format!("<table><tr><td>{}</td></tr></table>", prose(characters));
        for (category, exempted, other) in [
            (Category::Follow, "```\nfollow us\n```", "follow us"),
            (Category::Follow, "```\nfollow us\n```", "```\n請大家掃碼關注\n```"),
            (Category::Residue, &"a1".repeat(16), &"a1".repeat(15)),
            (Category::Residue, &"a1".repeat(16), &"g1".repeat(16)),
            (Category::Related, "[1] 老街的燈火", "[] 老街的燈火"),
            (Category::Related, "[12]老街的燈火", "[12]"),
            (Category::Ad, &prose(400), &prose(399)),
            (Category::Ad, &table(200), &table(199)),
            (Category::Ad, &table(200), &prose(200)),
            (Category::Nav, "│首頁│", "|首頁|"),
            (Category::Nav, "│首頁 │ 關於", "首頁 │ 關於"),
            (Category::Related, "0571-5550000（24小時）", "2023-08-24 08:25:00"),
            (Category::Related, "0571-5550000", "571-5550000"),
            (Category::Nav, &prose(100), &prose(99)),
            (Category::Share, &prose(100), &prose(99)),
            (Category::Ad, "老街的燈火。林小溪攝", "老街的燈火。林小溪"),
            (Category::Ad, "老街的燈火。林小溪攝", "老街。林小溪攝"),
            (Category::Repeat, "老街的燈火呀", "老街的燈火亮了"),
        ] {
            assert!(stays(category, exempted), "{category:?}: {exempted}");
            assert!(!stays(category, other), "{category:?}: {other}");
        }
    }

    /// An exemption that asks what a line is taken for leaves other verdicts alone.
    #[test]
    fn what_a_line_is_taken_for_counts() {
        let (long, caption, short) = ("街".repeat(100), "老街的燈火。林小溪攝", "老街的燈火呀");
        for (exempted, other, text) in [
            (Category::Nav, Category::Ad, long.as_str()),
            (Category::Ad, Category::Repeat, caption),
            (Category::Repeat, Category::Ad, short),
        ] {
            assert!(stays(exempted, text) && !stays(other, text), "{text}");
        }
    }
}
