//! Makes inputs from others.

/// Makes inputs. The same seed makes the same ones.
pub(super) struct Mutator {
    state: u64,
    /// Pieces that mean something to the target.
    pieces: &'static [&'static str],
}

/// Bytes of the largest input.
const LARGEST: usize = 16 << 10;

/// Changes to an input.
const CHANGES: usize = 6;

/// Bytes at which programs fail.
const BYTES: [u8; 12] = [0, 1, b'\n', b'\r', b'"', b'\\', b'<', 0x7F, 0x80, 0xE7, 0xEF, 0xFF];

impl Mutator {
    pub fn new(seed: u64, pieces: &'static [&'static str]) -> Self {
        Self { state: seed, pieces }
    }

    /// A number below `limit`, by SplitMix64; 0 if there is none.
    fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) % limit.max(1) as u64) as usize
    }

    /// An input that differs a little from one of these.
    pub fn make(&mut self, inputs: &[Vec<u8>]) -> Vec<u8> {
        let mut input = inputs.get(self.below(inputs.len())).cloned().unwrap_or_default();
        for _ in 0..=self.below(CHANGES) {
            self.change(&mut input, inputs);
        }
        input.truncate(LARGEST);
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, inputs: &[Vec<u8>]) {
        let at = self.below(input.len() + 1);
        let end = (at + self.below(40)).min(input.len());
        match self.below(8) {
            0 => input.truncate(at),
            1 => drop(input.drain(at..end)),
            2 => {
                let byte = BYTES[self.below(BYTES.len())];
                input.insert(at, byte);
            }
            3 => {
                let bit = self.below(8);
                input.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << bit);
            }
            4 => {
                let part = input[at..end].repeat(1 + self.below(60));
                insert(input, at, &part);
            }
            5 => {
                let other = inputs.get(self.below(inputs.len())).map_or(&[][..], Vec::as_slice);
                let from = self.below(other.len() + 1);
                insert(input, at, &other[from..]);
            }
            _ => {
                let piece = self.pieces.get(self.below(self.pieces.len())).copied().unwrap_or_default();
                insert(input, at, piece.as_bytes());
            }
        }
    }
}

fn insert(input: &mut Vec<u8>, at: usize, part: &[u8]) {
    input.splice(at..at, part.iter().copied());
}
