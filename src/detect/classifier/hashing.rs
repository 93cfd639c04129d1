//! Features: what the model weighs, hashed into a fixed table.

use crate::text::hash;
use crate::text::hash::FACTOR;

/// What a feature is about.
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
    Place,
    PlaceLength,
    PlaceEnd,
    PlaceRule,
    Before,
    Behind,
    BeforeKey,
    BehindKey,
    BeforeRule,
    BehindRule,
    Around,
    Twin,
    Contained,
    Headline,
    Document,
    Furniture,
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
    /// The value, or the characters of a run.
    pub value: [char; 4],
    pub number: u32,
}

impl Feature {
    /// A feature with a number for value.
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
    /// A run of no character yet.
    pub fn of(template: Template) -> Self {
        Self { template, hash: mix(template as u64), value: ['\0'; 4], length: 0 }
    }

    /// One character more. A multiplication spreads it over all bits above; rotating brings them down for the next
    /// (FxHash).
    #[inline(always)]
    pub fn push(&mut self, character: char) {
        self.hash = (self.hash.rotate_left(23) ^ u64::from(character)).wrapping_mul(FACTOR);
        if let Some(last) = self.value.get_mut(self.length) {
            *last = character;
        }
        self.length += 1;
    }

    /// The run as far as it has grown.
    #[inline(always)]
    pub fn feature(&self) -> Feature {
        Feature { bucket: bucket(self.hash), template: self.template, value: self.value, number: 0 }
    }
}

/// Takes features as they are found.
pub(super) trait FeatureSink {
    fn add(&mut self, feature: Feature);

    /// Takes several at once.
    #[inline(always)]
    fn add_all<const N: usize>(&mut self, features: [Feature; N]) {
        features.into_iter().for_each(|feature| self.add(feature));
    }
}

/// Where features count but are not named.
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

/// How many of the rising steps a number exceeds.
pub(super) fn bin(number: usize, steps: &[usize]) -> u32 {
    steps.iter().filter(|step| number > **step).count() as u32
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

/// SplitMix64: the next of its numbers.
fn mix(bits: u64) -> u64 {
    hash::mix(bits.wrapping_add(FACTOR))
}
