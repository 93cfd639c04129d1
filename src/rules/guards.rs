//! The manual pages of the guards.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The documentation of a guard: a named reason to keep a line, in most cases one that repeats another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Guard {
    /// Its name, such as `verse`.
    pub name: String,
    /// The lines that it protects, in a few words.
    pub title: String,
    /// Why such lines repeat.
    pub why: String,
    /// The known errors of the guard.
    pub problems: String,
    /// Lines that are kept although they occur twice.
    pub guarded: Vec<String>,
    /// Lines that it does not protect.
    pub unguarded: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pages {
    guard: Vec<Guard>,
}

const PAGES: &str = include_str!("../../dictionaries/repeat/guards.toml");

static GUARDS: LazyLock<Vec<Guard>> =
    LazyLock::new(|| toml::from_str::<Pages>(PAGES).map(|pages| pages.guard).unwrap_or_default());

/// All guards of the rules `repeat/…`.
///
/// ```
/// assert!(qingwen::rules::guards().iter().any(|guard| guard.name == "verse"));
/// ```
pub fn guards() -> &'static [Guard] {
    &GUARDS
}
