//! Backups of files that are replaced.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::Builder;

/// Copies a file to a backup beside it, which has its name with a suffix, and its permissions. A backup with other
/// content stays: then a number from 2 on follows the suffix. A backup with the same content suffices.
///
/// # Errors
/// If the file cannot be read, or the backup cannot be written.
pub(crate) fn back_up(path: &Path, suffix: &str) -> io::Result<()> {
    // A link is followed, because the file that is replaced is the target.
    let path = fs::canonicalize(path)?;
    let content = fs::read(&path)?;
    for backup in names(&path, suffix) {
        match fs::read(&backup) {
            Ok(old) if old == content => break,
            Ok(_) => continue,
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        match create(&backup, &content, &path) {
            // Another program was faster.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
            created => return created,
        }
    }
    Ok(())
}

/// The names of backups of a file, in the order in which they are used.
fn names(path: &Path, suffix: &str) -> impl Iterator<Item = PathBuf> {
    let number = |number: u64| if number == 1 { String::new() } else { number.to_string() };
    (1..).map(move |count| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        name.push(number(count));
        PathBuf::from(name)
    })
}

/// Creates a backup with the permissions of a file. It gets its name when it is complete.
fn create(backup: &Path, content: &[u8], of: &Path) -> io::Result<()> {
    let folder = backup.parent().unwrap_or(Path::new("."));
    let mut file = Builder::new().tempfile_in(folder)?;
    file.as_file().set_permissions(fs::metadata(of)?.permissions())?;
    file.write_all(content)?;
    file.as_file().sync_all()?;
    file.persist_noclobber(backup).map(drop).map_err(|error| error.error)
}
