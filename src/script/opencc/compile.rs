//! Compiles a chain and its dictionaries into tables.
//!
//! The steps of a chain are composed into one table wherever this provably gives the same result. A segment is known
//! when the table is built, so all steps are applied to it in advance. Between segments all steps are applied to each
//! character alone, which is right wherever no phrase of any step can begin. Positions where a phrase could begin are
//! marked, and there the steps are run one after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::super::chain::{Chain, Node};
use super::super::dictionary::entries;
use super::super::ids;
use super::plan::ChainPlan;
use super::tables::{CompilerInput, KeyEffect, Tables, single};

/// The value of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key<'a> {
    /// The replacement.
    pub value: &'a str,
    /// All candidates, as the dictionary has them.
    pub candidates: &'a str,
}

/// Keys and their values. If several keys match, the longest wins.
pub(crate) type Keys<'a> = BTreeMap<&'a str, Key<'a>>;

/// Gives the text of a dictionary by its name.
pub(crate) type Dictionaries<'a> = dyn Fn(&str) -> Option<&'a str> + 'a;

/// Maximum number of texts that mark where one phrase could begin. A phrase with more such texts is recognised by its
/// first characters.
const PROOFS: usize = 64;

/// The keys of a node that can win at all. Among them the longest match wins. Missing dictionaries count as empty.
///
/// The match of a node is the longest of all keys that match at a position, unless an earlier member of a
/// `short_circuit` matches there too. The earlier member's match is then a beginning of the longer key. So keys with
/// such a beginning are left out.
pub(crate) fn winning_keys<'a>(node: &Node, dictionaries: &Dictionaries<'a>) -> Keys<'a> {
    let mut keys = Keys::new();
    match node {
        Node::Dictionary(name) => {
            for entry in entries(dictionaries(name).unwrap_or_default()) {
                let key = Key { value: entry.value, candidates: entry.candidates };
                keys.entry(entry.key).or_insert(key);
            }
            // The scan pads its window with zeros after the end of a text, so no key may contain one.
            keys.retain(|key, _| !key.contains('\0'));
        }
        Node::Union { union } => {
            for (key, k) in union.iter().flat_map(|member| winning_keys(member, dictionaries)) {
                keys.entry(key).or_insert(k);
            }
        }
        Node::ShortCircuit { short_circuit } => {
            for member in short_circuit {
                let mut later = winning_keys(member, dictionaries);
                let known = |text: &str| keys.contains_key(text);
                later.retain(|key, _| !known(key) && !beginnings(key).any(known));
                keys.extend(later);
            }
        }
    }
    keys
}

/// The proper beginnings of a text, the longest last.
fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    text.char_indices().skip(1).map(|(end, _)| &text[..end])
}

impl ChainPlan {
    /// Compiles a chain. Entries of `own` take precedence over all dictionaries, and their replacements are final.
    pub fn compile(chain: &Chain, dictionaries: &Dictionaries, own: &str) -> Self {
        let normalization: Vec<Tables> =
            chain.normalization.iter().map(|node| step(&winning_keys(node, dictionaries))).collect();
        let compatibility: BTreeSet<char> = chain
            .normalization
            .iter()
            .flat_map(|node| winning_keys(node, dictionaries))
            .filter_map(|(key, _)| single(key))
            .collect();
        let segmentation = match (&chain.segmentation, chain.steps.as_slice()) {
            (Some(node), _) => Some(node),
            // The whole text is one segment. With a single step this is equivalent to one segment for each match.
            (None, [only]) => Some(only),
            (None, _) => None,
        };
        let whole: Vec<Tables> =
            chain.steps.iter().map(|node| step(&winning_keys(node, dictionaries))).collect();
        // Between segments no key of the segmentation matches, so the first step need not look for them.
        let runs: Vec<Keys> = chain
            .steps
            .iter()
            .enumerate()
            .map(|(index, node)| match segmentation {
                Some(segments) if index == 0 => winning_keys(&node.without(segments), dictionaries),
                _ => winning_keys(node, dictionaries),
            })
            .collect();
        let mut segments: BTreeMap<String, String> = segmentation
            .map(|node| winning_keys(node, dictionaries))
            .unwrap_or_default()
            .into_keys()
            .map(|key| (key.to_owned(), through(&whole, key)))
            .collect();
        add_own(&mut segments, own, &normalization);
        let fused = Fusion::of(&runs).into_source(segments, compatibility);
        let needs_steps = fused.chained
            || fused.keys.values().any(|outcome| {
                matches!(outcome, KeyEffect::Stepwise | KeyEffect::Phrase(_) | KeyEffect::FreePhrase(_))
            });
        let steps = if needs_steps { runs.iter().map(step).collect() } else { vec![] };
        Self { normalization, fused: Tables::compile(&fused).with_blocks(&fused), steps }
    }
}

