//! How text is converted: by a configuration, or towards a target.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::names::{configuration, target};
use crate::Target;
use crate::convert::{Engine, RegionalWords, Variants};

/// Conversion by a configuration or towards a target.
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("conversion").required(true).args(["config", "to"]))]
pub(in crate::cli) struct ConversionArgs {
    #[command(flatten)]
    pub exact: ExactArgs,
    /// Convert what is in the other script: auto, hans, hant, tw, hk, twp, hkp (p: with the region's words, 軟體 for
    /// 软件). What is in the target's script stays, and a clause that no character and no word tells goes with its
    /// article
    #[arg(long, value_name = "TARGET", conflicts_with = "engine", value_parser = target(), hide_possible_values = true)]
    pub to: Option<Target>,
    #[command(flatten)]
    pub towards: TowardsArgs,
}

/// Conversion by a configuration.
#[derive(Debug, Args)]
pub(in crate::cli) struct ExactArgs {
    /// An OpenCC configuration for all of the text: a name such as s2twp, or a file in OpenCC's JSON form
    #[arg(short, long, value_name = "CONFIG", value_parser = configuration(), hide_possible_values = true)]
    pub config: Option<String>,
    /// What converts: qingwen, or opencc, OpenCC's own library, in builds that have it
    #[arg(long, value_name = "ENGINE", default_value_t, requires = "config")]
    pub engine: Engine,
}

impl ExactArgs {
    /// The file with the configuration, if it is one. Names of configurations contain neither dots nor separators.
    pub fn file(&self) -> Option<&Path> {
        self.config.as_deref().filter(|config| config.contains(['.', '/', '\\'])).map(Path::new)
    }
}

/// How text is converted towards a target.
#[derive(Debug, Args)]
pub(in crate::cli) struct TowardsArgs {
    /// A dictionary that wins over the built-in ones: lines of a key, a tab and what it becomes. May be given
    /// more than once; the last one that has a key wins. With --to, a key that becomes itself protects a name
    #[arg(long, value_name = "FILE", help_heading = "Conversion")]
    pub dict: Vec<PathBuf>,
    /// Which of several Traditional forms a character becomes, with --to: the one that the article or else
    /// the region uses, or the one of the region's standard
    #[arg(long, value_enum, default_value_t = VariantsArg::Usage, help_heading = "Conversion")]
    pub variants: VariantsArg,
    /// Take the forms that this Traditional text uses, not each article's own: text, or JSON Lines (.jsonl,
    /// .ndjson) with the text in the field `text`. May be given more than once
    #[arg(long, value_name = "FILE", help_heading = "Conversion")]
    pub usage: Vec<PathBuf>,
    /// Where --to twp and hkp replace words by the region's: in what was converted, or in all text
    #[arg(long, value_enum, default_value_t = RegionalWordsArg::Converted, help_heading = "Conversion")]
    pub regional_words: RegionalWordsArg,
    /// Never convert what this regular expression matches, with --to. May be given more than once
    #[arg(long, value_name = "REGEX", help_heading = "Conversion")]
    pub protect: Vec<String>,
    /// Leave quoted titles and words as they are that are in another script than the text around them
    #[arg(long, help_heading = "Conversion")]
    pub keep_quotes: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum VariantsArg {
    Usage,
    Standard,
}

impl From<VariantsArg> for Variants {
    fn from(argument: VariantsArg) -> Self {
        match argument {
            VariantsArg::Usage => Self::Usage,
            VariantsArg::Standard => Self::Standard,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RegionalWordsArg {
    Converted,
    All,
}

impl From<RegionalWordsArg> for RegionalWords {
    fn from(argument: RegionalWordsArg) -> Self {
        match argument {
            RegionalWordsArg::Converted => Self::Converted,
            RegionalWordsArg::All => Self::All,
        }
    }
}
