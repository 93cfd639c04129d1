//! The table of body text. Each reader of a line must distinguish body text from something else, so it asks
//! for another length. All these lengths are in one table.

use super::shape::Shape;

/// A kind of body text, named by what it must not be confused with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BodyText {
    /// A sentence, even if it is short.
    Sentence,
    /// Longer than a heading inside an article.
    BeyondHeadings,
    /// Longer than a line of verse or of a form.
    BeyondVerse,
    /// Prose for the classifier. Shorter sentences are as often buttons and invitations.
    Prose,
    /// A paragraph, which is longer than a sentence that stands alone.
    Paragraph,
    /// Longer than a title in a list of articles.
    BeyondTitles,
}

impl BodyText {
    /// Minimum number of characters, white space not counted.
    pub const fn characters(self) -> usize {
        match self {
            Self::Sentence => 12,
            Self::BeyondHeadings => 17,
            Self::BeyondVerse => 25,
            Self::Prose => 36,
            Self::Paragraph => 50,
            Self::BeyondTitles => 61,
        }
    }
}

/// Minimum number of characters of a line that is body text whatever it says and however it ends: in 1,282
/// labelled articles all 196 such lines without markup are content.
pub(crate) const SURELY_BODY_TEXT: usize = 400;

impl Shape {
    /// Whether the line ends as a sentence does and is long enough.
    pub fn is_body_text(&self, kind: BodyText) -> bool {
        self.sentence && self.characters >= kind.characters()
    }
}
