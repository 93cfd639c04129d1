//! OpenCC's text dictionaries: a key, a tab, and the candidates separated by single spaces.

include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// One line of a dictionary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Entry<'a> {
    /// What is looked for.
    pub key: &'a str,
    /// The candidates, separated by spaces; the first is the default.
    pub candidates: &'a str,
}

impl<'a> Entry<'a> {
    /// The replacement that conversion takes.
    pub fn default(&self) -> &'a str {
        self.candidates().next().unwrap_or(self.key)
    }

    /// All replacements, the default first.
    pub fn candidates(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.candidates.split(' ').filter(|c| !c.is_empty())
    }
}

/// The built-in dictionary of that name, such as `STPhrases`.
pub(crate) fn builtin(name: &str) -> Option<&'static str> {
    TABLES.iter().find(|(stem, _)| *stem == name).map(|(_, text)| *text)
}

/// The entries of a built-in dictionary; none where there is no such dictionary.
pub(crate) fn builtin_entries(name: &str) -> impl Iterator<Item = Entry<'static>> {
    entries(builtin(name).unwrap_or_default())
}

/// The entries of a dictionary's text. Comments (`#`) and empty lines are passed over.
pub(crate) fn entries(text: &str) -> impl Iterator<Item = Entry<'_>> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (key, candidates) = line.split_once('\t')?;
        (!key.is_empty()).then_some(Entry { key, candidates })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_entries_and_the_first_candidate_is_the_default() {
        let all: Vec<_> = entries("# a\tb\n\n后\t後 后\n干\t幹\n").collect();
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].default(), "後");
        assert_eq!(all[0].candidates().collect::<Vec<_>>(), ["後", "后"]);
    }

    #[test]
    fn every_built_in_line_is_an_entry_or_a_comment() {
        for (name, text) in TABLES {
            for (n, line) in text.lines().enumerate() {
                let fine = line.is_empty() || line.starts_with('#') || line.split_once('\t').is_some();
                assert!(fine, "{name}.txt:{}: {line}", n + 1);
            }
        }
    }
}
