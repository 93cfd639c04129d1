//! `qingwen rules lint` and `qingwen rules new`: help in writing rules.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

use super::args::NewArgs;
use super::{Ending, line_history, print, rule_packs};
use crate::clean::{Document, RulePack, RulePackError};

/// Prints what is wrong with the rules of some folders, a line each; nothing if it is quiet.
pub(super) fn lint(folders: &[PathBuf], quiet: bool) -> anyhow::Result<Ending> {
    let failures = match rule_packs::read(folders) {
        Ok(pack) => pack.failures(),
        Err(error) => error.downcast::<RulePackError>()?.faults,
    };
    let told = if quiet { &[][..] } else { &failures };
    let lines: String = told.iter().map(|failure| format!("{failure}\n")).collect();
    print(lines.as_bytes())?;
    Ok(Ending { found: !failures.is_empty(), ..Ending::default() })
}

/// Prints a rule that removes a line.
pub(super) fn new(args: &NewArgs) -> anyhow::Result<Ending> {
    let line = match (&args.line, &args.from) {
        (Some(line), _) => line.clone(),
        (None, from) => line_of(from.as_deref().unwrap_or_default())?,
    };
    if line.trim().is_empty() || line.contains(['\n', '\r']) {
        bail!("a rule is written for one line that is not blank");
    }
    let rule = RulePack::draft(&args.id, &line);
    RulePack::read([("the rule", rule.as_str())])?;
    print(rule.as_bytes())
}

/// The line of a file that `FILE:LINE` names.
fn line_of(place: &str) -> anyhow::Result<String> {
    let parts = place.rsplit_once(':').and_then(|(file, number)| Some((file, number.parse::<usize>().ok()?)));
    let (file, number) =
        parts.with_context(|| format!("--from {place}: name a file and a line: FILE:LINE"))?;
    let record = line_history::read(Path::new(file))?;
    Ok(line_history::line(&Document::new(&record.text), file, number)?.to_owned())
}
