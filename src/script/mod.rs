//! Scripts of written Chinese: identifying them, exact conversion by OpenCC's configurations, and
//! conversion of mixed text towards a target.

mod builtin;
mod chain;
pub(crate) mod characters;
mod classes;
mod composable;
mod configuration;
mod context;
mod conversion;
mod converter;
mod dictionary;
mod engine;
mod identify;
mod ids;
mod inspection;
mod plane;
#[cfg(feature = "opencc")]
mod reference;
mod select;
mod stream;
mod target;
mod words;

pub use configuration::ConfigurationError;
pub use conversion::{
    Choice, CollectionUsage, Conversion, ConversionOptions, OptionError, RegionalWords, Variants,
};
pub use converter::{Converter, UnknownConfiguration, Worker};
pub use dictionary::{Dictionary, DictionaryError};
pub use identify::{Identification, Script, ScriptCount, Variety, Verdict};
pub use inspection::{Ambiguity, Trace};
pub use select::{Engine, EngineError};
pub use stream::{ConvertReader, ConvertWriter};
pub use target::{Target, UnknownTarget};
