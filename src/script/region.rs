//! The regions of Traditional text, and what belongs to each: one row of a table for each region.

use super::Converter;
use super::characters::single;
use super::identify::Variety;
use super::target::Target;

/// A region whose forms text can have. The counts of `dictionaries/variants/forms.txt` have a column for each, in this
/// order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Region {
    /// Hong Kong.
    Hk,
    /// Taiwan.
    Tw,
}

/// A value for each region, in the order of [`Region::ALL`].
pub(crate) type ByRegion<T> = [T; Region::ALL.len()];

/// What belongs to a region.
pub(crate) struct RegionRow {
    /// The name in data files.
    name: &'static str,
    /// The target that gives the region's forms.
    pub target: Target,
    /// The target that gives its words too.
    pub target_with_words: Target,
    /// What `inspect` says of its text.
    pub variety: Variety,
    /// OpenCC's configuration from Simplified text to the region's forms.
    pub configuration: &'static str,
    /// The same with the region's words.
    pub configuration_with_words: &'static str,
    /// OpenCC's configuration from the region's text to Simplified text.
    pub to_simplified: &'static str,
    /// OpenCC's configuration from its standard's forms to the region's.
    from_standard: &'static str,
    /// OpenCC's table of the region's forms.
    pub form_table: &'static str,
    /// OpenCC's table of the region's words.
    pub word_table: &'static str,
    /// Words that only the region's writers use, a line each.
    pub word_lists: &'static [&'static str],
}

const ROWS: ByRegion<RegionRow> = [
    RegionRow {
        name: "hk",
        target: Target::Hk,
        target_with_words: Target::HkPhrases,
        variety: Variety::Hk,
        configuration: "s2hk",
        configuration_with_words: "s2hkp",
        to_simplified: "hk2s",
        from_standard: "t2hk",
        form_table: "HKVariants",
        word_table: "HKPhrases",
        word_lists: &[
            include_str!("../../dictionaries/usage/cantonese.txt"),
            include_str!("../../dictionaries/usage/hong_kong.txt"),
        ],
    },
    RegionRow {
        name: "tw",
        target: Target::Tw,
        target_with_words: Target::TwPhrases,
        variety: Variety::Tw,
        configuration: "s2tw",
        configuration_with_words: "s2twp",
        to_simplified: "tw2s",
        from_standard: "t2tw",
        form_table: "TWVariants",
        word_table: "TWPhrases",
        word_lists: &[include_str!("../../dictionaries/usage/taiwan.txt")],
    },
];

impl Region {
    pub const ALL: [Region; 2] = [Region::Hk, Region::Tw];

    /// What belongs to the region.
    pub fn row(self) -> &'static RegionRow {
        &ROWS[self as usize]
    }

    /// The region that a data file names.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|region| region.row().name == name)
    }

    /// OpenCC's conversion from its standard's forms to the region's.
    pub fn variants(self) -> Option<Converter> {
        Converter::new(self.row().from_standard).ok()
    }

    /// The region's form of a character that is in the standard's form.
    pub fn form(self, standard: char) -> char {
        let mut buffer = [0; 4];
        let standard_text: &str = standard.encode_utf8(&mut buffer);
        let converted = self.variants().map(|variants| variants.convert(standard_text).into_owned());
        converted.as_deref().and_then(single).unwrap_or(standard)
    }

    /// The region with the most points, if it has at least `margin` more than every other one.
    pub fn ahead(points: ByRegion<f64>, margin: f64) -> Option<Self> {
        let first =
            Self::ALL.into_iter().max_by(|a, b| points[*a as usize].total_cmp(&points[*b as usize]))?;
        let leads =
            |other: &Region| *other == first || points[first as usize] - points[*other as usize] >= margin;
        Self::ALL.iter().all(leads).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_is_that_of_its_region() {
        for region in Region::ALL {
            let row = region.row();
            assert_eq!(Region::named(row.name), Some(region));
            assert_eq!(row.target.region(), Some(region));
            assert_eq!(row.target_with_words.region(), Some(region));
            for name in
                [row.configuration, row.configuration_with_words, row.to_simplified, row.from_standard]
            {
                assert!(Converter::new(name).is_ok() && name.contains(row.name), "{name}");
            }
        }
        assert_eq!(Region::named("mo"), None);
    }

    #[test]
    fn a_region_is_ahead_by_a_margin() {
        assert_eq!(Region::ahead([1.0, 0.2], 0.7), Some(Region::Hk));
        assert_eq!(Region::ahead([1.0, 1.7], 0.7), Some(Region::Tw));
        assert_eq!([Region::ahead([1.0, 0.5], 0.7), Region::ahead([0.0; 2], 0.7)], [None; 2]);
    }
}
