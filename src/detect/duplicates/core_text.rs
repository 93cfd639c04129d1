//! The core text of a line, which another line can contain: a caption without its credit, or a sentence
//! without the words that announce it.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::super::caption::Caption;
use super::super::words::folded_words;
use crate::analysis::{ViewLine, fold};

/// Minimum number of characters of a caption, its credit not counted. A shorter one is the name of a person
/// or a thing in the picture.
const CAPTION_CHARACTERS: usize = 13;
/// The same, if the other line is no more than the caption.
const SAME_CAPTION_CHARACTERS: usize = 7;
/// Minimum number of characters of a pull quote.
const EXCERPT_CHARACTERS: usize = 12;
/// Maximum number of characters of a line with a core text, so that no independent paragraph goes.
const LINE_CHARACTERS: usize = 120;

/// Words that announce a sentence of the article, folded.
static EXCERPT_LABELS: LazyLock<HashSet<String>> =
    LazyLock::new(|| folded_words(include_str!("../../../dictionaries/repeat/excerpt_labels.txt")).collect());

/// The part of a line besides its wording. Of two lines, the one with the greater form goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    /// No such part.
    Plain,
    /// The mark of a quotation, or a word that announces it.
    Marked,
    /// A picture's credit.
    Caption,
}

impl Form {
    /// The form of a line without a credit.
    pub fn of(line: &ViewLine) -> Self {
        if is_quoted(line) { Self::Marked } else { Self::Plain }
    }
}

/// The wording of a line.
pub(crate) struct Wording {
    pub key: String,
    pub form: Form,
    /// The number of characters of the key.
    characters: usize,
}

impl Wording {
    /// The wording of a line, if another line may contain it. `may_be_contained` says whether another line
    /// may contain all of the line.
    pub fn of(line: &ViewLine, may_be_contained: impl FnOnce() -> bool) -> Option<Self> {
        if line.shape.characters > LINE_CHARACTERS || line.shape.code || line.shape.table {
            return None;
        }
        let (key, form, least) = match Caption::of(line) {
            Some(caption) => (fold(caption.wording), Form::Caption, SAME_CAPTION_CHARACTERS),
            None => {
                let (key, form) = of_excerpt(line, may_be_contained)?;
                (key, form, EXCERPT_CHARACTERS)
            }
        };
        let characters = key.chars().count();
        (characters >= least).then_some(Self { key, form, characters })
    }

    pub fn is_caption(&self) -> bool {
        self.form == Form::Caption
    }

    /// Whether it is so long that it is not only a name.
    pub fn is_more_than_name(&self) -> bool {
        !self.is_caption() || self.characters >= CAPTION_CHARACTERS
    }
}

/// The key of a statement without the words that announce it, and the form of the line.
fn of_excerpt(line: &ViewLine, may_be_contained: impl FnOnce() -> bool) -> Option<(String, Form)> {
    if !is_statement(line.text) {
        return None;
    }
    let announced = line.text.split_once(['：', ':']).map(|(label, statement)| (fold(label), statement));
    let announced = announced.filter(|(label, _)| EXCERPT_LABELS.contains(without_quote_mark(label)));
    let statement = announced.map(|(_, statement)| (fold(statement), Form::Marked));
    let whole = || (without_quote_mark(line.key()).to_owned(), Form::of(line));
    statement.or_else(|| may_be_contained().then(whole))
}

/// A key without the mark that Markdown puts before what is quoted.
pub(crate) fn without_quote_mark(key: &str) -> &str {
    key.trim_start_matches('>')
}

/// Whether a line is marked as quoted.
pub(crate) fn is_quoted(line: &ViewLine) -> bool {
    line.key().starts_with('>')
}

/// Whether a text ends as a statement does. Headings, names and code do not end so. Paragraphs contain them
/// by nature.
fn is_statement(text: &str) -> bool {
    text.trim_end().trim_end_matches(['”', '」']).ends_with('。')
}
