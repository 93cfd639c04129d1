//! Merges signatures: the report of `corpus dedup`.

use std::sync::Arc;
use std::time::Instant;

use anyhow::ensure;

use super::super::super::Ending;
use super::super::super::args::{KeepArg, MergeArgs};
use super::super::super::collection::{Comparing, Signing};
use super::super::super::dedup::DedupReport;
use super::super::super::memory::Memory;
use super::super::super::sinks::merged_report;
use super::super::DATED;
use super::super::signature_row::SignatureRow;
use super::Part;
use crate::clean::TextHash;
use crate::corpus::Shingles;

pub(super) fn merge(args: &MergeArgs, parts: &[Part]) -> anyhow::Result<Ending> {
    let started = Instant::now();
    ensure!(args.output.is_none(), "--output is for tables of `corpus count`; --report writes the copies");
    ensure!(args.review.is_none(), "--review is for tables of `corpus count`");
    let keep = args.comparison.keep()?;
    let undated = parts.iter().find(|part| part.table.setting(DATED) != Some("true"));
    if let Some(part) = undated.filter(|_| args.comparison.keep == KeepArg::Newest) {
        return Err(part
            .table
            .error("has no dates; --keep newest needs `corpus sign --date-field`".to_owned())
            .into());
    }
    let report = DedupReport { output: merged_report(args)?, started };
    let memory = Memory::of(&args.memory, 1)?;
    let mut comparing = collect(parts, &memory)?.finish(args.comparison.thresholds())?;
    if comparing.has_pairs() {
        compare(parts, &mut comparing)?;
    }
    let mut found = comparing.finish(keep)?;
    report.finish(&mut found, args.quiet)?;
    Ok(Ending { failed: found.articles.failed() > 0, ..Ending::default() })
}

/// The first reading: names and signatures.
fn collect(parts: &[Part], memory: &Arc<Memory>) -> anyhow::Result<Signing> {
    let mut signing = Signing::new(memory)?;
    for part in parts {
        for (number, row) in (1..).zip(part.table.rows::<SignatureRow>(&SignatureRow::SIGNATURE)) {
            let row = row?;
            if let Some(failure) = row.failure() {
                signing.fail(&failure)?;
                continue;
            }
            let faulty = |reason: String| part.table.error(format!("row {number} {reason}"));
            let (signature, date) = (row.signature().map_err(faulty)?, row.date().map_err(faulty)?);
            signing.add(&row.name, row.bytes, TextHash::default(), &signature, date.as_ref())?;
        }
    }
    Ok(signing)
}

/// The second reading: shingles.
fn compare(parts: &[Part], comparing: &mut Comparing) -> anyhow::Result<()> {
    for part in parts {
        for row in part.table.rows::<SignatureRow>(&SignatureRow::SHINGLES) {
            let SignatureRow { shingles, error, .. } = row?;
            if error.is_none() {
                comparing.add(Some(&Shingles::from_hashes(shingles)))?;
            }
        }
    }
    Ok(())
}
