//! Lines of a scraped article that are no prose although nothing fences them: code, data, command lines, records.
//!
//! What tells them is shape, never a single word. The evidence of a line by itself:
//!
//! - *All Han stands in string literals and comments* (`skeleton.rs`), and what is left has the form of a statement:
//!   an operator, a call, a semicolon behind it, a keyword before it (`statement.rs`). Prose has Han between its marks.
//! - *A literal*: brackets around members, or one member `"key": value` (`literal.rs`).
//! - *A command* that has an option, a quoted argument, a path or a pipe, and no Han sentence (`command.rs`).
//! - *A form of its own*: prompts, comments, records of logs, errors, subtitles, references, SQL, tags of XML
//!   (`form.rs`, with its patterns in `dictionaries/code`).
//! - *An entry of YAML*: a lower-case Latin key, a colon and a space, and a value without clauses (`entry.rs`).
//!
//! Of some lines only the neighbours tell (`block.rs`): a comment after `#`, a string alone, an entry with a Han key,
//! a row of comma-separated values. They stay beside lines that are code, and are mended elsewhere; so `作者: 王小明`
//! is prose under a headline, and data within a block of YAML. Front matter is known by the two lines that enclose it.
//!
//! Mending makes a line look less like code and never more, because it widens the marks that the shapes are made of;
//! so what is mended is prose again the next time.

mod block;
mod command;
mod entry;
mod form;
mod literal;
mod row;
mod skeleton;
mod spread;
mod statement;
mod words;

use super::class::is_han;
use row::Row;
use skeleton::Skeleton;

pub(crate) use block::{code_lines, front_matter};

/// What a line by itself may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Without Han, so nothing to be mended: looked at only for the lines beside it.
    Unseen,
    /// Nothing but white space.
    Blank,
    /// Text to be mended.
    Prose,
    /// No prose, and says nothing of its neighbours.
    Kept,
    /// No prose, and its neighbours may belong to it.
    Code,
    /// An entry of YAML, below which items may stand.
    Yaml,
    /// Prose, unless its neighbours are code.
    Maybe(Part),
}

/// What a line may be a part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// A comment, a string alone, an entry with a Han key: code beside code.
    Piece,
    /// A name, `=` and a Han value: code beside code, or beside another one.
    Assignment,
    /// An entry of YAML whose value has clauses: code beside code, or beside another one.
    Clauses,
    /// `- item`: code below an entry of YAML.
    Item,
    /// A record of a log with a level that prose uses too: code beside another one.
    Record,
    /// A command of a batch file that says something: code beside another one.
    Batch,
    /// The head of a section: an assignment right below it is code.
    Section,
    /// Values that a mark divides: data by themselves, or among rows of as many.
    Row(Row),
}

/// What a line by itself may be, as far as mending it asks.
fn first_look(line: &str) -> Verdict {
    let text = line.trim();
    match text.bytes().next() {
        None => Verdict::Blank,
        Some(first) if !first.is_ascii() => behind_han(text),
        Some(_) if !text.is_ascii() && text.chars().any(is_han) => second_look(text),
        // A reference of HTML is decoded also where there is no Han.
        Some(_) if memchr::memchr(b'&', text.as_bytes()).is_some() => shape(text),
        Some(_) => Verdict::Unseen,
    }
}

/// What a line is by its form or else by its shape.
fn second_look(text: &str) -> Verdict {
    match form::matches(text) {
        Some(true) => Verdict::Code,
        Some(false) => Verdict::Kept,
        None => shape(text),
    }
}

/// What a line is by its shape.
fn shape(text: &str) -> Verdict {
    if form::is_data_element(text) {
        return Verdict::Code;
    }
    let skeleton = Skeleton::of(text);
    if literal::is_literal(&skeleton) || statement::is_statement(&skeleton) || command::is_command(&skeleton)
    {
        return Verdict::Code;
    }
    let element = literal::is_element(&skeleton);
    let piece = || element.then(|| row(text, true).unwrap_or(Verdict::Maybe(Part::Piece)));
    entry::yaml(text, &skeleton)
        .or_else(piece)
        .or_else(|| entry::weak(text))
        .or_else(|| row(text, false))
        .unwrap_or(Verdict::Prose)
}

/// Values that a mark divides.
fn row(text: &str, element: bool) -> Option<Verdict> {
    Row::of(text, element).map(|row| Verdict::Maybe(Part::Row(row)))
}

/// A line that begins with Han or a wide mark, as nearly all prose does: only marks of ASCII can make it data.
fn behind_han(text: &str) -> Verdict {
    let bytes = text.as_bytes();
    let hints = memchr::memchr3(b'\\', b'*', b'"', bytes).or_else(|| memchr::memchr(b'>', bytes));
    if hints.is_some() && has_form(text) {
        return second_look(text);
    }
    let divided = memchr::memchr3(b',', b';', b'\t', bytes).is_some();
    if !divided && memchr::memchr2(b'=', b':', bytes).is_none() {
        return Verdict::Prose;
    }
    if text.ends_with(';') && statement::is_han_assignment(&Skeleton::of(text)) {
        return Verdict::Code;
    }
    let entry = entry::weak(text);
    let row = || if divided { row(text, false) } else { None };
    entry.or_else(row).unwrap_or(Verdict::Prose)
}

/// What a regular expression, a string of a program or a diagram has, and prose has not.
fn has_form(text: &str) -> bool {
    ["\\d", "\\w", "\\s", "(.*", "->>", "\"\"\""].iter().any(|piece| text.contains(piece))
        && form::matches(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_by_itself_is_told_by_its_shape() {
        let kinds = [
            (Verdict::Blank, vec!["", " \u{3000}"]),
            (
                Verdict::Code,
                vec![
                    "String s = \"晚安,老街\";",
                    "print('晚安,老街')",
                    "{\"店名\": \"老街茶館\", \"地址\": \"河邊\"}",
                    "\"店名\": \"老街茶館\",",
                    "git commit -m \"改好,再試\"",
                    "return \"好,走\"",
                    "<shop>老街,河邊</shop>",
                ],
            ),
            (Verdict::Yaml, vec!["name: 老街茶館", "tags:", "title: \"茶館,老街\""]),
            (
                Verdict::Maybe(Part::Piece),
                vec!["Tom said, \"晚安,老街\"", "\"茶,點心\",", "店主: 小林", "CEO:\"我們會贏!\""],
            ),
            (
                Verdict::Prose,
                vec![
                    "他用git提交,然後說\"好\"",
                    "git提交以後,他說\"好\"",
                    "\"你好,世界\"他說",
                    "他說:\"好,走\"",
                    "(1)先洗手;(2)再吃飯.",
                ],
            ),
        ];
        for (expected, lines) in kinds {
            for line in lines {
                let told = match first_look(line) {
                    Verdict::Unseen => shape(line),
                    told => told,
                };
                assert_eq!(told, expected, "{line}");
            }
        }
    }
}
