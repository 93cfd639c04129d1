//! The head of a journal: which run it is.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::super::fingerprint::Fingerprint;
use crate::io::ShownPath;

/// Version of the journal's form.
const VERSION: u32 = 1;

/// Arguments that may differ between a run and the one that goes on with it. They change nothing in the output.
const FREE: &[&str] = &["--resume", "--restart", "--quiet", "-q", "--verbose", "-v"];

/// What a run is. Another run cannot go on with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::cli) struct JournalHeader {
    version: u32,
    program: String,
    folder: PathBuf,
    arguments: Vec<String>,
    /// What it depends on besides.
    depends: Fingerprint,
    /// A hash of the inputs' names, lengths and times.
    pub inputs: String,
    /// The exceptions beside the inputs.
    pub exceptions: Fingerprint,
}

impl JournalHeader {
    /// This run.
    pub fn of_this_run(depends: Fingerprint, inputs: String, exceptions: Fingerprint) -> Self {
        let arguments = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
        let arguments = arguments.filter(|argument| !FREE.contains(&argument.as_str()));
        Self {
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            folder: std::env::current_dir().unwrap_or_default(),
            arguments: arguments.collect(),
            depends,
            inputs,
            exceptions,
        }
    }

    /// Why a run cannot go on with this one.
    pub fn difference(&self, now: &Self) -> Option<String> {
        let ran = || format!("it was: qingwen {}", self.arguments.join(" "));
        if (self.version, &self.program) != (now.version, &now.program) {
            return Some(format!("version {} of the program made it", self.program));
        }
        if self.folder != now.folder {
            return Some(format!("it was run in {}", self.folder.shown()));
        }
        if self.arguments != now.arguments {
            return Some(ran());
        }
        if let Some(difference) = self.depends.difference(&now.depends) {
            return Some(difference);
        }
        if self.inputs != now.inputs {
            return Some("the inputs have changed since".to_owned());
        }
        self.exceptions.difference(&now.exceptions)
    }
}
