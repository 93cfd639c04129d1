//! Required literals: the texts that every match of a pattern contains, and their positions. The build script
//! finds them, so that at run time a line is only searched for texts. (The idea is that of RE2's
//! `FilteredRE2`; the positions are added to it.)

mod first;

use std::ops::RangeInclusive;

use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Hir, HirKind, Look};

use first::first;

/// Maximum number of texts of one place in a pattern. If a pattern would need more, the texts are not
/// required.
const TEXTS: usize = 200;
/// Maximum number of characters of a text: more characters rule out hardly more lines.
const CHARACTERS: usize = 4;
/// Maximum chance that a line meets a further condition. A condition with a greater chance rules out too few
/// lines.
const FURTHER: f64 = 0.2;
/// The chance of a character in a line: of a letter, digit or mark of ASCII, of a mark that only code and
/// markup have, and of any other character.
const CHANCES: [f64; 3] = [0.05, 0.001, 0.004];
/// The marks that only code and markup have.
const MARKS_OF_CODE: &str = "{}<>\\$|^`~@";
/// Assumed number of characters of a line in which a text without bounds is looked for.
const LINE_CHARACTERS: usize = 100;

/// A range of numbers of characters. Its end is `usize::MAX` if there is no bound.
pub type Characters = RangeInclusive<usize>;

/// The properties of each line that a pattern matches.
#[derive(Debug, Clone, PartialEq)]
pub struct RequiredLiterals {
    /// The length of the line.
    pub length: Characters,
    /// The first and the last of each range of characters with which the line may begin; empty if it may
    /// begin with most characters.
    pub first: Vec<(char, char)>,
    /// The conditions. For each condition, the line must have a text of one of its places. A pattern that
    /// begins in several ways has a place for each.
    pub conditions: Vec<Vec<RequiredPlace>>,
}

/// Texts at a place of a pattern, with ASCII letters in lower case.
#[derive(Debug, Clone, PartialEq)]
pub struct RequiredPlace {
    /// The number of characters before the text.
    pub before: Characters,
    /// The number of characters from the text's first one to the line's end.
    pub behind: Characters,
    pub texts: Vec<String>,
}

impl RequiredLiterals {
    /// The filter as Rust source. A missing bound is written by name, because the greatest number may be
    /// another one on the machine for which the source is compiled.
    pub fn source(&self) -> String {
        let Self { length, first, conditions } = self;
        let places = |places: &Vec<RequiredPlace>| {
            places.iter().map(RequiredPlace::source).collect::<Vec<_>>().join(", ")
        };
        let conditions = conditions.iter().map(|condition| format!("&[{}]", places(condition)));
        let conditions = conditions.collect::<Vec<_>>().join(", ");
        format!("Filter {{ length: {}, first: &{first:?}, conditions: &[{conditions}] }}", source(length))
    }
}

impl RequiredPlace {
    fn source(&self) -> String {
        let Self { before, behind, texts } = self;
        format!(
            "LiteralPlace {{ before: {}, behind: {}, texts: &{texts:?} }}",
            source(before),
            source(behind)
        )
    }
}

/// A range of numbers of characters, as Rust source.
fn source(characters: &Characters) -> String {
    let number = |number: usize| match number {
        usize::MAX => "usize::MAX".to_owned(),
        number => number.to_string(),
    };
    format!("{}..={}", number(*characters.start()), number(*characters.end()))
}

/// The filter of a pattern; an error if the pattern is no regular expression.
pub fn filter(pattern: &str) -> Result<RequiredLiterals, Box<regex_syntax::Error>> {
    let parsed = regex_syntax::parse(pattern)?;
    let parts = parts(&parsed);
    let whole = length(parts);
    let conditions = (0..parts.len()).filter_map(|start| Some((start, condition(parts, start)?)));
    let conditions = best(parts, conditions.collect());
    Ok(RequiredLiterals {
        length: if begins(parts) && ends(parts) { whole } else { *whole.start()..=usize::MAX },
        first: if begins(parts) { first(parts) } else { Vec::new() },
        conditions,
    })
}

/// The parts of a pattern, one after another.
fn parts(pattern: &Hir) -> &[Hir] {
    match pattern.kind() {
        HirKind::Capture(group) => parts(&group.sub),
        HirKind::Concat(parts) => parts,
        _ => std::slice::from_ref(pattern),
    }
}

/// The condition from a part of a pattern on: the texts with which that part begins, or, if it has
/// alternatives, the rarest text of each.
fn condition(parts: &[Hir], start: usize) -> Option<Vec<RequiredPlace>> {
    let around =
        Surrounding { before: &parts[..start], behind: &[], begins: begins(parts), ends: ends(parts) };
    let whole = around.place(&parts[start..]).map(|place| vec![place]);
    let by_alternative =
        Surrounding { behind: &parts[start + 1..], ..around }.places_of_alternatives(&parts[start]);
    whole.into_iter().chain(by_alternative).min_by(|a, b| chance(a).total_cmp(&chance(b)))
}

