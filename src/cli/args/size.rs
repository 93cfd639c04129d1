//! Numbers of bytes, as people write them.

use std::fmt;

/// A number of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) struct Size(pub u64);

/// The units, with the powers of two that they stand for.
const UNITS: [(char, u32); 3] = [('K', 10), ('M', 20), ('G', 30)];

/// Reads a size: a number, and K, M or G for 1024, 1024² and 1024³ bytes.
///
/// # Errors
/// If it is no such number.
pub(super) fn size(written: &str) -> Result<Size, String> {
    let upper = written.trim().to_ascii_uppercase();
    let digits = upper.trim_end_matches("IB").trim_end_matches('B');
    let unit = UNITS.iter().find_map(|(unit, power)| Some((digits.strip_suffix(*unit)?, *power)));
    let (number, power) = unit.unwrap_or((digits, 0));
    let bytes = number.trim().parse::<u64>().ok().and_then(|number| number.checked_mul(1 << power));
    let bytes = bytes.filter(|bytes| *bytes > 0);
    bytes.map(Size).ok_or_else(|| "a number of bytes, such as 64M, 1G or 65536".to_owned())
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let divides = |(_, power): &&(char, u32)| self.0 > 0 && self.0.is_multiple_of(1 << power);
        match UNITS.iter().rev().find(divides) {
            Some((unit, power)) => write!(f, "{}{unit}", self.0 >> power),
            None => write!(f, "{}", self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_written() {
        let sizes = [
            ("65537", 65537, "65537"),
            ("64K", 65536, "64K"),
            ("1 mb", 1 << 20, "1M"),
            ("2GiB", 2 << 30, "2G"),
        ];
        for (written, bytes, shown) in sizes {
            assert_eq!(size(written), Ok(Size(bytes)), "{written}");
            assert_eq!(Size(bytes).to_string(), shown);
        }
        for wrong in ["", "0", "M", "-1", "1.5M", "99999999999G", "1T"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