/// Compiles a single step.
fn step(keys: &Keys) -> Tables {
    let outcome = |key: &str, value: &str| match (single(key), single(value)) {
        (Some(_), Some(value)) => KeyEffect::Character(value),
        _ => KeyEffect::Segment(value.to_owned()),
    };
    Tables::compile(&CompilerInput {
        keys: keys.iter().map(|(key, k)| ((*key).to_owned(), outcome(key, k.value))).collect(),
        ..CompilerInput::default()
    })
}

/// Applies all steps to a text.
fn through(steps: &[Tables], text: &str) -> String {
    steps.iter().fold(text.to_owned(), |text, step| step.replaced(&text))
}

/// Adds a user's entries. They take precedence over built-in entries that start with one of them.
fn add_own(segments: &mut BTreeMap<String, String>, own: &str, normalization: &[Tables]) {
    let mut keys: BTreeMap<String, String> = BTreeMap::new();
    for entry in entries(own).filter(|entry| !entry.key.contains('\0')) {
        keys.entry(through(normalization, entry.key)).or_insert_with(|| entry.value.to_owned());
    }
    if keys.is_empty() {
        return;
    }
    segments.retain(|key, _| !beginnings(key).any(|start| keys.contains_key(start)));
    segments.extend(keys);
}

/// The combined effect of all steps on the text between segments.
#[derive(Debug, Default)]
struct Fusion {
    /// Characters that change, and their replacements.
    characters: BTreeMap<char, char>,
    /// Texts that mark a position where a phrase of some step may begin, with their replacements if these are known.
    phrases: BTreeMap<String, Option<String>>,
    /// Those of them that are only the first characters of phrases.
    beginnings: BTreeSet<String>,
    /// Characters that occur in such phrases.
    inner: BTreeSet<char>,
    /// Whether there is more than one step.
    chained: bool,
}

impl Fusion {
    fn of(steps: &[Keys]) -> Self {
        let mut fusion = Self { chained: steps.len() > 1, ..Self::default() };
        for (index, keys) in steps.iter().enumerate() {
            let sources = CharacterOrigins::of(&fusion.characters);
            // No earlier step changes the text against which these phrases are matched.
            let is_first = fusion.phrases.is_empty();
            let later: Vec<LaterStep> = steps[index + 1..].iter().map(LaterStep::of).collect();
            for (key, k) in phrases(keys) {
                let value = if is_first { settled(k.value, &later) } else { None };
                fusion.add_phrase(key, value.as_deref(), &sources);
            }
            fusion.add_characters(keys, &sources);
        }
        fusion
    }

    fn add_phrase(&mut self, key: &str, value: Option<&str>, sources: &CharacterOrigins) {
        let alternatives: Vec<Vec<char>> =
            key.chars().map(|character| sources.of_character(character)).collect();
        self.inner.extend(alternatives.iter().flatten());
        let mut texts = vec![String::new()];
        let mut value = value;
        for characters in &alternatives {
            // A single character would be too weak a mark.
            if texts.len() * characters.len() > PROOFS && texts.iter().all(|text| single(text).is_none()) {
                value = None;
                self.beginnings.extend(texts.iter().cloned());
                break;
            }
            let longer =
                |text: &String| characters.iter().map(move |c| format!("{text}{c}")).collect::<Vec<_>>();
            texts = texts.iter().flat_map(longer).collect();
        }
        for text in texts {
            let known = self.phrases.entry(text).or_insert_with(|| value.map(String::from));
            if known.as_deref() != value {
                *known = None;
            }
        }
    }

    /// Composes the single characters of one more step.
    fn add_characters(&mut self, keys: &Keys, sources: &CharacterOrigins) {
        let mut changed = Vec::new();
        for (key, k) in keys {
            let Some(character) = single(key) else { continue };
            for source in sources.of_character(character) {
                match single(k.value) {
                    Some(value) => changed.push((source, value)),
                    // Several characters may form a phrase with the text that follows.
                    None => {
                        self.inner.insert(source);
                        self.phrases.insert(source.to_string(), None);
                    }
                }
            }
        }
        self.characters.extend(changed);
    }

