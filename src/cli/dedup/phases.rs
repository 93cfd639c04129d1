//! What the phases of a run have found, for a run that goes on after a kill (`--resume`). It stands beside the output until
//! the run is complete: a line says which run it is, then come the articles of the first reading, and the pairs of the
//! second one. A line at the end of each says that it is complete. What follows behind the last such line does not count.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::{Deserialize, Serialize};

use super::super::args::DedupArgs;
use super::super::complain;
use super::super::fingerprint::Fingerprint;
use super::super::journal::JournalHeader;
use super::super::parts::SignatureRow;
use super::super::run::RunPlan;
use crate::clean::TextHash;
use crate::corpus::ComparedPair;
use crate::io::{Failure, ShownPath, journal_of, locked};

/// What to do with a file that is damaged.
const ANEW: &str = "cannot be read; without --resume the run begins anew";

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PhaseRow {
    /// An article of the first reading: the hash of its text, and its row of `corpus sign`, without shingles.
    Article(TextHash, SignatureRow),
    /// What could not be read: its name and the message.
    Failure(String, String),
    /// The first reading is complete. Whether anything could not be read.
    Signed(bool),
    /// A pair that the second reading found.
    Pair(ComparedPair),
    /// The second reading is complete.
    Compared,
}

/// The file of a run.
pub(super) struct Phases {
    path: PathBuf,
    file: BufWriter<File>,
    /// Whether the first reading is complete, and whether an interrupted run completed the second one.
    signed: bool,
    compared: bool,
    /// Whether the run is complete.
    complete: bool,
}

/// How the lines begin that say that a reading is complete.
const SIGNED: &str = "{\"signed\"";
const COMPARED: &str = "\"compared\"";

impl Phases {
    /// The file of a run that writes a file from files; `None` for other runs, which begin anew if they are killed.
    ///
    /// # Errors
    /// If the run shall go on with another one, and errors of the file.
    pub fn of(args: &DedupArgs, plan: &RunPlan) -> anyhow::Result<Option<Self>> {
        let is_file =
            |path: &&Path| *path != Path::new("-") && (!path.exists() || path.is_file() || path.is_dir());
        let output = [args.output(), args.report.as_deref()].into_iter().flatten().find(is_file);
        // Bytes are known of files alone, which can be read again.
        let Some(output) = output.filter(|_| plan.bytes().is_some()) else {
            anyhow::ensure!(
                !args.resume,
                "--resume needs named inputs, and a file for the records or the report"
            );
            return Ok(None);
        };
        let path = journal_of(output);
        let now = JournalHeader::of_this_run(
            Fingerprint::default(),
            plan.fingerprint(false),
            Fingerprint::default(),
        );
        let before = match args.resume && path.exists() {
            true => Self::resumed(&path, &now).with_context(|| path.shown())?,
            false => None,
        };
        let begun = before.map_or_else(|| Self::new(path.clone(), &now), Ok);
        begun.map(Some).with_context(|| format!("{}: cannot be written", path.shown()))
    }

    fn new(path: PathBuf, header: &JournalHeader) -> anyhow::Result<Self> {
        let file = locked(&path)?;
        file.set_len(0)?;
        let mut file = BufWriter::new(file);
        writeln!(file, "{}", serde_json::to_string(header)?)?;
        Ok(Self { path, file, signed: false, compared: false, complete: false })
    }

