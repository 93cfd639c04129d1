//! Characters that represent others: references of HTML, and radicals that the text of a PDF has instead of characters.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::entity;
use super::entity::Reference;
use super::unicode::strip_invisible;
use crate::script::characters::{Tells, simplified, tells};

static RADICALS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let data = include_str!("../../dictionaries/unicode/radicals.txt").lines();
    let pairs = data.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    pairs
        .filter_map(|(radical, character)| Some((radical.chars().next()?, character.chars().next()?)))
        .collect()
});

/// The first byte of a radical's UTF-8, and the range of its second.
const RADICAL_BYTES: (u8, std::ops::RangeInclusive<u8>) = (0xE2, 0xBA..=0xBF);

/// The replacements in a line that come before all other steps.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Replacing {
    /// Whether to decode references of HTML.
    pub entities: bool,
    /// Whether to replace radicals by the characters that they represent.
    pub radicals: bool,
}

/// A piece of a line that was replaced.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Replaced {
    /// Byte range in the line.
    pub span: Range<usize>,
    /// Its name in reports.
    pub rule: &'static str,
    pub becomes: String,
}

impl Replacing {
    /// The line with everything replaced, or unchanged if there is nothing to replace. A second application changes
    /// nothing.
    pub fn apply(self, line: &str) -> Cow<'_, str> {
        if !self.may_apply(line) {
            return Cow::Borrowed(line);
        }
        let visible = strip_invisible(line);
        let replaced = self.found(&visible);
        match replaced.is_empty() {
            true => Cow::Borrowed(line),
            false => Cow::Owned(self.written(&visible, &replaced)),
        }
    }

    /// The replacements in the line, in order.
    pub fn replacements(self, line: &str) -> Vec<Replaced> {
        if !self.may_apply(line) {
            return Vec::new();
        }
        let visible = strip_invisible(line);
        let mut found = self.found(&visible);
        if visible.len() < line.len() {
            let starts = starts_in(&visible, line);
            let at = |byte: usize| starts.get(byte).copied().unwrap_or(line.len());
            for replaced in &mut found {
                // The last byte of a piece belongs to a visible character.
                let last = replaced.span.end.saturating_sub(1);
                replaced.span = at(replaced.span.start)..at(last) + 1;
            }
        }
        found
    }

    fn may_apply(self, line: &str) -> bool {
        let bytes = line.as_bytes();
        let (first, second) = RADICAL_BYTES;
        let is_radical = |at: usize| bytes.get(at + 1).is_some_and(|byte| second.contains(byte));
        self.entities && memchr::memchr(b'&', bytes).is_some()
            || self.radicals && memchr::memchr_iter(first, bytes).any(is_radical)
    }

    /// The replacements in a line without invisible characters.
    fn found(self, visible: &str) -> Vec<Replaced> {
        let references = if self.entities { stable_references(visible) } else { Vec::new() };
        let script = if self.radicals { majority_script(visible) } else { Tells::Neither };
        let mut found = Vec::with_capacity(references.len());
        let mut end = 0;
        for Reference { span, becomes } in references {
            self.find_radicals(visible, end..span.start, script, &mut found);
            end = span.end;
            let becomes = becomes.chars().map(|c| self.character(c, script).unwrap_or(c)).collect();
            found.push(Replaced { span, rule: "entity", becomes });
        }
        self.find_radicals(visible, end..visible.len(), script, &mut found);
        found
    }

    fn find_radicals(self, visible: &str, within: Range<usize>, script: Tells, found: &mut Vec<Replaced>) {
        let start = within.start;
        for (at, c) in visible.get(within).unwrap_or_default().char_indices() {
            if let Some(character) = self.character(c, script) {
                let span = start + at..start + at + c.len_utf8();
                found.push(Replaced { span, rule: "radical", becomes: character.into() });
            }
        }
    }

    /// The character that a radical represents in text of a script. For some radicals Unicode only knows the
    /// Traditional character (⼾ is 戶). In Simplified text they become the Simplified character.
    fn character(self, c: char, script: Tells) -> Option<char> {
        if !self.radicals || !is_radical(c) {
            return None;
        }
        let character = RADICALS.get(&c).copied()?;
        Some(if script == Tells::Hans { simplified(character) } else { character })
    }

    fn written(self, visible: &str, replaced: &[Replaced]) -> String {
        let references: Vec<Reference> = replaced
            .iter()
            .map(|replaced| Reference { span: replaced.span.clone(), becomes: replaced.becomes.clone() })
            .collect();
        strip_invisible(&entity::replaced(visible, &references)).into_owned()
    }
}

