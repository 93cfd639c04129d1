//! The reference engine: OpenCC's own library, through opencc-rust.

use std::path::Path;

use opencc_rust::OpenCC;
use serde_json::{Value, json};

use super::EngineError;
use super::builtin;
use super::builtin::CompiledConfiguration;
use super::chain::{Chain, Node};

/// A configuration that OpenCC runs.
pub(super) struct ReferenceEngine(OpenCC);

impl std::fmt::Debug for ReferenceEngine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ReferenceEngine(OpenCC)")
    }
}

impl ReferenceEngine {
    /// Opens one of OpenCC's configurations, with the tables that are built into this crate.
    pub fn builtin(configuration: &CompiledConfiguration) -> Result<Self, EngineError> {
        let failed = |error: std::io::Error| EngineError::OpenCc(error.to_string());
        let folder = tempfile::tempdir().map_err(failed)?;
        let chain = configuration.chain();
        for name in chain.nodes().flat_map(Node::dictionaries) {
            let text = builtin::dictionary(name).unwrap_or_default();
            std::fs::write(folder.path().join(format!("{name}.txt")), text).map_err(failed)?;
        }
        let file = folder.path().join("configuration.json");
        std::fs::write(&file, to_json(&chain).to_string()).map_err(failed)?;
        // OpenCC has read everything when it returns, so the folder can be deleted.
        Self::file(&file)
    }

    /// Opens a configuration file; OpenCC looks for its dictionaries beside it.
    pub fn file(path: &Path) -> Result<Self, EngineError> {
        OpenCC::new(path).map(Self).map_err(|error| EngineError::OpenCc(error.to_string()))
    }

    /// Appends the converted text. OpenCC's interface takes no NUL, so each piece between two NULs is converted by
    /// itself.
    pub fn convert_into(&self, text: &str, output: &mut String) {
        for (index, piece) in text.split('\0').enumerate() {
            if index > 0 {
                output.push('\0');
            }
            match self.0.convert(piece) {
                Ok(converted) => output.push_str(&converted),
                // OpenCC refuses only invalid UTF-8, and a `str` is always valid.
                Err(_) => output.push_str(piece),
            }
        }
    }
}

/// A chain in OpenCC's JSON form.
fn to_json(chain: &Chain) -> Value {
    let step = |node: &Node| json!({ "dict": dict(node) });
    let mut value = json!({
        "name": chain.title,
        "conversion_chain": chain.steps.iter().map(step).collect::<Vec<_>>(),
    });
    if !chain.normalization.is_empty() {
        value["normalization"] = chain.normalization.iter().map(step).collect();
    }
    if let Some(node) = &chain.segmentation {
        value["segmentation"] = json!({ "type": "mmseg", "dict": dict(node) });
    }
    value
}

fn dict(node: &Node) -> Value {
    let group = |policy: &str, members: &[Node]| json!({ "type": "group", "match_policy": policy, "dicts": members.iter().map(dict).collect::<Vec<_>>() });
    match node {
        Node::Dictionary(name) => json!({ "type": "text", "file": format!("{name}.txt") }),
        Node::ShortCircuit { short_circuit } => group("short_circuit", short_circuit),
        Node::Union { union } => group("union", union),
    }
}
