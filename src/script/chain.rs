//! A configuration's chain as written in `dictionaries/chains`: which dictionaries normalise, segment and
//! convert, in which order and by which match policy.

use serde::Deserialize;

/// The chain of one configuration.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Chain {
    /// What the configuration converts, in words.
    pub title: String,
    /// Dictionaries applied to the whole text, one after the other, before all else.
    #[serde(default)]
    pub normalization: Vec<Node>,
    /// The dictionary that cuts the text into segments; without it the text is one segment.
    pub segmentation: Option<Node>,
    /// Conversions applied to every segment, one after the other.
    pub steps: Vec<Node>,
}

/// A dictionary, or a group of them with a match policy.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Node {
    /// A dictionary by name.
    Dictionary(String),
    /// The first member that has any match wins, even against a longer match of a later one.
    ShortCircuit { short_circuit: Vec<Node> },
    /// The longest match of all members wins; of equal keys the first member's.
    Union { union: Vec<Node> },
}

impl Chain {
    /// All dictionaries and groups that it names.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.normalization.iter().chain(&self.segmentation).chain(&self.steps)
    }
}

impl Node {
    /// The dictionaries of this node in order, each with its rank. Of two matches the one with the lower
    /// rank wins; of equal rank the longer one.
    pub fn ranked(&self) -> Vec<(u8, &str)> {
        let mut list = Vec::new();
        self.collect(&mut 0, &mut list);
        list
    }

    /// This node without the members that are `other`, as far as they come first.
    pub fn without(&self, other: &Node) -> Node {
        match self {
            Node::ShortCircuit { short_circuit } if short_circuit.first() == Some(other) => {
                Node::ShortCircuit { short_circuit: short_circuit[1..].to_vec() }
            }
            _ => self.clone(),
        }
    }

    fn collect<'a>(&'a self, rank: &mut u8, list: &mut Vec<(u8, &'a str)>) {
        match self {
            Node::Dictionary(name) => list.push((*rank, name)),
            Node::ShortCircuit { short_circuit } => {
                for member in short_circuit {
                    member.collect(rank, list);
                    *rank = rank.saturating_add(1);
                }
            }
            // OpenCC ranks by leaf dictionary; a group inside a union is flattened into it.
            Node::Union { union } => {
                for member in union {
                    member.collect(&mut rank.clone(), list);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_union_shares_a_rank_and_a_short_circuit_counts_up() {
        let chain: Chain =
            toml::from_str("title = 't'\nsteps = [{ short_circuit = [{ union = ['A', 'B'] }, 'C', 'D'] }]")
                .unwrap();
        assert_eq!(chain.steps[0].ranked(), [(0, "A"), (0, "B"), (1, "C"), (2, "D")]);
    }
}
