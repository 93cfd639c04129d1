//! What is said of a copy.

use std::fmt;

use super::clusters::ArticleFacts;
use super::comparison::ComparedPair;

/// An article that is a copy of another one. Articles are named by their numbers in the collection, from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Duplicate {
    /// The article.
    pub article: usize,
    /// The article of which it is a copy.
    pub of: usize,
    /// The article that stays instead of it. It is another one than `of`, if that is a copy too.
    pub kept: usize,
    /// The shingles of both as a share of those of either, from 0 to 1.
    pub similarity: f64,
    /// The shingles of both as a share of those of the shorter one, from 0 to 1.
    pub containment: f64,
    /// How it differs.
    pub kind: DuplicateKind,
}

/// How a copy differs from the article of which it is a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DuplicateKind {
    /// In nothing but marks, width and forms of characters.
    Same,
    /// Some words differ.
    Revision,
    /// It is a part of that article: nine tenths of it stand there, and it has at most four fifths of the length.
    Excerpt,
    /// It is in the other script. Words may differ too.
    OtherScript,
}

impl DuplicateKind {
    /// All kinds, in the order of the documentation.
    pub const ALL: [DuplicateKind; 4] =
        [DuplicateKind::Same, DuplicateKind::Revision, DuplicateKind::Excerpt, DuplicateKind::OtherScript];

    /// The kind of a copy of an article. `is_same` says whether both have the same key.
    pub(crate) fn of([copy, original]: [&ArticleFacts; 2], is_same: bool, pair: &ComparedPair) -> Self {
        let has_other_script = copy.script.zip(original.script).is_some_and(|(copy, other)| copy != other);
        match pair {
            _ if has_other_script => DuplicateKind::OtherScript,
            _ if is_same => DuplicateKind::Same,
            _ if pair.is_excerpt() && copy.characters < original.characters => DuplicateKind::Excerpt,
            _ => DuplicateKind::Revision,
        }
    }

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            DuplicateKind::Same => "same",
            DuplicateKind::Revision => "revision",
            DuplicateKind::Excerpt => "excerpt",
            DuplicateKind::OtherScript => "other-script",
        }
    }
}

impl fmt::Display for DuplicateKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
