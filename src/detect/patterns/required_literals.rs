//! What every match of a pattern holds, and where: found by the build script, so that at run time a line is
//! only looked through for texts. (The idea of RE2's `FilteredRE2`; that positions count is added to it.)

use std::ops::RangeInclusive;

use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};

/// Texts of one place in a pattern at most; where a pattern would need more they are not asked for.
const TEXTS: usize = 200;
/// Characters of a text at most: more tell hardly more.
const CHARACTERS: usize = 4;
/// How often a line may meet a further place by chance; one that is met more often tells too little.
const FURTHER: f64 = 0.2;
/// How many of a line's characters are the one that is looked for: of the characters of ASCII, and of others.
const CHANCES: [f64; 2] = [0.05, 0.004];
/// More characters than these are most of all: to ask for one of them tells little.
const MOST: usize = char::MAX as usize / 2;
/// Characters of a line that a text without bounds is thought to be looked for in.
const LINE_CHARACTERS: usize = 100;

/// From so many to so many characters; `usize::MAX` where there is no bound.
pub type Characters = RangeInclusive<usize>;

/// What a line is like that a pattern matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Filter {
    /// How long it is.
    pub length: Characters,
    /// The first and the last of each range of characters that it may begin with; none where it may begin with most.
    pub first: Vec<(char, char)>,
    /// Places of the pattern: the line holds one text of each.
    pub places: Vec<Place>,
}

/// Texts that stand at a place of a pattern; letters of ASCII are small.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The characters before the text.
    pub before: Characters,
    /// The characters from the text's first to the line's end.
    pub behind: Characters,
    pub texts: Vec<String>,
}

impl Filter {
    /// The filter as Rust's source. What has no bound is written by name: on the machine that the source is compiled
    /// for, the greatest number may be another one than here.
    pub fn source(&self) -> String {
        let Self { length, first, places } = self;
        let places: Vec<String> = places.iter().map(Place::source).collect();
        format!(
            "Filter {{ length: {}, first: &{first:?}, places: &[{}] }}",
            source(length),
            places.join(", ")
        )
    }
}

impl Place {
    fn source(&self) -> String {
        let Self { before, behind, texts } = self;
        format!("Place {{ before: {}, behind: {}, texts: &{texts:?} }}", source(before), source(behind))
    }
}

/// From so many to so many characters, as Rust's source.
fn source(characters: &Characters) -> String {
    let number = |number: usize| match number {
        usize::MAX => "usize::MAX".to_owned(),
        number => number.to_string(),
    };
    format!("{}..={}", number(*characters.start()), number(*characters.end()))
}

/// The filter of a pattern; an error where it is no regular expression.
pub fn filter(pattern: &str) -> Result<Filter, Box<regex_syntax::Error>> {
    let parsed = regex_syntax::parse(pattern)?;
    let parts = parts(&parsed);
    let whole = length(parts);
    let places =
        best(parts, (0..parts.len()).filter_map(|start| Some((start, place(parts, start)?))).collect());
    Ok(Filter {
        length: if begins(parts) && ends(parts) { whole } else { *whole.start()..=usize::MAX },
        first: if begins(parts) { first(parts) } else { Vec::new() },
        places,
    })
}

/// The ranges of characters with which what the parts match begins; none where it may begin with most.
fn first(parts: &[Hir]) -> Vec<(char, char)> {
    let Start { characters, may_be_empty } = start(parts);
    let number: usize = characters.iter().map(ClassUnicodeRange::len).sum();
    let ranges = characters.iter().map(|range| (range.start(), range.end()));
    if may_be_empty || number > MOST { Vec::new() } else { ranges.collect() }
}

/// How what a part matches begins.
struct Start {
    characters: ClassUnicode,
    may_be_empty: bool,
}

/// How what parts one behind the other match begins.
fn start(parts: &[Hir]) -> Start {
    let mut whole = Start { characters: ClassUnicode::empty(), may_be_empty: true };
    for part in parts {
        let of_part = start_of(part);
        whole.characters.union(&of_part.characters);
        whole.may_be_empty = of_part.may_be_empty;
        if !whole.may_be_empty {
            break;
        }
    }
    whole
}

