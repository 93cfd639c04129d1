//! Numbers of records, to tell fields that no record has.

use serde::{Deserialize, Serialize};

use super::super::super::complain;
use super::super::plan::RunPlan;
use crate::io::InputRecord;

/// Numbers of the records that were read.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub(super) struct RecordCounts {
    all: usize,
    with_id: usize,
    with_title: usize,
    with_source: usize,
    with_host: usize,
    #[serde(default)]
    with_date: usize,
}

impl RecordCounts {
    pub fn add(&mut self, record: &InputRecord) {
        self.all += 1;
        self.with_id += usize::from(record.has_id);
        self.with_title += usize::from(record.title.is_some());
        self.with_source += usize::from(record.site.name.is_some());
        self.with_host += usize::from(record.site.host.is_some());
        self.with_date += usize::from(record.date.is_some());
    }

    /// Reports each named field that no record has, because its name may be misspelt.
    pub fn complain_of_fields(&self, plan: &RunPlan) {
        for (option, name) in plan.named_fields() {
            let found = match option {
                "--id-field" => self.with_id,
                "--title-field" => self.with_title,
                "--source-field" => self.with_source,
                "--url-field" => self.with_host,
                "--date-field" => self.with_date,
                _ => self.all,
            };
            if self.all > 0 && found == 0 {
                complain(&format!("{option} {name}: no record has such a field"));
            }
        }
    }
}
