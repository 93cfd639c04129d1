//! Rules: the named, documented reasons for which a line is removed, and the table of all of them.

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{boilerplate, leftover, model, repeat};

/// What kind of thing a removed line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Category {
    /// A later line that says again what an earlier one said.
    Repeat,
    /// Sharing and liking.
    Share,
    /// Subscribing and following.
    Follow,
    /// Other articles.
    Related,
    /// Furniture of the page.
    Nav,
    /// Copyright and disclaimers.
    Legal,
    /// Advertising.
    Ad,
    /// Leftovers without meaning.
    Residue,
    /// Bylines, sources, dates and credits.
    Metadata,
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
        }
    }
}

impl fmt::Display for Category {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// How certain a rule is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Certainty {
    /// Hardly ever wrong.
    #[default]
    Sure,
    /// Right far more often than wrong.
    Likely,
}

/// Where in a document a rule applies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Place {
    /// Among the first lines.
    Head,
    /// Among the last lines.
    Tail,
    /// On any line.
    #[default]
    Anywhere,
}

/// How much a rule removes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Scope {
    /// The line itself.
    #[default]
    Line,
    /// A heading, and the lines that hang on it: titles, or what the rule says.
    Section,
}

/// The documentation of a rule: the same for rules that are data and rules that are code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Rule {
    /// `category/name`.
    pub id: String,
    /// The rule's category.
    pub category: Category,
    /// What it removes, in a line.
    pub title: String,
    /// Why such a line is not the article, and what the rule takes care not to remove.
    pub why: String,
    /// Where it is known to be wrong: what it removes that it should not, and what it misses.
    pub problems: String,
    /// How certain it is.
    pub certainty: Certainty,
    /// Where it applies.
    pub place: Place,
    /// How much it removes.
    pub scope: Scope,
    /// Lines that it removes.
    pub matches: Vec<String>,
    /// Lines that it does not remove.
    pub spares: Vec<String>,
}

/// All rules, in the order of categories and ids.
///
/// ```
/// assert!(qingwen::rules::rules().iter().any(|rule| rule.id == "repeat/headline"));
/// ```
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rule of that id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    BY_ID.get(id).copied()
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let of_code = repeat::rules().into_iter().chain(leftover::rules()).chain(model::rules());
    let mut rules: Vec<Rule> = of_code.chain(boilerplate::rules()).collect();
    rules.sort_by(|a, b| (a.category, &a.id).cmp(&(b.category, &b.id)));
    rules
});

static BY_ID: LazyLock<HashMap<&'static str, &'static Rule>> =
    LazyLock::new(|| RULES.iter().map(|rule| (rule.id.as_str(), rule)).collect());

/// A category, or one rule: what `--keep` and `--remove` name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Selector {
    /// All rules of a category.
    Category(Category),
    /// One rule, by its id.
    Rule(&'static str),
}

/// A name that is neither a category nor a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct UnknownRule(pub String);

impl fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meant = nearest(&self.0).map(|name| format!("; did you mean {name}?")).unwrap_or_default();
        write!(f, "no category or rule named {:?}{meant}; `qingwen rules` lists them", self.0)
    }
}

/// Normalised edit similarity of names from which on one may be meant by the other.
const ALIKE: f64 = 0.8;

/// The category or rule whose name is most like another, where it is alike.
fn nearest(name: &str) -> Option<&'static str> {
    let names = Category::ALL
        .iter()
        .map(|category| category.name())
        .chain(rules().iter().map(|rule| rule.id.as_str()));
    let likeness = |known: &str| strsim::normalized_damerau_levenshtein(known, name);
    let nearest = names.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    (likeness(nearest) >= ALIKE).then_some(nearest)
}

impl Selector {
    /// Whether it names this rule.
    pub fn covers(self, rule: &Rule) -> bool {
        match self {
            Selector::Category(category) => category == rule.category,
            Selector::Rule(id) => id == rule.id,
        }
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Selector::Category(category) => category.fmt(f),
            Selector::Rule(id) => f.write_str(id),
        }
    }
}

impl FromStr for Selector {
    type Err = UnknownRule;

    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        let category = Category::ALL.iter().copied().find(|category| category.name() == name);
        category
            .map(Selector::Category)
            .or_else(|| rule(name).map(|rule| Selector::Rule(&rule.id)))
            .ok_or_else(|| UnknownRule(name.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_begin_with_their_category() {
        assert_eq!(BY_ID.len(), RULES.len());
        for rule in rules() {
            // The line model's rules are named after it, and then after their category.
            let of_model = rule.id.strip_prefix("model/");
            let category = of_model.or(rule.id.split('/').next());
            assert_eq!(category, Some(rule.category.name()), "{}", rule.id);
            let texts = [&rule.title, &rule.why, &rule.problems];
            assert!(texts.iter().all(|text| !text.trim().is_empty()), "{} has no manual page", rule.id);
        }
    }

    #[test]
    fn selectors_name_categories_and_rules() {
        assert_eq!("share".parse(), Ok(Selector::Category(Category::Share)));
        assert_eq!("repeat/line".parse(), Ok(Selector::Rule("repeat/line")));
        assert!("repeat/none".parse::<Selector>().is_err());
    }
}
