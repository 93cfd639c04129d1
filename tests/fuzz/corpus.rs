//! Inputs that are kept, in `tests/fuzz/corpus`, and findings.

use std::fs;
use std::hash::BuildHasher;
use std::path::{Path, PathBuf};

/// The inputs of a target.
pub(super) struct Corpus {
    name: &'static str,
    pub inputs: Vec<Vec<u8>>,
}

/// Bytes of the largest input that is kept.
const LARGEST: usize = 2_000;

/// The most inputs that are kept in files. A run may use more.
const MOST: usize = 16;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(name)
}

impl Corpus {
    /// The inputs in the target's folder, in the order of their names.
    pub fn read(name: &'static str) -> Self {
        let entries = fs::read_dir(folder("corpus").join(name)).into_iter().flatten();
        let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        let inputs = paths.iter().filter_map(|path| fs::read(path).ok()).collect();
        Self { name, inputs }
    }

    /// Keeps an input, in a file if it is short.
    pub fn keep(&mut self, input: Vec<u8>) {
        if input.len() <= LARGEST && self.inputs.len() < MOST {
            write(&folder("corpus").join(self.name), &hash(&input), &input);
        }
        self.inputs.push(input);
    }

    /// Writes the input that is being tried.
    pub fn write_current(&self, input: &[u8]) {
        write(&folder("findings"), &format!("{}-current", self.name), input);
    }

    /// Writes the input that took longest.
    pub fn write_slowest(&self, input: &[u8]) {
        write(&folder("findings"), &format!("{}-slowest", self.name), input);
    }

    /// Writes an input that fails.
    pub fn write_finding(&self, input: &[u8]) {
        write(&folder("findings"), &format!("{}-{}", self.name, hash(input)), input);
    }
}

/// A name for a file of these bytes.
fn hash(input: &[u8]) -> String {
    format!("{:016x}", foldhash::quality::FixedState::default().hash_one(input))
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(folder.join(name), bytes))
        .expect("the file is written");
}
