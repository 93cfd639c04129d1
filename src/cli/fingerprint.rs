//! What a run depends on besides its command line and its inputs: the configuration, and files that are named. A run goes
//! on with an interrupted one only if they are the same.

use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::rule_packs::rule_files;
use crate::io::ShownPath;

/// What a run depends on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Fingerprint {
    /// By key, what the configuration file and the environment give.
    settings: BTreeMap<String, String>,
    /// By path, hashes of the files with rules, lists, words and exceptions.
    files: BTreeMap<PathBuf, String>,
}

impl Fingerprint {
    /// Adds a setting that is configured.
    pub fn add_setting(&mut self, key: String, value: String) {
        self.settings.insert(key, value);
    }

    /// Adds the content of a file, or of the rules in a folder. What cannot be read has none.
    pub fn add_file(&mut self, path: &Path) {
        let in_folder = path.is_dir().then(|| rule_files(path).unwrap_or_default());
        let files = in_folder.unwrap_or_else(|| vec![path.to_owned()]);
        for file in files {
            if let Some(hash) = hash(&file) {
                self.files.insert(file, hash);
            }
        }
    }

    /// What is no longer as it was.
    pub fn difference(&self, now: &Self) -> Option<String> {
        let setting = differing(&self.settings, &now.settings).map(|key| {
            let value = |settings: &BTreeMap<String, String>| {
                settings.get(key).map_or("not set".into(), String::clone)
            };
            format!("{key} was {}, and is {}", value(&self.settings), value(&now.settings))
        });
        let file = || Some(format!("{} has changed since", differing(&self.files, &now.files)?.shown()));
        setting.or_else(file)
    }
}

/// The first key whose value is not the same in two maps.
fn differing<'m, K: Ord, V: PartialEq>(before: &'m BTreeMap<K, V>, now: &'m BTreeMap<K, V>) -> Option<&'m K> {
    before.keys().chain(now.keys()).find(|key| before.get(key) != now.get(key))
}

/// The hash of a file, which may be large.
fn hash(path: &Path) -> Option<String> {
    let mut hash = Sha256::new();
    io::copy(&mut File::open(path).ok()?, &mut hash).ok()?;
    Some(format!("{:x}", hash.finalize()))
}
