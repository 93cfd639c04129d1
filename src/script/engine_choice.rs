//! The choice of the engine that converts.

use std::fmt;
use std::str::FromStr;

use super::{Converter, UnknownConfiguration};

/// The engine that runs a configuration. Both give the same text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Engine {
    /// This crate's engine.
    #[default]
    Qingwen,
    /// OpenCC's own library. It needs the feature `opencc`.
    OpenCc,
}

/// Why an engine has no converter.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// OpenCC has no such configuration.
    #[error(transparent)]
    Unknown(#[from] UnknownConfiguration),
    /// This build has no reference engine.
    #[error(
        "the engine opencc is not part of this build; build it with `cargo build --release --features opencc`, \
         which needs OpenCC's C++ library (CONTRIBUTING.md says how to have it)"
    )]
    NotBuilt,
    /// OpenCC could not open the configuration.
    #[error("OpenCC cannot open the configuration: {0}")]
    OpenCc(String),
}

impl Engine {
    /// Every engine with its name on the command line.
    pub const NAMES: [(&'static str, Engine); 2] = [("qingwen", Engine::Qingwen), ("opencc", Engine::OpenCc)];
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::NAMES.iter().find(|(_, engine)| engine == self).map_or("", |(name, _)| name))
    }
}

impl FromStr for Engine {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found
            .map(|(_, engine)| *engine)
            .ok_or_else(|| format!("no engine named {name:?}; there are qingwen, opencc"))
    }
}

impl Converter {
    /// A converter for one of OpenCC's configurations, run by `engine`.
    ///
    /// With [`Engine::OpenCc`] the name may also be the path of a configuration file. OpenCC reads its dictionaries,
    /// including compiled ones (`.ocd2`), from the file's folder.
    ///
    /// # Errors
    /// [`EngineError`] if there is no such configuration, the engine is not part of the build, or OpenCC cannot open
    /// the file.
    ///
    /// ```
    /// use qingwen::{convert::Engine, Converter};
    /// let converter = Converter::with_engine("s2t", Engine::Qingwen)?;
    /// assert_eq!(converter.convert("头发"), "頭髮");
    /// # Ok::<(), qingwen::convert::EngineError>(())
    /// ```
    pub fn with_engine(configuration: &str, engine: Engine) -> Result<Self, EngineError> {
        match engine {
            Engine::Qingwen => Ok(Self::new(configuration)?),
            Engine::OpenCc => Self::reference(configuration),
        }
    }

    #[cfg(not(feature = "opencc"))]
    fn reference(_: &str) -> Result<Self, EngineError> {
        Err(EngineError::NotBuilt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_engines_agree() {
        for (name, engine) in Engine::NAMES {
            assert_eq!((name.parse(), engine.to_string()), (Ok(engine), name.to_owned()));
        }
        assert!("icu".parse::<Engine>().unwrap_err().contains("opencc"));
    }

    #[cfg(not(feature = "opencc"))]
    #[test]
    fn without_the_feature_the_error_says_how_to_build_it() {
        let error = Converter::with_engine("s2t", Engine::OpenCc).unwrap_err();
        assert!(error.to_string().contains("--features opencc"), "{error}");
    }

    #[cfg(feature = "opencc")]
    #[test]
    fn both_engines_convert_alike() {
        for name in Converter::configurations() {
            let [ours, theirs] =
                [Engine::Qingwen, Engine::OpenCc].map(|engine| Converter::with_engine(name, engine).unwrap());
            let text = "鼠标里面的硅二极管坏了，\0導致光標解析度降低\u{2F800}。";
            assert_eq!(ours.convert(text), theirs.convert(text), "{name}");
        }
        let error = Converter::with_engine("/no/such/file.json", Engine::OpenCc).unwrap_err();
        assert!(matches!(error, EngineError::OpenCc(_)), "{error}");
    }
}
