//! A filter before the patterns: one pass over a line tells which patterns can match it at all, because it
//! holds a literal that each of their matches must hold. (The idea of RE2's `FilteredRE2`.)

use aho_corasick::AhoCorasick;
use regex_syntax::hir::literal::{Extractor, Seq};
use regex_syntax::hir::{Hir, HirKind};

/// Literals of one pattern at most; a pattern that would need more is not filtered.
const LITERALS: usize = 200;

/// Which patterns can match a line.
pub(super) struct Prefilter {
    automaton: Option<AhoCorasick>,
    /// By literal, the pattern that needs it.
    owners: Vec<usize>,
    /// Patterns without a literal that every match holds.
    unfiltered: Vec<usize>,
}

impl Prefilter {
    /// A filter for patterns by their place in the list. Patterns that do not parse never match.
    pub fn new<'p>(patterns: impl Iterator<Item = &'p str>) -> Self {
        let (mut literals, mut owners, mut unfiltered) = (Vec::new(), Vec::new(), Vec::new());
        for (index, pattern) in patterns.enumerate() {
            match regex_syntax::parse(pattern).ok().as_ref().and_then(required) {
                Some(seq) => {
                    let needed = seq.literals().unwrap_or_default().iter().map(|l| l.as_bytes().to_vec());
                    literals.extend(needed);
                    owners.resize(literals.len(), index);
                }
                None => unfiltered.push(index),
            }
        }
        Self { automaton: AhoCorasick::new(literals).ok(), owners, unfiltered }
    }

    /// The patterns that can match `text`, in the order of the list.
    pub fn candidates(&self, text: &str) -> Vec<usize> {
        let mut candidates = self.unfiltered.clone();
        if let Some(automaton) = &self.automaton {
            let found = automaton.find_overlapping_iter(text).map(|found| found.pattern().as_usize());
            candidates.extend(found.filter_map(|literal| self.owners.get(literal)));
        }
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }
}

/// Literals of which every match of a pattern holds at least one: the best of those that the pattern's
/// parts begin with. `None` where there are none.
fn required(pattern: &Hir) -> Option<Seq> {
    let parts: &[Hir] = match pattern.kind() {
        HirKind::Capture(group) => return required(&group.sub),
        HirKind::Concat(parts) => parts,
        _ => std::slice::from_ref(pattern),
    };
    let mut extractor = Extractor::new();
    extractor.limit_total(LITERALS);
    let from = |start: usize| extractor.extract(&Hir::concat(parts[start..].to_vec()));
    let usable =
        (0..parts.len()).map(from).filter(|seq| seq.min_literal_len().is_some_and(|length| length > 0));
    usable.max_by_key(|seq| (seq.min_literal_len(), seq.len().map(std::cmp::Reverse)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_a_candidate_where_its_literal_stands() {
        let patterns = ["^.{0,20}(轉載|翻印).{0,9}$", "^分享(到|至)?$", "^[-=]{3,}$", "^.{0,3}$"];
        let filter = Prefilter::new(patterns.into_iter());
        let unfiltered: Vec<usize> = filter.candidates("天氣很好");
        assert!(!unfiltered.contains(&0) && !unfiltered.contains(&1) && unfiltered.contains(&3));
        assert!(filter.candidates("請勿翻印本文").contains(&0));
        assert!(filter.candidates("分享至").contains(&1));
        assert!(filter.candidates("---").contains(&2));
    }
}
