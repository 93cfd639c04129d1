//! How text is converted towards a target.

use std::sync::Arc;

use regex::Regex;

use super::super::dictionary::Dictionary;
use super::super::identify::Tally;
use super::super::target::Target;
use super::document_script::Setting;
use super::protect;
use super::protect::Entries;
use super::protected_ranges::Fixed;
use super::quotes;
use super::usage::CollectionUsage;

/// Which of several Traditional forms a character becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Variants {
    /// The one that the article, or else the region, uses.
    #[default]
    Usage,
    /// The one that OpenCC's standard for the region has.
    Standard,
}

/// Where the targets `twp` and `hkp` replace words by the region's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum RegionalWords {
    /// In text that comes from the other script.
    #[default]
    Converted,
    /// In all text.
    All,
}

/// How text is converted towards a target.
///
/// ```
/// use qingwen::{convert::{ConversionOptions, Variants}, Conversion, Target};
/// let options = ConversionOptions::default().variants(Variants::Standard);
/// assert_eq!(Conversion::with(Target::Hk, &options, ["卫生"]).convert("卫生"), "衞生");
/// assert_eq!(Conversion::of(Target::Hk, ["卫生"]).convert("卫生"), "衛生");
/// ```
#[derive(Debug, Clone, Default)]
pub struct ConversionOptions {
    pub(super) variants: Variants,
    pub(super) usage: Option<CollectionUsage>,
    pub(super) regional_words: RegionalWords,
    patterns: Vec<Regex>,
    pub(super) keep_quotes: bool,
    dictionaries: Vec<Dictionary>,
    entries: Option<Arc<Entries>>,
}

/// An option that cannot be followed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OptionError {
    /// A pattern that is no regular expression.
    #[error("{pattern:?} is no regular expression: {reason}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// User dictionaries that are too large together.
    #[error("the dictionaries are too large: {0}")]
    Dictionaries(String),
    /// An option which the target has no use for.
    #[error("{option} has no effect with the target {target}: it needs {needs}")]
    Useless {
        /// The option, as on the command line.
        option: &'static str,
        /// The target.
        target: Target,
        /// The targets that have a use for it.
        needs: &'static str,
    },
    /// Two options that contradict each other.
    #[error("the standard's variants and a collection's usage contradict each other: give one of them")]
    VariantsAndUsage,
}

impl ConversionOptions {
    /// Which of several Traditional forms a character becomes.
    pub fn variants(mut self, variants: Variants) -> Self {
        self.variants = variants;
        self
    }

    /// The usage of the collection that the articles belong to. It takes the place of each article's own usage,
    /// and an article's paragraphs (what stands between blank lines) are then judged each by itself: so the
    /// result does not depend on how a text is cut at blank lines.
    pub fn usage(mut self, usage: CollectionUsage) -> Self {
        self.usage = Some(usage);
        self
    }

    /// Where `twp` and `hkp` replace words by the region's.
    pub fn regional_words(mut self, words: RegionalWords) -> Self {
        self.regional_words = words;
        self
    }

    /// Never converts what a regular expression matches, nor counts it for the script of the text around it.
    ///
    /// # Errors
    /// [`OptionError::Pattern`] where the pattern is no regular expression of the crate `regex`.
    pub fn protect(mut self, pattern: &str) -> Result<Self, OptionError> {
        let error = |error: regex::Error| OptionError::Pattern {
            pattern: pattern.to_owned(),
            reason: error.to_string().lines().last().unwrap_or_default().trim().to_owned(),
        };
        self.patterns.push(Regex::new(pattern).map_err(error)?);
        Ok(self)
    }

    /// Leaves quoted titles and words as they are which are in another script than the text around them.
    ///
    /// ```
    /// use qingwen::{convert::ConversionOptions, Conversion, Target};
    /// let options = ConversionOptions::default().keep_quotes(true);
    /// let line = "我們讀《红楼梦》，说得對";
    /// assert_eq!(Conversion::with(Target::Tw, &options, [line]).convert(line), "我們讀《红楼梦》，說得對");
    /// ```
    pub fn keep_quotes(mut self, keep: bool) -> Self {
        self.keep_quotes = keep;
        self
    }

