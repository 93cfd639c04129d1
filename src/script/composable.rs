//! Decides which chains the engine may compose into one table, and which it must run step by step.

use std::collections::BTreeSet;

use super::chain::{Chain, Node};
use super::ids;
use super::opencc::{Dictionaries, winning_keys};

/// The way to run a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// All steps composed into one table. This applies to all of OpenCC's configurations and to nearly all others.
    Composed,
    /// One step after the other. No match contains a line end.
    Lines,
    /// One step after the other. Matches may cross line ends.
    Whole,
}

impl Manner {
    /// The manner for a chain with these dictionaries.
    ///
    /// The composed tables have two limits. They know the characters to be normalised by their marks, which hold one
    /// fact per character. And they treat every description sequence as one that was in the text from the start.
    pub fn of(chain: &Chain, dictionaries: &Dictionaries) -> Self {
        if chain.nodes().any(|node| makes_sequences(node, dictionaries)) {
            Self::Whole
        } else if normalizes_keys(chain, dictionaries) {
            Self::Lines
        } else {
            Self::Composed
        }
    }

    /// The last place where a text may be cut so that its parts convert exactly as the whole text does; 0 if there is
    /// none. Not for [`Manner::Composed`].
    pub fn cut(self, text: &str) -> usize {
        match self {
            Self::Lines if !text.contains(is_operator) => text.rfind('\n').map_or(0, |at| at + 1),
            _ => 0,
        }
    }
}

/// Whether keys or values of a dictionary contain description characters.
fn makes_sequences(node: &Node, dictionaries: &Dictionaries) -> bool {
    let keys = winning_keys(node, dictionaries);
    keys.iter().any(|(key, k)| key.contains(is_operator) || k.value.contains(is_operator))
}

/// Whether normalisation goes beyond single characters that no other dictionary contains.
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
