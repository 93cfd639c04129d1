//! Names in reports that are not rules.

use serde::Deserialize;

const NAMES: &str = include_str!("../../dictionaries/report/names.toml");

/// The names of a file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    name: Vec<Name>,
}

/// The meaning of a name in reports.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Name {
    /// The name.
    pub name: String,
    /// Its meaning.
    pub text: String,
}

/// All names.
///
/// # Errors
/// If the table in `dictionaries` is not valid.
pub(crate) fn names() -> Result<Vec<Name>, toml::de::Error> {
    toml::from_str::<Names>(NAMES).map(|names| names.name)
}
