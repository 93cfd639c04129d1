//! The destination of the articles' results.

use std::borrow::Cow;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::args::OutputArgs;
use crate::io::{Compression, Input, Output, Packed, back_up, replace_file};

/// The destination of the results, before anything is opened.
pub(super) enum Destination {
    /// Results are not wanted.
    Nowhere,
    /// All results go to standard output.
    Standard,
    /// All results go to a file.
    File(PathBuf),
    /// Each file is replaced by its result.
    InPlace {
        /// The suffix of the backup, if one is made.
        backup: Option<String>,
    },
}

impl Destination {
    /// The destination that the arguments name.
    pub fn of(args: &OutputArgs) -> Self {
        match &args.output {
            _ if args.in_place => Destination::InPlace { backup: args.backup.clone() },
            Some(path) if path != Path::new("-") => Destination::File(path.clone()),
            _ => Destination::Standard,
        }
    }

    /// Whether files are replaced by their results.
    pub fn is_in_place(&self) -> bool {
        matches!(self, Destination::InPlace { .. })
    }

    /// Opens the destination.
    ///
    /// # Errors
    /// If the file cannot be created.
    pub fn open(&self) -> anyhow::Result<Opened> {
        Ok(match self {
            Destination::Nowhere => Opened::Nowhere,
            Destination::Standard => {
                Opened::One(Separated { output: Packed::Plain(Output::standard()), ended: true })
            }
            Destination::File(path) => Opened::One(Separated { output: packed(path)?, ended: true }),
            Destination::InPlace { backup } => Opened::InPlace { result: Vec::new(), backup: backup.clone() },
        })
    }
}

/// A file to write to, which is compressed if its name says so.
fn packed(path: &Path) -> anyhow::Result<Packed> {
    let compression =
        path.extension().and_then(|ending| Compression::by_ending(&ending.to_str()?.to_ascii_lowercase()));
    if let Some(compression) = compression.filter(|compression| !compression.is_written()) {
        anyhow::bail!(
            "{}: {compression} is read and not written; name a file that is not compressed, or a .gz",
            path.display()
        );
    }
    Ok(Packed::new(create(path)?, compression))
}

/// A file to write to.
///
/// # Errors
/// If it cannot be created.
pub(super) fn create(path: &Path) -> anyhow::Result<Output> {
    Output::file(path).with_context(|| format!("{}: cannot be written", path.display()))
}

/// The open destination.
pub(super) enum Opened {
    /// Results are not wanted.
    Nowhere,
    /// All results go to one output.
    One(Separated),
    /// The result of the current file. It replaces the file when it is complete.
    InPlace {
        result: Vec<u8>,
        /// The suffix of the backup, if one is made.
        backup: Option<String>,
    },
}

impl Opened {
    /// Begins the result of an input. What is `recoded` keeps results apart by itself.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn begin(&mut self, recoded: bool) -> anyhow::Result<()> {
        match self {
            Opened::One(_) if recoded => Ok(()),
            Opened::One(output) => output.separate(),
            Opened::InPlace { result, .. } => {
                result.clear();
                Ok(())
            }
            Opened::Nowhere => Ok(()),
        }
    }

    /// The stream for the result of an input, if results are wanted.
    pub fn stream(&mut self) -> Option<&mut (dyn Write + Send)> {
        match self {
            Opened::Nowhere => None,
            Opened::One(output) => Some(output),
            Opened::InPlace { result, .. } => Some(result),
        }
    }

    /// Replaces a file by its result if they differ. This happens only in place.
    ///
    /// # Errors
    /// If the result cannot be written. In that case the file stays as it was.
    pub fn replace(&mut self, input: &Input, compression: Option<Compression>) -> io::Result<()> {
        let (Opened::InPlace { result, backup }, Input::File(path)) = (self, input) else { return Ok(()) };
        let new = match compression {
            None if std::fs::read(path).is_ok_and(|old| old != *result) => Cow::Borrowed(&*result),
            Some(compression) if content(path, compression).is_ok_and(|old| old != *result) => {
                Cow::Owned(compression.compressed(result)?)
            }
            _ => return Ok(()),
        };
        if let Some(suffix) = backup {
            let named = |error: io::Error| io::Error::new(error.kind(), format!("no backup: {error}"));
            back_up(path, suffix).map_err(named)?;
        }
        replace_file(path, &new)
    }

    /// Whether files are replaced by their results.
    pub fn is_in_place(&self) -> bool {
        matches!(self, Opened::InPlace { .. })
    }

    /// Completes the output.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn finish(self) -> anyhow::Result<()> {
        match self {
            Opened::One(output) => output.output.finish().context("cannot write the result"),
            Opened::Nowhere | Opened::InPlace { .. } => Ok(()),
        }
    }
}

/// The content of a compressed file.
fn content(path: &Path, compression: Compression) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    compression.reader(Box::new(std::fs::File::open(path)?))?.read_to_end(&mut content)?;
    Ok(content)
}

/// The reason why an input cannot be replaced at all.
pub(super) fn irreplaceable(input: &Input) -> Option<&'static str> {
    let Input::File(path) = input else { return Some("cannot be replaced in place") };
    let special = path.exists() && !path.is_file() && !path.is_dir();
    special.then_some("is no regular file and cannot be replaced")
}

/// An output that records whether its last line has ended, so that two inputs do not run together in one line.
pub(super) struct Separated {
    output: Packed,
    ended: bool,
}

impl Separated {
    fn separate(&mut self) -> anyhow::Result<()> {
        if !self.ended {
            self.write_all(b"\n").context("cannot write the result")?;
        }
        Ok(())
    }
}

impl Write for Separated {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.output.write(bytes)?;
        if let Some(last) = written.checked_sub(1).and_then(|last| bytes.get(last)) {
            self.ended = *last == b'\n';
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
