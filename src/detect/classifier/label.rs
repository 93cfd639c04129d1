//! What the line model calls a line.

use crate::rules::Category;

/// How many labels there are.
pub const LABELS: usize = 10;

/// What a line is: content, or something of a category.
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

/// The place of content among the labels.
pub(crate) const CONTENT: usize = 0;
/// The place of metadata among the labels.
pub(crate) const METADATA: usize = 1;
/// Labels from here on are not the article.
pub const FIRST_REMOVED: usize = 2;
/// Labels from here on are what pages have around an article.
pub(crate) const FIRST_OF_PAGE: usize = 3;
