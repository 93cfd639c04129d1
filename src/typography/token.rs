//! Latin tokens that contain punctuation: addresses, brands, file names.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::class;

static EXTENSIONS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../dictionaries/punctuation/extensions.txt")));
static BRANDS: LazyLock<HashSet<&str>> =
    LazyLock::new(|| entries(include_str!("../../dictionaries/punctuation/brands.txt")));

const LONGEST_BRAND: usize = 16;
const LONGEST_VALUE: usize = 300;
const LONGEST_SCHEME: usize = 20;
const LONGEST_MAILBOX: usize = 65;
const LONGEST_EXTENSION: usize = 6;

fn entries(data: &'static str) -> HashSet<&'static str> {
    data.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
}

/// The length of the token at the start of `rest`, and whether it must stay whole.
pub(super) fn scan(rest: &[char]) -> (usize, bool) {
    [url_len(rest), path_len(rest), email_len(rest), brand_len(rest)]
        .into_iter()
        .find(|&len| len > 0)
        .map_or_else(|| (word_len(rest), false), |len| (len, true))
}

/// The length of a known file extension at the start of `rest`, else 0.
pub(super) fn extension_len(rest: &[char]) -> usize {
    let name: String = rest
        .iter()
        .take(LONGEST_EXTENSION + 1)
        .take_while(|c| c.is_ascii_alphanumeric())
        .map(char::to_ascii_lowercase)
        .collect();
    if EXTENSIONS.contains(name.as_str()) { name.len() } else { 0 }
}

fn word_len(rest: &[char]) -> usize {
    rest.iter().take_while(|c| c.is_ascii_alphanumeric()).count()
}

fn url_len(rest: &[char]) -> usize {
    let scheme = rest
        .iter()
        .take(LONGEST_SCHEME)
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-'))
        .count();
    let has_scheme = rest.get(scheme..).is_some_and(|tail| tail.starts_with(&[':', '/', '/']));
    if !has_scheme && !rest.starts_with(&['w', 'w', 'w', '.']) {
        return 0;
    }
    let ascii = ascii_url_len(rest);
    let query = query_len(rest.get(ascii..).unwrap_or_default());
    if query > 0 && rest.get(..ascii).is_some_and(|url| url.ends_with(&['='])) {
        return ascii + query;
    }
    trimmed_url_len(rest.get(..ascii).unwrap_or_default())
}

fn ascii_url_len(rest: &[char]) -> usize {
    rest.iter().take_while(|&&c| is_url_char(c)).count()
}

/// The length of a Han value in a query that continues after it: `老街,夜市&page=2`.
fn query_len(rest: &[char]) -> usize {
    let value = rest.iter().take(LONGEST_VALUE).take_while(|&&c| is_value_char(c)).count();
    let continues = rest.iter().take(value).rposition(|&c| c == '&').filter(|&at| {
        let name = rest.iter().skip(at + 1).take_while(|c| c.is_ascii_alphanumeric() || **c == '_').count();
        name > 0 && rest.get(at + 1 + name) == Some(&'=')
    });
    continues.map_or(0, |at| {
        let tail = rest.get(at..).unwrap_or_default();
        at + trimmed_url_len(tail.get(..ascii_url_len(tail)).unwrap_or_default())
    })
}

fn is_value_char(c: char) -> bool {
    !c.is_whitespace()
        && !class::is_wide_mark(c)
        && !class::is_opening(c)
        && !class::is_closing(c)
        && c != '<'
}

/// The length of a Windows path, up to its last folder name: `D:\\照片\\老街,夜市\\`.
fn path_len(rest: &[char]) -> usize {
    let begins = rest.first().is_some_and(char::is_ascii_alphabetic) && rest.get(1..3) == Some(&[':', '\\']);
    if !begins {
        return 0;
    }
    let is_part =
        |c: char| is_value_char(c) && !matches!(c, ':' | '*' | '?' | '|' | '>') || matches!(c, '(' | ')');
    let folders = rest.iter().skip(3).take(LONGEST_VALUE).take_while(|&&c| is_part(c)).collect::<Vec<_>>();
    folders.iter().rposition(|c| **c == '\\').map_or(0, |last| last + 4)
}

fn is_url_char(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '`' | '|' | '{' | '}' | '\\' | '^')
}

/// The length of an address without the marks at its end. A mark or a bracket at the end belongs to the sentence,
/// unless the bracket was opened inside the address.
fn trimmed_url_len(url: &[char]) -> usize {
    let count = |wanted: char| url.iter().filter(|&&c| c == wanted).count();
    let mut stray = count(')').saturating_sub(count('('));
    let mut len = url.len();
    while let Some(&last) = len.checked_sub(1).and_then(|end| url.get(end)) {
        match last {
            ',' | '.' | ';' | ':' | '!' | '?' | '\'' | '*' | ']' | '[' => {}
            ')' if stray > 0 => stray -= 1,
            '(' => stray = stray.saturating_sub(1),
            _ => break,
        }
        len -= 1;
    }
    len
}

fn email_len(rest: &[char]) -> usize {
    let local = rest
        .iter()
        .take(LONGEST_MAILBOX)
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-'))
        .count();
    if rest.get(local) != Some(&'@') {
        return 0;
    }
    let domain: Vec<char> = rest
        .iter()
        .skip(local + 1)
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        .copied()
        .collect();
    let end = domain.iter().rposition(char::is_ascii_alphanumeric).map_or(0, |last| last + 1);
    if domain.get(..end).is_some_and(|domain| domain.contains(&'.')) { local + 1 + end } else { 0 }
}

fn brand_len(rest: &[char]) -> usize {
    let word = word_len(rest);
    if word >= LONGEST_BRAND || rest.get(word) != Some(&'!') {
        return 0;
    }
    let name: String = rest.iter().take(word + 1).collect();
    if BRANDS.contains(name.as_str()) { word + 1 } else { 0 }
}
