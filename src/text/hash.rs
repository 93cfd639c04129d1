//! Fixed hashes, which are the same in every run.

/// Any large odd number: the highest bits of its product with a number depend on all bits of the number (Fibonacci
/// hashing, Knuth, TAOCP 6.4).
pub(crate) const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// A hash of two characters. Its highest bits are the best mixed.
#[inline(always)]
pub(crate) fn of_pair(first: char, second: char) -> u64 {
    (u64::from(first) << 32 | u64::from(second)).wrapping_mul(FACTOR)
}

/// Mixes all bits with all others (the finaliser of SplitMix64).
#[inline(always)]
pub(crate) fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
