//! Merges signatures: the report of `corpus dedup`.

use std::time::Instant;

use anyhow::ensure;

use super::super::super::Ending;
use super::super::super::args::{KeepArg, MergeArgs};
use super::super::super::dedup::{Articles, DedupReport};
use super::super::super::sinks::merged_report;
use super::super::DATED;
use super::super::signature_row::SignatureRow;
use super::Part;
use crate::corpus::{Collection, Comparison, Shingles};

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
    let (articles, collection) = collect(parts)?;
    let mut comparison = Comparison::new(collection, args.comparison.thresholds());
    compare(parts, &mut comparison)?;
    report.finish(&articles, &comparison.duplicates(keep), args.quiet)?;
    Ok(Ending { failed: !articles.failures.is_empty(), ..Ending::default() })
}

/// The first reading: names and signatures.
fn collect(parts: &[Part]) -> anyhow::Result<(Articles, Collection)> {
    let (mut articles, mut collection) = (Articles::default(), Collection::default());
    for part in parts {
        for (number, row) in (1..).zip(part.table.rows::<SignatureRow>(&SignatureRow::SIGNATURE)) {
            let row = row?;
            if let Some(failure) = row.failure() {
                articles.failures.push(failure);
                continue;
            }
            let faulty = |reason: String| part.table.error(format!("row {number} {reason}"));
            collection.add_dated(row.signature().map_err(faulty)?, row.date().map_err(faulty)?);
            articles.names.push(row.name.into());
            articles.bytes = articles.bytes.saturating_add(row.bytes);
        }
    }
    Ok((articles, collection))
}

/// The second reading: the shingles of articles that may be copies.
fn compare(parts: &[Part], comparison: &mut Comparison) -> anyhow::Result<()> {
    let mut number = 0;
    for part in parts {
        for row in part.table.rows::<SignatureRow>(&SignatureRow::SHINGLES) {
            let SignatureRow { shingles, error, .. } = row?;
            if error.is_some() {
                continue;
            }
            if comparison.needs(number) {
                comparison.add(number, Shingles::from_hashes(shingles));
            }
            number += 1;
        }
    }
    Ok(())
}
