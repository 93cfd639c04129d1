//! The company of a word: the words around it that show its sense.

use std::ops::Range;

use super::senses::{MemberStart, Says, Senses, eight};

/// Number of bytes on each side in which company is searched for.
const REACH: usize = 240;

/// If there are more events, those that are no longer needed are dropped.
const MANY: usize = 1_000;

/// An event in a text that is evidence for the words around it.
#[derive(Debug, Clone, Copy)]
struct CompanyEvent {
    at: usize,
    /// Length of a member in bytes.
    length: u16,
    kind: CompanyKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CompanyKind {
    Member(u16),
    ClauseEnd,
    SentenceEnd,
}

/// The scope of a word's company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Within {
    Clause,
    /// The sentence, but evidence in the clause takes precedence.
    Sentence,
}

/// The evidence in a text for the words around it. It is collected only as far as it is needed.
#[derive(Debug)]
pub(crate) struct Company<'t> {
    text: &'t str,
    within: Within,
    events: Vec<CompanyEvent>,
    /// Byte up to which events are known.
    read: usize,
}

impl<'t> Company<'t> {
    pub fn of(text: &'t str, within: Within) -> Self {
        Self { text, within, events: Vec::new(), read: 0 }
    }

    /// Whether a word with several senses, at a byte range, has the sense that the region expresses by another word.
    /// Evidence against this takes precedence over evidence for it. The clause takes precedence over the rest of the
    /// sentence.
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

    /// Collects the events around a word, in its sentence.
    #[inline(never)]
    fn read_around(&mut self, word: &Range<usize>) {
        let until = self.text.len().min(word.end + REACH);
        // Text that no word needs is skipped.
        let mut reached = (0..=word.start.saturating_sub(REACH)).rev();
        let from = reached.find(|at| self.text.is_char_boundary(*at)).unwrap_or_default().max(self.read);
        if self.events.len() > MANY {
            self.events.retain(|event| event.at + REACH >= word.start);
        }
        let unread = self.text.get(from..word.start).unwrap_or_default();
        let ended = unread.rfind(|c| end_of(c) == Some(CompanyKind::SentenceEnd));
        self.read = from + ended.unwrap_or_default();
        while self.read < until {
            let event = self.read_one();
            if event == Some(CompanyKind::SentenceEnd) && self.read > word.start {
                return;
            }
        }
    }

    /// Records the event at the next character, and returns it if it is an end.
    #[inline]
    fn read_one(&mut self) -> Option<CompanyKind> {
        let (bytes, at) = (self.text.as_bytes(), self.read);
        let first = bytes[at];
        self.read += width(first);
        if !is_han_start(first)
            && let Some(kind) = self.text[at..].chars().next().and_then(end_of)
        {
            self.events.push(CompanyEvent { at, length: 0, kind });
            return Some(kind);
        }
        if let Some(start) = MemberStart::of(bytes, at) {
            for member in Senses::get().members(start) {
                if member.stands(start, eight(bytes, at + start.length())) {
                    let kind = CompanyKind::Member(member.number);
                    self.events.push(CompanyEvent { at, length: member.length, kind });
                }
            }
        }
        None
    }
}

/// Whether all characters that start with this byte are Han characters.
fn is_han_start(first: u8) -> bool {
    matches!(first, 0xE4..=0xE9)
}

/// Length in bytes of the character that starts with this byte.
fn width(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// The evidence within one scope.
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

/// Collects the evidence of events in one direction from a word, up to the end of its sentence. The first result is for
/// the clause, the second for the rest.
#[inline(never)]
fn listen<'e>(
    events: impl Iterator<Item = &'e CompanyEvent>,
    row: usize,
    word: &Range<usize>,
    mut heard: [Heard; 2],
) -> [Heard; 2] {
    let mut scope = 0;
    for event in events {
        match event.kind {
            CompanyKind::SentenceEnd => break,
            CompanyKind::ClauseEnd => scope = 1,
            // The word, or a part of it, is not company of itself.
            CompanyKind::Member(_)
                if word.start <= event.at && event.at + usize::from(event.length) <= word.end => {}
            CompanyKind::Member(member) => match Senses::get().says(row, member.into()) {
                Says::Nothing => {}
                Says::For => heard[scope].speaks_for = true,
                Says::Against => heard[scope].against = true,
            },
        }
    }
    heard
}

fn end_of(character: char) -> Option<CompanyKind> {
    match character {
        '。' | '！' | '？' | '!' | '?' | '；' | ';' | '\n' | '\r' => Some(CompanyKind::SentenceEnd),
        '，' | ',' | '：' | ':' => Some(CompanyKind::ClauseEnd),
        _ => None,
    }
}
