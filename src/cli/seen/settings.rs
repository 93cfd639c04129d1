//! What must be the same in every run that uses an index, because otherwise its articles cannot be compared with others.

use anyhow::{bail, ensure};
use redb::{ReadableTable, TableDefinition, WriteTransaction};

use super::super::args::DedupArgs;
use crate::clean::FOLD_VERSION;
use crate::corpus::{Signature, Thresholds};

/// The settings by name.
const SETTINGS: TableDefinition<&str, &str> = TableDefinition::new("settings");

/// The version of the tables.
const FORM: u32 = 1;

/// The settings of an index.
pub(in crate::cli) struct IndexSettings([IndexSetting; 5]);

/// A setting, and what is told if the index has another value.
struct IndexSetting {
    name: &'static str,
    value: String,
    advice: fn(&str) -> String,
}

impl IndexSettings {
    /// Those of a run.
    pub fn of(args: &DedupArgs) -> Self {
        let Thresholds { similarity, containment } = args.comparison.thresholds();
        let setting = |name, value, advice| IndexSetting { name, value, advice };
        Self([
            setting("form", FORM.to_string(), another_version),
            setting("keys", format!("{FOLD_VERSION}.{}", Signature::VERSION), another_version),
            setting("similarity", similarity.to_string(), |value| with(&format!("--similarity {value}"))),
            setting("containment", containment.to_string(), |value| with(&format!("--containment {value}"))),
            setting("cleaned", args.cleaned.to_string(), |value| {
                if value == "true" { with("--cleaned") } else { "was made without --cleaned".to_owned() }
            }),
        ])
    }

    /// Writes the settings into a new index, or makes sure that the index has them.
    pub(super) fn hold_for(&self, adding: &WriteTransaction, is_new: bool) -> anyhow::Result<()> {
        let mut table = adding.open_table(SETTINGS)?;
        for IndexSetting { name, value, advice } in &self.0 {
            if is_new {
                table.insert(*name, value.as_str())?;
                continue;
            }
            let Some(found) = table.get(*name)? else { bail!("is damaged: it does not say its {name}") };
            ensure!(found.value() == value, "{}; use the same, or begin a new index", advice(found.value()));
        }
        Ok(())
    }
}

fn with(option: &str) -> String {
    format!("was made with {option}")
}

fn another_version(version: &str) -> String {
    format!("was made by another version of the program ({version})")
}
