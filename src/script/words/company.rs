//! The company of a word: words around it that tell in which sense it stands.

use std::ops::Range;

use super::senses::{Says, Senses};

/// How far company is looked for, in bytes on either side.
const REACH: usize = 240;

/// Something in a text that tells of the words around it.
#[derive(Debug, Clone, Copy)]
struct Event {
    at: usize,
    end: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Member(usize),
    ClauseEnd,
    SentenceEnd,
}

/// How far a word's company reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    Clause,
    /// The sentence, but what the clause says weighs more.
    Sentence,
}

/// What tells in a text of the words around it, found as far as it was asked for.
#[derive(Debug)]
pub(crate) struct Company<'t> {
    text: &'t str,
    within: Within,
    events: Vec<Event>,
    /// Up to where events are known.
    read: usize,
}

impl<'t> Company<'t> {
    pub fn of(text: &'t str, within: Within) -> Self {
        Self { text, within, events: Vec::new(), read: 0 }
    }

    /// Whether a word with several senses, at a byte range, stands in that of which the region has another word. What
    /// speaks against counts more than what speaks for, and the clause more than the rest of the sentence.
    pub(super) fn speaks_for(&mut self, row: usize, word: &Range<usize>) -> bool {
        let mut heard = [Heard::default(); 2];
        self.read_around(word);
        let middle = self.events.partition_point(|event| event.at < word.start);
        let before = self.events[..middle].iter().rev();
        let behind = self.events[middle..].iter();
        heard = listen(before.take_while(|event| event.at + REACH >= word.start), row, word, heard);
        heard = listen(behind.take_while(|event| event.at <= word.end + REACH), row, word, heard);
        let scopes = if self.within == Within::Clause { 1 } else { heard.len() };
        let said = heard[..scopes].iter().find_map(|heard| heard.verdict());
        said.unwrap_or_else(|| Senses::get().usual(row))
    }

    /// Finds what stands around a word.
    fn read_around(&mut self, word: &Range<usize>) {
        let until = word.end + REACH;
        // What nobody asks for is passed over.
        let mut nearest = (0..=word.start.saturating_sub(REACH)).rev();
        let from = nearest.find(|at| self.text.is_char_boundary(*at)).unwrap_or(0);
        self.read = self.read.max(from);
        if self.read > until {
            return;
        }
        let senses = Senses::get();
        let mut characters = self.text[self.read..].char_indices().peekable();
        while let Some((offset, character)) = characters.next() {
            let at = self.read + offset;
            if at > until {
                self.read = at;
                return;
            }
            let end = at + character.len_utf8();
            if let Some(kind) = end_of(character) {
                self.events.push(Event { at, end, kind });
                continue;
            }
            let second = characters.peek().map_or('\0', |(_, second)| *second);
            for (number, rest) in senses.members(character, second) {
                if self.text[end..].starts_with(rest) {
                    let end = end + rest.len();
                    self.events.push(Event { at, end, kind: Kind::Member(*number) });
                }
            }
        }
        self.read = self.text.len();
    }
}

/// What was said within one scope.
#[derive(Debug, Clone, Copy, Default)]
struct Heard {
    speaks_for: bool,
    against: bool,
}

impl Heard {
    fn verdict(self) -> Option<bool> {
        match self {
            Self { against: true, .. } => Some(false),
            Self { speaks_for: true, .. } => Some(true),
            _ => None,
        }
    }
}

/// Hears events away from a word, up to the end of its sentence: those of the clause, and the others.
fn listen<'e>(
    events: impl Iterator<Item = &'e Event>,
    row: usize,
    word: &Range<usize>,
    mut heard: [Heard; 2],
) -> [Heard; 2] {
    let mut scope = 0;
    for event in events {
        match event.kind {
            Kind::SentenceEnd => break,
            Kind::ClauseEnd => scope = 1,
            // The word is no company of itself, and neither is a part of it.
            Kind::Member(_) if word.start <= event.at && event.end <= word.end => {}
            Kind::Member(member) => match Senses::get().says(row, member) {
                Says::Nothing => {}
                Says::For => heard[scope].speaks_for = true,
                Says::Against => heard[scope].against = true,
            },
        }
    }
    heard
}

fn end_of(character: char) -> Option<Kind> {
    if ('\u{4E00}'..='\u{9FFF}').contains(&character) {
        return None;
    }
    match character {
        '。' | '！' | '？' | '!' | '?' | '；' | ';' | '\n' | '\r' => Some(Kind::SentenceEnd),
        '，' | ',' | '：' | ':' => Some(Kind::ClauseEnd),
        _ => None,
    }
}
