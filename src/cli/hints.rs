//! Hints for names that the command does not have, but that users of other programs know.

use std::collections::BTreeMap;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use serde::Deserialize;

const HINTS: &str = include_str!("../../dictionaries/command/hints.toml");

/// The hints by what is named.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Hints {
    option: BTreeMap<String, String>,
    repeated: BTreeMap<String, String>,
    target: BTreeMap<String, String>,
    subject: BTreeMap<String, String>,
}

fn hints() -> Hints {
    toml::from_str(HINTS).unwrap_or_default()
}

/// A name in the form of the table.
fn normal(name: &str) -> String {
    name.to_lowercase().replace('_', "-")
}

/// What is meant by a name that is no target.
pub(super) fn target(name: &str) -> Option<String> {
    hints().target.remove(&normal(name))
}

/// What there is instead of an option.
pub(super) fn option(name: &str) -> Option<String> {
    hints().option.remove(name)
}

/// What there is instead of giving an option twice.
fn repeated(name: &str) -> Option<String> {
    hints().repeated.remove(name)
}

/// What there is instead of a subject of `explain`.
pub(super) fn subject(name: &str) -> Option<String> {
    hints().subject.remove(&normal(name))
}

/// The same error, with a hint if it is about an option that has one.
pub(super) fn with_hint(mut error: clap::Error) -> clap::Error {
    let Some(ContextValue::String(invalid)) = error.get(ContextKind::InvalidArg) else { return error };
    let name = invalid.split(['=', ' ']).next().unwrap_or_default();
    let is_repeated = error.get(ContextKind::PriorArg) == error.get(ContextKind::InvalidArg);
    let hint = match error.kind() {
        ErrorKind::UnknownArgument => option(name),
        ErrorKind::ArgumentConflict if is_repeated => repeated(name),
        _ => None,
    };
    if let Some(hint) = hint {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![hint.into()]));
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_valid() {
        let hints: Hints = toml::from_str(HINTS).unwrap();
        for name in hints.target.keys().chain(hints.subject.keys()) {
            assert_eq!(&normal(name), name);
        }
    }
}
