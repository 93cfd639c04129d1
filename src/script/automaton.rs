//! The compiled form of one dictionary or group: what conversion looks up, immutable and shared.
//!
//! A table over characters tells of each what it means where a key may start: nothing, that it becomes
//! another character by itself, or that longer keys may be walked. All edges of the trie behind lie in one
//! hash table.

use super::chain::Node as ChainNode;
use super::characters::single;
use super::dictionary::{self, Entry};
use super::ids;

/// Characters of one page of the character table.
const PAGE: usize = 256;
/// Pages of all characters.
const PAGES: usize = 0x11_0000 / PAGE;
/// Bits of a node or a character in an edge.
const FIELD: u32 = 21;
/// In [`Automaton::best`]: longer keys go on from this node.
const HAS_EDGES: u32 = 1 << 31;

/// What a character means where a key may start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    /// No key starts with it.
    Nothing,
    /// It is a key, no longer key starts with it, and its replacement is one character.
    Becomes(char),
    /// Keys start with it: its node, and by hash of the next character whether longer keys may go on.
    Walk { node: u32, next: u32 },
    /// It starts a description sequence.
    Operator,
    /// It is to be normalised before anything else.
    Compatibility,
}

impl Start {
    /// In 64 bits: the kind in the lowest three, then the character or the node, then the filter.
    fn pack(self) -> u64 {
        match self {
            Start::Nothing => 0,
            Start::Becomes(character) => 1 | u64::from(character as u32) << 3,
            Start::Walk { node, next } => 2 | u64::from(node) << 3 | u64::from(next) << 32,
            Start::Operator => 3,
            Start::Compatibility => 4,
        }
    }

    #[inline]
    fn unpack(bits: u64) -> Self {
        let payload = (bits as u32) >> 3;
        match bits & 7 {
            0 => Start::Nothing,
            1 => char::from_u32(payload).map_or(Start::Nothing, Start::Becomes),
            2 => Start::Walk { node: payload, next: (bits >> 32) as u32 },
            3 => Start::Operator,
            _ => Start::Compatibility,
        }
    }
}

/// The text holds a character that must be normalised first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NeedsNormalization;

/// A piece of text that a key matches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Match {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Which entry matched.
    pub entry: usize,
}

/// Keys of a dictionary or a group, and what they become.
#[derive(Debug, Default)]
pub(crate) struct Automaton {
    entries: Vec<Entry<'static>>,
    defaults: Vec<&'static str>,
    /// By page of characters, its place in `starts`.
    pages: Vec<u16>,
    /// By place and character, a packed [`Start`].
    starts: Vec<u64>,
    /// Open addressing: node, character and child; 0 is free.
    edges: Vec<u64>,
    /// By node, the entry that wins when a walk ends there, counted from 1, and [`HAS_EDGES`].
    best: Vec<u32>,
    /// No key starts with an ASCII character.
    skips_ascii: bool,
}

impl Automaton {
    /// Compiles a chain's node; dictionaries that do not exist count as empty. Characters that
    /// `normalized` holds as keys are reported instead of converted.
    pub fn compile(node: &ChainNode, normalized: &[ChainNode]) -> Self {
        let mut ranked: Vec<(u8, Entry)> = Vec::new();
        for (rank, name) in node.ranked() {
            ranked.extend(dictionary::builtin_entries(name).map(|entry| (rank, entry)));
        }
        let tables = normalized.iter().flat_map(ChainNode::ranked);
        let compatibility = tables.flat_map(|(_, name)| dictionary::builtin_entries(name));
        Self::build(ranked, compatibility.flat_map(|entry| entry.key.chars()))
    }

