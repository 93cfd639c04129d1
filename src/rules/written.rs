//! Rules as they are written in files: their reading and their checks. The build script reads the built-in rules with
//! it, and the program the rules of its users.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize;

use super::attributes::{Category, Certainty, Place, Scope};

/// A file of rules.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    rule: Vec<Written>,
}

/// A rule as it is written in its file. Rules whose lines are found by code have no patterns.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub patterns: Vec<String>,
    #[serde(default)]
    pub on: On,
    #[serde(default)]
    pub place: Place,
    #[serde(default)]
    pub scope: Scope,
    /// A pattern that the key of a section's line must match. Without it the line must look like a title.
    pub members: Option<String>,
    /// A pattern for the key of a line up to which a section continues whatever its lines are, if there is
    /// such a line nearby.
    pub until: Option<String>,
    /// A pattern for the key of the line that ends a section, in addition to the lines that end every section.
    pub ends: Option<String>,
    /// A pattern for the keys of lines that the rule leaves alone although a pattern matches.
    pub unless: Option<String>,
    #[serde(default)]
    pub certainty: Certainty,
    #[serde(default)]
    pub why: String,
    #[serde(default)]
    pub problems: String,
    #[serde(default)]
    pub matches: Vec<String>,
    #[serde(default)]
    pub spares: Vec<String>,
}

/// The text that a pattern is matched against.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum On {
    /// The words of the line's comparison key.
    #[default]
    Fold,
    /// The trimmed line itself, for marks and markup.
    Text,
}

impl On {
    /// The regular expression for a written pattern. For patterns on keys, its Han characters become those of keys, so
    /// that a pattern may be written in either script. `unified` is the character of keys for a character.
    pub fn regex(self, written: &str, unified: impl Fn(char) -> char) -> String {
        match self {
            On::Fold => written.chars().map(unified).collect(),
            On::Text => written.to_owned(),
        }
    }
}

/// The way in which the lines of a file's rules are found.
#[allow(dead_code)] // The program reads the rules of users alone, and the build script all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finder {
    /// The patterns of the rules find them.
    Patterns,
    /// Code finds them.
    Code,
    /// The patterns of a user's rules find them. These rules may have less documentation.
    User,
}

/// The ids of the line model's rules start with this name, followed by their category.
const MODEL: &str = "model";

impl Written {
    /// The category that the id names.
    pub fn category(&self) -> Option<Category> {
        let mut parts = self.id.split('/');
        let name = parts.next().filter(|first| *first != MODEL).or_else(|| parts.next())?;
        Category::ALL.iter().copied().find(|category| category.name() == name)
    }

    /// The first error in the rule.
    fn fault(&self, finder: Finder) -> Option<String> {
        let empty = self.required(finder).into_iter().find(|(_, text)| text.trim().is_empty());
        let regexes = self.regexes().find_map(|regex| regex_syntax::parse(regex).err());
        Some(match self.category() {
            None => "the id does not begin with a category".to_owned(),
            _ if self.name().is_empty() => "the id has no name behind the category".to_owned(),
            _ if finder == Finder::User && !self.has_plain_name() => {
                "the id must be a category, a slash, and a name of letters, digits and hyphens".to_owned()
            }
            _ if empty.is_some() => format!("`{}` is empty", empty?.0),
            _ if self.lacks_examples(finder) => {
                "it needs examples that match and examples that do not".to_owned()
            }
            _ if self.patterns.is_empty() != (finder == Finder::Code) => {
                format!("it has {} patterns, and its lines are found by {finder:?}", self.patterns.len())
            }
            _ => regexes?.to_string(),
        })
    }

    /// The texts that must not be empty.
    fn required(&self, finder: Finder) -> Vec<(&'static str, &str)> {
        let all = [("title", &self.title), ("why", &self.why), ("problems", &self.problems)];
        let count = if finder == Finder::User { 1 } else { all.len() };
        all.into_iter().take(count).map(|(name, text)| (name, text.as_str())).collect()
    }

    /// Whether examples are missing. A user's rule may have no counterexamples yet.
    fn lacks_examples(&self, finder: Finder) -> bool {
        self.matches.is_empty() || self.spares.is_empty() && finder != Finder::User
    }

    fn name(&self) -> &str {
        self.id.split_once('/').map_or("", |(_, name)| name)
    }

    /// Whether the id is nothing but a category and a name, so that options can list it.
    fn has_plain_name(&self) -> bool {
        self.name().chars().all(|c| c.is_alphanumeric() || c == '-') && !self.id.starts_with(MODEL)
    }

