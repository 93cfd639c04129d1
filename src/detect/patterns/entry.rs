//! Rules that have patterns: the built-in ones (`dictionaries/boilerplate`), as the build script read and
//! checked them.

use super::prefilter::{Filter, LiteralPlace};
use crate::analysis::ViewLine;
use crate::rules::{On, RuleId};

include!(concat!(env!("OUT_DIR"), "/patterns.rs"));

/// A rule that has patterns.
pub(super) struct PatternEntry {
    pub on: On,
    pub patterns: &'static [WrittenPattern],
    /// The pattern that the key of each line of a section must match. Without it, the line must look like a
    /// title.
    pub members: Option<&'static str>,
    /// The pattern of a key. If a line nearby matches it, all lines up to that line belong to the section.
    pub until: Option<&'static str>,
    /// The pattern of a key. A line that matches it ends the section, as do the lines that end every section.
    pub ends: Option<&'static str>,
    /// The pattern of a key. The rule leaves a line that matches it alone, although another pattern matches.
    pub unless: Option<&'static str>,
}

/// A pattern with the facts that the build script found about it.
pub(super) struct WrittenPattern {
    /// The pattern as the rule has it.
    pub text: &'static str,
    /// The regular expression: on a key its Han characters are folded too, so that a pattern may be written
    /// in either script.
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
