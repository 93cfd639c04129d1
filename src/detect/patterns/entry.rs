//! Rules that have patterns: the built-in ones (`dictionaries/boilerplate`), as the build script read and checked them.

use super::prefilter::{Filter, LiteralPlace};
use crate::analysis::ViewLine;
use crate::rules::{On, RuleId};

include!(concat!(env!("OUT_DIR"), "/patterns.rs"));

/// A rule that has patterns.
pub(super) struct PatternEntry {
    pub on: On,
    pub patterns: &'static [WrittenPattern],
    /// What the key of a section's line must match; without it the line must look like a title.
    pub members: Option<&'static str>,
    /// What the key of the line matches up to which all lines belong to a section, if it is near.
    pub until: Option<&'static str>,
    /// What the key of the first line behind a section may match, beside what ends every section.
    pub ends: Option<&'static str>,
    /// Keys of lines that the rule spares although a pattern matches.
    pub unless: Option<&'static str>,
}

/// A pattern with what was found of it at build time.
pub(super) struct WrittenPattern {
    /// As it is written in the rule.
    pub text: &'static str,
    /// The regular expression: on a key its Han characters are folded too, so that a pattern may be written in either
    /// script.
    pub regex: &'static str,
    pub filter: Filter,
}

/// The form of a line that patterns are matched on.
pub(super) fn form<'l>(on: On, line: &'l ViewLine) -> &'l str {
    match on {
        On::Fold => line.words(),
        On::Text => line.text.trim(),
    }
}
