//! The largest record.

use std::io::{self, Read};
use std::str::FromStr;

/// The most bytes of a record, or of a text that is a record as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MaxRecord(pub u64);

impl Default for MaxRecord {
    fn default() -> Self {
        Self(64 << 20)
    }
}

/// Units of sizes, in powers of 1024.
const UNITS: [(&str, u32); 3] = [("K", 10), ("M", 20), ("G", 30)];

impl FromStr for MaxRecord {
    type Err = &'static str;

    /// Reads a number of bytes, such as `65536`, `64M` or `1 GB`.
    fn from_str(size: &str) -> Result<Self, Self::Err> {
        const REASON: &str = "a size is a number of bytes, or a number with K, M or G, such as 64M";
        let size = size.trim().to_ascii_uppercase();
        let size = size.strip_suffix("IB").or(size.strip_suffix('B')).unwrap_or(&size);
        let unit = UNITS.iter().find_map(|(unit, bits)| Some((size.strip_suffix(unit)?, *bits)));
        let (number, bits) = unit.unwrap_or((size, 0));
        let number: u64 = number.trim().parse().map_err(|_| REASON)?;
        let bytes = number.checked_mul(1 << bits).filter(|bytes| *bytes > 0);
        bytes.map(Self).ok_or("the size is 0 or too large")
    }
}

impl MaxRecord {
    /// Why a record of this size is not read, if it is too large.
    pub fn excess(self, size: u64) -> Option<String> {
        let Self(most) = self;
        (size > most).then(|| format!("the record has {size} bytes, and --max-record allows {most}"))
    }

    /// Whether so many bytes are more than a record may have.
    pub fn is_exceeded_by(self, size: usize) -> bool {
        size as u64 > self.0
    }

    /// Reads a record that is all of a stream.
    ///
    /// # Errors
    /// If it is too large, and errors of the stream.
    pub fn read_all(self, stream: impl Read) -> io::Result<Vec<u8>> {
        let Self(most) = self;
        let mut bytes = Vec::new();
        stream.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
        if self.is_exceeded_by(bytes.len()) {
            let reason = format!("the text has more bytes than the {most} that --max-record allows");
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        for (size, bytes) in
            [("100", Some(100)), ("64M", Some(64 << 20)), ("1 gb", Some(1 << 30)), ("2KiB", Some(2048))]
        {
            assert_eq!(size.parse().ok(), bytes.map(MaxRecord), "{size}");
        }
        for size in ["", "0", "M", "-1", "1T", "99999999999G", "1.5M"] {
            assert!(size.parse::<MaxRecord>().is_err(), "{size}");
        }
    }

    #[test]
    fn a_text_may_be_as_large_as_the_limit() {
        assert!(MaxRecord(3).read_all(&b"abc"[..]).is_ok());
        assert!(MaxRecord(3).read_all(&b"abcd"[..]).is_err());
    }
}