    fn into_source(
        mut self,
        segments: BTreeMap<String, String>,
        compatibility: BTreeSet<char>,
    ) -> CompilerInput {
        let mut keys = BTreeMap::new();
        let is_segment = |text: &str| segments.contains_key(text);
        let has_segment = |text: &str| is_segment(text) || beginnings(text).any(is_segment);
        for (text, value) in std::mem::take(&mut self.phrases) {
            // A longer phrase may begin here too.
            let value = value.filter(|_| !beginnings(&text).any(|text| self.beginnings.contains(text)));
            if !has_segment(&text) {
                let is_free = text.char_indices().skip(1).all(|(start, character)| {
                    !compatibility.contains(&character)
                        && !ids::OPERATORS.contains(&character)
                        && !may_begin(&segments, &text[start..])
                });
                let phrase = if is_free { KeyEffect::FreePhrase } else { KeyEffect::Phrase };
                keys.insert(text, value.map_or(KeyEffect::Stepwise, phrase));
            }
        }
        let has_phrases = !keys.is_empty();
        let chained = self.chained && has_phrases;
        for (character, value) in &self.characters {
            keys.entry(character.to_string()).or_insert(KeyEffect::Character(*value));
        }
        for (key, value) in segments {
            // Without phrases, which end at segments, a character that is a segment need not be distinguished from one
            // that is not.
            let character = single(&key).and(single(&value)).filter(|_| !has_phrases);
            let outcome = character.map_or(KeyEffect::Segment(value), KeyEffect::Character);
            keys.insert(key, outcome);
        }
        CompilerInput { keys, inner: self.inner, compatibility, chained }
    }
}

/// Whether a segment may begin at the start of a text, whatever follows the text.
fn may_begin(segments: &BTreeMap<String, String>, text: &str) -> bool {
    let longer = segments.range::<str, _>((Bound::Included(text), Bound::Unbounded)).next();
    longer.is_some_and(|(segment, _)| segment.starts_with(text))
        || beginnings(text).any(|beginning| segments.contains_key(beginning))
}

/// The keys of more than one character.
fn phrases<'k, 'a>(keys: &'k Keys<'a>) -> impl Iterator<Item = (&'a str, Key<'a>)> + 'k {
    keys.iter().filter(|(key, _)| single(key).is_none()).map(|(key, k)| (*key, *k))
}

/// The result of later steps for a text, if it does not depend on the surrounding text.
fn settled(text: &str, steps: &[LaterStep]) -> Option<String> {
    steps.iter().try_fold(text.to_owned(), |text, step| (!step.may_join(&text)).then(|| step.replaced(&text)))
}

/// What a step may do to a text that has other text around it.
struct LaterStep<'a> {
    characters: BTreeMap<char, &'a str>,
    /// The first two characters of each phrase.
    starts: BTreeSet<(char, char)>,
    /// The first characters of phrases.
    first: BTreeSet<char>,
    /// All other characters in phrases.
    later: BTreeSet<char>,
}

impl<'a> LaterStep<'a> {
    fn of(keys: &Keys<'a>) -> Self {
        let pairs = |key: &str| key.chars().zip(key.chars().skip(1)).next();
        Self {
            characters: keys.iter().filter_map(|(key, k)| Some((single(key)?, k.value))).collect(),
            starts: phrases(keys).filter_map(|(key, _)| pairs(key)).collect(),
            first: phrases(keys).filter_map(|(key, _)| key.chars().next()).collect(),
            later: phrases(keys).flat_map(|(key, _)| key.chars().skip(1)).collect(),
        }
    }

    /// Whether a phrase may begin or end inside a text, whatever surrounds it.
    fn may_join(&self, text: &str) -> bool {
        let mut pairs = text.chars().zip(text.chars().skip(1));
        let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return true };
        pairs.any(|pair| self.starts.contains(&pair))
            || self.first.contains(&last)
            || self.later.contains(&first)
    }

    fn replaced(&self, text: &str) -> String {
        let mut output = String::new();
        for character in text.chars() {
            match self.characters.get(&character) {
                Some(value) => output.push_str(value),
                None => output.push(character),
            }
        }
        output
    }
}

/// For each character, the characters of a text that become it in the steps so far.
struct CharacterOrigins {
    changed: BTreeMap<char, char>,
    by_result: BTreeMap<char, Vec<char>>,
}

impl CharacterOrigins {
    fn of(changed: &BTreeMap<char, char>) -> Self {
        let mut by_result: BTreeMap<char, Vec<char>> = BTreeMap::new();
        changed.iter().for_each(|(source, result)| by_result.entry(*result).or_default().push(*source));
        Self { changed: changed.clone(), by_result }
    }

    fn of_character(&self, character: char) -> Vec<char> {
        let itself = (!self.changed.contains_key(&character)).then_some(character);
        self.by_result.get(&character).into_iter().flatten().copied().chain(itself).collect()
    }
}
