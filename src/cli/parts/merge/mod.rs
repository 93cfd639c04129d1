//! `qingwen corpus merge`: from the tables of all parts of a collection, what one run over the collection gives.

mod counts;
mod pages;
mod signatures;

use std::path::{Path, PathBuf};

use anyhow::{bail, ensure};

use super::super::args::MergeArgs;
use super::super::sinks::refuse_shared;
use super::super::{Ending, complain};
use super::counted_row::PAGES;
use super::signature_row::SIGNATURES;
use super::{CLEANED, PROGRAM};
use crate::io::{ShownPath, Table, TableForm};

pub(in crate::cli) fn command(args: &MergeArgs) -> anyhow::Result<Ending> {
    let beside = [
        ("--report", args.report.as_deref()),
        ("--output", args.output.as_deref()),
        ("--review", args.review.as_deref()),
    ];
    refuse_shared(&args.paths, None, &beside)?;
    let tables = open(&args.paths)?;
    let form = form(&tables)?;
    same_setting(&tables, PROGRAM, "other versions of qingwen wrote the tables")?;
    same_setting(&tables, CLEANED, "some tables were signed with --cleaned, and others were not")?;
    if *form == SIGNATURES { signatures::merge(args, &tables) } else { counts::merge(args, &tables) }
}

/// A table, and the path of its file.
struct Part {
    path: PathBuf,
    table: Table,
}

/// Opens all tables, and names each one that cannot be read.
fn open(paths: &[PathBuf]) -> anyhow::Result<Vec<Part>> {
    let mut parts = Vec::new();
    for path in paths {
        match Table::open(path) {
            Ok(table) => parts.push(Part { path: path.clone(), table }),
            Err(error) => complain(&error.to_string()),
        }
    }
    // The result without one of them would be that of another collection.
    let unread = paths.len() - parts.len();
    ensure!(unread == 0, "{unread} of {} tables cannot be read, so nothing is merged", paths.len());
    Ok(parts)
}

/// The kind that all tables have.
fn form(parts: &[Part]) -> anyhow::Result<&'static TableForm> {
    let mut found: Option<(&Path, &TableForm)> = None;
    for part in parts {
        let own = of_kind(part)?;
        part.table.check(own)?;
        match found {
            Some((first, form)) if form != own => {
                bail!("{}: is {}, and {} is {}", part.path.shown(), own.title, first.shown(), form.title)
            }
            Some(_) => {}
            None => found = Some((&part.path, own)),
        }
    }
    Ok(found.map_or(&SIGNATURES, |(_, form)| form))
}

fn of_kind(part: &Part) -> anyhow::Result<&'static TableForm> {
    let known = [&SIGNATURES, &PAGES].into_iter().find(|form| part.table.kind() == Some(form.kind));
    let unknown = || part.table.error("is no table of `corpus sign` or `corpus count`".to_owned());
    Ok(known.ok_or_else(unknown)?)
}

/// Makes sure that a setting is the same in all tables.
fn same_setting(parts: &[Part], name: &str, reason: &str) -> anyhow::Result<()> {
    let Some((first, others)) = parts.split_first() else { return Ok(()) };
    let differs = |part: &&Part| part.table.setting(name) != first.table.setting(name);
    match others.iter().find(differs) {
        None => Ok(()),
        Some(other) => {
            let value = |part: &Part| part.table.setting(name).unwrap_or("nothing").to_owned();
            let (path, first_path) = (other.path.shown(), first.path.shown());
            bail!("{path}: {reason}: {name} is {}, and {} in {first_path}", value(other), value(first))
        }
    }
}
