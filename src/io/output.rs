//! Outputs: standard output, or a file that appears only when it is complete.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::write::GzEncoder;
use tempfile::{Builder, NamedTempFile};

use super::compression::Compression;

/// Bytes that are collected before they are written. A block of converted text is larger, and is written directly.
const CAPACITY: usize = 1 << 15;

/// A destination for results.
pub(crate) enum Output {
    /// Standard output.
    Standard(BufWriter<Box<dyn Write + Send>>),
    /// A new file that gets its name when it is finished.
    File { writer: BufWriter<NamedTempFile>, path: PathBuf },
    /// A device or a pipe, to which data is written immediately.
    Device { writer: BufWriter<File>, path: PathBuf },
}

impl Output {
    /// Standard output.
    pub fn standard() -> Self {
        Output::Standard(BufWriter::with_capacity(CAPACITY, standard()))
    }

    /// A file at a path. An existing regular file stays as it is until [`Output::finish`] replaces it. Its permissions
    /// are kept.
    pub fn file(path: &Path) -> io::Result<Self> {
        let existing = fs::metadata(path).ok();
        if existing.as_ref().is_some_and(|m| !m.is_file() && !m.is_dir()) {
            let writer = BufWriter::new(OpenOptions::new().write(true).open(path)?);
            return Ok(Output::Device { writer, path: path.to_owned() });
        }
        if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        // A link is followed, so that the target file is replaced and not the link.
        let path = if existing.is_some() { fs::canonicalize(path)? } else { path.to_owned() };
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = new_file(folder, existing.map(|m| m.permissions()))?;
        Ok(Output::File { writer: BufWriter::with_capacity(CAPACITY, file), path })
    }

    /// Writes out the buffer and gives the file its name.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Output::Standard(mut writer) => writer.flush(),
            Output::Device { mut writer, path } => writer.flush().map_err(|error| named(&path, error)),
            Output::File { writer, path } => complete(writer, &path).map_err(|error| named(&path, error)),
        }
    }
}

/// Standard output without the standard library's own buffer, which would write the start of a line separately.
#[cfg(unix)]
fn standard() -> Box<dyn Write + Send> {
    use std::os::fd::AsFd;
    match io::stdout().as_fd().try_clone_to_owned() {
        Ok(stdout) => Box::new(File::from(stdout)),
        Err(_) => Box::new(io::stdout()),
    }
}

/// Standard output. A console may need the standard library to write text to it.
#[cfg(not(unix))]
fn standard() -> Box<dyn Write + Send> {
    Box::new(io::stdout())
}

/// Gives a written file its name.
fn complete(writer: BufWriter<NamedTempFile>, path: &Path) -> io::Result<()> {
    let file = writer.into_inner().map_err(|error| error.into_error())?;
    file.as_file().sync_all()?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// The error with the file's name added. Its kind is kept, so that a closed pipe is still recognised.
fn named(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// Replaces a file's content by a complete new file with the same permissions.
pub(crate) fn replace_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut output = Output::file(path)?;
    output.write_all(content)?;
    output.finish()
}

/// A new file that does not have its final name yet. Errors do not mention its temporary name.
pub(super) fn new_file(folder: &Path, permissions: Option<fs::Permissions>) -> io::Result<NamedTempFile> {
    unnamed_file(folder, permissions).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(io::ErrorKind::NotFound, "its folder does not exist"),
        kind => kind.into(),
    })
}

#[cfg(unix)]
fn unnamed_file(folder: &Path, permissions: Option<fs::Permissions>) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    // Without an existing file the usual permissions apply, restricted by the process's umask.
    let file = Builder::new().permissions(fs::Permissions::from_mode(0o666)).tempfile_in(folder)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}

#[cfg(not(unix))]
fn unnamed_file(folder: &Path, permissions: Option<fs::Permissions>) -> io::Result<NamedTempFile> {
    let file = Builder::new().tempfile_in(folder)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    Ok(file)
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Standard(writer) => writer.write(bytes),
            Output::File { writer, path } => writer.write(bytes).map_err(|error| named(path, error)),
            Output::Device { writer, path } => writer.write(bytes).map_err(|error| named(path, error)),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Standard(writer) => writer.flush(),
            Output::File { writer, path } => writer.flush().map_err(|error| named(path, error)),
            Output::Device { writer, path } => writer.flush().map_err(|error| named(path, error)),
        }
    }
}

/// An output that may be compressed.
pub(crate) enum Packed {
    Plain(Output),
    Gzip(Box<GzEncoder<Output>>),
}

impl Packed {
    /// An output in a compression.
    pub fn new(output: Output, compression: Option<Compression>) -> Self {
        match compression {
            Some(Compression::Gzip) => {
                Packed::Gzip(Box::new(GzEncoder::new(output, flate2::Compression::default())))
            }
            _ => Packed::Plain(output),
        }
    }

    /// Writes out what is left, and gives the file its name.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Packed::Plain(output) => output.finish(),
            Packed::Gzip(encoder) => encoder.finish()?.finish(),
        }
    }
}

impl Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Packed::Plain(output) => output.write(bytes),
            Packed::Gzip(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Packed::Plain(output) => output.flush(),
            Packed::Gzip(encoder) => encoder.flush(),
        }
    }
}
