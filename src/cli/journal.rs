//! The journal of a run: points from which an interrupted run can go on. It stands beside the output until the run is
//! complete.
//!
//! The first line says which run it is. Each further line is a point. When everything is written, a last line says which
//! files are about to get their names. A line that is not whole was being written when the run ended, and does not count.

mod header;

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fingerprint::Fingerprint;
use crate::io::{ShownPath, complete_partial_file, journal_of};
pub(super) use header::JournalHeader;

/// A point of a run: everything before it is written.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Point {
    /// The index of the input, and how many of its batches are done.
    pub position: Position,
    /// The lengths of the files that the run writes, in their order.
    pub lengths: Vec<Option<u64>>,
    /// What the delivery and each sink know.
    pub states: Vec<Value>,
    /// In place: the hash of the content that the input before the position gets. If it does not have it, the input
    /// was not replaced, and the point before this one holds.
    pub replaced: Option<String>,
    /// In a folder: a file that is whole, and may not have its name yet.
    pub whole: Option<PathBuf>,
}

/// A place between two batches of records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    pub input: usize,
    pub batches: u64,
}

/// The end of a run: everything is written, and files are about to get their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct End {
    /// The files.
    pub files: Vec<PathBuf>,
    pub found: bool,
    pub failed: bool,
}

/// The journal of a run.
#[derive(Debug)]
pub(super) struct Journal {
    path: PathBuf,
    /// How many bytes are read from one point to the next.
    pub every: u64,
    resumes: bool,
    /// What the run depends on besides its arguments and inputs.
    depends: Fingerprint,
    file: Option<File>,
    header: Option<JournalHeader>,
}

impl Journal {
    /// The journal of a run that writes `output`, a file or a folder.
    ///
    /// # Errors
    /// If an interrupted run left a journal, and this run neither goes on with it nor begins anew.
    pub fn of(output: &Path, every: u64, resumes: bool, restarts: bool) -> anyhow::Result<Self> {
        let path = journal_of(output);
        if path.exists() && restarts {
            fs::remove_file(&path).with_context(|| format!("{}: cannot be removed", path.shown()))?;
        }
        anyhow::ensure!(
            resumes || !path.exists(),
            "{}: a run was interrupted here; --resume goes on with it, --restart begins anew",
            path.shown()
        );
        Ok(Self { path, every, resumes, depends: Fingerprint::default(), file: None, header: None })
    }

    /// The journal of a run that depends on this.
    pub fn depending_on(self, depends: Fingerprint) -> Self {
        Self { depends, ..self }
    }

    /// Whether this run goes on with what an earlier one left.
    pub fn resumes(&self) -> bool {
        self.resumes && self.path.exists()
    }

    /// Gives the files of a run their names that had ended before. Returns how that run ended.
    ///
    /// # Errors
    /// If it was another run, or a file cannot get its name.
    pub fn complete_earlier(&mut self) -> anyhow::Result<Option<End>> {
        if !self.resumes() {
            return Ok(None);
        }
        let content = fs::read_to_string(&self.path).unwrap_or_default();
        let whole = content.rfind('\n').map_or(0, |end| end + 1);
        let (first, last) = (content[..whole].lines().next(), content[..whole].lines().next_back());
        let header = first.and_then(|line| serde_json::from_str::<JournalHeader>(line).ok());
        let end = last.and_then(|line| serde_json::from_str::<End>(line).ok());
        let (Some(header), Some(end)) = (header, end) else { return Ok(None) };
        // Everything was read, so what the inputs are now makes no difference.
        let (inputs, exceptions) = (header.inputs.clone(), header.exceptions.clone());
        self.refuse_other(&header, &JournalHeader::of_this_run(self.depends.clone(), inputs, exceptions))?;
        for file in &end.files {
            complete_partial_file(file).with_context(|| format!("{}: cannot be written", file.shown()))?;
        }
        fs::remove_file(&self.path).with_context(|| format!("{}: cannot be removed", self.path.shown()))?;
        Ok(Some(end))
    }

    fn refuse_other(&self, header: &JournalHeader, now: &JournalHeader) -> anyhow::Result<()> {
        let Some(difference) = header.difference(now) else { return Ok(()) };
        anyhow::bail!(
            "{}: the interrupted run was another one: {difference}; --restart begins anew",
            self.path.shown()
        )
    }

    /// Where it stands.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Claims a folder for this run, until it is complete.
    ///
    /// # Errors
    /// If the journal cannot be written, or another run has claimed the folder.
    pub fn claim(&mut self) -> anyhow::Result<()> {
        let written = if self.file.is_none() { self.create() } else { Ok(()) };
        written.with_context(|| format!("{}: cannot be written", self.path.shown()))?;
        let locked = self.file.as_ref().map(File::try_lock);
        anyhow::ensure!(
            !matches!(locked, Some(Err(TryLockError::WouldBlock))),
            "{}: another run writes into this folder",
            self.path.shown()
        );
        Ok(())
    }

