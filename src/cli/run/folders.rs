//! The files of a run: the files that are named, and those in folders that are named.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use crate::io::{Compression, Failure, Format, Input, ShownPath, is_work_file};

/// The name of files that list what a run leaves out of a folder, in the syntax of `.gitignore`.
const IGNORE_FILE: &str = ".qingwenignore";

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Selected {
    pub input: Input,
    /// Its place below the folder that is named, or its file name. The result has the same place in another folder.
    pub place: PathBuf,
}

impl Selected {
    /// The same file, whose result has another name if the format is not written: `a.html` becomes `a.txt`.
    pub fn with_result_name(self) -> Self {
        let format = self.input.ending().and_then(|ending| Format::by_ending(&ending));
        if format.is_none_or(|format| format.is_written) {
            return self;
        }
        let compressed = self.place.extension().and_then(|ending| Compression::by_ending(ending.to_str()?));
        let place = match (compressed, self.place.extension().and_then(|ending| ending.to_str())) {
            (Some(_), Some(ending)) => self.place.with_extension("").with_extension(format!("txt.{ending}")),
            _ => self.place.with_extension("txt"),
        };
        Self { place, ..self }
    }
}

/// The files of a run.
#[derive(Debug, Default)]
pub(super) struct Selection {
    pub files: Vec<Selected>,
    /// Remarks on files of folders that are left out.
    pub remarks: Vec<String>,
    /// Folders that could not be read.
    pub problems: Vec<Failure>,
}

impl Selection {
    /// The files that paths name. Without a path, it is standard input. `globs` say which files of folders are taken.
    /// Files and folders that are `left_out` are never taken from a folder.
    ///
    /// # Errors
    /// If a glob is not valid.
    pub fn of(paths: &[PathBuf], globs: &[String], left_out: &[&Path]) -> anyhow::Result<Self> {
        let mut selection = Self::default();
        if paths.is_empty() {
            selection.add(Input::Standard, PathBuf::new());
        }
        let left_out: HashSet<PathBuf> =
            left_out.iter().filter_map(|path| path.canonicalize().ok()).collect();
        for path in paths {
            match Input::from_path(path) {
                Input::File(path) if path.is_dir() => {
                    let walk = Walk { root: &path, globs: overrides(&path, globs)?, any: takes_any(globs) };
                    walk.run(&left_out, &mut selection);
                }
                input => selection.add(input, path.file_name().map(PathBuf::from).unwrap_or_default()),
            }
        }
        Ok(selection)
    }

    fn add(&mut self, input: Input, place: PathBuf) {
        self.files.push(Selected { input, place });
    }
}

/// Whether globs name files to take, whatever their names end in. Globs with `!` only leave files out.
fn takes_any(globs: &[String]) -> bool {
    globs.iter().any(|glob| !glob.starts_with('!'))
}

fn overrides(root: &Path, globs: &[String]) -> anyhow::Result<Override> {
    let mut builder = OverrideBuilder::new(root);
    for glob in globs {
        builder.add(glob).map_err(|error| anyhow::anyhow!("--glob {glob}: {error}"))?;
    }
    Ok(builder.build()?)
}

/// A search through a folder.
struct Walk<'w> {
    root: &'w Path,
    globs: Override,
    /// Whether files are taken whose names end in no format's ending.
    any: bool,
}