    fn build(mut ranked: Vec<(u8, Entry<'static>)>, compatibility: impl Iterator<Item = char>) -> Self {
        // A stable sort: of equal keys with equal rank the earlier dictionary stays first and wins.
        ranked.sort_by(|a, b| (a.1.key, a.0).cmp(&(b.1.key, b.0)));
        ranked.dedup_by(|later, earlier| later.1.key == earlier.1.key);
        let trie = Trie::grow(&ranked);
        let mut automaton = Self {
            entries: ranked.iter().map(|(_, entry)| *entry).collect(),
            defaults: ranked.iter().map(|(_, entry)| entry.default()).collect(),
            pages: vec![0; PAGES],
            starts: vec![0; PAGE],
            edges: vec![0; (trie.edges.len() * 2 + 1).next_power_of_two()],
            best: trie.best(),
            skips_ascii: false,
        };
        trie.edges.iter().for_each(|edge| automaton.add_edge(edge));
        trie.starts().for_each(|(character, node)| automaton.add_start(character, node, &trie));
        ids::OPERATORS.for_each(|character| automaton.set_start(character, Start::Operator));
        compatibility.for_each(|character| automaton.set_start(character, Start::Compatibility));
        automaton.skips_ascii = (0..0x80).all(|code| automaton.start(code) == Start::Nothing);
        automaton
    }

    fn add_edge(&mut self, &(node, character, child): &(u32, char, u32)) {
        let mask = self.edges.len() - 1;
        let mut slot = hash(node, character) as usize & mask;
        while self.edges[slot] != 0 {
            slot = (slot + 1) & mask;
        }
        self.edges[slot] = edge_key(node, character) << FIELD | u64::from(child);
    }

    fn add_start(&mut self, character: char, node: u32, trie: &Trie) {
        let leaf = self.best[node as usize] & HAS_EDGES == 0;
        let becomes = self.winner(node).filter(|_| leaf).and_then(|entry| single(self.defaults[entry]));
        let walk = Start::Walk { node, next: trie.filters[node as usize] };
        self.set_start(character, becomes.map_or(walk, Start::Becomes));
    }

    fn set_start(&mut self, character: char, start: Start) {
        let (page, place) = (character as usize / PAGE, character as usize % PAGE);
        if self.pages[page] == 0 {
            self.pages[page] = (self.starts.len() / PAGE) as u16;
            self.starts.resize(self.starts.len() + PAGE, 0);
        }
        self.starts[self.pages[page] as usize * PAGE + place] = start.pack();
    }

    #[inline]
    fn start(&self, code: u32) -> Start {
        let page = usize::from(self.pages[code as usize / PAGE]);
        Start::unpack(self.starts[page * PAGE + code as usize % PAGE])
    }

    /// The node behind an edge.
    #[inline]
    fn step(&self, node: u32, character: char) -> Option<u32> {
        let mask = self.edges.len() - 1;
        let key = edge_key(node, character);
        let mut slot = hash(node, character) as usize & mask;
        loop {
            match self.edges[slot] {
                0 => return None,
                edge if edge >> FIELD == key => return Some((edge & ((1 << FIELD) - 1)) as u32),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// The entry that OpenCC would take at a character with this node, `rest` being what follows it.
    #[inline]
    fn walk(&self, mut node: u32, next: u32, rest: &str) -> Option<usize> {
        let mut characters = rest.chars();
        let mut upcoming = characters.next().filter(|character| next & filter_bit(*character) != 0);
        while let Some(character) = upcoming {
            match self.step(node, character) {
                Some(child) => node = child,
                None => break,
            }
            upcoming = if self.best[node as usize] & HAS_EDGES != 0 { characters.next() } else { None };
        }
        self.winner(node)
    }

    /// The entry that wins when a walk ends at a node.
    #[inline]
    fn winner(&self, node: u32) -> Option<usize> {
        ((self.best[node as usize] & !HAS_EDGES) as usize).checked_sub(1)
    }

    /// The next match in `text` at or behind byte `at`.
    ///
    /// # Errors
    /// Where a character that must be normalised comes first.
    #[inline]
    pub fn next_match(&self, text: &str, mut at: usize) -> Result<Option<Match>, NeedsNormalization> {
        while let Some((code, length)) = self.skip_ascii(text, &mut at) {
            let end = at + length;
            match self.start(code) {
                Start::Nothing => at = end,
                Start::Becomes(_) => {
                    return Ok(self.key(&text[at..end]).map(|entry| Match { start: at, end, entry }));
                }
                Start::Walk { node, next } => match self.walk(node, next, &text[end..]) {
                    Some(entry) => {
                        return Ok(Some(Match { start: at, end: at + self.entries[entry].key.len(), entry }));
                    }
                    None => at = end,
                },
                Start::Operator => at += ids::sequence_length(&text[at..]).unwrap_or(length),
                Start::Compatibility => return Err(NeedsNormalization),
            }
        }
        Ok(None)
    }

    /// The entry of a key.
    fn key(&self, key: &str) -> Option<usize> {
        self.entries.binary_search_by(|entry| entry.key.cmp(key)).ok()
    }

    /// Appends `text` with every match replaced by its entry's default.
    ///
    /// # Errors
    /// Where a character must be normalised first; what was appended by then is of no use.
    pub fn replace(&self, text: &str, output: &mut String) -> Result<(), NeedsNormalization> {
        let (mut copied, mut at) = (0, 0);
        while let Some((code, length)) = self.skip_ascii(text, &mut at) {
            let end = at + length;
            match self.start(code) {
                Start::Nothing => at = end,
                Start::Becomes(character) => {
                    output.push_str(&text[copied..at]);
                    output.push(character);
                    (copied, at) = (end, end);
                }
                Start::Walk { node, next } => match self.walk(node, next, &text[end..]) {
                    Some(entry) => {
                        output.push_str(&text[copied..at]);
                        output.push_str(self.defaults[entry]);
                        at += self.entries[entry].key.len();
                        copied = at;
                    }
                    None => at = end,
                },
                Start::Operator => at += ids::sequence_length(&text[at..]).unwrap_or(length),
                Start::Compatibility => return Err(NeedsNormalization),
            }
        }
        output.push_str(&text[copied..]);
        Ok(())
    }

    /// The character at byte `at` with its length, after passing over ASCII where no key starts with it.
    #[inline]
    fn skip_ascii(&self, text: &str, at: &mut usize) -> Option<(u32, usize)> {
        let bytes = text.as_bytes();
        if self.skips_ascii {
            while bytes.get(*at).is_some_and(u8::is_ascii) {
                *at += 1;
            }
        }
        decode(bytes, *at)
    }

    /// An entry of the automaton.
    pub fn entry(&self, index: usize) -> Entry<'static> {
        self.entries[index]
    }

    /// All entries, by their index.
    pub fn entries(&self) -> &[Entry<'static>] {
        &self.entries
    }
}

/// The character that starts at a byte, which must be the first of one, and its length.
#[inline]
fn decode(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let low = |offset: usize| u32::from(bytes.get(at + offset).copied().unwrap_or_default() & 0x3F);
    let first = u32::from(*bytes.get(at)?);
    Some(match first {
        0..0x80 => (first, 1),
        0xE0..0xF0 => ((first & 0x0F) << 12 | low(1) << 6 | low(2), 3),
        0xF0.. => ((first & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3), 4),
        _ => ((first & 0x1F) << 6 | low(1), 2),
    })
}

fn edge_key(node: u32, character: char) -> u64 {
    u64::from(node) << FIELD | u64::from(character as u32)
}

/// Fibonacci hashing: the upper bits of a product are well mixed.
#[inline]
fn hash(node: u32, character: char) -> u64 {
    edge_key(node, character).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32
}

/// The bit that stands for a character in a filter of 32 bits.
#[inline]
fn filter_bit(character: char) -> u32 {
    1 << ((character as u32).wrapping_mul(0x9E37_79B1) >> 27)
}

/// The trie while it is built: edges and, by node, what wins there.
struct Trie {
    edges: Vec<(u32, char, u32)>,
    wins: Vec<Option<(u8, u32)>>,
    /// By node, the filter of the characters behind it.
    filters: Vec<u32>,
}

impl Trie {
    /// Keys are sorted, so a key comes before the longer ones that it starts.
    fn grow(ranked: &[(u8, Entry)]) -> Self {
        let mut trie = Self { edges: Vec::new(), wins: vec![None], filters: vec![0] };
        let mut path: Vec<(char, u32)> = Vec::new();
        for (index, (rank, entry)) in ranked.iter().enumerate() {
            let shared = path.iter().zip(entry.key.chars()).take_while(|((a, _), b)| a == b).count();
            path.truncate(shared);
            for character in entry.key.chars().skip(shared) {
                let parent = path.last().map_or(0, |(_, node)| *node);
                path.push((character, trie.add(parent, character)));
            }
            let node = path.last().map_or(0, |(_, node)| *node) as usize;
            // A longer key of a higher rank loses to what matched before it.
            if trie.wins[node].is_none_or(|(known, _)| *rank <= known) {
                trie.wins[node] = Some((*rank, index as u32));
            }
        }
        trie
    }

    fn add(&mut self, parent: u32, character: char) -> u32 {
        let node = self.wins.len() as u32;
        self.edges.push((parent, character, node));
        self.filters[parent as usize] |= filter_bit(character);
        self.wins.push(self.wins[parent as usize]);
        self.filters.push(0);
        node
    }

    fn best(&self) -> Vec<u32> {
        let entry = |win: &Option<(u8, u32)>| win.map_or(0, |(_, index)| index + 1);
        let edges = |filter: &u32| if *filter == 0 { 0 } else { HAS_EDGES };
        self.wins.iter().zip(&self.filters).map(|(win, filter)| entry(win) | edges(filter)).collect()
    }

    /// First characters and their nodes.
    fn starts(&self) -> impl Iterator<Item = (char, u32)> {
        self.edges.iter().filter(|(parent, ..)| *parent == 0).map(|(_, character, node)| (*character, *node))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn automaton(entries: &[(u8, &'static str, &'static str)]) -> Automaton {
        let ranked = entries.iter().map(|&(rank, key, candidates)| (rank, Entry { key, candidates }));
        Automaton::build(ranked.collect(), ['豈'].into_iter())
    }

    fn found(automaton: &Automaton, text: &str) -> Option<&'static str> {
        let found = automaton.next_match(text, 0).unwrap().filter(|found| found.start == 0);
        found.map(|found| automaton.entry(found.entry).key)
    }

    #[test]
    fn the_longest_key_of_a_rank_wins() {
        let automaton = automaton(&[(0, "头", "頭"), (0, "头发", "頭髮"), (0, "头发丝儿", "頭髮絲兒")]);
        assert_eq!(found(&automaton, "头发丝"), Some("头发"));
        assert_eq!(found(&automaton, "头发丝儿"), Some("头发丝儿"));
        assert_eq!(found(&automaton, "发"), None);
    }

    #[test]
    fn a_lower_rank_beats_a_longer_key() {
        let automaton = automaton(&[(0, "头发", "a"), (1, "头发丝", "b"), (1, "头", "c")]);
        assert_eq!(found(&automaton, "头发丝"), Some("头发"));
        assert_eq!(found(&automaton, "头皮"), Some("头"));
    }

    #[test]
    fn characters_outside_the_bmp_and_ascii_are_keys_too() {
        let automaton = automaton(&[(0, "𠀀", "a"), (0, "𠀀𠀁", "b"), (0, "PN结", "PN結")]);
        assert_eq!(found(&automaton, "𠀀𠀁"), Some("𠀀𠀁"));
        assert_eq!(found(&automaton, "𠀁"), None);
        assert_eq!(found(&automaton, "PN结构"), Some("PN结"));
    }

    #[test]
    fn replacing_copies_what_no_key_matches() {
        let automaton = automaton(&[(0, "头发", "頭髮"), (1, "发", "發"), (1, "儿", "兒 儿")]);
        let mut output = String::new();
        automaton.replace("abc 头发发é⿰发儿儿", &mut output).unwrap();
        assert_eq!(output, "abc 頭髮發é⿰发儿兒");
        assert_eq!(automaton.replace("豈", &mut output), Err(NeedsNormalization));
    }
}
