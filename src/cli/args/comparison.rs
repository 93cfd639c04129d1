//! Which articles are copies, and which copy stays.

use anyhow::ensure;
use clap::{Args, ValueEnum};

use super::names::target;
use crate::Target;
use crate::corpus::{Keep, Thresholds};

#[derive(Debug, Args)]
pub(in crate::cli) struct ComparisonArgs {
    /// Which of several copies stays: the first, the longest, the first in the script of --to, or the newest by
    /// --date-field
    #[arg(long, value_enum, default_value_t = KeepArg::First, help_heading = "Comparison")]
    pub keep: KeepArg,
    /// The script in which a copy stays, with --keep target-script: hans, hant, or a region's target
    #[arg(long, value_name = "TARGET", value_parser = target(), hide_possible_values = true, help_heading = "Comparison")]
    pub to: Option<Target>,
    /// How alike copies are at least: the shingles of both as a share of those of either, from 0.5 to 1 [default: 0.7]
    #[arg(long, value_name = "SHARE", value_parser = share, help_heading = "Comparison")]
    pub similarity: Option<f64>,
    /// How much of an excerpt is at least in the longer article: a share of its shingles, from 0.5 to 1 [default: 0.9]
    #[arg(long, value_name = "SHARE", value_parser = share, help_heading = "Comparison")]
    pub containment: Option<f64>,
}

/// Which of several copies stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum KeepArg {
    First,
    Longest,
    TargetScript,
    Newest,
}

impl ComparisonArgs {
    /// Which of several copies stays.
    ///
    /// # Errors
    /// If --keep and --to do not fit.
    pub fn keep(&self) -> anyhow::Result<Keep> {
        let is_script = self.keep == KeepArg::TargetScript;
        ensure!(is_script || self.to.is_none(), "--to is for --keep target-script");
        let script = self.to.and_then(Target::script);
        ensure!(
            !is_script || script.is_some(),
            "--keep target-script needs a script: --to hans or --to hant"
        );
        Ok(match (self.keep, script) {
            (KeepArg::Longest, _) => Keep::Longest,
            (KeepArg::Newest, _) => Keep::Newest,
            (KeepArg::TargetScript, Some(script)) => Keep::Script(script),
            (KeepArg::First | KeepArg::TargetScript, _) => Keep::First,
        })
    }

    /// How alike copies must be.
    pub fn thresholds(&self) -> Thresholds {
        let Thresholds { similarity, containment } = Thresholds::default();
        Thresholds {
            similarity: self.similarity.unwrap_or(similarity),
            containment: self.containment.unwrap_or(containment),
        }
    }
}

/// A share that signatures can find.
fn share(written: &str) -> Result<f64, &'static str> {
    let share = written.parse().ok().filter(|share| (0.5..=1.0).contains(share));
    share.ok_or("a share is a number from 0.5 to 1, such as 0.7")
}
