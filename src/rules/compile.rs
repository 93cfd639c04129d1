//! Writes the catalog of rules and the table of patterns as source code. The build script runs this, so a wrongly written
//! rule does not compile.

use std::fmt::Write as _;

use super::written::{On, Written};

/// The name of a rule's constant.
fn constant(rule: &Written) -> String {
    rule.id.replace(['/', '-'], "_").to_uppercase()
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
        let _ = writeln!(source, "    pub const {}: Self = Self({number});", constant(rule));
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
    let mut source = "pub(super) static ENTRIES: &[(RuleId, PatternEntry)] = &[\n".to_owned();
    for rule in rules.iter().filter(|rule| !rule.patterns.is_empty()) {
        let mut patterns = String::new();
        for written in &rule.patterns {
            let regex = regex(rule.on, written);
            let filter = filter(&regex).map_err(|error| format!("{}: {error}", rule.id))?;
            let _ = write!(
                patterns,
                "WrittenPattern {{ text: {written:?}, regex: {regex:?}, filter: {filter} }}, "
            );
        }
        let on_key = |written: &Option<String>| written.as_ref().map(|written| regex(On::Fold, written));
        let [members, until, ends, unless] =
            [&rule.members, &rule.until, &rule.ends, &rule.unless].map(on_key);
        let _ = writeln!(
            source,
            "    (RuleId::{}, PatternEntry {{ on: On::{:?}, members: {members:?}, until: {until:?}, ends: {ends:?}, \
             unless: {unless:?}, patterns: &[{patterns}] }}),",
            constant(rule),
            rule.on,
        );
    }
    Ok(source + "];\n")
}

#[cfg(test)]
mod tests {
    use super::super::written::{Finder, read};
    use super::*;

    const RULE: &str = "[[rule]]\nid = \"share/bar\"\ntitle = \"t\"\npatterns = [\"分享\"]\nwhy = \"w\"\nproblems = \"p\"\n\
                        matches = [\"分享\"]\nspares = [\"分\"]\n";

    #[test]
    fn a_rule_is_read_and_gets_a_constant() {
        let rules = read([("share.toml", RULE, Finder::Patterns)].into_iter()).expect("a rule");
        let rules: Vec<Written> = rules.into_iter().map(|(_, rule)| rule).collect();
        assert!(catalog(&rules).contains("pub const SHARE_BAR: Self = Self(0);"));
        let table =
            patterns(&rules, |_, written| written.to_owned(), |_| Ok("FILTER".into())).expect("a table");
        assert!(
            table.contains("(RuleId::SHARE_BAR, PatternEntry {") && table.contains("filter: FILTER"),
            "{table}"
        );
    }
}
