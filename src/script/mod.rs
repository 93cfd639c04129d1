//! Scripts of written Chinese: identifying them, exact conversion by OpenCC's configurations, and
//! conversion of mixed text towards a target.

mod automaton;
mod chain;
pub(crate) mod characters;
mod converter;
mod dictionary;
mod identify;
mod ids;
mod target;

pub use converter::{Ambiguity, Converter, Trace, UnknownConfiguration};
pub use identify::{Script, ScriptCount};
pub use target::{Conversion, Target, UnknownTarget};
