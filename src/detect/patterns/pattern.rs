//! The patterns of all rules, and those of them that match a line.

use std::sync::{LazyLock, OnceLock};

use regex::Regex;

use super::backtracker::Backtracker;
use super::entry::{ENTRIES, PatternEntry, WrittenPattern, form};
use super::prefilter::{Filter, Prefilter};
use crate::analysis::{SURELY_BODY_TEXT, ViewLine};
use crate::rules::{On, Rule, RuleId};

static MATCHERS: LazyLock<[Matcher; 2]> = LazyLock::new(|| [On::Fold, On::Text].map(Matcher::compile));

/// The patterns of built-in rules that match a line. They are found once for a text, because only a code
/// fence around it can change their meaning.
pub(super) fn matching(line: &ViewLine) -> impl Iterator<Item = &'static Pattern> {
    let [on_fold, on_text] = &*MATCHERS;
    let numbered = || {
        let behind = on_text.matching(line).into_iter().map(|index| index + on_fold.patterns.len());
        on_fold.matching(line).into_iter().chain(behind).collect()
    };
    // Inside a code fence, marks belong to the code.
    let all = if line.shape.fenced { on_fold.patterns.len() } else { usize::MAX };
    let found = line.folded.patterns.get_or_init(numbered).iter().copied().filter(move |index| *index < all);
    found.filter_map(|index| match index.checked_sub(on_fold.patterns.len()) {
        None => on_fold.patterns.get(index),
        Some(behind) => on_text.patterns.get(behind),
    })
}

/// All patterns on one form of the line.
struct Matcher {
    on: On,
    filter: Prefilter,
    patterns: Vec<Pattern>,
}

/// A pattern of a rule.
pub(super) struct Pattern {
    pub written: &'static WrittenPattern,
    /// The rule, and its number if it is built in.
    pub rule: &'static Rule,
    pub id: Option<RuleId>,
    /// The rule's patterns.
    pub entry: &'static PatternEntry,
    /// The pattern itself, compiled when the filter first lets a line through.
    compiled: OnceLock<Option<Backtracker>>,
    members: Refinement,
    until: Refinement,
    ends: Refinement,
    unless: Refinement,
}

/// A pattern on keys that refines a rule. It is compiled when it is first needed, and is tried on lines of
/// any length.
#[derive(Default)]
struct Refinement {
    regex: OnceLock<Option<Regex>>,
}

impl Refinement {
    /// Whether a key matches the pattern; `None` if the rule has no such pattern.
    fn is_match(&self, regex: Option<&str>, key: &str) -> Option<bool> {
        let source = regex?;
        let regex = self.regex.get_or_init(|| Regex::new(source).ok());
        Some(regex.as_ref().is_some_and(|regex| regex.is_match(key)))
    }
}

impl Pattern {
    /// The patterns of a rule.
    pub fn all_of(
        rule: &'static Rule,
        id: Option<RuleId>,
        entry: &'static PatternEntry,
    ) -> impl Iterator<Item = Self> {
        entry.patterns.iter().map(move |written| Self {
            written,
            rule,
            id,
            entry,
            compiled: OnceLock::new(),
            members: Refinement::default(),
            until: Refinement::default(),
            ends: Refinement::default(),
            unless: Refinement::default(),
        })
    }

    fn matches(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Backtracker::new(self.written.regex));
        compiled.as_ref().is_some_and(|compiled| compiled.is_match(text))
    }

    /// Whether the rule leaves a line alone although the pattern matches.
    pub fn exempts(&self, line: &ViewLine) -> bool {
        self.unless.is_match(self.entry.unless, line.words()) == Some(true)
    }

    /// Whether a section goes on up to a line, whatever is between.
    pub fn goes_on_until(&self, line: &ViewLine) -> bool {
        self.until.is_match(self.entry.until, line.words()) == Some(true)
    }

    /// Whether a line belongs to the section under a heading that matched; `None` if the rule says nothing
    /// about that.
    pub fn is_member(&self, line: &ViewLine) -> Option<bool> {
        if self.ends.is_match(self.entry.ends, line.words()) == Some(true) {
            return Some(false);
        }
        self.members.is_match(self.entry.members, line.words())
    }
}

impl Matcher {
    fn compile(on: On) -> Self {
        let of_kind = ENTRIES.iter().filter(|(_, entry)| entry.on == on);
        let all_of =
            |(id, entry): &'static (RuleId, PatternEntry)| Pattern::all_of(id.rule(), Some(*id), entry);
        let patterns: Vec<Pattern> = of_kind.flat_map(all_of).collect();
        let filters: Vec<&'static Filter> = patterns.iter().map(|pattern| &pattern.written.filter).collect();
        Self { on, filter: Prefilter::new(filters), patterns }
    }

    /// The indices of the patterns that match a line.
    fn matching(&self, line: &ViewLine) -> Vec<usize> {
        let Some(text) = text_to_match(self.on, line) else { return Vec::new() };
        let matches = |index: &usize| {
            self.patterns.get(*index).is_some_and(|pattern| pattern.matches(text) && !pattern.exempts(line))
        };
        let mut candidates = self.filter.candidates(text);
        candidates.retain(matches);
        candidates
    }
}

/// The form of a line on which patterns are tried; `None` if no pattern is tried on the line.
pub(super) fn text_to_match<'l>(on: On, line: &'l ViewLine) -> Option<&'l str> {
    Some(form(on, line)).filter(|text| !text.is_empty() && line.shape.characters <= SURELY_BODY_TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::View;

    #[test]
    fn the_filter_lets_through_every_line_that_a_pattern_matches() {
        let rules = ENTRIES.iter().map(|(id, _)| id.rule());
        let examples = rules.flat_map(|rule| rule.matches.iter().chain(rule.spares));
        let lines: Vec<(usize, &str)> = examples.map(|line| (1, *line)).collect();
        for line in &View::new(&lines, None).lines {
            for matcher in &*MATCHERS {
                let text = form(matcher.on, line);
                let candidates = matcher.filter.candidates(text);
                for (index, pattern) in matcher.patterns.iter().enumerate() {
                    let let_through = text.is_empty() || candidates.contains(&index);
                    assert!(let_through || !pattern.matches(text), "{}: {text}", pattern.written.text);
                }
            }
        }
    }

    /// Maximum number of states of a pattern. The backtracker clears a bit for each state and each byte of a
    /// line, and compiling takes time too. So a gap without a bound is better than one as long as the longest
    /// line, and ASCII letters are better than all letters.
    const STATES: usize = 4000;

    #[test]
    fn patterns_have_few_states() {
        let patterns = || MATCHERS.iter().flat_map(|matcher| &matcher.patterns);
        let states =
            |pattern: &Pattern| Backtracker::new(pattern.written.regex).map_or(0, |regex| regex.states());
        let large = |pattern: &&Pattern| states(pattern) > STATES;
        let large: Vec<String> = patterns()
            .filter(large)
            .map(|pattern| format!("{}: {} {}", states(pattern), pattern.rule.id, pattern.written.text))
            .collect();
        assert!(large.is_empty(), "{}", large.join("\n"));
    }
}
