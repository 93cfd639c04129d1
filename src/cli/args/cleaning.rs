//! What cleaning does: the options that `clean`, `check` and `diff` share.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use clap::{Args, ValueEnum};

use super::super::rule_packs;
use super::conversion::TowardsArgs;
use super::corpus::corpus_model;
use super::names::{selector, target};
use super::rules::PackArgs;
use crate::clean::{CleanerBuilder, Entities, KeepTwin, LineList, Profile, Punctuation, Radicals, RulePack};
use crate::corpus::CorpusModel;
use crate::io::Input;
use crate::rules::{Certainty, Selector};
use crate::{Cleaner, Target};

/// What cleaning does.
#[derive(Debug, Args)]
pub(in crate::cli) struct CleaningArgs {
    /// What the text becomes: auto (the article's own majority script), keep, hans, hant, tw, hk, twp, hkp
    #[arg(long, value_name = "TARGET", default_value = "auto", value_parser = target(), hide_possible_values = true, help_heading = "Cleaning")]
    to: Target,
    /// Mend punctuation, spacing and invisible characters, or keep them, and all else that is written
    #[arg(long, value_enum, default_value_t = MendingArg::Auto, help_heading = "Cleaning")]
    punctuation: MendingArg,
    /// Decode character references of HTML in prose (&ldquo; &nbsp;), or keep them
    #[arg(long, value_enum, default_value_t = MendingArg::Auto, help_heading = "Cleaning")]
    entities: MendingArg,
    /// Replace radicals, which the text of a PDF may have instead of characters, or keep them
    #[arg(long, value_enum, default_value_t = MendingArg::Auto, help_heading = "Cleaning")]
    radicals: MendingArg,
    /// Which categories go: article (all but metadata), corpus (all), light (repeats, and what your own lists and
    /// rules name)
    #[arg(long, value_enum, default_value_t = ProfileArg::Article, help_heading = "Cleaning")]
    profile: ProfileArg,
    /// Also remove these categories or rules
    #[arg(long, value_name = "CATEGORY|RULE", value_delimiter = ',', value_parser = selector(), hide_possible_values = true, help_heading = "Cleaning")]
    remove: Vec<String>,
    /// Do not remove these categories or rules
    #[arg(long, value_name = "CATEGORY|RULE", value_delimiter = ',', value_parser = selector(), hide_possible_values = true, help_heading = "Cleaning")]
    keep: Vec<String>,
    /// How certain a rule must be at least: sure leaves out rules that are only likely right, the
    /// line model's among them; likely applies all
    #[arg(long, value_enum, default_value_t = CertaintyArg::Likely, help_heading = "Cleaning")]
    certainty: CertaintyArg,
    /// Which of the lines that say the same stays: the first, the first in the script that the text is
    /// converted to, or the longest; of the headline and its copies the headline always does
    #[arg(long, value_enum, default_value_t = KeepTwinArg::First, help_heading = "Cleaning")]
    keep_twin: KeepTwinArg,
    #[command(flatten)]
    packs: PackArgs,
    /// Never remove the lines of this file: one a line, # begins a comment. Lines are compared without regard to script,
    /// width, punctuation and spacing. May be given more than once
    #[arg(long, value_name = "FILE", help_heading = "Cleaning")]
    keep_lines: Vec<PathBuf>,
    /// Remove the lines of this file wherever they stand; --keep-lines wins over it. May be given more than once
    #[arg(long, value_name = "FILE", help_heading = "Cleaning")]
    remove_lines: Vec<PathBuf>,
    /// Remove what a model of a collection knows as printed on many pages of the article's source; corpus learn writes such
    /// a model. May be given more than once: the first model that knows the source counts
    #[arg(long, value_name = "FILE", help_heading = "Cleaning")]
    corpus_model: Vec<PathBuf>,
    #[command(flatten)]
    towards: TowardsArgs,
}

