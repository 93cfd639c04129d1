//! Lays out the counts of `dictionaries/variants/forms.txt`. The heads of the sections stay text, and the contexts
//! become an image (see `image`). Both the build script and the test of its result use this.

use std::collections::BTreeSet;

use super::image::{Beside, COUNT_BITS, FORM_SHIFT, MORE, MOST_FORMS, NEIGHBOUR_BITS, key};

/// The heads and the image.
#[derive(Debug, Default)]
pub(crate) struct Compiled {
    /// For each section, the lines that begin with `@`, `=` and `!`.
    pub heads: String,
    /// First the lengths of the first three parts, then four parts. The neighbours in order; the number of a neighbour
    /// is its position, from 1. The positions where each section's keys begin, and where the last ones end. The keys,
    /// sorted within each section. The entries of all keys, up to the end.
    pub image: Vec<u32>,
}

/// Lays out the table's text.
///
/// # Errors
/// The line that is not understood, or that exceeds the limits of the image.
pub(crate) fn compile(text: &str) -> Result<Compiled, String> {
    let rows = || text.lines().filter(|line| !line.starts_with(['#', '@', '=', '!']) && !line.is_empty());
    let named = rows().flat_map(|line| line.split('\t').next().unwrap_or_default().chars());
    let neighbours: BTreeSet<char> = named.filter(|c| *c != '_').collect();
    let neighbours: Vec<u32> = neighbours.into_iter().map(u32::from).collect();
    if neighbours.len() >= 1 << NEIGHBOUR_BITS {
        return Err("too many neighbours".into());
    }
    let mut heads = String::new();
    let (mut sections, mut keys, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for section in text.split("\n@").skip(1) {
        sections.push(keys.len() as u32);
        let mut contexts = Vec::new();
        let head = section.lines().next().unwrap_or_default();
        let forms = head.split('\t').count().saturating_sub(1);
        for (index, line) in section.lines().enumerate() {
            match line.chars().next() {
                _ if index == 0 => heads.push_str(&format!("@{line}\n")),
                Some('=' | '!') => heads.push_str(&format!("{line}\n")),
                _ => contexts.extend(context(line, &neighbours, forms).ok_or_else(|| line.to_owned())?),
            }
        }
        contexts.sort();
        for (key, counts) in contexts {
            keys.push(key);
            entries.extend(counts);
        }
    }
    sections.push(keys.len() as u32);
    if keys.len() >= 1 << 16 {
        return Err("too many contexts".into());
    }
    let parts = [&neighbours, &sections, &keys];
    let mut image: Vec<u32> = parts.iter().map(|part| part.len() as u32).collect();
    parts.iter().for_each(|part| image.extend_from_slice(part));
    image.extend(entries);
    Ok(Compiled { heads, image })
}

/// The key and the entries of a context. The inner value is `None` if the context only counts forms that are too rare
/// to be listed in the head.
#[allow(clippy::option_option)]
fn context(line: &str, neighbours: &[u32], forms: usize) -> Option<Option<(u32, Vec<u32>)>> {
    let mut cells = line.split('\t');
    let (before, after) = cells.next()?.split_once('_')?;
    let number = |c: char| neighbours.binary_search(&u32::from(c)).ok().map(|place| place as u32 + 1);
    let named: Vec<u32> = before.chars().chain(after.chars()).map(number).collect::<Option<_>>()?;
    let key = match (before.chars().count(), after.chars().count()) {
        (1, 0) => key(Beside::Before, named[0], 0),
        (0, 1) => key(Beside::After, named[0], 0),
        (2, 0) => key(Beside::TwoBefore, named[0], named[1]),
        (0, 2) => key(Beside::TwoAfter, named[0], named[1]),
        (1, 1) => key(Beside::Around, named[0], named[1]),
        _ => return None,
    };
    let mut entries = cells.map(entry).collect::<Option<Vec<u32>>>()?;
    entries.retain(|entry| ((entry >> FORM_SHIFT) as usize) < forms);
    let Some(last) = entries.len().checked_sub(1) else { return Some(None) };
    entries[..last].iter_mut().for_each(|entry| *entry |= MORE);
    Some(Some((key, entries)))
}

fn entry(cell: &str) -> Option<u32> {
    let numbers: Vec<u32> = cell.split(' ').map(|word| word.parse().ok()).collect::<Option<_>>()?;
    let [form, hk, tw] = numbers.try_into().ok()?;
    let fits = (form as usize) < MOST_FORMS && hk < 1 << COUNT_BITS && tw < 1 << COUNT_BITS;
    fits.then_some(form << FORM_SHIFT | hk << COUNT_BITS | tw)
}
