//! The compiled form of one dictionary or group: a trie over characters, immutable and shared.

use super::chain::Node as ChainNode;
use super::dictionary::{self, Entry};

/// A trie whose nodes lie in one vector, the children of a node side by side and sorted by character.
#[derive(Debug, Default)]
pub(crate) struct Automaton {
    entries: Vec<Entry<'static>>,
    nodes: Vec<Node>,
    /// Node of each first character below U+10000; 0 where no key starts so.
    first: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    character: char,
    /// Index of the entry that wins when the walk ends here, by rank and then length.
    best: Option<u32>,
    best_rank: u8,
    children: u32,
    children_end: u32,
}

/// An entry while the trie is built.
struct Ranked {
    rank: u8,
    entry: Entry<'static>,
}

impl Automaton {
    /// Compiles a chain's node; dictionaries that do not exist count as empty.
    pub fn compile(node: &ChainNode) -> Self {
        let mut ranked = Vec::new();
        for (rank, name) in node.ranked() {
            ranked.extend(dictionary::builtin_entries(name).map(|entry| Ranked { rank, entry }));
        }
        // A stable sort: of equal keys with equal rank the earlier dictionary stays first and wins.
        ranked.sort_by(|a, b| (a.entry.key, a.rank).cmp(&(b.entry.key, b.rank)));
        ranked.dedup_by(|later, earlier| later.entry.key == earlier.entry.key);
        Self::build(&ranked)
    }

    fn build(ranked: &[Ranked]) -> Self {
        let root = Node { character: '\0', best: None, best_rank: u8::MAX, children: 0, children_end: 0 };
        let mut trie = Self {
            entries: ranked.iter().map(|r| r.entry).collect(),
            nodes: vec![root],
            first: vec![0; 0x10000],
        };
        trie.grow(ranked, 0, 0..ranked.len(), 0);
        for index in trie.nodes[0].children..trie.nodes[0].children_end {
            let character = trie.nodes[index as usize].character as usize;
            if let Some(slot) = trie.first.get_mut(character) {
                *slot = index;
            }
        }
        trie
    }

    /// Adds the children of `parent` for the entries in `range`, whose keys share their first `depth` bytes.
    fn grow(&mut self, ranked: &[Ranked], parent: usize, range: std::ops::Range<usize>, depth: usize) {
        let mut groups: Vec<(char, std::ops::Range<usize>)> = Vec::new();
        for index in range {
            let Some(character) = ranked[index].entry.key[depth..].chars().next() else { continue };
            match groups.last_mut() {
                Some((last, group)) if *last == character => group.end = index + 1,
                _ => groups.push((character, index..index + 1)),
            }
        }
        let start = self.nodes.len();
        for (character, group) in &groups {
            let node = self.child(parent, *character, depth, &ranked[group.start], group.start);
            self.nodes.push(node);
        }
        self.nodes[parent].children = start as u32;
        self.nodes[parent].children_end = self.nodes.len() as u32;
        for (offset, (character, group)) in groups.into_iter().enumerate() {
            self.grow(ranked, start + offset, group, depth + character.len_utf8());
        }
    }

    /// The node of one character. Keys are sorted, so a key that ends here is the group's first.
    fn child(&self, parent: usize, character: char, depth: usize, first: &Ranked, index: usize) -> Node {
        let above = self.nodes[parent];
        let ends = first.entry.key.len() == depth + character.len_utf8();
        let wins = ends && (above.best.is_none() || first.rank <= above.best_rank);
        let (best, best_rank) =
            if wins { (Some(index as u32), first.rank) } else { (above.best, above.best_rank) };
        Node { character, best, best_rank, children: 0, children_end: 0 }
    }

    /// The entry that OpenCC would take at the start of `text`.
    pub fn find(&self, text: &str) -> Option<Entry<'static>> {
        let mut characters = text.chars();
        let mut node = self.start(characters.next()?)?;
        for character in characters {
            match self.step(node, character) {
                Some(next) => node = next,
                None => break,
            }
        }
        self.entries.get(node.best? as usize).copied()
    }

    fn start(&self, character: char) -> Option<&Node> {
        match self.first.get(character as usize) {
            Some(0) => None,
            Some(index) => self.nodes.get(*index as usize),
            None => self.step(self.nodes.first()?, character),
        }
    }

    fn step(&self, node: &Node, character: char) -> Option<&Node> {
        let children = &self.nodes[node.children as usize..node.children_end as usize];
        let index = children.binary_search_by_key(&character, |child| child.character).ok()?;
        Some(&children[index])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn automaton(entries: &[(u8, &'static str, &'static str)]) -> Automaton {
        let mut ranked: Vec<_> = entries
            .iter()
            .map(|&(rank, key, candidates)| Ranked { rank, entry: Entry { key, candidates } })
            .collect();
        ranked.sort_by(|a, b| (a.entry.key, a.rank).cmp(&(b.entry.key, b.rank)));
        Automaton::build(&ranked)
    }

    fn found(trie: &Automaton, text: &str) -> Option<&'static str> {
        trie.find(text).map(|entry| entry.key)
    }

    #[test]
    fn the_longest_key_of_a_rank_wins() {
        let trie = automaton(&[(0, "头", "頭"), (0, "头发", "頭髮"), (0, "头发丝儿", "頭髮絲兒")]);
        assert_eq!(found(&trie, "头发丝"), Some("头发"));
        assert_eq!(found(&trie, "头发丝儿"), Some("头发丝儿"));
        assert_eq!(found(&trie, "发"), None);
    }

    #[test]
    fn a_lower_rank_beats_a_longer_key() {
        let trie = automaton(&[(0, "头发", "a"), (1, "头发丝", "b"), (1, "头", "c")]);
        assert_eq!(found(&trie, "头发丝"), Some("头发"));
        assert_eq!(found(&trie, "头皮"), Some("头"));
    }

    #[test]
    fn characters_outside_the_bmp_are_keys_too() {
        let trie = automaton(&[(0, "𠀀", "a"), (0, "𠀀𠀁", "b")]);
        assert_eq!(found(&trie, "𠀀𠀁"), Some("𠀀𠀁"));
        assert_eq!(found(&trie, "𠀁"), None);
    }
}
