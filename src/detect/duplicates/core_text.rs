//! What of a line another one can hold: a caption without its credit, and a sentence without what announces it.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::super::caption::Caption;
use super::super::words::folded_words;
use crate::analysis::{ViewLine, fold};

/// Characters of a caption at least, its credit not counted: shorter ones name who or what the picture shows.
const CAPTION_CHARACTERS: usize = 13;
/// The same, where the other line is no more than the caption.
const SAME_CAPTION_CHARACTERS: usize = 7;
/// Characters of a pull quote at least.
const EXCERPT_CHARACTERS: usize = 12;
/// Characters of a line at most, so that no paragraph of its own goes.
const LINE_CHARACTERS: usize = 120;

/// Words that announce a sentence of the article, folded.
static EXCERPT_LABELS: LazyLock<HashSet<String>> =
    LazyLock::new(|| folded_words(include_str!("../../../dictionaries/repeat/excerpt_labels.txt")).collect());

/// What a line has besides its wording; what has more goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Form {
    Plain,
    /// A quotation's mark, or a word that announces it.
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
    /// How many characters the key has.
    characters: usize,
}

impl Wording {
    /// The wording of a line that may stand inside another one; `may_be_held` tells whether the line may as it is.
    pub fn of(line: &ViewLine, may_be_held: impl FnOnce() -> bool) -> Option<Self> {
        if line.shape.characters > LINE_CHARACTERS || line.shape.code || line.shape.table {
            return None;
        }
        let (key, form, least) = match Caption::of(line) {
            Some(caption) => (fold(caption.wording), Form::Caption, SAME_CAPTION_CHARACTERS),
            None => {
                let (key, form) = of_excerpt(line, may_be_held)?;
                (key, form, EXCERPT_CHARACTERS)
            }
        };
        let characters = key.chars().count();
        (characters >= least).then_some(Self { key, form, characters })
    }

    pub fn is_caption(&self) -> bool {
        self.form == Form::Caption
    }

    /// Whether it says enough to be told apart from a name.
    pub fn tells(&self) -> bool {
        !self.is_caption() || self.characters >= CAPTION_CHARACTERS
    }
}

/// The key of a statement, without what announces it, and its form.
fn of_excerpt(line: &ViewLine, may_be_held: impl FnOnce() -> bool) -> Option<(String, Form)> {
    if !is_statement(line.text) {
        return None;
    }
    let announced = line.text.split_once(['：', ':']).map(|(label, statement)| (fold(label), statement));
    let announced = announced.filter(|(label, _)| EXCERPT_LABELS.contains(without_quote_mark(label)));
    let statement = announced.map(|(_, statement)| (fold(statement), Form::Marked));
    let whole = || (without_quote_mark(line.key()).to_owned(), Form::of(line));
    statement.or_else(|| may_be_held().then(whole))
}

/// A key without the mark that Markdown puts before what is quoted.
pub(crate) fn without_quote_mark(key: &str) -> &str {
    key.trim_start_matches('>')
}

/// Whether a line is marked as quoted.
pub(crate) fn is_quoted(line: &ViewLine) -> bool {
    line.key().starts_with('>')
}

/// Ends as statements do. Headings, names and code, which stand inside paragraphs by nature, do not.
fn is_statement(text: &str) -> bool {
    text.trim_end().trim_end_matches(['”', '」']).ends_with('。')
}