impl Walk<'_> {
    /// Adds the files of the folder, in the order of their names. Links are not followed, because they may lead out of
    /// the folder.
    fn run(&self, left_out: &HashSet<PathBuf>, selection: &mut Selection) {
        let left_out = left_out.clone();
        let stays = move |path: &Path| {
            !left_out.is_empty() && path.canonicalize().is_ok_and(|path| left_out.contains(&path))
        };
        let walk = WalkBuilder::new(self.root)
            .add_custom_ignore_filename(IGNORE_FILE)
            .overrides(self.globs.clone())
            .sort_by_file_name(std::ffi::OsStr::cmp)
            .filter_entry(move |entry| !stays(entry.path()))
            .build();
        let (before, problems) = (selection.files.len(), selection.problems.len());
        let mut others: BTreeMap<String, usize> = BTreeMap::new();
        for entry in walk {
            match entry {
                Err(error) => selection.problems.push(self.problem(&error)),
                Ok(entry) if !is_file(&entry) || is_work_file(entry.path()) => {}
                Ok(entry) => match self.takes(entry.path()) {
                    Ok(()) => self.add(entry.into_path(), selection),
                    Err(kind) => *others.entry(kind).or_default() += 1,
                },
            }
        }
        selection.remarks.extend(self.remark(&others));
        if (selection.files.len(), selection.problems.len()) == (before, problems) {
            selection.remarks.push(format!("{}: holds no file that is read", self.root.shown()));
        }
    }

    fn problem(&self, error: &ignore::Error) -> Failure {
        let name = self.root.shown();
        Failure { message: format!("{name}: {error}"), name, source: None }
    }

    /// Whether a file is taken. If not, the error is what its name ends in.
    fn takes(&self, path: &Path) -> Result<(), String> {
        let input = Input::File(path.to_owned());
        match input.ending() {
            _ if self.any => Ok(()),
            Some(ending) if Format::by_ending(&ending).is_some() => Ok(()),
            Some(ending) => Err(format!(".{ending}")),
            None => Err("no ending".to_owned()),
        }
    }

    fn add(&self, path: PathBuf, selection: &mut Selection) {
        let place = path.strip_prefix(self.root).map(Path::to_owned).unwrap_or_default();
        selection.add(Input::File(path), place);
    }

    fn remark(&self, others: &BTreeMap<String, usize>) -> Option<String> {
        let count: usize = others.values().sum();
        let kinds = others.iter().map(|(kind, count)| format!("{count} with {kind}"));
        let files = if count == 1 { "1 file is" } else { &format!("{count} files are") };
        (count > 0).then(|| {
            format!(
                "{}: {files} left out, whose names tell no format that is read ({}); --glob takes them",
                self.root.shown(),
                kinds.collect::<Vec<_>>().join(", ")
            )
        })
    }
}

fn is_file(entry: &DirEntry) -> bool {
    entry.file_type().is_some_and(|kind| kind.is_file())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn places(root: &Path, globs: &[&str], left_out: &[&Path]) -> Vec<String> {
        let globs: Vec<String> = globs.iter().map(|glob| (*glob).to_owned()).collect();
        let selection = Selection::of(&[root.to_owned()], &globs, left_out).unwrap();
        selection.files.iter().map(|file| file.place.to_string_lossy().replace('\\', "/")).collect()
    }

    #[test]
    fn files_of_formats_are_taken_in_the_order_of_names() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        for name in [
            "b/c.txt",
            "a.txt",
            "b/a.jsonl.gz",
            "b/p.png",
            "README",
            ".hidden.txt",
            "out/a.txt",
            "skip/a.txt",
        ] {
            let path = root.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "甲").unwrap();
        }
        fs::write(root.join(IGNORE_FILE), "/skip\n").unwrap();
        let left_out = root.join("out");
        assert_eq!(places(root, &[], &[&left_out]), ["a.txt", "b/a.jsonl.gz", "b/c.txt"]);
        assert_eq!(places(root, &["README", "b/*.txt"], &[]), ["README", "b/c.txt"]);
        assert_eq!(places(root, &["!b/"], &[]), ["a.txt", "out/a.txt"]);
        let remarks = Selection::of(&[root.to_owned()], &[], &[]).unwrap().remarks;
        assert_eq!(remarks.len(), 1, "{remarks:?}");
        assert!(
            remarks[0].contains("2 files are left out") && remarks[0].contains("1 with .png"),
            "{remarks:?}"
        );
    }

    #[test]
    #[cfg(unix)]
    fn links_are_not_followed() {
        let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(outside.path().join("a.txt"), "甲").unwrap();
        std::os::unix::fs::symlink(outside.path(), folder.path().join("link")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("a.txt"), folder.path().join("b.txt")).unwrap();
        assert_eq!(places(folder.path(), &[], &[]), Vec::<String>::new());
    }
}
