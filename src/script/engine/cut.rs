//! Where a text may be cut so that its parts convert as the whole does, whatever follows.

use std::collections::BTreeMap;

use super::super::ids;
use super::plan::Plan;
use super::scan::Token;
use super::tables::Tables;

/// A text's first byte of the description characters' UTF-8, by which texts without any are known.
const OPERATOR_START: [u8; 2] = [0xE2, 0xBF];

impl Plan {
    /// The last place where a text may be cut; 0 where there is none. More text may follow.
    pub fn cut(&self, text: &str) -> usize {
        let has_operators = text.as_bytes().windows(2).any(|pair| pair == OPERATOR_START);
        let after_free = if has_operators { None } else { self.after_last_free(text) };
        after_free.unwrap_or_else(|| self.last_settled(text))
    }

    /// Behind the last character that no key holds, if it is not too far back.
    fn after_last_free(&self, text: &str) -> Option<usize> {
        let view = self.fused.view();
        let near = text.len() / 2;
        let mut backwards = text.char_indices().rev().take_while(|(at, _)| *at >= near);
        let free = backwards.find(|(_, character)| view.mark(*character as u32).is_free());
        free.map(|(at, character)| at + character.len_utf8())
    }

    /// The last place behind which nothing depends on what is before, found by going through the text.
    fn last_settled(&self, text: &str) -> usize {
        let reach = self.reach();
        let view = self.fused.view();
        let (mut at, mut settled) = (0, 0);
        // Where the steps must be run one after the other: from where on.
        let mut stretch: Option<usize> = None;
        // An incomplete sequence may become complete with whatever follows, up to the next segment.
        let mut open = false;
        // A character that is yet to be normalised may begin any key.
        let mut unknown = false;
        while at + reach < text.len() {
            let character = text[at..].chars().next().unwrap_or_default();
            let (length, ends) = match view.token(text.as_bytes(), at) {
                Token::Key(found) if found.is_segment() => {
                    open = false;
                    (found.key, true)
                }
                Token::Key(found)
                    if found.is_phrase()
                        && stretch.is_none()
                        && self.is_free_of_segments(text, at, at + found.key) =>
                {
                    (found.key, true)
                }
                Token::Key(_) => {
                    stretch = stretch.or(Some(at));
                    (character.len_utf8(), false)
                }
                Token::Becomes { length, inner, .. } | Token::Same { length, inner } => (length, !inner),
                Token::Sequence { length } => (length, true),
                Token::IncompleteSequence { length } => {
                    open |= view.traits.chained;
                    (length, false)
                }
                Token::Compatibility => {
                    unknown = true;
                    (character.len_utf8(), false)
                }
            };
            at += length;
            unknown &= !view.mark(character as u32).is_free();
            stretch = stretch.filter(|_| !ends);
            if stretch.is_none() && !open && !unknown {
                settled = at;
            }
        }
        match stretch {
            // A long stretch without an end is cut where all steps begin something new.
            Some(start) if settled == 0 && !open && !unknown => start + self.last_aligned(&text[start..]),
            _ => settled,
        }
    }

    /// The last place in a stretch that is converted step by step where every step has come to the end of a
    /// match; 0 where there is none.
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
