//! The encoding that a page names.

use super::super::encoding::{Decoded, Encoding, GB18030, GBK, decode, is_recognised, needs_name};
use super::super::input::{Input, InputError};
use super::super::reading::{Notice, Reading};

/// Where the standard looks for the name.
const BEGINNING: usize = 1024;

/// Decodes a page. The name is often wrong, so the bytes decide between the encodings that are told by their bytes. Where
/// they do not, or the name is that of another encoding in which all bytes are valid, the name decides.
///
/// # Errors
/// Those of [`decode`].
pub(super) fn decode_page(bytes: &[u8], input: &Input, reading: &Reading) -> Result<Decoded, InputError> {
    let named = declared(bytes).filter(|_| reading.encoding.is_none() && needs_name(bytes));
    let decode_as = |encoding, strict| {
        decode(bytes, input, &Reading { encoding: Some(encoding), strict, ..reading.clone() })
    };
    let other = named.filter(|encoding| !is_recognised(encoding) && !encoding.is_single_byte());
    if let Some(Ok(decoded)) = other.map(|encoding| decode_as(encoding, true)) {
        return Ok(decoded);
    }
    let decoded = decode(bytes, input, reading).map(|decoded| without_remark(decoded, named));
    decoded.or_else(|error| named.map_or(Err(error), |encoding| decode_as(encoding, reading.strict)))
}

/// A page that says its encoding rightly needs no remark about it.
fn without_remark(mut decoded: Decoded, named: Option<&'static Encoding>) -> Decoded {
    let is_named = |notice: &Notice| match notice {
        Notice::Encoding(found) => named.is_some_and(|named| family(named) == family(found)),
        _ => false,
    };
    if decoded.notices.iter().any(is_named) {
        decoded.notices.retain(|notice| !matches!(notice, Notice::Remark(_)));
    }
    decoded
}

/// GBK is a part of GB18030.
fn family(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// The encoding that a `<meta>` names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let beginning = String::from_utf8_lossy(&bytes[..bytes.len().min(BEGINNING)]).to_ascii_lowercase();
    let tags = beginning.split("<meta").skip(1).map(|tag| tag.split('>').next().unwrap_or_default());
    tags.filter_map(charset).find_map(|name| Encoding::for_label_no_replacement(name.as_bytes()))
}

/// The value of `charset` in a tag.
fn charset(tag: &str) -> Option<&str> {
    let (_, value) = tag.split_once("charset")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| c.is_whitespace() || "\"';/".contains(c)).unwrap_or(value.len());
    Some(&value[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found() {
        for (page, name) in [
            ("<META charset=GB2312>", Some("GBK")),
            ("<meta http-equiv='Content-Type' content='text/html; charset=Big5'>", Some("Big5")),
            ("<meta name=x><meta charset = \"euc-jp\" />", Some("EUC-JP")),
            ("<meta charset=klingon>", None),
            ("charset=gbk", None),
        ] {
            assert_eq!(declared(page.as_bytes()).map(Encoding::name), name, "{page}");
        }
    }
}
