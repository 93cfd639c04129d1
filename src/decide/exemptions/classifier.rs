//! Lines that the classifier must not remove, whatever they look like.

use super::super::verdict::LabelVerdict;
use super::telephone::{is_helpline, is_telephone};
use crate::analysis::{SURELY_BODY_TEXT, ViewLine};
use crate::detect::caption::Caption;
use crate::rules::Category;
use crate::text::is_han;

/// Whether a line is kept in spite of this verdict.
pub(crate) fn exempts(line: &ViewLine, verdict: &LabelVerdict) -> bool {
    let is_exempt_as_labelled = if verdict.is_repeat() { is_short_repeat(line) } else { is_caption(line) };
    is_never_boilerplate(line) || is_exempt_as_labelled || is_too_long(line, verdict)
}

/// Minimum number of hexadecimal digits in a digest.
const MIN_DIGEST: usize = 32;

/// Whether a line is never boilerplate, whatever it looks like: code, a drawn table, the digest of a file, a
/// numbered source, or long prose. A fence around Chinese sentences does not count, because it is a box that
/// the editor drew.
pub(crate) fn is_never_boilerplate(line: &ViewLine) -> bool {
    let text = line.text.trim();
    let digest = text.len() >= MIN_DIGEST && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    line.shape.fenced && !is_chinese(line.key())
        || digest
        || is_source(text)
        || is_full_table(line)
        || line.shape.characters >= SURELY_BODY_TEXT
        || is_drawn(text)
        || is_telephone(text)
        || is_helpline(text)
}

/// Whether a line belongs to a drawn table. A bar between words alone may divide the links of a menu.
fn is_drawn(text: &str) -> bool {
    text.contains(['├', '┤', '┼']) || text.starts_with('│') || text.ends_with('│')
}

/// Minimum number of letters in a caption's wording.
const MIN_CAPTION: usize = 4;

/// Whether a line is a caption that has wording before its credit. Such a caption may repeat another line,
/// but it is not boilerplate.
fn is_caption(line: &ViewLine) -> bool {
    let wording = Caption::of(line).map(|caption| caption.wording);
    wording
        .is_some_and(|wording| wording.chars().filter(|c| c.is_alphabetic()).nth(MIN_CAPTION - 1).is_some())
}

/// Minimum number of characters in a table that holds more than a frame. If the table is the whole line, only
/// its words count, else its markup counts too.
const MIN_TABLE: usize = 200;

/// Whether a line is a table in markup that may hold the whole content of an article.
fn is_full_table(line: &ViewLine) -> bool {
    line.shape.characters >= MIN_TABLE && ["<table", "<tr", "<td"].iter().any(|tag| line.text.contains(tag))
}

/// Minimum number of characters in a line whose repetition means anything to the classifier.
const MIN_REPEATED: usize = 7;

/// Whether a line is so short that it may be repeated for many reasons: a name, a heading.
fn is_short_repeat(line: &ViewLine) -> bool {
    line.key().chars().nth(MIN_REPEATED - 1).is_none()
}

/// Minimum number of characters in a line that is too long for a button, a link or a menu. In 1,282 labelled
/// articles one of 6,600 such lines is boilerplate of this kind.
const MIN_PROSE: usize = 100;

/// Whether a line is too long for its verdict: navigation and share bars are labels and lists of labels, not
/// prose.
fn is_too_long(line: &ViewLine, verdict: &LabelVerdict) -> bool {
    matches!(verdict.category(), Some(Category::Nav | Category::Share)) && line.shape.characters >= MIN_PROSE
}

/// Whether a line is an entry in a list of sources: a number in square brackets, and the source.
fn is_source(text: &str) -> bool {
    let numbered = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    numbered.is_some_and(|(number, source)| {
        !source.trim().is_empty() && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether at least three quarters of a key's characters are Han.
fn is_chinese(key: &str) -> bool {
    let han = key.chars().filter(|c| is_han(*c)).count();
    han * 4 >= key.chars().count() * 3 && han > 0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::View;
    use crate::detect::classifier::label::ALL;

    /// Whether the last line of a text that is not a fence is kept in spite of a verdict of this category.
    fn is_kept(category: Category, text: &str) -> bool {
        let numbered: Vec<_> = (1..).zip(text.lines()).collect();
        let view = View::new(&numbered, None);
        let label = ALL.iter().position(|label| *label == Some(category)).expect("a label");
        let verdict = LabelVerdict { label, probability: 0.99, between: None };
        let line = view.lines.iter().rfind(|line| line.text != "```").expect("a line");
        exempts(line, &verdict)
    }

    /// For each exemption, a line that is exempt and a line that just fails the condition.
    #[test]
    fn exempt_lines_are_kept_and_lines_that_just_fail_are_not() {
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
            (Category::Related, "老街生命線：1955", "老街服務專線：1955"),
            (Category::Nav, &prose(100), &prose(99)),
            (Category::Share, &prose(100), &prose(99)),
            (Category::Ad, "老街的燈火。林小溪攝", "老街的燈火。林小溪"),
            (Category::Ad, "老街的燈火。林小溪攝", "老街。林小溪攝"),
            (Category::Repeat, "老街的燈火呀", "老街的燈火亮了"),
        ] {
            assert!(is_kept(category, exempted), "{category:?}: {exempted}");
            assert!(!is_kept(category, other), "{category:?}: {other}");
        }
    }

    /// An exemption that depends on the category leaves verdicts of other categories alone.
    #[test]
    fn exemptions_depend_on_the_category() {
        let (long, caption, short) = ("街".repeat(100), "老街的燈火。林小溪攝", "老街的燈火呀");
        for (exempted, other, text) in [
            (Category::Nav, Category::Ad, long.as_str()),
            (Category::Ad, Category::Repeat, caption),
            (Category::Repeat, Category::Ad, short),
        ] {
            assert!(is_kept(exempted, text) && !is_kept(other, text), "{text}");
        }
    }
}
