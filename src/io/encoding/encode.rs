//! Text to bytes in another encoding.

use encoding_rs::{EncoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// A character that the encoding does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnencodableCharacter {
    pub character: char,
    /// Its byte in the text.
    pub offset: usize,
}

/// The byte-order mark with which a text in an encoding begins.
pub(crate) fn mark(encoding: &'static Encoding) -> &'static [u8] {
    match encoding {
        _ if encoding == UTF_16LE => b"\xFF\xFE",
        _ if encoding == UTF_16BE => b"\xFE\xFF",
        _ => b"",
    }
}

/// Appends `text` to `bytes` in an encoding. With `escape`, a character that the encoding does not have becomes a
/// reference of HTML.
///
/// # Errors
/// The first character that the encoding does not have. With `escape` there is no error.
pub(crate) fn encode(
    text: &str,
    encoding: &'static Encoding,
    escape: bool,
    bytes: &mut Vec<u8>,
) -> Result<(), UnencodableCharacter> {
    match encoding {
        _ if encoding == UTF_8 => bytes.extend(text.as_bytes()),
        _ if encoding == UTF_16LE => bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes)),
        _ if encoding == UTF_16BE => bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes)),
        _ => return by_table(text, encoding, escape, bytes),
    }
    Ok(())
}

fn by_table(
    text: &str,
    encoding: &'static Encoding,
    escape: bool,
    bytes: &mut Vec<u8>,
) -> Result<(), UnencodableCharacter> {
    let mut encoder = encoding.new_encoder();
    let mut done = 0;
    loop {
        bytes.reserve(text.len() - done + 16);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(&text[done..], bytes, true);
        done += read;
        match result {
            EncoderResult::InputEmpty => return Ok(()),
            EncoderResult::OutputFull => {}
            EncoderResult::Unmappable(character) if escape => {
                bytes.extend(format!("&#x{:X};", u32::from(character)).into_bytes());
            }
            EncoderResult::Unmappable(character) => {
                return Err(UnencodableCharacter { character, offset: done - character.len_utf8() });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::BIG5;

    use super::*;

    fn encoded(
        text: &str,
        encoding: &'static Encoding,
        escape: bool,
    ) -> Result<Vec<u8>, UnencodableCharacter> {
        let mut bytes = Vec::new();
        encode(text, encoding, escape, &mut bytes).map(|()| bytes)
    }

    #[test]
    fn text_is_written_in_each_encoding() {
        assert_eq!(encoded("街a", UTF_16LE, false).unwrap(), b"\x57\x88a\0");
        assert_eq!(encoded("街a", UTF_16BE, false).unwrap(), b"\x88\x57\0a");
        assert_eq!(encoded("街", BIG5, false).unwrap(), b"\xB5\xF3");
    }

    #[test]
    fn a_character_that_the_encoding_does_not_have_is_named_or_escaped() {
        let missing = UnencodableCharacter { character: '说', offset: 3 };
        assert_eq!(encoded("街说", BIG5, false), Err(missing));
        assert_eq!(encoded("街说街", BIG5, true).unwrap(), b"\xB5\xF3&#x8BF4;\xB5\xF3");
    }
}
