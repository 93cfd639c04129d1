//! The script of a text, a clause or a character, with its evidence, for people and programs.

use serde::Serialize;

use super::super::classes::Class;
use super::super::ids;
use super::region::Leaning;
use super::{Script, ScriptCount, clauses};
use crate::text::Span;

/// The script of a text, if it can be identified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Verdict {
    /// Simplified Chinese.
    Hans,
    /// Traditional Chinese.
    Hant,
    /// Every character occurs in both scripts.
    Shared,
    /// Not Chinese, or Japanese, or an equal amount of both scripts.
    Unknown,
}

impl Verdict {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Hans => "hans",
            Verdict::Hant => "hant",
            Verdict::Shared => "shared",
            Verdict::Unknown => "unknown",
        }
    }
}

/// The region whose forms and words a Traditional text uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Variety {
    /// Taiwan's.
    Tw,
    /// Hong Kong's.
    Hk,
    /// No region could be identified.
    Other,
}

/// The script of a text, and the evidence for it.
///
/// ```
/// use qingwen::identify::{Identification, Variety, Verdict};
/// let identified = Identification::of("他在街上看着車來車往，心裏想着家");
/// assert_eq!((identified.script, identified.region), (Verdict::Hant, Some(Variety::Hk)));
/// assert_eq!(Identification::of("山水").script, Verdict::Shared);
/// assert_eq!(Identification::of("学校の先生は東京です").script, Verdict::Unknown);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Identification {
    /// The script.
    pub script: Verdict,
    /// For Traditional text, the region whose forms and words it uses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<Variety>,
    /// The probability that the next deciding character is of that script too, by the rule of succession: (n + 1) /
    /// (all + 2). It is 0.5 if there are no deciding characters.
    pub confidence: f64,
    /// The deciding characters. Those in Japanese clauses do not count.
    #[serde(flatten)]
    pub count: ScriptCount,
    /// Han characters that occur in both scripts.
    pub shared: usize,
}

impl Identification {
    /// Identifies a text of any length.
    pub fn of(text: &str) -> Self {
        let mut count = ScriptCount::default();
        let (mut shared, mut leaning) = (0, Leaning::default());
        for clause in text.lines().flat_map(clauses).filter(|clause| !clause.is_japanese()) {
            count = count.plus(clause.count);
            shared += clause.text.chars().filter(|c| Class::of(*c).is(Class::HAN)).count();
            if clause.count.hant > clause.count.hans {
                leaning.add(clause.text);
            }
        }
        let shared = shared.saturating_sub(count.hans + count.hant);
        let script = match count.majority() {
            Some(Script::Hans) => Verdict::Hans,
            Some(Script::Hant) => Verdict::Hant,
            None if count.hans == 0 && shared > 0 => Verdict::Shared,
            None => Verdict::Unknown,
        };
        let variety = || leaning.region().map_or(Variety::Other, |region| region.row().variety);
        let region = (script == Verdict::Hant).then(variety);
        let most = count.hans.max(count.hant);
        let confidence = (most + 1) as f64 / (count.hans + count.hant + 2) as f64;
        Self { script, region, confidence, count, shared }
    }

    /// Identifies each clause of a line, and gives its byte range.
    ///
    /// ```
    /// use qingwen::identify::{Identification, Verdict};
    /// let scripts: Vec<_> = Identification::of_clauses("他說：“头发”，").map(|(_, found)| found.script).collect();
    /// assert_eq!(scripts, [Verdict::Hant, Verdict::Unknown, Verdict::Hans, Verdict::Unknown]);
    /// ```
    pub fn of_clauses(line: &str) -> impl Iterator<Item = (Span, Self)> {
        let mut start = 0;
        clauses(line).map(move |clause| {
            let span = Span { start, end: start + clause.text.len() };
            start = span.end;
            (span, Self::of(clause.text))
        })
    }

    /// The deciding characters of a line, each with its byte offset and script. Characters of description sequences do
    /// not decide.
    ///
    /// ```
    /// use qingwen::identify::{Identification, Script};
    /// let found: Vec<_> = Identification::of_characters("说後").map(|(_, character, script)| (character, script)).collect();
    /// assert_eq!(found, [('说', Script::Hans), ('後', Script::Hant)]);
    /// ```
    pub fn of_characters(line: &str) -> impl Iterator<Item = (usize, char, Script)> {
        ids::outside(line).filter_map(|(at, character)| match Class::of(character) {
            class if class.is(Class::HANS) => Some((at, character, Script::Hans)),
            class if class.is(Class::HANT) => Some((at, character, Script::Hant)),
            _ => None,
        })
    }
}
