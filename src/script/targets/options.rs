//! Options for conversion towards a target.

use std::sync::Arc;

use regex::Regex;

use super::super::dictionary::Dictionary;
use super::super::identify::ClauseTally;
use super::super::target::Target;
use super::document_script::ScriptEvidence;
use super::protect;
use super::protect::ProtectedText;
use super::protected_ranges::Fixed;
use super::quotes;
use super::usage::CollectionUsage;

/// Selects which of several Traditional forms a character becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Variants {
    /// The form that the article uses, or else the region.
    #[default]
    Usage,
    /// The form of OpenCC's standard for the region.
    Standard,
}

/// Selects where the targets `twp` and `hkp` replace words by the region's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum RegionalWords {
    /// Only in text that was in the other script.
    #[default]
    Converted,
    /// In all text.
    All,
}

/// Options for conversion towards a target.
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
    entries: Option<Arc<ProtectedText>>,
}

/// An option that cannot be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OptionError {
    /// The pattern is not a regular expression.
    #[error("{pattern:?} is no regular expression: {reason}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// The reason.
        reason: String,
    },
    /// The user dictionaries together are too large.
    #[error("the dictionaries are too large: {0}")]
    Dictionaries(String),
    /// The option does not apply to the target.
    #[error("{option} has no effect with the target {target}: it needs {needs}")]
    Useless {
        /// The option, as on the command line.
        option: &'static str,
        /// The target.
        target: Target,
        /// The targets to which the option applies.
        needs: &'static str,
    },
    /// The two options contradict each other.
    #[error("the standard's variants and a collection's usage contradict each other: give one of them")]
    VariantsAndUsage,
}

impl ConversionOptions {
    /// Sets which of several Traditional forms a character becomes.
    pub fn variants(mut self, variants: Variants) -> Self {
        self.variants = variants;
        self
    }

    /// Sets the usage of the collection that the articles belong to. It replaces each article's own usage. The
    /// paragraphs of an article (the text between blank lines) are then judged separately, so that the result does not
    /// depend on how a text is cut at blank lines.
    pub fn usage(mut self, usage: CollectionUsage) -> Self {
        self.usage = Some(usage);
        self
    }

    /// Sets where `twp` and `hkp` replace words by the region's.
    pub fn regional_words(mut self, words: RegionalWords) -> Self {
        self.regional_words = words;
        self
    }

    /// Protects all text that a regular expression matches. It is never converted, and does not count for the script of
    /// the text around it.
    ///
    /// # Errors
    /// [`OptionError::Pattern`] if the pattern is not a regular expression of the crate `regex`.
    pub fn protect(mut self, pattern: &str) -> Result<Self, OptionError> {
        let error = |error: regex::Error| OptionError::Pattern {
            pattern: pattern.to_owned(),
            reason: error.to_string().lines().last().unwrap_or_default().trim().to_owned(),
        };
        self.patterns.push(Regex::new(pattern).map_err(error)?);
        Ok(self)
    }

    /// Leaves quoted titles and words unchanged if they are in another script than the text around them.
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

    /// Adds a user's dictionary, which takes precedence over everything else. Its keys are replaced wherever they
    /// occur, the longest key first. An entry whose value is its own key protects a name. If several dictionaries have
    /// the same key, the last one wins.
    ///
    /// # Errors
    /// [`OptionError::Dictionaries`] if all entries together are too large for the search automaton.
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
            ProtectedText::of(&self.dictionaries).map_err(|e| OptionError::Dictionaries(e.to_string()))?;
        self.entries = Some(Arc::new(entries));
        Ok(self)
    }

    /// Checks that all options apply to a target, and that none contradict each other.
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

    /// Whether lines must be examined one by one, even in a document in one script.
    pub(super) fn look_at_lines(&self) -> bool {
        self.usage.is_some() || self.entries.is_some() || !self.patterns.is_empty() || self.keep_quotes
    }

    /// Whether anything may be fixed in a text with this tally.
    pub(super) fn may_protect(&self, text: &str, tally: ClauseTally) -> bool {
        self.entries.is_some()
            || !self.patterns.is_empty()
            || tally.has_path
            || tally.has_operator
            || protect::marks(text).next().is_some()
    }

    /// The text that patterns and dictionaries fix in a line, regardless of the surrounding lines.
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

    /// Everything that is fixed in a line.
    pub(super) fn fixed(&self, line: &str, setting: ScriptEvidence, target: Target) -> Fixed<'_> {
        let mut fixed = self.protected(line);
        if self.keep_quotes {
            quotes::find(line, setting, target, &mut fixed);
            fixed.settle();
        }
        fixed
    }
}
