//! What the program that trains the line model needs of the library: the features as detection sees them, and
//! cleaners with another model. Behind the feature `training`, and no part of the stable interface.

use std::sync::Arc;

use crate::analysis::{Folded, View, whole_lines};
use crate::clean::CleanerBuilder;
pub use crate::detect::classifier::Model;
pub use crate::detect::classifier::{
    training::BUCKETS, training::Header, training::LABEL_COUNT, training::LABELS, training::Label,
};
use crate::text::Document;

/// By line that is not blank, its 1-based number in the text and the rows of the table of weights that its features
/// fall on. `keeps` tells by number which lines of the text are looked at. Of a line that the page broke behind every
/// character the first piece stands for all. `title` is the title that came with the text, where one did.
///
/// ```
/// let lines = qingwen::training::features("老街\n\n分享到：", None, |_| true);
/// assert_eq!(lines.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 3]);
/// ```
pub fn features(text: &str, title: Option<&str>, keeps: impl Fn(usize) -> bool) -> Vec<(usize, Vec<u16>)> {
    let document = Document::new(text);
    let lines = document.lines().iter().filter(|line| keeps(line.number));
    let lines = lines.map(|line| (line.number.into(), document.text(line), Folded::of(document.text(line))));
    let lines = whole_lines(&lines.collect::<Vec<_>>());
    crate::detect::classifier::buckets(&View::of_whole(&lines, title))
}

/// A number that tells what features mean, for a model's header.
pub fn schema() -> String {
    crate::detect::classifier::training::schema()
}

/// A builder of cleaners that use another model than the built-in one.
pub fn with_model(builder: CleanerBuilder, model: Model) -> CleanerBuilder {
    builder.model(Arc::new(model))
}
