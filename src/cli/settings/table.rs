//! The table of settings: the options that a configuration file and the environment may give. It says only what the
//! options themselves do not say. Help, values and defaults come from the options.

use std::ffi::OsString;
use std::path::Path;

/// An option that may be configured.
#[derive(Debug)]
pub(super) struct Setting {
    /// The long name of the option, which is the key in files.
    pub key: &'static str,
    pub kind: Kind,
    /// Whether a section by source may set it.
    pub in_sections: bool,
    /// It has no effect where one of these options is on the command line.
    pub yields_to: &'static [&'static str],
    /// It has no effect where this option is not given.
    pub needs: Option<&'static str>,
}

/// How a value is written in a file. All values are strings there, unless the kind says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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
        let are_paths = self.kind == Kind::Paths;
        values.iter().filter(move |_| are_paths).map(Path::new)
    }
}

impl Kind {
    /// Whether an option may have several values.
    pub fn is_list(self) -> bool {
        matches!(self, Kind::Texts | Kind::Names | Kind::Paths)
    }
}

/// The options that choose how exact conversion works. What concerns targets does not apply beside them.
const EXACT: &[&str] = &["config", "engine"];

const fn plain(key: &'static str, kind: Kind) -> Setting {
    Setting { key, kind, in_sections: false, yields_to: &[], needs: None }
}

const fn by_source(key: &'static str, kind: Kind) -> Setting {
    Setting { in_sections: true, ..plain(key, kind) }
}

const fn towards(key: &'static str, kind: Kind) -> Setting {
    Setting { yields_to: EXACT, ..plain(key, kind) }
}

/// All settings, in the order of the help.
pub(super) static SETTINGS: &[Setting] = &[
    plain("glob", Kind::Texts),
    plain("format", Kind::Text),
    plain("encoding", Kind::Text),
    plain("html", Kind::Text),
    plain("max-record", Kind::Text),
    plain("strict", Kind::Flag),
    plain("repair-mojibake", Kind::Flag),
    plain("text-field", Kind::Text),
    plain("id-field", Kind::Text),
    Setting { yields_to: &["title"], ..plain("title-field", Kind::Text) },
    plain("source-field", Kind::Text),
    plain("url-field", Kind::Text),
    plain("threads", Kind::Number),
    Setting { in_sections: true, ..towards("to", Kind::Text) },
    by_source("punctuation", Kind::Text),
    plain("entities", Kind::Text),
    plain("radicals", Kind::Text),
    by_source("profile", Kind::Text),
    by_source("remove", Kind::Names),
    by_source("keep", Kind::Names),
    by_source("certainty", Kind::Text),
    plain("keep-twin", Kind::Text),
    by_source("rules", Kind::Paths),
    by_source("keep-lines", Kind::Paths),
    by_source("remove-lines", Kind::Paths),
    plain("dict", Kind::Paths),
    towards("variants", Kind::Text),
    towards("usage", Kind::Paths),
    towards("regional-words", Kind::Text),
    towards("protect", Kind::Texts),
    towards("keep-quotes", Kind::Flag),
    plain("checkpoint", Kind::Text),
    plain("progress", Kind::Text),
    plain("metadata-field", Kind::Text),
    plain("output-encoding", Kind::Text),
    Setting { needs: Some("output-encoding"), ..plain("unencodable", Kind::Text) },
    Setting { yields_to: &["output-format"], ..plain("quiet", Kind::Flag) },
    plain("color", Kind::Text),
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
    (likeness(nearest) >= ALIKE).then_some(nearest)
}
