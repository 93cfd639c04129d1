//! Results in another encoding than UTF-8.

use serde::{Deserialize, Serialize};

use super::super::args::{OutputEncoding, UnencodablePolicy};
use crate::io::{Encoding, UTF_8, UnencodableCharacter, by_label, encode, mark};

/// Encodes results.
pub(super) struct Recoding {
    choice: OutputEncoding,
    /// What becomes of characters that the encoding does not have; `None` where no option says it.
    unencodable: Option<UnencodablePolicy>,
    /// The encoding of the result.
    current: &'static Encoding,
    /// Whether something was written to the current output.
    begun: bool,
    /// Whether the last line that was written has ended.
    ended: bool,
    /// Whether a line must end before the result of the current input.
    separate: bool,
    /// Whether the result of the current input cannot be written.
    refused: bool,
    bytes: Vec<u8>,
}

/// The state of a [`Recoding`].
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct RecodingState {
    encoding: String,
    flags: [bool; 4],
}

impl Recoding {
    /// Nothing was written yet.
    pub fn new(choice: OutputEncoding, unencodable: Option<UnencodablePolicy>) -> Self {
        let current = match choice {
            OutputEncoding::Same => UTF_8,
            OutputEncoding::Named(encoding) => encoding,
        };
        Self {
            choice,
            unencodable,
            current,
            begun: false,
            ended: true,
            separate: false,
            refused: false,
            bytes: Vec::new(),
        }
    }

    /// Begins the result of an input, which is an output of its own in place.
    pub fn begin(&mut self, in_place: bool) {
        self.refused = false;
        if in_place {
            (self.begun, self.ended) = (false, true);
        }
        self.separate = !self.ended;
    }

    /// Takes the encoding of the current input.
    ///
    /// # Errors
    /// If the result is to have it, and something was written in another one.
    pub fn source(&mut self, encoding: &'static Encoding) -> Result<(), String> {
        if self.choice != OutputEncoding::Same || self.current == encoding {
            return Ok(());
        }
        if self.begun {
            self.refused = true;
            return Err(format!(
                "is {}, and the result is {} already; --in-place keeps the encoding of each file",
                encoding.name(),
                self.current.name()
            ));
        }
        self.current = encoding;
        Ok(())
    }

    /// What a later run must know to go on: the encoding, and whether something was written, whether its last line has
    /// ended, whether a line must end before the next result, and whether that is refused.
    pub fn state(&self) -> RecodingState {
        let flags = [self.begun, self.ended, self.separate, self.refused];
        RecodingState { encoding: self.current.name().to_owned(), flags }
    }

    /// Goes on from the state of an interrupted run.
    pub fn restore(&mut self, state: &RecodingState) {
        self.current = by_label(&state.encoding).unwrap_or(self.current);
        [self.begun, self.ended, self.separate, self.refused] = state.flags;
    }

    /// The bytes of a part of the result, which is UTF-8.
    ///
    /// # Errors
    /// If it has a character that the encoding does not have.
    pub fn encoded(&mut self, part: &[u8]) -> Result<&[u8], String> {
        self.bytes.clear();
        if self.refused || part.is_empty() {
            return Ok(&self.bytes);
        }
        let text = String::from_utf8_lossy(part);
        if !self.begun {
            self.bytes.extend(mark(self.current));
        }
        if std::mem::take(&mut self.separate) {
            encode("\n", self.current, false, &mut self.bytes)
                .map_err(|missing| self.missing("", missing))?;
        }
        let escape = self.unencodable == Some(UnencodablePolicy::Escape);
        encode(&text, self.current, escape, &mut self.bytes)
            .map_err(|missing| self.missing(&text, missing))?;
        (self.begun, self.ended) = (true, text.ends_with('\n'));
        Ok(&self.bytes)
    }

    fn missing(&self, text: &str, missing: UnencodableCharacter) -> String {
        let UnencodableCharacter { character, offset } = missing;
        let line = text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1;
        let code = u32::from(character);
        let advice = self.unencodable.map_or("", |_| "; --unencodable escape writes a reference");
        format!(
            "{character} (U+{code:04X}), in line {line} of the result, is not in {}{advice}",
            self.current.name()
        )
    }
}
