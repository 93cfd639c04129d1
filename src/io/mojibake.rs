//! Mojibake: UTF-8 that was decoded in a wrong encoding, and saved so.
//!
//! A stretch of such text turns back into bytes that are valid UTF-8, which no text does by chance. What it turns into
//! must be more probable as Chinese than what it is.

mod pairs;

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::encoding::{Encoding, GBK, WINDOWS_1252, bits, encode};
use crate::text::Document;
use pairs::pairs;

/// What frequent Chinese characters and marks become if UTF-8 is read as GBK, which takes two bytes of three. They
/// hardly stand in other text.
const SIGNS: [&str; 10] = ["锛", "紝", "銆", "鐨", "殑", "鏄", "槸", "湪", "笉", "鈥"];

/// What U+FFFD becomes if it is read as GBK. The text is lost.
const LOST: &str = "锟斤拷";

/// The character that two pairs of bytes of GBK are.
const AMBIGUOUS: char = '\u{3000}';

/// The most bytes of a text in which pairs are looked for. A longer one that was misread has signs.
const SHORT: usize = 300;

/// The fewest characters that tell that text was misread, if it has no signs or lost bytes.
const FEW: usize = 2;

/// By how many bits per character the repaired text must be more probable.
const GAIN: u64 = 2;

/// Finds signs. The leftmost match is asked for, because only then vector instructions skip text without signs.
static FIND_SIGNS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(SIGNS).ok());

/// A kind of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Damage {
    /// UTF-8 was read in this encoding.
    Misread(&'static Encoding),
    /// The same, but some bytes were lost then.
    Partly(&'static Encoding),
    /// Characters were replaced, and are lost.
    Lost,
}

/// What a text holds of mojibake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mojibake {
    /// The first line that has some.
    pub line: usize,
    /// What it is.
    pub what: String,
    /// Whether it can be repaired.
    pub certain: bool,
}

/// The mojibake in a text: the first line of each kind.
pub(crate) fn found(text: &str) -> Vec<Mojibake> {
    let mut found: Vec<Mojibake> = Vec::new();
    for (place, damage) in damages(text) {
        let (what, certain) = match damage {
            Damage::Lost => (format!("{LOST}, which stands for characters that are lost"), false),
            Damage::Misread(encoding) => (format!("UTF-8 that was read as {}", encoding.name()), true),
            Damage::Partly(encoding) => {
                (format!("UTF-8 that was read as {}, with bytes that are lost", encoding.name()), false)
            }
        };
        if !found.iter().any(|known| known.what == what) {
            let line = Document::new(text).lines().partition_point(|line| line.next <= place.start) + 1;
            found.push(Mojibake { line, what, certain });
        }
    }
    found
}

/// The text without mojibake, where it is certain. `None` if there is none.
pub(crate) fn repaired(text: &str) -> Option<String> {
    let mut repaired = String::new();
    let mut done = 0;
    for (place, damage) in damages(text) {
        let Damage::Misread(encoding) = damage else { continue };
        if let Some(original) = original(&text[place.clone()], encoding) {
            repaired.push_str(&text[done..place.start]);
            repaired.push_str(&original);
            done = place.end;
        }
    }
    (done > 0).then(|| repaired + &text[done..])
}

/// The places of mojibake.
fn damages(text: &str) -> Vec<(Range<usize>, Damage)> {
    // In Chinese text the byte C3 stands only in letters with accents.
    let accents = memchr::memchr_iter(0xC3, text.as_bytes());
    let mut damages = misread(text, accents, WINDOWS_1252);
    if text.len() <= SHORT {
        damages.extend(misread(text, pairs(text), GBK));
    } else if let Some(find_signs) = FIND_SIGNS.as_ref() {
        damages.extend(misread(text, find_signs.find_iter(text).map(|sign| sign.start()), GBK));
    }
    damages.extend(
        memchr::memmem::find_iter(text.as_bytes(), LOST).map(|at| (at..at + LOST.len(), Damage::Lost)),
    );
    damages.sort_by_key(|(place, _)| place.start);
    damages
}

