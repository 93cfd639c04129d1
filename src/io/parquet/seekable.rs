//! An input as a file in which any place can be read.

use std::fs::File;
use std::io;

use super::super::compression::Compression;
use super::super::existing::beginning;
use super::super::stream::Stream;

/// The file of an input. What is no regular file, or is compressed as a whole, is copied to a temporary file.
///
/// # Errors
/// If it cannot be read or copied.
pub(super) fn seekable(stream: Stream) -> io::Result<File> {
    if let Some(path) = stream.input.path().filter(|path| path.is_file())
        && Compression::of(&beginning(path)?.unwrap_or_default()).is_none()
    {
        return File::open(path);
    }
    let mut copy = tempfile::tempfile()?;
    io::copy(&mut stream.bytes(), &mut copy)?;
    Ok(copy)
}
