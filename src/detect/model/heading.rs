//! Headings that the model must leave: the document's only headline, and those of the prose below them.

use super::Verdict;
use super::text::Facts;
use crate::document::View;
use crate::script::characters::is_han;

/// Characters of a headline at least.
const HEADLINE_CHARACTERS: usize = 4;
/// Characters of a heading inside the article at most.
const HEADING_CHARACTERS: usize = 16;

/// The lines that are not blank, and what is known of each.
pub(super) struct Lines<'l, 'v> {
    pub view: &'l View<'v>,
    /// Indices of the lines in the view.
    pub lines: &'l [usize],
    pub facts: &'l [&'l Facts],
    /// Whether a rule has spoken on the line.
    pub named: &'l [bool],
}

/// Takes the verdicts on headings back.
pub(super) fn spare(lines: &Lines, verdicts: &mut [Option<Verdict>]) {
    if let Some(headline) = lines.only_headline(verdicts) {
        verdicts[headline] = None;
    }
    for place in 0..verdicts.len().saturating_sub(1) {
        if verdicts[place + 1].is_none() && lines.heads_prose(place) {
            verdicts[place] = None;
        }
    }
}

impl Lines<'_, '_> {
    /// The likeliest headline, where the verdicts leave none of the lines before the prose that could be one.
    fn only_headline(&self, verdicts: &[Option<Verdict>]) -> Option<usize> {
        let prose = self.lines.iter().position(|line| self.is_sentence(*line))?;
        let could_be = |place: &usize| {
            let shape = &self.view.lines[self.lines[*place]].shape;
            !self.named[*place] && !shape.code && shape.characters >= HEADLINE_CHARACTERS
        };
        let doubt = |place: &usize| verdicts[*place].map_or(0.0, |(_, probability)| probability);
        let likeliest = (0..prose).filter(could_be).min_by(|a, b| doubt(a).total_cmp(&doubt(b)))?;
        verdicts[likeliest].map(|_| likeliest)
    }

    fn is_sentence(&self, line: usize) -> bool {
        let shape = &self.view.lines[line].shape;
        shape.sentence && shape.characters > HEADING_CHARACTERS
    }

    /// Whether a short line stands directly over prose that takes up its words, and no rule speaks on either.
    fn heads_prose(&self, place: usize) -> bool {
        let [own, below] = [place, place + 1].map(|place| &self.view.lines[self.lines[place]]);
        let free = !self.named[place] && !self.named[place + 1] && self.facts[place + 1].category == 0;
        free && self.facts[place + 1].prose
            && own.shape.characters <= HEADING_CHARACTERS
            && pairs(own.key()).any(|pair| below.key().contains(pair))
    }
}

/// Each two Han characters that stand side by side.
fn pairs(key: &str) -> impl Iterator<Item = &str> {
    let ends = key.char_indices().zip(key.char_indices().skip(1));
    ends.filter(|((_, a), (_, b))| is_han(*a) && is_han(*b))
        .map(|((start, _), (second, b))| &key[start..second + b.len_utf8()])
}
