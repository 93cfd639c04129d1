//! The parameters of the model. They are data, which the program in `train` computes.

use serde::{Deserialize, Serialize};

use super::label::LABELS;
use super::schema::{KnownRules, schema};

/// Rows of the table of weights; features are hashed into them.
pub const BUCKETS: usize = 1 << 16;

const HEADER: &str = include_str!("../../../dictionaries/model/model.toml");
const TABLE: &[u8] = include_bytes!("../../../dictionaries/model/weights.bin");

/// The header of a model: all parameters except the table of weights.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The command that trained the model.
    pub command: String,
    /// The score on sources with which the model was not trained.
    pub score: String,
    /// A hash of the features (`schema.rs`). If the features of the program have another hash, the weights
    /// mean nothing.
    pub schema: String,
    /// The ids of the rules that had features in training. Later rules have none.
    pub rules: Vec<String>,
    /// The value of one step of a weight in the table.
    pub scale: f32,
    /// Decision threshold: the probability from which on a line of no length counts as not part of the
    /// article.
    pub threshold: f32,
    /// Number of characters at which the required odds are doubled.
    pub short: f32,
    /// The share of the usual doubt that is allowed for a line of prose.
    pub doubt_of_prose: f32,
    /// Minimum margin of content over every other label, by the features of a line of prose alone, in natural
    /// logarithms of odds. A line with a larger margin can pass the gate.
    pub sure: f32,
    /// For each label, its score as the label of the first line.
    pub start: [f32; LABELS],
    /// For each label, its score as the label of the last line.
    pub end: [f32; LABELS],
    /// For each label and the label of the next line, the score of the two together.
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
    /// The rows one after another, and space after the last row. [`ZERO`] is added to each weight.
    table: Box<[u8; TABLE_BYTES]>,
}

/// The weight 0 as it is in the table. Numbers without a sign are added in fewer instructions.
const ZERO: u8 = 1 << 7;

/// Number of weights that are read at once: a row, and the beginning of the next row, which is ignored.
/// Sixteen weights are added in fewer instructions than ten.
const LANES: usize = 16;
/// Maximum number of rows whose sum fits 16 bits, whatever their weights.
const ROWS: usize = 257;
/// Number of bytes of all rows, and of what is read after the last row. If the size of a table is known, no
/// bounds need to be checked.
const TABLE_BYTES: usize = BUCKETS * LABELS + LANES;

impl Model {
    /// A model of weights by bucket and label, row by row. Missing rows have the weight 0.
    pub fn new(header: Header, table: &[u8]) -> Self {
        let mut rows = Box::new([ZERO; TABLE_BYTES]);
        rows.iter_mut().zip(table).for_each(|(row, weight)| *row = weight.wrapping_add(ZERO));
        let odds = header.transitions.map(|row| row.map(f32::exp));
        Self { known: KnownRules::of(&header.rules), header, odds, table: rows }
    }

    /// The model that comes with the program. It is refused if it was trained with other features, or if its
    /// data does not parse. Tests fail then.
    pub(super) fn built_in() -> Option<Self> {
        let header = Self::built_in_header()?;
        (header.schema == schema()).then(|| Self::new(header, TABLE))
    }

    /// The header of that model.
    pub(super) fn built_in_header() -> Option<Header> {
        toml::from_str(HEADER).ok()
    }

    /// The weight of a feature for a label, in steps.
    pub(super) fn weight(&self, bucket: u16, label: usize) -> i32 {
        i32::from(self.row(bucket)[label]) - i32::from(ZERO)
    }

    /// For each label, the sum of the weights of some features, in steps.
    pub(super) fn sums(&self, buckets: &[u16]) -> [i32; LABELS] {
        let mut sums = [0; LABELS];
        for buckets in buckets.chunks(ROWS) {
            let part = self.sums_of_few(buckets);
            let zeros = buckets.len() as i32 * i32::from(ZERO);
            sums.iter_mut().zip(part).for_each(|(sum, part)| *sum += i32::from(part) - zeros);
        }
        sums
    }

    /// The sums of the numbers in the table, in which [`ZERO`] is added to each weight.
    fn sums_of_few(&self, buckets: &[u16]) -> [u16; LANES] {
        let mut sums = [0_u16; LANES];
        for bucket in buckets {
            let row = self.row(*bucket);
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += u16::from(*weight));
        }
        sums
    }

    /// A row, and the bytes after it.
    #[inline(always)]
    fn row(&self, bucket: u16) -> &[u8; LANES] {
        self.table[usize::from(bucket) * LABELS..].first_chunk().unwrap_or(&[ZERO; LANES])
    }
}
