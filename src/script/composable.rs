//! Which chains the engine may compose into one table, and which it must run step by step.

use std::collections::BTreeSet;

use super::chain::{Chain, Node};
use super::ids;
use super::opencc::{Dictionaries, winning_keys};

/// How a chain is to be run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// All steps composed: every configuration of OpenCC's, and nearly all others.
    Composed,
    /// One step after the other. A line's end is no part of any match.
    Lines,
    /// One step after the other, and matches may reach over line ends.
    Whole,
}

impl Manner {
    /// The manner for a chain with these dictionaries.
    ///
    /// The composed tables know a text's characters that are to be normalised by their marks, which hold one
    /// fact a character; and they take a description sequence for one of the text's own.
    pub fn of(chain: &Chain, dictionaries: &Dictionaries) -> Self {
        if chain.nodes().any(|node| makes_sequences(node, dictionaries)) {
            Self::Whole
        } else if normalizes_keys(chain, dictionaries) {
            Self::Lines
        } else {
            Self::Composed
        }
    }

    /// The last place where a text may be cut so that its parts convert as the whole does; 0 where there is none.
    /// Not for [`Manner::Composed`].
    pub fn cut(self, text: &str) -> usize {
        match self {
            Self::Lines if !text.contains(is_operator) => text.rfind('\n').map_or(0, |at| at + 1),
            _ => 0,
        }
    }
}

/// Whether keys or values of a dictionary hold description characters.
fn makes_sequences(node: &Node, dictionaries: &Dictionaries) -> bool {
    let keys = winning_keys(node, dictionaries);
    keys.iter().any(|(key, k)| key.contains(is_operator) || k.value.contains(is_operator))
}

/// Whether something other than lone characters which no other dictionary knows is normalised.
fn normalizes_keys(chain: &Chain, dictionaries: &Dictionaries) -> bool {
    let normalized = chain.normalization.iter().flat_map(|node| winning_keys(node, dictionaries).into_keys());
    let mut characters = BTreeSet::new();
    for key in normalized {
        match (key.chars().next(), key.chars().nth(1)) {
            (Some(character), None) if !character.is_ascii() => characters.insert(character),
            _ => return true,
        };
    }
    let others = chain.segmentation.iter().chain(&chain.steps);
    let mut keys = others.flat_map(|node| winning_keys(node, dictionaries).into_keys());
    keys.any(|key| key.chars().any(|character| characters.contains(&character)))
}

fn is_operator(character: char) -> bool {
    ids::OPERATORS.contains(&character)
}
