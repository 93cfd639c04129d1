//! The company of a word: words around it that tell in which sense it stands.

use std::ops::Range;

use super::senses::{Says, Senses, Start, eight};

/// How far company is looked for, in bytes on either side.
const REACH: usize = 240;

/// So many events are not held, but those that are still of use.
const MANY: usize = 1_000;

/// Something in a text that tells of the words around it.
#[derive(Debug, Clone, Copy)]
struct Event {
    at: usize,
    /// Bytes of a member.
    length: u16,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Member(u16),
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
    #[inline(never)]
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

    /// Finds what stands around a word, in its sentence.
    #[inline(never)]
    fn read_around(&mut self, word: &Range<usize>) {
        let until = self.text.len().min(word.end + REACH);
        // What nobody asks for is passed over.
        let mut reached = (0..=word.start.saturating_sub(REACH)).rev();
        let from = reached.find(|at| self.text.is_char_boundary(*at)).unwrap_or_default().max(self.read);
        if self.events.len() > MANY {
            self.events.retain(|event| event.at + REACH >= word.start);
        }
        let unread = self.text.get(from..word.start).unwrap_or_default();
        let ended = unread.rfind(|c| end_of(c) == Some(Kind::SentenceEnd));
        self.read = from + ended.unwrap_or_default();
        while self.read < until {
            let event = self.read_one();
            if event == Some(Kind::SentenceEnd) && self.read > word.start {
                return;
            }
        }
    }

    /// Takes note of what stands at the next character; of an end if it is one.
    #[inline]
    fn read_one(&mut self) -> Option<Kind> {
        let (bytes, at) = (self.text.as_bytes(), self.read);
        let first = bytes[at];
        self.read += width(first);
        if !is_han_start(first)
            && let Some(kind) = self.text[at..].chars().next().and_then(end_of)
        {
            self.events.push(Event { at, length: 0, kind });
            return Some(kind);
        }
        if let Some(start) = Start::of(bytes, at) {
            for member in Senses::get().members(start) {
                if member.stands(start, eight(bytes, at + start.length())) {
                    let kind = Kind::Member(member.number);
                    self.events.push(Event { at, length: member.length, kind });
                }
            }
        }
        None
    }
}

/// Whether only Han characters start with a byte.
fn is_han_start(first: u8) -> bool {
    matches!(first, 0xE4..=0xE9)
}

/// Bytes of the character that starts with a byte.
fn width(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
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
#[inline(never)]
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
            Kind::Member(_) if word.start <= event.at && event.at + usize::from(event.length) <= word.end => {
            }
            Kind::Member(member) => match Senses::get().says(row, member.into()) {
                Says::Nothing => {}
                Says::For => heard[scope].speaks_for = true,
                Says::Against => heard[scope].against = true,
            },
        }
    }
    heard
}

fn end_of(character: char) -> Option<Kind> {
    match character {
        '。' | '！' | '？' | '!' | '?' | '；' | ';' | '\n' | '\r' => Some(Kind::SentenceEnd),
        '，' | ',' | '：' | ':' => Some(Kind::ClauseEnd),
        _ => None,
    }
}
