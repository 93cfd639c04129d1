//! A compiled configuration, and how it converts a text.

use super::notes;
use super::notes::Note;
use super::output_buffer::{Buffer, TextSink};
use super::scan::Stop;
use super::tables::Tables;
use super::token::Token;

/// The text holds a character that must be normalised first.
struct NeedsNormalization;

/// A compiled chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChainPlan {
    /// Applied to a text that needs it, before everything else.
    pub normalization: Vec<Tables>,
    /// All steps in one table.
    pub fused: Tables,
    /// The steps for text between segments where they must be run one after the other.
    pub steps: Vec<Tables>,
}

/// The buffers that a conversion needs in addition to its output. They can be reused for many conversions, one after
/// the other.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    buffer: Buffer,
    steps: StepScratch,
}

/// A stretch of text before and after a step. Most texts need none.
#[derive(Debug, Default)]
struct StepScratch {
    before: String,
    after: String,
    buffer: Option<Buffer>,
}

impl Scratch {
    /// Buffers large enough for the fast conversion of texts of `length` bytes.
    pub fn for_text(length: usize) -> Self {
        Self { buffer: Buffer::for_text(length), steps: StepScratch::default() }
    }
}

impl ChainPlan {
    /// Appends the converted text.
    pub fn convert_into(&self, text: &str, output: &mut String, scratch: &mut Scratch) {
        let mut sink = TextSink::new(&mut scratch.buffer, output);
        if self.append(text, &mut sink, &mut scratch.steps).is_err() {
            self.append_normalized(&self.normalized(text), &mut sink, &mut scratch.steps);
        }
        sink.output();
    }

    /// Appends the converted text. Returns notes, in order, of the places where another configuration may convert
    /// differently. The build script chose the keys to be noted by comparing with that configuration.
    pub fn convert_noting(&self, text: &str, output: &mut String, scratch: &mut Scratch) -> Vec<Note> {
        let mut notes = Vec::new();
        let mut sink = TextSink::noting(&mut scratch.buffer, output, &mut notes);
        if self.append(text, &mut sink, &mut scratch.steps).is_ok() {
            sink.output();
            return notes;
        }
        let normalized = self.normalized(text);
        self.append_normalized(&normalized, &mut sink, &mut scratch.steps);
        sink.output();
        notes::of_source(notes, &normalized, text)
    }

    /// The segment that starts at byte `at` of a text, if there is one: its length, and its replacement as UTF-8.
    pub fn segment_at(&self, text: &str, at: usize) -> Option<(usize, &[u8])> {
        let view = self.fused.view();
        match view.token(text.as_bytes(), at) {
            Token::Key(found) if found.is_segment() => Some((found.key, view.value(found))),
            _ => None,
        }
    }

    /// The text after normalisation.
    pub fn normalized(&self, text: &str) -> String {
        self.normalization.iter().fold(text.to_owned(), |text, step| step.replaced(&text))
    }

    /// Appends the text if nothing in it needs normalisation.
    fn append(
        &self,
        text: &str,
        sink: &mut TextSink,
        scratch: &mut StepScratch,
    ) -> Result<(), NeedsNormalization> {
        let mut from = 0;
        while let Err(stop) = self.fused.view().scan(text, from, sink) {
            from = match stop {
                Stop::Compatibility { .. } => return Err(NeedsNormalization),
                Stop::Stepwise { at, barrier } => self.step_over(text, at, barrier, sink, scratch),
            }
        }
        Ok(())
    }

    /// Replaces everything in the sink with the converted form of normalised text. Characters that still have a
    /// normalisation stay unchanged.
    fn append_normalized(&self, text: &str, sink: &mut TextSink, scratch: &mut StepScratch) {
        sink.clear();
        let mut from = 0;
        while let Err(stop) = self.fused.view().scan(text, from, sink) {
            from = match stop {
                Stop::Compatibility { at } => {
                    let end = at + text[at..].chars().next().map_or(1, char::len_utf8);
                    sink.put_all(&text.as_bytes()[at..end]);
                    end
                }
                Stop::Stepwise { at, barrier } => self.step_over(text, at, barrier, sink, scratch),
            }
        }
    }

    /// Converts the text at a position where the result depends on the surrounding text. Returns the end of the
    /// converted text.
    fn step_over(
        &self,
        text: &str,
        at: usize,
        barrier: usize,
        sink: &mut TextSink,
        scratch: &mut StepScratch,
    ) -> usize {
        let view = self.fused.view();
        if let Token::Key(found) = view.token(text.as_bytes(), at)
            && found.is_phrase()
            && self.is_free_of_segments(text, at, at + found.key)
        {
            sink.put_found(&view, found, at);
            return at + found.key;
        }
        self.run_steps(text, at, barrier, sink, scratch)
    }

    /// Whether no segment begins inside a phrase.
    pub fn is_free_of_segments(&self, text: &str, start: usize, end: usize) -> bool {
        let view = self.fused.view();
        let mut inside = text[start..end].char_indices().skip(1);
        inside.all(|(offset, _)| match view.token(text.as_bytes(), start + offset) {
            Token::Becomes { .. } | Token::Same { .. } => true,
            Token::Key(found) => !found.is_segment(),
            Token::Sequence { .. } | Token::IncompleteSequence { .. } | Token::Compatibility => false,
        })
    }

    /// Converts the stretch around a position step by step, and returns its end.
    fn run_steps(
        &self,
        text: &str,
        at: usize,
        barrier: usize,
        sink: &mut TextSink,
        scratch: &mut StepScratch,
    ) -> usize {
        let start = self.stretch_start(text, barrier, at);
        let end = self.stretch_end(text, at);
        sink.take_back(self.converted_length(text, start, at));
        let StepScratch { before, after, buffer } = scratch;
        let buffer = buffer.get_or_insert_with(Buffer::small);
        before.clear();
        before.push_str(&text[start..end]);
        for step in &self.steps {
            after.clear();
            step.replace_into(before, after, buffer);
            std::mem::swap(before, after);
        }
        sink.put_all(before.as_bytes());
        sink.note(start..end, before.len());
        end
    }

    /// The position back to which phrases may extend.
    fn stretch_start(&self, text: &str, barrier: usize, at: usize) -> usize {
        let view = self.fused.view();
        let before = text[barrier..at].char_indices().rev();
        let inner = before.take_while(|(_, character)| view.marks.of(*character as u32).is_inner());
        inner.last().map_or(at, |(offset, _)| barrier + offset)
    }

    /// The position up to which phrases may extend: the next segment or description sequence, or the next character
    /// that no phrase contains. An incomplete sequence may become complete with any text that follows.
    fn stretch_end(&self, text: &str, mut at: usize) -> usize {
        let view = self.fused.view();
        let mut open = false;
        while at < text.len() {
            at += match view.token(text.as_bytes(), at) {
                Token::Key(found) if !found.is_segment() => {
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

    /// Length of the output for a stretch of single characters.
    fn converted_length(&self, text: &str, start: usize, end: usize) -> usize {
        let view = self.fused.view();
        let mut at = start;
        let mut converted = 0;
        while at < end {
            let (length, became) = match view.token(text.as_bytes(), at) {
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
