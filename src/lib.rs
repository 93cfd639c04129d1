//! Turns scraped Chinese articles, which mix Traditional and Simplified and repeat captions and boilerplate,
//! into clean text.
//!
//! - [`Cleaner`] takes an article and returns the clean text with the evidence for every removed line.
//! - [`Converter`] converts between scripts and regions exactly as OpenCC 1.4.2 does.
//! - [`Conversion`] converts a document towards a [`Target`] and leaves alone what is there already.
//! - [`fold`] is the comparison key that tells which lines are the same.
//!
//! All else stands by topic: [`clean`], [`convert`], [`identify`] (which script a text is in), [`rules`] (what is
//! removed, and why), [`corpus`] (which articles are copies) and [`report`] (what is said of a run).
//!
//! The feature `cli`, which is on by default, is the command. Without it the library has few dependencies.
//!
//! The library takes and returns values: it reads and writes no files, prints nothing, and does not panic.
//!
//! ```
//! let cleaned = qingwen::Cleaner::default().clean("圍觀!來看老街\n\n老街在這裡,街坊都來了。\n\n围观!来看老街\n");
//! assert_eq!(cleaned.text, "圍觀！來看老街\n\n老街在這裡，街坊都來了。\n");
//! assert_eq!(cleaned.removals[0].rule, "repeat/headline");
//! ```

mod analysis;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod corpus;
mod decide;
mod detect;
#[cfg(all(test, feature = "cli"))]
#[path = "../tests/fuzz/mod.rs"]
mod fuzz;
#[cfg(feature = "cli")]
mod io;
mod metadata;
mod pipeline;
pub mod report;
pub mod rules;
mod script;
mod text;
#[cfg(feature = "training")]
pub mod training;
mod typography;

pub use clean::{Cleaned, Cleaner, fold};
pub use convert::{Conversion, Converter, Target};

pub mod clean {
    //! Cleaning articles: what a [`Cleaner`] does, what it is told, and what it gives back.
    //!
    //! ```
    //! use qingwen::clean::{Cleaner, Punctuation};
    //! let cleaner = Cleaner::builder().punctuation(Punctuation::Keep).build();
    //! let cleaned = cleaner.clean("老街夜市搬走了\n街坊說,安靜了許多。\n分享到:\n");
    //! assert_eq!(cleaned.text, "老街夜市搬走了\n街坊說,安靜了許多。\n");
    //! assert_eq!(cleaned.removals[0].line, 3);
    //! ```

    pub use crate::analysis::LineList;
    pub use crate::analysis::{FOLD_VERSION, fold};
    pub use crate::decide::{KeepTwin, Step};
    pub use crate::detect::How;
    pub use crate::detect::patterns::{RulePack, RulePackError};
    pub use crate::metadata::Metadata;
    pub use crate::pipeline::{
        BYTE_ORDER_MARK, Cleaned, Cleaner, CleanerBuilder, ConversionSummary, Entities, Evidence, Exceptions,
        Profile, Punctuation, Radicals, Removal, RemovedSpan, Replacement, Rewrite, restore, restore_lines,
    };
    pub use crate::text::{Document, Line, Span, TextHash};
    pub use crate::typography::{QuoteStyle, mend};
}

pub mod convert {
    //! Conversion: of all text by one of OpenCC's configurations ([`Converter`]), or of what is in the other script
    //! towards a target ([`Conversion`]).
    //!
    //! ```
    //! use qingwen::convert::{Conversion, ConversionOptions, Converter, Target};
    //! assert_eq!(Converter::new("s2twp")?.convert("软件里的鼠标"), "軟體裡的滑鼠");
    //! let conversion = Conversion::with(Target::Tw, &ConversionOptions::default(), ["头发乱了"]);
    //! assert_eq!(conversion.convert("头发乱了"), "頭髮亂了");
    //! # Ok::<(), qingwen::convert::UnknownConfiguration>(())
    //! ```

    pub use crate::script::{
        Ambiguity, Choice, CollectionUsage, ConfigurationError, Conversion, ConversionOptions, ConvertReader,
        ConvertWriter, Converter, Dictionary, DictionaryError, Engine, EngineError, OptionError,
        RegionalWords, Target, Trace, UnknownConfiguration, UnknownTarget, Variants, Worker,
    };
    pub use crate::text::{Document, Line, Span};
}

pub mod identify {
    //! Identification: the script of a text, and the region whose writers write so.
    //!
    //! ```
    //! use qingwen::identify::{Identification, Verdict};
    //! assert_eq!(Identification::of("头发乱了").script, Verdict::Hans);
    //! ```

    pub use crate::script::{Identification, Script, ScriptCount, Variety, Verdict};
    pub use crate::text::Span;
}

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
