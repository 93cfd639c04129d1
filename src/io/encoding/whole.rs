//! Decodes bytes that are at hand as a whole.

use encoding_rs::{Encoding, UTF_8};

use super::super::input::{Input, InputError};
use super::super::reading::{Notice, Reading};
use super::detection::{Guess, guess};
use super::transcoder::{Before, Faults, Transcoder};
use super::{UTF_16_MARK, by_mark, is_utf8};

/// A text, and what is to be said of how it was decoded.
pub(crate) struct Decoded {
    pub text: String,
    pub notices: Vec<Notice>,
}

/// Decodes all bytes of an input.
///
/// # Errors
/// If the encoding is neither given nor certain, and in strict reading if a byte cannot be decoded.
pub(crate) fn decode(bytes: &[u8], input: &Input, reading: &Reading) -> Result<Decoded, InputError> {
    let utf8 = reading.encoding.is_none_or(|encoding| encoding == UTF_8);
    if utf8 && let Ok(text) = simdutf8::basic::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), notices: vec![Notice::Encoding(UTF_8)] });
    }
    let encoding = encoding_of(bytes, reading.encoding, true, Before::default())
        .map_err(|doubt| InputError::Encoding { input: input.clone(), reason: doubt })?;
    let mark = mark_length(bytes, encoding);
    let mut transcoder = Transcoder::behind(encoding, Before { bytes: mark as u64, lines: 0 });
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    transcoder.push(&bytes[mark..], true, &mut text);
    if reading.strict && transcoder.faults().any() {
        let reason = transcoder.faults().first().to_string();
        return Err(InputError::Encoding { input: input.clone(), reason });
    }
    Ok(Decoded { text, notices: notices(input, encoding, reading, bytes, transcoder.faults()) })
}

/// The notices about an encoding that was found, and about what could not be decoded in it.
fn notices(
    input: &Input,
    encoding: &'static Encoding,
    reading: &Reading,
    bytes: &[u8],
    faults: &Faults,
) -> Vec<Notice> {
    let mut notices = vec![Notice::Encoding(encoding)];
    if reading.encoding.is_none() && by_mark(bytes).is_none() && encoding != UTF_8 {
        notices.push(guessed(input, encoding));
    }
    if faults.any() {
        notices.push(replaced(input, faults));
    }
    notices
}

/// Says in which encoding an input that does not name one is read.
pub(super) fn guessed(input: &Input, encoding: &'static Encoding) -> Notice {
    Notice::Remark(format!("{input}: read as {}", encoding.name()))
}

/// Says what could not be decoded.
pub(super) fn replaced(input: &Input, faults: &Faults) -> Notice {
    Notice::Warning(format!("{input}: {faults}; replaced by U+FFFD"))
}

/// Bytes of the byte-order mark that belongs to the encoding and not to the text.
pub(super) fn mark_length(bytes: &[u8], encoding: &'static Encoding) -> usize {
    let marked = encoding != UTF_8 && by_mark(bytes) == Some(encoding);
    if marked { UTF_16_MARK } else { 0 }
}

/// The encoding of bytes: the given one, or the one that they have. `ended` says whether the input ends with them, and
/// `before` what stands before them.
///
/// # Errors
/// If it is not certain. The error says what it may be.
pub(super) fn encoding_of(
    bytes: &[u8],
    given: Option<&'static Encoding>,
    ended: bool,
    before: Before,
) -> Result<&'static Encoding, String> {
    if let Some(encoding) = given.or_else(|| by_mark(bytes)) {
        return Ok(encoding);
    }
    if is_utf8(bytes, ended) {
        return Ok(UTF_8);
    }
    match guess(bytes, ended) {
        Guess::Likely(encoding) => Ok(encoding),
        guess => Err(doubt(bytes, guess, before)),
    }
}

/// Says why the encoding is not certain, and how to name it.
fn doubt(bytes: &[u8], guess: Guess, before: Before) -> String {
    let mut faults = Transcoder::behind(UTF_8, before);
    faults.push(bytes, true, &mut String::new());
    let faults = faults.faults().first();
    match guess {
        Guess::Doubtful(one, other) => format!(
            "{faults}; it may be {} or {}: name the encoding with --encoding",
            one.name(),
            other.name()
        ),
        Guess::Unknown(other) | Guess::Likely(other) => format!(
            "{faults}, and no Chinese text in GB18030, Big5, Shift_JIS or EUC-JP; name the encoding with --encoding (such as {})",
            other.name()
        ),
    }
}

/// The beginning of an input as text, to see what it is. What cannot be decoded is replaced.
pub(crate) fn decode_beginning(bytes: &[u8], given: Option<&'static Encoding>, ended: bool) -> String {
    let encoding = encoding_of(bytes, given, ended, Before::default()).unwrap_or(UTF_8);
    let mut text = String::new();
    Transcoder::new(encoding).push(&bytes[mark_length(bytes, encoding)..], ended, &mut text);
    text
}

/// UTF-8 in which what is not valid is replaced, and what was.
pub(crate) fn lossy(bytes: &[u8]) -> (String, Faults) {
    let mut transcoder = Transcoder::new(UTF_8);
    let mut text = String::new();
    transcoder.push(bytes, true, &mut text);
    (text, transcoder.faults().clone().in_one_line())
}
