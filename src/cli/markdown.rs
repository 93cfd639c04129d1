//! Markdown files: the marks of pictures and of lines between parts are shown there, so they are the article's.

use crate::clean::CleanerBuilder;
use crate::rules::Selector;

/// The rules for such marks. In other texts the marks show nothing.
const RULES: [&str; 2] = ["residue/picture", "residue/separator"];

/// The builder for Markdown files: it keeps the marks, but not where `--remove` names their rule.
pub(super) fn keeping_marks(builder: CleanerBuilder, removed: &[String]) -> CleanerBuilder {
    let kept = RULES.into_iter().filter(|rule| !removed.iter().any(|name| name == rule));
    kept.map(Selector::Rule).fold(builder, CleanerBuilder::keep)
}
