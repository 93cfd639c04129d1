//! Lines of a scraped article that are not prose although no fence encloses them: code, data, command lines, records.
//!
//! The evidence is always shape, never a single word. The evidence in a line itself:
//!
//! - *All Han is in string literals and comments* (`skeleton.rs`), and the rest has the form of a statement: an
//!   operator, a call, a semicolon at the end, a keyword at the start (`statement.rs`). Prose has Han between its
//!   marks.
//! - *A literal*: brackets around members, or one member `"key": value` (`literal.rs`).
//! - *A command* with an option, a quoted argument, a path or a pipe, and without a Han sentence (`command.rs`).
//! - *A form of its own*: prompts, comments, records of logs, errors, subtitles, references, SQL, tags of XML
//!   (`form.rs`, with its patterns in `dictionaries/code`).
//! - *An entry of YAML*: a lower-case Latin key, a colon and a space, and a value without clauses (`entry.rs`).
//!
//! Some lines can only be classified by their neighbours (`block.rs`): a comment after `#`, a single string, an entry
//! with a Han key, a row of comma-separated values. They stay unchanged beside lines that are code, and are mended
//! elsewhere. So `作者: 王小明` is prose under a headline, and data within a block of YAML. Front matter is recognised
//! by the two lines that enclose it.
//!
//! Mending never makes a line look more like code, and often less, because it widens the marks that the shapes consist
//! of. So a mended line is prose again the next time.

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
use row::ValueRow;
use skeleton::Skeleton;

pub(crate) use block::code_lines;

/// The result of looking at a line by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CodeVerdict {
    /// A line without Han has nothing to mend. It is examined only for the sake of the lines beside it.
    Unseen,
    /// Nothing but white space.
    Blank,
    /// Text to be mended.
    Prose,
    /// Not prose. It is no evidence for its neighbours.
    Kept,
    /// Not prose. Its neighbours may belong to it.
    Code,
    /// An entry of YAML. Items may follow it.
    Yaml,
    /// Prose, unless its neighbours are code.
    Maybe(CodePart),
}

/// The kind of part that a line may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CodePart {
    /// A comment, a single string, an entry with a Han key. It is code beside code.
    Piece,
    /// A name, `=` and a Han value. It is code beside code, or beside another assignment.
    Assignment,
    /// An entry of YAML whose value has clauses. It is code beside code, or beside another such entry.
    Clauses,
    /// `- item`. It is code below an entry of YAML.
    Item,
    /// A record of a log with a level that prose uses too. It is code beside another record.
    Record,
    /// A command of a batch file that prints or holds text. It is code beside another one.
    Batch,
    /// The head of a section. An assignment directly below it is code.
    Section,
    /// Values that a mark separates. They are data by themselves, or among rows with the same number of values.
    Row(ValueRow),
}

/// Examines a line by itself, only as far as mending needs.
fn first_look(line: &str) -> CodeVerdict {
    let text = line.trim();
    match text.bytes().next() {
        None => CodeVerdict::Blank,
        Some(first) if !first.is_ascii() => starting_with_han(text),
        Some(_) if !text.is_ascii() && text.chars().any(is_han) => second_look(text),
        // A reference of HTML is decoded even if there is no Han.
        Some(_) if memchr::memchr(b'&', text.as_bytes()).is_some() => shape(text),
        Some(_) => CodeVerdict::Unseen,
    }
}

/// Classifies a line by its form, or else by its shape.
fn second_look(text: &str) -> CodeVerdict {
    match form::matches(text) {
        Some(true) => CodeVerdict::Code,
        Some(false) => CodeVerdict::Kept,
        None => shape(text),
    }
}

/// Classifies a line by its shape.
fn shape(text: &str) -> CodeVerdict {
    if form::is_data_element(text) {
        return CodeVerdict::Code;
    }
    let skeleton = Skeleton::of(text);
    if literal::is_literal(&skeleton) || statement::is_statement(&skeleton) || command::is_command(&skeleton)
    {
        return CodeVerdict::Code;
    }
    let element = literal::is_element(&skeleton);
    let piece = || element.then(|| row(text, true).unwrap_or(CodeVerdict::Maybe(CodePart::Piece)));
    entry::yaml(text, &skeleton)
        .or_else(piece)
        .or_else(|| entry::weak(text))
        .or_else(|| row(text, false))
        .unwrap_or(CodeVerdict::Prose)
}

/// The verdict on a row of values that a mark separates.
fn row(text: &str, element: bool) -> Option<CodeVerdict> {
    ValueRow::of(text, element).map(|row| CodeVerdict::Maybe(CodePart::Row(row)))
}

/// Classifies a line that begins with Han or a wide mark, as nearly all prose does. Only ASCII marks can make
/// it data.
fn starting_with_han(text: &str) -> CodeVerdict {
    let bytes = text.as_bytes();
    let hints = memchr::memchr3(b'\\', b'*', b'"', bytes).or_else(|| memchr::memchr(b'>', bytes));
    if hints.is_some() && has_form(text) {
        return second_look(text);
    }
    let divided = memchr::memchr3(b',', b';', b'\t', bytes).is_some();
    if !divided && memchr::memchr2(b'=', b':', bytes).is_none() {
        return CodeVerdict::Prose;
    }
    if text.ends_with(';') && statement::is_han_assignment(&Skeleton::of(text)) {
        return CodeVerdict::Code;
    }
    let entry = entry::weak(text);
    let row = || if divided { row(text, false) } else { None };
    entry.or_else(row).unwrap_or(CodeVerdict::Prose)
}

/// Whether a line contains pieces of a regular expression, a program's string or a diagram, which prose does not
/// contain.
fn has_form(text: &str) -> bool {
    ["\\d", "\\w", "\\s", "(.*", "->>", "\"\"\""].iter().any(|piece| text.contains(piece))
        && form::matches(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_by_itself_is_classified_by_its_shape() {
        let kinds = [
            (CodeVerdict::Blank, vec!["", " \u{3000}"]),
            (
                CodeVerdict::Code,
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
            (CodeVerdict::Yaml, vec!["name: 老街茶館", "tags:", "title: \"茶館,老街\""]),
            (
                CodeVerdict::Maybe(CodePart::Piece),
                vec!["Tom said, \"晚安,老街\"", "\"茶,點心\",", "店主: 小林", "CEO:\"我們會贏!\""],
            ),
            (
                CodeVerdict::Prose,
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
                let verdict = match first_look(line) {
                    CodeVerdict::Unseen => shape(line),
                    verdict => verdict,
                };
                assert_eq!(verdict, expected, "{line}");
            }
        }
    }
}
