//! The attributes of a rule: its category, how certain it is, where it applies and how much it removes. The build
//! script also reads rules with these types.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The kind of a removed line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// A later line that repeats an earlier one.
    Repeat,
    /// Sharing and liking.
    Share,
    /// Subscribing and following.
    Follow,
    /// Other articles.
    Related,
    /// Navigation and other boilerplate of the page.
    Nav,
    /// Copyright and disclaimers.
    Legal,
    /// Advertising.
    Ad,
    /// Leftovers without meaning.
    Residue,
    /// Bylines, sources, dates and credits.
    Metadata,
    /// Lines that the user's own lists and rules name.
    User,
    /// Lines that a model of a collection knows.
    Corpus,
}

impl Category {
    /// All categories, in the order of the documentation.
    pub const ALL: &[Category] = &[
        Category::Repeat,
        Category::Share,
        Category::Follow,
        Category::Related,
        Category::Nav,
        Category::Legal,
        Category::Ad,
        Category::Residue,
        Category::Metadata,
        Category::User,
        Category::Corpus,
    ];

    /// The name in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Category::Repeat => "repeat",
            Category::Share => "share",
            Category::Follow => "follow",
            Category::Related => "related",
            Category::Nav => "nav",
            Category::Legal => "legal",
            Category::Ad => "ad",
            Category::Residue => "residue",
            Category::Metadata => "metadata",
            Category::User => "user",
            Category::Corpus => "corpus",
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The certainty of a rule.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// Almost never wrong.
    #[default]
    Sure,
    /// Right far more often than wrong.
    Likely,
}

impl Certainty {
    /// The name in reports and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::Sure => "sure",
            Certainty::Likely => "likely",
        }
    }
}

/// The part of a document in which a rule applies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// The first lines.
    Head,
    /// The last lines.
    Tail,
    /// All lines.
    #[default]
    Anywhere,
}

/// The extent of a rule's removals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// The line itself.
    #[default]
    Line,
    /// A heading, and the lines that belong to it: titles, or the lines that the rule describes.
    Section,
}
