//! The description of a copy.

use std::fmt;

use super::clusters::ArticleFacts;
use super::comparison::ComparedPair;

/// An article that is a copy of another one. Articles are identified by their numbers in the collection, from
/// 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Duplicate {
    /// The article.
    pub article: usize,
    /// The article of which it is a copy.
    pub of: usize,
    /// The article that is kept in place of it. It is another article than `of`, if that one is a copy too.
    pub kept: usize,
    /// The number of shingles that both have, as a share of those that either has, from 0 to 1.
    pub similarity: f64,
    /// The number of shingles that both have, as a share of those of the shorter article, from 0 to 1.
    pub containment: f64,
    /// The difference between the two.
    pub kind: DuplicateKind,
}

/// The difference between a copy and the article of which it is a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum DuplicateKind {
    /// Only marks, width and forms of characters differ.
    Same,
    /// Some words differ.
    Revision,
    /// The copy is a part of that article: nine tenths of the copy are in it, and the copy has at most four
    /// fifths of its length.
    Excerpt,
    /// The copy is in the other script. Words may differ too.
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
