//! The article's headline: the line that captions are most often copies of.

use std::ops::RangeInclusive;

use crate::analysis::{View, ViewLine};

/// Characters that a headline has at least and at most.
const CHARACTERS: RangeInclusive<usize> = 4..=120;
/// Characters of a headline at most, where it ends in a full stop as prose does.
const SENTENCE_CHARACTERS: usize = 40;

/// Index of the headline's line: the first line, where it looks like one.
///
/// With a title given, the headline is the line that equals it and stands before all prose.
pub(crate) fn headline(view: &View) -> Option<usize> {
    let is_title = |index: &usize| view.title.as_deref() == Some(view.lines[*index].key());
    let first = || view.filled().next().filter(|first| looks_like_headline(&view.lines[*first]));
    before_prose(view).find(is_title).or_else(first)
}

/// The lines up to the first that ends as a sentence does, that one included.
pub(super) fn before_prose<'v>(view: &'v View) -> impl Iterator<Item = usize> + 'v {
    let mut prose = false;
    view.filled().take_while(move |index| !std::mem::replace(&mut prose, view.lines[*index].shape.sentence))
}

fn looks_like_headline(line: &ViewLine) -> bool {
    let fits = CHARACTERS.contains(&line.shape.characters) && !line.key().is_empty();
    let prose = line.text.trim_end().ends_with('。') && line.shape.characters > SENTENCE_CHARACTERS;
    fits && !line.shape.code && !prose
}
