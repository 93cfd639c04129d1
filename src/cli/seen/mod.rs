//! The index of the articles that earlier runs saw (`corpus dedup --against`). It is one file of redb, an embedded store.
//!
//! Everything that a run adds belongs to one transaction, until the run commits it. So a run that is killed leaves the index
//! as it was. Only one run uses an index at a time: redb locks the file.
//!
//! `tables` has what is stored, `settings` what must be the same in every run, and `earlier` finds the articles with which
//! those of a run are compared.

mod earlier;
mod settings;
mod tables;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail, ensure};
use redb::backends::FileBackend;
use redb::{Builder, Database, DatabaseError, WriteTransaction};

use crate::io::{Opening, Partial, ShownPath, beginning, guarded};
pub(super) use earlier::Earlier;
pub(super) use settings::IndexSettings;
pub(super) use tables::{BucketPart, IndexTables};

/// How a file of redb begins.
const BEGINNING: &[u8] = b"redb\x1A\x0A\xA9\x0D\x0A";

/// Bytes of the file that redb holds in memory.
const CACHE: usize = 64 << 20;

/// An index of articles that were seen, and what this run adds to it.
pub(super) struct SeenIndex {
    /// The name in messages.
    name: String,
    /// A new index, which gets its name with the first commit.
    new: Option<(Partial, PathBuf)>,
    // The fields are dropped in this order.
    adding: Option<WriteTransaction>,
    database: Option<Database>,
}

impl SeenIndex {
    /// Opens the index at a path. If there is none, it begins one.
    ///
    /// # Errors
    /// If the file is no index, if it was made with other settings, if it cannot be written, or if another run uses it.
    pub fn open(path: &Path, settings: &IndexSettings) -> anyhow::Result<Self> {
        let name = path.shown();
        let opened = match beginning(path).with_context(|| format!("{name}: cannot be read"))? {
            None => Self::begin(path),
            Some(beginning) => existing(path, &beginning).map(|database| (database, None)),
        };
        let (database, new) = opened.with_context(|| name.clone())?;
        Self::of(name, database, new, settings)
    }

    /// An index that goes when the run ends.
    ///
    /// # Errors
    /// If the temporary file cannot be written.
    pub fn temporary(folder: Option<&Path>, settings: &IndexSettings) -> anyhow::Result<Self> {
        let name = "the temporary index";
        let file = folder.map_or_else(tempfile::tempfile, tempfile::tempfile_in);
        let database = file.map_err(anyhow::Error::from).and_then(created);
        Self::of(name.to_owned(), database.context(name)?, None, settings)
    }

    fn begin(path: &Path) -> anyhow::Result<(Database, Option<(Partial, PathBuf)>)> {
        ensure!(!path.exists() || path.is_file(), "is no regular file");
        let partial = Partial::open(path, Opening::New).context("cannot be written")?;
        let database = created(partial.shared()?)?;
        Ok((database, Some((partial, path.to_owned()))))
    }

    fn of(
        name: String,
        database: Database,
        new: Option<(Partial, PathBuf)>,
        settings: &IndexSettings,
    ) -> anyhow::Result<Self> {
        let mut index = Self { name, new, adding: None, database: Some(database) };
        index.begin_adding()?;
        let is_new = index.new.is_some() || index.with(|tables| tables.is_empty())?;
        index.within(|adding| settings.hold_for(adding, is_new))?;
        Ok(index)
    }

    /// Reads the tables, or adds to them.
    ///
    /// # Errors
    /// If the index is damaged, or the disk is full.
    pub fn with<T>(&self, call: impl FnOnce(&mut IndexTables) -> anyhow::Result<T>) -> anyhow::Result<T> {
        self.within(|adding| call(&mut IndexTables::open(adding)?))
    }

    /// Makes what was added a part of the index. A kill before this leaves the index as it was.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn commit(&mut self) -> anyhow::Result<()> {
        let Some(adding) = self.adding.take() else { return Ok(()) };
        self.guarded(|| Ok(adding.commit()?))?;
        if let Some((partial, path)) = self.new.take() {
            partial.complete(&path).with_context(|| format!("{}: cannot be written", self.name))?;
        }
        self.begin_adding()
    }

    fn begin_adding(&mut self) -> anyhow::Result<()> {
        let begun = self.guarded(|| {
            let mut adding = self.database.as_ref().context("is closed")?.begin_write()?;
            // Otherwise the run behind one that was killed would read the whole file first.
            adding.set_quick_repair(true);
            Ok(adding)
        });
        self.adding = Some(begun?);
        Ok(())
    }

    fn within<T>(&self, call: impl FnOnce(&WriteTransaction) -> anyhow::Result<T>) -> anyhow::Result<T> {
        self.guarded(|| call(self.adding.as_ref().context("is closed")?))
    }

    fn guarded<T>(&self, call: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
        guarded(call).unwrap_or_else(|| Err(damaged())).with_context(|| self.name.clone())
    }
}

impl Drop for SeenIndex {
    /// Lets go what was not committed. On a damaged file redb may panic here too.
    fn drop(&mut self) {
        let (adding, database) = (self.adding.take(), self.database.take());
        guarded(|| drop(adding));
        guarded(|| drop(database));
    }
}

/// Opens the database of a file that begins so.
fn existing(path: &Path, beginning: &[u8]) -> anyhow::Result<Database> {
    ensure!(
        beginning.starts_with(BEGINNING),
        "is no index of seen articles; `corpus dedup --against` begins one where no file is"
    );
    ensure!(!fs::metadata(path)?.permissions().readonly(), "is read-only, and new articles are added to it");
    opened(|| Builder::new().set_cache_size(CACHE).open(path))
}

/// The database of a new file.
fn created(file: fs::File) -> anyhow::Result<Database> {
    opened(|| Builder::new().set_cache_size(CACHE).create_with_backend(FileBackend::new(file)?))
}

fn opened(open: impl FnOnce() -> Result<Database, DatabaseError>) -> anyhow::Result<Database> {
    match guarded(open) {
        Some(Ok(database)) => Ok(database),
        Some(Err(DatabaseError::DatabaseAlreadyOpen)) => bail!("another run is using it"),
        Some(Err(error)) => Err(anyhow!(error).context("cannot be opened")),
        None => Err(damaged()),
    }
}

/// The error of an index whose parts do not fit together.
fn damaged() -> anyhow::Error {
    anyhow!("is damaged; take it from a backup, or begin a new one")
}
