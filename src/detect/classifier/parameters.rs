//! The weights of the model: data, counted by the program in `train`.

use serde::{Deserialize, Serialize};

use super::label::LABELS;
use super::schema::{KnownRules, schema};

/// Rows of the table of weights; features are hashed into them.
pub const BUCKETS: usize = 1 << 16;

const HEADER: &str = include_str!("../../../dictionaries/model/model.toml");
const TABLE: &[u8] = include_bytes!("../../../dictionaries/model/weights.bin");

/// What stands beside the table of weights.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The command that trained the model.
    pub command: String,
    /// How well it does on sources that it was not trained on.
    pub score: String,
    /// A number that tells what features mean (`schema.rs`): of another one the weights mean nothing.
    pub schema: String,
    /// The ids of the rules that had features. Later ones have none.
    pub rules: Vec<String>,
    /// What a step of a weight in the table is worth.
    pub scale: f32,
    /// Probability from which on a line of no length is taken for what is not the article.
    pub threshold: f32,
    /// Characters at which twice those odds are asked for.
    pub short: f32,
    /// The share of the doubt that a line of prose is allowed.
    pub doubt_of_prose: f32,
    /// How much more the own features of prose must speak for content than for any other label, in natural logarithms of
    /// odds, so that nothing around it is asked.
    pub sure: f32,
    /// By label, what it is worth as the first line's.
    pub start: [f32; LABELS],
    /// By label, what it is worth as the last line's.
    pub end: [f32; LABELS],
    /// By label and the next line's label, what the two are worth together.
    pub transitions: [[f32; LABELS]; LABELS],
}

/// A linear-chain model: weights of features by label, and of neighbouring labels.
#[derive(Debug, Clone)]
pub struct Model {
    pub(super) header: Header,
    /// The rules that have features.
    pub(super) known: KnownRules,
    /// The exponentials of the transitions.
    pub(super) odds: [[f32; LABELS]; LABELS],
    /// The rows one behind the other, and room behind the last. Weights stand above [`ZERO`].
    table: Box<[u8; TABLE_BYTES]>,
}

/// What a weight of nothing is in the table: numbers without a sign are added in fewer instructions.
const ZERO: u8 = 1 << 7;

/// Weights that are read at once: a row, and the beginning of the next, which nobody looks at. Sixteen are added
/// in fewer instructions than ten.
const LANES: usize = 16;
/// Rows whose sum fits 16 bits, whatever their weights.
const ROWS: usize = 257;
/// All rows, and what is read behind the last: of a table whose size is known no bounds need to be checked.
const TABLE_BYTES: usize = BUCKETS * LABELS + LANES;

impl Model {
    /// A model of weights by bucket and label, row by row. Rows that are missing weigh nothing.
    pub fn new(header: Header, table: &[u8]) -> Self {
        let mut rows = Box::new([ZERO; TABLE_BYTES]);
        rows.iter_mut().zip(table).for_each(|(row, weight)| *row = weight.wrapping_add(ZERO));
        let odds = header.transitions.map(|row| row.map(f32::exp));
        Self { known: KnownRules::of(&header.rules), header, odds, table: rows }
    }

    /// The model that comes with the program. It is refused where it was trained with other features, or its data does
    /// not parse: tests fail then.
    pub(super) fn built_in() -> Option<Self> {
        let header = Self::built_in_header()?;
        (header.schema == schema()).then(|| Self::new(header, TABLE))
    }

    /// What stands beside the weights of that model.
    pub(super) fn built_in_header() -> Option<Header> {
        toml::from_str(HEADER).ok()
    }

    /// The weight of a feature for a label, in steps.
    pub(super) fn weight(&self, bucket: u16, label: usize) -> i32 {
        i32::from(self.row(bucket)[label]) - i32::from(ZERO)
    }

    /// The sums of features' weights by label, in steps.
    pub(super) fn sums(&self, buckets: &[u16]) -> [i32; LABELS] {
        let mut sums = [0; LABELS];
        for buckets in buckets.chunks(ROWS) {
            let part = self.sums_of_few(buckets);
            let zeros = buckets.len() as i32 * i32::from(ZERO);
            sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += i32::from(part) - zeros);
        }
        sums
    }

    /// The sums of what the table holds, zeros included.
    fn sums_of_few(&self, buckets: &[u16]) -> [u16; LANES] {
        let mut sums = [0_u16; LANES];
        for bucket in buckets {
            let row = self.row(*bucket);
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += u16::from(*weight));
        }
        sums
    }

    /// A row, and what stands behind it.
    #[inline(always)]
    fn row(&self, bucket: u16) -> &[u8; LANES] {
        self.table[usize::from(bucket) * LABELS..].first_chunk().unwrap_or(&[ZERO; LANES])
    }
}
