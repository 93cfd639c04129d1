//! Numbers of bytes, as people write them.

/// The units, with the powers of two that they stand for.
const UNITS: [(char, u32); 3] = [('K', 10), ('M', 20), ('G', 30)];

/// Reads a number of bytes: a number, and K, M or G for 1024, 1024² and 1024³ bytes, such as `65536`, `64M` or `1 GB`.
///
/// # Errors
/// If it is no such number.
pub(super) fn size(written: &str) -> Result<u64, &'static str> {
    const REASON: &str = "a size is a number of bytes, or a number with K, M or G, such as 64M";
    let upper = written.trim().to_ascii_uppercase();
    let size = upper.strip_suffix("IB").or(upper.strip_suffix('B')).unwrap_or(&upper);
    let unit = UNITS.iter().find_map(|(unit, power)| Some((size.strip_suffix(*unit)?, *power)));
    let (number, power) = unit.unwrap_or((size, 0));
    let number: u64 = number.trim().parse().map_err(|_| REASON)?;
    number.checked_mul(1 << power).filter(|bytes| *bytes > 0).ok_or("the size is 0 or too large")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read() {
        let sizes = [("65537", 65537), ("64K", 65536), ("1 mb", 1 << 20), ("2GiB", 2 << 30), ("100", 100)];
        for (written, bytes) in sizes {
            assert_eq!(size(written), Ok(bytes), "{written}");
        }
        for wrong in ["", "0", "M", "-1", "1.5M", "99999999999G", "1T"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}
