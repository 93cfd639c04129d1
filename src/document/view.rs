//! The immutable view that every detector reads: lines with their keys and shapes.

use super::fold::{fold, words};
use super::shape::{Shape, shapes};

/// A line as detectors see it.
#[derive(Debug, Clone)]
pub(crate) struct ViewLine<'t> {
    /// 1-based number of the physical line in the source.
    pub number: usize,
    /// The line as it now stands, without terminator.
    pub text: &'t str,
    /// Its comparison key; empty where the line has no letter, digit or Han character.
    pub key: String,
    /// The words of the key, for the patterns of rules.
    pub words: String,
    /// What the line looks like.
    pub shape: Shape,
}

/// All lines of a document, and what is known of it as a whole.
#[derive(Debug, Clone)]
pub(crate) struct View<'t> {
    /// The lines in order.
    pub lines: Vec<ViewLine<'t>>,
    /// Comparison key of the title that came with the input.
    pub title: Option<String>,
}

impl<'t> View<'t> {
    /// Folds numbered lines.
    pub fn new(lines: &[(usize, &'t str)], title: Option<&str>) -> Self {
        let shapes = shapes(lines.iter().map(|(_, text)| *text));
        let lines = lines.iter().zip(shapes).map(|(&(number, text), shape)| {
            let key = if shape.blank { String::new() } else { fold(text) };
            ViewLine { number, text, words: words(&key), key, shape }
        });
        Self { lines: lines.collect(), title: title.map(fold).filter(|key| !key.is_empty()) }
    }

    /// Indices of the lines that are not blank.
    pub fn filled(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.lines.len()).filter(|index| !self.lines[*index].shape.blank)
    }
}
