//! Folders with rules that the user wrote.

use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use crate::clean::RulePack;
use crate::io::{Input, ShownPath};

/// The rules in the files `*.toml` of some folders, as one pack.
///
/// # Errors
/// If a folder cannot be read or has no such file, or if a rule is wrong.
pub(super) fn read(folders: &[PathBuf]) -> anyhow::Result<RulePack> {
    let mut files = Vec::new();
    for folder in folders {
        for path in rule_files(folder)? {
            let text = Input::File(path.clone()).read_text()?;
            files.push((path.shown(), text));
        }
    }
    Ok(RulePack::read(files.iter().map(|(name, text)| (name.as_str(), text.as_str())))?)
}

/// The files with rules in a folder, by name.
///
/// # Errors
/// If the folder cannot be read or has no such file.
pub(super) fn rule_files(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let named = || folder.shown();
    let mut files = Vec::new();
    for entry in folder.read_dir().with_context(named)? {
        let path = entry.with_context(named)?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
    ensure!(!files.is_empty(), "{}: has no rules: no file in it ends in .toml", folder.shown());
    files.sort();
    Ok(files)
}
