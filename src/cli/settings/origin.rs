//! Where the value of a setting was given.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;

use super::table::Setting;
use crate::io::ShownPath;

/// A value that a file or the environment gives.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub setting: &'static Setting,
    /// The values as they are written on a command line; one if the setting is no list.
    pub values: Vec<OsString>,
    pub origin: ValueOrigin,
}

/// The place of a value.
#[derive(Debug, Clone)]
pub(super) enum ValueOrigin {
    /// A line of a file, by its 1-based number.
    Line(PathBuf, usize),
    /// A variable of the environment.
    Variable(String),
}

impl fmt::Display for ValueOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ValueOrigin::Line(path, line) => write!(f, "{}:{line}", path.shown()),
            ValueOrigin::Variable(name) => f.write_str(name),
        }
    }
}
