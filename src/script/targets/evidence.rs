//! The evidence of words for the script of a text whose characters give none.

use super::super::Converter;
use super::super::classes::Class;
use super::super::identify;
use super::super::identify::{Clause, Script, ScriptCount, is_japanese};
use super::super::target::Target;
use super::super::variants::TellingWords;
use super::document_script::ScriptEvidence;
use super::protected_ranges::Fixed;

/// The words that are evidence for the script that is not the target's.
fn words_against(target: Target) -> Option<(Script, &'static TellingWords)> {
    let other = match target.script()? {
        Script::Hans => Script::Hant,
        Script::Hant => Script::Hans,
    };
    Some((other, TellingWords::of_script(other)))
}

/// Whether words count as evidence where no character does, in a text whose characters give this count. They do not
/// count in a text that is partly Traditional: its own usage may leave such a word unchanged, and a second conversion
/// would count the word again.
pub(super) fn is_heard(count: ScriptCount, target: Script) -> bool {
    target == Script::Hans || count.hant == 0
}

/// Whether a text contains such a word in a clause without characters that are evidence for a script.
pub(super) fn is_in(text: &str, target: Target) -> bool {
    let tells = |character: char| Class::of(character).is(Class::HANS | Class::HANT);
    let ends = |character: char| matches!(character, '\n' | '\r') || Class::of(character).is(Class::END);
    words_against(target).is_some_and(|(_, words)| {
        words.find(text, |word| {
            let before = text[..word.start].chars().rev().take_while(|c| !ends(*c));
            let mut clause = before.chain(text[word.start..].chars().take_while(|c| !ends(*c)));
            !clause.any(tells)
        })
    })
}

/// The count of a text in which words count like one character, if no character of the other script counts.
pub(super) fn counted(text: &str, count: ScriptCount, target: Target) -> ScriptCount {
    let Some((other, _)) = words_against(target) else { return count };
    let is_heard = target.script().is_some_and(|script| is_heard(count, script));
    if !is_heard || count.in_script(other) > 0 || !is_in(text, target) || is_in_standard(text, target) {
        return count;
    }
    count.plus(one(other))
}

/// Whether a text follows the region's standard. Hong Kong's standard has 温 and 税, which Taiwan's treats as
/// Simplified. Text that the exact conversion leaves unchanged must not be converted again.
pub(super) fn is_in_standard(text: &str, target: Target) -> bool {
    let configuration = match target.region() {
        Some(region) => region.row().configuration,
        None if target.script() == Some(Script::Hant) => "s2t",
        None => return false,
    };
    Converter::new(configuration).is_ok_and(|exact| exact.convert(text) == text)
}

fn one(script: Script) -> ScriptCount {
    ScriptCount { hans: usize::from(script == Script::Hans), hant: usize::from(script == Script::Hant) }
}

/// The clauses of a line. Words give the evidence for clauses whose characters give none. Fixed text gives no evidence.
pub(super) fn clauses<'t>(
    line: &'t str,
    fixed: &Fixed,
    setting: ScriptEvidence,
    target: Target,
) -> Vec<Clause<'t>> {
    let mut clauses: Vec<Clause> =
        if fixed.is_empty() { identify::clauses(line).collect() } else { fixed.clauses(line).collect() };
    // A line with Japanese gives no evidence for its document, so the evidence of its words would not count the next
    // time.
    let is_heard = target.script().is_some_and(|script| is_heard(setting.count, script));
    if !is_heard || is_japanese(clauses.iter().map(|clause| clause.japanese).sum()) {
        return clauses;
    }
    let mut start = 0;
    for clause in &mut clauses {
        if clause.count == ScriptCount::default() && !clause.is_japanese() {
            let free = fixed.free(start, clause.text.len());
            clause.count = free.fold(clause.count, |count, free| counted(&line[free], count, target));
        }
        start += clause.text.len();
    }
    clauses
}
