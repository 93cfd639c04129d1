//! Outputs: standard output, or a file that appears only when it is complete.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use flate2::write::GzEncoder;

use super::compression::Compression;
use super::partial::{Opening, Partial};
use super::shown::ShownPath;

/// Bytes that are collected before they are written. A block of converted text is larger, and is written directly.
const CAPACITY: usize = 1 << 15;

/// A destination for results.
pub(crate) enum Output {
    /// Standard output.
    Standard(BufWriter<Box<dyn Write + Send>>),
    /// A new file that gets its name when it is finished.
    File { writer: BufWriter<Partial>, path: PathBuf },
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
    pub fn file(path: &Path, opening: Opening) -> io::Result<Self> {
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
        let partial = Partial::open(&path, opening).map_err(|error| unnamed(&path, error))?;
        if let Some(existing) = existing {
            partial.set_permissions(existing.permissions())?;
        }
        Ok(Output::File { writer: BufWriter::with_capacity(CAPACITY, partial), path })
    }

    /// The path of a regular file.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Output::File { path, .. } => Some(path),
            Output::Standard(_) | Output::Device { .. } => None,
        }
    }

    /// Writes everything to the disk. Returns the length of a regular file.
    ///
    /// # Errors
    /// Errors of the file.
    pub fn sync(&mut self) -> io::Result<Option<u64>> {
        self.flush()?;
        match self {
            Output::File { writer, path } => {
                writer.get_mut().sync().map(Some).map_err(|error| named(path, error))
            }
            Output::Standard(_) | Output::Device { .. } => Ok(None),
        }
    }

    /// Writes out the buffer. Returns the length of a regular file.
    ///
    /// # Errors
    /// Errors of the file.
    pub fn written(&mut self) -> io::Result<Option<u64>> {
        self.flush()?;
        match self {
            Output::File { writer, path } => {
                writer.get_mut().length().map(Some).map_err(|error| named(path, error))
            }
            Output::Standard(_) | Output::Device { .. } => Ok(None),
        }
    }

    /// Goes on with a file that an interrupted run left, at this length. What follows there goes.
    ///
    /// # Errors
    /// Errors of the file.
    pub fn continue_at(&mut self, length: u64) -> io::Result<()> {
        match self {
            Output::File { writer, path } => writer.get_mut().cut(length).map_err(|error| named(path, error)),
            Output::Standard(_) | Output::Device { .. } => Ok(()),
        }
    }

    /// Lets a file that is not finished go, although it was to stay.
    pub fn discard(&mut self) {
        if let Output::File { writer, .. } = self {
            writer.get_mut().discard();
        }
    }

    /// Lets a file that is not finished stay for a later run. What was not written yet is lost.
    pub fn keep(&mut self) {
        if let Output::File { writer, .. } = self {
            writer.get_mut().keep();
        }
    }

    /// Writes out the buffer, and gives the file its name when its content is on the disk.
    pub fn finish(mut self) -> io::Result<()> {
        self.sync()?;
        self.finish_unsynced()
    }

    /// Writes out the buffer and gives the file its name.
    pub fn finish_unsynced(self) -> io::Result<()> {
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
fn complete(writer: BufWriter<Partial>, path: &Path) -> io::Result<()> {
    writer.into_inner().map_err(|error| error.into_error())?.complete(path)
}

/// The error with the file's name added. Its kind is kept, so that a closed pipe is still recognised.
fn named(path: &Path, error: io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.shown()))
}

/// Replaces a file's content by a complete new file with the same permissions.
pub(crate) fn replace_file(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut output = Output::file(path, Opening::New)?;
    output.write_all(content)?;
    output.finish()
}

/// The error without the name under which a file is written.
fn unnamed(path: &Path, error: io::Error) -> io::Error {
    let has_folder = path.parent().is_none_or(|folder| folder.as_os_str().is_empty() || folder.is_dir());
    match error.kind() {
        io::ErrorKind::NotFound if !has_folder => {
            io::Error::new(io::ErrorKind::NotFound, "its folder does not exist")
        }
        _ => error,
    }
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

/// Bytes of a frame of Zstandard. Frames follow one another, so memory stays bounded.
const FRAME: usize = 4 << 20;

/// An output that may be compressed.
pub(crate) enum Packed {
    Plain(Output),
    Gzip(Box<GzEncoder<Output>>),
    Zstandard { output: Output, frame: Vec<u8> },
}

impl Packed {
    /// An output in a compression.
    pub fn new(output: Output, compression: Option<Compression>) -> Self {
        match compression {
            None => Packed::Plain(output),
            Some(Compression::Gzip) => Packed::Gzip(Box::new(gzip(output))),
            Some(Compression::Zstandard) => Packed::Zstandard { output, frame: Vec::new() },
        }
    }

    /// Whether the bytes are compressed.
    pub fn is_compressed(&self) -> bool {
        !matches!(self, Packed::Plain(_))
    }

    /// Ends the member or frame of the compressed form, so that another run can go on behind it.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn end_member(self) -> io::Result<Self> {
        Ok(match self {
            Packed::Plain(output) => Packed::Plain(output),
            Packed::Gzip(encoder) => Packed::Gzip(Box::new(gzip(encoder.finish()?))),
            Packed::Zstandard { mut output, mut frame } => {
                write_frame(&mut output, &mut frame)?;
                Packed::Zstandard { output, frame }
            }
        })
    }

    /// The output, for what does not write to it.
    pub fn output(&mut self) -> &mut Output {
        match self {
            Packed::Plain(output) | Packed::Zstandard { output, .. } => output,
            Packed::Gzip(encoder) => encoder.get_mut(),
        }
    }

    /// Writes out what is left, and gives the file its name.
    pub fn finish_unsynced(self) -> io::Result<()> {
        self.ended()?.finish_unsynced()
    }

    /// The output, with all that is left.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn ended(self) -> io::Result<Output> {
        match self {
            Packed::Plain(output) => Ok(output),
            Packed::Gzip(encoder) => encoder.finish(),
            Packed::Zstandard { mut output, mut frame } => {
                write_frame(&mut output, &mut frame)?;
                Ok(output)
            }
        }
    }
}

fn gzip(output: Output) -> GzEncoder<Output> {
    GzEncoder::new(output, flate2::Compression::default())
}

fn write_frame(output: &mut Output, frame: &mut Vec<u8>) -> io::Result<()> {
    if !frame.is_empty() {
        output.write_all(&Compression::Zstandard.compressed(frame)?)?;
        frame.clear();
    }
    Ok(())
}

impl Write for Packed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Packed::Plain(output) => output.write(bytes),
            Packed::Gzip(encoder) => encoder.write(bytes),
            Packed::Zstandard { output, frame } => {
                frame.extend(bytes);
                if frame.len() >= FRAME {
                    write_frame(output, frame)?;
                }
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Packed::Plain(output) => output.flush(),
            Packed::Gzip(encoder) => encoder.flush(),
            Packed::Zstandard { output, .. } => output.flush(),
        }
    }
}
