//! Forms of one word. `dictionaries/variants/styles.txt` lists the forms that writers exchange without a change of
//! meaning, so that habit decides between them.

use std::sync::LazyLock;

use super::super::characters::{HashMap, single};
use super::super::region::Region;

/// Forms of one word.
#[derive(Debug)]
pub(super) struct Style {
    pub forms: Vec<char>,
    /// The only region whose writers treat them as one word; `None` if all do.
    region: Option<Region>,
}

impl Style {
    fn holds_in(&self, region: Region) -> bool {
        self.region.is_none_or(|own| own == region)
    }
}

static STYLES: LazyLock<HashMap<char, Vec<Style>>> =
    LazyLock::new(|| parse(include_str!("../../../dictionaries/variants/styles.txt")));

fn parse(text: &str) -> HashMap<char, Vec<Style>> {
    let mut styles: HashMap<char, Vec<Style>> = HashMap::default();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let mut cells = line.split('\t');
        let Some(character) = cells.next().and_then(single) else { continue };
        let forms = cells.next().unwrap_or_default().split(' ').filter_map(single).collect();
        let region = cells.next().and_then(Region::named);
        styles.entry(character).or_default().push(Style { forms, region });
    }
    styles
}

/// The groups of a Simplified character's forms that belong to one word in a region.
pub(super) fn of(character: char, region: Region) -> impl Iterator<Item = &'static Style> {
    STYLES.get(&character).into_iter().flatten().filter(move |style| style.holds_in(region))
}

/// Whether two forms of a Simplified character belong to one word in a region.
pub(crate) fn are_one_word(character: char, region: Region, a: char, b: char) -> bool {
    a == b || of(character, region).any(|style| style.forms.contains(&a) && style.forms.contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_names_a_character_its_forms_and_perhaps_a_region() {
        let text = include_str!("../../../dictionaries/variants/styles.txt");
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let forms: Vec<Option<char>> = cells[1].split(' ').map(single).collect();
            assert!(
                single(cells[0]).is_some() && forms.len() > 1 && forms.iter().all(Option::is_some),
                "{line}"
            );
            assert!(cells.get(2).is_none_or(|name| Region::named(name).is_some()), "{line}");
        }
    }

    #[test]
    fn forms_are_one_word_s_where_the_line_says_so() {
        assert!(are_one_word('里', Region::Hk, '裏', '裡') && !are_one_word('里', Region::Hk, '裏', '里'));
        assert!(are_one_word('挨', Region::Tw, '挨', '捱') && !are_one_word('挨', Region::Hk, '挨', '捱'));
    }
}
