//! The destination of the articles' results.

mod folder;
mod separated;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use super::Ending;
use super::args::OutputArgs;
use super::fingerprint::Fingerprint;
use super::journal::{End, Journal};
use crate::io::{Compression, Input, Opening, Output, Packed, ShownPath, back_up, replace_file};
use folder::Folder;
use separated::Separated;

/// The destination of the results, before anything is opened.
pub(super) struct Destination {
    pub target: ResultPlace,
    /// The journal, where a run may go on after an interruption.
    pub journal: Option<Journal>,
}

/// Where results go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ResultPlace {
    /// Results are not wanted.
    Nowhere,
    /// All results go to standard output.
    Standard,
    /// All results go to a file.
    File(PathBuf),
    /// The result of each file goes to a file in this folder.
    Folder(PathBuf),
    /// Each file is replaced by its result.
    InPlace {
        /// The suffix of the backup, if one is made.
        backup: Option<String>,
    },
}

impl ResultPlace {
    /// The target that the arguments name.
    fn of(args: &OutputArgs) -> Self {
        match (&args.output, &args.output_dir) {
            _ if args.in_place => ResultPlace::InPlace { backup: args.backup.clone() },
            (Some(path), _) if path != Path::new("-") => ResultPlace::File(path.clone()),
            (None, Some(folder)) => ResultPlace::Folder(folder.clone()),
            _ => ResultPlace::Standard,
        }
    }
}

impl Destination {
    /// No destination.
    pub fn nowhere() -> Self {
        Self { target: ResultPlace::Nowhere, journal: None }
    }

    /// All results go to a file, or to standard output for `-`.
    pub fn to(path: &Path) -> Self {
        let is_standard = path == Path::new("-");
        let target = if is_standard { ResultPlace::Standard } else { ResultPlace::File(path.to_owned()) };
        Self { target, journal: None }
    }

    /// The result of each file goes to a file in a folder.
    ///
    /// # Errors
    /// If the folder cannot be created.
    pub fn into_folder(folder: &Path) -> anyhow::Result<Self> {
        created(folder)?;
        Ok(Self { target: ResultPlace::Folder(folder.to_owned()), journal: None })
    }

    /// Each file is replaced by its result. Nothing is written beside the files, so the command can be run again.
    pub fn in_place() -> Self {
        Self { target: ResultPlace::InPlace { backup: None }, journal: None }
    }

    /// The destination that the arguments name. In place, the journal stands beside `report`, a file that the run
    /// writes in addition, because without one the same command can be run again instead.
    ///
    /// # Errors
    /// If an interrupted run wrote there, and nothing is said about it, or if the folder cannot be created.
    pub fn of(args: &OutputArgs, inputs: &[PathBuf], report: Option<&Path>) -> anyhow::Result<Self> {
        let target = ResultPlace::of(args);
        if let ResultPlace::Folder(folder) = &target {
            created(folder)?;
        }
        let is_standard = |path: &PathBuf| path == Path::new("-");
        let place = match &target {
            _ if inputs.is_empty() || inputs.iter().any(is_standard) => None,
            ResultPlace::File(path) => Some(path.as_path()),
            ResultPlace::Folder(folder) => Some(folder.as_path()),
            ResultPlace::InPlace { .. } => report,
            ResultPlace::Nowhere | ResultPlace::Standard => None,
        };
        let place = place.filter(|place| place.is_dir() || place.is_file() || !place.exists());
        anyhow::ensure!(
            place.is_some() || !args.resume || matches!(target, ResultPlace::InPlace { .. }),
            "--resume needs named inputs, and a file or a folder for the results"
        );
        let journal = |place| Journal::of(place, args.checkpoint, args.resume, args.restart);
        Ok(Self { journal: place.map(journal).transpose()?, target })
    }

    /// The same, for a run that depends on this besides its arguments and inputs. Without a journal no one asks.
    pub fn depending_on(self, depends: impl FnOnce() -> Fingerprint) -> Self {
        Self { journal: self.journal.map(|journal| journal.depending_on(depends())), ..self }
    }

    /// Ends a run that was interrupted at its very end. Returns how it ended.
    ///
    /// # Errors
    /// If it was another run, or a file cannot get its name.
    pub fn complete_earlier(&mut self) -> anyhow::Result<Option<Ending>> {
        let end = self.journal.as_mut().map_or(Ok(None), Journal::complete_earlier)?;
        Ok(end.map(|End { found, failed, .. }| Ending { found, failed, interrupted: false }))
    }

