//! Packs: rules that a user writes, matched beside the built-in ones.

use std::fmt;
use std::sync::Arc;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

use super::entry::{self, PatternEntry};
use super::one_line;
use super::pattern::{Pattern, text_to_match};
use super::prefilter::Filter;
use crate::analysis::{Row, ViewLine};
use crate::rules::{
    Finder, On, Rule, RuleFault, Selector, UnknownRule, Written, kept, read, rule as built_in,
};
use crate::script::characters::unified;

/// Maximum size of a compiled pattern in bytes. A match takes linear time on any line, in proportion to this
/// size.
const PATTERN_BYTES: usize = 2 << 20;
/// Maximum size of all compiled patterns of a pack in bytes.
const PACK_BYTES: usize = 64 << 20;

/// Rules that a user writes. They work like the built-in rules, but the line model does not know them.
///
/// The files have the form of those in `dictionaries/boilerplate`; CONTRIBUTING.md describes it. `why`,
/// `problems` and `spares` may be left out. Patterns are regular expressions of the crate `regex`, which take
/// linear time on any text, and their size is limited.
///
/// The documentation of the rules stays in memory until the process ends. So read a pack once, and clone it:
/// a clone takes no memory.
///
/// ```
/// use qingwen::Cleaner;
/// use qingwen::clean::RulePack;
/// let file = r#"
/// [[rule]]
/// id = "ad/tea"
/// title = "The greeting of a tea shop"
/// patterns = ["^老街茶行祝您"]
/// matches = ["老街茶行祝您有個好心情"]
/// spares = ["老街茶行今天開張"]
/// "#;
/// let pack = RulePack::read([("tea.toml", file)])?;
/// assert!(pack.failures().is_empty());
/// let cleaned = Cleaner::builder().rules(pack).build().clean("老街夜市搬走了。\n老街茶行祝您新年好。\n");
/// assert_eq!(cleaned.text, "老街夜市搬走了。\n");
/// assert_eq!(cleaned.removals[0].rule, "ad/tea");
/// # Ok::<(), qingwen::clean::RulePackError>(())
/// ```
#[derive(Clone, Default)]
pub struct RulePack(Arc<PackContent>);

#[derive(Default)]
struct PackContent {
    rules: Vec<Owned>,
    /// The patterns on keys, and those on the lines themselves.
    matchers: Vec<PackMatcher>,
}

/// A rule of a pack.
struct Owned {
    rule: &'static Rule,
    /// The name of its file.
    file: String,
}

/// All patterns on one form of the line.
struct PackMatcher {
    on: On,
    set: RegexSet,
    patterns: Vec<Pattern>,
}

/// The errors in the files of a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct RulePackError {
    /// All errors, in the order of files and rules.
    pub faults: Vec<RuleFault>,
}

impl fmt::Display for RulePackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.faults.iter().map(RuleFault::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl fmt::Debug for RulePack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.rules().map(|rule| rule.id)).finish()
    }
}

impl RulePack {
    /// The pack in some files, each with its name and its text.
    ///
    /// # Errors
    /// Files that are no files of rules, rules that are incomplete or wrong, patterns that are too large, and
    /// ids that another rule has, built in or not. Each error names file and rule.
    pub fn read<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> Result<Self, RulePackError> {
        let files = files.into_iter().map(|(name, text)| (name, text, Finder::User));
        let written = read(files).map_err(|faults| RulePackError { faults })?;
        let fault =
            |(file, rule): &(&str, Written)| fault(rule).map(|reason| RuleFault::of(file, &rule.id, reason));
        let faults: Vec<RuleFault> = written.iter().filter_map(fault).collect();
        if faults.is_empty() { Self::compile(&written) } else { Err(RulePackError { faults }) }
    }

    fn compile(written: &[(&str, Written)]) -> Result<Self, RulePackError> {
        let owned = |(file, written): &(&str, Written)| {
            Some(Owned { rule: written.interned()?, file: (*file).to_owned() })
        };
        let rules: Vec<Owned> = written.iter().filter_map(owned).collect();
        let all = || rules.iter().zip(written).map(|(owned, (_, written))| (owned.rule, written));
        let matchers = [On::Fold, On::Text].map(|on| PackMatcher::compile(on, all()));
        let matchers = matchers.into_iter().collect::<Result<Vec<_>, _>>().map_err(|error| {
            let file = written.first().map_or(String::new(), |(file, _)| (*file).to_owned());
            RulePackError { faults: vec![RuleFault { file, rule: None, reason: error.to_string() }] }
        })?;
        Ok(Self(Arc::new(PackContent { rules, matchers })))
    }

    /// The rules, in the order of the files.
    pub fn rules(&self) -> impl Iterator<Item = &'static Rule> + '_ {
        self.0.rules.iter().map(|owned| owned.rule)
    }

