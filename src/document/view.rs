//! The immutable view that every detector reads: lines with their keys and shapes.

use std::any::Any;
use std::sync::{Arc, OnceLock};

use super::fold::{fold, fold_with_words};
use super::shape::{Shape, enclose, shape};

/// A line as detectors see it.
#[derive(Debug, Clone)]
pub(crate) struct ViewLine<'t> {
    /// 1-based number of the physical line in the source.
    pub number: usize,
    /// The line as it now stands, without terminator.
    pub text: &'t str,
    /// What its text comes to by itself.
    pub folded: Arc<Folded>,
    /// What the line looks like.
    pub shape: Shape,
}

/// What a line's text comes to by itself, whatever stands around it: found once and shared by the views of
/// all rounds.
#[derive(Debug)]
pub(crate) struct Folded {
    /// The comparison key; empty where nothing of the text counts.
    pub key: String,
    /// The words of the key, for the patterns of rules, where they are not all of it.
    words: Option<String>,
    /// What the line looks like where no code fence encloses it.
    shape: Shape,
    /// The patterns that match, as the detector of boilerplate numbers them.
    pub patterns: OnceLock<Vec<usize>>,
    /// What the line model reads in it, in a form of its own: outside a fence, and within one.
    pub reading: [OnceLock<Box<dyn Any + Send + Sync>>; 2],
    /// Hashes that stand for its key, as the detector of repeats takes them.
    pub sketch: OnceLock<Vec<u64>>,
}

impl Folded {
    /// Folds a line.
    pub fn of(text: &str) -> Arc<Self> {
        let (key, words) = fold_with_words(text);
        let (patterns, reading, sketch) = (OnceLock::new(), Default::default(), OnceLock::new());
        Arc::new(Self { key, words, shape: shape(text), patterns, reading, sketch })
    }
}

impl ViewLine<'_> {
    /// The comparison key; empty where nothing of the line counts.
    pub fn key(&self) -> &str {
        &self.folded.key
    }

    /// The words of the key.
    pub fn words(&self) -> &str {
        self.folded.words.as_deref().unwrap_or(&self.folded.key)
    }
}

/// Provisions that make a law at least, and lines that hang on one at most.
const PROVISIONS: usize = 3;
const LINES_OF_A_PROVISION: usize = 20;

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
    #[cfg(test)]
    pub fn new(lines: &[(usize, &'t str)], title: Option<&str>) -> Self {
        Self::of(lines.iter().map(|&(number, text)| (number, text, Folded::of(text))).collect(), title)
    }

    /// The view of numbered lines that are folded already.
    pub fn of(lines: Vec<(usize, &'t str, Arc<Folded>)>, title: Option<&str>) -> Self {
        let line = |(number, text, folded): (usize, &'t str, Arc<Folded>)| ViewLine {
            number,
            text,
            shape: folded.shape,
            folded,
        };
        let mut lines: Vec<ViewLine> = lines.into_iter().map(line).collect();
        enclose(&mut lines.iter_mut().map(|line| &mut line.shape).collect::<Vec<_>>());
        Self { lines, title: title.map(fold).filter(|key| !key.is_empty()) }
    }

    /// Index of the line with a number, where it stands in the view.
    pub fn index_of(&self, number: usize) -> Option<usize> {
        self.lines.binary_search_by_key(&number, |line| line.number).ok()
    }

    /// Indices of the lines that hold more than white space, be it invisible.
    pub fn written(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.lines.len()).filter(|index| !self.lines[*index].text.trim().is_empty())
    }

    /// Indices of the lines that are not blank.
    pub fn filled(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        (0..self.lines.len()).filter(|index| !self.lines[*index].shape.blank)
    }

    /// A law: its lines are counted as articles, chapters and paragraphs.
    pub fn is_statute(&self) -> bool {
        let provisions = self.filled().filter(|index| self.lines[*index].shape.provision).count();
        provisions >= PROVISIONS && provisions * LINES_OF_A_PROVISION >= self.filled().count()
    }
}