/// The stretches beyond ASCII that are UTF-8 read in an encoding. Each of them has a sign at one of the positions, which
/// are in order.
fn misread(
    text: &str,
    signs: impl Iterator<Item = usize>,
    encoding: &'static Encoding,
) -> Vec<(Range<usize>, Damage)> {
    let mut found = Vec::new();
    let mut end = 0;
    for sign in signs {
        if sign < end {
            continue;
        }
        let place = stretch_around(text, sign);
        end = place.end;
        let stretch = &text[place.clone()];
        let certain = original(stretch, encoding).is_some();
        if certain || looks_misread(stretch, encoding) {
            let damage = if certain { Damage::Misread(encoding) } else { Damage::Partly(encoding) };
            found.push((place, damage));
        }
    }
    found
}

/// Whether a stretch was misread, of which some bytes are lost.
fn looks_misread(stretch: &str, encoding: &'static Encoding) -> bool {
    has_signs(stretch, encoding) || rest(stretch, encoding).is_some()
}

/// Whether a stretch has several signs of being misread.
fn has_signs(stretch: &str, encoding: &'static Encoding) -> bool {
    const SEVERAL: usize = 3;
    if encoding != WINDOWS_1252 {
        return FIND_SIGNS.as_ref().is_some_and(|signs| signs.find_iter(stretch).count() >= SEVERAL);
    }
    let first_bytes = stretch.chars().filter(|c| matches!(c, '\u{E3}'..='\u{E9}' | '\u{EF}')).count();
    first_bytes >= SEVERAL
        && first_bytes * 4 >= stretch.chars().count()
        && !stretch.chars().any(|c| c >= '\u{3000}' && c != char::REPLACEMENT_CHARACTER)
}

/// The stretch without ASCII around a position that is in one.
fn stretch_around(text: &str, position: usize) -> Range<usize> {
    let (before, behind) = text.as_bytes().split_at(position);
    let start = before.iter().rposition(u8::is_ascii).map_or(0, |last| last + 1);
    let end = behind.iter().position(u8::is_ascii).map_or(text.len(), |first| position + first);
    start..end
}

/// What a stretch was before it was misread, if that is certain.
fn original(stretch: &str, encoding: &'static Encoding) -> Option<String> {
    if stretch.contains(AMBIGUOUS) {
        return None;
    }
    let original = String::from_utf8(bytes(stretch, encoding)?).ok()?;
    let is_enough = has_signs(stretch, encoding) || original.chars().count() >= FEW;
    (is_enough && is_more_probable(&original, bits(stretch))).then_some(original)
}

/// What is left of the characters that a stretch had before it was misread and bytes were lost, if it tells so much.
fn rest(stretch: &str, encoding: &'static Encoding) -> Option<String> {
    let mut rest = String::new();
    let mut weight = 0;
    for piece in stretch.split([char::REPLACEMENT_CHARACTER, AMBIGUOUS]) {
        rest.push_str(&whole_characters(&bytes(piece, encoding)?)?);
        weight += bits(piece);
    }
    (rest.chars().count() >= FEW && is_more_probable(&rest, weight)).then_some(rest)
}

/// The characters in bytes that begin and end within characters of UTF-8. `None` if they are something else.
fn whole_characters(bytes: &[u8]) -> Option<String> {
    let is_within = |byte: &&u8| (0x80..0xC0).contains(*byte);
    let begun = bytes.iter().take_while(is_within).count();
    let bytes = bytes.get(begun..).filter(|_| begun < 3)?;
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text.to_owned()),
        Err(error) if error.error_len().is_none() => {
            String::from_utf8(bytes[..error.valid_up_to()].to_vec()).ok()
        }
        Err(_) => None,
    }
}

/// Whether a text is Chinese, and more probable than one of this weight in bits.
fn is_more_probable(original: &str, weight: u64) -> bool {
    let chinese = original.chars().filter(
        |c| matches!(*c, '\u{3000}'..='\u{9FFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{2010}'..='\u{2026}'),
    );
    let count = original.chars().count();
    let is_chinese = chinese.count() * 10 >= count * 9 && original.chars().any(|c| c >= '\u{3000}');
    is_chinese && bits(original) + GAIN * count as u64 <= weight
}