    fn create(&mut self) -> io::Result<()> {
        let mut file = File::create(&self.path)?;
        let mut line = serde_json::to_vec(&self.header)?;
        line.push(b'\n');
        if let Err(error) = file.write_all(&line) {
            // On a full disk, the file is there and empty.
            let _ = fs::remove_file(&self.path);
            return Err(error);
        }
        self.file = Some(file);
        Ok(())
    }

    /// Whether a run can go on from here.
    pub fn has_points(&self) -> bool {
        self.file.is_some()
    }

    /// Begins the journal of a run over inputs with this hash and these exceptions. Returns the points of the run that it
    /// goes on with.
    ///
    /// # Errors
    /// If that run was another one, or the journal cannot be read.
    pub fn begin(&mut self, inputs: String, exceptions: Fingerprint) -> anyhow::Result<Vec<Point>> {
        let header = JournalHeader::of_this_run(self.depends.clone(), inputs, exceptions);
        let points = if self.resumes() { self.read(&header)? } else { Vec::new() };
        self.header = Some(header);
        Ok(points)
    }

    fn read(&mut self, now: &JournalHeader) -> anyhow::Result<Vec<Point>> {
        let named = || format!("{}: cannot be read; --restart begins anew", self.path.shown());
        let content = fs::read_to_string(&self.path).with_context(named)?;
        let whole = content.rfind('\n').map_or(0, |end| end + 1);
        let mut lines = content[..whole].lines();
        let Some(header) = lines.next() else { return Ok(Vec::new()) };
        let header: JournalHeader = serde_json::from_str(header).with_context(named)?;
        self.refuse_other(&header, now)?;
        let points = lines.map_while(|line| serde_json::from_str(line).ok()).collect();
        let file = OpenOptions::new().append(true).open(&self.path).with_context(named)?;
        file.set_len(whole as u64).with_context(named)?;
        self.file = Some(file);
        Ok(points)
    }

    /// Adds a point. `synced` says that it must be on the disk.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn add(&mut self, point: &Point, synced: bool) -> anyhow::Result<()> {
        let named = format!("{}: cannot be written", self.path.shown());
        self.add_line(point, synced).context(named)
    }

    /// Says that everything is written. Without a point before, a run that goes on begins anew.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn end(&mut self, end: &End) -> anyhow::Result<()> {
        let named = format!("{}: cannot be written", self.path.shown());
        if self.file.is_some() { self.add_line(end, true).context(named) } else { Ok(()) }
    }

    fn add_line(&mut self, line: &impl Serialize, synced: bool) -> io::Result<()> {
        if self.file.is_none() {
            self.create()?;
        }
        let mut line = serde_json::to_vec(line)?;
        line.push(b'\n');
        let Some(file) = &mut self.file else { return Ok(()) };
        file.write_all(&line)?;
        if synced { file.sync_data() } else { Ok(()) }
    }

    /// Removes the journal of a complete run.
    ///
    /// # Errors
    /// If it cannot be removed.
    pub fn remove(self) -> anyhow::Result<()> {
        if self.file.is_none() && !self.path.exists() {
            return Ok(());
        }
        fs::remove_file(&self.path).with_context(|| format!("{}: cannot be removed", self.path.shown()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(input: usize) -> Point {
        Point { position: Position { input, batches: 7 }, lengths: vec![Some(9), None], ..Point::default() }
    }

    #[test]
    fn points_are_found_again_up_to_the_last_whole_one() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("a.jsonl");
        let mut journal = Journal::of(&output, 1, false, false).unwrap();
        assert!(journal.begin("inputs".into(), Fingerprint::default()).unwrap().is_empty());
        journal.add(&point(1), true).unwrap();
        journal.add(&point(2), false).unwrap();
        let path = journal.path().to_owned();
        fs::write(&path, [fs::read(&path).unwrap(), b"{\"position\":{".to_vec()].concat()).unwrap();
        assert!(Journal::of(&output, 1, false, false).is_err());
        let mut resumed = Journal::of(&output, 1, true, false).unwrap();
        assert_eq!(resumed.begin("inputs".into(), Fingerprint::default()).unwrap(), [point(1), point(2)]);
        resumed.add(&point(3), true).unwrap();
        let mut again = Journal::of(&output, 1, true, false).unwrap();
        assert_eq!(
            again.begin("inputs".into(), Fingerprint::default()).unwrap(),
            [point(1), point(2), point(3)]
        );
        again.remove().unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn another_run_does_not_go_on_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let output = folder.path().join("a.jsonl");
        let mut journal = Journal::of(&output, 1, false, false).unwrap();
        journal.begin("inputs".into(), Fingerprint::default()).unwrap();
        journal.add(&point(1), true).unwrap();
        let mut other = Journal::of(&output, 1, true, false).unwrap();
        let error = other.begin("other inputs".into(), Fingerprint::default()).unwrap_err();
        assert!(error.to_string().contains("the inputs have changed since"), "{error}");
        let restarted = Journal::of(&output, 1, false, true).unwrap();
        assert!(!restarted.path().exists());
    }
}
