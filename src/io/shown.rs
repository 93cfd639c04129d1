//! Paths in messages.

use std::path::Path;

/// The form of a path in messages.
pub(crate) trait ShownPath {
    /// The path on one line. A name may hold a line break, behind which it could pretend to be another message, such as
    /// a command to the service that shows it.
    fn shown(&self) -> String;
}

impl ShownPath for Path {
    fn shown(&self) -> String {
        self.display().to_string().replace('\n', "\u{240A}")
    }
}
