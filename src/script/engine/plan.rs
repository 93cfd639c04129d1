//! A compiled configuration, and how it converts a text.

use super::scan::{Stop, Token};
use super::sink::{Buffer, Sink};
use super::tables::Tables;

/// The text holds a character that must be normalised first.
struct NeedsNormalization;

/// A chain, compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Applied to a text that needs it, before all else.
    pub normalization: Vec<Tables>,
    /// All steps in one.
    pub fused: Tables,
    /// The steps for text between segments, where they must be run one after the other.
    pub steps: Vec<Tables>,
}

impl Plan {
    /// Appends the converted text.
    pub fn convert_into(&self, text: &str, output: &mut String, buffer: &mut Buffer) {
        let mut sink = Sink::new(buffer, output);
        if self.append(text, &mut sink).is_err() {
            sink.clear();
            self.append_normalized(&self.normalized(text), &mut sink);
        }
        sink.output();
    }

    /// The text after normalisation.
    pub fn normalized(&self, text: &str) -> String {
        self.normalization.iter().fold(text.to_owned(), |text, step| step.replaced(&text))
    }

    /// Appends the text if nothing in it is to be normalised.
    fn append(&self, text: &str, sink: &mut Sink) -> Result<(), NeedsNormalization> {
        let mut from = 0;
        while let Err(stop) = self.fused.scan(text, from, sink) {
            from = match stop {
                Stop::Compatibility { .. } => return Err(NeedsNormalization),
                Stop::Stepwise { at, barrier } => self.step_over(text, at, barrier, sink),
            }
        }
        Ok(())
    }

    /// Appends normalised text: what is left to normalise stays as it is.
    fn append_normalized(&self, text: &str, sink: &mut Sink) {
        let mut from = 0;
        while let Err(stop) = self.fused.scan(text, from, sink) {
            from = match stop {
                Stop::Compatibility { at } => {
                    let end = at + text[at..].chars().next().map_or(1, char::len_utf8);
                    sink.put_all(text[at..end].as_bytes());
                    end
                }
                Stop::Stepwise { at, barrier } => self.step_over(text, at, barrier, sink),
            }
        }
    }

    /// Converts the stretch around a place step by step; gives its end.
    fn step_over(&self, text: &str, at: usize, barrier: usize, sink: &mut Sink) -> usize {
        let start = self.stretch_start(text, barrier, at);
        let end = self.stretch_end(text, at);
        sink.take_back(self.converted_length(text, start, at));
        let steps = self.steps.iter();
        let converted = steps.fold(text[start..end].to_owned(), |text, step| step.replaced(&text));
        sink.put_all(converted.as_bytes());
        end
    }

    /// How far back phrases may reach.
    fn stretch_start(&self, text: &str, barrier: usize, at: usize) -> usize {
        let before = text[barrier..at].char_indices().rev();
        let inner = before.take_while(|(_, character)| self.fused.mark(*character as u32).is_inner());
        inner.last().map_or(at, |(offset, _)| barrier + offset)
    }

    /// How far phrases may reach: to the next segment or description sequence, or a character that no phrase
    /// holds. An incomplete sequence may become complete with whatever follows.
    fn stretch_end(&self, text: &str, mut at: usize) -> usize {
        let mut open = false;
        while at < text.len() {
            at += match self.fused.token(text.as_bytes(), at) {
                Token::Key(found) if found.is_stepwise() => {
                    text[at..].chars().next().map_or(1, char::len_utf8)
                }
                Token::Becomes { length, inner, .. } | Token::Same { length, inner } if inner || open => {
                    length
                }
                Token::Sequence { length } if open => length,
                Token::IncompleteSequence { length } => {
                    open = true;
                    length
                }
                _ => break,
            };
        }
        at
    }

    /// Length of what a stretch of single characters has become.
    fn converted_length(&self, text: &str, start: usize, end: usize) -> usize {
        let mut at = start;
        let mut converted = 0;
        while at < end {
            let (length, became) = match self.fused.token(text.as_bytes(), at) {
                Token::Becomes { length, character, .. } => (length, character.len_utf8()),
                Token::Same { length, .. } => (length, length),
                _ => return converted,
            };
            at += length;
            converted += became;
        }
        converted
    }
}
