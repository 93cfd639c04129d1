//! OpenCC's dictionaries, embedded as text, and its configurations, as the build script compiled them.

use super::chain::Chain;
use super::dictionary::{DictionaryEntry, entries};
use super::opencc::{Aligned, ChainPlan, Tables};

include!(concat!(env!("OUT_DIR"), "/tables.rs"));
include!(concat!(env!("OUT_DIR"), "/chains.rs"));
include!(concat!(env!("OUT_DIR"), "/plans.rs"));

/// A compiled configuration: the indices of the images that make it up.
pub(crate) struct CompiledConfiguration {
    /// Its name, such as `s2t`.
    pub name: &'static str,
    /// What it converts, in OpenCC's words.
    pub title: &'static str,
    normalization: &'static [usize],
    fused: usize,
    steps: &'static [usize],
}

impl CompiledConfiguration {
    /// The compiled plan, which refers to the embedded tables. `None` would mean a broken build; a test checks that
    /// this never happens.
    pub fn plan(&self) -> Option<ChainPlan> {
        let tables = |index: &usize| IMAGES.get(*index).and_then(|image| Tables::from_image(image, &POOL.0));
        Some(ChainPlan {
            normalization: self.normalization.iter().map(tables).collect::<Option<_>>()?,
            fused: tables(&self.fused)?,
            steps: self.steps.iter().map(tables).collect::<Option<_>>()?,
        })
    }

    /// The chain that the plan was compiled from.
    pub fn chain(&self) -> Chain {
        let text = CHAINS.iter().find(|(name, _)| *name == self.name).map_or("", |(_, text)| text);
        toml::from_str(text).unwrap_or_default()
    }
}

/// All configurations, sorted by name.
pub(crate) fn configurations() -> &'static [CompiledConfiguration] {
    CONFIGURATIONS
}

/// The text of the dictionary called `name`, such as `STPhrases`.
pub(crate) fn dictionary(name: &str) -> Option<&'static str> {
    TABLES.iter().find(|(stem, _)| *stem == name).map(|(_, text)| *text)
}

/// The entries of the dictionary called `name`; none if there is no such dictionary.
pub(crate) fn dictionary_entries(name: &str) -> impl Iterator<Item = DictionaryEntry<'static>> {
    entries(dictionary(name).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::chain::Node;
    use super::super::opencc::Scratch;
    use super::*;

    #[test]
    fn there_are_sixteen_configurations_and_each_does_what_its_chain_compiles_to() {
        assert_eq!(configurations().len(), 16);
        let text: String = TABLES.iter().map(|(_, text)| *text).collect();
        let converted = |plan: &ChainPlan| {
            let mut output = String::new();
            plan.convert_into(&text, &mut output, &mut Scratch::default());
            output
        };
        for configuration in configurations() {
            let chain = configuration.chain();
            assert_eq!(chain.title, configuration.title);
            let embedded = configuration.plan().expect(configuration.name);
            let compiled = ChainPlan::compile(&chain, &dictionary, "");
            assert!(converted(&embedded) == converted(&compiled), "{}", configuration.name);
        }
    }

    #[test]
    fn every_chain_names_dictionaries_that_exist() {
        for configuration in configurations() {
            for name in configuration.chain().nodes().flat_map(Node::dictionaries) {
                assert!(dictionary(name).is_some(), "{}: no dictionary {name}", configuration.name);
            }
        }
    }

    #[test]
    fn every_line_of_a_dictionary_is_an_entry_or_a_comment() {
        for (name, text) in TABLES {
            for (n, line) in text.lines().enumerate() {
                let fine = line.is_empty() || line.starts_with('#') || line.split_once('\t').is_some();
                assert!(fine, "{name}.txt:{}: {line}", n + 1);
            }
        }
    }
}
