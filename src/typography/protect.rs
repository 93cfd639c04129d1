//! Text that must not change: inline code, markup, addresses, numbers, names of files and brands.

use std::collections::HashMap;
use std::ops::Range;

use super::bracket::ascii_partners;
use super::class;
use super::emoticon;
use super::enumeration;
use super::inline;
use super::token;

/// Maximum number of characters in a reference's name.
const LONGEST_REFERENCE: usize = 31;

/// The protection of a character: whether it may change, and if not, how its neighbours see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shield {
    /// May change.
    None,
    /// Must not change, and counts as a Latin word.
    Word,
    /// Must not change, and is skipped.
    Clear,
    /// Must not change, and counts as what it is.
    Text,
}

/// One shield for each character of the line.
pub(super) fn shields(chars: &[char]) -> Vec<Shield> {
    let mut shields = vec![Shield::None; chars.len()];
    for span in code_spans(chars) {
        cover(&mut shields, span, Shield::Word);
    }
    for literal in inline::literals(chars) {
        cover(&mut shields, literal, Shield::Word);
    }
    cover(&mut shields, 0..inline::footnote_len(chars), Shield::Clear);
    shield_brackets(chars, &mut shields);
    let mut at = 0;
    while at < chars.len() {
        let (end, shield) = match shields.get(at) {
            Some(Shield::None) => protected_from(chars, &shields, at),
            _ => (at + 1, Shield::None),
        };
        if shield != Shield::None {
            cover(&mut shields, at..end, shield);
        }
        at = end.max(at + 1);
    }
    shield_file_names(chars, &mut shields);
    shields
}

/// The end of the protected text that begins at `at`, and its shield.
fn protected_from(chars: &[char], shields: &[Shield], at: usize) -> (usize, Shield) {
    let rest = chars.get(at..).unwrap_or_default();
    let after_word =
        at.checked_sub(1).and_then(|left| chars.get(left)).is_some_and(char::is_ascii_alphanumeric);
    let plain = |len: usize| {
        if len == 0 { (at + 1, Shield::None) } else { (at + len, Shield::Clear) }
    };
    match rest.first() {
        Some('<') => plain(tag_len(rest)),
        Some('&') => plain(entity_len(rest)),
        Some('?') => plain(query_len(rest)),
        Some('.' | ',' | ':') if after_word && rest.get(1).is_some_and(char::is_ascii_alphanumeric) => {
            plain(usize::from(!enumeration::divides(chars, at)))
        }
        Some(':' | ';') if shields.get(at + 1) == Some(&Shield::None) => plain(emoticon::len(chars, at)),
        Some(c) if c.is_ascii_alphanumeric() => {
            let (len, found) = token::scan(rest);
            (at + len, if found { Shield::Word } else { Shield::None })
        }
        _ => (at + 1, Shield::None),
    }
}

fn cover(shields: &mut [Shield], range: Range<usize>, with: Shield) {
    if let Some(covered) = shields.get_mut(range) {
        covered.iter_mut().filter(|shield| **shield == Shield::None).for_each(|shield| *shield = with);
    }
}

/// The ranges of inline code. A run of backticks pairs with the next run of the same length.
pub(super) fn code_spans(chars: &[char]) -> Vec<Range<usize>> {
    let runs = backtick_runs(chars);
    let mut nearest = HashMap::new();
    let mut closes: Vec<Option<usize>> =
        runs.iter().enumerate().rev().map(|(index, run)| nearest.insert(run.len(), index)).collect();
    closes.reverse();
    let mut spans = Vec::new();
    let mut index = 0;
    while let Some(run) = runs.get(index) {
        let close = closes.get(index).copied().flatten();
        if let Some(last) = close.and_then(|close| runs.get(close)) {
            spans.push(run.start..last.end);
        }
        index = close.unwrap_or(index) + 1;
    }
    spans
}

