//! The features of a line by itself.

use super::super::patterns::ids;
use super::hashing::{CharacterRun, Feature, FeatureSink, Template, bin, hash_text};
use super::lexicon;
use super::schema::KnownRules;
use crate::analysis::{BodyText, Kinds, Survey, ViewLine};
use crate::rules::RuleId;

/// Number of characters at either end of a line whose runs count. The text between the ends is the line's
/// subject.
const EDGE: usize = 20;
/// Maximum number of characters in a run.
const RUN: usize = 4;
/// Bin edges for the lengths of lines.
pub(super) const LENGTHS: &[usize] = &[1, 2, 3, 4, 6, 8, 12, 18, 26, 40, 60, 100, 200];
/// Bin edges for shares, in tenths.
pub(super) const SHARES: &[usize] = &[0, 2, 4, 6, 8, 9];
/// Bin edges for the number of words that white space or bars separate.
pub(super) const TOKENS: &[usize] = &[1, 2, 3, 5, 8];

/// The facts of a line that its neighbours and the document need.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    /// The bin of its length.
    pub length: u32,
    /// The class of its last character.
    pub end: u32,
    /// The class of its first character.
    pub start: u32,
    /// Whether it is prose.
    pub prose: bool,
    /// The category of the first rule that matches, as a number; 0 for none.
    pub category: u32,
    /// Hashes of the ids of the rules that match.
    pub rules: Vec<u32>,
    /// A hash of the key of a short line; 0 for any other line.
    pub short_key: u32,
    /// The first two and the last two characters of the words.
    pub edges: [[char; 2]; 2],
    /// For each class of the lexicon, the number of its words in the line.
    pub words: lexicon::WordCounts,
}

/// The reading of a line: its facts, and the sums of its own features' weights.
#[derive(Debug, Default)]
pub(crate) struct LineReading {
    pub facts: Facts,
    /// For each label, the sum of the weights of its own features, in steps.
    pub steps: [i32; super::label::LABELS],
}

pub(crate) fn facts(line: &ViewLine, known: &KnownRules) -> Facts {
    let text = line.text.trim();
    let characters = line.shape.characters;
    let key = line.key();
    let short = !key.is_empty() && key.len() <= 24;
    let matching = || ids(line).filter(|rule| known.has(*rule));
    let first = matching().next();
    let mut rules: Vec<u32> = matching().map(|rule| hash_text(rule.id())).collect();
    rules.dedup();
    Facts {
        length: bin(characters, LENGTHS),
        end: end(text),
        start: start(text),
        prose: line.shape.is_body_text(BodyText::Prose),
        category: first.map_or(0, |rule| category(rule) + 1),
        rules,
        short_key: if short { hash_text(key) } else { 0 },
        edges: edges(line.words()),
        words: lexicon::counts(key),
    }
}

fn edges(words: &str) -> [[char; 2]; 2] {
    let (mut first, mut last) = (['\0'; 2], ['\0'; 2]);
    first.iter_mut().zip(words.chars()).for_each(|(to, from)| *to = from);
    last.iter_mut().rev().zip(words.chars().rev()).for_each(|(to, from)| *to = from);
    [first, last]
}

fn category(rule: RuleId) -> u32 {
    rule.rule().category as u32
}

/// The class of a line's last character.
fn end(text: &str) -> u32 {
    match text.chars().next_back().unwrap_or(' ') {
        '。' | '．' | '｡' => 1,
        '！' | '!' | '？' | '?' => 2,
        '：' | ':' => 3,
        '，' | ',' | '、' | '；' | ';' => 4,
        '…' | '.' => 5,
        '”' | '」' | '’' | '"' | '』' => 6,
        '）' | ')' | '】' | ']' | '》' | '>' => 7,
        c if c.is_ascii_digit() => 8,
        c if c.is_ascii_alphabetic() => 9,
        c if c.is_alphabetic() => 10,
        _ => 11,
    }
}

/// The class of a line's first character.
fn start(text: &str) -> u32 {
    match text.chars().next().unwrap_or(' ') {
        '（' | '(' => 1,
        '【' | '[' | '〖' | '〔' => 2,
        '“' | '「' | '"' | '『' | '《' => 3,
        '#' | '*' | '>' | '-' | '|' | '`' | '<' | '!' => 4,
        c if c.is_ascii_digit() => 5,
        c if c.is_ascii_alphabetic() => 6,
        c if c.is_alphabetic() => 7,
        _ => 8,
    }
}

