//! Markdown files: the marks of pictures and of lines between parts are shown there, so they are the article's.

use std::path::Path;

use crate::clean::CleanerBuilder;
use crate::rules::Selector;

/// The endings of Markdown files.
const ENDINGS: [&str; 2] = ["md", "markdown"];
/// The rules for such marks. In other texts the marks show nothing.
const RULES: [&str; 2] = ["residue/picture", "residue/separator"];

/// Whether a file is Markdown by its name.
pub(super) fn is_markdown(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| known.eq_ignore_ascii_case(ending))
}

/// The builder for Markdown files: it keeps the marks, but not where `--remove` names their rule.
pub(super) fn keeping_marks(builder: CleanerBuilder, removed: &[String]) -> CleanerBuilder {
    let kept = RULES.into_iter().filter(|rule| !removed.iter().any(|name| name == rule));
    kept.map(Selector::Rule).fold(builder, CleanerBuilder::keep)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_name_shows_markdown() {
        for (path, expected) in
            [("a.md", true), ("a.MD", true), ("b/a.markdown", true), ("md", false), ("a.txt", false)]
        {
            assert_eq!(is_markdown(Path::new(path)), expected, "{path}");
        }
    }
}
