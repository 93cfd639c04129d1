//! Statements of programming languages.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::class;
use super::skeleton::{STRING, Skeleton};
use super::words::entries;

static KEYWORDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../../dictionaries/code/keywords.txt")));

/// Operators that only occur between the parts of an expression.
const OPERATORS: &[&str] = &["=", "->", "&&", "||", "::"];

/// Whether a line is a statement. If no Han is left, any form of a statement is enough. If Han is left (names in Han),
/// the line needs a keyword, and the end of a statement.
pub(super) fn is_statement(skeleton: &Skeleton) -> bool {
    if skeleton.open || skeleton.bare.is_empty() {
        return false;
    }
    if skeleton.has_text {
        return is_declaration(skeleton);
    }
    let bare = skeleton.bare.as_str();
    ends_statement(bare)
        || has_operator(bare)
        || is_call(bare)
        || begins_with_keyword(skeleton)
        || is_list_entry(skeleton)
}

/// Whether a line assigns a value to a Han name, with a semicolon at the end: `客人 = "林,福";`.
pub(super) fn is_han_assignment(skeleton: &Skeleton) -> bool {
    let Some((name, value)) = skeleton.bare.split_once('=') else { return false };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | ' ');
    let values = !value.contains(class::is_wide_mark) && (skeleton.strings > 0 || value.contains('('));
    !skeleton.open && name.chars().all(is_name) && values && skeleton.bare.ends_with(';')
}

fn ends_statement(bare: &str) -> bool {
    let starts = bare.starts_with(|c: char| c.is_ascii_alphabetic() || "$_@*&~-.#".contains(c));
    starts && bare.ends_with(';')
}

/// Whether a line has an operator. An address also contains `=` and `//`, and is not a statement.
fn has_operator(bare: &str) -> bool {
    !bare.contains("://") && OPERATORS.iter().any(|operator| bare.contains(operator))
}

/// Whether a line is a call: `console.log("好", 1)`, `@app.route("/甲")`, `.then("好")`, `print("好",`.
fn is_call(bare: &str) -> bool {
    let is_path = |c: char| c.is_ascii_alphanumeric() || "_.$:>@-!".contains(c);
    let after = bare.trim_start_matches(is_path);
    let named = after.len() < bare.len() && !bare.starts_with(|c: char| c.is_ascii_digit());
    named && after.starts_with('(') && bare.ends_with([')', ':', '{', ';', ',', '('])
}

/// Whether a line is a statement that begins with a keyword: `return "好"`, `if (s == "好") {`,
/// `} else { // 其餘`.
fn begins_with_keyword(skeleton: &Skeleton) -> bool {
    let word = skeleton.word();
    let after = skeleton.bare.get(word.len()..).unwrap_or_default();
    let stands_alone = after.is_empty() || after.starts_with([' ', '(', ':', '{', STRING]);
    let has_text = skeleton.strings > 0 || skeleton.comment && (after.is_empty() || ends_block(after));
    has_text && stands_alone && KEYWORDS.contains(word)
}

fn ends_block(bare: &str) -> bool {
    bare.ends_with([';', '{', '}', ':', ')', ','])
}

/// Whether a line is a column of a table's definition or an argument on a line of its own:
/// `name varchar(20) comment "名",`.
fn is_list_entry(skeleton: &Skeleton) -> bool {
    let bare = skeleton.bare.as_str();
    let named = bare.starts_with(|c: char| c.is_ascii_alphabetic());
    let ends = bare.ends_with(',') || skeleton.comment && ends_block(bare);
    named && ends && (skeleton.comment || bare.contains('('))
}

/// Whether a line is a declaration or the head of a block with Han names: `public void 開門(int 號) {`,
/// `for 客人 in 名單:`, `const 店名 = "老街";`.
fn is_declaration(skeleton: &Skeleton) -> bool {
    let bare = skeleton.bare.as_str();
    let word = skeleton.word();
    let spaced = bare.get(word.len()..).is_some_and(|after| after.starts_with(' '));
    spaced
        && bare.ends_with([';', '{', '}', ':', ')', STRING])
        && (bare.contains(['=', '(']) || bare.ends_with(':'))
        && !has_clauses(bare)
        && KEYWORDS.contains(word)
}

/// Whether a text has a mark with Han on both sides, or a mark of Chinese typography.
pub(super) fn has_clauses(text: &str) -> bool {
    let mut before = [' ', ' '];
    text.chars().any(|c| {
        let between = class::is_han(c) && class::wide_mark(before[1]).is_some() && class::is_han(before[0]);
        before = [before[1], c];
        between || class::is_wide_mark(c) || class::is_curly(c)
    })
}
