//! Inputs for a run that reads them several times.

use std::io;
use std::path::Path;

use anyhow::{Context, ensure};
use tempfile::NamedTempFile;

use super::super::interrupt;
use super::plan::RunPlan;
use super::tell_if_it_waits;
use crate::io::Input;

/// Copies standard input to a temporary file in a folder, if it is an input, so that it can be read several times. The file
/// goes when the value is dropped.
///
/// # Errors
/// If standard input cannot be read, the file cannot be written, or another input is a pipe or a device.
pub(in crate::cli) fn copy_standard_input(
    plan: &mut RunPlan,
    folder: Option<&Path>,
) -> anyhow::Result<Option<NamedTempFile>> {
    for selected in &plan.inputs {
        let is_special = selected.input.path().is_some_and(|path| path.exists() && !path.is_file());
        ensure!(
            !is_special,
            "{}: is no regular file and cannot be read twice; give it as standard input",
            selected.input
        );
    }
    if plan.inputs.iter().all(|selected| selected.input != Input::Standard) {
        return Ok(None);
    }
    interrupt::listen();
    interrupt::waits_for_input(true);
    tell_if_it_waits(plan);
    let copy = copied(folder).context("standard input cannot be copied to a temporary file")?;
    let standard = plan.inputs.iter_mut().filter(|selected| selected.input == Input::Standard);
    standard.for_each(|selected| selected.input = Input::Copy(copy.path().to_owned()));
    Ok(Some(copy))
}

/// A file with all of standard input.
fn copied(folder: Option<&Path>) -> io::Result<NamedTempFile> {
    let mut copy = folder.map_or_else(NamedTempFile::new, NamedTempFile::new_in)?;
    io::copy(&mut io::stdin().lock(), &mut copy)?;
    Ok(copy)
}
