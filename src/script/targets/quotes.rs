//! Quotations in another script than the text around them.

use super::super::identify::{Script, ScriptCount};
use super::super::target::Target;
use super::document_script::ScriptEvidence;
use super::protected_ranges::Fixed;

/// Marks that open and close a quotation.
const PAIRS: [(char, char); 8] = [
    ('《', '》'),
    ('〈', '〉'),
    ('「', '」'),
    ('『', '』'),
    ('“', '”'),
    ('‘', '’'),
    ('"', '"'),
    ('﹁', '﹂'),
];

/// Fixes quotations that are not in the target script, if the text around them is. That text is the line outside all
/// quotations or, if it does not decide, the text around the line.
pub(super) fn find(line: &str, setting: ScriptEvidence, target: Target, fixed: &mut Fixed) {
    let Some(target) = target.script() else { return };
    let quotations = quotations(line);
    let whole = ScriptCount::of(line);
    let quoted =
        quotations.iter().fold(ScriptCount::default(), |sum, quoted| sum.plus(ScriptCount::of(quoted)));
    let outside = ScriptCount {
        hans: whole.hans.saturating_sub(quoted.hans),
        hant: whole.hant.saturating_sub(quoted.hant),
    };
    if outside.majority().or(setting.script) != Some(target) {
        return;
    }
    for quotation in quotations.into_iter().filter(|quotation| is_foreign(quotation, target)) {
        let start = quotation.as_ptr() as usize - line.as_ptr() as usize;
        fixed.add(start..start + quotation.len(), None);
    }
}

fn is_foreign(quotation: &str, target: Script) -> bool {
    ScriptCount::of(quotation).majority().is_some_and(|script| script != target)
}

/// The text between quotation marks, without the marks. Of nested quotations, only the outermost.
fn quotations(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = line;
    // A closing mark that was not found once is not searched for again.
    let mut missing = Vec::new();
    while let Some((at, close)) = opening(rest, &missing) {
        let inside = &rest[at..];
        match inside.find(close) {
            Some(length) => {
                found.push(&inside[..length]);
                rest = &inside[length + close.len_utf8()..];
            }
            None => {
                missing.push(close);
                rest = inside;
            }
        }
    }
    found
}

/// The start of the first quotation, and the mark that ends it. Quotations whose closing mark is missing are ignored.
fn opening(text: &str, missing: &[char]) -> Option<(usize, char)> {
    text.char_indices().find_map(|(at, character)| {
        let (open, close) =
            PAIRS.iter().find(|(open, close)| *open == character && !missing.contains(close))?;
        Some((at + open.len_utf8(), *close))
    })
}
