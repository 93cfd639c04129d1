//! The command line as it is written: parsed here, and nothing opened yet.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::clean::{CleanerBuilder, Entities, KeepTwin, Profile, Punctuation, Radicals};
use crate::convert::{Engine, RegionalWords, Variants};
use crate::rules::{Certainty, Selector, rule};
use crate::{Cleaner, Target};

/// Turns scraped Chinese articles, which mix Traditional and Simplified and repeat captions and
/// boilerplate, into clean text.
#[derive(Debug, Parser)]
#[command(name = "qingwen", version, about, max_term_width = 100, after_help = AFTER_HELP)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const AFTER_HELP: &str = "\
Text goes to standard output, messages to standard error.
Exit code: 0 done; 1 `check` or `diff` found something; 2 an error happened (other inputs are still processed).";

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Clean articles: remove repeats and boilerplate, unite the script, mend the punctuation
    Clean(CleanArgs),
    /// Convert between scripts, and nothing else
    Convert(ConvertArgs),
    /// Exit with 1 if `clean` would change something, and say what
    Check(CheckArgs),
    /// Show what `clean` would do: rule and twin beside removed lines on a terminal or in colour, else a
    /// unified diff for `patch`
    Diff(DiffArgs),
    /// Show the script of each line, the steps of a conversion, and its ambiguous characters
    Inspect(InspectArgs),
    /// List all rules
    Rules(RulesArgs),
    /// Print the manual page of a rule or a guard
    Explain {
        /// The id of a rule, such as repeat/headline, or of a guard, such as guard/verse
        rule: String,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the manual page, for `man -l -`
    Man,
}

#[derive(Debug, Args)]
pub(super) struct CleanArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub cleaning: CleaningArgs,
    #[command(flatten)]
    pub output: OutputArgs,
    /// Write a report as JSON Lines: each removal with its evidence, and a summary; - for one to read on
    /// standard error, which is never JSON: programs name a file, such as /dev/stderr
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub report: Option<PathBuf>,
    /// Write a page for a browser: the articles with what was removed and changed, and the rules that did it
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub report_html: Option<PathBuf>,
    /// JSON Lines: add a field of this name that holds byline, editor, source, date and the like
    #[arg(long, value_name = "NAME", value_parser = field_name(), help_heading = "Output")]
    pub metadata_field: Option<String>,
    /// Write what was removed as JSON Lines; together with the kept text it gives the source back
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub removed: Option<PathBuf>,
    /// Do not print the closing line
    #[arg(short, long, help_heading = "Output")]
    pub quiet: bool,
    #[command(flatten)]
    pub color: ColorArgs,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("conversion").required(true).args(["config", "to"]))]
pub(super) struct ConvertArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub exact: ExactArgs,
    /// Convert what is in the other script: auto, hans, hant, tw, hk, twp, hkp (p: with the region's words, 軟體 for
    /// 软件). What is in the target's script stays, and a clause that no character and no word tells goes with its
    /// article
    #[arg(long, value_name = "TARGET", conflicts_with = "engine")]
    pub to: Option<Target>,
    #[command(flatten)]
    pub towards: TowardsArgs,
    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub cleaning: CleaningArgs,
    /// Print nothing but errors
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub cleaning: CleaningArgs,
    #[command(flatten)]
    pub color: ColorArgs,
}

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    #[command(flatten)]
    pub input: InputArgs,
    #[command(flatten)]
    pub exact: ExactArgs,
    /// Show also which forms converting towards this target would choose, and why
    #[arg(long, value_name = "TARGET", conflicts_with_all = ["config", "engine"])]
    pub to: Option<Target>,
    #[command(flatten)]
    pub towards: TowardsArgs,
    /// Print JSON Lines instead of a table
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub color: ColorArgs,
}

#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    /// Print JSON Lines instead of a table
    #[arg(long)]
    pub json: bool,
}

/// Conversion by a configuration.
#[derive(Debug, Args)]
pub(super) struct ExactArgs {
    /// An OpenCC configuration for all of the text: a name such as s2twp, or a file in OpenCC's JSON form
    #[arg(short, long, value_name = "CONFIG")]
    pub config: Option<String>,
    /// What converts: qingwen, or opencc, OpenCC's own library, in builds that have it
    #[arg(long, value_name = "ENGINE", default_value_t, requires = "config")]
    pub engine: Engine,
}