fn backtick_runs(chars: &[char]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in chars.iter().enumerate().filter(|&(_, &c)| c == '`') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Shields Markdown links and images, and calls such as `open("甲")`.
fn shield_brackets(chars: &[char], shields: &mut [Shield]) {
    if !chars.contains(&'(') {
        return;
    }
    let partners = ascii_partners(chars, |at| shields.get(at) == Some(&Shield::None));
    let partner = |at: usize| partners.get(at).copied().flatten();
    let mut squares = Vec::new();
    let mut word_start = 0;
    for (at, &c) in chars.iter().enumerate() {
        match c {
            '[' => squares.push(at),
            ']' => {
                let open = squares.pop();
                if let Some(close) = partner(at + 1).filter(|&close| close > at + 1) {
                    shield_text(shields, open, at);
                    cover(shields, at..close + 1, Shield::Clear);
                    shield_image_mark(chars, shields, open);
                }
            }
            '(' => {
                if let Some(close) = partner(at).filter(|_| is_group(chars, at)) {
                    cover(shields, at..close + 1, Shield::Word);
                }
                if let Some(close) = partner(at).filter(|_| is_call(chars, word_start..at)) {
                    cover(shields, word_start..close + 1, Shield::Word);
                }
            }
            _ => {}
        }
        if !is_code_name(c) {
            word_start = at + 1;
        }
    }
}

/// Shields the text of a link, because it is a name of the link's destination.
fn shield_text(shields: &mut [Shield], open: Option<usize>, close: usize) {
    if let Some(open) = open {
        cover(shields, open + 1..close, Shield::Text);
    }
}

fn shield_image_mark(chars: &[char], shields: &mut [Shield], open: Option<usize>) {
    if let Some(mark) =
        open.and_then(|open| open.checked_sub(1)).filter(|&mark| chars.get(mark) == Some(&'!'))
    {
        cover(shields, mark..mark + 1, Shield::Clear);
    }
}

/// Whether a bracket opens a group of a regular expression: `(?:老街|夜市)`.
fn is_group(chars: &[char], open: usize) -> bool {
    chars.get(open + 1) == Some(&'?') && matches!(chars.get(open + 2), Some(':' | '=' | '<' | 'P'))
}

fn is_code_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$')
}

/// Whether a bracket opens a call: it has a name that does not occur in prose, or an argument in quotes.
fn is_call(chars: &[char], name: Range<usize>) -> bool {
    let quoted = matches!(chars.get(name.end + 1), Some('"' | '\''));
    let name = chars.get(name).unwrap_or_default();
    let starts_well = name.first().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '_' | '$'));
    let dotted = name.last() != Some(&'.') && name.contains(&'.');
    starts_well && (quoted || dotted || name.contains(&'_') || name.contains(&'$'))
}

/// The length of a tag, else 0: `<b>`, `</a>`, `<img src="甲">`.
pub(super) fn tag_len(rest: &[char]) -> usize {
    let slash = usize::from(rest.get(1) == Some(&'/'));
    let named = rest.get(1 + slash).is_some_and(char::is_ascii_alphabetic);
    let name = rest.iter().skip(1 + slash).take_while(|c| c.is_ascii_alphanumeric()).count();
    let ends =
        rest.get(1 + slash + name).is_some_and(|&c| class::is_space(c) || matches!(c, '/' | '>' | '\t'));
    if !named || !ends {
        return 0;
    }
    let inner = rest.iter().skip(1).take_while(|c| !matches!(c, '<' | '>')).count();
    if rest.get(1 + inner) == Some(&'>') { inner + 2 } else { 0 }
}

/// The length of a reference, else 0: `&nbsp;`, `&#8220;`, and `&amp;nbsp;`, which was escaped twice.
fn entity_len(rest: &[char]) -> usize {
    let name = reference_len(rest);
    if rest.get(..name).is_some_and(|name| name == ['&', 'a', 'm', 'p', ';']) {
        return name + reference_len(rest.get(name - 1..).unwrap_or_default()).saturating_sub(1);
    }
    name
}

/// The length of a mark, a name and a semicolon, else 0.
fn reference_len(rest: &[char]) -> usize {
    let name = rest.iter().skip(1).take(LONGEST_REFERENCE);
    let name = name.take_while(|c| c.is_ascii_alphanumeric() || **c == '#').count();
    if name > 0 && rest.get(1 + name) == Some(&';') { name + 2 } else { 0 }
}

/// The length of the start of a query in the tail of an address, else 0: `?id=`.
fn query_len(rest: &[char]) -> usize {
    let name =
        rest.iter().skip(1).take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')).count();
    if name > 0 && rest.get(1 + name) == Some(&'=') { name + 2 } else { 0 }
}

/// Shields file names. A file name extends to the left of its extension over letters of any script.
fn shield_file_names(chars: &[char], shields: &mut [Shield]) {
    for at in (0..chars.len()).filter(|&at| chars.get(at) == Some(&'.')) {
        let len = token::extension_len(chars.get(at + 1..).unwrap_or_default());
        if len > 0 {
            let stem = stem_start(chars, shields, at);
            cover(shields, stem..at + 1 + len, Shield::Word);
        }
    }
}

fn stem_start(chars: &[char], shields: &[Shield], dot: usize) -> usize {
    let mut depth = 0usize;
    let mut start = dot;
    let left = chars.get(..dot).unwrap_or_default().iter().zip(shields.get(..dot).unwrap_or_default());
    for (at, (&c, &shield)) in left.enumerate().rev() {
        match c {
            _ if shield == Shield::Word => break,
            ')' => depth += 1,
            '(' if depth > 0 => depth -= 1,
            _ if c.is_alphanumeric() || matches!(c, '_' | '-' | '.') => {}
            _ => break,
        }
        if depth == 0 {
            start = at;
        }
    }
    start
}