/// The parts around some parts of a pattern, and whether the pattern begins and ends where the line does.
#[derive(Clone, Copy)]
struct Surrounding<'p> {
    before: &'p [Hir],
    behind: &'p [Hir],
    begins: bool,
    ends: bool,
}

impl Surrounding<'_> {
    /// The place of the texts with which some parts begin; `None` if they may begin with any text.
    fn place(&self, parts: &[Hir]) -> Option<RequiredPlace> {
        let mut extractor = Extractor::new();
        extractor.limit_total(TEXTS).limit_class(TEXTS);
        let literals = extractor.extract(&Hir::concat([parts, self.behind].concat()));
        let texts = literals.literals()?.iter().map(|literal| text(literal.as_bytes())).collect();
        let texts = without_endings(without_siblings(texts));
        let bounded = |is_bounded: bool, length: Characters| if is_bounded { length } else { 0..=usize::MAX };
        let before = bounded(self.begins, length(self.before));
        let behind = bounded(self.ends, plus(&length(parts), &length(self.behind)));
        (!texts.is_empty() && !texts[0].is_empty()).then_some(RequiredPlace { before, behind, texts })
    }

    /// For each alternative of a part, its rarest place; `None` if the part has no alternatives, or one of
    /// them has no place.
    fn places_of_alternatives(&self, part: &Hir) -> Option<Vec<RequiredPlace>> {
        let [part] = parts(part) else { return None };
        let HirKind::Alternation(alternatives) = part.kind() else { return None };
        alternatives.iter().map(|alternative| self.rarest_place(parts(alternative))).collect()
    }

    /// The place with the smallest chance that a line has a text of it.
    fn rarest_place(&self, parts: &[Hir]) -> Option<RequiredPlace> {
        let places = (0..parts.len()).filter_map(|start| {
            let before = [self.before, &parts[..start]].concat();
            Surrounding { before: &before, ..*self }.place(&parts[start..])
        });
        places.min_by(|a, b| chance_of_place(a).total_cmp(&chance_of_place(b)))
    }
}

/// The condition with the smallest chance, and further conditions that are rare and do not overlap, in the
/// order of the pattern.
fn best(parts: &[Hir], mut conditions: Vec<(usize, Vec<RequiredPlace>)>) -> Vec<Vec<RequiredPlace>> {
    conditions.sort_by(|(_, a), (_, b)| chance(a).total_cmp(&chance(b)));
    let mut chosen: Vec<(usize, Vec<RequiredPlace>)> = Vec::new();
    for (start, condition) in conditions {
        let is_separate = |(other, known): &(usize, Vec<RequiredPlace>)| {
            let (former, first, second) =
                if start < *other { (&condition, start, *other) } else { (known, *other, start) };
            *length(&parts[first..second]).start() >= longest(former)
        };
        if chosen.is_empty() || chance(&condition) <= FURTHER && chosen.iter().all(is_separate) {
            chosen.push((start, condition));
        }
    }
    chosen.sort_by_key(|(start, _)| *start);
    chosen.into_iter().map(|(_, condition)| condition).collect()
}

fn begins(parts: &[Hir]) -> bool {
    matches!(parts.first().map(Hir::kind), Some(HirKind::Look(Look::Start)))
}

fn ends(parts: &[Hir]) -> bool {
    matches!(parts.last().map(Hir::kind), Some(HirKind::Look(Look::End)))
}

/// The number of characters that some parts match.
fn length(parts: &[Hir]) -> Characters {
    parts.iter().map(length_of).fold(0..=0, |a, b| plus(&a, &b))
}

fn plus(a: &Characters, b: &Characters) -> Characters {
    a.start().saturating_add(*b.start())..=a.end().saturating_add(*b.end())
}

fn length_of(part: &Hir) -> Characters {
    let times = |bound: usize, times: u32| bound.saturating_mul(usize::try_from(times).unwrap_or(usize::MAX));
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => 0..=0,
        HirKind::Class(_) => 1..=1,
        HirKind::Literal(literal) => {
            let characters = String::from_utf8_lossy(&literal.0).chars().count();
            characters..=characters
        }
        HirKind::Capture(group) => length_of(&group.sub),
        HirKind::Concat(parts) => length(parts),
        HirKind::Alternation(parts) => {
            let lengths = parts.iter().map(length_of);
            lengths.reduce(|a, b| *a.start().min(b.start())..=*a.end().max(b.end())).unwrap_or(0..=0)
        }
        HirKind::Repetition(part) => {
            let one = length_of(&part.sub);
            let most = part.max.map_or(usize::MAX, |most| times(*one.end(), most));
            times(*one.start(), part.min)..=if *one.end() == 0 { 0 } else { most }
        }
    }
}

/// The first characters of a literal, which may end within a character.
fn text(literal: &[u8]) -> String {
    let whole = literal.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    // A zero stands for the end of a text.
    whole.chars().take_while(|c| *c != '\0').take(CHARACTERS).map(|c| c.to_ascii_lowercase()).collect()
}