    /// What happens to files that an interrupted run left.
    pub fn opening(&self) -> Opening {
        let resumes = self.journal.as_ref().is_some_and(Journal::resumes);
        if resumes { Opening::Continued } else { Opening::New }
    }

    /// Whether files are replaced by their results.
    pub fn is_in_place(&self) -> bool {
        matches!(self.target, ResultPlace::InPlace { .. })
    }

    /// Opens the destination.
    ///
    /// # Errors
    /// If the file cannot be created.
    pub fn open(&self) -> anyhow::Result<Opened> {
        Ok(match &self.target {
            ResultPlace::Nowhere => Opened::Nowhere,
            ResultPlace::Standard => Opened::One(Separated::new(Packed::Plain(Output::standard()))),
            ResultPlace::File(path) => Opened::One(Separated::new(packed(path, self.opening())?)),
            ResultPlace::Folder(root) => {
                Opened::Folder(Folder { root: root.clone(), current: None, unsynced: Vec::new() })
            }
            ResultPlace::InPlace { backup } => Opened::InPlace { result: Vec::new(), backup: backup.clone() },
        })
    }
}

/// Makes sure that a folder exists.
fn created(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("{}: cannot be written", folder.shown()))
}

/// A file to write to, which is compressed if its name says so.
fn packed(path: &Path, opening: Opening) -> anyhow::Result<Packed> {
    let compression =
        path.extension().and_then(|ending| Compression::by_ending(&ending.to_str()?.to_ascii_lowercase()));
    Ok(Packed::new(create(path, opening)?, compression))
}

/// A file to write to.
///
/// # Errors
/// If it cannot be created.
pub(super) fn create(path: &Path, opening: Opening) -> anyhow::Result<Output> {
    Output::file(path, opening).with_context(|| format!("{}: cannot be written", path.shown()))
}

/// The open destination.
pub(super) enum Opened {
    /// Results are not wanted.
    Nowhere,
    /// All results go to one output.
    One(Separated),
    /// Each result goes to a file in a folder.
    Folder(Folder),
    /// The result of the current file. It replaces the file when it is complete.
    InPlace {
        result: Vec<u8>,
        /// The suffix of the backup, if one is made.
        backup: Option<String>,
    },
}

