//! Finds the words of a text that the region expresses by other words. OpenCC put such words into some stretches. A
//! word counts only if it stands there as a word, in the sense that the region's word has.

use std::iter::Peekable;
use std::ops::Range;

use super::super::opencc::Note;
use super::super::variants::Region;
use super::super::words::{Company, Found, RegionalWords, Within};

/// The words of a text.
pub(super) struct Wording<'t> {
    text: &'t str,
    words: &'static RegionalWords,
    company: Company<'t>,
}

/// A stretch of a text in which OpenCC put regional words.
pub(super) struct Stretch {
    /// Its range in the text, and the range of OpenCC's result.
    pub note: Note,
    /// The ranges of the words that the region expresses by others; `None` if OpenCC's choice of words is right.
    pub words: Option<Vec<Range<usize>>>,
    /// OpenCC's result for the stretch without such words, if it is known.
    pub plain: Option<&'static str>,
}

impl<'t> Wording<'t> {
    pub fn of(text: &'t str, region: Region) -> Self {
        let company = Company::of(text, Within::Sentence);
        Self { text, words: RegionalWords::of(region), company }
    }

    /// The next stretch. It extends over more than one note if a word does. Such a word was not found at first because
    /// another word seemed to begin before it (信号 in 交通信号).
    pub fn next<'n>(
        &mut self,
        notes: &mut Peekable<impl Iterator<Item = &'n Note>>,
        made: &str,
    ) -> Option<Stretch> {
        let mut note = notes.next()?.clone();
        let whole = self.words.judge(&mut self.company, self.text, note.source.clone());
        match whole {
            Some(Found::Word(_)) => return Some(Stretch { note, words: None, plain: None }),
            Some(Found::OtherSense(_)) => {
                let plain = self.words.plain(&self.text[note.source.clone()]);
                return Some(Stretch { note, words: Some(Vec::new()), plain });
            }
            Some(Found::Cut) | None => {}
        }
        let mut words = Vec::new();
        let mut is_as_found = true;
        let mut at = note.source.start;
        loop {
            while at < note.source.end {
                let found = self.words.find(&mut self.company, self.text, at);
                let next = at + self.text[at..].chars().next().map_or(1, char::len_utf8);
                is_as_found &= !matches!(found, Some(Found::Cut | Found::OtherSense(_)));
                at = match found {
                    Some(Found::Word(end)) => {
                        words.push(at..end);
                        end
                    }
                    Some(Found::OtherSense(end)) => end,
                    Some(Found::Cut) | None => next,
                };
            }
            let Some(next) = notes.next_if(|next| next.source.start < at) else { break };
            note.source.end = next.source.end;
            note.output.end = next.output.end;
        }
        // Between notes OpenCC turns each character into one character.
        let further = self.text.get(note.source.end..at).unwrap_or_default().chars().count();
        note.source.end = note.source.end.max(at);
        note.output.end += made[note.output.end..].chars().take(further).map(char::len_utf8).sum::<usize>();
        Some(Stretch { note, words: (!is_as_found || further > 0).then_some(words), plain: None })
    }
}
