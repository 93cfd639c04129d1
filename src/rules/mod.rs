//! Rules: the named, documented reasons for the removal of a line. Every rule is data (`dictionaries`), even if code
//! finds the lines that it removes. The build script reads and checks all rules, and makes the catalog.
//!
//! ```
//! use qingwen::rules::{Category, Selector, rule};
//! assert_eq!(rule("share/bar").map(|rule| rule.category), Some(Category::Share));
//! assert_eq!("share/bar".parse(), Ok(Selector::Rule("share/bar")));
//! ```

mod attributes;
mod catalog;
#[cfg(test)]
mod compile;
mod guards;
mod intern;
mod selector;
mod written;

pub use attributes::{Category, Certainty, Place, Scope};
pub(crate) use catalog::RuleId;
pub use catalog::{Rule, rule, rules};
pub use guards::{Guard, guards};
pub(crate) use intern::kept;
pub use selector::{Selector, UnknownRule};
pub use written::RuleFault;
pub(crate) use written::{Finder, On, Written, read};
