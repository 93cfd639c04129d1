//! Reads the rules in `dictionaries`, checks them, and writes the catalog and the table of patterns as source code. The
//! build script runs this, so a wrongly written rule does not compile.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde::Deserialize;

use super::attributes::{Category, Certainty, Place, Scope};

/// A file of rules.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
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
    /// A pattern for the key of a line up to which a section goes on whatever its lines are, if such a line stands near.
    pub until: Option<String>,
    /// A pattern for the key of the line that ends a section, in addition to the lines that end every section.
    pub ends: Option<String>,
    /// A pattern for the keys of lines that the rule leaves alone although a pattern matches.
    pub unless: Option<String>,
    #[serde(default)]
    pub certainty: Certainty,
    pub why: String,
    pub problems: String,
    pub matches: Vec<String>,
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

/// The way in which the lines of a file's rules are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finder {
    /// By the patterns of the rules.
    Patterns,
    /// By code.
    Code,
}

/// The ids of the line model's rules start with this name, followed by their category.
const MODEL: &str = "model";

impl Written {
    /// The category that the id names.
    fn category(&self) -> Option<Category> {
        let mut parts = self.id.split('/');
        let name = parts.next().filter(|first| *first != MODEL).or_else(|| parts.next())?;
        Category::ALL.iter().copied().find(|category| category.name() == name)
    }

    /// The first error in the rule.
    fn fault(&self, finder: Finder) -> Option<String> {
        let texts = [("title", &self.title), ("why", &self.why), ("problems", &self.problems)];
        let empty = texts.into_iter().find(|(_, text)| text.trim().is_empty());
        let regexes = self.regexes().find_map(|regex| regex_syntax::parse(regex).err());
        Some(match self.category() {
            None => "the id does not begin with a category".to_owned(),
            _ if self.name().is_empty() => "the id has no name behind the category".to_owned(),
            _ if empty.is_some() => format!("`{}` is empty", empty?.0),
            _ if self.matches.is_empty() || self.spares.is_empty() => {
                "it needs examples that match and examples that do not".to_owned()
            }
            _ if self.patterns.is_empty() == (finder == Finder::Patterns) => {
                format!("it has {} patterns, and its lines are found by {finder:?}", self.patterns.len())
            }
            _ => regexes?.to_string(),
        })
    }

    fn name(&self) -> &str {
        self.id.split_once('/').map_or("", |(_, name)| name)
    }

    fn regexes(&self) -> impl Iterator<Item = &str> {
        let further = [&self.members, &self.until, &self.ends, &self.unless].into_iter().flatten();
        self.patterns.iter().chain(further).map(String::as_str)
    }

    /// The name of the rule's constant.
    fn constant(&self) -> String {
        self.id.replace(['/', '-'], "_").to_uppercase()
    }
}

/// Reads the rules of some files. Each file is given with its name, its text and the way in which its lines are found.
///
/// # Errors
/// A file that is not a file of rules, a rule that is incomplete or wrong, and an id that occurs twice.
pub fn read<'f>(files: impl Iterator<Item = (&'f str, &'f str, Finder)>) -> Result<Vec<Written>, String> {
    let mut rules = Vec::new();
    for (name, text, finder) in files {
        let file: File = toml::from_str(text).map_err(|error| format!("{name}: {error}"))?;
        for rule in file.rule {
            if let Some(fault) = rule.fault(finder) {
                return Err(format!("{name}: {}: {fault}", rule.id));
            }
            rules.push(rule);
        }
    }
    let mut known = BTreeSet::new();
    if let Some(twice) = rules.iter().find(|rule| !known.insert(rule.id.as_str())) {
        return Err(format!("{} is the id of two rules", twice.id));
    }
    Ok(rules)
}

