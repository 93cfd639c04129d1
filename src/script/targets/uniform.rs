//! Documents that are in one script throughout. A single pass over their whole text replaces separate passes over their
//! lines.

use std::ops::Range;

use super::super::classes::Class;
use super::super::identify::{ClauseTally, Script, ScriptCount, is_japanese, tally, tally_with};
use super::super::target::Target;
use super::evidence;
use super::options::ConversionOptions;
use super::protect;
use crate::text::{CodeBlocks, Document, FENCE};

/// The evidence of such a document.
#[derive(Debug, Clone)]
pub(super) struct Uniform {
    /// Its deciding characters, without those in text that is never converted.
    pub count: ScriptCount,
    /// The lines, in order, that contain text which is never converted.
    fixed: Vec<usize>,
    /// The lines that are never converted.
    pub code: CodeBlocks,
    /// For a Simplified document with a Traditional target, the byte offsets of the characters whose form is chosen.
    choices: Vec<usize>,
}

impl Uniform {
    /// `None` if lines must be judged one by one. This is the case if some of the text is in the other script, is
    /// Japanese or describes characters, if only text that is never converted decides the script, or if options ask for
    /// more than the built-in patterns.
    pub fn of(document: &Document, target: Target, options: &ConversionOptions) -> Option<Self> {
        // A separator of Unicode ends a line, and a pass over the whole text takes it for a character.
        if options.look_at_lines() || document.has_separators() {
            return None;
        }
        let text = document.source();
        let (mut choices, mut marks) = (Vec::with_capacity(text.len() / 64), Vec::new());
        // Forms are chosen only when Simplified text is converted to a Traditional target.
        let mut is_passed = target.script() != Some(Script::Hant);
        let ClauseTally { count, japanese, has_operator, .. } = tally_with(text, |at, four, is_path| {
            is_passed |= Class::HANT.is_among(four);
            if !is_passed {
                Class::CHOICE.those_among(four, |behind| choices.push(at + behind));
            }
            if is_path {
                marks.push(at);
            }
        });
        let is_one = (count.hans > 0) != (count.hant > 0);
        let may_hear_words = target
            .script()
            .is_some_and(|script| count.in_script(script) > 0 && evidence::is_heard(count, script));
        if !is_one
            || has_operator
            || is_japanese(japanese)
            || (may_hear_words && evidence::is_in(text, target))
        {
            return None;
        }
        marks.extend(protect::marks(text));
        let may_have_code = marks.iter().any(|at| text[*at..].starts_with(FENCE));
        let lines = document.lines().iter().map(|line| document.text(line));
        let code = if may_have_code { CodeBlocks::of(lines) } else { CodeBlocks::default() };
        let of_code = code.iter().flatten().map(|line| tally(text_of(document, line)).count);
        let mut free = of_code.fold(count, ScriptCount::minus);
        let mut fixed: Vec<usize> = marks.into_iter().map(|at| line_at(document, at)).collect();
        fixed.sort_unstable();
        fixed.dedup();
        fixed.retain(|line| {
            if code.hold(*line) {
                return false;
            }
            let line = text_of(document, *line);
            let fixed = options.protected(line);
            fixed.ranges().for_each(|range| free = free.minus(tally(&line[range]).count));
            !fixed.is_empty()
        });
        free.majority().is_some().then_some(Self { count: free, fixed, code, choices })
    }

    /// Whether no line contains fixed text, and no line is code.
    pub fn is_all_plain(&self) -> bool {
        self.fixed.is_empty() && self.code.is_empty()
    }

    /// Whether the document's line with this index contains no fixed text.
    pub fn is_plain(&self, index: usize) -> bool {
        self.fixed.binary_search(&index).is_err()
    }

    /// The byte offsets of the characters whose form is chosen, within a range of such a document.
    pub fn choices(&self, range: Range<usize>) -> Option<&[usize]> {
        let place = |at: usize| self.choices.partition_point(|choice| *choice < at);
        if self.count.hans > 0 { self.choices.get(place(range.start)..place(range.end)) } else { None }
    }
}

fn text_of<'t>(document: &'t Document, line: usize) -> &'t str {
    document.lines().get(line).map_or("", |line| document.text(line))
}

/// The index of the line that contains a byte.
fn line_at(document: &Document, at: usize) -> usize {
    document.lines().partition_point(|line| line.next <= at)
}
