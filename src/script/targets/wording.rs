//! Finds the words of a text that the region expresses by other words. OpenCC put such words into some stretches. A
//! word counts only if it stands there as a word, in the sense that the region's word has.

use std::iter::Peekable;
use std::ops::Range;

use super::super::opencc::Note;
use super::super::region::Region;
use super::super::words::{Company, FoundWord, RegionalLexicon, Within};

/// The words of a text.
pub(super) struct TextWording<'t> {
    text: &'t str,
    words: &'static RegionalLexicon,
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

impl<'t> TextWording<'t> {
    pub fn of(text: &'t str, region: Region) -> Self {
        let company = Company::of(text, Within::Sentence);
        Self { text, words: RegionalLexicon::of(region), company }
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
            Some(FoundWord::Word(_)) => return Some(Stretch { note, words: None, plain: None }),
            Some(FoundWord::OtherSense(_)) => {
                let plain = self.words.plain(&self.text[note.source.clone()]);
                return Some(Stretch { note, words: Some(Vec::new()), plain });
            }
            Some(FoundWord::Cut) | None => {}
        }
        let mut words = Vec::new();
        let mut is_as_found = true;
        let mut at = note.source.start;
        loop {
            while at < note.source.end {
                let found = self.words.find(&mut self.company, self.text, at);
                let next = at + self.text[at..].chars().next().map_or(1, char::len_utf8);
                is_as_found &= !matches!(found, Some(FoundWord::Cut | FoundWord::OtherSense(_)));
                at = match found {
                    Some(FoundWord::Word(end)) => {
                        words.push(at..end);
                        end
                    }
                    Some(FoundWord::OtherSense(end)) => end,
                    Some(FoundWord::Cut) | None => next,
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