    /// The rule with this id, of the pack or built in.
    ///
    /// ```
    /// use qingwen::clean::RulePack;
    /// assert!(RulePack::default().rule("share/bar").is_some());
    /// ```
    pub fn rule(&self, id: &str) -> Option<&'static Rule> {
        self.rules().find(|rule| rule.id == id).or_else(|| built_in(id))
    }

    /// The category or the rule with this name, of the pack or built in.
    ///
    /// # Errors
    /// If there is none of this name.
    ///
    /// ```
    /// use qingwen::clean::RulePack;
    /// assert_eq!(RulePack::default().selector("share/bar")?.to_string(), "share/bar");
    /// # Ok::<(), qingwen::rules::UnknownRule>(())
    /// ```
    pub fn selector(&self, name: &str) -> Result<Selector, UnknownRule> {
        let own = self.rules().find(|rule| rule.id == name);
        own.map_or_else(|| name.parse(), |rule| Ok(Selector::Rule(rule.id)))
    }

    /// The examples that a rule treats wrongly, and the rules that have no counterexamples.
    pub fn failures(&self) -> Vec<RuleFault> {
        self.0.rules.iter().flat_map(|owned| self.failures_of(owned)).collect()
    }

    fn failures_of(&self, owned: &Owned) -> Vec<RuleFault> {
        let Owned { rule, file } = owned;
        let hits =
            |line: &str| self.matching(&one_line(line).lines[Row::default()]).any(|p| p.rule.id == rule.id);
        let missed =
            rule.matches.iter().filter(|line| !hits(line)).map(|line| format!("must match {line:?}"));
        let struck =
            rule.spares.iter().filter(|line| hits(line)).map(|line| format!("must not match {line:?}"));
        let none = rule.spares.is_empty().then(|| "`spares` is empty: it needs lines that stay".to_owned());
        missed.chain(struck).chain(none).map(|reason| RuleFault::of(file, rule.id, reason)).collect()
    }

    /// The patterns of the pack that match a line.
    pub(super) fn matching<'p>(&'p self, line: &ViewLine) -> impl Iterator<Item = &'p Pattern> {
        // Inside a code fence, marks belong to the code.
        let asked = self.0.matchers.iter().filter(|matcher| matcher.on == On::Fold || !line.shape.fenced);
        asked.flat_map(|matcher| matcher.matching(line)).collect::<Vec<_>>().into_iter()
    }
}

impl PackMatcher {
    fn compile<'w>(
        on: On,
        rules: impl Iterator<Item = (&'static Rule, &'w Written)>,
    ) -> Result<Self, regex::Error> {
        let of_kind = rules.filter(|(_, written)| written.on == on);
        let patterns: Vec<Pattern> =
            of_kind.flat_map(|(rule, written)| Pattern::all_of(rule, None, interned(written))).collect();
        let regexes = patterns.iter().map(|pattern| pattern.written.regex);
        let set = RegexSetBuilder::new(regexes).size_limit(PACK_BYTES).build()?;
        Ok(Self { on, set, patterns })
    }

    fn matching(&self, line: &ViewLine) -> Vec<&Pattern> {
        let Some(text) = text_to_match(self.on, line).filter(|_| !self.patterns.is_empty()) else {
            return Vec::new();
        };
        let found = self.set.matches(text).into_iter().filter_map(|index| self.patterns.get(index));
        found.filter(|pattern| !pattern.exempts(line)).collect()
    }
}

/// The reason why a rule cannot be used, although it is written well.
fn fault(written: &Written) -> Option<String> {
    if built_in(&written.id).is_some() {
        return Some("a built-in rule has this id".to_owned());
    }
    let compile = |regex: &str| RegexBuilder::new(regex).size_limit(PATTERN_BYTES).build();
    written.regexes().find_map(|regex| compile(regex).map(|_: Regex| ()).err()).map(|error| error.to_string())
}

/// The patterns of a rule in the form of those of the built-in rules. They stay in memory until the process
/// ends.
fn interned(written: &Written) -> &'static PatternEntry {
    let on_key =
        |pattern: &Option<String>| pattern.as_ref().map(|pattern| kept(&On::Fold.regex(pattern, unified)));
    let [members, until, ends, unless] =
        [&written.members, &written.until, &written.ends, &written.unless].map(on_key);
    let pattern = |text: &String| entry::WrittenPattern {
        text: kept(text),
        regex: kept(&written.on.regex(text, unified)),
        filter: Filter { length: 0..=usize::MAX, first: &[], conditions: &[] },
    };
    let patterns = Box::leak(written.patterns.iter().map(pattern).collect::<Box<[_]>>());
    Box::leak(Box::new(PatternEntry { on: written.on, patterns, members, until, ends, unless }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(patterns: &str) -> Result<RulePack, RulePackError> {
        let text = format!(
            "[[rule]]\nid = \"ad/tea\"\ntitle = \"t\"\npatterns = [{patterns}]\nmatches = [\"茶\"]\n"
        );
        RulePack::read([("tea.toml", text.as_str())])
    }

    fn error(text: &str) -> String {
        RulePack::read([("tea.toml", text)]).expect_err(text).to_string()
    }

    #[test]
    fn a_pattern_matches_in_both_scripts() {
        let pack = pack("\"^好心情的茶樓$\"").unwrap();
        for (line, matches) in [("好心情的茶樓", true), ("好心情的茶楼！", true), ("好心情的茶", false)]
        {
            assert_eq!(pack.matching(&one_line(line).lines[Row::default()]).count() == 1, matches, "{line}");
        }
    }

    #[test]
    fn a_pattern_that_is_too_large_is_refused() {
        let error = pack(r#"'(\w{200}){200}'"#).expect_err("too large").to_string();
        assert!(error.starts_with("tea.toml: ad/tea: ") && error.contains("size limit"), "{error}");
    }

    #[test]
    fn an_id_that_exists_is_refused() {
        let rule = |id: &str| {
            format!("[[rule]]\nid = \"{id}\"\ntitle = \"t\"\npatterns = [\"茶\"]\nmatches = [\"茶\"]\n")
        };
        assert_eq!(error(&rule("share/bar")), "tea.toml: share/bar: a built-in rule has this id");
        assert_eq!(error(&rule("ad/tea").repeat(2)), "tea.toml: ad/tea: another rule has this id");
    }

    #[test]
    fn examples_that_fail_are_reported() {
        let failures = pack("\"^水$\"").unwrap().failures();
        let reported: Vec<String> = failures.iter().map(RuleFault::to_string).collect();
        assert_eq!(reported[0], "tea.toml: ad/tea: must match \"茶\"");
        assert_eq!(reported[1], "tea.toml: ad/tea: `spares` is empty: it needs lines that stay");
    }
}