/// The bytes that were read.
fn bytes(stretch: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(stretch.len());
    if encoding != WINDOWS_1252 {
        return encode(stretch, encoding, false, &mut bytes).is_ok().then_some(bytes);
    }
    for character in stretch.chars() {
        match u8::try_from(character) {
            Ok(byte) => bytes.push(byte),
            Err(_) => encode(character.encode_utf8(&mut [0; 4]), encoding, false, &mut bytes).ok()?,
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "老街夜市在上个月搬走，街坊说安静了许多的。";

    #[test]
    fn text_that_was_misread_is_repaired() {
        let latin: String = TEXT.bytes().map(char::from).collect();
        let (windows, _) = WINDOWS_1252.decode_without_bom_handling(TEXT.as_bytes());
        let even = "街坊，搬走了安静";
        let (gbk, bad) = GBK.decode_without_bom_handling(even.as_bytes());
        assert!(!bad);
        for (damaged, original) in [(latin.as_str(), TEXT), (&windows, TEXT), (&gbk, even)] {
            let text = format!("OK 好\n{damaged}\n");
            assert_eq!(repaired(&text), Some(format!("OK 好\n{original}\n")), "{damaged}");
            let found = found(&text);
            assert!(found.len() == 1 && found[0].line == 2 && found[0].certain, "{found:?}");
        }
    }

    /// GBK has two bytes a character and UTF-8 three, so that the last byte of a line is often lost.
    #[test]
    fn text_that_lost_bytes_is_named_and_stays() {
        let (damaged, bad) = GBK.decode_without_bom_handling("街坊说，搬走了，安静，我们的。\n".as_bytes());
        let (latin, _) = WINDOWS_1252.decode_without_bom_handling(&TEXT.as_bytes()[1..]);
        assert!(bad);
        let replaced = latin.replace(['\u{81}', '\u{8D}', '\u{8F}', '\u{90}', '\u{9D}'], "\u{FFFD}");
        for damaged in [damaged, latin, replaced.into()] {
            assert_eq!(repaired(&damaged), None);
            assert!(found(&damaged)[0].what.ends_with("with bytes that are lost"), "{damaged}");
        }
    }

    #[test]
    fn other_text_stays() {
        for text in [TEXT, "café naïve, Ã la carte", "浜松市の銆", "à é", "涓€滴", ""] {
            assert_eq!((repaired(text), found(text)), (None, Vec::new()), "{text}");
        }
        assert!(repaired("甲锟斤拷乙").is_none() && !found("甲锟斤拷乙")[0].certain);
    }

    /// A text may be too short for signs.
    #[test]
    fn short_text_that_was_misread_is_told() {
        for (original, is_whole) in [("街坊", true), ("里面的软件", false), ("老街夜市搬走了", false)]
        {
            let (damaged, _) = GBK.decode_without_bom_handling(original.as_bytes());
            let found = found(&damaged);
            assert!(found.len() == 1 && found[0].certain == is_whole, "{damaged} {found:?}");
            assert_eq!(repaired(&damaged), is_whole.then(|| original.to_owned()));
        }
        for text in ["浣熊", "涓流", "缂丝", "老街　夜市", "\u{3000}", "甲", "\u{FFFD}", "說\u{FFFD}好"]
        {
            assert_eq!((repaired(text), found(text)), (None, Vec::new()), "{text}");
        }
    }

    /// Two pairs of bytes are this space in GBK, so that 棠 and 桡 become the same.
    #[test]
    fn what_has_two_originals_is_named_and_stays() {
        let (damaged, bad) = GBK.decode_without_bom_handling("上的海棠花，".as_bytes());
        assert!(!bad && damaged.contains('\u{3000}'));
        assert_eq!(repaired(&damaged), None);
        assert!(!found(&damaged)[0].certain);
    }
}
