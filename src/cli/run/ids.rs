//! Ids of records that stand twice. Reports name records by their ids.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::super::complain;
use crate::io::InputRecord;

/// Maximum number of ids that are remembered, so that memory stays bounded.
const REMEMBERED: usize = 3_500_000;
/// Maximum number of ids that the message names.
const NAMED: usize = 5;

/// The ids of a run.
#[derive(Default)]
pub(super) struct Ids {
    seen: HashSet<u64>,
    /// Number of records with the id of an earlier one.
    repeated: usize,
    named: Vec<String>,
}

impl Ids {
    /// Remembers the id of a record.
    pub fn add(&mut self, record: &InputRecord) {
        if !record.has_id || self.seen.len() >= REMEMBERED {
            return;
        }
        let mut hasher = DefaultHasher::new();
        record.name.hash(&mut hasher);
        if self.seen.insert(hasher.finish()) {
            return;
        }
        self.repeated += 1;
        if self.named.len() < NAMED && !self.named.contains(&record.name) {
            self.named.push(record.name.clone());
        }
    }

    /// Tells the ids that stand twice.
    pub fn complain(&self) {
        let records = match self.repeated {
            0 => return,
            1 => "1 record has the id of an earlier record".to_owned(),
            count => format!("{count} records have the id of an earlier record"),
        };
        let named: Vec<String> = self.named.iter().map(|name| format!("{name:?}")).collect();
        let more = if self.repeated > self.named.len() { ", …" } else { "" };
        complain(&format!("{records}, and reports name both so: {}{more}", named.join(", ")));
    }
}