    /// The file of an interrupted run; `None` if it completed no reading.
    fn resumed(path: &Path, now: &JournalHeader) -> anyhow::Result<Option<Self>> {
        let mut lines = PhaseLines::open(path).context(ANEW)?;
        let Some(header) = lines.next_line().context(ANEW)? else { return Ok(None) };
        let header: JournalHeader = serde_json::from_str(&header).context(ANEW)?;
        if let Some(difference) = header.difference(now) {
            bail!("the interrupted run was another one: {difference}; without --resume it begins anew");
        }
        let (mut signed, mut compared) = (None, None);
        while let Some(line) = lines.next_line()? {
            if line.starts_with(SIGNED) {
                signed = Some(lines.place);
            } else if line.starts_with(COMPARED) {
                compared = Some(lines.place);
            }
        }
        let Some(end) = compared.or(signed) else { return Ok(None) };
        let mut file = locked(path)?;
        file.set_len(end)?;
        file.seek(SeekFrom::Start(end))?;
        let (path, file) = (path.to_owned(), BufWriter::new(file));
        Ok(Some(Self { path, file, signed: true, compared: compared.is_some(), complete: false }))
    }

    /// Whether the first reading is complete.
    pub fn is_signed(&self) -> bool {
        self.signed
    }

    /// Whether the second reading is complete.
    pub fn is_compared(&self) -> bool {
        self.compared
    }

    /// Its name in messages.
    pub fn name(&self) -> String {
        self.path.shown()
    }

    /// Passes on the rows that an interrupted run has left, in order.
    ///
    /// # Errors
    /// If a row is none, and errors of `take`.
    pub fn rows(&self, mut take: impl FnMut(PhaseRow) -> anyhow::Result<()>) -> anyhow::Result<()> {
        let named = || format!("{}: {ANEW}", self.path.shown());
        let mut lines = PhaseLines::open(&self.path).with_context(named)?;
        lines.next_line().with_context(named)?;
        while let Some(line) = lines.next_line().with_context(named)? {
            take(serde_json::from_str(&line).with_context(named)?)?;
        }
        Ok(())
    }

    /// Adds a row. The end of a phase is on the disk then.
    ///
    /// # Errors
    /// Errors of the file.
    pub fn add(&mut self, row: &PhaseRow) -> anyhow::Result<()> {
        let written = self.write(row);
        written.with_context(|| format!("{}: cannot be written", self.path.shown()))
    }

    fn write(&mut self, row: &PhaseRow) -> io::Result<()> {
        writeln!(self.file, "{}", serde_json::to_string(row)?)?;
        if matches!(row, PhaseRow::Signed(_) | PhaseRow::Compared) {
            self.signed = true;
            self.file.flush()?;
            self.file.get_ref().sync_data()?;
        }
        Ok(())
    }

    /// Adds what could not be read.
    ///
    /// # Errors
    /// Errors of the file.
    pub fn fail(&mut self, failure: &Failure) -> anyhow::Result<()> {
        self.add(&PhaseRow::Failure(failure.name.clone(), failure.message.clone()))
    }

    /// Adds pairs of the second reading.
    ///
    /// # Errors
    /// Errors of the file.
    pub fn pairs(&mut self, pairs: &[ComparedPair]) -> anyhow::Result<()> {
        pairs.iter().try_for_each(|pair| self.add(&PhaseRow::Pair(*pair)))
    }

    /// Says after an interruption how the run goes on, if it can.
    pub fn interrupted(self) {
        if self.signed {
            complain(&format!("the same command with --resume goes on ({})", self.path.shown()));
        }
    }

    /// Removes the file of a complete run.
    pub fn remove(mut self) {
        self.complete = true;
    }
}

impl Drop for Phases {
    /// Without a complete reading, and when the run is complete, the file is worth nothing.
    fn drop(&mut self) {
        if !self.signed || self.complete {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// The whole lines of a file, and the place behind the last one.
struct PhaseLines {
    file: BufReader<File>,
    place: u64,
}

impl PhaseLines {
    fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { file: BufReader::new(File::open(path)?), place: 0 })
    }

    /// The next line; `None` at the end. A line that is not whole was being written when the run ended.
    fn next_line(&mut self) -> io::Result<Option<String>> {
        let mut line = String::new();
        let read = self.file.by_ref().read_line(&mut line)?;
        if !line.ends_with('\n') {
            return Ok(None);
        }
        self.place += read as u64;
        Ok(Some(line))
    }
}
