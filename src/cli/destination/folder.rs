//! A folder for results: each input has its own file.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::packed;
use crate::io::{Opening, Packed, ShownPath};

/// A folder for results.
pub(in crate::cli) struct Folder {
    pub root: PathBuf,
    pub current: Option<(PathBuf, Packed)>,
    /// Files that are complete and may not be on the disk yet.
    pub unsynced: Vec<PathBuf>,
}

impl Folder {
    pub fn begin(&mut self, place: &Path, opening: Opening) -> anyhow::Result<()> {
        let path = self.root.join(place);
        anyhow::ensure!(
            self.holds(&path)?,
            "{}: cannot be written: a link leads out of {}; name the folder to which it leads by --output-dir",
            path.shown(),
            self.root.shown()
        );
        let folder = path.parent().unwrap_or(&self.root);
        fs::create_dir_all(folder).with_context(|| format!("{}: cannot be created", folder.shown()))?;
        self.current = None;
        let output = packed(&path, opening)?;
        self.current = Some((path, output));
        Ok(())
    }

    /// Whether a path below the folder is in it. A link may lead elsewhere, to files that nobody named.
    fn holds(&self, path: &Path) -> anyhow::Result<bool> {
        let exists = |path: &&Path| path.symlink_metadata().is_ok();
        let Some(existing) = path.ancestors().find(exists) else { return Ok(true) };
        let resolved =
            |path: &Path| path.canonicalize().with_context(|| format!("{}: cannot be written", path.shown()));
        Ok(resolved(existing)?.starts_with(resolved(&self.root)?))
    }

    pub fn packed(&mut self) -> Option<&mut Packed> {
        self.current.as_mut().map(|(_, output)| output)
    }

    /// Ends the current file. It appears if it is `wanted`.
    pub fn end(&mut self, wanted: bool) -> io::Result<()> {
        let Some((path, mut output)) = self.current.take() else { return Ok(()) };
        if !wanted {
            output.output().discard();
            return Ok(());
        }
        output.finish_unsynced()?;
        self.unsynced.push(path);
        Ok(())
    }

    /// Many files are brought to the disk together, because a disk takes about as long for one.
    pub fn sync(&mut self) -> io::Result<()> {
        self.unsynced.drain(..).try_for_each(|path| fs::File::open(path)?.sync_data())
    }
}
