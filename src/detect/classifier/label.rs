//! Labels of lines.

use crate::rules::Category;

/// The number of labels.
pub const LABELS: usize = 10;

/// The label of a line: `None` for content, or a category.
pub type Label = Option<Category>;

/// The labels in the order of the weights; content is the first.
pub const ALL: [Label; LABELS] = [
    None,
    Some(Category::Metadata),
    Some(Category::Repeat),
    Some(Category::Share),
    Some(Category::Follow),
    Some(Category::Related),
    Some(Category::Nav),
    Some(Category::Legal),
    Some(Category::Ad),
    Some(Category::Residue),
];

/// The index of content among the labels.
pub(crate) const CONTENT: usize = 0;
/// The index of metadata among the labels.
pub(crate) const METADATA: usize = 1;
/// The index of the first label of lines that are not the article. All later labels are of this kind.
pub const FIRST_REMOVED: usize = 2;
/// The index of the first label of lines that pages have around an article. All later labels are of this
/// kind.
pub(crate) const FIRST_OF_PAGE: usize = 3;