/// The features of a line by itself.
pub(super) fn features(line: &ViewLine, facts: &Facts, known: &KnownRules, sink: &mut impl FeatureSink) {
    sink.add(Feature::plain(Template::Bias, 0));
    sink.add(Feature::plain(Template::Length, facts.length));
    sink.add(Feature::plain(Template::End, facts.end * 16 + facts.length));
    sink.add(Feature::plain(Template::Start, facts.start * 16 + facts.length));
    sink.add(Feature::plain(Template::StartEnd, facts.start * 16 + facts.end));
    let survey = &line.folded.survey;
    shape(line, survey, sink);
    shares(survey, sink);
    tokens(line.text, survey.tokens, line.shape.characters, sink);
    for rule in ids(line).filter(|rule| known.has(*rule)) {
        sink.add(Feature::plain(Template::Rule, hash_text(rule.id())));
        sink.add(Feature::plain(Template::RuleCategory, category(rule)));
    }
    if facts.short_key != 0 {
        sink.add(Feature::plain(Template::ShortKey, facts.short_key));
    }
    lexicon::features(facts, sink);
    runs(line.words(), sink);
    if line.words().is_empty() {
        line.text.trim().chars().take(4).for_each(|c| sink.add(Feature::plain(Template::Mark, c as u32)));
    }
}

/// The features for the number and the length of the words that white space or bars separate, and for a date
/// at the end.
fn tokens(text: &str, tokens: usize, characters: usize, sink: &mut impl FeatureSink) {
    let count = bin(tokens, TOKENS);
    sink.add(Feature::plain(
        Template::Tokens,
        count * 16 + bin(characters / tokens.max(1), &[1, 2, 3, 4, 6, 10, 20]),
    ));
    let date = text.trim_end().trim_end_matches(|c: char| {
        c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ':' | '月' | '日' | ' ' | '年')
    });
    let digits = (text.trim_end().len() - date.len()).min(20);
    if digits >= 4 {
        sink.add(Feature::plain(
            Template::Date,
            bin(digits, &[5, 7, 9, 12]) * 2 + u32::from(date.trim().is_empty()),
        ));
    }
}

/// The features for the properties of a line's shape.
fn shape(line: &ViewLine, survey: &Survey, sink: &mut impl FeatureSink) {
    let shape = &line.shape;
    let address = survey.latin > 2 && (line.text.contains("http") || line.text.contains("www."));
    let has = |kind| survey.kinds.has(kind);
    let known = [
        shape.table,
        shape.item,
        shape.provision,
        shape.sentence,
        address,
        has(Kinds::AT),
        has(Kinds::BAR),
        has(Kinds::QUOTE),
        has(Kinds::COMMA),
        has(Kinds::STOP),
        has(Kinds::CODE),
        survey.gap,
        has(Kinds::COLON),
    ];
    for (index, _) in known.iter().enumerate().filter(|(_, holds)| **holds) {
        sink.add(Feature::plain(Template::Shape, index as u32));
    }
}

/// The features for the shares of Latin letters, digits and marks among a line's characters.
fn shares(survey: &Survey, sink: &mut impl FeatureSink) {
    for (kind, count) in [survey.latin, survey.digits, survey.marks].into_iter().enumerate() {
        let share = bin((count * 10).div_ceil(survey.all.max(1)), SHARES);
        sink.add(Feature::plain(Template::Share, kind as u32 * 16 + share));
    }
}

/// The features for the runs of one to four characters at a line's ends. Runs that touch the line's start or
/// end are anchored there.
fn runs(words: &str, sink: &mut impl FeatureSink) {
    let length = words.chars().count();
    if length <= 2 * EDGE {
        let mut characters = ['\0'; 2 * EDGE];
        characters.iter_mut().zip(words.chars()).for_each(|(to, from)| *to = from);
        runs_within(&characters[..length], sink);
        runs_at_start(&characters[..length], sink);
        runs_at_end(&characters[..length], sink);
    } else {
        // Characters on two sides of the gap make no run.
        let (mut first, mut last) = (['\0'; EDGE], ['\0'; EDGE]);
        first.iter_mut().zip(words.chars()).for_each(|(to, from)| *to = from);
        last.iter_mut().rev().zip(words.chars().rev()).for_each(|(to, from)| *to = from);
        runs_within(&first, sink);
        runs_within(&last, sink);
        runs_at_start(&first, sink);
        runs_at_end(&last, sink);
    }
}

/// The runs that begin at each of the characters.
fn runs_within(characters: &[char], sink: &mut impl FeatureSink) {
    for longest in characters.windows(RUN) {
        let mut run = CharacterRun::of(Template::Run);
        sink.add_all(std::array::from_fn::<_, RUN, _>(|at| {
            run.push(longest[at]);
            run.feature()
        }));
    }
    for first in (characters.len() + 1).saturating_sub(RUN)..characters.len() {
        let mut run = CharacterRun::of(Template::Run);
        for character in &characters[first..] {
            run.push(*character);
            sink.add(run.feature());
        }
    }
}

/// The runs of two characters and more that begin the line.
fn runs_at_start(characters: &[char], sink: &mut impl FeatureSink) {
    let mut run = CharacterRun::of(Template::RunAtStart);
    for (length, character) in (1..).zip(characters.iter().take(RUN)) {
        run.push(*character);
        if length > 1 {
            sink.add(run.feature());
        }
    }
}

/// The runs of two characters and more that end the line.
fn runs_at_end(characters: &[char], sink: &mut impl FeatureSink) {
    for length in 2..=RUN.min(characters.len()) {
        sink.add(Feature::run(&characters[characters.len() - length..], Template::RunAtEnd));
    }
}
