//! The configuration file: where it is, and what it says.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::hints;
use super::origin::{Given, ValueOrigin};
use super::table::{SETTINGS, Setting, SettingKind, nearest, setting};
use crate::io::{Input, ShownPath};

/// The name of configuration files.
const NAME: &str = "qingwen.toml";
/// The key of the table with the sections.
const SECTIONS: &str = "source";

/// What a configuration file says.
#[derive(Debug)]
pub(super) struct ConfigFile {
    pub path: PathBuf,
    pub given: Vec<Given>,
    pub sections: Vec<Section>,
}

/// The settings for a source.
#[derive(Debug)]
pub(super) struct Section {
    /// The source: a name, a host, or a pattern of paths.
    pub source: String,
    /// The line of its heading, 1-based.
    pub line: usize,
    pub given: Vec<Given>,
}

/// The nearest configuration file, in a folder or above it. A link that leads to no file counts too: reading it is an error,
/// and without one nobody would know that the settings do not hold.
pub(super) fn find(folder: &Path) -> Option<PathBuf> {
    let folder = folder.canonicalize().ok()?;
    let is_named = |path: &PathBuf| path.is_file() || path.is_symlink();
    folder.ancestors().map(|folder| folder.join(NAME)).find(is_named).map(shortened)
}

/// A path as a user would write it: relative to the working folder if it is below it.
fn shortened(path: PathBuf) -> PathBuf {
    let working = std::env::current_dir().and_then(|folder| folder.canonicalize());
    let relative = working.ok().and_then(|working| Some(path.strip_prefix(working).ok()?.to_owned()));
    relative.unwrap_or(path)
}

impl ConfigFile {
    /// Reads a configuration file.
    ///
    /// # Errors
    /// If it cannot be read, if it is not TOML, and if it has a key or a kind of value that is not known. The error names
    /// file and line.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = Input::File(path.to_owned()).read_text()?;
        let table = DeTable::parse(&text).with_context(|| path.shown())?;
        let reader = TomlReader { path, text: &text };
        let (mut given, mut sections) = (Vec::new(), Vec::new());
        for (key, value) in table.get_ref() {
            match value.get_ref() {
                DeValue::Table(table) if key.get_ref() == SECTIONS => sections = reader.sections(table)?,
                _ if key.get_ref() == SECTIONS => return Err(reader.no_section(key)),
                _ => given.push(reader.given(key, value, |_| true)?),
            }
        }
        Ok(Self { path: path.to_owned(), given, sections })
    }

    /// The folder of the file.
    pub fn folder(&self) -> &Path {
        folder(&self.path)
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

type TomlKey<'t> = Spanned<std::borrow::Cow<'t, str>>;
type TomlValue<'t> = Spanned<DeValue<'t>>;

/// Reads the parts of a file.
struct TomlReader<'t> {
    path: &'t Path,
    text: &'t str,
}

impl TomlReader<'_> {
    fn line<T>(&self, part: &Spanned<T>) -> usize {
        let before = self.text.get(..part.span().start).unwrap_or_default();
        1 + before.bytes().filter(|byte| *byte == b'\n').count()
    }

    /// Where a key stands, for messages.
    fn place(&self, key: &TomlKey) -> String {
        format!("{}:{}: {}", self.path.shown(), self.line(key), key.get_ref())
    }

    fn no_section(&self, key: &TomlKey) -> anyhow::Error {
        anyhow!("{}: a section [source.\"…\"] is expected", self.place(key))
    }

    fn sections(&self, table: &DeTable) -> anyhow::Result<Vec<Section>> {
        let mut sections = Vec::new();
        for (source, value) in table {
            let DeValue::Table(content) = value.get_ref() else {
                return Err(self.no_section(source));
            };
            let given =
                content.iter().map(|(key, value)| self.given(key, value, |setting| setting.in_sections));
            let given = given.collect::<anyhow::Result<_>>()?;
            sections.push(Section { source: source.get_ref().to_string(), line: self.line(source), given });
        }
        Ok(sections)
    }

    fn given(&self, key: &TomlKey, value: &TomlValue, fits: fn(&Setting) -> bool) -> anyhow::Result<Given> {
        let known = setting(key.get_ref())
            .ok_or_else(|| anyhow!("{}: no such setting{}", self.place(key), meant(key, fits)))?;
        if !fits(known) {
            bail!("{}: a section cannot set this", self.place(key));
        }
        let values = self.values(known, value).map_err(|reason| anyhow!("{}: {reason}", self.place(key)))?;
        Ok(Given { setting: known, values, origin: ValueOrigin::Line(self.path.to_owned(), self.line(key)) })
    }

    fn values(&self, setting: &Setting, value: &TomlValue) -> Result<Vec<OsString>, &'static str> {
        let texts = |value: &DeValue| match value {
            DeValue::Array(values) => values
                .iter()
                .map(|value| value.get_ref().as_str())
                .map(|text| Some(text?.to_owned()))
                .collect(),
            value => Some(vec![value.as_str()?.to_owned()]),
        };
        let value = value.get_ref();
        match setting.kind {
            SettingKind::Flag => {
                value.as_bool().map(|flag| vec![flag.to_string().into()]).ok_or("true or false is expected")
            }
            SettingKind::Number => match value {
                DeValue::Integer(number) => Ok(vec![number.to_string().into()]),
                _ => Err("a number is expected"),
            },
            SettingKind::Text => {
                value.as_str().map(|text| vec![text.into()]).ok_or("a text in quotation marks is expected")
            }
            SettingKind::Texts | SettingKind::Names => texts(value)
                .map(|texts: Vec<String>| texts.into_iter().map(OsString::from).collect())
                .ok_or("a list of texts is expected"),
            SettingKind::Paths => texts(value)
                .map(|paths: Vec<String>| paths.iter().map(|path| self.resolved(path)).collect())
                .ok_or("a list of paths is expected"),
        }
    }

    /// A path as the working folder sees it.
    fn resolved(&self, path: &str) -> OsString {
        match folder(self.path) {
            here if here == Path::new(".") => path.into(),
            folder => folder.join(path).into(),
        }
    }
}

/// The key that is probably meant.
fn meant(key: &TomlKey, fits: fn(&Setting) -> bool) -> String {
    let keys = SETTINGS.iter().filter(|setting| fits(setting)).map(|setting| setting.key);
    let nearest = nearest(key.get_ref(), keys.chain([SECTIONS])).map(|key| format!("; did you mean {key}?"));
    let hint = || hints::option(&format!("--{}", key.get_ref())).map(|hint| format!("; {hint}"));
    nearest.or_else(hint).unwrap_or_default()
}
