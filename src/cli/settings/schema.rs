//! The JSON schema of configuration files, for editors. `UPDATE=1 cargo test --lib schema` writes it from the table of
//! settings and the options into `docs/qingwen.schema.json`.

use clap::{Command, CommandFactory};
use serde_json::{Map, Value, json};

use super::super::args::Cli;
use super::layers::option;
use super::table::{SETTINGS, Setting, SettingKind};

/// The schema, with the help and the values of the options.
fn schema() -> Value {
    let command = Cli::command();
    let sections = properties(&command, SETTINGS.iter().filter(|setting| setting.in_sections));
    let mut all = properties(&command, SETTINGS.iter());
    let section = json!({ "type": "object", "properties": sections, "additionalProperties": false });
    all.insert(
        "source".into(),
        json!({
            "description": "Settings for a source: a name in --source-field, the host of an address in --url-field, or a pattern of paths",
            "type": "object",
            "additionalProperties": section,
        }),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "qingwen.toml",
        "description": "The configuration of qingwen",
        "type": "object",
        "properties": all,
        "additionalProperties": false,
    })
}

fn properties(command: &Command, settings: impl Iterator<Item = &'static Setting>) -> Map<String, Value> {
    settings.map(|setting| (setting.key.to_owned(), property(command, setting))).collect()
}

fn property(command: &Command, setting: &Setting) -> Value {
    let option = command.get_subcommands().find_map(|command| option(command, setting.key));
    let help = option.and_then(|option| option.get_help()).map(ToString::to_string);
    let values: Vec<String> = option.map_or(Vec::new(), |option| {
        option.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect()
    });
    let mut one = match setting.kind {
        SettingKind::Flag => json!({ "type": "boolean" }),
        SettingKind::Number => json!({ "type": "integer", "minimum": 1 }),
        SettingKind::Text | SettingKind::Texts | SettingKind::Names | SettingKind::Paths => {
            json!({ "type": "string" })
        }
    };
    if setting.kind == SettingKind::Text && !values.is_empty() {
        one["enum"] = json!(values);
    }
    let mut property =
        if setting.kind.is_list() { json!({ "type": ["array", "string"], "items": one }) } else { one };
    property["description"] = json!(help.unwrap_or_default());
    property
}

#[test]
fn the_schema_is_in_step_with_the_settings() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/qingwen.schema.json");
    let schema = serde_json::to_string_pretty(&schema()).expect("JSON") + "\n";
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &schema).expect("docs/qingwen.schema.json is written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == schema, "docs/qingwen.schema.json is not in step: UPDATE=1 cargo test --lib schema");
}

/// Each setting is an option of a command, and is written as the option takes it.
#[test]
fn every_setting_is_an_option() {
    let command = Cli::command();
    for setting in SETTINGS {
        let option = command.get_subcommands().find_map(|command| option(command, setting.key));
        let option = option.unwrap_or_else(|| panic!("no option --{}", setting.key));
        let action = option.get_action();
        assert_eq!(
            matches!(action, clap::ArgAction::SetTrue),
            setting.kind == SettingKind::Flag,
            "{}",
            setting.key
        );
        assert_eq!(matches!(action, clap::ArgAction::Append), setting.kind.is_list(), "{}", setting.key);
        assert_eq!(
            option.get_value_delimiter().is_some(),
            setting.kind == SettingKind::Names,
            "{}",
            setting.key
        );
    }
}
