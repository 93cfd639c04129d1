//! The facts about a draft's conversion that the records need.

use super::super::difference::characters_changed;
use super::super::mending::rewritten_title;
use super::super::options::Punctuation;
use super::super::{ConversionSummary, count_lines};
use super::Draft;
use crate::script::{Conversion, Target};
use crate::typography::QuoteStyle;

/// The facts about the last conversion. The conversion itself is not kept, because it takes twice as much memory as the text.
#[derive(Clone, Default)]
pub(super) struct LastConversion {
    target: Target,
    configuration: Option<&'static str>,
    /// The title after conversion and mending.
    pub title: Option<String>,
}

impl Draft<'_, '_> {
    /// The facts about the conversion of the remaining lines.
    pub(super) fn last_conversion(&self, conversion: &Conversion) -> LastConversion {
        let mends = self.title.is_some() && self.options.punctuation == Punctuation::Auto;
        let quotes = mends.then(|| QuoteStyle::of(self.remaining().map(|draft| draft.replaced.as_ref())));
        let rewritten = |title| rewritten_title(title, conversion, self.options.replacing(), quotes);
        LastConversion {
            target: conversion.target(),
            configuration: conversion.configuration(),
            title: self.title.map(rewritten),
        }
    }

    pub(super) fn summary(&self) -> ConversionSummary {
        let (hans_lines, hant_lines) = count_lines(self.remaining().map(|draft| draft.source));
        let changed = self.remaining().map(|draft| characters_changed(&draft.replaced, &draft.converted));
        ConversionSummary {
            target: self.conversion.target,
            configuration: self.conversion.configuration,
            hans_lines,
            hant_lines,
            characters_changed: changed.sum(),
        }
    }
}
