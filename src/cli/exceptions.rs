//! The exceptions of inputs: finds, reads and writes the `.qingwen-keep` beside a file.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow};

use super::keep_file::{KeepFile, NAME};
use crate::clean::Exceptions;
use crate::io::{Input, ShownPath, existing_text, replace_file};

/// The exceptions of inputs. A folder's file is read once.
#[derive(Default)]
pub(super) struct ExceptionFiles {
    /// By folder, the exceptions of each file.
    folders: HashMap<PathBuf, HashMap<String, Arc<Exceptions>>>,
}

impl ExceptionFiles {
    /// The exceptions of an input. Standard input has none.
    ///
    /// # Errors
    /// If they cannot be read. The error names the file, and the row that has not the form.
    pub fn of(&mut self, input: &Input) -> anyhow::Result<Arc<Exceptions>> {
        let Input::File(path) = input else { return Ok(Arc::default()) };
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { return Ok(Arc::default()) };
        let folder = path.parent().unwrap_or(Path::new(""));
        if !self.folders.contains_key(folder) {
            let exceptions = read(&folder.join(NAME))?.map(|file| file.exceptions());
            self.folders.insert(folder.to_owned(), exceptions.unwrap_or_default());
        }
        Ok(self.folders.get(folder).and_then(|files| files.get(name)).cloned().unwrap_or_default())
    }
}

/// The file that may have exceptions for an input.
pub(super) fn keep_file_of(input: &Input) -> Option<PathBuf> {
    input.path().map(|path| path.with_file_name(NAME))
}

/// Adds exceptions for lines of a file. Whether any was not there.
///
/// # Errors
/// If the exceptions cannot be read or written, and if the file's name has no form in them.
pub(super) fn keep_lines(path: &Path, lines: &[String]) -> anyhow::Result<bool> {
    change(path, |file, name| file.keep_lines(name, lines))
}

/// Adds an exception for all lines of a file. Whether it was not there.
///
/// # Errors
/// Those of [`keep_lines`].
pub(super) fn keep_file(path: &Path) -> anyhow::Result<bool> {
    change(path, KeepFile::keep_file)
}

/// Changes the exceptions beside a file, if there is something to change. Whether there was.
fn change(path: &Path, change: impl FnOnce(&mut KeepFile, &str) -> bool) -> anyhow::Result<bool> {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.filter(|name| !name.contains(['\t', '\n', '\r'])).ok_or_else(|| {
        anyhow!("a name with tabs, ends of lines or bytes that are not UTF-8 has no row in {NAME}")
    })?;
    let place = path.with_file_name(NAME);
    let mut file = read(&place)?.unwrap_or_default();
    let is_new = change(&mut file, name);
    if is_new {
        let written = replace_file(&place, file.to_string().as_bytes());
        written.with_context(|| format!("{}: cannot be written", place.shown()))?;
    }
    Ok(is_new)
}

/// The exceptions in a file, if there is one.
fn read(path: &Path) -> anyhow::Result<Option<KeepFile>> {
    let Some(text) = existing_text(path)? else { return Ok(None) };
    KeepFile::parse(&text).map(Some).map_err(|fault| anyhow!("{}:{fault}", path.shown()))
}
