//! Turns scraped Chinese articles, which mix Traditional and Simplified and repeat captions and boilerplate,
//! into clean text.
//!
//! - [`Cleaner`] takes an article and returns the clean text with the evidence for every removed line.
//! - [`Converter`] converts between scripts and regions exactly as OpenCC 1.4.2 does.
//! - [`Conversion`] converts a document towards a [`Target`] and leaves alone what is there already.
//! - [`fold`] is the comparison key that tells which lines are the same.
//!
//! The library takes and returns values: it reads and writes no files, prints nothing, and does not panic.
//!
//! ```
//! let cleaned = qingwen::Cleaner::default().clean("圍觀!來看老街\n\n老街在這裡,街坊都來了。\n\n围观!来看老街\n");
//! assert_eq!(cleaned.text, "圍觀！來看老街\n\n老街在這裡，街坊都來了。\n");
//! assert_eq!(cleaned.removals[0].rule, "repeat/headline");
//! ```

mod cleaner;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod detect;
mod document;
mod hash;
#[cfg(feature = "cli")]
mod io;
mod metadata;
pub mod normalize;
pub mod report;
#[cfg_attr(not(feature = "cli"), allow(dead_code))] // Only the command takes converted text in blocks.
mod script;
#[cfg(feature = "training")]
pub mod training;

pub use cleaner::{
    BYTE_ORDER_MARK, Cleaned, Cleaner, CleanerBuilder, ConversionSummary, Entities, Profile, Punctuation,
    Radicals, Removal, RemovedSpan, Replacement, Rewrite, restore,
};
pub use detect::{
    Category, Certainty, Evidence, Guard, KeepTwin, Place, Rule, Scope, Selector, UnknownRule, guards, rule,
    rules,
};
pub use document::{Document, Line, Span, fold};
pub use metadata::Metadata;
pub use script::{
    Ambiguity, Choice, CollectionUsage, ConfigurationError, Conversion, ConversionOptions, ConvertReader,
    ConvertWriter, Converter, Dictionary, DictionaryError, Engine, EngineError, Identification, OptionError,
    RegionalWords, Script, ScriptCount, Target, Trace, UnknownConfiguration, UnknownTarget, Variants,
    Variety, Verdict, Worker,
};

/// The examples of the READMEs, which the documentation tests compile and run.
#[cfg(doctest)]
mod readme {
    #[doc = include_str!("../README.md")]
    struct English;
    #[doc = include_str!("../README.zh-Hant.md")]
    struct Traditional;
    #[doc = include_str!("../README.zh-Hans.md")]
    struct Simplified;
}
