//! Straight double quotes.

use super::bracket::set;
use super::class;
use super::context::{Context, Side};
use super::protect::Shield;

/// Which quotation marks straight double quotes become.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteStyle {
    /// “ ” with ‘ ’ inside: the usage of the mainland.
    Curly,
    /// 「 」 with 『 』 inside: the usage of Taiwan and Hong Kong.
    Corner,
}

impl QuoteStyle {
    /// The article's own usage: `Corner` where 「 outnumbers “, else `Curly`.
    /// Never panics.
    ///
    /// ```
    /// use qingwen::normalize::QuoteStyle;
    ///
    /// assert_eq!(QuoteStyle::of(["他說「早」。", "她說“晚”和「好」。"]), QuoteStyle::Corner);
    /// assert_eq!(QuoteStyle::of(["没有引号"]), QuoteStyle::Curly);
    /// ```
    pub fn of<'a>(lines: impl IntoIterator<Item = &'a str>) -> Self {
        let (mut corner, mut curly) = (0usize, 0usize);
        for line in lines {
            corner += line.matches('「').count();
            curly += line.matches('“').count();
        }
        if corner > curly { Self::Corner } else { Self::Curly }
    }

    fn outer(self) -> (char, char) {
        match self {
            Self::Curly => ('“', '”'),
            Self::Corner => ('「', '」'),
        }
    }

    fn inner(self) -> (char, char) {
        match self {
            Self::Curly => ('‘', '’'),
            Self::Corner => ('『', '』'),
        }
    }
}

/// Gives the straight quotes of Chinese text their direction. An odd number
/// of them cannot be paired, and all stay.
pub(super) fn curl(chars: &mut [char], shields: &[Shield], context: &Context, style: QuoteStyle) {
    let straight = straight_quotes(chars, shields);
    if straight.is_empty() || straight.len() % 2 == 1 {
        return;
    }
    let enclosing = enclosing(chars, style);
    for pair in straight.chunks_exact(2) {
        let &[open, close] = pair else { continue };
        let level = enclosing.get(open).copied().flatten();
        if level != enclosing.get(close).copied().flatten() || !is_chinese(chars, context, open, close) {
            continue;
        }
        let nested = level.is_some_and(|start| chars.get(start) == Some(&style.outer().0));
        let (left, right) = if nested { style.inner() } else { style.outer() };
        set(chars, open, left);
        set(chars, close, right);
    }
}

fn straight_quotes(chars: &[char], shields: &[Shield]) -> Vec<usize> {
    chars
        .iter()
        .zip(shields)
        .enumerate()
        .filter(|&(_, (&c, &shield))| c == '"' && shield == Shield::None)
        .map(|(at, _)| at)
        .collect()
}

/// The opening mark of the innermost quotation around each character.
fn enclosing(chars: &[char], style: QuoteStyle) -> Vec<Option<usize>> {
    let closes = closing_marks(chars, style);
    let mut open: Vec<usize> = Vec::new();
    let mut levels = Vec::with_capacity(chars.len());
    for at in 0..chars.len() {
        if open.last().is_some_and(|&start| closes.get(start) == Some(&Some(at))) {
            open.pop();
        }
        levels.push(open.last().copied());
        if closes.get(at).is_some_and(Option::is_some) {
            open.push(at);
        }
    }
    levels
}

/// For each opening mark the one that closes it; an apostrophe closes none.
fn closing_marks(chars: &[char], style: QuoteStyle) -> Vec<Option<usize>> {
    let kinds = [style.outer(), style.inner()];
    let mut closes = vec![None; chars.len()];
    let mut open: Vec<(usize, char)> = Vec::new();
    for (at, &c) in chars.iter().enumerate() {
        if let Some(&(_, right)) = kinds.iter().find(|&&(left, _)| left == c) {
            open.push((at, right));
        } else if let Some(&(start, right)) = open.last()
            && right == c
        {
            open.pop();
            if let Some(slot) = closes.get_mut(start) {
                *slot = Some(at);
            }
        }
    }
    closes
}

fn is_chinese(chars: &[char], context: &Context, open: usize, close: usize) -> bool {
    if measures_inches(chars, open, close) || is_value(chars, open) {
        return false;
    }
    let around = context.before(open) == Side::Han && context.after(close) == Side::Han;
    let inside = chars.get(open + 1..close).unwrap_or_default();
    let holds_han = inside.iter().any(|&c| class::is_east_asian(c));
    around || (holds_han && (!context.is_latin() || inside_is_mostly_han(inside)))
}

/// `2.5"和3.5"`: both marks follow a number, so they are inches.
fn measures_inches(chars: &[char], open: usize, close: usize) -> bool {
    let after_digit =
        |at: usize| at.checked_sub(1).and_then(|left| chars.get(left)).is_some_and(char::is_ascii_digit);
    after_digit(open) && after_digit(close)
}

/// `title="甲"`, `app:"甲"`: syntax, not speech.
fn is_value(chars: &[char], open: usize) -> bool {
    let mut before = chars.get(..open).unwrap_or_default().iter().rev().copied();
    match before.find(|&c| !class::is_space(c)) {
        Some('=') => true,
        Some(':') => before.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        _ => false,
    }
}

fn inside_is_mostly_han(inside: &[char]) -> bool {
    let han = inside.iter().filter(|&&c| class::is_east_asian(c)).count();
    han > inside.iter().filter(|c| c.is_ascii_alphabetic()).count()
}
