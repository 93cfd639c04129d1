//! A configuration's chain, as written in `dictionaries/chains`. It says which dictionaries normalise, segment and
//! convert, in which order and by which match policy.

use serde::Deserialize;

/// The chain of one configuration.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chain {
    /// What the configuration converts, in words.
    pub title: String,
    /// Dictionaries that are applied to the whole text, one after the other, before everything else.
    #[serde(default)]
    pub normalization: Vec<Node>,
    /// The dictionary that cuts the text into segments. Without it the whole text is one segment.
    pub segmentation: Option<Node>,
    /// Conversions that are applied to every segment, one after the other.
    pub steps: Vec<Node>,
}

/// A dictionary, or a group of them with a match policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Node {
    /// A dictionary by name.
    Dictionary(String),
    /// The first member that has any match wins, even if a later member has a longer match.
    ShortCircuit { short_circuit: Vec<Node> },
    /// The longest match of all members wins. If members share a key, the first member wins.
    Union { union: Vec<Node> },
}

impl Chain {
    /// All dictionaries and groups that the chain names.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.normalization.iter().chain(&self.segmentation).chain(&self.steps)
    }
}

impl Node {
    /// The dictionaries of this node, in order.
    pub fn dictionaries(&self) -> Vec<&str> {
        match self {
            Node::Dictionary(name) => vec![name],
            Node::ShortCircuit { short_circuit: members } | Node::Union { union: members } => {
                members.iter().flat_map(Node::dictionaries).collect()
            }
        }
    }

    /// This node without its first member, if that member is `other`.
    pub fn without(&self, other: &Node) -> Node {
        match self {
            Node::ShortCircuit { short_circuit } if short_circuit.first() == Some(other) => {
                Node::ShortCircuit { short_circuit: short_circuit[1..].to_vec() }
            }
            _ => self.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_name_their_dictionaries_in_order() {
        let chain: Chain =
            toml::from_str("title = 't'\nsteps = [{ short_circuit = [{ union = ['A', 'B'] }, 'C', 'D'] }]")
                .unwrap();
        assert_eq!(chain.steps[0].dictionaries(), ["A", "B", "C", "D"]);
        let without = chain.steps[0]
            .without(&Node::Union { union: ["A", "B"].map(|n| Node::Dictionary(n.into())).into() });
        assert_eq!(without.dictionaries(), ["C", "D"]);
    }
}
