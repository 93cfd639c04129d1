//! What stands already where a file is to be written.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::input::{Input, InputError};

/// Bytes that tell what a file is.
const BEGINNING: u64 = 1 << 16;

/// The text of a file; `None` if there is none.
///
/// # Errors
/// If the file cannot be read, and if it is not UTF-8.
pub(crate) fn existing_text(path: &Path) -> Result<Option<String>, InputError> {
    if path.exists() && !path.is_file() {
        let reason = io::Error::new(io::ErrorKind::InvalidInput, "is no regular file");
        return Err(Input::File(path.to_owned()).error(reason));
    }
    match Input::File(path.to_owned()).read_text() {
        Err(InputError::Read { reason, .. }) if reason.kind() == io::ErrorKind::NotFound => Ok(None),
        text => text.map(Some),
    }
}

/// The first bytes of a regular file; `None` if there is none, or nothing in it.
///
/// # Errors
/// If the file cannot be read.
pub(crate) fn beginning(path: &Path) -> io::Result<Option<Vec<u8>>> {
    if !path.is_file() {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(BEGINNING).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| !bytes.is_empty()))
}
