//! Where a text may be cut so that its parts convert as the whole does, whatever follows.

use std::collections::BTreeMap;

use super::super::ids;
use super::char_table::Kind;
use super::plan::Plan;
use super::scan::Token;
use super::tables::{Found, Tables};

/// A text's first byte of the description characters' UTF-8, by which texts without any are known.
const OPERATOR_START: [u8; 2] = [0xE2, 0xBF];

/// Whether a text may hold description sequences.
fn has_sequences(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), &OPERATOR_START).is_some()
}

impl Plan {
    /// The last place where a text may be cut; 0 where there is none. More text may follow.
    pub fn cut(&self, text: &str) -> usize {
        let after_free = if has_sequences(text) { None } else { self.after_last_free(text) };
        after_free.unwrap_or_else(|| self.last_settled(self.before_compatibility(text)))
    }

    /// The text after normalisation, if that is the same whatever follows.
    pub fn normalized_start(&self, text: &str) -> Option<String> {
        (!has_sequences(text)).then(|| self.normalized(text))
    }

    /// The text up to the first character that is to be normalised: what matches there is not known yet.
    fn before_compatibility<'t>(&self, text: &'t str) -> &'t str {
        let view = self.fused.view();
        let is_compatibility =
            |character: char| view.marks.of(character as u32).kind(character as u32) == Kind::Compatibility;
        text.split(is_compatibility).next().unwrap_or_default()
    }

    /// Behind the last character that no key holds, if it is not too far back.
    fn after_last_free(&self, text: &str) -> Option<usize> {
        let view = self.fused.view();
        let near = text.len() / 2;
        let mut backwards = text.char_indices().rev().take_while(|(at, _)| *at >= near);
        let free = backwards.find(|(_, character)| view.marks.of(*character as u32).is_free());
        free.map(|(at, character)| at + character.len_utf8())
    }

    /// The last place behind which nothing depends on what is before, found by going through the text.
    fn last_settled(&self, text: &str) -> usize {
        let reach = self.reach();
        let view = self.fused.view();
        let (mut at, mut settled) = (0, 0);
        // A phrase may begin here and reach over what follows.
        let mut in_phrase = false;
        // An incomplete sequence may become complete with whatever follows, up to the next segment.
        let mut open = false;
        while at + reach < text.len() {
            let character = text[at..].chars().next().unwrap_or_default();
            let is_known = |found: Found| {
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
        // A long stretch without an end is cut where all steps begin something new.
        if settled == 0 && !open { self.last_aligned(&text[..at]) } else { settled }
    }

    /// The last place in a stretch without segments where every step has come to the end of a match; 0 where
    /// there is none.
    fn last_aligned(&self, stretch: &str) -> usize {
        let mut text = stretch.to_owned();
        // Places in what the steps so far made of the stretch, each with its place in the stretch.
        let mut places: BTreeMap<usize, usize> = stretch.char_indices().map(|(at, _)| (at, at)).collect();
        for step in &self.steps {
            let (ends, converted) = self.ends(step, &text);
            places = places.iter().filter_map(|(at, source)| Some((*ends.get(at)?, *source))).collect();
            text = converted;
        }
        places.last_key_value().map_or(0, |(_, source)| *source)
    }

    /// Where matches of one step end, before and after it, and the text after it.
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

    /// Bytes behind a place on which it may depend what a match there is.
    fn reach(&self) -> usize {
        let tables = self.steps.iter().chain([&self.fused]);
        let longest = tables.map(|tables| tables.view().traits.longest as usize).max().unwrap_or_default();
        longest.max(ids::MAX_BYTES)
    }
}
