//! A user's configuration in OpenCC's own JSON format, which names dictionaries by file.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::chain::{Chain, Node};
use super::converter::Converter;
use super::dictionary::inline_text;

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigurationError {
    /// It is not JSON, or does not have OpenCC's form. The reason names line and column.
    #[error("no OpenCC configuration: {0}")]
    Form(String),
    /// The dictionary is compiled for OpenCC only.
    #[error("{0} is a dictionary compiled for OpenCC: use a text dictionary, or the engine `opencc`")]
    Compiled(String),
    /// The dictionary is neither beside the configuration nor built in.
    #[error("{0} is not beside the configuration and no dictionary of that name is built in")]
    Missing(String),
    /// Segmentation is done by a plug-in.
    #[error("segmentation by {0:?} needs a plug-in of OpenCC's; only \"mmseg\" is known here")]
    Segmentation(String),
}

/// The parts of a configuration that are used here.
#[derive(Debug)]
pub(crate) struct Configuration {
    /// The chain. Its nodes name dictionaries by file, or by [`INLINE`] and a number.
    pub chain: Chain,
    /// Inline dictionaries in the form of [`inline_text`], by that name.
    pub inline: BTreeMap<String, String>,
}

/// The start of an inline dictionary's name. No file has such a name.
const INLINE: &str = "/inline/";

/// Reads a configuration.
pub(crate) fn parse(json: &str) -> Result<Configuration, ConfigurationError> {
    let form = |error: &dyn std::fmt::Display| ConfigurationError::Form(error.to_string());
    // OpenCC ignores comments, and commas before a closing bracket, so they are ignored here too. The rest keeps its
    // position.
    let mut json = json.to_owned();
    json_strip_comments::strip(&mut json).map_err(|error| form(&error))?;
    let file: ConfigurationFile = serde_json::from_str(&json).map_err(|error| form(&error))?;
    let mut inline = BTreeMap::new();
    let mut nodes = |steps: Vec<ConfigurationStep>| {
        steps.into_iter().map(|step| step.dict.node(&mut inline)).collect::<Result<Vec<_>, _>>()
    };
    let (normalization, steps) = (nodes(file.normalization)?, nodes(file.conversion_chain)?);
    let segmentation = match file.segmentation {
        None => None,
        Some(Segmentation { kind, dict: Some(dict) }) if kind == "mmseg" => Some(dict.node(&mut inline)?),
        Some(Segmentation { kind, .. }) => return Err(ConfigurationError::Segmentation(kind)),
    };
    Ok(Configuration { chain: Chain { title: file.name, normalization, segmentation, steps }, inline })
}

/// Unknown fields are ignored, as OpenCC does.
#[derive(Deserialize)]
struct ConfigurationFile {
    #[serde(default)]
    name: String,
    #[serde(default)]
    normalization: Vec<ConfigurationStep>,
    segmentation: Option<Segmentation>,
    conversion_chain: Vec<ConfigurationStep>,
}

#[derive(Deserialize)]
struct ConfigurationStep {
    dict: Dict,
}

#[derive(Deserialize)]
struct Segmentation {
    #[serde(rename = "type")]
    kind: String,
    dict: Option<Dict>,
}

/// The field that says whether a dictionary may produce characters that few fonts show is ignored. The dictionary is
/// always used, as OpenCC's library does.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Dict {
    Text {
        file: String,
    },
    #[serde(alias = "ocd")]
    Ocd2 {
        file: String,
    },
    Inline {
        entries: BTreeMap<String, String>,
    },
    Group {
        dicts: Vec<Dict>,
        #[serde(default)]
        match_policy: MatchPolicy,
    },
}

/// The match policy. Configurations from before OpenCC 1.2 do not name one.
#[derive(Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum MatchPolicy {
    #[default]
    ShortCircuit,
    Union,
}

impl Dict {
    fn node(self, inline: &mut BTreeMap<String, String>) -> Result<Node, ConfigurationError> {
        Ok(match self {
            Dict::Text { file } | Dict::Ocd2 { file } => Node::Dictionary(file),
            Dict::Inline { entries } => {
                // Equal inline entries, for example in the segmentation and in a step, are the same dictionary.
                let text = inline_text(&entries).map_err(ConfigurationError::Form)?;
                let known = inline.iter().find(|(_, known)| **known == text).map(|(name, _)| name.clone());
                let name = known.unwrap_or_else(|| format!("{INLINE}{}", inline.len()));
                inline.insert(name.clone(), text);
                Node::Dictionary(name)
            }
            Dict::Group { dicts, match_policy } => {
                let members = dicts.into_iter().map(|dict| dict.node(inline)).collect::<Result<_, _>>()?;
                match match_policy {
                    MatchPolicy::ShortCircuit => Node::ShortCircuit { short_circuit: members },
                    MatchPolicy::Union => Node::Union { union: members },
                }
            }
        })
    }
}

/// A name that does not belong to any OpenCC configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no configuration named {name:?}; there are {}", Converter::configurations().join(", "))]
pub struct UnknownConfiguration {
    /// The requested name.
    pub name: String,
}

#[cfg(test)]
mod tests {
    use super::super::Converter;

    #[test]
    fn an_unknown_name_is_an_error_that_lists_the_known_ones() {
        let error = Converter::new("s2x").unwrap_err().to_string();
        assert!(error.contains("s2x") && error.contains("tw2sp"), "{error}");
    }
}
