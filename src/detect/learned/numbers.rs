//! Numbers of parts that go as a whole. `06` above a standing block counts the parts of the page, and says nothing without
//! its part.

use super::is_hexadecimal;
use crate::analysis::{Row, View};
use crate::detect::{Because, Finding};
use crate::rules::RuleId;
use crate::text::numerals::is_numeral;

/// The rows that are a number alone, above a part of which all rows go. `found` has the rows that go because of a model of a
/// collection, in order, and one of them must be right below the number. `named` says which rows go by a rule.
pub(crate) fn numbers(view: &View, found: &[Finding], named: impl Fn(Row) -> bool) -> Vec<Finding> {
    let rows: Vec<Row> = view.filled().collect();
    let finding =
        |row: Row| found.binary_search_by_key(&row, |finding| finding.row).ok().map(|at| &found[at]);
    let goes = |row: &Row| finding(*row).is_some() || named(*row);
    let is_number = |row: &Row| is_number(view, *row);
    let of_number = |at: usize| {
        let below = rows.get(at + 1).filter(|_| is_number(&rows[at]) && !goes(&rows[at]))?;
        let head = finding(*below)?;
        let goes_as_a_whole = rows[at + 1..].iter().take_while(|row| !is_number(row)).all(goes);
        goes_as_a_whole.then(|| above(rows[at], head))
    };
    (0..rows.len()).filter_map(of_number).collect()
}

/// Whether a row has numbers and nothing else.
fn is_number(view: &View, row: Row) -> bool {
    let line = &view.lines[row];
    let is_numeric = |c: char| c.is_numeric() || is_numeral(c);
    let key = line.key();
    !line.shape.fenced && !key.is_empty() && (key.chars().all(is_numeric) || is_hexadecimal(key))
}

/// The finding for the number above the first row of a part.
fn above(row: Row, head: &Finding) -> Finding {
    let mut because = head.because.clone();
    if let Because::Learned { between, beside, .. } = &mut because {
        (*between, *beside) = (None, Some(head.row));
    }
    Finding { row, rule: RuleId::CORPUS_BLOCK.rule(), because }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 1-based numbers of the rows that go with their parts. Rows with `×` go because of a model, and rows with `！` by
    /// a rule.
    fn found(text: &str) -> Vec<usize> {
        let plain: Vec<(usize, &str)> =
            (1..).zip(text.lines().map(|line| line.trim_start_matches(['×', '！']))).collect();
        let rows = |mark| {
            let marked = text.lines().enumerate().filter(move |(_, line)| line.starts_with(mark));
            marked.map(|(at, _)| Row::from(at)).collect::<Vec<_>>()
        };
        let because = || Because::Learned {
            source: "老街網".into(),
            documents: 9,
            of: 9,
            frame: false,
            between: None,
            beside: None,
        };
        let finding = |row| Finding { row, rule: RuleId::CORPUS_LINE.rule(), because: because() };
        let learned: Vec<Finding> = rows('×').into_iter().map(finding).collect();
        let named = rows('！');
        let numbers = numbers(&View::new(&plain, None), &learned, |row| named.contains(&row));
        numbers.into_iter().map(|finding| usize::from(finding.row) + 1).collect()
    }

    #[test]
    fn the_number_of_a_part_that_goes_as_a_whole_goes_with_it() {
        for (text, expected) in [
            ("05\n街坊說好。\n06\n×老街茶行\n！分享到：", &[3][..]),
            ("0x06\n×老街茶行\n0x07\n街坊說好。", &[1]),
            ("六\n×老街茶行", &[1]),
            ("06\n×老街茶行\n街坊說好。", &[]),
            ("06\n！分享到：\n×老街茶行", &[]),
            ("第六部分\n×老街茶行", &[]),
            ("06", &[]),
            ("```\n06\n×老街茶行\n```", &[]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
