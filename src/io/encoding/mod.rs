//! Encodings: how the bytes of an input become text, and text becomes bytes again.

mod decoding;
mod detection;
mod encode;
mod information;
mod label;
mod transcoder;
mod whole;

pub(crate) use decoding::Decoding;
pub(crate) use detection::is_recognised;
pub(crate) use encode::{UnencodableCharacter, encode, mark};
pub(crate) use encoding_rs::{Encoding, GB18030, GBK, UTF_8, WINDOWS_1252};
pub(crate) use information::bits;
pub(crate) use label::by_label;
pub(crate) use whole::{Decoded, decode, decode_beginning, lossy};

/// Whether bytes do not show their encoding for certain, by a mark or by being UTF-8.
pub(crate) fn needs_name(bytes: &[u8]) -> bool {
    by_mark(bytes).is_none() && !is_utf8(bytes, true)
}

/// The byte-order mark of UTF-16, or no encoding. A mark of UTF-8 is a part of the text, because it is one of its
/// characters and offsets count it.
fn by_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    Encoding::for_bom(bytes).map(|(encoding, _)| encoding)
}

/// Number of bytes of a byte-order mark of UTF-16.
const UTF_16_MARK: usize = 2;

/// Whether the bytes are valid UTF-8, except that the last character may be incomplete unless they `end` there.
fn is_utf8(bytes: &[u8], ended: bool) -> bool {
    simdutf8::compat::from_utf8(bytes).map_or_else(|error| !ended && error.error_len().is_none(), |_| true)
}
