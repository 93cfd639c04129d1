//! OpenCC's text dictionaries. A line is a key, a tab, and the candidates separated by single spaces.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// One line of a dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DictionaryEntry<'a> {
    /// The text to look for.
    pub key: &'a str,
    /// The replacement: the first candidate.
    pub value: &'a str,
    /// The candidates, separated by spaces. It is empty for an inline dictionary, where a space is a literal space.
    pub candidates: &'a str,
}

impl<'a> DictionaryEntry<'a> {
    /// All replacements, the default first.
    pub fn candidates(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.candidates.split(' ').filter(|c| !c.is_empty())
    }
}

/// The entries of a dictionary's text, or of the output of [`inline_text`]. Comments (`#`) and empty lines are ignored.
pub(crate) fn entries(text: &str) -> impl Iterator<Item = DictionaryEntry<'_>> {
    let (text, inline) = text.strip_prefix(PART_END).map_or((text, ""), |inline| ("", inline));
    let lines = text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (key, candidates) = line.split_once('\t')?;
        let value = candidates.split(' ').find(|candidate| !candidate.is_empty()).unwrap_or(key);
        (!key.is_empty()).then_some(DictionaryEntry { key, value, candidates })
    });
    let mut parts = inline.split_terminator(PART_END);
    lines.chain(std::iter::from_fn(move || {
        let (key, value) = (parts.next()?, parts.next()?);
        Some(DictionaryEntry { key, value, candidates: "" })
    }))
}

/// Ends each key and value in the text of an inline dictionary. It also starts that text, which marks the text as
/// inline. No key and no value contains it.
const PART_END: char = '\0';

/// The text of an inline dictionary. Its keys and values may be any text and have no further candidates.
///
/// # Errors
/// A message if a key or value is empty, contains a NUL, or is too long.
pub(crate) fn inline_text(entries: &BTreeMap<String, String>) -> Result<String, String> {
    let mut text = PART_END.to_string();
    for part in entries.iter().flat_map(|(key, value)| [key, value]) {
        if part.is_empty() {
            return Err("an inline dictionary's key or value is empty".into());
        }
        if part.contains(PART_END) {
            return Err(format!("an inline dictionary holds a NUL: {part:?}"));
        }
        if part.len() > LONGEST {
            return Err("an inline dictionary's key or value is longer than 16,000 bytes".into());
        }
        text.push_str(part);
        text.push(PART_END);
    }
    Ok(text)
}

/// Maximum length of a key and of a line in a user's dictionary, in bytes.
const LONGEST: usize = 16_000;

/// A user's dictionary, in OpenCC's text form. Each line is an entry: the key, a tab, and the replacement. Further
/// candidates, separated by spaces, matter only to [`Converter::ambiguities`](crate::Converter::ambiguities). Lines
/// that begin with `#` are comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dictionary {
    text: String,
}

/// The error in a dictionary, and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DictionaryError {
    /// The line, counted from 1.
    pub line: usize,
    /// The reason, in words.
    pub reason: String,
}

impl fmt::Display for DictionaryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for DictionaryError {}

impl Dictionary {
    /// Checks a dictionary's text, line by line. A byte-order mark and Windows line ends are accepted.
    ///
    /// # Errors
    /// [`DictionaryError`] for the first line that has no tab, no key or no replacement, is longer than 16,000 bytes,
    /// contains a NUL, or has a key that an earlier line already has.
    ///
    /// ```
    /// let error = qingwen::convert::Dictionary::parse("# names\n周杰伦 周杰倫\n").unwrap_err();
    /// assert_eq!(error.to_string(), "line 2: no tab between the key and what it becomes");
    /// ```
    pub fn parse(text: &str) -> Result<Self, DictionaryError> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut lines: HashMap<&str, usize> = HashMap::new();
        let mut checked = String::with_capacity(text.len());
        for (index, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let error = |reason: String| DictionaryError { line: index + 1, reason };
            let key = key_of(line).map_err(|reason| error(reason.into()))?;
            if let Some(earlier) = lines.insert(key, index + 1) {
                return Err(error(format!("the key {key} stands in line {earlier} already")));
            }
            checked.push_str(line);
            checked.push('\n');
        }
        Ok(Self { text: checked })
    }

    /// The entries as text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }
}

/// The key of a line, or the error in the line.
fn key_of(line: &str) -> Result<&str, &'static str> {
    let (key, candidates) = line.split_once('\t').ok_or("no tab between the key and what it becomes")?;
    match (key, candidates) {
        ("", _) => Err("no key before the tab"),
        _ if candidates.contains('\t') => Err("more than one tab"),
        _ if candidates.split(' ').all(str::is_empty) => Err("nothing behind the tab"),
        _ if line.contains('\0') => Err("a NUL character"),
        _ if line.len() > LONGEST => Err("longer than 16,000 bytes"),
        _ => Ok(key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_entries_and_the_first_candidate_is_the_default() {
        let all: Vec<_> = entries("# a\tb\n\n后\t後 后\n干\t幹\n").collect();
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].value, "後");
        assert_eq!(all[0].candidates().collect::<Vec<_>>(), ["後", "后"]);
    }

    #[test]
    fn an_inline_dictionary_holds_any_text() {
        let all = [("#a", "b c"), ("d\te", "f\ng")].map(|(key, value)| (key.to_owned(), value.to_owned()));
        let text = inline_text(&BTreeMap::from(all)).unwrap();
        let all: Vec<_> = entries(&text).map(|entry| (entry.key, entry.value)).collect();
        assert_eq!(all, [("#a", "b c"), ("d\te", "f\ng")]);
        assert_eq!(entries(&text).flat_map(|entry| entry.candidates()).count(), 0);
        for (key, value) in [("", "a"), ("a", ""), ("a\0", "b")] {
            inline_text(&BTreeMap::from([(key.to_owned(), value.to_owned())])).unwrap_err();
        }
    }

    #[test]
    fn each_fault_is_told_with_its_line() {
        let fault = |text: &str| Dictionary::parse(text).unwrap_err().to_string();
        assert_eq!(fault("a\tb\n\nc d"), "line 3: no tab between the key and what it becomes");
        assert_eq!(fault("\tb"), "line 1: no key before the tab");
        assert_eq!(fault("a\t "), "line 1: nothing behind the tab");
        assert_eq!(fault("a\tb\tc"), "line 1: more than one tab");
        assert_eq!(fault("a\tb\n#\na\tc"), "line 3: the key a stands in line 1 already");
        assert_eq!(fault("a\0\tb"), "line 1: a NUL character");
        assert_eq!(fault(&format!("a\t{}", "b".repeat(LONGEST))), "line 1: longer than 16,000 bytes");
        assert_eq!(Dictionary::parse("\u{FEFF}a\tb\r\n").unwrap().text(), "a\tb\n");
    }
}
