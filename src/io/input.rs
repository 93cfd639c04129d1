//! Inputs: files by path, or standard input.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::compression::Compression;
use super::shown::ShownPath;

/// The source of articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
    /// Standard input, which was copied to a file so that it can be read several times.
    Copy(PathBuf),
}

/// The reason why an input could not be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum InputError {
    #[error("{input}: {reason}")]
    Read { input: Input, reason: io::Error },
    #[error("{input}: looks like {kind}; {advice}")]
    Unsupported { input: Input, kind: &'static str, advice: &'static str },
    #[error("{input}: {reason}")]
    Encoding { input: Input, reason: String },
    #[error("{input}: {reason}")]
    Content { input: Input, reason: String },
    #[error("{input}: is a folder")]
    Folder { input: Input },
    #[error("{input}: not UTF-8 at byte {offset}, in line {line}; convert it to UTF-8 first")]
    NotUtf8 { input: Input, line: usize, offset: usize },
}

/// What shows that a file has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// Bytes.
    pub length: u64,
    pub modified: Option<SystemTime>,
}

impl Input {
    /// The input at a path. `-` is standard input.
    pub fn from_path(path: &Path) -> Self {
        if path == Path::new("-") { Input::Standard } else { Input::File(path.to_owned()) }
    }

    /// The path of a file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Input::Standard | Input::Copy(_) => None,
            Input::File(path) => Some(path),
        }
    }

    /// The name in reports: the path, or `-`.
    pub fn name(&self) -> String {
        match self {
            Input::Standard | Input::Copy(_) => "-".into(),
            Input::File(path) => path.display().to_string(),
        }
    }

    /// The ending of the file's name, in lower case. The ending of a compressed file is the one before.
    pub fn ending(&self) -> Option<String> {
        let Input::File(path) = self else { return None };
        let lower = |path: &Path| Some(path.extension()?.to_str()?.to_ascii_lowercase());
        match lower(path)? {
            ending if Compression::by_ending(&ending).is_some() => lower(Path::new(path.file_stem()?)),
            ending => Some(ending),
        }
    }

    /// Whether the file's name says that it is compressed so.
    pub fn is_named_as(&self, compression: Compression) -> bool {
        let Input::File(path) = self else { return false };
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        ending.is_some_and(|ending| Compression::by_ending(&ending) == Some(compression))
    }

    /// A path that is the same for all names of a file.
    pub fn resolved(&self) -> Option<PathBuf> {
        match self {
            Input::Standard | Input::Copy(_) => None,
            Input::File(path) => path.canonicalize().ok(),
        }
    }

    /// What a file is now; `None` for standard input, and for what is no regular file.
    pub fn stamp(&self) -> Option<Stamp> {
        let Input::File(path) = self else { return None };
        let metadata = path.metadata().ok().filter(fs::Metadata::is_file)?;
        Some(Stamp { length: metadata.len(), modified: metadata.modified().ok() })
    }

    /// A reader of the bytes, for callers that read large pieces.
    pub fn open(&self) -> Result<Box<dyn Read>, InputError> {
        Ok(match self {
            Input::Standard => Box::new(io::stdin()),
            Input::File(path) if path.is_dir() => return Err(InputError::Folder { input: self.clone() }),
            Input::File(path) | Input::Copy(path) => Box::new(File::open(path).map_err(|e| self.error(e))?),
        })
    }

    /// A buffered reader of the bytes.
    pub fn open_buffered(&self) -> Result<BufReader<Box<dyn Read>>, InputError> {
        Ok(BufReader::with_capacity(1 << 16, self.open()?))
    }

    /// The whole text.
    pub fn read_text(&self) -> Result<String, InputError> {
        let mut bytes = Vec::new();
        self.open()?.read_to_end(&mut bytes).map_err(|e| self.error(e))?;
        self.decode(bytes)
    }

    /// Decodes the bytes of this input as text.
    pub fn decode(&self, bytes: Vec<u8>) -> Result<String, InputError> {
        // Checking with this crate and copying takes a third of the time of the standard library's check.
        simdutf8::compat::from_utf8(&bytes).map(str::to_owned).map_err(|error| {
            let offset = error.valid_up_to();
            let line = 1 + bytes[..offset].iter().filter(|byte| **byte == b'\n').count();
            InputError::NotUtf8 { input: self.clone(), line, offset }
        })
    }

    /// An error in reading this input.
    pub fn error(&self, reason: io::Error) -> InputError {
        InputError::Read { input: self.clone(), reason }
    }
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Input::Standard | Input::Copy(_) => f.write_str("standard input"),
            Input::File(path) => f.write_str(&path.shown()),
        }
    }
}