/// The source code of the catalog: all rules, in the order of categories and ids.
pub fn catalog(rules: &[Written]) -> String {
    let mut rules: Vec<&Written> = rules.iter().collect();
    rules.sort_by(|a, b| (a.category(), &a.id).cmp(&(b.category(), &b.id)));
    let mut source = format!("static RULES: [Rule; {}] = [\n", rules.len());
    for rule in &rules {
        let Written { id, title, certainty, place, scope, why, problems, matches, spares, .. } = rule;
        let Some(category) = rule.category() else { continue };
        let _ = writeln!(
            source,
            "    Rule {{ id: {id:?}, category: Category::{category:?}, title: {title:?}, why: {why:?}, \
             problems: {problems:?}, certainty: Certainty::{certainty:?}, place: Place::{place:?}, \
             scope: Scope::{scope:?}, matches: &{matches:?}, spares: &{spares:?} }},"
        );
    }
    source.push_str("];\n\n#[allow(dead_code)]\nimpl RuleId {\n");
    for (number, rule) in rules.iter().enumerate() {
        let _ = writeln!(source, "    pub const {}: Self = Self({number});", rule.constant());
    }
    source + "}\n"
}

/// The source code of the table of the rules that have patterns, in the order of the files. `regex` gives the regular
/// expression for a written pattern, and `filter` the source code of its filter.
///
/// # Errors
/// Errors of `filter`.
pub fn patterns(
    rules: &[Written],
    regex: impl Fn(On, &str) -> String,
    filter: impl Fn(&str) -> Result<String, String>,
) -> Result<String, String> {
    let mut source = "pub(super) static ENTRIES: &[Entry] = &[\n".to_owned();
    for rule in rules.iter().filter(|rule| !rule.patterns.is_empty()) {
        let mut patterns = String::new();
        for written in &rule.patterns {
            let regex = regex(rule.on, written);
            let filter = filter(&regex).map_err(|error| format!("{}: {error}", rule.id))?;
            let _ = write!(patterns, "Written {{ text: {written:?}, regex: {regex:?}, filter: {filter} }}, ");
        }
        let on_key = |written: &Option<String>| written.as_ref().map(|written| regex(On::Fold, written));
        let [members, until, ends, unless] =
            [&rule.members, &rule.until, &rule.ends, &rule.unless].map(on_key);
        let _ = writeln!(
            source,
            "    Entry {{ id: RuleId::{}, on: On::{:?}, members: {members:?}, until: {until:?}, ends: {ends:?}, \
             unless: {unless:?}, patterns: &[{patterns}] }},",
            rule.constant(),
            rule.on,
        );
    }
    Ok(source + "];\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "[[rule]]\nid = \"share/bar\"\ntitle = \"t\"\npatterns = [\"分享\"]\nwhy = \"w\"\nproblems = \"p\"\n\
                        matches = [\"分享\"]\nspares = [\"分\"]\n";

    fn error(text: &str) -> String {
        read([("share.toml", text, Finder::Patterns)].into_iter()).expect_err(text)
    }

    #[test]
    fn a_rule_is_read_and_gets_a_constant() {
        let rules = read([("share.toml", RULE, Finder::Patterns)].into_iter()).expect("a rule");
        assert!(catalog(&rules).contains("pub const SHARE_BAR: Self = Self(0);"));
        let table =
            patterns(&rules, |_, written| written.to_owned(), |_| Ok("FILTER".into())).expect("a table");
        assert!(table.contains("id: RuleId::SHARE_BAR") && table.contains("filter: FILTER"), "{table}");
    }

    #[test]
    fn a_rule_of_code_has_no_patterns() {
        let text = RULE.replacen("patterns = [\"分享\"]\n", "", 1);
        assert!(read([("share.toml", text.as_str(), Finder::Code)].into_iter()).is_ok());
        assert!(read([("share.toml", RULE, Finder::Code)].into_iter()).is_err());
    }

    #[test]
    fn what_is_written_wrong_is_told_with_file_and_rule() {
        for (from, to, told) in [
            ("share/bar", "shore/bar", "share.toml: shore/bar: the id does not begin with a category"),
            ("share/bar", "share", "share.toml: share: the id has no name"),
            ("problems = \"p\"", "", "missing field `problems`"),
            ("why = \"w\"", "why = \" \"", "share.toml: share/bar: `why` is empty"),
            ("[\"分\"]", "[]", "needs examples"),
            ("\"分享\"", "\"分享(\"", "unclosed group"),
            ("title", "titel", "unknown field `titel`"),
            ("patterns = [\"分享\"]", "", "has 0 patterns"),
        ] {
            let error = error(&RULE.replacen(from, to, 1));
            assert!(error.contains(told), "{error}");
        }
        assert_eq!(error(&RULE.repeat(2)), "share/bar is the id of two rules");
    }
}
