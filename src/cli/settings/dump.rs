//! `--dump-config`: the effective configuration, with where each value comes from.

use std::ffi::OsString;

use toml::Value;

use super::file::Section;
use super::layers::{Effective, Layers, Level};
use super::table::{Setting, SettingKind};

/// The configuration as TOML. A comment behind each value names its origin.
pub(super) fn dump(layers: &Layers, sections: &[Section]) -> String {
    let mut text: String = layers.0.iter().map(row).collect();
    for section in sections {
        let heading = Value::from(section.source.as_str());
        text += &format!("\n[source.{heading}]\n");
        text.extend(section.given.iter().map(|given| {
            let value = value(given.setting, &given.values);
            format!("{} = {value}  # {}\n", given.setting.key, given.origin)
        }));
    }
    text
}

fn row(effective: &Effective) -> String {
    let key = effective.setting.key;
    match &effective.level {
        Level::Default if effective.setting.kind == SettingKind::Flag => {
            format!("{key} = false  # default\n")
        }
        Level::Default if effective.values.is_empty() => format!("# {key} is not set\n"),
        Level::Default => format!("{key} = {}  # default\n", value(effective.setting, &effective.values)),
        Level::Configured(origin) => {
            format!("{key} = {}  # {origin}\n", value(effective.setting, &effective.values))
        }
        Level::Typed => format!("{key} = {}  # command line\n", value(effective.setting, &effective.values)),
    }
}

/// A value as TOML.
pub(super) fn value(setting: &Setting, values: &[OsString]) -> String {
    let texts = values.iter().map(|value| value.to_string_lossy().into_owned());
    match setting.kind {
        kind if kind.is_list() => Value::from(texts.collect::<Vec<_>>()).to_string(),
        SettingKind::Flag | SettingKind::Number => texts.collect(),
        _ => Value::from(texts.collect::<String>()).to_string(),
    }
}
