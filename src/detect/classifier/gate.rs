//! The gate before the chain. It finds prose that is surely content by each line's own features.
//!
//! The gate reads sums that are cached with the line's text, so that neither context features nor scores are
//! computed for the lines that pass it. It is a pure function of the text, and training measures through the
//! same gate.
//!
//! The gate is for prose alone, because a headline in a list of other articles looks as much like content as
//! one above an article. A gate for all lines kept a tenth of such lists on pages of unknown sites. In the
//! labelled articles 28 lines in a hundred pass, in those of the collections 13 (Simplified) and 44
//! (Traditional). None of the 7,533 lines that go is among them.

use typed_index_collections::TiVec;

use super::label::{CONTENT, LABELS};
use super::parameters::Model;
use super::text::LineReading;
use crate::analysis::{Rank, Ranked, Row, View};

/// The scores of a line that is content with certainty.
pub(super) const CONTENT_ALONE: [f32; LABELS] = {
    let mut scores = [-60.0; LABELS];
    scores[CONTENT] = 0.0;
    scores
};

/// For each rank, whether the line is surely content: it is prose, its own features are evidence enough, no
/// rule matches it or a line directly beside it, and no other line says the same.
pub(super) fn surely_content(
    model: &Model,
    view: &View,
    rows: &Ranked<Row>,
    readings: &Ranked<&LineReading>,
) -> TiVec<Rank, bool> {
    let is_alone = |rank: Rank| view.copies(rows[rank]) == 1 && view.pairs().unique(rank) > 0;
    let has_rule = |rank: Rank| readings.get(rank).is_some_and(|reading| reading.facts.category != 0);
    let is_sure = |(rank, reading): (Rank, &&LineReading)| {
        reading.facts.prose
            && margin(model, reading) > model.header.sure
            && !has_rule(rank)
            && !rank.above(1).is_some_and(has_rule)
            && !has_rule(rank.below(1))
            && is_alone(rank)
    };
    readings.iter_enumerated().map(is_sure).collect()
}

/// Margin of content over the likeliest other label, by the line's own features.
fn margin(model: &Model, reading: &LineReading) -> f32 {
    let others = reading.steps.iter().enumerate().filter(|(label, _)| *label != CONTENT);
    let likeliest = others.map(|(_, steps)| *steps).max().unwrap_or_default();
    (reading.steps[CONTENT] - likeliest) as f32 * model.header.scale
}

#[cfg(test)]
mod tests {
    use super::super::{BUILT_IN, reading};
    use super::*;

    /// The lines of a text that pass the gate.
    fn passes(text: &str) -> Vec<&str> {
        let numbered: Vec<_> = text.lines().enumerate().map(|(at, line)| (at + 1, line)).collect();
        let view = View::new(&numbered, None);
        let model = BUILT_IN.as_ref().expect("a model");
        let rows: TiVec<Rank, Row> = view.filled().collect();
        let readings: Option<TiVec<Rank, _>> =
            rows.iter().map(|row| reading(model, &view.lines[*row], &mut Vec::new())).collect();
        let sure = surely_content(model, &view, &rows, &readings.expect("readings"));
        rows.iter().zip(sure).filter(|(_, sure)| *sure).map(|(row, _)| view.lines[*row].text).collect()
    }

    const PROSE: &str =
        "夜市在上個月搬走以後，住在老街兩旁的街坊都說晚上安靜了許多，但是攤主們還沒有找到新的地方可以擺攤。";

    #[test]
    fn prose_passes_and_short_lines_do_not() {
        assert_eq!(passes(&format!("老街的夜市\n{PROSE}\n街坊的椅子")), [PROSE]);
    }

    #[test]
    fn prose_beside_a_rule_or_with_a_copy_does_not_pass() {
        assert!(passes(&format!("老街的夜市\n{PROSE}\n分享到：")).is_empty());
        assert!(passes(&format!("{PROSE}\n老街的夜市\n{PROSE}")).is_empty());
    }
}
