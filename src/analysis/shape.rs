//! The shape of a line: how it looks, apart from its words. Detectors and guards use it.

use std::sync::LazyLock;

use memchr::memchr_iter;

use super::survey::Survey;
use crate::text::list_marker::starts_item;
use crate::text::numerals::is_numeral;
use crate::text::{CodeBlocks, list_entries, marks};

/// Marks that end a sentence.
const SENTENCE_ENDS: &[char] = &['。', '！', '？', '；', '…', '!', '?', ';', '．', '｡'];
/// Closing marks that may follow a sentence's end.
const CLOSERS: &[char] = &['”', '’', '」', '』', '）', ')', '"', '\'', '》', '】'];

/// The shape of one line.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Whether there are only white space and invisible characters.
    pub blank: bool,
    /// The number of fence marks at the start, or 0. A fence opens or closes a block of code.
    pub fence: usize,
    /// Whether the line is inside a code fence or is a fence itself.
    pub fenced: bool,
    /// Whether the line is fenced or looks like code.
    pub code: bool,
    /// Whether the line has columns of a table.
    pub table: bool,
    /// Whether the line starts with a list marker: a bullet, or a number and a mark.
    pub item: bool,
    /// Whether the line starts as a provision of a law does: 第十條, 第 3 章.
    pub provision: bool,
    /// Whether the line ends as a sentence does.
    pub sentence: bool,
    /// Characters that are not white space.
    pub characters: usize,
}

/// For each line, whether it is code: fenced, or looks like code.
pub(crate) fn code_lines<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<bool> {
    let by_itself = |line: &'t str| (marks(line), is_code(line));
    let (fences, mut code): (Vec<usize>, Vec<bool>) = lines.map(by_itself).unzip();
    let blocks = CodeBlocks::between(fences.into_iter());
    blocks.iter().for_each(|block| code[block].fill(true));
    code
}

/// Marks the lines between code fences as fenced, and as code.
pub(super) fn mark_fenced(shapes: &mut [&mut Shape]) {
    let blocks = CodeBlocks::between(shapes.iter().map(|shape| shape.fence));
    for shape in blocks.iter().flatten() {
        (shapes[shape].fenced, shapes[shape].code) = (true, true);
    }
}

/// The shape of a line by itself.
pub(super) fn shape(line: &str, survey: &Survey) -> Shape {
    let text = line.trim();
    let characters = survey.visible;
    let fence = marks(line);
    Shape {
        blank: characters == 0,
        fence,
        fenced: false,
        code: is_code(line),
        table: is_table(text, survey),
        item: starts_item(text) || is_provision(text),
        provision: is_provision(text),
        sentence: text.trim_end_matches(CLOSERS).ends_with(SENTENCE_ENDS),
        characters,
    }
}

fn is_table(text: &str, survey: &Survey) -> bool {
    let gaps = || survey.gap && text.matches("  ").nth(1).is_some();
    text.contains('\t') || memchr_iter(b'|', text.as_bytes()).nth(1).is_some() || gaps()
}

/// Whether a line is a fence or looks like code.
fn is_code(line: &str) -> bool {
    marks(line) > 0 || looks_like_code(line.trim())
}

/// Whether a text has no Han character, and ends or starts as a statement of a programming language does.
fn looks_like_code(text: &str) -> bool {
    let han = text.chars().any(|c| c as u32 >= 0x2E80);
    let ends = text.ends_with(['{', '}', ';', '\\', '>']) || text.ends_with(");") || text.ends_with("):");
    let starts =
        ["#include", "import ", "def ", "$ ", "# ", "//", "/*", "</"].iter().any(|s| text.starts_with(s));
    !text.is_empty() && !han && (ends || starts)
}

/// Whether a text starts as a provision of a law does. Statutes are often printed with spaces around the
/// number.
pub(crate) fn is_provision(text: &str) -> bool {
    let Some(open) = text.strip_prefix('第') else { return false };
    let behind = open.trim_start_matches(|c: char| is_numeral(c) || c == ' ' || c == '　');
    let counted = open[..open.len() - behind.len()].contains(is_numeral);
    counted && behind.starts_with(['条', '條', '章', '节', '節', '款', '项', '項', '编', '編'])
}

/// Number of characters at the start of an amendment that name the provision and the change.
const AMENDMENT_CHARACTERS: usize = 60;

/// Words for the change of a provision.
static AMENDING: LazyLock<Vec<&str>> =
    LazyLock::new(|| list_entries(include_str!("../../dictionaries/repeat/amending.txt")).collect());

/// Whether a text amends a provision of a law: 将第三条修改为…, 在第五條後增加一條.
pub(crate) fn is_amendment(text: &str) -> bool {
    let end = text.char_indices().nth(AMENDMENT_CHARACTERS).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    let names_provision = || head.match_indices('第').any(|(at, _)| is_provision(&head[at..]));
    AMENDING.iter().any(|word| head.contains(word)) && names_provision()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amendment_names_a_provision_and_its_change() {
        for line in ["一、将第三条修改为：“夜市每晚九时收摊。”", "2. 在本辦法第 5 條後增加一條"]
        {
            assert!(is_amendment(line), "{line}");
        }
        for line in ["一、第三次修改为民宿", "一、将第三条念给街坊听", "二、增加攤位"]
        {
            assert!(!is_amendment(line), "{line}");
        }
    }

    fn shape_of(line: &str) -> Shape {
        shape(line, &Survey::of(line))
    }

    #[test]
    fn list_markers_are_recognised() {
        for line in
            ["1、基層", "一、背景", "（二）目標", "- 甲", "• 乙", "①丙", "第十條 丁", "A. 戊", "(3) 己"]
        {
            assert!(shape_of(line).item, "{line}");
        }
        for line in ["2018年", "一年之後", "Apple 發布", "第一次", "第一時間"] {
            assert!(!shape_of(line).item, "{line}");
        }
    }

    #[test]
    fn code_is_recognised_and_prose_is_not() {
        let lines = ["前", "```c", "int a = 0", "```", "後"];
        assert_eq!(code_lines(lines.into_iter()), [false, true, true, true, false]);
        assert!(shape_of("return x;").code);
        assert!(!shape_of("他說：「好。」").code);
    }

    #[test]
    fn a_closing_mark_may_follow_the_end_of_a_sentence() {
        assert!(shape_of("他說：「好。」").sentence);
        assert!(shape_of("都有誰?").sentence);
        assert!(!shape_of("相關文章：").sentence);
    }
}
