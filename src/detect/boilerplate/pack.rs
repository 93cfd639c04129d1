//! Rule packs: the rules of a category as written in `dictionaries/boilerplate`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::detect::rule::{Category, Certainty, Place, Rule, Scope};
use crate::document::ViewLine;
use crate::script::characters::unified;

include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// A rule pack: one category's file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pack {
    pub rule: Vec<Entry>,
}

/// A rule as written in its file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub id: String,
    pub title: String,
    pub patterns: Vec<String>,
    #[serde(default)]
    pub on: On,
    #[serde(default)]
    pub place: Place,
    #[serde(default)]
    pub scope: Scope,
    /// What the key of a section's line must match; without it the line must look like a title.
    pub members: Option<String>,
    /// What the key of the first line behind a section may match, beside what ends every section.
    pub ends: Option<String>,
    /// Keys of lines that the rule spares although a pattern matches.
    pub unless: Option<String>,
    #[serde(default)]
    pub certainty: Certainty,
    pub why: String,
    pub problems: String,
    pub matches: Vec<String>,
    pub spares: Vec<String>,
}

/// What a pattern is matched on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum On {
    /// The words of the line's comparison key.
    #[default]
    Fold,
    /// The trimmed line itself, for marks and markup.
    Text,
}

/// All rules of all packs.
pub(super) static ENTRIES: LazyLock<Vec<Entry>> = LazyLock::new(|| {
    let parse = |text: &str| toml::from_str::<Pack>(text).map(|pack| pack.rule).unwrap_or_default();
    PACKS.iter().flat_map(|(_, text)| parse(text)).collect()
});

/// The rules of all packs.
pub(in crate::detect) fn rules() -> impl Iterator<Item = Rule> {
    ENTRIES.iter().filter_map(Entry::rule)
}

impl Entry {
    /// The rule's documentation; `None` where the id names no category.
    pub fn rule(&self) -> Option<Rule> {
        let category = self.id.split('/').next()?;
        Some(Rule {
            id: self.id.clone(),
            category: Category::ALL.iter().copied().find(|c| c.name() == category)?,
            title: self.title.clone(),
            why: self.why.clone(),
            problems: self.problems.clone(),
            certainty: self.certainty,
            place: self.place,
            scope: self.scope,
            matches: self.matches.clone(),
            spares: self.spares.clone(),
        })
    }
}

impl On {
    /// The regular expression of a pattern. On the key its Han characters are folded too, so that a pattern
    /// may be written in either script.
    pub fn source(self, written: &str) -> String {
        match self {
            On::Fold => written.chars().map(unified).collect(),
            On::Text => written.to_owned(),
        }
    }

    /// The form of a line that patterns are matched on.
    pub fn text<'l>(self, line: &'l ViewLine) -> &'l str {
        match self {
            On::Fold => line.words(),
            On::Text => line.text.trim(),
        }
    }
}