fn start_of(part: &Hir) -> Start {
    let with = |characters: ClassUnicode| Start { characters, may_be_empty: false };
    match part.kind() {
        HirKind::Empty | HirKind::Look(_) => start(&[]),
        HirKind::Class(Class::Unicode(class)) => with(class.clone()),
        HirKind::Class(Class::Bytes(_)) => with(any_character()),
        HirKind::Literal(literal) => {
            let first = literal.0.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
            with(first.map_or_else(any_character, |first| {
                ClassUnicode::new([ClassUnicodeRange::new(first, first)])
            }))
        }
        HirKind::Repetition(repeated) => {
            let once = start_of(&repeated.sub);
            Start { may_be_empty: once.may_be_empty || repeated.min == 0, ..once }
        }
        HirKind::Capture(group) => start_of(&group.sub),
        HirKind::Concat(parts) => start(parts),
        HirKind::Alternation(parts) => {
            let either = Start { characters: ClassUnicode::empty(), may_be_empty: false };
            parts.iter().map(start_of).fold(either, |mut either, part| {
                either.characters.union(&part.characters);
                either.may_be_empty |= part.may_be_empty;
                either
            })
        }
    }
}

fn any_character() -> ClassUnicode {
    ClassUnicode::new([ClassUnicodeRange::new('\0', char::MAX)])
}

/// The parts of a pattern one behind the other.
fn parts(pattern: &Hir) -> &[Hir] {
    match pattern.kind() {
        HirKind::Capture(group) => parts(&group.sub),
        HirKind::Concat(parts) => parts,
        _ => std::slice::from_ref(pattern),
    }
}

/// The texts with which the parts from one on begin; `None` where they may begin with any.
fn place(parts: &[Hir], start: usize) -> Option<Place> {
    let mut extractor = Extractor::new();
    extractor.limit_total(TEXTS).limit_class(TEXTS);
    let literals = extractor.extract(&Hir::concat(parts[start..].to_vec()));
    let texts = literals.literals()?.iter().map(|literal| text(literal.as_bytes())).collect();
    let texts = without_endings(without_siblings(texts));
    let any = 0..=usize::MAX;
    let before = if begins(parts) { length(&parts[..start]) } else { any.clone() };
    let behind = if ends(parts) { length(&parts[start..]) } else { any };
    (!texts.is_empty() && !texts[0].is_empty()).then_some(Place { before, behind, texts })
}

/// The place that is least often met by chance, and further ones that are rare and do not overlap, in the order of
/// the pattern.
fn best(parts: &[Hir], mut places: Vec<(usize, Place)>) -> Vec<Place> {
    places.sort_by(|(_, a), (_, b)| chance(a).total_cmp(&chance(b)));
    let mut chosen: Vec<(usize, Place)> = Vec::new();
    for (start, place) in places {
        let apart = |(other, known): &(usize, Place)| {
            let (former, first, second) =
                if start < *other { (&place, start, *other) } else { (known, *other, start) };
            *length(&parts[first..second]).start() >= longest(former)
        };
        if chosen.is_empty() || chance(&place) <= FURTHER && chosen.iter().all(apart) {
            chosen.push((start, place));
        }
    }
    chosen.sort_by_key(|(start, _)| *start);
    chosen.into_iter().map(|(_, place)| place).collect()
}

fn begins(parts: &[Hir]) -> bool {
    matches!(parts.first().map(Hir::kind), Some(HirKind::Look(Look::Start)))
}

fn ends(parts: &[Hir]) -> bool {
    matches!(parts.last().map(Hir::kind), Some(HirKind::Look(Look::End)))
}

