//! The user's rules as rules like all others.

use super::catalog::Rule;
use super::written::Written;

impl Written {
    /// The documentation of the rule; `None` if its id names no category. It stays in memory until the process ends, as
    /// that of the built-in rules does, so that findings and reports treat both alike.
    pub(crate) fn interned(&self) -> Option<&'static Rule> {
        Some(Box::leak(Box::new(Rule {
            id: kept(&self.id),
            category: self.category()?,
            title: kept(&self.title),
            why: kept(&self.why),
            problems: kept(&self.problems),
            certainty: self.certainty,
            place: self.place,
            scope: self.scope,
            matches: all_kept(&self.matches),
            spares: all_kept(&self.spares),
        })))
    }
}

/// A text that stays in memory until the process ends.
pub(crate) fn kept(text: &str) -> &'static str {
    Box::leak(text.into())
}

fn all_kept(texts: &[String]) -> &'static [&'static str] {
    Box::leak(texts.iter().map(|text| kept(text)).collect())
}