impl Opened {
    /// Begins the result of an input, which has this place in a folder. What is `recoded` keeps results apart by itself.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn begin(&mut self, place: &Path, recoded: bool) -> anyhow::Result<()> {
        match self {
            Opened::One(_) if recoded => Ok(()),
            Opened::One(output) => output.separate(),
            Opened::Folder(folder) => folder.begin(place, Opening::New),
            Opened::InPlace { result, .. } => {
                result.clear();
                Ok(())
            }
            Opened::Nowhere => Ok(()),
        }
    }

    /// The stream for the result of an input, if results are wanted.
    pub fn stream(&mut self) -> Option<&mut (dyn Write + Send)> {
        match self {
            Opened::Nowhere => None,
            Opened::One(output) => Some(output),
            Opened::Folder(folder) => folder.packed().map(|output| output as &mut (dyn Write + Send)),
            Opened::InPlace { result, .. } => Some(result),
        }
    }

    /// The file that is being written, if it can be gone on with.
    pub fn output(&mut self) -> Option<&mut Output> {
        match self {
            Opened::One(output) => output.output(),
            Opened::Folder(folder) => folder.packed().map(Packed::output),
            Opened::Nowhere | Opened::InPlace { .. } => None,
        }
    }

    /// Whether the file that is being written is compressed.
    pub fn is_compressed(&self) -> bool {
        match self {
            Opened::One(output) => output.output.as_ref().is_some_and(Packed::is_compressed),
            Opened::Folder(folder) => {
                folder.current.as_ref().is_some_and(|(_, output)| output.is_compressed())
            }
            Opened::Nowhere | Opened::InPlace { .. } => false,
        }
    }

    /// Ends a member of a compressed file, so that another run can go on behind it.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn end_member(&mut self) -> io::Result<()> {
        match self {
            Opened::One(output) => {
                output.output = output.output.take().map(Packed::end_member).transpose()?
            }
            Opened::Folder(folder) => {
                if let Some((path, output)) = folder.current.take() {
                    folder.current = Some((path, output.end_member()?));
                }
            }
            Opened::Nowhere | Opened::InPlace { .. } => {}
        }
        Ok(())
    }

    /// The new content of a file, if it differs from the old one. This happens only in place.
    ///
    /// # Errors
    /// If it cannot be compressed.
    pub fn replacement(
        &mut self,
        input: &Input,
        compression: Option<Compression>,
    ) -> io::Result<Option<Vec<u8>>> {
        let (Opened::InPlace { result, .. }, Input::File(path)) = (self, input) else { return Ok(None) };
        match compression {
            None if fs::read(path).is_ok_and(|old| old != *result) => Ok(Some(std::mem::take(result))),
            Some(compression) if content(path, compression).is_ok_and(|old| old != *result) => {
                compression.compressed(result).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Replaces a file. Its old content stays in a backup, if one is asked for.
    ///
    /// # Errors
    /// If the content or the backup cannot be written. In that case the file stays as it was.
    pub fn replace(&self, input: &Input, content: &[u8]) -> io::Result<()> {
        let (Opened::InPlace { backup, .. }, Input::File(path)) = (self, input) else { return Ok(()) };
        if let Some(suffix) = backup {
            let named = |error: io::Error| io::Error::new(error.kind(), format!("no backup: {error}"));
            back_up(path, suffix).map_err(named)?;
        }
        replace_file(path, content)
    }

    /// Completes the content of the current file of a folder. Returns its path.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn whole(&mut self) -> anyhow::Result<Option<PathBuf>> {
        let Opened::Folder(folder) = self else { return Ok(None) };
        let Some((path, output)) = folder.current.take() else { return Ok(None) };
        let mut output = output.ended().context("cannot write the result")?;
        output.sync().context("cannot write the result")?;
        folder.current = Some((path.clone(), Packed::Plain(output)));
        Ok(Some(path))
    }

    /// Ends the result of an input. In a folder, its file appears if it is `wanted`.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn end(&mut self, wanted: bool) -> anyhow::Result<()> {
        match self {
            Opened::Folder(folder) => folder.end(wanted).context("cannot write the result"),
            Opened::Nowhere | Opened::One(_) | Opened::InPlace { .. } => Ok(()),
        }
    }

    /// Makes sure that the complete files of a folder are on the disk.
    ///
    /// # Errors
    /// Errors of the disk.
    pub fn sync_results(&mut self) -> anyhow::Result<()> {
        match self {
            Opened::Folder(folder) => folder.sync().context("cannot write the result"),
            Opened::Nowhere | Opened::One(_) | Opened::InPlace { .. } => Ok(()),
        }
    }

    /// Whether files are replaced by their results.
    pub fn is_in_place(&self) -> bool {
        matches!(self, Opened::InPlace { .. })
    }

    /// Whether results go to files.
    pub fn writes_files(&mut self) -> bool {
        match self {
            Opened::Nowhere => false,
            Opened::One(output) => output.output().is_some_and(|output| output.path().is_some()),
            Opened::Folder(_) | Opened::InPlace { .. } => true,
        }
    }

    /// Whether each input has a result of its own.
    pub fn is_one_per_input(&self) -> bool {
        matches!(self, Opened::InPlace { .. } | Opened::Folder(_))
    }

    /// Whether the last line that was written has ended.
    pub fn ended(&self) -> bool {
        !matches!(self, Opened::One(output) if !output.ended)
    }

    /// Says whether the last line that was written has ended.
    pub fn set_ended(&mut self, ended: bool) {
        if let Opened::One(output) = self {
            output.ended = ended;
        }
    }

    /// Goes on behind what an interrupted run wrote.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn continue_at(&mut self, place: &Path, length: Option<u64>) -> anyhow::Result<()> {
        if let (Opened::Folder(folder), Some(_)) = (&mut *self, length) {
            folder.begin(place, Opening::Continued)?;
        }
        match (self.output(), length) {
            (Some(output), Some(length)) => Ok(output.continue_at(length)?),
            _ => Ok(()),
        }
    }

    /// The output, with all that is left. It has not its name yet.
    ///
    /// # Errors
    /// Errors of the output.
    pub fn into_output(mut self) -> anyhow::Result<Option<Output>> {
        self.sync_results()?;
        match self {
            Opened::One(Separated { output: Some(output), .. }) => {
                output.ended().map(Some).context("cannot write the result")
            }
            _ => Ok(None),
        }
    }
}

/// The content of a compressed file.
fn content(path: &Path, compression: Compression) -> io::Result<Vec<u8>> {
    let mut content = Vec::new();
    compression.reader(Box::new(fs::File::open(path)?))?.read_to_end(&mut content)?;
    Ok(content)
}

/// The reason why an input cannot be replaced at all.
pub(super) fn irreplaceable(input: &Input) -> Option<&'static str> {
    let Input::File(path) = input else { return Some("cannot be replaced in place") };
    let special = path.exists() && !path.is_file() && !path.is_dir();
    special.then_some("is no regular file and cannot be replaced")
}
