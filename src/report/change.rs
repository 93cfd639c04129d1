//! The changes inside a line, character by character.

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Maximum number of characters in a line whose changes are shown one by one. A longer line is shown as one
/// change.
const CHARACTERS: usize = 20_000;

/// A piece of a changed line.
#[derive(Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum Piece {
    /// Unchanged text.
    Same(String),
    /// Changed text: the kind of change, the text before, the text after. The kind is `conv` for letters (conversion)
    /// or `mend` for marks and spaces, and for references of HTML and radicals.
    Changed(&'static str, String, String),
}

/// The pieces of a line and of its result. The text after the changes, put together, is `after`.
pub(super) fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let (old, new): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    if old.len().max(new.len()) > CHARACTERS {
        return vec![changed(&old, &new)];
    }
    let piece = |op: DiffOp| match op {
        DiffOp::Equal { new_index, len, .. } => {
            vec![Piece::Same(new[new_index..new_index + len].iter().collect())]
        }
        _ => split(&old[op.old_range()], &new[op.new_range()]),
    };
    capture_diff_slices(Algorithm::Myers, &old, &new).into_iter().flat_map(piece).collect()
}

/// Separates letters and marks that changed side by side, if they correspond one to one.
fn split(old: &[char], new: &[char]) -> Vec<Piece> {
    if old.len() != new.len() {
        return vec![changed(old, new)];
    }
    old.iter().zip(new).map(|(old, new)| changed(&[*old], &[*new])).collect()
}

fn changed(old: &[char], new: &[char]) -> Piece {
    let letters = old.iter().chain(new).any(|character| character.is_alphanumeric());
    let is_replaced = is_reference(old) || old.iter().any(|c| matches!(c, '\u{2E80}'..='\u{2FDF}'));
    let kind = if letters && !is_replaced { "conv" } else { "mend" };
    Piece::Changed(kind, old.iter().collect(), new.iter().collect())
}

/// Whether a text is a reference, such as `&ldquo;`, or several references.
fn is_reference(old: &[char]) -> bool {
    old.contains(&'&') && old.contains(&';')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_marks_are_distinguished() {
        let same = |text: &str| Piece::Same(text.into());
        let changed = |kind, old: &str, new: &str| Piece::Changed(kind, old.into(), new.into());
        let expected = [changed("conv", "围", "圍"), same("觀"), changed("mend", "!", "！"), same("好")];
        assert_eq!(pieces("围觀!好", "圍觀！好"), expected);
        let reference = pieces("說&ldquo;好", "說“好");
        assert_eq!(reference, [same("說"), changed("mend", "&ldquo;", "“"), same("好")]);
        assert_eq!(pieces("⽂字", "文字"), [changed("mend", "⽂", "文"), same("字")]);
        assert_eq!(pieces("甲 乙", "甲乙"), [same("甲"), changed("mend", " ", ""), same("乙")]);
    }
}
