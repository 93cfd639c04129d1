//! Settings in the environment: `QINGWEN_TEXT_FIELD` is `text-field`.

use std::ffi::{OsStr, OsString};

use anyhow::{anyhow, bail, ensure};

use super::origin::{Given, ValueOrigin};
use super::table::{SETTINGS, Setting, SettingKind, nearest, setting};

/// What all names of variables start with.
const PREFIX: &str = "QINGWEN_";
/// The variable with the path of the configuration file.
const FILE: &str = "QINGWEN_CONFIG";

/// The configuration file that the environment names.
pub(super) fn file() -> Option<OsString> {
    std::env::var_os(FILE).filter(|path| !path.is_empty())
}

/// Refuses variables that look like settings and are none, because they may be misspelt.
///
/// # Errors
/// The error names the variable.
pub(super) fn refuse_unknown() -> anyhow::Result<()> {
    for name in std::env::vars_os().filter_map(|(name, _)| name.into_string().ok()) {
        let Some(rest) = name.strip_prefix(PREFIX) else { continue };
        let key = rest.to_lowercase().replace('_', "-");
        let meant = nearest(&key, SETTINGS.iter().map(|setting| setting.key));
        let meant = meant.map_or(String::new(), |key| format!("; did you mean {}?", variable(key)));
        ensure!(name == FILE || setting(&key).is_some(), "{name}: no such setting{meant}");
    }
    Ok(())
}

/// The name of the variable for a key.
fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('-', "_").to_uppercase())
}

/// The value of a setting in the environment. An empty variable gives none.
///
/// # Errors
/// A value that does not have the form of the setting.
pub(super) fn given(setting: &'static Setting) -> anyhow::Result<Option<Given>> {
    let name = variable(setting.key);
    let Some(value) = std::env::var_os(&name).filter(|value| !value.is_empty()) else { return Ok(None) };
    let values = values(setting.kind, &value).map_err(|reason| anyhow!("{name}: {reason}"))?;
    Ok(Some(Given { setting, values, origin: ValueOrigin::Variable(name) }))
}

fn values(kind: SettingKind, value: &OsStr) -> anyhow::Result<Vec<OsString>> {
    let text = value.to_str();
    Ok(match (kind, text) {
        (SettingKind::Paths, _) => std::env::split_paths(value).map(OsString::from).collect(),
        (_, None) => bail!("its value is not UTF-8"),
        (SettingKind::Flag, Some("true" | "false")) => vec![value.to_owned()],
        (SettingKind::Flag, _) => bail!("its value must be true or false"),
        (SettingKind::Names, Some(text)) => text.split(',').map(|name| name.trim().into()).collect(),
        (SettingKind::Number | SettingKind::Text | SettingKind::Texts, _) => vec![value.to_owned()],
    })
}
