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
        return declares(skeleton);
    }
    let bare = skeleton.bare.as_str();
    ends_statement(bare) || operates(bare) || calls(bare) || begins_with_keyword(skeleton) || lists(skeleton)
}

/// `客人 = "林,福";`: a Han name, `=`, and a semicolon at the end.
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

/// An address also contains `=` and `//`, and is not a statement.
fn operates(bare: &str) -> bool {
    !bare.contains("://") && OPERATORS.iter().any(|operator| bare.contains(operator))
}

/// `console.log("好", 1)`, `@app.route("/甲")`, `.then("好")`, `print("好",`.
fn calls(bare: &str) -> bool {
    let is_path = |c: char| c.is_ascii_alphanumeric() || "_.$:>@-!".contains(c);
    let behind = bare.trim_start_matches(is_path);
    let named = behind.len() < bare.len() && !bare.starts_with(|c: char| c.is_ascii_digit());
    named && behind.starts_with('(') && bare.ends_with([')', ':', '{', ';', ',', '('])
}

/// `return "好"`, `if (s == "好") {`, `} else { // 其餘`.
fn begins_with_keyword(skeleton: &Skeleton) -> bool {
    let word = skeleton.word();
    let behind = skeleton.bare.get(word.len()..).unwrap_or_default();
    let stands_alone = behind.is_empty() || behind.starts_with([' ', '(', ':', '{', STRING]);
    let says = skeleton.strings > 0 || skeleton.comment && (behind.is_empty() || ends_block(behind));
    says && stands_alone && KEYWORDS.contains(word)
}

fn ends_block(bare: &str) -> bool {
    bare.ends_with([';', '{', '}', ':', ')', ','])
}

/// A column of a table's definition, an argument on a line of its own: `name varchar(20) comment "名",`.
fn lists(skeleton: &Skeleton) -> bool {
    let bare = skeleton.bare.as_str();
    let named = bare.starts_with(|c: char| c.is_ascii_alphabetic());
    let ends = bare.ends_with(',') || skeleton.comment && ends_block(bare);
    named && ends && (skeleton.comment || bare.contains('('))
}

/// `public void 開門(int 號) {`, `for 客人 in 名單:`, `const 店名 = "老街";`.
fn declares(skeleton: &Skeleton) -> bool {
    let bare = skeleton.bare.as_str();
    let word = skeleton.word();
    let spaced = bare.get(word.len()..).is_some_and(|behind| behind.starts_with(' '));
    spaced
        && bare.ends_with([';', '{', '}', ':', ')', STRING])
        && (bare.contains(['=', '(']) || bare.ends_with(':'))
        && !has_clauses(bare)
        && KEYWORDS.contains(word)
}

/// A mark with Han on both sides, or a mark of Chinese typography.
pub(super) fn has_clauses(text: &str) -> bool {
    let mut before = [' ', ' '];
    text.chars().any(|c| {
        let between = class::is_han(c) && class::wide_mark(before[1]).is_some() && class::is_han(before[0]);
        before = [before[1], c];
        between || class::is_wide_mark(c) || class::is_curly(c)
    })
}
