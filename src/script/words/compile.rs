//! Lays out the list of words of `dictionaries/words/counts.txt` (see `layout`). Both the build script and the test of
//! its result use this.

use super::layout::{FILTER, LONGEST, WordHash};

/// Lays out the list's text.
///
/// # Errors
/// The line that is not understood.
pub(crate) fn compile(text: &str) -> Result<Vec<u32>, String> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    let words = lines.map(|line| words(line).ok_or_else(|| line.to_owned()));
    let words: Vec<(String, u8)> = words.collect::<Result<Vec<_>, _>>()?.concat();
    let mut slots = vec![0; (words.len() * 3 / 2).next_power_of_two()];
    let mut filter = vec![0; FILTER];
    for (word, cost) in &words {
        let characters: Vec<char> = word.chars().collect();
        let hash = characters.iter().fold(WordHash::EMPTY, |hash, character| hash.then(*character));
        let mut slot = hash.slot(slots.len());
        while slots[slot] != 0 {
            slot = (slot + 1) % slots.len();
        }
        slots[slot] = hash.tag() | u32::from(*cost);
        for pair in characters.windows(2) {
            let (place, bit) = WordHash::EMPTY.then(pair[0]).then(pair[1]).bit();
            filter[place] |= bit;
        }
    }
    Ok([vec![slots.len() as u32], slots, filter].concat())
}

/// The words of a line, and the cost of each. A cost is never 0, because 0 marks an empty slot.
fn words(line: &str) -> Option<Vec<(String, u8)>> {
    let (first, cells) = line.split_once('\t')?;
    let word = |cell: &str| {
        let (rest, cost) = cell.split_once(' ')?;
        let word = format!("{first}{rest}");
        let cost = cost.parse().ok().filter(|cost| *cost > 0)?;
        (word.chars().count() <= LONGEST).then_some((word, cost))
    };
    cells.split('\t').map(word).collect()
}
