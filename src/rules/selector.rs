//! The values of `--keep` and `--remove`.

use std::fmt;
use std::str::FromStr;

use super::attributes::Category;
use super::catalog::{Rule, rule, rules};

/// A category or a single rule: a value of `--keep` and `--remove`.
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

/// Minimum normalised edit similarity of two names for a suggestion.
const ALIKE: f64 = 0.8;

/// The most similar name of a category or rule, if it is similar enough.
fn nearest(name: &str) -> Option<&'static str> {
    let names =
        Category::ALL.iter().map(|category| category.name()).chain(rules().iter().map(|rule| rule.id));
    let likeness = |known: &str| strsim::normalized_damerau_levenshtein(known, name);
    let within_category = || rules().iter().map(|rule| rule.id).find(|id| id.split('/').nth(1) == Some(name));
    let nearest = names.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    if likeness(nearest) >= ALIKE { Some(nearest) } else { within_category() }
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
            .or_else(|| rule(name).map(|rule| Selector::Rule(rule.id)))
            .ok_or_else(|| UnknownRule(name.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn selectors_name_categories_and_rules() {
        assert_eq!("share".parse(), Ok(Selector::Category(Category::Share)));
        assert_eq!("repeat/line".parse(), Ok(Selector::Rule("repeat/line")));
        assert!("repeat/none".parse::<Selector>().is_err());
        assert!(UnknownRule("headline".into()).to_string().contains("did you mean repeat/headline?"));
    }
}
