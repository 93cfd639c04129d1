//! What is known of the text around a line.

use super::super::identify::{Script, ScriptCount, clauses, is_japanese};
use super::super::target::Target;
use super::options::ConversionOptions;

/// What a document, or a part of it, tells of lines that tell nothing by themselves.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Setting {
    pub count: ScriptCount,
    /// The script of lines that decide nothing by themselves.
    pub script: Option<Script>,
    /// Whether Traditional text holds Simplified characters, so that a clause may be Simplified of which no
    /// single character tells it.
    pub is_mixed: bool,
    /// Code is never converted.
    pub is_code: bool,
}

impl Setting {
    /// From the counts of all lines.
    pub fn of(counts: &[ScriptCount]) -> Self {
        let count = counts.iter().fold(ScriptCount::default(), |sum, count| sum.plus(*count));
        let script = count.majority();
        Self { count, script, is_mixed: count.hans > 0 && script == Some(Script::Hant), is_code: false }
    }

    /// Whether a line with these deciding characters is, at least in part, not in the target script.
    pub fn applies_to(&self, count: ScriptCount, target: Target) -> bool {
        let Some(target) = target.script() else { return false };
        let others = count.hans + count.hant - count.in_script(target);
        let decided = count.hans + count.hant > 0;
        others > 0 || (!decided && self.script.is_some_and(|script| script != target))
    }
}

/// What a line's characters tell of its document. What Japanese shares with either script says nothing of the
/// article's, nor does what is never converted.
pub(super) fn count(line: &str, options: &ConversionOptions) -> ScriptCount {
    let fixed = options.protected(line);
    if !fixed.is_empty() {
        return fixed.clauses(line).fold(ScriptCount::default(), |sum, clause| sum.plus(clause.count));
    }
    let (mut count, mut japanese) = (ScriptCount::default(), 0);
    for clause in clauses(line) {
        count = count.plus(clause.count);
        japanese += clause.japanese;
    }
    if is_japanese(japanese) { ScriptCount::default() } else { count }
}

/// By line, the setting of the lines around it up to the next blank ones.
pub(super) fn by_part(lines: &[&str], counts: &[ScriptCount]) -> Vec<Setting> {
    let mut settings = Vec::with_capacity(lines.len());
    for part in lines.split_inclusive(|line| line.trim().is_empty()) {
        let start = settings.len();
        settings.resize(start + part.len(), Setting::of(&counts[start..start + part.len()]));
    }
    settings
}

/// Marks the lines between paired code fences, fences included, as code. A fence without a partner encloses
/// nothing.
pub(super) fn mark_code(lines: &[&str], whole: Setting, parts: &mut Vec<Setting>) {
    let fences: Vec<usize> =
        (0..lines.len()).filter(|index| lines[*index].trim_start().starts_with("```")).collect();
    for pair in fences.chunks_exact(2) {
        parts.resize(lines.len(), whole);
        parts[pair[0]..=pair[1]].iter_mut().for_each(|part| part.is_code = true);
    }
}
