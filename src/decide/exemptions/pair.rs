//! A line and its original, with what stands around them.

use crate::analysis::{Row, View, ViewLine};
use crate::detect::duplicates::document_type::Genre;

/// Lines around a line that are looked at, blank ones included.
pub(super) const NEAR_LINES: usize = 128;

/// A line, and the earlier line that it repeats.
pub(crate) struct RepeatPair<'v, 't> {
    pub view: &'v View<'t>,
    pub genre: &'v Genre,
    pub row: Row,
    /// `None` where the line repeats the title given with the input.
    pub twin: Option<Row>,
    /// The twin is the article's headline.
    pub of_headline: bool,
}

impl<'v, 't> RepeatPair<'v, 't> {
    pub(super) fn line(&self) -> &'v ViewLine<'t> {
        &self.view.lines[self.row]
    }

    /// Whether the line is in the other script than its twin.
    pub(super) fn changes_script(&self) -> bool {
        let script = |row: Row| self.genre.script(self.view, row);
        let twin = self.twin.and_then(script);
        twin.is_some() && script(self.row).is_some_and(|own| Some(own) != twin)
    }

    /// Whether a property holds for the line or its twin.
    pub(super) fn either(&self, property: impl Fn(&ViewLine) -> bool) -> bool {
        property(self.line()) || self.twin.is_some_and(|twin| property(&self.view.lines[twin]))
    }
}

/// The lines before one that are not blank, the nearest first.
pub(super) fn before<'v, 't>(view: &'v View<'t>, row: Row) -> impl Iterator<Item = &'v ViewLine<'t>> {
    view.lines[..row].iter().rev().take(NEAR_LINES).filter(|line| !line.shape.blank)
}

/// The lines behind one that are not blank.
pub(super) fn behind<'v, 't>(view: &'v View<'t>, row: Row) -> impl Iterator<Item = &'v ViewLine<'t>> {
    view.lines[row..].iter().skip(1).take(NEAR_LINES).filter(|line| !line.shape.blank)
}
