//! Tells the encoding of bytes that are not UTF-8.
//!
//! The bytes are decoded in each candidate. The candidate in which they are most probable as Chinese or Japanese text
//! is the encoding. `chardetng` says nothing about its doubts, and confuses GBK and Big5 in a few short texts; it only
//! names what else the bytes may be.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, EUC_JP, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8};

use super::information::{MALFORMED, bits};

/// The encodings that are told apart. UTF-8 is among them, because a few bytes of a text may be broken.
static CANDIDATES: [&Encoding; 5] = [UTF_8, GB18030, BIG5, SHIFT_JIS, EUC_JP];

/// Bytes that suffice for a decision.
const SAMPLE: usize = 64 << 10;

/// By how many bits the best candidate must be better than the second. With 15 bits it is 30,000 times as probable.
const MARGIN: u64 = 15;

/// The most bits that a character of text has on average, without ASCII. Chinese text has 9 to 12.
const MOST_BITS: u64 = 17;

/// The decision about an encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Guess {
    /// The bytes are text in this encoding.
    Likely(&'static Encoding),
    /// The bytes may be in either of two encodings.
    Doubtful(&'static Encoding, &'static Encoding),
    /// The bytes are no Chinese text in any candidate. The encoding is what else they may be.
    Unknown(&'static Encoding),
}

/// Whether an encoding is among those that are told by their bytes. GBK is a part of GB18030.
pub(crate) fn is_recognised(encoding: &'static Encoding) -> bool {
    encoding == GBK || CANDIDATES.contains(&encoding)
}

/// Tells the encoding of bytes that are not valid UTF-8. `ended` says whether the input ends with them.
pub(super) fn guess(bytes: &[u8], ended: bool) -> Guess {
    let start = Encoding::ascii_valid_up_to(bytes);
    let end = bytes.len().min(start + SAMPLE);
    let sample = &bytes[start..end];
    let ended = ended && end == bytes.len();
    if let Some(second) = second_encoding(sample) {
        return Guess::Doubtful(UTF_8, second);
    }
    let [best, second, ..] = fits(sample, ended);
    match best.is_text() {
        false => Guess::Unknown(other(sample, ended)),
        true if second.bits - best.bits < MARGIN => Guess::Doubtful(best.encoding, second.encoding),
        true => Guess::Likely(best.encoding),
    }
}

/// How well bytes fit each candidate, the best one first.
fn fits(bytes: &[u8], ended: bool) -> [Fit; CANDIDATES.len()] {
    let mut fits = CANDIDATES.map(|encoding| Fit::of(encoding, bytes, ended));
    fits.sort_by_key(|fit| fit.bits);
    fits
}

/// Bytes beyond ASCII in a line that is hardly UTF-8 by chance: four characters of it.
const SURE_LINE: usize = 12;

/// The share of lines in another encoding that matters: one of so many bytes beyond ASCII.
const MIXED: usize = 8;

/// The encoding of the lines that are not UTF-8, if a good part of the others is, and all of these are text in it: texts in
/// two encodings were joined.
fn second_encoding(sample: &[u8]) -> Option<&'static Encoding> {
    let beyond_ascii = |bytes: &[u8]| bytes.iter().filter(|byte| !byte.is_ascii()).count();
    let is_utf8 = |line: &&[u8]| str::from_utf8(line).is_ok();
    let (utf8, others): (Vec<&[u8]>, Vec<&[u8]>) =
        sample.split_inclusive(|byte| *byte == b'\n').partition(is_utf8);
    let in_utf8: usize = utf8.iter().map(|line| beyond_ascii(line)).filter(|count| *count >= SURE_LINE).sum();
    let others = others.concat();
    let all = beyond_ascii(sample);
    if in_utf8 == 0 || in_utf8 * MIXED < all || beyond_ascii(&others) * MIXED < all {
        return None;
    }
    let [best, ..] = fits(&others, false);
    (best.encoding != UTF_8 && best.malformed == 0 && best.is_text()).then_some(best.encoding)
}

