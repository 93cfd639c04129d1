//! Features, which the model weighs. They are hashed into a fixed table.

use crate::text::hash;
use crate::text::hash::FACTOR;

/// The template of a feature: the property of a line that the feature describes. The model's schema depends
/// on the order of the templates, and not on their names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
pub(super) enum Template {
    Bias,
    Length,
    End,
    Start,
    StartEnd,
    Shape,
    Share,
    Rule,
    RuleCategory,
    ShortKey,
    Mark,
    Run,
    RunAtStart,
    RunAtEnd,
    Head,
    Tail,
    Position,
    PositionLength,
    PositionEnd,
    PositionRule,
    Before,
    Behind,
    BeforeKey,
    BehindKey,
    BeforeRule,
    BehindRule,
    Around,
    Duplicate,
    Contained,
    Headline,
    Document,
    BoilerplateBelow,
    ShortRun,
    ProseDistance,
    Rest,
    Density,
    LastRule,
    NextRule,
    Subject,
    Alike,
    Heading,
    NearRun,
    Joined,
    Between,
    Same,
    Tokens,
    Date,
    Word,
    WordsAround,
    WordAbove,
    WordShare,
    TitleWord,
    RuleShare,
    RulesAround,
    RuleAbove,
    RuleBelow,
    HeadlineSide,
    BodySide,
    BodyWords,
    Rhythm,
    DigitFrame,
}

/// One feature of a line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Feature {
    /// Its row in the table of weights.
    pub bucket: u16,
    pub template: Template,
    /// The characters of a run; zeros if the feature is not a run.
    pub value: [char; 4],
    /// The value of a feature that is not a run; 0 for a run.
    pub number: u32,
}

impl Feature {
    /// A feature whose value is a number.
    pub fn plain(template: Template, number: u32) -> Self {
        let bits = u64::from(template as u8) << 40 | u64::from(number);
        Self { bucket: bucket(bits.wrapping_mul(FACTOR)), template, value: ['\0'; 4], number }
    }

    /// A feature of up to four characters.
    pub fn run(characters: &[char], template: Template) -> Self {
        let mut run = CharacterRun::of(template);
        characters.iter().for_each(|character| run.push(*character));
        run.feature()
    }
}

/// A run of up to four characters as it grows.
#[derive(Clone, Copy)]
pub(super) struct CharacterRun {
    template: Template,
    hash: u64,
    value: [char; 4],
    length: usize,
}

impl CharacterRun {
    /// An empty run.
    pub fn of(template: Template) -> Self {
        Self { template, hash: mix(template as u64), value: ['\0'; 4], length: 0 }
    }

    /// Adds a character. The multiplication spreads it over all bits above. The rotation brings these bits
    /// down for the next character (FxHash).
    #[inline(always)]
    pub fn push(&mut self, character: char) {
        self.hash = (self.hash.rotate_left(23) ^ u64::from(character)).wrapping_mul(FACTOR);
        if let Some(last) = self.value.get_mut(self.length) {
            *last = character;
        }
        self.length += 1;
    }

    /// The feature of the run as it now is.
    #[inline(always)]
    pub fn feature(&self) -> Feature {
        Feature { bucket: bucket(self.hash), template: self.template, value: self.value, number: 0 }
    }
}

/// A receiver of features.
pub(super) trait FeatureSink {
    /// Adds a feature.
    fn add(&mut self, feature: Feature);

    /// Adds several features at once.
    #[inline(always)]
    fn add_all<const N: usize>(&mut self, features: [Feature; N]) {
        features.into_iter().for_each(|feature| self.add(feature));
    }
}

/// The buckets of features, for sums of their weights.
impl FeatureSink for Vec<u16> {
    #[inline(always)]
    fn add(&mut self, feature: Feature) {
        self.push(feature.bucket);
    }

    #[inline(always)]
    fn add_all<const N: usize>(&mut self, features: [Feature; N]) {
        self.extend_from_slice(&features.map(|feature| feature.bucket));
    }
}

/// Index of the bin that contains `number`, given ascending bin edges.
pub(super) fn bin(number: usize, edges: &[usize]) -> u32 {
    edges.iter().filter(|edge| number > **edge).count() as u32
}

/// A fixed hash of a text.
pub(super) fn hash_text(text: &str) -> u32 {
    (mix(fnv(text.bytes())) >> 32) as u32 | 1
}

/// A fixed hash of bytes (FNV-1a of 64 bits).
pub(super) fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

fn bucket(hash: u64) -> u16 {
    (hash >> 48) as u16
}

/// The next number of SplitMix64.
fn mix(bits: u64) -> u64 {
    hash::mix(bits.wrapping_add(FACTOR))
}
