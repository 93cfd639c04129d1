//! Features: what the model weighs, hashed into a fixed table.

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
        let bucket = bucket(mix(u64::from(template as u8) << 40 | u64::from(number)));
        Self { bucket, template, value: ['\0'; 4], number }
    }

    /// A feature of up to four characters.
    pub fn run(characters: &[char], template: Template) -> Self {
        let value = held(characters);
        let [a, b, _, _] = value.map(u64::from);
        Self::of_run(value, mix(a | b << 32), template)
    }

    /// Adds the features of the runs of so many and more characters with which `characters`, up to four, begin.
    #[inline(always)]
    pub fn add_runs(characters: &[char], least: usize, template: Template, sink: &mut impl Sink) {
        let [a, b, c, d] = held(characters);
        let one = mix(u64::from(a));
        let two = mix(u64::from(a) | u64::from(b) << 32);
        let runs = [
            ([a, '\0', '\0', '\0'], one),
            ([a, b, '\0', '\0'], two),
            ([a, b, c, '\0'], two),
            ([a, b, c, d], two),
        ];
        for (_, (value, start)) in (1..=characters.len()).zip(runs).skip(least - 1) {
            sink.add(Self::of_run(value, start, template));
        }
    }

    /// A run, given the hash of its first two characters.
    #[inline(always)]
    fn of_run(value: [char; 4], start: u64, template: Template) -> Self {
        let [_, _, c, d] = value.map(u64::from);
        let hash = mix(start ^ (c | d << 32) ^ u64::from(template as u8) << 56);
        Self { bucket: bucket(hash), template, value, number: 0 }
    }
}

/// Takes features as they are found.
pub(super) trait Sink {
    fn add(&mut self, feature: Feature);
}

/// Where features count but are not named.
impl Sink for Vec<u16> {
    #[inline(always)]
    fn add(&mut self, feature: Feature) {
        self.push(feature.bucket);
    }
}

/// How many of the rising steps a number exceeds.
pub(super) fn bin(number: usize, steps: &[usize]) -> u32 {
    steps.iter().filter(|step| number > **step).count() as u32
}

/// A fixed hash of a text.
pub(super) fn hash_text(text: &str) -> u32 {
    let hash = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    });
    (mix(hash) >> 32) as u32 | 1
}

fn held(characters: &[char]) -> [char; 4] {
    let mut value = ['\0'; 4];
    value.iter_mut().zip(characters).for_each(|(to, from)| *to = *from);
    value
}

fn bucket(hash: u64) -> u16 {
    (hash >> 48) as u16
}

/// A fixed mixing of bits (the finaliser of SplitMix64).
fn mix(mut bits: u64) -> u64 {
    bits = bits.wrapping_add(0x9E37_79B9_7F4A_7C15);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}
