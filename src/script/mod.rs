//! Scripts of written Chinese: identification, exact conversion by OpenCC's configurations, and conversion of mixed
//! text towards a target.

mod builtin;
mod byte_table;
mod chain;
pub(crate) mod characters;
mod classes;
mod composable;
mod configuration;
mod converter;
mod dictionary;
mod engine_choice;
mod identify;
mod ids;
mod inspection;
mod opencc;
mod recipe;
#[cfg(feature = "opencc")]
mod reference;
mod region;
mod stream;
mod target;
mod targets;
mod variants;
mod words;
mod worker;

pub use configuration::{ConfigurationError, UnknownConfiguration};
pub use converter::Converter;
pub use dictionary::{Dictionary, DictionaryError};
pub use engine_choice::{Engine, EngineError};
pub use identify::{Identification, Script, ScriptCount, Variety, Verdict};
pub use inspection::{Ambiguity, Trace};
pub use stream::{ConvertReader, ConvertWriter};
pub use target::{Target, UnknownTarget};
pub use targets::{
    Choice, CollectionUsage, Conversion, ConversionOptions, OptionError, RegionalWords, Variants,
};
pub use worker::Worker;