fn is_radical(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{2FDF}')
}

/// The script of most deciding characters of a line. A radical counts only if it represents a Simplified
/// character, because the script of all other radicals is unknown.
fn majority_script(visible: &str) -> Tells {
    let (mut hans, mut hant) = (0usize, 0usize);
    for c in visible.chars() {
        let radical = is_radical(c);
        let character = if radical { RADICALS.get(&c).copied().unwrap_or(c) } else { c };
        match tells(character) {
            Tells::Hans => hans += 1,
            Tells::Hant if !radical => hant += 1,
            _ => {}
        }
    }
    match hans.cmp(&hant) {
        Ordering::Greater => Tells::Hans,
        Ordering::Less => Tells::Hant,
        Ordering::Equal => Tells::Neither,
    }
}

/// The references of a line. There are none if another round of decoding would find more: a decoded character
/// may be invisible, and the texts on both its sides may then form a reference.
fn stable_references(visible: &str) -> Vec<Reference> {
    let references = entity::decodable(visible);
    if references.is_empty() {
        return references;
    }
    let decoded = entity::replaced(visible, &references);
    let is_stable = entity::decodable(&strip_invisible(&decoded)).is_empty();
    if is_stable { references } else { Vec::new() }
}

/// For each byte of `visible`, its position in the line. The line has invisible characters in addition.
fn starts_in(visible: &str, line: &str) -> Vec<usize> {
    let mut starts = Vec::with_capacity(visible.len());
    let mut rest = line.char_indices();
    for c in visible.chars() {
        let Some((start, _)) = rest.by_ref().find(|(_, other)| *other == c) else { break };
        starts.extend(start..start + c.len_utf8());
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOTH: Replacing = Replacing { entities: true, radicals: true };

    #[test]
    fn radicals_become_characters() {
        assert_eq!(BOTH.apply("⽂字太⻓，⽤不完⻔"), "文字太长，用不完门");
        assert_eq!(BOTH.apply("⻔⼾开了，⽤⼾来了"), "门户开了，用户来了");
        assert_eq!(BOTH.apply("⾨⼾開了，⽤⼾來了"), "門戶開了，用戶來了");
        let keep = Replacing { entities: true, radicals: false };
        assert_eq!(keep.apply("⽂字&nbsp;⻓"), "⽂字\u{A0}⻓");
    }

    #[test]
    fn replacements_have_their_positions_in_the_line() {
        let line = "\u{200B}⽂&nb\u{200B}sp;好&#12098;\u{FEFF}";
        let replaced = BOTH.replacements(line);
        let seen: Vec<_> =
            replaced.iter().map(|r| (&line[r.span.clone()], r.rule, r.becomes.as_str())).collect();
        let expected =
            [("⽂", "radical", "文"), ("&nb\u{200B}sp;", "entity", "\u{A0}"), ("&#12098;", "entity", "文")];
        assert_eq!(seen, expected);
    }

    #[test]
    fn every_radical_has_its_character() {
        assert_eq!(RADICALS.len(), 328);
        assert!(RADICALS.values().all(|c| !RADICALS.contains_key(c)));
    }

    proptest! {
        #[test]
        fn replacing_again_changes_nothing(
            pieces in prop::collection::vec(
                "(&(amp|lt|gt|nbsp|quot|ldquo|#39|#8203|#38|#59|#96|shy|zwj|num|semi);)|[&;#<>/a-b漢⽂ “”\"`!\u{200B}\u{200D}]|amp;|lt;",
                0..16,
            )
        ) {
            let line = pieces.concat();
            let once = BOTH.apply(&line).into_owned();
            prop_assert_eq!(BOTH.apply(&once), once.as_str(), "from {:?}", line);
            for replaced in BOTH.replacements(&line) {
                prop_assert!(line.get(replaced.span).is_some());
            }
        }
    }
}