    /// Adds a user's dictionary, which wins over all else: what it has stands as it says, wherever it is found,
    /// the longest key first; an entry that gives its own key protects a name. Of several dictionaries with the
    /// same key the last wins.
    ///
    /// # Errors
    /// [`OptionError::Dictionaries`] where all entries together are too large to be searched for.
    ///
    /// ```
    /// use qingwen::{convert::{ConversionOptions, Dictionary}, Conversion, Target};
    /// let names = Dictionary::parse("范冰\t范冰\n于右任\t于右任\n软件\t軟體\n")?;
    /// let options = ConversionOptions::default().dictionary(names)?;
    /// let conversion = Conversion::with(Target::Tw, &options, ["于右任说软件"]);
    /// assert_eq!(conversion.convert("于右任说软件"), "于右任說軟體");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn dictionary(mut self, dictionary: Dictionary) -> Result<Self, OptionError> {
        self.dictionaries.push(dictionary);
        let entries =
            Entries::of(&self.dictionaries).map_err(|e| OptionError::Dictionaries(e.to_string()))?;
        self.entries = Some(Arc::new(entries));
        Ok(self)
    }

    /// Whether a target has a use for all options, and none contradict each other.
    ///
    /// # Errors
    /// [`OptionError::Useless`] or [`OptionError::VariantsAndUsage`].
    ///
    /// ```
    /// use qingwen::{convert::{ConversionOptions, RegionalWords}, Target};
    /// let options = ConversionOptions::default().regional_words(RegionalWords::All);
    /// assert!(options.check(Target::TwPhrases).is_ok());
    /// assert!(options.check(Target::Tw).is_err());
    /// ```
    pub fn check(&self, target: Target) -> Result<(), OptionError> {
        let regional = target.region().is_some();
        let given = [
            ("--usage", self.usage.is_some(), regional, "tw, hk, twp or hkp"),
            (
                "--variants standard",
                self.variants == Variants::Standard,
                regional || target == Target::Auto,
                "auto, tw, hk, twp or hkp",
            ),
            (
                "--regional-words all",
                self.regional_words == RegionalWords::All,
                target.has_words(),
                "twp or hkp",
            ),
            ("--protect", !self.patterns.is_empty(), target != Target::Keep, "any but keep"),
            ("--keep-quotes", self.keep_quotes, target != Target::Keep, "any but keep"),
            ("--dict", self.entries.is_some(), target != Target::Keep, "any but keep"),
        ];
        if let Some((option, _, _, needs)) = given.into_iter().find(|(_, given, useful, _)| *given && !useful)
        {
            return Err(OptionError::Useless { option, target, needs });
        }
        if self.variants == Variants::Standard && self.usage.is_some() {
            return Err(OptionError::VariantsAndUsage);
        }
        Ok(())
    }

    /// Whether lines must be looked at one by one, even of a document in one script.
    pub(super) fn look_at_lines(&self) -> bool {
        self.usage.is_some() || self.entries.is_some() || !self.patterns.is_empty() || self.keep_quotes
    }

    /// Whether anything may be fixed in a text that tells so much.
    pub(super) fn may_protect(&self, text: &str, tally: Tally) -> bool {
        self.entries.is_some()
            || !self.patterns.is_empty()
            || tally.has_path
            || tally.has_operator
            || protect::marks(text).next().is_some()
    }

    /// What the patterns and the dictionaries fix in a line, whatever stands around it.
    pub(super) fn protected(&self, line: &str) -> Fixed<'_> {
        let mut fixed = Fixed::default();
        if let Some(entries) = &self.entries {
            entries.find(line, &mut fixed);
        }
        self.patterns.iter().for_each(|pattern| protect::find(pattern, line, &mut fixed));
        protect::find_built_in(line, &mut fixed);
        protect::find_described(line, &mut fixed);
        fixed.settle();
        fixed
    }

    /// All that is fixed in a line.
    pub(super) fn fixed(&self, line: &str, setting: Setting, target: Target) -> Fixed<'_> {
        let mut fixed = self.protected(line);
        if self.keep_quotes {
            quotes::find(line, setting, target, &mut fixed);
            fixed.settle();
        }
        fixed
    }
}
