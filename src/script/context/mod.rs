//! Which Traditional form a Simplified character has beside its neighbours: chosen by counts of what writers
//! of a region use (`dictionaries/context`), the article's own usage, and the phrase dictionaries.

mod choice;
mod table;
mod usage;

pub(crate) use choice::{Place, choose};
pub(crate) use table::Region;
pub use usage::Usage;

use super::characters::{is_han, simplified};

/// How neighbours are counted: Han characters by their Simplified form, all else by its kind.
pub(crate) fn neighbour(character: char) -> char {
    match character {
        _ if is_han(character) => simplified(character),
        '0'..='9' => '0',
        'a'..='z' | 'A'..='Z' => 'a',
        _ => '.',
    }
}

/// The two neighbours on each side of the character at `at`.
fn neighbours(text: &[char], at: usize) -> [char; 4] {
    let before = |distance| at.checked_sub(distance).and_then(|place: usize| text.get(place));
    let after = |distance| text.get(at + distance);
    [before(2), before(1), after(1), after(2)].map(|found| found.copied().unwrap_or('.'))
}
