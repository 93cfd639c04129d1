//! Identifies the script of a text by the characters that occur in only one script.

mod clause;
mod identification;
mod region;
mod words;

use serde::Serialize;

pub(crate) use clause::{Clause, ClauseTally, clauses, counted, is_japanese, is_path, tally, tally_with};
pub use identification::{Identification, Variety, Verdict};
pub(crate) use region::{Leaning, RegionalForms};

/// A script of written Chinese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Script {
    /// Simplified Chinese.
    Hans,
    /// Traditional Chinese.
    Hant,
}

impl Script {
    /// Both scripts.
    pub const ALL: [Script; 2] = [Script::Hans, Script::Hant];

    /// The name in reports and tables: `hans` or `hant`.
    ///
    /// ```
    /// use qingwen::identify::Script;
    /// assert!(Script::ALL.into_iter().all(|script| Script::named(script.name()) == Some(script)));
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Script::Hans => "hans",
            Script::Hant => "hant",
        }
    }

    /// The script with a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|script| script.name() == name)
    }
}

/// The number of characters of a text that decide for each script.
///
/// Most characters occur in both scripts and decide nothing.
///
/// ```
/// use qingwen::identify::{Script, ScriptCount};
/// let count = ScriptCount::of("围观，来看");
/// assert_eq!((count.hans, count.hant), (3, 0));
/// assert_eq!(count.majority(), Some(Script::Hans));
/// assert_eq!(ScriptCount::of("山水").majority(), None);
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ScriptCount {
    /// Characters that occur only in Simplified text.
    pub hans: usize,
    /// Characters that occur only in Traditional text.
    pub hant: usize,
}

impl ScriptCount {
    /// Counts the deciding characters of a text.
    pub fn of(text: &str) -> Self {
        tally(text).count
    }

    /// The counts of both texts together.
    pub fn plus(self, other: Self) -> Self {
        Self { hans: self.hans + other.hans, hant: self.hant + other.hant }
    }

    /// The counts of a text without a part of it.
    pub fn minus(self, part: Self) -> Self {
        Self { hans: self.hans.saturating_sub(part.hans), hant: self.hant.saturating_sub(part.hant) }
    }

    /// The script with more deciding characters; `None` if the numbers are equal, also if both are 0.
    pub fn majority(self) -> Option<Script> {
        match self.hans.cmp(&self.hant) {
            std::cmp::Ordering::Greater => Some(Script::Hans),
            std::cmp::Ordering::Less => Some(Script::Hant),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// The number of deciding characters of one script.
    pub fn in_script(self, script: Script) -> usize {
        match script {
            Script::Hans => self.hans,
            Script::Hant => self.hant,
        }
    }
}