/// The texts. If many share all characters except the last one, the shared characters replace them.
fn without_siblings(mut texts: Vec<String>) -> Vec<String> {
    for characters in (2..=CHARACTERS).rev() {
        let stem = |text: &str| {
            let (last, _) = text.char_indices().last()?;
            (text.chars().count() == characters).then(|| text[..last].to_owned())
        };
        let stems: Vec<Option<String>> = texts.iter().map(|text| stem(text)).collect();
        let share = |stem: &String| {
            let siblings = texts.iter().zip(&stems).filter(|(_, other)| other.as_ref() == Some(stem));
            siblings.map(|(text, _)| chance_of(text)).sum::<f64>() / chance_of(stem)
        };
        let stem_or_text = |(text, stem): (&String, &Option<String>)| match stem {
            Some(stem) if share(stem) >= 0.25 => stem.clone(),
            _ => text.clone(),
        };
        texts = texts.iter().zip(&stems).map(stem_or_text).collect();
        texts.sort();
        texts.dedup();
    }
    texts
}

/// The texts, sorted, without those that begin with another one.
fn without_endings(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        // Texts with the same beginning are neighbours.
        if kept.last().is_none_or(|last| !text.starts_with(last.as_str())) {
            kept.push(text);
        }
    }
    kept
}

/// The chance that a line meets a condition.
fn chance(condition: &[RequiredPlace]) -> f64 {
    condition.iter().map(chance_of_place).sum()
}

fn chance_of_place(place: &RequiredPlace) -> f64 {
    let positions = |range: &Characters| (range.end() - range.start()).saturating_add(1).min(LINE_CHARACTERS);
    let positions = positions(&place.before).min(positions(&place.behind));
    place.texts.iter().map(|text| chance_of(text)).sum::<f64>() * positions as f64
}

fn chance_of(text: &str) -> f64 {
    let [ascii, mark_of_code, other] = CHANCES;
    let chance = |character: char| match character {
        _ if MARKS_OF_CODE.contains(character) => mark_of_code,
        _ if character.is_ascii() => ascii,
        _ => other,
    };
    text.chars().map(chance).product()
}

fn longest(condition: &[RequiredPlace]) -> usize {
    let texts = condition.iter().flat_map(|place| &place.texts);
    texts.map(|text| text.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pattern: &str) -> Vec<Vec<String>> {
        let conditions = filter(pattern).unwrap().conditions.into_iter();
        conditions.map(|places| places.into_iter().flat_map(|place| place.texts).collect()).collect()
    }

    #[test]
    fn every_place_has_its_texts_and_their_positions() {
        let filter = filter("^.{0,20}(轉載|翻印).{0,9}$").unwrap();
        assert_eq!(filter.length, 2..=31);
        assert_eq!(filter.conditions.len(), 1);
        let [place] = &filter.conditions[0][..] else { panic!("{filter:?}") };
        assert_eq!((&place.before, &place.behind), (&(0..=20), &(2..=11)));
        assert_eq!(place.texts, ["翻印", "轉載"]);
    }

    #[test]
    fn several_places_are_required_if_they_do_not_overlap() {
        assert_eq!(texts("^未經.{0,16}(授權|許可)$"), [vec!["未經"], vec!["授權", "許可"]]);
        assert_eq!(texts("^分享(到|至)?$"), [["分享"]]);
    }

    #[test]
    fn texts_that_are_too_frequent_are_left_out() {
        assert_eq!(texts("^(19|20)[0-9]{2}.*[0-9]"), [["19", "20"]]);
        assert!(texts("^.{0,3}$").is_empty());
    }

    #[test]
    fn a_pattern_without_bounds_may_match_anywhere() {
        let filter = filter("(?i)[Ww]下載").unwrap();
        assert_eq!(filter.length, 3..=usize::MAX);
        let any = 0..=usize::MAX;
        let place = RequiredPlace { before: any.clone(), behind: any, texts: vec!["w下載".into()] };
        assert_eq!(filter.conditions, [[place]]);
    }

    #[test]
    fn the_source_of_a_filter_holds_no_number_of_this_machine() {
        let source = filter(".?下載圖片.*").unwrap().source();
        let place =
            r#"LiteralPlace { before: 0..=usize::MAX, behind: 0..=usize::MAX, texts: &["下載圖片"] }"#;
        assert_eq!(
            source,
            format!("Filter {{ length: 4..=usize::MAX, first: &[], conditions: &[&[{place}]] }}")
        );
    }

    #[test]
    fn each_alternative_has_its_place() {
        let filter = filter("^(登錄後查看|[0-9]{1,5}人劃線)$").unwrap();
        let [places] = &filter.conditions[..] else { panic!("{filter:?}") };
        let places: Vec<_> = places.iter().map(|place| (&place.before, place.texts.as_slice())).collect();
        assert_eq!(places, [(&(0..=0), &["登錄後查".to_owned()][..]), (&(1..=5), &["人劃線".to_owned()])]);
        // If one alternative has no text, there is no condition.
        assert!(super::filter("^(登錄|.{3,4})$").unwrap().conditions.is_empty());
    }
}
