//! A line and its original, with the lines around them.

use crate::analysis::{Row, View, ViewLine};
use crate::detect::duplicates::document_type::Genre;

/// Number of lines that are examined on each side of a line, blank lines included.
pub(super) const NEAR_LINES: usize = 128;

/// A line, and the line that it repeats.
pub(crate) struct RepeatPair<'v, 't> {
    pub view: &'v View<'t>,
    pub genre: &'v Genre,
    pub row: Row,
    /// The line that it repeats. `None` if it repeats the title given with the input.
    pub duplicate_of: Option<Row>,
    /// Whether the original is the article's headline.
    pub of_headline: bool,
}

impl<'v, 't> RepeatPair<'v, 't> {
    pub(super) fn line(&self) -> &'v ViewLine<'t> {
        &self.view.lines[self.row]
    }

    /// Whether the line and its original are in different scripts.
    pub(super) fn changes_script(&self) -> bool {
        let script = |row: Row| self.genre.script(self.view, row);
        let original = self.duplicate_of.and_then(script);
        original.is_some() && script(self.row).is_some_and(|own| Some(own) != original)
    }

    /// Whether a property holds for the line or its original.
    pub(super) fn either(&self, property: impl Fn(&ViewLine) -> bool) -> bool {
        property(self.line()) || self.duplicate_of.is_some_and(|row| property(&self.view.lines[row]))
    }
}

/// The lines before a row that are not blank, the nearest first.
pub(super) fn before<'v, 't>(view: &'v View<'t>, row: Row) -> impl Iterator<Item = &'v ViewLine<'t>> {
    view.lines[..row].iter().rev().take(NEAR_LINES).filter(|line| !line.shape.blank)
}

/// The lines after a row that are not blank, the nearest first.
pub(super) fn after<'v, 't>(view: &'v View<'t>, row: Row) -> impl Iterator<Item = &'v ViewLine<'t>> {
    view.lines[row..].iter().skip(1).take(NEAR_LINES).filter(|line| !line.shape.blank)
}
