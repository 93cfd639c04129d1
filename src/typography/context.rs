//! The content around each character of a line.
//!
//! Content is the text that mending never changes. Everything that mending may change is skipped. Therefore the context
//! of a line survives its mending.

use super::class::MarkClass;
use super::protect::Shield;

/// The nearest content on one side of a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Edge,
    Han,
    Word,
    Digit,
    Symbol,
}

/// The surroundings of every character of a line.
pub(super) struct Surroundings {
    before: Vec<Side>,
    after: Vec<Side>,
    words_before: Vec<u8>,
    latin: bool,
}

impl Surroundings {
    pub(super) fn of(chars: &[char], shields: &[Shield]) -> Self {
        let classes: Vec<MarkClass> =
            chars.iter().zip(shields).map(|(&c, &shield)| seen(c, shield)).collect();
        let mut after = sweep(classes.iter().rev().map(|&class| mirrored(class)));
        after.reverse();
        Self {
            before: sweep(classes.iter().copied()),
            after,
            words_before: words_before(&classes),
            latin: is_latin(&classes),
        }
    }

    /// The nearest content left of character `at`.
    pub(super) fn before(&self, at: usize) -> Side {
        self.before.get(at).copied().unwrap_or(Side::Edge)
    }

    /// The nearest content right of character `at`.
    pub(super) fn after(&self, at: usize) -> Side {
        self.after.get(at).copied().unwrap_or(Side::Edge)
    }

    /// The number of Latin words between `at` and the Han or edge before it. It does not count beyond 255.
    pub(super) fn words_before(&self, at: usize) -> u8 {
        self.words_before.get(at).copied().unwrap_or(0)
    }

    /// Whether this is a line of Latin prose that quotes some Han.
    pub(super) fn is_latin(&self) -> bool {
        self.latin
    }
}

fn seen(c: char, shield: Shield) -> MarkClass {
    match shield {
        Shield::None | Shield::Text => MarkClass::of(c),
        Shield::Word => MarkClass::Word,
        Shield::Clear => MarkClass::Clear,
    }
}

fn mirrored(class: MarkClass) -> MarkClass {
    match class {
        MarkClass::Open => MarkClass::Close,
        MarkClass::Close => MarkClass::Open,
        other => other,
    }
}

/// The nearest content before each character. A bracket after Han belongs to that Han, whatever it contains:
/// in `世衛(WHO),2018年` the comma follows Chinese.
fn sweep(classes: impl Iterator<Item = MarkClass>) -> Vec<Side> {
    let mut side = Side::Edge;
    let mut outside = Vec::new();
    let mut sides = Vec::with_capacity(classes.size_hint().0);
    for class in classes {
        sides.push(side);
        match class {
            MarkClass::Han => side = Side::Han,
            MarkClass::Word => side = Side::Word,
            MarkClass::Digit => side = Side::Digit,
            MarkClass::Symbol => side = Side::Symbol,
            MarkClass::Open => outside.push(side),
            MarkClass::Close if outside.pop() == Some(Side::Han) => side = Side::Han,
            MarkClass::Close | MarkClass::Clear => {}
        }
    }
    sides
}

fn words_before(classes: &[MarkClass]) -> Vec<u8> {
    let mut words = 0u8;
    let mut previous = MarkClass::Clear;
    let mut counts = Vec::with_capacity(classes.len());
    for &class in classes {
        counts.push(words);
        match class {
            MarkClass::Han => words = 0,
            MarkClass::Word if previous != MarkClass::Word => words = words.saturating_add(1),
            _ => {}
        }
        previous = class;
    }
    counts
}

fn is_latin(classes: &[MarkClass]) -> bool {
    let han = classes.iter().filter(|&&class| class == MarkClass::Han).count();
    let starts = classes
        .windows(2)
        .filter(|pair| matches!(pair, [first, MarkClass::Word] if *first != MarkClass::Word))
        .count();
    starts + usize::from(classes.first() == Some(&MarkClass::Word)) > han
}
