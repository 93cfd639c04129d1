//! What the dictionaries make of a character alone: what they choose else rests on a phrase.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::super::builtin::dictionary_entries;
use super::super::characters::single;
use super::forms::Region;
use super::table::{TABLE, place_of};

/// By a character's place in the table, and by region.
static ALONE: LazyLock<Vec<[char; 2]>> = LazyLock::new(|| {
    let first = |table: &'static str| {
        let row = |value: &str| value.chars().next().unwrap_or_default();
        let rows =
            dictionary_entries(table).filter_map(move |entry| Some((single(entry.key)?, row(entry.value))));
        rows.collect::<HashMap<char, char, foldhash::fast::RandomState>>()
    };
    let (characters, variants) = (first("STCharacters"), ["HKVariants", "TWVariants"].map(first));
    let alone = |character: char| {
        let form = characters.get(&character).copied().unwrap_or(character);
        Region::ALL.map(|region| variants[region as usize].get(&form).copied().unwrap_or(form))
    };
    TABLE.forms.iter().map(|(character, _)| alone(*character)).collect()
});

/// What OpenCC makes of a character of the table that stands alone, in a region.
pub(crate) fn alone(character: char, region: Region) -> Option<char> {
    Some(ALONE.get(place_of(character)?)?[region as usize])
}
