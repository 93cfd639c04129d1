//! An article in the form in which an index of articles stores it.
//!
//! The hashes of shingles are spread evenly over their range, so the gaps between them are about equal. Each
//! gap is written as a Rice code: its lower bits unchanged, and the rest in unary. A hash takes about 23 bits
//! in an article of 1,000 characters, instead of 32.

use std::io;

use bitstream_io::{BigEndian, BitRead, BitReader, BitWrite, BitWriter};

use super::shingles::Shingles;
use super::signature::{BANDS, Signature};
use crate::script::Script;
use crate::text::TextHash;

/// An article that an index stores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct StoredArticle {
    /// The name in reports.
    pub name: Box<str>,
    pub signature: Signature,
    pub shingles: Shingles,
}

impl StoredArticle {
    /// The article as bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bits = BitWriter::endian(Vec::new(), BigEndian);
        // Writing to memory does not fail.
        let written = self.write(&mut bits);
        written.map(|()| bits.into_writer()).unwrap_or_default()
    }

    /// The article that these bytes encode. `None` if they do not encode an article.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut bits = BitReader::endian(bytes, BigEndian);
        Self::read(&mut bits, bytes.len()).ok()
    }

    fn write(&self, bits: &mut impl BitWrite) -> io::Result<()> {
        write_signature(bits, &self.signature)?;
        bits.write_from(u32::try_from(self.name.len()).unwrap_or(u32::MAX))?;
        bits.write_bytes(self.name.as_bytes())?;
        write_hashes(bits, self.shingles.hashes())?;
        bits.byte_align()
    }

    /// Reads an article that is written in this number of bytes.
    fn read(bits: &mut impl BitRead, bytes: usize) -> io::Result<Self> {
        let signature = read_signature(bits)?;
        let length = bits.read_to::<u32>()? as usize;
        let name = if length <= bytes { bits.read_to_vec(length)? } else { return Err(wrong()) };
        let name = String::from_utf8(name).map_err(|_| wrong())?.into();
        Ok(Self { name, signature, shingles: Shingles::from_hashes(read_hashes(bits)?) })
    }
}

fn write_signature(bits: &mut impl BitWrite, signature: &Signature) -> io::Result<()> {
    bits.write_from(signature.key.bits())?;
    bits.write_from(signature.characters)?;
    bits.write_from::<u8>(match signature.script {
        None => 0,
        Some(Script::Hans) => 1,
        Some(Script::Hant) => 2,
    })?;
    let bands = if signature.is_short() { &[] } else { &signature.bands[..] };
    bands.iter().try_for_each(|band| bits.write_from(*band))
}

fn read_signature(bits: &mut impl BitRead) -> io::Result<Signature> {
    let key = TextHash::from_bits(bits.read_to()?);
    let characters = bits.read_to()?;
    let script = match bits.read_to::<u8>()? {
        0 => None,
        1 => Some(Script::Hans),
        2 => Some(Script::Hant),
        _ => return Err(wrong()),
    };
    let mut signature = Signature { key, characters, script, bands: [0; BANDS] };
    let bands = if signature.is_short() { 0 } else { BANDS };
    for band in signature.bands.iter_mut().take(bands) {
        *band = bits.read_to()?;
    }
    Ok(signature)
}

/// Writes hashes, which are in ascending order.
fn write_hashes(bits: &mut impl BitWrite, hashes: &[u32]) -> io::Result<()> {
    let count = u32::try_from(hashes.len()).unwrap_or(u32::MAX);
    bits.write_from(count)?;
    let lower = lower_bits(count);
    let mut least = 0;
    for hash in hashes {
        let gap = hash.wrapping_sub(least);
        bits.write_unary::<1>(gap >> lower)?;
        bits.write_unsigned_var(lower, gap & ((1 << lower) - 1))?;
        least = hash.wrapping_add(1);
    }
    Ok(())
}

fn read_hashes(bits: &mut impl BitRead) -> io::Result<Vec<u32>> {
    let count = bits.read_to()?;
    let lower = lower_bits(count);
    let mut hashes = Vec::new();
    let mut least = Some(0_u32);
    for _ in 0..count {
        let upper = bits.read_unary::<1>()?.checked_mul(1 << lower).ok_or_else(wrong)?;
        let gap = upper.checked_add(bits.read_unsigned_var(lower)?).ok_or_else(wrong)?;
        let hash = least.and_then(|least| least.checked_add(gap)).ok_or_else(wrong)?;
        hashes.push(hash);
        least = hash.checked_add(1);
    }
    Ok(hashes)
}

/// The number of bits of a gap that are written unchanged: those of the mean gap between this number of
/// hashes.
fn lower_bits(count: u32) -> u32 {
    (u32::MAX / count.max(1)).ilog2()
}

fn wrong() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stored(name: &str, text: &str) -> StoredArticle {
        StoredArticle { name: name.into(), signature: Signature::of(text), shingles: Shingles::of(text) }
    }

    #[test]
    fn an_article_comes_back_from_its_bytes() {
        let story: String = (0..300).map(|day| format!("第{day}天，老街的{day}號攤位賣豆漿。")).collect();
        for text in [story.as_str(), "老街夜市搬走了。", ""] {
            let mut article = stored("新聞/a.jsonl:7", text);
            if article.signature.is_short() {
                // The bands of short articles are not used.
                article.signature.bands = [0; BANDS];
            }
            assert_eq!(StoredArticle::from_bytes(&article.to_bytes()).as_ref(), Some(&article));
        }
        let article = stored("", &story);
        let bits = (article.to_bytes().len() * 8) as f64 / article.shingles.count() as f64;
        assert!(bits < 26.0, "{bits} bits for each shingle");
    }

    #[test]
    fn truncated_bytes_are_no_article() {
        let bytes = stored("a", &"老街的夜市上個月搬到了河堤旁邊，".repeat(9)).to_bytes();
        (0..bytes.len()).for_each(|length| assert_eq!(StoredArticle::from_bytes(&bytes[..length]), None));
    }

    proptest! {
        #[test]
        fn hashes_come_back(mut hashes in proptest::collection::vec(any::<u32>(), 0..50), ends in any::<bool>()) {
            if ends {
                hashes.extend([0, 1, u32::MAX - 1, u32::MAX]);
            }
            hashes.sort_unstable();
            hashes.dedup();
            let mut bits = BitWriter::endian(Vec::new(), BigEndian);
            write_hashes(&mut bits, &hashes).and_then(|()| bits.byte_align()).unwrap();
            let bytes = bits.into_writer();
            prop_assert_eq!(read_hashes(&mut BitReader::endian(&bytes[..], BigEndian)).unwrap(), hashes);
        }

        #[test]
        fn any_bytes_are_an_article_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some(article) = StoredArticle::from_bytes(&bytes) {
                prop_assert_eq!(StoredArticle::from_bytes(&article.to_bytes()), Some(article));
            }
        }
    }
}