    /// All regular expressions of the rule.
    pub fn regexes(&self) -> impl Iterator<Item = &str> {
        let further = [&self.members, &self.until, &self.ends, &self.unless].into_iter().flatten();
        self.patterns.iter().chain(further).map(String::as_str)
    }
}

/// An error in a file of rules.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleFault {
    /// The name of the file.
    pub file: String,
    /// The id of the rule, if the error is about one.
    pub rule: Option<String>,
    /// The reason: what is wrong.
    pub reason: String,
}

impl RuleFault {
    /// An error in a rule.
    pub(crate) fn of(file: &str, rule: &str, reason: String) -> Self {
        Self { file: file.to_owned(), rule: Some(rule.to_owned()), reason }
    }
}

impl fmt::Display for RuleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.rule {
            Some(rule) => write!(f, "{}: {rule}: {}", self.file, self.reason),
            None => write!(f, "{}: {}", self.file, self.reason.trim_end()),
        }
    }
}

/// The rules of some files, each with the name of its file. Each file is given with its name, its text and the way in
/// which its lines are found.
///
/// # Errors
/// All errors: files that are no files of rules, rules that are incomplete or wrong, and ids that occur twice.
pub fn read<'f>(
    files: impl Iterator<Item = (&'f str, &'f str, Finder)>,
) -> Result<Vec<(&'f str, Written)>, Vec<RuleFault>> {
    let (mut rules, mut faults) = (Vec::new(), Vec::new());
    let mut known = BTreeSet::new();
    for (name, text, finder) in files {
        let file: RuleFile = match toml::from_str(text) {
            Ok(file) => file,
            Err(error) => {
                faults.push(RuleFault { file: name.to_owned(), rule: None, reason: error.to_string() });
                continue;
            }
        };
        for rule in file.rule {
            let twice = (!known.insert(rule.id.clone())).then(|| "another rule has this id".to_owned());
            faults.extend(rule.fault(finder).or(twice).map(|reason| RuleFault::of(name, &rule.id, reason)));
            rules.push((name, rule));
        }
    }
    if faults.is_empty() { Ok(rules) } else { Err(faults) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "[[rule]]\nid = \"share/bar\"\ntitle = \"t\"\npatterns = [\"分享\"]\nwhy = \"w\"\nproblems = \"p\"\n\
                        matches = [\"分享\"]\nspares = [\"分\"]\n";

    fn error(text: &str, finder: Finder) -> String {
        let faults = read([("share.toml", text, finder)].into_iter()).expect_err(text);
        faults.iter().map(|fault| fault.to_string()).collect()
    }

    #[test]
    fn a_rule_of_code_has_no_patterns() {
        let text = RULE.replacen("patterns = [\"分享\"]\n", "", 1);
        assert!(read([("share.toml", text.as_str(), Finder::Code)].into_iter()).is_ok());
        assert!(read([("share.toml", RULE, Finder::Code)].into_iter()).is_err());
    }

    #[test]
    fn errors_name_the_file_and_the_rule() {
        for (from, to, message) in [
            ("share/bar", "shore/bar", "share.toml: shore/bar: the id does not begin with a category"),
            ("share/bar", "share", "share.toml: share: the id has no name"),
            ("problems = \"p\"", "", "share.toml: share/bar: `problems` is empty"),
            ("why = \"w\"", "why = \" \"", "share.toml: share/bar: `why` is empty"),
            ("[\"分\"]", "[]", "needs examples"),
            ("\"分享\"", "\"分享(\"", "unclosed group"),
            ("title", "titel", "unknown field `titel`"),
            ("patterns = [\"分享\"]", "", "has 0 patterns"),
        ] {
            let error = error(&RULE.replacen(from, to, 1), Finder::Patterns);
            assert!(error.contains(message), "{error}");
        }
        assert_eq!(
            error(&RULE.repeat(2), Finder::Patterns),
            "share.toml: share/bar: another rule has this id"
        );
    }

    #[test]
    fn a_users_rule_needs_less_documentation_and_a_plain_id() {
        let short = RULE.replacen("why = \"w\"\nproblems = \"p\"\n", "", 1).replacen("[\"分\"]", "[]", 1);
        assert!(read([("a.toml", short.as_str(), Finder::User)].into_iter()).is_ok());
        for (from, to, message) in [
            ("share/bar", "share/a,b", "a name of letters"),
            ("share/bar", "model/share", "a name of letters"),
            ("[\"分享\"]\nspares", "[]\nspares", "needs examples"),
        ] {
            let error = error(&short.replacen(from, to, 1), Finder::User);
            assert!(error.contains(message), "{error}");
        }
    }
}