/// What the bytes may be if they are no Chinese text.
fn other(sample: &[u8], ended: bool) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, ended);
    detector.guess(None, Utf8Detection::Deny)
}

/// How well bytes fit an encoding.
struct Fit {
    encoding: &'static Encoding,
    bits: u64,
    /// Bits of the characters beyond ASCII.
    beyond_ascii: u64,
    /// Number of characters beyond ASCII.
    characters: u64,
    malformed: u64,
}

impl Fit {
    fn of(encoding: &'static Encoding, bytes: &[u8], ended: bool) -> Self {
        let (text, malformed) = decoded(encoding, bytes, ended);
        let (mut characters, mut beyond_ascii) = (0, 0);
        let mut buffer = [0; 4];
        for character in text.chars().filter(|character| !character.is_ascii()) {
            characters += 1;
            beyond_ascii += bits(character.encode_utf8(&mut buffer));
        }
        let bits = bits(&text) + malformed * MALFORMED;
        Self { encoding, bits, beyond_ascii, characters, malformed }
    }

    /// Whether the bytes are Chinese or Japanese text in the encoding.
    fn is_text(&self) -> bool {
        self.characters > 0
            && self.malformed <= self.characters
            && self.beyond_ascii <= MOST_BITS * self.characters
    }
}

/// The text of the valid sequences, and the number of the others.
fn decoded(encoding: &'static Encoding, bytes: &[u8], ended: bool) -> (String, u64) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len() * 3 + 16);
    let (mut done, mut malformed) = (0, 0);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(&bytes[done..], &mut text, ended);
        done += read;
        match result {
            DecoderResult::InputEmpty => return (text, malformed),
            DecoderResult::OutputFull => text.reserve(bytes.len() + 16),
            DecoderResult::Malformed(..) => malformed += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HANS: &str = "老街夜市在上个月搬走，街坊说安静了许多。";
    const HANT: &str = "老街夜市在上個月搬走，街坊說安靜了許多。";
    const KANA: &str = "夜市は先月に引っ越して、静かになりました。";

    #[test]
    fn each_candidate_is_told() {
        for (encoding, text) in
            [(GB18030, HANS), (GB18030, HANT), (BIG5, HANT), (SHIFT_JIS, KANA), (EUC_JP, KANA)]
        {
            let (bytes, _, bad) = encoding.encode(text);
            assert!(!bad && guess(&bytes, true) == Guess::Likely(encoding), "{text}");
            assert_eq!(guess(&bytes[..bytes.len() - 1], false), Guess::Likely(encoding), "{text}");
        }
        let broken = [HANS.as_bytes(), b"\xFF", HANT.as_bytes()].concat();
        assert_eq!(guess(&broken, true), Guess::Likely(UTF_8));
    }

    #[test]
    fn texts_in_two_encodings_are_in_doubt() {
        let (big5, _, _) = BIG5.encode(HANT);
        for texts in [[HANT.as_bytes(), &big5], [&big5, HANT.as_bytes()]] {
            assert_eq!(guess(&texts.join(&b'\n'), true), Guess::Doubtful(UTF_8, BIG5));
        }
        // A broken byte is no other encoding.
        let broken = [HANT.as_bytes(), b"\n\xFF\xFF\n", HANT.as_bytes()].concat();
        assert_eq!(guess(&broken, true), Guess::Likely(UTF_8));
    }

    #[test]
    fn what_is_no_chinese_text_is_not_told() {
        for bytes in [&b"\xFF"[..], b"\xE7\x94", b"\xED\xA0\x80", b"caf\xE9 au lait, na\xEFve"] {
            assert!(!matches!(guess(bytes, true), Guess::Likely(_)), "{bytes:?}: {:?}", guess(bytes, true));
        }
    }
}
