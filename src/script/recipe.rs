//! The sources from which the tables of a converter are compiled.

use std::collections::{BTreeMap, BTreeSet};

use super::builtin;
use super::chain::{Chain, Node};
use super::opencc::ChainPlan;

/// The sources from which a plan is compiled.
#[derive(Debug, Clone, Default)]
pub(super) struct Recipe {
    pub chain: Chain,
    /// Dictionaries that are not built in, by name.
    pub dictionaries: BTreeMap<String, String>,
    /// Users' dictionaries. The dictionary with the highest precedence comes first.
    pub own: String,
}

impl Recipe {
    /// This recipe, or the built-in recipe for `name` if this one is empty. Built-in recipes are read only when they
    /// are needed.
    pub fn or_built_in(self, name: &str) -> Self {
        let configuration = builtin::configurations().iter().find(|known| known.name == name);
        match configuration {
            Some(known) if self.chain.steps.is_empty() => Self { chain: known.chain(), ..Self::default() },
            _ => self,
        }
    }

    /// The text of a dictionary that the chain names: the user's, else the built-in one of that name.
    pub fn dictionary<'r>(&'r self, name: &str) -> Option<&'r str> {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        self.dictionaries.get(name).map(String::as_str).or_else(|| builtin::dictionary(stem))
    }

    pub fn plan(&self) -> ChainPlan {
        ChainPlan::compile(&self.chain, &|name| self.dictionary(name), &self.own)
    }

    /// The files that the chain names, each once.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let names: BTreeSet<&str> = self.chain.nodes().flat_map(Node::dictionaries).collect();
        names.into_iter()
    }

    /// The names in the chain that have no dictionary.
    pub fn missing(&self) -> impl Iterator<Item = &str> {
        self.files().filter(|name| self.dictionary(name).is_none())
    }
}
