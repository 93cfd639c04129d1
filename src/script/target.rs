//! Targets: what a text should become.

use std::fmt;
use std::str::FromStr;

use super::identify::Script;
use super::region::{Region, RegionRow};

/// What the text should become.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Target {
    /// The article's own majority script.
    #[default]
    Auto,
    /// No conversion.
    Keep,
    /// Simplified Chinese.
    Hans,
    /// Traditional Chinese in OpenCC's standard forms.
    Hant,
    /// Traditional Chinese in Taiwan's forms.
    Tw,
    /// Traditional Chinese in Hong Kong's forms.
    Hk,
    /// Taiwan's forms and words.
    TwPhrases,
    /// Hong Kong's forms and words.
    HkPhrases,
}

/// A name that is no target.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no target named {0:?}; there are {names}", names = Target::NAMES.map(|(name, _)| name).join(", "))]
pub struct UnknownTarget(pub String);

impl Target {
    /// Every target with its name on the command line.
    pub const NAMES: [(&'static str, Target); 8] = [
        ("auto", Target::Auto),
        ("keep", Target::Keep),
        ("hans", Target::Hans),
        ("hant", Target::Hant),
        ("tw", Target::Tw),
        ("hk", Target::Hk),
        ("twp", Target::TwPhrases),
        ("hkp", Target::HkPhrases),
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, target)| *target == self).map_or("", |(name, _)| name)
    }

    /// The script of the converted text; `None` where the article decides or nothing is converted.
    pub fn script(self) -> Option<Script> {
        match self {
            Target::Auto | Target::Keep => None,
            Target::Hans => Some(Script::Hans),
            Target::Hant | Target::Tw | Target::Hk | Target::TwPhrases | Target::HkPhrases => {
                Some(Script::Hant)
            }
        }
    }

    /// The region whose forms are chosen by context and usage. OpenCC's own standard has none, because nobody writes
    /// it.
    pub(crate) fn region(self) -> Option<Region> {
        let is_of = |row: &RegionRow| [row.target, row.target_with_words].contains(&self);
        Region::ALL.into_iter().find(|region| is_of(region.row()))
    }

    /// Whether the target also replaces regional words.
    pub(crate) fn has_words(self) -> bool {
        self.region().is_some_and(|region| region.row().target_with_words == self)
    }
}

impl FromStr for Target {
    type Err = UnknownTarget;

    fn from_str(name: &str) -> Result<Self, UnknownTarget> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, target)| *target).ok_or_else(|| UnknownTarget(name.into()))
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_targets_agree() {
        for (name, target) in Target::NAMES {
            assert_eq!((name.parse(), target.to_string()), (Ok(target), name.to_owned()));
        }
        assert!("cn".parse::<Target>().unwrap_err().to_string().contains("twp"));
    }
}
