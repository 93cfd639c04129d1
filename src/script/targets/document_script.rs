//! The script of the text around a line.

use super::super::identify::{ClauseTally, Script, ScriptCount, is_japanese, tally};
use super::super::target::Target;
use super::clause_plan::Treatment;
use super::evidence;
use super::options::ConversionOptions;
use super::protected_ranges::Fixed;

/// The evidence of a document, or of a part of it, for lines that have none of their own.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct ScriptEvidence {
    pub count: ScriptCount,
    /// The script of lines that have no deciding characters.
    pub script: Option<Script>,
    /// Whether the text is in both scripts. Then a clause may be Simplified although no single character shows it.
    pub is_mixed: bool,
    /// Whether there is no evidence for the script of the text. Then it is as likely to be Simplified as Traditional.
    pub is_unknown: bool,
}

impl ScriptEvidence {
    /// Computed from all lines.
    pub fn of(lines: &[LineTally]) -> Self {
        Self::of_count(lines.iter().fold(ScriptCount::default(), |sum, line| sum.plus(line.count())))
    }

    /// Computed from the deciding characters of all lines.
    pub fn of_count(count: ScriptCount) -> Self {
        let script = count.majority();
        let is_unknown = count == ScriptCount::default();
        Self { count, script, is_mixed: count.hans > 0 && count.hant > 0, is_unknown }
    }

    /// Whether a line with these deciding characters is not in the target script, at least in part.
    pub fn applies_to(&self, count: ScriptCount, target: Target) -> bool {
        let Some(target) = target.script() else { return false };
        let others = count.hans + count.hant - count.in_script(target);
        let decided = count.hans + count.hant > 0;
        others > 0 || (!decided && self.script.is_some_and(|script| script != target))
    }
}

/// The evidence of a line's characters, and whether the line contains anything fixed or described.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct LineTally {
    tally: ClauseTally,
    /// The evidence of characters and words. Words are no evidence for other lines: they may stay as the article writes
    /// them, and would then count again when the result is converted again.
    with_words: ScriptCount,
    pub is_plain: bool,
}

impl LineTally {
    pub fn of(line: &str, options: &ConversionOptions, target: Target) -> Self {
        let with_words = |text: &str, tally: ClauseTally| evidence::counted(text, tally.count, target);
        let whole = tally(line);
        let fixed = if options.may_protect(line, whole) { options.protected(line) } else { Fixed::default() };
        if fixed.is_empty() {
            let is_plain = !whole.has_operator;
            return Self { tally: whole, with_words: with_words(line, whole), is_plain };
        }
        let free = || fixed.free(0, line.len()).map(|free| &line[free]);
        let counts = free().map(|text| with_words(text, tally(text)));
        let with_words = counts.fold(ScriptCount::default(), |sum, count| sum.plus(count));
        let tallies = free().map(tally);
        let sum = |sum: ClauseTally, tally: ClauseTally| ClauseTally {
            count: sum.count.plus(tally.count),
            japanese: sum.japanese + tally.japanese,
            has_han: sum.has_han || tally.has_han,
            has_operator: sum.has_operator || tally.has_operator,
            has_path: sum.has_path || tally.has_path,
        };
        Self { tally: tallies.fold(ClauseTally::default(), sum), with_words, is_plain: false }
    }

    /// The tally of a whole document in one script.
    pub fn of_uniform(count: ScriptCount) -> Self {
        Self { tally: ClauseTally { count, ..ClauseTally::default() }, with_words: count, is_plain: true }
    }

    /// The evidence that the line gives for its document. Japanese lines give none, because Japanese shares characters
    /// with both scripts. Text that is never converted gives none either.
    pub fn count(&self) -> ScriptCount {
        if is_japanese(self.tally.japanese) { ScriptCount::default() } else { self.tally.count }
    }

    /// Whether the line is Traditional. A line without evidence has the script of its document.
    pub fn is_traditional(&self, document: Option<Script>) -> bool {
        let count = self.tally.count;
        let script = if count == ScriptCount::default() { document } else { count.majority() };
        script == Some(Script::Hant) && !is_japanese(self.tally.japanese)
    }

    /// Whether the line may show which forms Traditional text uses.
    pub fn has_traditional(&self) -> bool {
        self.tally.count.hant > 0 || !self.is_plain
    }

    /// The treatment that all clauses of the line share; `None` if each clause must be judged.
    pub fn treatment(&self, setting: ScriptEvidence, target: Target) -> Option<Treatment> {
        let target = target.script()?;
        let count =
            if evidence::is_heard(setting.count, target) { self.with_words } else { self.tally.count };
        let own = count.in_script(target);
        let others = count.hans + count.hant - own;
        let script = if others > 0 { None } else { setting.script.filter(|_| own == 0) };
        let may_be_proven = setting.is_mixed || (setting.is_unknown && self.tally.has_han);
        match (own, others) {
            _ if is_japanese(self.tally.japanese) || !self.is_plain => None,
            (0, 1..) => Some(Treatment::Convert),
            _ if others > 0 || (may_be_proven && target == Script::Hant) => None,
            _ if script.is_some_and(|script| script != target) => Some(Treatment::Convert),
            _ => Some(Treatment::Leave),
        }
    }
}

/// For each line, the setting of the lines around it, up to the next blank lines.
pub(super) fn by_part<'t>(
    lines: impl Iterator<Item = &'t str>,
    tallies: &[LineTally],
) -> Vec<ScriptEvidence> {
    let lines: Vec<&str> = lines.collect();
    let mut settings = Vec::with_capacity(lines.len());
    for part in lines.split_inclusive(|line| line.trim().is_empty()) {
        let start = settings.len();
        settings.resize(start + part.len(), ScriptEvidence::of(&tallies[start..start + part.len()]));
    }
    settings
}
