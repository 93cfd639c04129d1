//! Regular expressions that a backtracker matches.

use regex_automata::nfa::thompson::backtrack::BoundedBacktracker;
use regex_automata::nfa::thompson::pikevm::PikeVM;
use regex_automata::nfa::thompson::{NFA, WhichCaptures};

/// Number of bytes in which the backtracker records which states it has visited: enough for the largest
/// pattern on a line of prose.
const VISITED: usize = 1 << 21;

/// A regular expression that only says whether it matches.
///
/// Patterns are a few words with bounded gaps between them, and each is tried on few lines. A backtracker
/// needs the least preparation of all engines. It takes a quarter to half the time of a lazy automaton, which
/// makes new states for nearly every position in a gap.
#[derive(Debug)]
pub(super) struct Backtracker(BoundedBacktracker);

impl Backtracker {
    /// Compiles a regular expression; `None` if the source is not one.
    pub fn new(source: &str) -> Option<Self> {
        let backtracker = BoundedBacktracker::builder()
            .configure(BoundedBacktracker::config().visited_capacity(VISITED))
            .thompson(NFA::config().which_captures(WhichCaptures::None))
            .build(source);
        backtracker.ok().map(Self)
    }

    /// The number of states of its automaton.
    #[cfg(test)]
    pub fn states(&self) -> usize {
        self.0.get_nfa().states().len()
    }

    /// Whether the expression matches anywhere in a text.
    pub fn is_match(&self, text: &str) -> bool {
        self.0.try_is_match(&mut self.0.create_cache(), text).unwrap_or_else(|_| self.is_match_of_long(text))
    }

    /// The same for a text too long for the backtracker.
    fn is_match_of_long(&self, text: &str) -> bool {
        let simulation = PikeVM::new_from_nfa(self.0.get_nfa().clone());
        simulation.is_ok_and(|simulation| simulation.is_match(&mut simulation.create_cache(), text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_texts_match_alike() {
        let backtracker = Backtracker::new(r"(?i)^App.*下載$").unwrap();
        for gap in [0, 1 << 10, 1 << 20] {
            let line = format!("app{}下載", "的".repeat(gap));
            assert!(backtracker.is_match(&line) && !backtracker.is_match(&format!("{line}了")), "{gap}");
        }
        assert!(Backtracker::new("(").is_none());
    }
}