/// How text is converted towards a target.
#[derive(Debug, Args)]
pub(super) struct TowardsArgs {
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
pub(super) enum VariantsArg {
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
pub(super) enum RegionalWordsArg {
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

/// What is read.
#[derive(Debug, Args)]
pub(super) struct InputArgs {
    /// Files to read; no path or - is standard input
    pub paths: Vec<PathBuf>,
    /// How articles are stored [auto: JSON Lines for .jsonl and .ndjson, else text]
    #[arg(long, value_enum, default_value_t = FormatArg::Auto, hide_default_value = true, help_heading = "Input")]
    pub format: FormatArg,
    /// JSON Lines: the field that holds the text
    #[arg(long, value_name = "NAME", default_value = TEXT_FIELD, value_parser = field_name(), help_heading = "Input")]
    pub text_field: String,
    /// JSON Lines: the field that names the record in reports
    #[arg(long, value_name = "NAME", default_value = ID_FIELD, value_parser = field_name(), help_heading = "Input")]
    pub id_field: String,
    /// JSON Lines: the field that holds the article's title
    #[arg(long, value_name = "NAME", conflicts_with = "title", value_parser = field_name(), help_heading = "Input")]
    pub title_field: Option<String>,
    /// The article's title, where it is not the first line
    #[arg(long, value_name = "TITLE", help_heading = "Input")]
    pub title: Option<String>,
}

/// The fields that are read where none are named.
const TEXT_FIELD: &str = "text";
const ID_FIELD: &str = "id";

/// A name that is not empty.
fn field_name() -> NonEmptyStringValueParser {
    NonEmptyStringValueParser::new()
}

impl InputArgs {
    /// The options that name a field to be read, each with the name, where it is not the usual one.
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let text = Some(("--text-field", self.text_field.as_str())).filter(|(_, name)| *name != TEXT_FIELD);
        let id = Some(("--id-field", self.id_field.as_str())).filter(|(_, name)| *name != ID_FIELD);
        let title = self.title_field.as_deref().map(|name| ("--title-field", name));
        text.into_iter().chain(id).chain(title)
    }
}

/// How articles are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FormatArg {
    /// By the file's name
    Auto,
    /// One article a file
    Text,
    /// One record a line
    Jsonl,
}

/// What cleaning does.
#[derive(Debug, Args)]
pub(super) struct CleaningArgs {
    /// What the text becomes: auto (the article's own majority script), keep, hans, hant, tw, hk, twp, hkp
    #[arg(long, value_name = "TARGET", default_value = "auto", help_heading = "Cleaning")]
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
    /// Which categories go: article (all but metadata), corpus (all), light (repeats only)
    #[arg(long, value_enum, default_value_t = ProfileArg::Article, help_heading = "Cleaning")]
    profile: ProfileArg,
    /// Also remove these categories or rules
    #[arg(long, value_name = "CATEGORY|RULE", value_delimiter = ',', help_heading = "Cleaning")]
    remove: Vec<Selector>,
    /// Do not remove these categories or rules
    #[arg(long, value_name = "CATEGORY|RULE", value_delimiter = ',', help_heading = "Cleaning")]
    keep: Vec<Selector>,
    /// How certain a rule must be at least: sure leaves out rules that are only likely right, the
    /// line model's among them; likely applies all
    #[arg(long, value_enum, default_value_t = CertaintyArg::Likely, help_heading = "Cleaning")]
    certainty: CertaintyArg,
    /// Which of the lines that say the same stays: the first, the first in the script that the text is
    /// converted to, or the longest; of the headline and its copies the headline always does
    #[arg(long, value_enum, default_value_t = KeepTwinArg::First, help_heading = "Cleaning")]
    keep_twin: KeepTwinArg,
    #[command(flatten)]
    towards: TowardsArgs,
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

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ProfileArg {
    Article,
    Corpus,
    Light,
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

impl From<ProfileArg> for Profile {
    fn from(argument: ProfileArg) -> Self {
        match argument {
            ProfileArg::Article => Self::Article,
            ProfileArg::Corpus => Self::Corpus,
            ProfileArg::Light => Self::Light,
        }
    }
}

/// Where results go.
#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// Write to a file instead of standard output; an existing one is replaced when the new one is complete
    #[arg(short, long, value_name = "FILE", conflicts_with = "in_place", help_heading = "Output")]
    pub output: Option<PathBuf>,
    /// Replace each file by its result
    #[arg(short, long, requires = "paths", help_heading = "Output")]
    pub in_place: bool,
}

#[derive(Debug, Args)]
pub(super) struct ColorArgs {
    /// When to use colour
    #[arg(long, value_enum, default_value_t = When::Auto, help_heading = "Output")]
    pub color: When,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl From<When> for anstream::ColorChoice {
    fn from(when: When) -> Self {
        match when {
            When::Auto => Self::Auto,
            When::Always => Self::Always,
            When::Never => Self::Never,
        }
    }
}

impl CleaningArgs {
    /// The rule that a selector names, where it is not certain enough to be applied.
    fn left_out(&self, selector: Selector) -> Option<&'static str> {
        let Selector::Rule(id) = selector else { return None };
        let likely = rule(id).is_some_and(|rule| rule.certainty == Certainty::Likely);
        (likely && matches!(self.certainty, CertaintyArg::Sure)).then_some(id)
    }

    /// The cleaner that these options describe.
    ///
    /// # Errors
    /// Where the same category or rule is to be removed and kept, or a conversion's option cannot be followed.
    pub fn cleaner(&self) -> anyhow::Result<Cleaner> {
        Ok(self.builder()?.build())
    }

    /// The same, with more to be said of it.
    ///
    /// # Errors
    /// Those of [`CleaningArgs::cleaner`].
    pub fn builder(&self) -> anyhow::Result<CleanerBuilder> {
        if let Some(selector) = self.remove.iter().find(|selector| self.keep.contains(selector)) {
            anyhow::bail!("{selector} is named by both --remove and --keep");
        }
        if let Some(rule) = self.remove.iter().find_map(|selector| self.left_out(*selector)) {
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
        let builder = self.remove.iter().fold(builder, |builder, selector| builder.remove(*selector));
        Ok(self.keep.iter().fold(builder, |builder, selector| builder.keep(*selector)))
    }
}
