//! The table of settings: the options that a configuration file and the environment may give. It says only what the
//! options themselves do not say. Help, values and defaults come from the options.

use std::ffi::OsString;
use std::path::Path;

/// An option that may be configured.
#[derive(Debug)]
pub(super) struct Setting {
    /// The long name of the option, which is the key in files.
    pub key: &'static str,
    pub kind: SettingKind,
    /// Whether a section by source may set it.
    pub in_sections: bool,
    /// It has no effect where one of these options is on the command line.
    pub yields_to: &'static [&'static str],
    /// It has no effect where this option is not given.
    pub needs: Option<&'static str>,
}

/// How a value is written in a file. All values are strings there, unless the kind says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SettingKind {
    /// `true` or `false`.
    Flag,
    /// A number.
    Number,
    /// One text.
    Text,
    /// A list of texts. In the environment it is a single one.
    Texts,
    /// A list of names. In the environment commas separate them.
    Names,
    /// A list of paths, relative to the file. In the environment they are separated as in `PATH`.
    Paths,
}

/// Settings that change nothing in the results.
const FREE: &[&str] = &["threads", "progress", "quiet", "color"];

impl Setting {
    /// Whether the results depend on it.
    pub fn changes_results(&self) -> bool {
        !FREE.contains(&self.key)
    }

    /// The paths among its values.
    pub fn paths<'v>(&self, values: &'v [OsString]) -> impl Iterator<Item = &'v Path> {
        let are_paths = self.kind == SettingKind::Paths;
        values.iter().filter(move |_| are_paths).map(Path::new)
    }
}

impl SettingKind {
    /// Whether an option may have several values.
    pub fn is_list(self) -> bool {
        matches!(self, SettingKind::Texts | SettingKind::Names | SettingKind::Paths)
    }
}

/// The options that choose how exact conversion works. What concerns targets does not apply beside them.
const EXACT: &[&str] = &["config", "engine"];

const fn plain(key: &'static str, kind: SettingKind) -> Setting {
    Setting { key, kind, in_sections: false, yields_to: &[], needs: None }
}

const fn by_source(key: &'static str, kind: SettingKind) -> Setting {
    Setting { in_sections: true, ..plain(key, kind) }
}

const fn towards(key: &'static str, kind: SettingKind) -> Setting {
    Setting { yields_to: EXACT, ..plain(key, kind) }
}

/// All settings, in the order of the help.
pub(super) static SETTINGS: &[Setting] = &[
    plain("glob", SettingKind::Texts),
    plain("format", SettingKind::Text),
    plain("encoding", SettingKind::Text),
    plain("html", SettingKind::Text),
    plain("max-record", SettingKind::Text),
    plain("strict", SettingKind::Flag),
    plain("repair-mojibake", SettingKind::Flag),
    plain("text-field", SettingKind::Text),
    plain("id-field", SettingKind::Text),
    Setting { yields_to: &["title"], ..plain("title-field", SettingKind::Text) },
    plain("source-field", SettingKind::Text),
    plain("url-field", SettingKind::Text),
    plain("threads", SettingKind::Number),
    Setting { in_sections: true, ..towards("to", SettingKind::Text) },
    by_source("punctuation", SettingKind::Text),
    plain("entities", SettingKind::Text),
    plain("radicals", SettingKind::Text),
    by_source("profile", SettingKind::Text),
    by_source("remove", SettingKind::Names),
    by_source("keep", SettingKind::Names),
    by_source("certainty", SettingKind::Text),
    plain("keep-twin", SettingKind::Text),
    by_source("rules", SettingKind::Paths),
    by_source("keep-lines", SettingKind::Paths),
    by_source("remove-lines", SettingKind::Paths),
    by_source("corpus-model", SettingKind::Paths),
    plain("dict", SettingKind::Paths),
    towards("variants", SettingKind::Text),
    towards("usage", SettingKind::Paths),
    towards("regional-words", SettingKind::Text),
    towards("protect", SettingKind::Texts),
    towards("keep-quotes", SettingKind::Flag),
    plain("checkpoint", SettingKind::Text),
    plain("progress", SettingKind::Text),
    plain("metadata-field", SettingKind::Text),
    plain("output-encoding", SettingKind::Text),
    Setting { needs: Some("output-encoding"), ..plain("unencodable", SettingKind::Text) },
    Setting { yields_to: &["output-format"], ..plain("quiet", SettingKind::Flag) },
    plain("color", SettingKind::Text),
];

/// Minimum normalised edit similarity of two keys for a suggestion.
const ALIKE: f64 = 0.7;

/// The setting with a key.
pub(super) fn setting(key: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.key == key)
}

/// The most similar of some keys, if it is similar enough.
pub(super) fn nearest<'k>(key: &str, keys: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let likeness = |known: &str| strsim::normalized_damerau_levenshtein(known, key);
    let nearest = keys.max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
    // In a short key, one wrong character is much.
    let is_near = likeness(nearest) >= ALIKE || strsim::damerau_levenshtein(nearest, key) == 1;
    is_near.then_some(nearest)
}
