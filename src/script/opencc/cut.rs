//! Finds where a text may be cut so that its parts convert exactly as the whole text does, whatever follows.

use std::collections::BTreeMap;

use super::super::ids;
use super::char_table::CharacterKind;
use super::plan::ChainPlan;
use super::tables::{FoundKey, Tables};
use super::token::Token;

/// The first bytes of a description character in UTF-8. Texts without these bytes have no description characters.
const OPERATOR_START: [u8; 2] = [0xE2, 0xBF];

/// Whether a text may contain description sequences.
fn has_sequences(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), &OPERATOR_START).is_some()
}

impl ChainPlan {
    /// The last position where a text may be cut; 0 if there is none. More text may follow.
    pub fn cut(&self, text: &str) -> usize {
        let after_free = if has_sequences(text) { None } else { self.after_last_free(text) };
        after_free.unwrap_or_else(|| self.last_settled(self.before_compatibility(text)))
    }

    /// The text after normalisation, if it does not depend on what follows.
    pub fn normalized_start(&self, text: &str) -> Option<String> {
        (!has_sequences(text)).then(|| self.normalized(text))
    }

    /// The text up to the first character to be normalised. The matches from there on are not known yet.
    fn before_compatibility<'t>(&self, text: &'t str) -> &'t str {
        let view = self.fused.view();
        let is_compatibility = |character: char| {
            view.marks.of(character as u32).kind(character as u32) == CharacterKind::Compatibility
        };
        text.split(is_compatibility).next().unwrap_or_default()
    }

    /// The position after the last character that no key contains, if it is not too far back.
    fn after_last_free(&self, text: &str) -> Option<usize> {
        let view = self.fused.view();
        let near = text.len() / 2;
        let mut backwards = text.char_indices().rev().take_while(|(at, _)| *at >= near);
        let free = backwards.find(|(_, character)| view.marks.of(*character as u32).is_free());
        free.map(|(at, character)| at + character.len_utf8())
    }

    /// The last position after which nothing depends on the text before, found by going through the text.
    fn last_settled(&self, text: &str) -> usize {
        let reach = self.reach();
        let view = self.fused.view();
        let (mut at, mut settled) = (0, 0);
        // A phrase may begin here and extend over the text that follows.
        let mut in_phrase = false;
        // An incomplete sequence may become complete with any text up to the next segment.
        let mut open = false;
        while at + reach < text.len() {
            let character = text[at..].chars().next().unwrap_or_default();
            let is_known = |found: FoundKey| {
                found.is_phrase() && !in_phrase && self.is_free_of_segments(text, at, at + found.key)
            };
            let (length, ends) = match view.token(text.as_bytes(), at) {
                Token::Key(found) if found.is_segment() => {
                    open = false;
                    (found.key, true)
                }
                Token::Key(found) if is_known(found) => (found.key, true),
                Token::Key(_) => {
                    in_phrase = true;
                    (character.len_utf8(), false)
                }
                Token::Becomes { length, inner, .. } | Token::Same { length, inner } => (length, !inner),
                Token::Sequence { length } => (length, true),
                Token::IncompleteSequence { length } => {
                    open |= view.traits.chained;
                    (length, false)
                }
                Token::Compatibility => break,
            };
            at += length;
            in_phrase &= !ends;
            if ends && !open {
                settled = at;
            }
        }
        // A long stretch without an end is cut at a position where all steps begin a new match.
        if settled == 0 && !open { self.last_aligned(&text[..at]) } else { settled }
    }

    /// The last position in a stretch without segments where every step has reached the end of a match; 0 if there is
    /// none.
    fn last_aligned(&self, stretch: &str) -> usize {
        let mut text = stretch.to_owned();
        // Positions in the output of the steps so far, each with its position in the stretch.
        let mut places: BTreeMap<usize, usize> = stretch.char_indices().map(|(at, _)| (at, at)).collect();
        for step in &self.steps {
            let (ends, converted) = self.ends(step, &text);
            places = places.iter().filter_map(|(at, source)| Some((*ends.get(at)?, *source))).collect();
            text = converted;
        }
        places.last_key_value().map_or(0, |(_, source)| *source)
    }

    /// The positions where matches of one step end, in its input and in its output, and the output itself.
    fn ends(&self, step: &Tables, text: &str) -> (BTreeMap<usize, usize>, String) {
        let (mut ends, mut converted, mut at) = (BTreeMap::new(), String::new(), 0);
        while at + self.reach() < text.len() {
            let length = match step.view().token(text.as_bytes(), at) {
                Token::Key(found) => found.key,
                Token::Becomes { length, .. }
                | Token::Same { length, .. }
                | Token::Sequence { length }
                | Token::IncompleteSequence { length } => length,
                Token::Compatibility => text[at..].chars().next().map_or(1, char::len_utf8),
            };
            converted.push_str(&step.replaced(&text[at..at + length]));
            at += length;
            ends.insert(at, converted.len());
        }
        (ends, converted)
    }

    /// The number of bytes after a position that can influence the match at that position.
    fn reach(&self) -> usize {
        let tables = self.steps.iter().chain([&self.fused]);
        let longest = tables.map(|tables| tables.view().traits.longest as usize).max().unwrap_or_default();
        longest.max(ids::MAX_BYTES)
    }
}
