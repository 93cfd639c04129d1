//! Round brackets around Chinese text.

use super::class;
use super::context::{Side, Surroundings};
use super::protect::Shield;

/// Makes matched `( )` full-width if they contain Han and are in Chinese text.
pub(super) fn widen(chars: &mut [char], shields: &[Shield], context: &Surroundings) {
    if !chars.iter().any(|c| matches!(c, '(' | ')')) {
        return;
    }
    let han = han_before(chars);
    for (open, close) in pairs(chars, shields) {
        if han.get(open) != han.get(close) && is_in_chinese(context, open, close) {
            set(chars, open, '（');
            set(chars, close, '）');
        }
    }
}

/// Replaces the character at `at`.
pub(super) fn set(chars: &mut [char], at: usize, c: char) {
    if let Some(slot) = chars.get_mut(at) {
        *slot = c;
    }
}

/// For every ASCII bracket for which `is_free` is true, the position of its partner, in both directions.
pub(super) fn ascii_partners(chars: &[char], is_free: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let mut partners = vec![None; chars.len()];
    let mut open = Vec::new();
    for (at, _) in chars.iter().enumerate().filter(|&(at, c)| matches!(c, '(' | ')') && is_free(at)) {
        if chars.get(at) == Some(&'(') {
            open.push(at);
        } else if let Some(start) = open.pop() {
            if let Some(slot) = partners.get_mut(start) {
                *slot = Some(at);
            }
            if let Some(slot) = partners.get_mut(at) {
                *slot = Some(start);
            }
        }
    }
    partners
}

/// The number of Han characters before each character.
fn han_before(chars: &[char]) -> Vec<usize> {
    chars
        .iter()
        .scan(0, |count, &c| {
            let before = *count;
            *count += usize::from(class::is_east_asian(c));
            Some(before)
        })
        .collect()
}

/// Pairs brackets of the same width first. Those that are left may pair across widths, as in `（甲)`.
fn pairs(chars: &[char], shields: &[Shield]) -> Vec<(usize, usize)> {
    let free = |at: usize| shields.get(at) == Some(&Shield::None);
    let brackets: Vec<(usize, char)> = chars
        .iter()
        .copied()
        .enumerate()
        .filter(|&(at, c)| matches!(c, '(' | ')' | '（' | '）') && free(at))
        .collect();
    let (half, full): (Vec<_>, Vec<_>) = brackets.into_iter().partition(|&(_, c)| c.is_ascii());
    let (mut found, mut left) = matched(&half);
    left.extend(matched(&full).1);
    left.sort_unstable();
    found.extend(matched(&left).0);
    found
}

type Brackets = Vec<(usize, char)>;

fn matched(brackets: &[(usize, char)]) -> (Vec<(usize, usize)>, Brackets) {
    let mut pairs = Vec::new();
    let mut open: Brackets = Vec::new();
    let mut stray = Vec::new();
    for &(at, c) in brackets {
        if matches!(c, '(' | '（') {
            open.push((at, c));
        } else if let Some((start, _)) = open.pop() {
            pairs.push((start, at));
        } else {
            stray.push((at, c));
        }
    }
    stray.extend(open);
    (pairs, stray)
}

fn is_in_chinese(context: &Surroundings, open: usize, close: usize) -> bool {
    let (before, after) = (context.before(open), context.after(close));
    if context.is_latin() {
        return before == Side::Han && after == Side::Han;
    }
    matches!(before, Side::Han | Side::Edge) || matches!(after, Side::Han | Side::Edge)
}
