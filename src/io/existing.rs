//! What stands already where a file is to be written.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Bytes that tell what a file is.
const BEGINNING: u64 = 1 << 16;

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
