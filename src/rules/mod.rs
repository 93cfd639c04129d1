//! Rules: the named, documented reasons for which a line is removed. A rule is data (`dictionaries`), also where code
//! finds what it removes. The build script reads and checks all of it, and makes the catalog.

mod attributes;
mod catalog;
#[cfg(test)]
mod compile;
mod selector;

pub use attributes::{Category, Certainty, Place, Scope};
pub(crate) use catalog::RuleId;
pub use catalog::{Rule, rule, rules};
pub use selector::{Selector, UnknownRule};
