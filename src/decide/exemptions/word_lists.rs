//! Lists of words that exemptions look for, a line each.

use std::sync::LazyLock;

use crate::text::list_entries;

/// Words with which writers report what others said or wrote.
pub(super) static NARRATORS: WordLines =
    WordLines::new(|| words(include_str!("../../../dictionaries/exemptions/narrators.txt")));
/// Words with which a letter closes.
pub(super) static CLOSINGS: WordLines =
    WordLines::new(|| words(include_str!("../../../dictionaries/exemptions/closings.txt")));
/// Words that name a licence.
pub(super) static LICENCES: WordLines =
    WordLines::new(|| words(include_str!("../../../dictionaries/exemptions/licences.txt")));
/// Words in the names of publishers.
pub(super) static PUBLISHERS: WordLines =
    WordLines::new(|| words(include_str!("../../../dictionaries/exemptions/publishers.txt")));
/// Words with which a line ends whose sentence goes on in the next line.
pub(super) static UNFINISHED: WordLines =
    WordLines::new(|| words(include_str!("../../../dictionaries/exemptions/unfinished.txt")));
/// Words with which a line begins whose sentence began in the line above.
pub(super) static CONTINUED: WordLines =
    WordLines::new(|| words(include_str!("../../../dictionaries/exemptions/continued.txt")));
/// Words in the name of a helpline for people in need.
pub(super) static HELPLINES: WordLines =
    WordLines::new(|| words(include_str!("../../../dictionaries/exemptions/helplines.txt")));

/// The words of a list, read at the first use.
pub(super) type WordLines = LazyLock<Vec<&'static str>>;

fn words(list: &'static str) -> Vec<&'static str> {
    list_entries(list).collect()
}
