//! Straight double quotes.

use super::bracket::set;
use super::class;
use super::class::MarkClass;
use super::context::{Side, Surroundings};
use super::protect::Shield;

/// Maximum number of letters in a command's option.
const LONGEST_OPTION: usize = 24;

/// The quotation marks that replace straight double quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteStyle {
    /// “ ” with ‘ ’ inside: the usage of the mainland.
    Curly,
    /// 「 」 with 『 』 inside: the usage of Taiwan and Hong Kong.
    Corner,
}

impl QuoteStyle {
    /// The article's own usage: `Corner` if 「 is more frequent than “, else `Curly`. Never panics.
    ///
    /// ```
    /// use qingwen::clean::QuoteStyle;
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

/// Replaces the straight quotes of Chinese text by quotation marks with a direction. All quotes in a line are
/// of one kind: if one pair is Chinese, or the line already has such quotation marks, the other pairs among
/// Han are Chinese too. An odd number of quotes cannot be paired, so all of them are left.
pub(super) fn curl(chars: &mut [char], shields: &[Shield], context: &Surroundings, style: QuoteStyle) {
    let straight = straight_quotes(chars, shields);
    if straight.is_empty() || straight.len() % 2 == 1 {
        return;
    }
    let enclosing = enclosing(chars, style);
    let level = |at: usize| enclosing.get(at).copied().flatten();
    let pairs = straight.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
    let speech = pairs.filter(|&(open, close)| level(open) == level(close) && is_speech(chars, open, close));
    let speech: Vec<(usize, usize)> = speech.collect();
    let mut chinese: Vec<bool> =
        speech.iter().map(|&(open, close)| is_chinese(chars, context, open, close)).collect();
    let outer = |at: usize| level(at).is_none();
    let any = speech.iter().zip(&chinese).any(|(&(open, _), chinese)| *chinese && outer(open));
    if !context.is_latin() && (any || has_own(chars, shields, style)) {
        let among = among_han(chars, context, &speech);
        for ((chinese, among), &(open, _)) in chinese.iter_mut().zip(among).zip(&speech) {
            *chinese |= among && outer(open);
        }
    }
    for (&(open, close), _) in speech.iter().zip(chinese).filter(|(_, chinese)| *chinese) {
        let nested = level(open).is_some_and(|start| chars.get(start) == Some(&style.outer().0));
        let (left, right) = if nested { style.inner() } else { style.outer() };
        set(chars, open, left);
        set(chars, close, right);
    }
}

/// For each pair, whether it is among Han. On both sides it must have Han, the edge of the line, or another
/// such pair, with nothing but marks between. The quotes of a Latin sentence do not have this.
fn among_han(chars: &[char], context: &Surroundings, pairs: &[(usize, usize)]) -> Vec<bool> {
    let is_open = |side: Side| matches!(side, Side::Han | Side::Edge);
    let joins = |from: usize, to: usize| {
        chars.get(from + 1..to).unwrap_or_default().iter().all(|&c| MarkClass::of(c) == MarkClass::Clear)
    };
    let mut among: Vec<bool> = Vec::with_capacity(pairs.len());
    let mut before: Option<(usize, bool)> = None;
    for &(open, close) in pairs {
        let left = is_open(context.before(open)) || before.is_some_and(|(at, is)| is && joins(at, open));
        among.push(left);
        before = Some((close, left));
    }
    let mut after: Option<(usize, bool)> = None;
    for (&(open, close), among) in pairs.iter().zip(&mut among).rev() {
        let right = is_open(context.after(close)) || after.is_some_and(|(at, is)| is && joins(close, at));
        *among &= right;
        after = Some((open, right));
    }
    among
}

/// Whether the line has quotation marks of this style that are not protected.
fn has_own(chars: &[char], shields: &[Shield], style: QuoteStyle) -> bool {
    chars.iter().zip(shields).any(|(&c, &shield)| c == style.outer().0 && shield == Shield::None)
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

/// For each opening mark, the mark that closes it. An apostrophe does not close a quotation.
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

/// Whether a pair is speech: not inches, not a value, and not the name of a value.
fn is_speech(chars: &[char], open: usize, close: usize) -> bool {
    !measures_inches(chars, open, close) && !is_value(chars, open) && !is_name(chars, close)
}

/// Whether a pair encloses the name of a member: `"msg":"甲"`.
fn is_name(chars: &[char], close: usize) -> bool {
    let mut after = chars.get(close + 1..).unwrap_or_default().iter().filter(|&&c| !class::is_space(c));
    after.next() == Some(&':') && after.next() == Some(&'"')
}

fn is_chinese(chars: &[char], context: &Surroundings, open: usize, close: usize) -> bool {
    let around = context.before(open) == Side::Han && context.after(close) == Side::Han;
    let inside = chars.get(open + 1..close).unwrap_or_default();
    let has_han = inside.iter().any(|&c| class::is_east_asian(c));
    around || (has_han && (!context.is_latin() || inside_is_mostly_han(inside)))
}

/// Whether both marks follow a number, so that they are inches: `2.5"和3.5"`.
fn measures_inches(chars: &[char], open: usize, close: usize) -> bool {
    let after_digit =
        |at: usize| at.checked_sub(1).and_then(|left| chars.get(left)).is_some_and(char::is_ascii_digit);
    after_digit(open) && after_digit(close)
}

/// Whether a pair encloses a value, which is syntax and not speech: `title="甲"`, `app:"甲"`, `"msg":"甲"`,
/// `-m "甲"`.
fn is_value(chars: &[char], open: usize) -> bool {
    let mut before = chars.get(..open).unwrap_or_default().iter().rev().copied().peekable();
    let spaced = before.next_if(|&c| class::is_space(c)).is_some();
    match before.find(|&c| !class::is_space(c)) {
        Some('=') => true,
        Some(':') => before.next().is_some_and(|c| c.is_ascii_alphanumeric() || c == '"'),
        Some(c) if spaced && c.is_ascii_alphanumeric() => is_option(&mut before),
        _ => false,
    }
}

/// Whether the text to the left of the quote is an option, read backwards: `-m`, `--name`.
fn is_option(before: &mut impl Iterator<Item = char>) -> bool {
    let hyphen = before.take(LONGEST_OPTION).find(|c| !c.is_ascii_alphanumeric());
    hyphen == Some('-') && before.next().is_none_or(|c| c == '-' || c.is_whitespace())
}

fn inside_is_mostly_han(inside: &[char]) -> bool {
    let han = inside.iter().filter(|&&c| class::is_east_asian(c)).count();
    han > inside.iter().filter(|c| c.is_ascii_alphabetic()).count()
}
