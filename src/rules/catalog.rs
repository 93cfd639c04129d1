//! All rules, as the build script read them from `dictionaries`.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;

use super::attributes::{Category, Certainty, Place, Scope};

include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The documentation of a rule. Rules that are data and rules that are code have the same kind of documentation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Rule {
    /// `category/name`.
    pub id: &'static str,
    /// The rule's category.
    pub category: Category,
    /// The lines that it removes, in a few words.
    pub title: &'static str,
    /// Why such a line is not part of the article, and what the rule takes care not to remove.
    pub why: &'static str,
    /// The known errors of the rule: what it removes by mistake, and what it misses.
    pub problems: &'static str,
    /// The certainty of the rule.
    pub certainty: Certainty,
    /// The part of a document in which it applies.
    pub place: Place,
    /// The extent of its removals.
    pub scope: Scope,
    /// Lines that it removes.
    pub matches: &'static [&'static str],
    /// Lines that it does not remove.
    pub spares: &'static [&'static str],
}

/// The number of a rule in [`rules`]. The build script gives each rule a constant, so that a misspelt id does not
/// compile: `repeat/headline` is `RuleId::REPEAT_HEADLINE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct RuleId(u16);

impl RuleId {
    /// The rule itself.
    pub fn rule(self) -> &'static Rule {
        &RULES[self.number()]
    }

    /// Its index in [`rules`].
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// `category/name`.
    pub fn id(self) -> &'static str {
        self.rule().id
    }
}

/// All rules, in the order of categories and ids.
///
/// ```
/// assert!(qingwen::rules::rules().iter().any(|rule| rule.id == "repeat/headline"));
/// ```
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rule with this id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    BY_ID.get(id).copied()
}

static BY_ID: LazyLock<HashMap<&'static str, &'static Rule>> =
    LazyLock::new(|| RULES.iter().map(|rule| (rule.id, rule)).collect());