/// The characters of what parts match.
fn length(parts: &[Hir]) -> Characters {
    let lengths = parts.iter().map(length_of);
    lengths.fold(0..=0, |a, b| a.start().saturating_add(*b.start())..=a.end().saturating_add(*b.end()))
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

/// The texts, where many share all but their last character without that character.
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

/// The texts, sorted, without those that begin as another one does.
fn without_endings(mut texts: Vec<String>) -> Vec<String> {
    texts.sort();
    let mut kept: Vec<String> = Vec::new();
    for text in texts {
        // What begins alike stands together.
        if kept.last().is_none_or(|last| !text.starts_with(last.as_str())) {
            kept.push(text);
        }
    }
    kept
}

/// How often a line meets a place by chance.
fn chance(place: &Place) -> f64 {
    let positions = |range: &Characters| (range.end() - range.start()).saturating_add(1).min(LINE_CHARACTERS);
    let positions = positions(&place.before).min(positions(&place.behind));
    place.texts.iter().map(|text| chance_of(text)).sum::<f64>() * positions as f64
}

fn chance_of(text: &str) -> f64 {
    text.chars().map(|character| CHANCES[usize::from(!character.is_ascii())]).product()
}

fn longest(place: &Place) -> usize {
    place.texts.iter().map(|text| text.chars().count()).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(pattern: &str) -> Vec<Vec<String>> {
        filter(pattern).unwrap().places.into_iter().map(|place| place.texts).collect()
    }

    #[test]
    fn every_place_tells_its_texts_and_where_they_stand() {
        let filter = filter("^.{0,20}(轉載|翻印).{0,9}$").unwrap();
        assert_eq!(filter.length, 2..=31);
        assert_eq!(filter.places.len(), 1);
        let place = &filter.places[0];
        assert_eq!((&place.before, &place.behind), (&(0..=20), &(2..=11)));
        assert_eq!(place.texts, ["翻印", "轉載"]);
    }

    #[test]
    fn several_places_are_asked_for_where_they_are_apart() {
        assert_eq!(texts("^未經.{0,16}(授權|許可)$"), [vec!["未經"], vec!["授權", "許可"]]);
        assert_eq!(texts("^分享(到|至)?$"), [["分享"]]);
    }

    #[test]
    fn what_tells_little_is_left_out() {
        assert_eq!(texts("^(19|20)[0-9]{2}.*[0-9]"), [["19", "20"]]);
        assert!(texts("^.{0,3}$").is_empty());
    }

    #[test]
    fn a_pattern_without_bounds_may_match_anywhere() {
        let filter = filter("(?i)[Ww]下載").unwrap();
        assert_eq!(filter.length, 3..=usize::MAX);
        let any = 0..=usize::MAX;
        assert_eq!(filter.places, [Place { before: any.clone(), behind: any, texts: vec!["w下載".into()] }]);
    }

    #[test]
    fn the_source_of_a_filter_holds_no_number_of_this_machine() {
        let source = filter(".?下載圖片.*").unwrap().source();
        let place = r#"Place { before: 0..=usize::MAX, behind: 0..=usize::MAX, texts: &["下載圖片"] }"#;
        assert_eq!(source, format!("Filter {{ length: 4..=usize::MAX, first: &[], places: &[{place}] }}"));
    }

    #[test]
    fn a_pattern_tells_its_first_characters() {
        let first = |pattern: &str| filter(pattern).unwrap().first;
        assert_eq!(first("^[\u{E000}-\u{F8FF}]+$"), [('\u{E000}', '\u{F8FF}')]);
        assert_eq!(first(r"^([#*]\s?[0-9]){2,9}$"), [('#', '#'), ('*', '*')]);
        assert_eq!(first(r"^\b(?:>?(?:下載|img))+.{0,9}$"), [('>', '>'), ('i', 'i'), ('下', '下')]);
    }

    #[test]
    fn a_pattern_that_may_begin_with_any_character_tells_none() {
        for pattern in ["[0-9]", "^.{0,9}下載", "^[#*]*", "^(?:[^x]|x)y"] {
            assert!(filter(pattern).unwrap().first.is_empty(), "{pattern}");
        }
    }
}
