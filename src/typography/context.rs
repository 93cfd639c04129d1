//! The content around each character of a line.
//!
//! Content is the text that mending never changes. Everything that mending may change is skipped. Therefore the context
//! of a line survives its mending.

use super::class::Class;
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
pub(super) struct Context {
    before: Vec<Side>,
    after: Vec<Side>,
    words_before: Vec<u8>,
    latin: bool,
}

impl Context {
    pub(super) fn of(chars: &[char], shields: &[Shield]) -> Self {
        let classes: Vec<Class> = chars.iter().zip(shields).map(|(&c, &shield)| seen(c, shield)).collect();
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

fn seen(c: char, shield: Shield) -> Class {
    match shield {
        Shield::None | Shield::Text => Class::of(c),
        Shield::Word => Class::Word,
        Shield::Clear => Class::Clear,
    }
}

fn mirrored(class: Class) -> Class {
    match class {
        Class::Open => Class::Close,
        Class::Close => Class::Open,
        other => other,
    }
}

/// A bracket after Han belongs to that Han, whatever it contains: in `世衛(WHO),2018年` the comma follows Chinese.
fn sweep(classes: impl Iterator<Item = Class>) -> Vec<Side> {
    let mut side = Side::Edge;
    let mut outside = Vec::new();
    let mut sides = Vec::with_capacity(classes.size_hint().0);
    for class in classes {
        sides.push(side);
        match class {
            Class::Han => side = Side::Han,
            Class::Word => side = Side::Word,
            Class::Digit => side = Side::Digit,
            Class::Symbol => side = Side::Symbol,
            Class::Open => outside.push(side),
            Class::Close if outside.pop() == Some(Side::Han) => side = Side::Han,
            Class::Close | Class::Clear => {}
        }
    }
    sides
}

fn words_before(classes: &[Class]) -> Vec<u8> {
    let mut words = 0u8;
    let mut previous = Class::Clear;
    let mut counts = Vec::with_capacity(classes.len());
    for &class in classes {
        counts.push(words);
        match class {
            Class::Han => words = 0,
            Class::Word if previous != Class::Word => words = words.saturating_add(1),
            _ => {}
        }
        previous = class;
    }
    counts
}

fn is_latin(classes: &[Class]) -> bool {
    let han = classes.iter().filter(|&&class| class == Class::Han).count();
    let starts = classes
        .windows(2)
        .filter(|pair| matches!(pair, [first, Class::Word] if *first != Class::Word))
        .count();
    starts + usize::from(classes.first() == Some(&Class::Word)) > han
}