impl CleaningArgs {
    /// The rule that a selector names, where it is not certain enough to be applied.
    fn left_out(&self, selector: Selector, pack: &RulePack) -> Option<&'static str> {
        let Selector::Rule(id) = selector else { return None };
        let likely = pack.rule(id).is_some_and(|rule| rule.certainty == Certainty::Likely);
        (likely && matches!(self.certainty, CertaintyArg::Sure)).then_some(id)
    }

    /// The cleaner that these options describe, with more to be said of it.
    ///
    /// # Errors
    /// Where the same category or rule is to be removed and kept, or a conversion's option cannot be followed, or a list
    /// or a rule of the user's is wrong.
    pub fn builder(&self) -> anyhow::Result<CleanerBuilder> {
        let pack = rule_packs::read(&self.packs.folders)?;
        let (remove, keep) =
            (selectors("--remove", &self.remove, &pack)?, selectors("--keep", &self.keep, &pack)?);
        if let Some(selector) = remove.iter().find(|selector| keep.contains(selector)) {
            anyhow::bail!("{selector} is named by both --remove and --keep");
        }
        if let Some(rule) = remove.iter().find_map(|selector| self.left_out(*selector, &pack)) {
            anyhow::bail!(
                "--remove {rule}: the rule is only likely right, and --certainty sure leaves such rules out"
            );
        }
        let builder = Cleaner::builder()
            .profile(self.profile.into())
            .punctuation(self.punctuation.into())
            .entities(self.entities.into())
            .radicals(self.radicals.into())
            .target(self.to)
            .conversion(self.towards.options(self.to)?)
            .certainty(self.certainty.into())
            .keep_twin(self.keep_twin.into());
        let builder = lists(&self.keep_lines)?.into_iter().fold(builder, CleanerBuilder::keep_lines);
        let builder = lists(&self.remove_lines)?.into_iter().fold(builder, CleanerBuilder::remove_lines);
        let builder =
            corpus_models(&self.corpus_model)?.into_iter().fold(builder, CleanerBuilder::corpus_model);
        let builder = remove.into_iter().fold(builder.rules(pack), CleanerBuilder::remove);
        Ok(keep.into_iter().fold(builder, CleanerBuilder::keep))
    }
}

impl CleaningArgs {
    /// The categories and rules that `--remove` names.
    pub fn removed(&self) -> &[String] {
        &self.remove
    }
}

/// The categories and rules that an option names.
fn selectors(option: &str, names: &[String], pack: &RulePack) -> anyhow::Result<Vec<Selector>> {
    let selector = |name: &String| pack.selector(name).with_context(|| format!("{option} {name}"));
    names.iter().map(selector).collect()
}

/// The models of collections in some files.
fn corpus_models(paths: &[PathBuf]) -> anyhow::Result<Vec<Arc<CorpusModel>>> {
    paths.iter().map(|path| corpus_model(path).map(Arc::new)).collect()
}

/// The lists of lines in some files.
fn lists(paths: &[PathBuf]) -> anyhow::Result<Vec<LineList>> {
    let list = |path: &PathBuf| {
        let text = Input::File(path.clone()).read_text()?;
        Ok(LineList::parse(&path.display().to_string(), &text))
    };
    paths.iter().map(list).collect()
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum CertaintyArg {
    Sure,
    Likely,
}

impl From<CertaintyArg> for Certainty {
    fn from(argument: CertaintyArg) -> Self {
        match argument {
            CertaintyArg::Sure => Self::Sure,
            CertaintyArg::Likely => Self::Likely,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum KeepTwinArg {
    First,
    TargetScript,
    Longest,
}

impl From<KeepTwinArg> for KeepTwin {
    fn from(argument: KeepTwinArg) -> Self {
        match argument {
            KeepTwinArg::First => Self::First,
            KeepTwinArg::TargetScript => Self::TargetScript,
            KeepTwinArg::Longest => Self::Longest,
        }
    }
}

/// Whether something is mended.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum MendingArg {
    Auto,
    Keep,
}

/// The same choice for each of what is mended.
macro_rules! from_mending {
    ($($kind:ty),*) => {$(
        impl From<MendingArg> for $kind {
            fn from(argument: MendingArg) -> Self {
                match argument {
                    MendingArg::Auto => Self::Auto,
                    MendingArg::Keep => Self::Keep,
                }
            }
        }
    )*};
}

from_mending!(Punctuation, Entities, Radicals);

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ProfileArg {
    Article,
    Corpus,
    Light,
}

impl From<ProfileArg> for Profile {
    fn from(argument: ProfileArg) -> Self {
        match argument {
            ProfileArg::Article => Self::Article,
            ProfileArg::Corpus => Self::Corpus,
            ProfileArg::Light => Self::Light,
        }
    }
}
