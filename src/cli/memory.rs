//! How much memory a command takes, and where it puts what does not fit.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, ensure};
use indicatif::HumanBytes;
use sysinfo::{MemoryRefreshKind, System};

use super::args::MemoryArgs;
use super::complain;
use crate::io::{ShownPath, SpillFolder};

/// What the program takes by itself: its dictionaries, and the ids that it has seen.
const PROGRAM: u64 = 96 << 20;
/// What each thread takes, for the records on which it works.
const THREAD: u64 = 32 << 20;
/// Bytes of temporary files for 100 bytes of input, as measured with articles of usual length.
const DISK: u64 = 50;
/// The least memory for what is known of a collection.
const LEAST: u64 = 32 << 20;

/// Memory for what is known of a collection, and a folder for what does not fit.
pub(super) struct Memory {
    /// Bytes that may be taken.
    bytes: u64,
    /// Bytes that sorting may take. They are free again when all that stays in memory is known.
    pub sorting: u64,
    pub folder: SpillFolder,
    /// The folder in which that one is.
    parent: PathBuf,
    /// Bytes that the program takes by itself.
    taken: u64,
}

impl Memory {
    /// The memory that the arguments give to a command with so many threads.
    ///
    /// # Errors
    /// If it is too little, or the folder cannot be created.
    pub fn of(args: &MemoryArgs, threads: usize) -> anyhow::Result<Arc<Self>> {
        let taken = PROGRAM + THREAD * threads as u64;
        let least = taken + LEAST;
        let all = args.memory.unwrap_or_else(|| half_of_machine().max(least));
        ensure!(
            all >= least,
            "--memory {} is too little: with --threads {threads}, the least is {}",
            megabytes(all),
            megabytes(least)
        );
        let parent = args.temp_dir.clone().unwrap_or_else(std::env::temp_dir);
        let folder = SpillFolder::new(&parent).with_context(|| unusable(&parent))?;
        let bytes = all - taken;
        Ok(Arc::new(Self { bytes, sorting: bytes, folder, parent, taken }))
    }

    /// Memory for a test.
    #[cfg(test)]
    pub fn small(bytes: u64, sorting: u64) -> Arc<Self> {
        let parent = std::env::temp_dir();
        let folder = SpillFolder::new(&parent).expect("a temporary folder");
        Arc::new(Self { bytes, sorting, folder, parent, taken: 0 })
    }

    /// Tells how large temporary files may become for inputs of so many bytes, if not all of it fits into memory.
    pub fn tell_disk(&self, input: u64) {
        let files = input / 100 * DISK;
        if files > self.bytes {
            let (size, folder) = (HumanBytes(files), self.parent.shown());
            complain(&format!(
                "temporary files may take {size} in {folder}; --temp-dir names another folder"
            ));
        }
    }

    /// Makes sure that so many bytes may be taken.
    ///
    /// # Errors
    /// If they are too many. The error says what needs them.
    pub fn ensure(&self, bytes: u64, what: &str) -> anyhow::Result<()> {
        let enough = self.taken.saturating_add(bytes.max(LEAST));
        ensure!(bytes <= self.bytes, "{what} need more memory; --memory {} is enough", megabytes(enough));
        Ok(())
    }

    /// The result of something that was done with temporary files. An error gets the name of their folder.
    pub fn named<T>(&self, result: io::Result<T>) -> anyhow::Result<T> {
        result.with_context(|| unusable(&self.parent))
    }
}

fn unusable(folder: &Path) -> String {
    format!("{}: cannot hold temporary files", folder.shown())
}

/// A size as `--memory` takes it.
fn megabytes(bytes: u64) -> String {
    format!("{}M", bytes.div_ceil(1 << 20))
}

/// Half of the memory of the machine, or of the container.
fn half_of_machine() -> u64 {
    let mut system = System::new();
    system.refresh_memory_specifics(MemoryRefreshKind::nothing().with_ram());
    system.cgroup_limits().map_or(system.total_memory(), |limits| limits.total_memory) / 2
}
